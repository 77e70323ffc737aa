"""Duration of prophylaxis: answered from the case, asking for what the rules need."""

from __future__ import annotations

from actions.cards import Reply
from actions.handlers.assessment import next_step, want
from actions.handlers.statements import find_statements
from actions.message import Segment
from actions.turn import Turn
from actions.wording import say


def duration(turn: Turn, segment: Segment) -> list[Reply]:
    """疗程: the duration rules on this case, and the facts that they still need."""
    if not turn.case.facts and (found := find_statements(turn, segment, _sections(segment.text))):
        return found
    if not turn.case.facts:
        turn.case.ask_goals(["duration"])
        return [Reply(say("reply.duration_no_case")), *next_step(turn)]
    return want(turn, segment, "duration")


def _sections(question: str) -> frozenset[str]:
    """Prophylaxis and treatment have durations of their own; a question that names neither may mean both."""
    if "预防" in question:
        return frozenset({"五（一）", "五（三）"})
    return frozenset({"六"}) if "治疗" in question else frozenset({"五（一）", "五（三）", "六"})
