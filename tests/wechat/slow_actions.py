"""An action that waits at a message with 等待 until the file ``go`` lies beside the conversations."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher


class ActionReply(Action):
    """Says what it heard, and how many messages the record holds."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_reply"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Reply, in time or not."""
        text = tracker.latest_message["text"]
        go = Path(os.environ["MMVTE_DATABASE"]).with_name("go")
        while "等待" in text and not go.exists():
            await asyncio.sleep(0.1)
        count = sum(event["event"] == "user" for event in tracker.events)
        dispatcher.utter_message(text=f"收到：{text}（{count}）")
        return []
