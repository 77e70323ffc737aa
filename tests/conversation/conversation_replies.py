"""Reading the bot's reply: its cards, its text, the doses and questions in it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any, Protocol

Message = dict[str, Any]
Reply = list[Message]

NUMBER_TOLERANCE = 0.01


class Bot(Protocol):
    """The running bot, as tests/conftest.py provides it."""

    def say(self, sender: str, text: str) -> Reply: ...


def new_sender(name: str) -> str:
    """A sender nobody used before: a case must never see another's patient."""
    return f"{name}-{uuid.uuid4().hex[:8]}"


def cards(reply: Reply, kind: str | None = None) -> list[dict[str, Any]]:
    custom = [message.get("custom") or {} for message in reply]
    found = [card for card in custom if card.get("mmvte") == 1]
    return [card for card in found if kind is None or card["kind"] == kind]


def assessment(reply: Reply) -> dict[str, Any] | None:
    found = cards(reply, "assessment")
    return found[-1]["data"] if found else None


def all_text(reply: Reply) -> str:
    return "\n".join(m.get("text") or "" for m in reply)


def items_in(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if isinstance(node.get("code"), str):
            yield node
        for value in node.values():
            yield from items_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from items_in(value)


def advice_items(reply: Reply) -> list[dict[str, Any]]:
    """Every advice item of the reply, except those inside a comparison with a hypothetical case."""
    return [item for card in cards(reply) if card["kind"] != "comparison" for item in items_in(card["data"])]


def amounts(items: list[dict[str, Any]]) -> list[float]:
    return [
        float(dose["amount"])
        for item in items
        for dose in item.get("doses") or []
        if dose.get("amount") is not None
    ]


def asked(reply: Reply) -> set[str]:
    names: set[str] = set()
    for card in cards(reply, "question"):
        names.update(card["data"].get("facts", []))
    data = assessment(reply)
    if data:
        names.update(data.get("questions", []))
    return names


def same(expected: Any, got: Any) -> bool:
    if isinstance(expected, dict) and "near" in expected:
        return isinstance(got, int | float) and abs(got - expected["near"]) <= expected["tol"]
    if isinstance(expected, bool) or isinstance(got, bool) or expected is None or got is None:
        return expected is got
    if isinstance(expected, int | float) and isinstance(got, int | float):
        return abs(expected - got) <= NUMBER_TOLERANCE
    if isinstance(expected, list) and isinstance(got, list):
        return len(expected) == len(got) and all(same(e, g) for e, g in zip(expected, got, strict=True))
    return bool(expected == got)
