"""Duration of prophylaxis: answered from the case, asking for what the rules need."""

from __future__ import annotations

from typing import Any

from actions.cards import Reply, advice_card
from actions.handlers.assessment import is_about_a_patient, want
from actions.handlers.statements import statement
from actions.message import Segment
from actions.turn import Turn
from actions.wording import say
from scoring import assess

GENERAL_CODES = frozenset({"DUR_MIN_6M", "DUR_REASSESS_6M", "TX_DUR_3_6M"})


def duration(turn: Turn, segment: Segment) -> list[Reply]:
    """疗程: the duration rules on this case, and the facts that they still need."""
    if not is_about_a_patient(turn.assessment()):
        turn.question_settled = not turn.intake.changed
        sections = _sections(segment.text)
        known = statement(segment.text, sections) if sections else None
        return [known or advice_card(_general(segment.text), say("reply.duration_general"))]
    return want(turn, segment, "duration")


def _sections(question: str) -> frozenset[str]:
    """Prophylaxis and treatment have durations of their own; a question that names neither may mean both."""
    if "预防" in question:
        return frozenset({"五（一）", "五（三）"})
    return frozenset({"六"}) if "治疗" in question else frozenset()


def _general(question: str) -> list[dict[str, Any]]:
    """What holds for every patient (U1, U4, T7)."""
    prophylaxis = assess({}, asked=("duration",))["advice"] if "治疗" not in question else []
    treatment = assess({"vte_event": "pe"})["advice"] if "预防" not in question else []
    return [item for item in [*prophylaxis, *treatment] if item["code"] in GENERAL_CODES]
