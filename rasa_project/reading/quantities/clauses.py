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
    return lead[max((stop.end() for stop in _STOPS.finditer(lead)), default=0) :]


def about_relative(text: str, position: int) -> bool:
    """Whether what stands at a position is said of a relative of the patient.

    "我母亲78岁…" with no other patient named is the patient herself, as laypeople write.
    """
    lead = clause_before(text, position)
    if _RELATIVE_BEFORE.search(lead) is None:
        return False
    return not (_OWN.search(lead) and _PATIENT.search(text) is None)


_QUESTION = re.compile(
    r"[吗么呢?？]|怎么|如何|多少|几分|哪|什么|能不能|能否|可否|可以|是否|要不要|需不需要|需要|为何|为什么|算|得分|加分|计分|分值|会不会|怎样|咋"
)
_SENTENCE_END = re.compile(r"[。;；\n!！]")
_THIS_PATIENT = re.compile(r"患者|病人|该例|他|她|我|本例|\d\s*岁|男|女")


def asks(text: str, start: int, end: int) -> bool:
    """Whether a limit or range at ``[start, end)`` belongs to a general question, not to this patient."""
    first = max((stop.end() for stop in _SENTENCE_END.finditer(text, 0, start)), default=0)
    stop = _SENTENCE_END.search(text, end)
    last = stop.start() if stop else len(text)
    return bool(_QUESTION.search(text, end, last)) and not _THIS_PATIENT.search(text, first, start)
