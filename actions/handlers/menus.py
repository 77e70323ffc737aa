"""A short numbered choice that is not about a fact of the case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.reply.cards import Reply, card
from actions.turn import Turn


def menu(turn: Turn, text: str, options: Sequence[dict[str, Any]]) -> Reply:
    """A short numbered choice; the pick comes back to the handler of its ``intent``."""
    turn.case.pending = {"menu": list(options)}
    turn.question_settled = True
    numbered = "\n".join(f"{number} {one['title']}" for number, one in enumerate(options, 1))
    data = {
        "facts": [],
        "select": "one",
        "options": [{"title": one["title"]} for one in options],
        "why": text,
        "progress": {},
    }
    buttons = [{"title": one["title"], "payload": one["title"]} for one in options]
    return card("question", f"{text}\n{numbered}", data, buttons)
