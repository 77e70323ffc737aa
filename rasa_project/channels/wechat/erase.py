"""Removes a person's own words from the record of a conversation; what was advised on which facts stays."""

from __future__ import annotations

import json
from typing import Any

from rasa_project.serving.agent import ClinicalAgent
from rasa_project.serving.tracker_store import ConversationStore

#: Keys whose values quote the user.
_WORDS = frozenset({"text", "plain", "words", "quote", "evidence", "metadata", "said"})
_REMOVED = "［已删除］"


async def erase_words(agent: ClinicalAgent, sender: str) -> None:
    """Blank the words in the user's events and in the slots; facts, scores and advice are kept."""
    store: ConversationStore = agent.tracker_store
    async with agent.lock_store.lock(sender):
        with store.session_scope() as session:
            events = session.query(store.SQLEvent).filter(
                store.SQLEvent.sender_id == sender, store.SQLEvent.type_name.in_(("user", "slot"))
            )
            for event in events:
                event.data = json.dumps(_without_words(json.loads(event.data)), ensure_ascii=False)
            session.commit()


def _without_words(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _removed(one) if key in _WORDS else _without_words(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_without_words(one) for one in value]
    return value


def _removed(value: Any) -> Any:
    if isinstance(value, str):
        return _REMOVED
    return {} if isinstance(value, dict) else _without_words(value)
