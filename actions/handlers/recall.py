"""What was said before: the source of the last answer, what changed last, a case that is no longer kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from actions.case import Case
from actions.handlers.assessment import since
from actions.labels import score_name
from actions.message import Message
from actions.reply.cards import Reply, card, source_name
from actions.wording import load, say
from scoring import assess, scale

Recall = Literal["source", "change", "earlier_case"]
#: Of a longer passage that is cited, so much is repeated.
QUOTED = 42


def recall_wanted(message: Message) -> Recall | None:
    """Does the whole message ask for what was said before?"""
    text = message.text.strip()
    for kind, pattern in load("cues.toml")["recall"].items():
        if re.fullmatch(pattern, text, re.IGNORECASE):
            return kind
    return None


def recall(case: Case, kind: Recall) -> list[Reply]:
    """The reply to it."""
    if kind == "source":
        text = say("recall.source", lines="\n".join(case.cited)) if case.cited else say("recall.no_source")
        return [card("answer", text, {"cited": list(case.cited)})]
    if kind == "change" and case.baseline is not None:
        return [Reply(since(case.baseline, assess(case.facts, asked=case.goals)))]
    if kind == "change":
        return [
            Reply(say("recall.change", changes=case.changes) if case.changes else say("recall.no_change"))
        ]
    return [Reply(say("recall.earlier_case"))]


def cited(replies: Sequence[Reply]) -> list[str]:
    """A line for each passage of the consensus that the replies rest on."""
    lines = [
        say("recall.line", source=source, text=text if len(text) <= QUOTED else f"{text[:QUOTED]}…")
        for reply in replies
        for source, text in _passages(dict(reply.custom or {}))
    ]
    return list(dict.fromkeys(lines))


def _passages(custom: dict[str, Any]) -> Iterator[tuple[str, str]]:
    data = custom.get("data") or {}
    for item in (data.get("advice") or ()) if custom.get("kind") != "answer" else ():
        if source := source_name(item.get("source")):
            yield source, item["text"].rstrip("。")
    for name in data.get("spelled_out") or ():
        yield source_name(scale(name)["source"]), score_name(name)
    if custom.get("kind") == "answer" and (source := source_name(data.get("source"))):
        yield source, str(data.get("title") or say("recall.answer"))
