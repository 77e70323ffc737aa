"""How long: the rules on this case and what they still need; of patients in general, the very rule."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from actions.asked.course import COURSE, answers, established, has, is_on_stopping, months_named, named
from actions.handlers.assessment import is_about_a_patient, next_step, want
from actions.handlers.statements import statement, statement_of, statements_reply
from actions.message import Segment
from actions.reply.cards import Reply, advice_card
from actions.turn import Turn
from actions.wording import load, say
from scoring import assess

GENERAL_CODES = frozenset({"DUR_MIN_6M", "DUR_REASSESS_6M", "TX_DUR_3_6M"})
#: The statements on how long; others may share their words.
ON_HOW_LONG = (
    "duration", "why_6_months", "treatment_duration", "treatment_recurrence", "relapse", "monitoring",
    "timing", "mechanical_to_drug",
)  # fmt: skip
MINIMUM_MONTHS = 6
#: What makes whether to treat at all the question.
RESTRAINTS = ("CONTRA_", "TX_CONTRAINDICATED", "SILENT")
#: U3: what goes by the rules of another disease, whatever the response.
STANDING = frozenset({"atrial_fibrillation", "mechanical_heart_valve"})
#: Characters of a message that is one request: "骨髓瘤没控制住，血栓要抗凝多长时间".
ONE_REQUEST = 40


def duration(turn: Turn, segment: Segment) -> list[Reply]:
    """疗程: the duration rules on this case, and the facts that they still need."""
    if _was_excluded(turn):
        # nothing is treated: whether to prevent is what is left to ask
        turn.case.ask_goals(["mm_vte"])
        turn.assessment_wanted = bool(turn.case.facts)
        return [Reply(say("reply.event_excluded")), *([] if turn.case.facts else next_step(turn))]
    if not (is_about_a_patient(turn.assessment()) or COURSE & turn.case.facts.keys()):
        turn.question_settled = not turn.intake.changed
        if turn.intake.changed:
            turn.case.ask_goals(["duration"])
        return _in_general(segment.text, turn.message.text)
    if _is_whether(turn, segment):
        # "还能抗凝吗" with few platelets or a bleed in doubt: what stands against it, not for how long
        turn.assessment_wanted = True
        return []
    return [*_treated_so_long(turn), *_of_another(turn, segment), *want(turn, segment, "duration")]


def _treated_so_long(turn: Turn) -> list[Reply]:
    """ "血栓已经打了5个月低分子": how long any clot is treated, though its site was not told (T7)."""
    text = turn.message.text
    treated = has("treated_so_long", text) and "血栓" in text and not has("treated_before", text)
    return [statement_of("treatment_duration")] if treated and not established(turn.case) else []


def _is_whether(turn: Turn, segment: Segment) -> bool:
    restrained = any(item["code"].startswith(RESTRAINTS) for item in turn.assessment()["advice"])
    facts = turn.case.facts
    restrained |= "bleeding_within_3_months" in facts and facts["bleeding_within_3_months"] is not False
    asks = re.search(r"[能可敢][^，。]{0,3}(?:抗凝|[用吃打])", segment.text)
    return (
        established(turn.case) is not None and restrained and bool(asks) and not has("how_long", segment.text)
    )


def _was_excluded(turn: Turn) -> bool:
    """ "CTPA阴性，还要抗凝吗": a clot was looked for and not found, and no other is known."""
    words, text = load("urgent.toml")["excluded"], turn.message.text
    told = re.search(words["words"], text, re.IGNORECASE) and re.search(words["asks"], text)
    event = turn.case.facts.get("vte_event")
    return bool(told) and (event is None or str(event).startswith("suspected"))


def _in_general(question: str, whole: str) -> list[Reply]:
    if rule := _rule(question) or (_rule(whole) if len(whole) <= ONE_REQUEST else None):
        return [rule]
    sections = _sections(question)
    known = statement(question, sections) if sections else None
    if known and known.custom and not known.custom["data"]["id"].startswith(ON_HOW_LONG):
        known = None
    return [known or advice_card(_general(question), say("reply.duration_general"))]


def _rule(question: str) -> Reply | None:
    """The statements that answer, with what months that are named make of them (A28)."""
    found = answers(question)
    if not found:
        return None
    months = months_named(question) if is_on_stopping(found) else None
    if months is None:
        return statements_reply(found)
    key = "short" if months < MINIMUM_MONTHS else "enough"
    return statements_reply(found, load("course.toml")["months"][key].format(months=f"{months:g}"))


def _of_another(turn: Turn, segment: Segment) -> list[Reply]:
    """What is asked of a response or a phase that is not this patient's: the rule, before the case."""
    if turn.intake.changed or established(turn.case) or STANDING & _true(turn.case.facts):
        return []
    named_here = named(segment.text)
    others = {fact for fact in named_here if turn.case.facts.get(fact) != named_here[fact]}
    rule = _rule(segment.text) if others else None
    return [rule] if rule else []


def _true(facts: Mapping[str, object]) -> set[str]:
    return {fact for fact, value in facts.items() if value not in (None, False)}


def _sections(question: str) -> frozenset[str]:
    """Prophylaxis and treatment have durations of their own; a question that names neither may mean both."""
    if "预防" in question:
        return frozenset({"五（一）", "五（三）"})
    return frozenset({"六"}) if _is_treated(question) else frozenset()


def _is_treated(question: str) -> bool:
    return "治疗" in question or ("预防" not in question and "vte_event" in named(question))


def _general(question: str) -> list[dict[str, Any]]:
    """What holds for every patient (U1, U4, T7)."""
    prophylaxis = assess({}, asked=("duration",))["advice"] if not _is_treated(question) else []
    treatment = assess({"vte_event": "pe"})["advice"] if "预防" not in question else []
    return [item for item in [*prophylaxis, *treatment] if item["code"] in GENERAL_CODES]
