"""The one Rasa action: read the case from the slots, take the turn, write the case back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.case import Case
from actions.conversation import converse
from actions.message import Message
from actions.wording import say

log = structlog.get_logger(__name__)


class ActionReply(Action):
    """Answers every user message; what to say is decided in ``actions.conversation``."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_reply"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Reply to the latest message and to any whose turn failed before it."""
        try:
            case = Case.load(tracker.slots)
            messages = unread(tracker.events, case.read_until)
            case, replies = converse(
                case, messages, new_session=case.turn == 0 and _had_session(tracker.events)
            )
            events = case.slot_events(tracker.slots)
        except Exception:
            # The user must be told, and nothing of the half-done turn may stick: the message stays
            # unread, so that 继续 folds it in again.
            log.exception("turn failed", sender=tracker.sender_id)
            dispatcher.utter_message(text=say("reply.failure"))
            return []
        for reply in replies:
            dispatcher.utter_message(
                text=reply.text, json_message=dict(reply.custom) if reply.custom else None
            )
        return events


def unread(events: Sequence[dict[str, Any]], read_until: float) -> list[Message]:
    """The user's messages since the last turn that succeeded, in order, within this session."""
    start = max(
        (index for index, event in enumerate(events) if event["event"] == "session_started"), default=-1
    )
    return [
        Message.from_event(event)
        for event in events[start + 1 :]
        if event["event"] == "user" and (event.get("timestamp") or 0.0) > read_until
    ]


def _had_session(events: Sequence[dict[str, Any]]) -> bool:
    """Did an earlier session of the same user end (by time-out) before this one?"""
    return sum(event["event"] == "session_started" for event in events) > 1
