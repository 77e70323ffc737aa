"""One turn of a conversation, the same for every channel: REST, web, WeChat."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from time import monotonic
from typing import Any

import structlog
from rasa.core.channels.channel import InputChannel, UserMessage

from rasa_project.channels.incoming import prepare
from rasa_project.channels.output import ReplyCollector
from rasa_project.channels.wording import reply
from rasa_project.serving.tracker_store import ConversationStoreError

logger = structlog.get_logger(__name__)

Handler = Callable[[UserMessage], Awaitable[Any]]


class ChatChannel(InputChannel):
    """A channel only has to find out who sends what; it answers with :meth:`take_turn`."""

    async def take_turn(
        self, handle: Handler, sender: str, raw: str, metadata: Mapping[str, str] | None = None
    ) -> list[dict[str, Any]]:
        """The bot's replies to one message: never none, never an exception.

        ``sender`` names the conversation and must come from a source the channel trusts, as must
        ``metadata``, which is recorded with the message (who wrote it).
        """
        started = monotonic()
        incoming = prepare(raw)
        if incoming.refusal is not None:
            logger.info("turn", outcome="refused", characters=len(raw))
            return [_message(sender, incoming.refusal)]
        collector = ReplyCollector()
        message = UserMessage(
            incoming.text, collector, sender, input_channel=self.name(), metadata=dict(metadata or {})
        )
        try:
            await handle(message)
        except ConversationStoreError as error:
            logger.error("turn failed", outcome="not_stored", exc_info=error)
            return [_message(sender, reply("not_stored"))]
        except Exception as error:
            logger.error("turn failed", outcome="failed", exc_info=error)
            return [_message(sender, reply("failed"))]
        replies = collector.messages
        outcome = "answered" if replies else "no_answer"
        if not replies:
            replies = [_message(sender, reply("no_answer"))]
        if incoming.masked:
            replies.append(_message(sender, reply("masked", labels="、".join(incoming.masked))))
        logger.info(
            "turn",
            outcome=outcome,
            characters=len(raw),
            messages=len(replies),
            masked=len(incoming.masked),
            duration_ms=round((monotonic() - started) * 1000),
        )
        return replies


def _message(sender: str, text: str) -> dict[str, Any]:
    return {"recipient_id": sender, "text": text}
