"""The one statement of the consensus that answers a question."""

from __future__ import annotations

from actions.cards import Reply, card, source_name
from actions.knowledge import find
from scoring.statements import Entry


def statement(question: str) -> Reply | None:
    """The statement that clearly answers the question; ``None`` when none or several do."""
    found = find(question)
    return statement_reply(found[0]) if len(found) == 1 else None


def statement_reply(entry: Entry) -> Reply:
    """A statement as a card, with its source."""
    source = {"section": entry.section, "table": entry.table}
    text = f"{entry.text}（{source_name(source)}）"
    return card("answer", text, {"id": entry.id, "title": entry.title, "source": source})
