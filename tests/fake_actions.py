"""Actions that misbehave on command, for the fault tests."""

from __future__ import annotations

import asyncio
import os
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher


class ActionReply(Action):
    """Echoes; the words of the message choose a fault."""

    def name(self) -> str:
        return "action_reply"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        text = tracker.latest_message["text"]
        if "炸" in text:
            raise ValueError(f"cannot read {text}")
        if "死" in text:
            os._exit(9)
        if "慢" in text:
            await asyncio.sleep(30)
        turns = [event["text"] for event in tracker.events if event["event"] == "user"]
        dispatcher.utter_message(
            text=f"收到：{text}\n\n第{len(turns)}条",
            json_message={
                "mmvte": 1,
                "kind": "echo",
                "data": {"turns": turns, "slots": tracker.slots, "latest": tracker.events[-1]},
            },
        )
        return []
