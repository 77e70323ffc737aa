"""Duration of prophylaxis: answered from the case, asking for what the rules need."""

from __future__ import annotations

from actions.cards import Reply
from actions.handlers.assessment import want
from actions.message import Segment
from actions.turn import Turn


def duration(turn: Turn, segment: Segment) -> list[Reply]:
    """疗程: the duration rules on this case, and the facts that they still need."""
    return want(turn, segment, "duration")
