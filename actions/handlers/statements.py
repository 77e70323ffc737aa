"""The statements of the consensus that answer a question."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from actions.asked.knowledge import find
from actions.handlers.menus import menu
from actions.message import Segment
from actions.reply.cards import Reply, card, source_name
from actions.turn import Turn
from actions.wording import say
from scoring.statements import SECTIONS, Entry, entries


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
    data = {"id": entry.id, "title": entry.title, "source": source}
    return card("answer", text, {**data, "advice": [silent_item(entry)]} if entry.silent else data)


def silent_item(entry: Entry) -> dict[str, Any]:
    """That the consensus says nothing, for whoever reads the card and not its text."""
    return {
        "code": "SILENT", "modality": "inform", "provisional": False, "text": entry.text, "drug": None,
        "doses": [], "rule": None, "source": {"section": entry.section, "table": entry.table},
    }  # fmt: skip


def statements_reply(found: Sequence[Entry], note: str = "") -> Reply:
    """Several statements as one card, each with its source, and a note below them."""
    if len(found) == 1 and not note:
        return statement_reply(found[0])
    sources = [{"section": entry.section, "table": entry.table} for entry in found]
    lines = [
        f"· {entry.answer}（{source_name(source)}）" for entry, source in zip(found, sources, strict=True)
    ]
    data = {
        "id": found[0].id,
        "title": found[0].title,
        "source": sources[0],
        "statements": [{"id": entry.id, "title": entry.title} for entry in found],
    }
    return card("answer", "\n".join([*lines, *([note] if note else [])]), data)


def statement_of(name: str) -> Reply:
    """The statement with this id as a card."""
    return statement_reply(next(entry for entry in entries() if entry.id == name))
