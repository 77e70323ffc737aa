"""What must be said beside facts that were told: what of them the consensus does not cover or count."""

from __future__ import annotations

import re

from actions.handlers.statements import statement_of
from actions.reply.cards import Reply
from actions.turn import Turn
from actions.wording import load


def remarks(turn: Turn) -> list[Reply]:
    """The statements on what was told in this message, before its assessment."""
    if not turn.intake.changed or turn.alerted:
        return []
    return [
        statement_of(row["entry"])
        for row in load("remarks.toml")["remark"]
        if row["fact"] in turn.intake.recorded and _names(row, turn.message.text)
    ]


def _names(row: dict[str, str], text: str) -> bool:
    return re.search(row["words"], text, re.IGNORECASE) is not None
