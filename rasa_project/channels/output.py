"""Collects what the bot says, one object per utterance."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel


class ReplyCollector(CollectingOutputChannel):
    """Keeps ``text`` and ``custom`` of an utterance together and never cuts a text at a blank line.

    Rasa's own collector makes two messages of an utterance with a card, and one per paragraph of its text.
    """

    _KEYS = ("text", "custom", "buttons", "image", "attachment")

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Collect one utterance."""
        kept = {key: message[key] for key in self._KEYS if message.get(key)}
        if kept:
            self.messages.append({"recipient_id": recipient_id, **kept})
