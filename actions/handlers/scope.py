"""What the consensus does not cover is declined in one sentence."""

from __future__ import annotations

from actions.message import Segment
from actions.reply.cards import Reply, card
from actions.turn import Turn
from actions.wording import say


def decline(turn: Turn, segment: Segment) -> list[Reply]:
    """OUT_OF_SCOPE: one sentence that says what the assistant can do instead."""
    text = say("reply.out_of_scope")
    item = {
        "code": "OUT_OF_SCOPE", "modality": "inform", "provisional": False, "text": text, "drug": None,
        "doses": [], "rule": None, "source": None,
    }  # fmt: skip
    return [card("advice", text, {"advice": [item]})]
