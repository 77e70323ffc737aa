"""Clauses and who or what a clause is about, for the quantity readers."""

from __future__ import annotations

import re

RELATIVE = (
    r"父母|父亲|母亲|爸爸?|妈妈?|儿子|女儿|儿女|子女|配偶|丈夫|妻子|老公|老婆|爱人|哥哥?|姐姐?|弟弟?|妹妹?|兄弟|姐妹|"
    r"祖父|祖母|爷爷|奶奶|外公|外婆|姥姥|姥爷|舅舅?|姑姑?|姑妈|姨妈?|叔叔?|伯伯?|伯父|孙子|孙女|家属|亲属|一级亲属|"
    r"(?<![祖岳])[父母兄](?![婴])"
)
_RELATIVE_BEFORE = re.compile(rf"(?:{RELATIVE})[^,。;\n\d]{{0,8}}$")
_PATIENT = re.compile(r"患者|病人|病例")
_OWN = re.compile(rf"(?:我|俺|咱)(?:的|家)?(?:老)?(?:{RELATIVE})")
_STOPS = re.compile(r"[,，。;；\n!?！？]")


def clause_before(text: str, position: int, limit: int = 24) -> str:
    """The words of the same clause that stand before a position."""
    lead = text[max(0, position - limit) : position]
    last = None
    for last in _STOPS.finditer(lead):
        continue
    return lead[last.end() :] if last else lead


def about_relative(text: str, position: int) -> bool:
    """Whether what stands at a position is said of a relative of the patient.

    "我母亲78岁…" with no other patient named is the patient herself, as laypeople write.
    """
    lead = clause_before(text, position)
    if _RELATIVE_BEFORE.search(lead) is None:
        return False
    return not (_OWN.search(lead) and _PATIENT.search(text) is None)
