"""What a few words mean after what was said before: "29.9呢", "那PICC呢", "打错了，58"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from actions.case import Case, FactValue
from actions.wording import load
from scoring import FACTS, FactError, validate

NUMBER_ALONE = re.compile(r"(?:那|如果|要是|换成?|改成)*(?:是)?\s*(\d{1,4}(?:\.\d+)?)\s*[呢的话]*[?？。]*")
CORRECTED = re.compile(
    r"(?:不对|不是|(?:打|写|说|输|看|记|报|填|录|念|抄|搞|弄)错|错|有误|更正|纠正|应该?|我|刚才|刚刚|前面|上面|说|是|为|了|的|[,，。\s])*"
    r"(?P<number>\d{1,4}(?:\.\d+)?)\s*(?P<unit>kg|公斤|千克|岁|mg|cm|厘米|公分|万|次)?[。!！]?",
    re.IGNORECASE,
)
#: What says that the last value was wrong.
CALLED_WRONG = re.compile(r"不对|错|有误|更正|纠正")
#: The quantity that a unit can only mean, and what turns the number into the contract's unit.
MEANT_BY_UNIT = {
    "kg": ("weight_kg", 1), "公斤": ("weight_kg", 1), "千克": ("weight_kg", 1), "岁": ("age_years", 1),
    "mg": ("dexamethasone_mg_per_cycle", 1), "万": ("platelets_e9_l", 10), "次": ("heart_rate_bpm", 1),
}  # fmt: skip
#: "又恢复到90了": a value came to a number, told without its name.
CAME_TO = re.compile(
    r"(?:(?:又|再)?(?:过了?|隔了?)?\s*[\d一二两三四五六七八九十半几]+\s*个?(?:天|日|周|星期|礼拜|月)(?:以后|之后|后|了)?[,，\s]*)?"
    r"(?:现在?|目前|今[天日]|又|已经?|后来|它|复查|都|就)*(?P<way>恢复|回升|上升|反弹|升|涨|回落|下降|降|掉|跌)(?:到|至|为)?了?\s*"
    r"(?P<number>\d{1,3}(?:\.\d+)?)\s?(?P<unit>万)?(?:了|啦)?[。!！]?"
)
#: What rises and falls within days.
VARYING = frozenset({"platelets_e9_l", "gfr", "inr", "m_protein_g_l", "heart_rate_bpm", "creatinine_umol_l"})
#: A finding alone: "那PICC呢", "糖尿病呢？".
NAME_ALONE = re.compile(
    r"(?:那|如果|要是|加上?|再加|换成?|有)*(?P<name>[^,，。;；\s]{2,10}?)(?:[呢的话]|怎么办|咋办)+[?？。]*",
    re.IGNORECASE,
)
#: "拔掉PICC后呢": without it, whether or not it was told of.
_WITHOUT = re.compile(
    r"拔|取[出掉了]|撤|摘|去[掉了]|不(?:放|置|用|要|加)|没|(?<![a-z])(?:remov|without)", re.IGNORECASE
)
#: "改成来那度胺呢", "加上PICC呢": with it.
_WITH = re.compile(r"\s*(?:那|如果|要是|再)*(?:换|改|加|用上|放|置|add|switch)", re.IGNORECASE)
_STOPPED = re.compile(r"停|撤|去掉|不用|不吃|不打|拿掉|减掉|stop|hold|without", re.IGNORECASE)
_LINE_OUT = re.compile(r"(?:拔|撤|摘|取)[出掉了除完]")
#: The fact that a myeloma drug stands for, where the sentence asks and therefore tells nothing.
_FACT_OF = {
    "lenalidomide": "imid", "thalidomide": "imid", "pomalidomide": "imid", "imid": "imid",
    "carfilzomib": "carfilzomib",
}  # fmt: skip
#: For how many turns a number can mean what was told before.
RECENT = 3
#: Within this factor a bare number can be another value of one that was told.
NEAR = 2.5


def another_value(case: Case, text: str, quantities: Iterable[str]) -> dict[str, FactValue]:
    """Another value of the one of ``quantities`` told or supposed last, or of the only one it fits."""
    number = NUMBER_ALONE.fullmatch(text.strip())
    if number is None:
        return {}
    value = float(number[1])
    told = {
        fact: case.evidence[fact].turn for fact in set(quantities) & case.facts.keys() & case.evidence.keys()
    }
    last = [fact for fact, when in told.items() if when == max(told.values()) and case.turn - when <= RECENT]
    facts = list(case.dose_supposed or last)
    if len(facts) != 1:
        facts = [fact for fact in case.facts if fits(case, fact, value)]
    return {facts[0]: value} if len(facts) == 1 and accepted(facts[0], value) else {}


def came_to(case: Case, text: str) -> dict[str, FactValue]:
    """ "恢复到60了": the new value of the one quantity of the case that can have gone that way."""
    trend = CAME_TO.fullmatch(text.strip())
    if trend is None:
        return {}
    value = float(trend["number"]) * (MEANT_BY_UNIT["万"][1] if trend["unit"] else 1)
    varying = {MEANT_BY_UNIT["万"][0]} if trend["unit"] else VARYING
    facts = [fact for fact in varying & case.facts.keys() if _went(case.facts[fact], value, trend["way"])]
    if len(facts) > 1:
        last = max(case.evidence[fact].turn for fact in facts if fact in case.evidence)
        facts = [fact for fact in facts if fact in case.evidence and case.evidence[fact].turn == last]
    return {facts[0]: value} if len(facts) == 1 and accepted(facts[0], value) else {}


def _went(known: FactValue, value: float, way: str) -> bool:
    if not isinstance(known, int | float) or isinstance(known, bool) or known == value:
        return False
    rises = way in {"恢复", "回升", "上升", "反弹", "升", "涨"}
    return (value > known) == rises


def named_finding(case: Case, text: str) -> dict[str, FactValue]:
    """ "那PICC呢": that what is named were there, or, where it is there already, that it were not."""
    alone = NAME_ALONE.fullmatch(text.strip())
    if alone is None:
        return {}
    named = [
        fact
        for fact, words in load("explain.toml")["facts"].items()
        if FACTS[fact].kind == "bool" and re.search(words, alone["name"], re.IGNORECASE)
    ]
    if len(named) != 1:
        return {}
    if _WITHOUT.search(alone["name"]):
        return {named[0]: False}
    return {named[0]: bool(_WITH.match(text)) or case.facts.get(named[0]) is not True}


def drug_stopped(case: Case, text: str, drugs: Iterable[str]) -> dict[str, FactValue]:
    """ "要停掉泊马度胺吗": without the drug that is asked about, where it is given."""
    named = set(drugs)
    if not named or not named <= _FACT_OF.keys() or not _STOPPED.search(text):
        return {}
    return {_FACT_OF[one]: False for one in named if case.facts.get(_FACT_OF[one])}


def line_taken_out(text: str) -> bool:
    """Whether a catheter is supposed to be taken out (A16): "撤掉输液港的话"."""
    return _LINE_OUT.search(text) is not None


def corrected_number(case: Case, text: str) -> dict[str, FactValue]:
    """ "打错了，58": the right value of what was refused, of what its unit means, or was told last."""
    corrected = CORRECTED.fullmatch(text.strip())
    if corrected is None:
        return {}
    value = float(corrected["number"])
    named, factor = MEANT_BY_UNIT.get((corrected["unit"] or "").lower(), (None, 1))
    if named is not None and case.refused in (None, named):
        facts, value = [named] if named in {*case.facts, case.refused} else [], value * factor
    else:
        facts = [case.refused] if case.refused else _told_last(case, value)
    return {facts[0]: value} if len(facts) == 1 and accepted(facts[0], value) else {}


def _told_last(case: Case, value: float) -> list[str]:
    """The quantities told last that a bare number fits, so that none told long before is changed by it."""
    told = {
        fact: case.evidence[fact].turn
        for fact, known in case.facts.items()
        if isinstance(known, int | float) and not isinstance(known, bool)
        and fact in case.evidence and not case.evidence[fact].implied
    }  # fmt: skip
    return [fact for fact, turn in told.items() if turn == max(told.values()) and fits(case, fact, value)]


def called_wrong(case: Case, text: str) -> bool:
    """ "我说错了 是65", "不对 是25万": whether a few words call the last value wrong and give another."""
    return CALLED_WRONG.search(text) is not None and bool(corrected_number(case, text))


def fits(case: Case, fact: str, value: float) -> bool:
    """Whether a bare number can be another value of a quantity that was told."""
    known = case.facts[fact]
    return (
        isinstance(known, int | float)
        and not isinstance(known, bool)
        and known / NEAR <= value <= known * NEAR
        and value != known
        and accepted(fact, value)
    )


def accepted(fact: str, value: float) -> bool:
    """Whether the contract takes the value for this fact."""
    candidate: Mapping[str, FactValue] = {fact: value}
    try:
        validate(candidate)
    except FactError:
        return False
    return True
