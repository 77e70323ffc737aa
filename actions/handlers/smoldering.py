"""A smoldering myeloma told of: what the consensus leaves open, and that table 5 decides all the same."""

from __future__ import annotations

from actions.handlers.statements import statement_of
from actions.reply.cards import Reply
from actions.turn import Turn

PHASE, SMOLDERING = "mm_phase", "smoldering"


def smoldering(turn: Turn) -> list[Reply]:
    """The statement, and table 5 opened, where nothing else is in question."""
    if turn.intake.recorded.get(PHASE) != SMOLDERING or turn.case.facts.get("vte_event"):
        return []
    turn.case.ask_goals(["mm_vte"])
    return [statement_of(SMOLDERING)]
