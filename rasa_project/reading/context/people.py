"""Who a finding is said of when a layperson writes about a relative ("我爸骨髓瘤，我妈以前腿上长过血栓")."""

from __future__ import annotations

import re
from typing import Literal

from rasa_project.reading.clauses import RELATIVE, clot_of_opening_kin, patient_kin

Person = Literal["patient", "blood", "unrelated", "unsure"]

_ANOTHER = (
    r"(?:隔壁|邻床|旁边|同(?:病?房|屋|室|组)|别人|别的(?:患者|病人|床)|(?:\d{1,3}|[一二三四五六七八九十]{1,3})床|(?:上|前|下|另外?)一?(?:位|个|床)|"
    r"其他(?:患者|病人|床)|另一(?:个|位|床))"
)
OF_ANOTHER = re.compile(
    r"[\"'”]?(?:病?史)?(?:的?(?:那[个位])?(?:患者|病人))?[,，]?(?:(?:那|这)?(?:个|条|项|根)?(?:其实)?(?:是|系|属于?)|的(?:那[个位])?是)"
    rf"{_ANOTHER}(?:[^,，。;；\n]{{0,8}}的|(?:(?<=[床者人])|(?:那[个位]?)?(?:患者|病人))(?=[,，。;；!！\n)）]|$))"
)
"""Said after a finding of another patient: "慢阻肺是隔壁床的"."""
_OPENING_REACH = 24  # characters from the relative who opens a note to his clot
_FULL_STOP = re.compile(r"[。;；\n!?！？]")
_MENTIONED = re.compile(
    rf"(?<!孩子)[他她](?:的|亲)?(?P<his>{RELATIVE})|(?:我|俺|咱)(?:的|家|们家)?老?(?P<kin>{RELATIVE})|(?P<other>(?<!岳)(?<!公)(?:{RELATIVE}))|"
    r"(?P<me>(?:我|俺)(?:本人|自己|自个儿?)|"
    r"(?<![一-龥])(?:我|俺)(?=今年|去年|前年|早年|年轻|小时候|这边|有|也|是|得|患|长|住|吃|曾|以前|之前|从|没|无|\d))|"
    r"(?P<patient>患者|病人|[他她](?![们的人]))"
)
# "我是患者的女儿": who writes, where the patient is named as such
_SPEAKER = re.compile(rf"我(?:就)?是(?:患者|病人|他|她)(?:本人)?的?(?P<role>{RELATIVE})")
_FATHERS, _MOTHERS, _MARRIED = "F", "M", "S"  # the three bloods of a family as the speaker sees it
_LINES = (
    # not of the blood, or not to be told: the wives and husbands of relatives, neighbours, steps
    (
        r"[姐妹姑姨女]夫|女婿|儿媳|孙媳|嫂|弟媳|弟妹|婶|舅妈|舅母|伯母|姑父|姑丈|姨父|姨丈|亲家|邻|隔壁|旁边|同事|室友|病友|供者|供体|朋友",
        "",
    ),
    (r"岳|丈人|丈母|公公|婆婆|配偶|丈夫|妻|老公|老婆|老伴|媳妇|爱人|那口子", _MARRIED),
    (r"堂", _FATHERS),
    (r"姥|外公|外婆|外祖|舅|姨", _MOTHERS),
    (r"侄|外甥|哥|姐|弟|妹|兄|同胞|^我$", _FATHERS + _MOTHERS),
    (r"儿|女|闺|孙|子女", _FATHERS + _MOTHERS + _MARRIED),
    (r"父母|双亲|爸妈|爹妈|爹娘", _FATHERS + _MOTHERS),
    (r"爷|奶奶|祖|姑|叔|伯|爸|父|爹", _FATHERS),
    (r"妈|母|娘", _MOTHERS),
)
# "联系人：其女，本人为护士，自述产后曾患DVT", "长子询问自己有血栓史": what a relative tells of himself
_OF_HIMSELF = re.compile(
    r"(?:联系人\s?:\s?(?:其|患者的?|病人的?)?(?P<contact>[长次幼]?[子女]|女儿|儿子|[父母]亲?|[兄弟姐妹]+|[妻夫]子?|丈夫|老伴|儿媳|女婿)"
    r"(?:(?!患者|病人|[。;；\n]).){0,16}?(?:自述|自诉|自称|自己|本人)|"
    r"(?<![一-龥])(?P<asks>[长次幼]?[子女]|女儿|儿子|[姐妹兄弟]{1,2}|[妻夫]子?|丈夫|老伴|儿媳|女婿)(?:询问|咨询|问起?|说|称|诉|提到)(?:其|他|她)?(?:自己|本人))"
    r"(?:(?!患者|病人|[。;；\n]).){0,12}$"
)
_IN_BRACKET = re.compile(r"\s?[(][^()]{0,6}?供[者体]")
_MARRIED_IN = re.compile(r"妻|夫|老伴|媳|婿")
_UNTOLD = re.compile(r"表[兄弟姐妹哥]|家属|亲属")
_COUPLES = tuple(
    map(
        re.compile,
        ("爷爷|奶奶|^祖", "姥|外公|外婆|外祖", "公公|婆婆", "岳|丈人|丈母", "丈夫|妻|老公|老婆|配偶"),
    )
)
IN_LAW = re.compile(r"岳|丈人|丈母|公公|婆婆")
_UNRELATED = re.compile(rf"配偶|丈夫|妻子|老公|老婆|老伴|媳妇|爱人|那口子|{IN_LAW.pattern}")


# "家族史:父已故,死因肺栓塞;母健在,有糖尿病。": up to the full stop the section tells of relatives
_FAMILY_SECTION = re.compile(
    r"家族(?:病|遗传)?史\s?:(?P<told>(?:(?!患者|病人|本人|自己|既往|个人史|现病史|婚育史|查体|体检|体格|入院|诊断)[^。\n]){0,80})$"
)
# "父已故，死因肺栓塞": what a relative died of, wherever it is told
_CAUSE_OF_DEATH = re.compile(
    rf"(?P<kin>{RELATIVE})(?:(?!患者|病人|本人|自己)[^。;；\n]){{0,12}}(?:死因|死于|死亡原因)(?:[为是系:考虑可能\"'左右双侧]|[^,，。;；\n]{{1,8}}[致及并后、])*$"
)


def in_family_section(text: str, position: int) -> Person | None:
    """Who is meant by what stands under the heading of the family, behind the name of a relative."""
    dead = _CAUSE_OF_DEATH.search(text, max(0, position - 40), position)
    section = _FAMILY_SECTION.search(text, max(0, position - 90), position)
    told = dead[0] if dead else section["told"] if section else ""
    kin = next(reversed(list(re.finditer(RELATIVE, told))), None)
    if kin is None:
        return None
    return "unrelated" if _UNRELATED.search(kin[0]) else "blood"


def person(text: str, position: int) -> Person | None:
    """Who the finding at a position is said of; None where no relative of the speaker is the patient."""
    first = max((stop.end() for stop in _FULL_STOP.finditer(text, 0, position)), default=0)
    if (teller := _OF_HIMSELF.search(text, first, position)) is not None:
        return "unrelated" if _MARRIED_IN.search(teller["contact"] or teller["asks"]) else "blood"
    named = list(_MENTIONED.finditer(text, first, position))
    last = named[-1] if named else None
    if last and len(named) > 1 and _IN_BRACKET.fullmatch(text, named[-2].end(), last.end()):
        last = named[-2]  # "妹妹（健康供者，曾有DVT）"
    kin = patient_kin(text)
    if kin is None:
        if len(named) == 1 and (whose := clot_of_opening_kin(text)) and position < _OPENING_REACH:
            return whose
        speaker = _SPEAKER.search(text, 0, position)
        return _of_patient(speaker["role"]) if speaker and last and last["me"] else None
    if last is None or last["patient"]:
        return "patient"
    if last["his"]:
        return _of_patient(last["his"])
    return _relation(kin, "我" if last["me"] else last["kin"] or last["other"])


def _of_patient(role: str) -> Person:
    """How somebody is related who is named from the patient's side: "她老公", "他女儿"."""
    return "unrelated" if _UNRELATED.search(role) or not _lines(role) else "blood"


def _relation(patient: str, other: str) -> Person:
    """How somebody, named from the speaker's side, is related to the patient: whether they share a blood."""
    if patient in (other, f"老{other}"):  # "老爸" is the father as he is called
        return "patient"
    if _UNTOLD.search(patient) or _UNTOLD.search(other):
        return "unsure"
    if any(couple.search(patient) and couple.search(other) for couple in _COUPLES):
        return "unrelated"
    return "blood" if set(_lines(patient)) & set(_lines(other)) else "unrelated"


def _lines(kin: str) -> str:
    return next((lines for words, lines in _LINES if re.search(words, kin)), "")
