"""The statements of the consensus that answer a question."""

from __future__ import annotations

from collections.abc import Collection

from actions.cards import Reply, card, source_name
from actions.handlers.menus import menu
from actions.knowledge import find
from actions.message import Segment
from actions.turn import Turn
from actions.wording import say
from scoring.statements import SECTIONS, Entry


def find_statements(turn: Turn, segment: Segment, sections: Collection[str] = SECTIONS) -> list[Reply]:
    """The statement that answers the question, a choice where several may, nothing where none does."""
    found = find(turn.chosen.get("question") or segment.text, sections=sections)
    if len(found) > 1:
        options = [
            {"title": entry.title, "intent": "ask_knowledge", "question": entry.title} for entry in found
        ]
        return [menu(turn, say("reply.knowledge_several"), options)]
    return [statement_reply(entry) for entry in found]


def statement(question: str, sections: Collection[str] = SECTIONS) -> Reply | None:
    """The statement that clearly answers the question; ``None`` when none or several do."""
    found = find(question, sections=sections)
    return statement_reply(found[0]) if len(found) == 1 else None


def statement_reply(entry: Entry) -> Reply:
    """A statement as a card, with its source."""
    source = {"section": entry.section, "table": entry.table}
    text = f"{entry.answer}（{source_name(source)}）"
    return card("answer", text, {"id": entry.id, "title": entry.title, "source": source})
