"""Who a finding is said of when a layperson writes about a relative ("我爸骨髓瘤，我妈以前腿上长过血栓")."""

from __future__ import annotations

import re
from typing import Literal

from rasa_project.reading.quantities.clauses import RELATIVE, patient_kin

Person = Literal["patient", "blood", "unrelated", "unsure"]

OF_ANOTHER = re.compile(
    r"[\"'”]?(?:病?史)?[,，]?(?:那|这)?(?:个|条|项)?(?:其实)?(?:是|属于?)(?:隔壁|邻床|旁边|别人|别的(?:患者|病人|床)|(?:\d{1,3}|[一二三四五六七八九十]{1,3})床|(?:上|前|下)一[位个]|其他(?:患者|病人|床)|另一(?:个|位|床))"
    r"[^,，。;；\n]{0,4}的"
)
"""Said after a finding of another patient: "慢阻肺是隔壁床的"."""
_FULL_STOP = re.compile(r"[。;；\n!?！？]")
_MENTIONED = re.compile(
    rf"(?<!孩子)[他她](?:的|亲)?(?P<his>{RELATIVE})|(?:我|俺|咱)(?:的|家|们家)?老?(?P<kin>{RELATIVE})|(?P<other>(?<!岳)(?<!公)(?:{RELATIVE}))|"
    r"(?P<me>(?:我|俺)(?:本人|自己)|(?<![一-龥])(?:我|俺)(?=今年|有|也|是|得|患|长|住|吃|曾|以前|\d))|"
    r"(?P<patient>患者|病人|[他她](?![们的人]))"
)
_FATHER, _MOTHER = re.compile(r"^老?[爸父爹]"), re.compile(r"^老?[妈母娘]")
_PATERNAL = re.compile(r"爷爷|奶奶|祖父|祖母|姑|叔|伯")
_MATERNAL = re.compile(r"姥姥|姥爷|外公|外婆|舅|姨")
_CHILDREN = re.compile(r"哥|姐|弟|妹|兄|儿|女")  # of the speaker's parents, the patient's own children
_IN_LAW = re.compile(r"岳|公公|婆婆|邻居|同事|室友|病友")
_SPOUSE = re.compile(r"配偶|丈夫|妻子|老公|老婆|老伴|媳妇|爱人")


def person(text: str, position: int) -> Person | None:
    """Who the finding at a position is said of; None where no relative of the speaker is the patient."""
    kin = patient_kin(text)
    if kin is None:
        return None
    first = max((stop.end() for stop in _FULL_STOP.finditer(text, 0, position)), default=0)
    last = next(reversed(list(_MENTIONED.finditer(text, first, position))), None)
    if last is None or last["patient"]:
        return "patient"
    if last["his"]:
        return "unrelated" if _SPOUSE.search(last["his"]) or _IN_LAW.search(last["his"]) else "blood"
    return _relation(kin, "我" if last["me"] else last["kin"] or last["other"])


def _relation(patient: str, other: str) -> Person:
    """How somebody, named from the speaker's side, is related to the patient."""
    if other == patient:
        return "patient"
    father, mother = _FATHER.search(patient), _MOTHER.search(patient)
    if father or mother:
        if other == "我" or _CHILDREN.search(other):
            return "blood"
        side = _PATERNAL if father else _MATERNAL
        return "blood" if side.search(other) else "unrelated"
    if _SPOUSE.search(patient):
        return "blood" if re.search(r"儿子|女儿|儿女|子女|公公|婆婆|岳", other) else "unrelated"
    return "unsure"
