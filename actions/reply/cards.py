"""The messages of a reply: complete plain text, and the structured card of the contract beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.labels import names
from actions.wording import say


@dataclass(frozen=True)
class Reply:
    """One message of the bot; ``custom`` is the card, when there is one."""

    text: str
    custom: Mapping[str, Any] | None = None


def action(key: str) -> dict[str, str]:
    """A button: what it says is what it sends, so that typing works as well."""
    title = say(f"actions.{key}")
    return {"title": title, "payload": title}


def card(kind: str, text: str, data: Mapping[str, Any], actions: Iterable[Mapping[str, str]] = ()) -> Reply:
    """A message with a card of ``kind`` (contract, section 4)."""
    return Reply(text, {"mmvte": 1, "kind": kind, "data": dict(data), "actions": list(actions)})


def advice_card(advice: Sequence[Mapping[str, Any]], intro: str = "") -> Reply:
    """A card of advice items, each line of the text with its source."""
    lines = [intro] if intro else []
    lines += dict.fromkeys(advice_line(item) for item in advice if "facts" not in item)
    missing = dict.fromkeys(fact for item in advice for fact in item.get("facts", ()))
    if missing:
        lines.append(say("reply.know_first", facts=names(missing)))
    return card("advice", "\n".join(lines), {"advice": list(advice)})


def advice_line(item: Mapping[str, Any]) -> str:
    """An advice item as a line of text, with its source."""
    source = source_name(item.get("source"))
    return f"· {item['text']}" + (f"（{source}）" if source else "")


def source_name(source: Mapping[str, Any] | None) -> str:
    """Section and table of a source, e.g. 五（一）表5."""
    if not source:
        return ""
    section, table = source.get("section"), source.get("table")
    return (section or "") + (f"表{table}" if table else "")
