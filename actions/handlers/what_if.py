"""What-if: two assessments side by side; the case stays as it is until 就按这个."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from actions import labels
from actions.cards import Reply, action, advice_card, card
from actions.case import Evidence, FactValue
from actions.decision import decision
from actions.differences_text import change_lines
from actions.handlers.dosing import asked_drugs, dose
from actions.intake import record
from actions.message import Segment
from actions.score_text import spelled_out
from actions.turn import Turn
from actions.wording import say
from scoring import assess, differences, dose_advice, dose_drugs, drug_relation

#: Supposing that the immunomodulator is replaced takes the facts with it that named it.
FOLLOWS = {"imid": ("imid_drug", "regimen"), "carfilzomib": ("regimen",), "glucocorticoid": ("regimen",)}
REPLACEMENTS = frozenset({"bortezomib", "ixazomib", "daratumumab", "selinexor", "melphalan"})
#: An arithmetic that the reader noted for the dexamethasone dose, e.g. 40 mg × 4 次 = 160 mg.
SCHEDULE = re.compile(r"([\d.]+)\s*mg\s*×\s*([\d.]+)")
#: What a dose is reckoned or withheld by.
DOSE_FACTS = frozenset({"gfr", "creatinine_clearance_ml_min", "platelets_e9_l", "weight_kg", "lmwh_days"})
#: "再把来那度胺换掉": on top of what was supposed before, instead of in its place.
ON_TOP = re.compile(r"\s*(再|同时|另外|还有|并且|然后|而且)")
DOSE = re.compile(r"([\d.]+)\s*mg", re.IGNORECASE)


def what_if(turn: Turn, segment: Segment) -> list[Reply]:
    """Compare the case with the case as supposed."""
    turn.question_settled = True
    case = turn.case
    change = supposed(turn)
    if case.about == "ask_dose" and case.drug in dose_drugs() and change and change.keys() <= DOSE_FACTS:
        # "肾功能35呢" after a question about a dose: the dose is what would be another one.
        advice = dose_advice(case.drug, case.purpose, None, applied(case.facts, change))
        return [
            advice_card(advice, say("reply.what_if_dose", change="；".join(_change_in_words(turn, change))))
        ]
    if not case.facts:
        return [Reply(say("reply.what_if_needs_case"))]
    if not change and set(asked_drugs(turn, segment)) & set(dose_drugs()) and turn.message.helpers("drug"):
        # "用华法林的话呢": of an anticoagulant, the dose is what is meant
        return dose(turn, segment)
    if not change:
        return [Reply(say("reply.what_if_unclear"))]
    if case.what_if and ON_TOP.match(turn.message.text):
        change = {**case.what_if, **change}
    case.what_if = change
    current, hypothetical = turn.assessment(), assess(applied(case.facts, change), asked=case.goals)
    changes = differences(current, hypothetical)
    lines = change_lines(changes)
    relations = _relations(turn)
    text = say(
        "reply.what_if",
        change="；".join(_change_in_words(turn, change)),
        current=decision(current, case.goals),
        hypothetical=decision(hypothetical, case.goals),
        differences=say("reply.what_if_differs", lines="；".join(lines))
        if lines
        else say("reply.what_if_same"),
        relations="".join(
            say("reply.what_if_relation", drug=row["label"], text=row["text"]) for row in relations
        ),
    )
    data = {
        "current": {**current, "spelled_out": spelled_out(current, case.goals)},
        "hypothetical": {**hypothetical, "spelled_out": spelled_out(hypothetical, case.goals)},
        "differences": changes,
        "change": change,
        "relations": relations,
    }
    return [card("comparison", text, data, [action("accept")])]


def _change_in_words(turn: Turn, change: Mapping[str, FactValue]) -> list[str]:
    named = dict.fromkeys(
        one["text"] for one in turn.message.supposed_drugs() if one["value"] in REPLACEMENTS
    )
    instead = [say("reply.what_if_instead", drugs="、".join(named))] if named else []
    return instead + [
        labels.stated(fact, value) for fact, value in change.items() if fact not in ("imid_drug", "regimen")
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
    if not case.what_if:
        return [Reply(say("reply.what_if_none"))]
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
    drugs = {one["value"] for one in turn.message.supposed_drugs()}
    if drugs & REPLACEMENTS and "imid" not in change and turn.case.facts.get("imid"):
        change["imid"] = False
    if "dexamethasone_mg_per_cycle" not in change and "dexamethasone" in drugs:
        change.update(_scaled_dexamethasone(turn))
    for fact, followers in FOLLOWS.items():
        if change.get(fact) is False:
            change.update({one: None for one in followers if one in turn.case.facts and one not in change})
    return {fact: value for fact, value in change.items() if turn.case.facts.get(fact, "") != value}


def _scaled_dexamethasone(turn: Turn) -> dict[str, Any]:
    """减到20mg: the same schedule with another dose, where the schedule is known."""
    evidence = turn.case.evidence.get("dexamethasone_mg_per_cycle")
    schedule = SCHEDULE.search(evidence.note) if evidence and evidence.note else None
    dose = DOSE.search(turn.message.text)
    if not schedule or not dose:
        return {}
    return {"dexamethasone_mg_per_cycle": float(dose[1]) * float(schedule[2])}
