"""What-if: two assessments side by side; the case stays as it is until 就按这个."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from actions import labels
from actions.asked.course import on_treatment_course
from actions.asked.dose_words import PURPOSES, phase_of, word_of
from actions.asked.ellipsis import another_value, drug_stopped, line_taken_out, named_finding
from actions.asked.supposed_regimen import THERAPY, of_another_regimen
from actions.case import Evidence, FactValue
from actions.handlers.dosing import asked_drugs, dose, one_purpose
from actions.handlers.general import as_stated
from actions.intake import record
from actions.message import Segment
from actions.reply.cards import Reply, action, advice_card, card
from actions.reply.decision import decision
from actions.reply.differences_text import change_lines
from actions.reply.score_text import spelled_out
from actions.turn import Turn
from actions.wording import load, say
from scoring import assess, differences, dose_advice, dose_drugs, drug_relation

#: Supposing that the immunomodulator is replaced takes the facts with it that named it.
FOLLOWS = {"imid": ("imid_drug", "regimen"), "carfilzomib": ("regimen",), "glucocorticoid": ("regimen",)}
REPLACEMENTS = frozenset({"bortezomib", "ixazomib", "daratumumab", "selinexor", "melphalan"})
#: An arithmetic that the reader noted for the dexamethasone dose, e.g. 40 mg × 4 次 = 160 mg.
SCHEDULE = re.compile(r"([\d.]+)\s*mg\s*×\s*([\d.]+)")
#: What a dose is reckoned or withheld by.
DOSE_FACTS = frozenset(
    {
        "gfr", "creatinine_clearance_ml_min", "platelets_e9_l", "weight_kg", "lmwh_days",
        "renal_function_normal",
    }
)  # fmt: skip
#: "再把来那度胺换掉": on top of what was supposed before, instead of in its place.
ON_TOP = re.compile(r"\s*(再|同时|另外|还有|并且|然后|而且)")
#: "那换成卡非佐米呢" after a drug was supposed to be stopped: it comes in the place of that one.
IN_ITS_PLACE = re.compile(r"换|改[成为用]|替|代|switch|instead|replace", re.IGNORECASE)
#: "如果加用达雷妥尤单抗呢": beside what is given, which goes on.
ADDED = re.compile(
    r"加用|加上|加入|再加|[再还]用|添|联合|合用|联用|同时|(?<!增)加(?!量|重|大)|(?<![a-z])(?:add|plus)",
    re.IGNORECASE,
)
IMID_REPLACED = re.compile(
    r"(?:代替|替代|取代|替换|顶替)[掉了]?[^，。]{0,3}(?:来那|沙利度|泊马|瑞复美|反应停|imid|免疫调节)",
    re.IGNORECASE,
)
OF_THERAPY = frozenset(
    {"imid", "carfilzomib", "glucocorticoid", "anthracycline_chemotherapy", "chemotherapy"}
)
#: A dose of steroids, as supposed.
STEROID_DOSE = re.compile(
    r"(?:地塞米松|地米|激素|(?<![a-z])dex)[^，。,\d]{0,6}(?:减|降|加|增|调|改)[^，。,\d]{0,4}?(\d+(?:\.\d+)?)\s*(?:mg|毫克)",
    re.IGNORECASE,
)
OF_A_CYCLE = re.compile(r"周期|疗程|总量|cycle", re.IGNORECASE)
#: "要是消化道出血了": bleeding as it would go on, not one of the past.
BLEEDS_THEN = re.compile(r"出血(?:了|的?话|呢|怎么办|咋办|[?？\s]|$)")
DOSE = re.compile(r"([\d.]+)\s*mg", re.IGNORECASE)


def what_if(turn: Turn, segment: Segment) -> list[Reply]:
    """Compare the case with the case as supposed."""
    turn.question_settled = True
    case = turn.case
    change = supposed(turn) or _stopped(turn) or _elliptic(turn) or dict(case.dose_supposed or {})
    if case.about == "ask_dose" and case.drug in dose_drugs() and change and change.keys() <= DOSE_FACTS:
        # "肾功能35呢" after a question about a dose: the dose is what would be another one.
        case.dose_supposed = change
        advice = _dose_as_supposed(turn, segment, change)
        return [
            advice_card(advice, say("reply.what_if_dose", change="；".join(_change_in_words(turn, change))))
        ]
    if case.stated and change:
        advice, intro = as_stated(case.stated, applied(case.facts, change))
        case.what_if, case.what_if_turn = change, case.turn
        supposing = "；".join(_change_in_words(turn, change))
        return [advice_card(advice, say("general.stated_if", change=supposing, intro=intro))]
    if not case.facts:
        return [Reply(say("reply.what_if_needs_case"))]
    if not change and set(asked_drugs(turn, segment)) & set(dose_drugs()) and turn.message.helpers("drug"):
        # "用华法林的话呢": of an anticoagulant, the dose is what is meant
        return dose(turn, segment)
    if not change and word_of(segment.text, PURPOSES) and not turn.message.helpers("drug"):
        # "如果用预防量呢": of the drug spoken of last, else which one is asked
        return dose(turn, segment)
    unclear = _dose_not_clear(turn, change)
    if not change and not _added(turn):
        return [Reply(unclear or say("reply.what_if_unclear"))]
    if case.what_if and (ON_TOP.match(turn.message.text) or _in_its_place(turn, change)):
        change = {**case.what_if, **change}
    case.what_if, case.what_if_turn = change, case.turn
    current, hypothetical = turn.assessment(), assess(applied(case.facts, change), asked=case.goals)
    changes = differences(current, hypothetical)
    lines = change_lines(changes)
    focus = "duration" if on_treatment_course(current, change) else None
    relations = _relations(turn)
    text = say(
        "reply.what_if",
        change="；".join(_change_in_words(turn, change)),
        current=decision(current, case.goals, focus, case.chosen),
        hypothetical=decision(hypothetical, case.goals, focus, case.chosen),
        differences=say("reply.what_if_differs", lines="；".join(lines))
        if lines
        else say("reply.what_if_same"),
        relations="".join(
            say("reply.what_if_relation", drug=row["label"], text=row["text"]) for row in relations
        ),
    )
    text = f"{text}\n{unclear}" if unclear else text
    data = {
        "current": {**current, "spelled_out": spelled_out(current, case.goals)},
        "hypothetical": {**hypothetical, "spelled_out": spelled_out(hypothetical, case.goals)},
        "differences": changes,
        "change": change,
        "relations": relations,
    }
    return [card("comparison", text, data, [action("accept")])]


def _dose_not_clear(turn: Turn, change: Mapping[str, FactValue]) -> str:
    """ "激素减到80mg" without the days: of a dose or a cycle was not told, and none is counted (A12)."""
    told = "dexamethasone_mg_per_cycle" in change or "dexamethasone_mg_per_cycle" not in turn.case.facts
    found = STEROID_DOSE.search(turn.message.text)
    if told or found is None or OF_A_CYCLE.search(turn.message.text):
        return ""
    sentence: str = load("follow_ups.toml")["say"]["dexamethasone"]
    return sentence.format(dose=found[1])


def _added(turn: Turn) -> bool:
    """Whether a drug without points of its own is supposed beside what is given, not in its place."""
    named = any(one["value"] in REPLACEMENTS for one in turn.message.supposed_drugs())
    return named and ADDED.search(turn.message.text) is not None and not _replaces(turn)


def _replaces(turn: Turn) -> bool:
    """Whether one drug comes in the place of another; 替 in the name of a drug (硼替佐米) says nothing."""
    text = turn.message.text
    for one in turn.message.helpers("drug"):
        text = text.replace(one["text"], "")
    return IN_ITS_PLACE.search(text) is not None


def _stopped(turn: Turn) -> dict[str, FactValue]:
    change = drug_stopped(
        turn.case, turn.message.text, [str(one["value"]) for one in turn.message.helpers("drug")]
    )
    return {**change, **_followers(turn, change)}


def _followers(turn: Turn, change: Mapping[str, FactValue]) -> dict[str, FactValue]:
    """What named a drug that is supposed away is no longer stated."""
    return {
        one: None
        for fact, followers in FOLLOWS.items()
        if change.get(fact) is False
        for one in followers
        if one in turn.case.facts and one not in change
    }


def _in_its_place(turn: Turn, change: Mapping[str, FactValue]) -> bool:
    """Whether one drug was supposed to be stopped and another is now named in its place."""
    before = turn.case.what_if or {}
    stopped = {fact for fact in OF_THERAPY if before.get(fact) is False}
    given = {fact for fact in OF_THERAPY if change.get(fact) is True}
    return bool(stopped and given - stopped) and _replaces(turn)


def _elliptic(turn: Turn) -> dict[str, FactValue]:
    text = turn.message.text
    return another_value(turn.case, text, DOSE_FACTS) or named_finding(turn.case, text)


def _dose_as_supposed(turn: Turn, segment: Segment, change: Mapping[str, FactValue]) -> list[dict[str, Any]]:
    """The dose asked for last, for the phase that is named now or was then."""
    case, drug = turn.case, str(turn.case.drug)
    purpose = word_of(segment.text, PURPOSES) or one_purpose(case.purpose)
    case.purpose, case.phase = purpose or case.purpose, phase_of(segment.text, drug) or case.phase
    facts = applied(case.facts, change)
    return dose_advice(drug, purpose, case.phase, facts, tier_asked=case.dose_tier)


def _change_in_words(turn: Turn, change: Mapping[str, FactValue]) -> list[str]:
    named = dict.fromkeys(
        one["text"] for one in turn.message.supposed_drugs() if one["value"] in REPLACEMENTS
    )
    key = "reply.what_if_added" if _added(turn) else "reply.what_if_instead"
    instead = [say(key, drugs="、".join(named))] if named else []
    named_only = change.keys() == {"imid_drug"}  # one of the class for another
    return instead + [
        labels.stated(fact, value)
        for fact, value in change.items()
        if (fact != "imid_drug" or named_only) and (fact != "regimen" or value is not None)
    ]


def _relations(turn: Turn) -> list[dict[str, Any]]:
    """The rows of table 4 for the drugs that are supposed instead."""
    drugs = dict.fromkeys(
        one["value"] for one in turn.message.supposed_drugs() if one["value"] in REPLACEMENTS
    )
    return [row for drug in drugs if (row := drug_relation(drug))]


def accept(turn: Turn, segment: Segment) -> list[Reply]:
    """就按这个: the supposed facts become facts of the case."""
    case = turn.case
    if case.what_if is None:
        # "体重就按60公斤算" tells a value, and accepts nothing
        return [] if turn.intake.changed else [Reply(say("reply.what_if_none"))]
    before = case.remember()
    evidence = Evidence(turn.message.text, case.turn, turn.message.timestamp)
    for fact, value in case.what_if.items():
        if value is None:
            case.facts.pop(fact, None)
            case.evidence.pop(fact, None)
        else:
            record(case, fact, value, evidence, turn.intake)
    case.push_undo(before)
    case.what_if = None
    turn.notices.append(say("reply.accepted"))
    turn.assessment_wanted = True
    return []


def not_adopted(turn: Turn) -> list[str]:
    """That what was just supposed is not the case, where facts are told instead of accepting it."""
    case = turn.case
    steers = {one.intent for one in turn.message.segments} & {"accept_what_if", "what_if"}
    if not case.what_if or case.what_if_turn != case.turn - 1 or steers or not turn.intake.changed:
        return []
    open_still = {fact: value for fact, value in case.what_if.items() if fact not in turn.intake.recorded}
    named = [
        labels.stated(fact, value)
        for fact, value in open_still.items()
        if fact not in ("imid_drug", "regimen")
    ]
    return [say("reply.what_if_not_adopted", change="；".join(named))] if named else []


def applied(facts: Mapping[str, FactValue], change: Mapping[str, FactValue]) -> dict[str, FactValue]:
    """The facts with a change; a change to ``None`` takes the fact out."""
    merged = {**facts, **change}
    return {fact: value for fact, value in merged.items() if not (fact in change and value is None)}


def supposed(turn: Turn) -> dict[str, FactValue]:
    """The facts that the message supposes; ``None`` stands for "no longer stated"."""
    change: dict[str, FactValue] = {
        mention["entity"]: mention["value"]
        for mention in turn.message.supposed()
        if mention["status"] in ("affirmed", "negated")
    }
    another = of_another_regimen(turn.case, turn.message.supposed(), turn.message.text)
    if another is not None:
        change = {**{fact: value for fact, value in change.items() if fact not in THERAPY}, **another}
    drugs = {one["value"] for one in turn.message.supposed_drugs()}
    replaced = drugs & REPLACEMENTS and not _added(turn)
    if IMID_REPLACED.search(turn.message.text):
        change["imid"] = False  # "用硼替佐米代替来那度胺" names what goes behind what comes
    if replaced and "imid" not in change and turn.case.facts.get("imid") and another is None:
        change["imid"] = False
    if change.get("bleeding_within_3_months") is True and BLEEDS_THEN.search(turn.message.text):
        change["active_bleeding"] = True
    named = "dexamethasone" in drugs or STEROID_DOSE.search(turn.message.text)
    if "dexamethasone_mg_per_cycle" not in change and named:
        change.update(_scaled_dexamethasone(turn))
    if change.get("central_venous_catheter") and line_taken_out(turn.message.text):
        change["central_venous_catheter"] = False
    if change.get("imid") is False:
        change.pop("imid_drug", None)  # what is taken away has no name
    change.update(_followers(turn, change))
    return {fact: value for fact, value in change.items() if turn.case.facts.get(fact, "") != value}


def _scaled_dexamethasone(turn: Turn) -> dict[str, Any]:
    """减到20mg: the same schedule with another dose, where the schedule is known."""
    evidence = turn.case.evidence.get("dexamethasone_mg_per_cycle")
    schedule = SCHEDULE.search(evidence.note) if evidence and evidence.note else None
    dose = STEROID_DOSE.search(turn.message.text) or DOSE.search(turn.message.text)
    if not schedule or not dose:
        return {}
    return {"dexamethasone_mg_per_cycle": float(dose[1]) * float(schedule[2])}
