"""A WeCom AI bot (智能机器人) over its outbound connection: no address of ours has to be reachable."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import structlog

from rasa_project.channels.wechat import frames
from rasa_project.channels.wechat.api import ApiError, Unreachable, outcome
from rasa_project.channels.wechat.choices import closed_card
from rasa_project.channels.wechat.errors import CallbackError
from rasa_project.channels.wechat.frames import Frame
from rasa_project.channels.wechat.identity import Identities
from rasa_project.channels.wechat.leases import LineLease
from rasa_project.channels.wechat.line import Line
from rasa_project.channels.wechat.markdown import literal
from rasa_project.channels.wechat.members import MemberMap
from rasa_project.channels.wechat.messages import Inbound, read_frame
from rasa_project.channels.wechat.people import User
from rasa_project.channels.wechat.pushes import Parcel, Sent, Terms
from rasa_project.channels.wechat.schema import connect
from rasa_project.channels.wechat.settings import AIBotSettings
from rasa_project.channels.wechat.staff import QUOTAS, StaffChannel
from rasa_project.channels.wechat.store import Job, Outcome
from rasa_project.channels.wechat.streams import Streams
from rasa_project.channels.wechat.timing import LineTiming
from rasa_project.channels.wechat.wording import say

logger = structlog.get_logger(__name__)

#: The platform takes 20,480 bytes of Markdown.
PAGE_BYTES = 20_000
_SINGLE_CHAT = 1


class AIBotChannel(StaffChannel):
    """Every answer counts as sent when the platform has confirmed its frame."""

    settings_type = AIBotSettings

    def __init__(self, settings: AIBotSettings, timing: LineTiming | None = None) -> None:
        timing = timing or LineTiming()
        engine = connect(settings.common.database)
        self._members = MemberMap(settings.members)
        super().__init__(
            settings.bot_id,
            settings.common,
            engine,
            Terms(quotas=QUOTAS, resend_uncertain=True, merges=False, page_bytes=PAGE_BYTES),
        )
        lease = LineLease(engine, lease_name(settings, self._identities))
        self._line = Line(settings.url, settings.credentials, self._receive, lease, timing)
        self._streams = Streams(self._line, timing.patience)
        self._tasks: set[asyncio.Task[None]] = set()

    @classmethod
    def name(cls) -> str:
        """The name in the address of the cards and in the record."""
        return "aibot"

    def can_push_now(self) -> bool:
        """While the line stands."""
        return self._line.is_open

    async def start(self) -> None:
        """Connect."""
        await super().start()
        self._in_background(self._line.run())

    async def stop(self) -> None:
        """Disconnect."""
        await super().stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def push(self, recipient: str, parcel: Parcel) -> Sent:
        """A text in the place of its answer, or unasked; a card always unasked."""
        if parcel.card is not None:
            content: Any = {"msgtype": "template_card", "template_card": json.loads(parcel.card)}
            return await outcome(self._send(recipient, content))
        return await outcome(self._answer(recipient, parcel))

    async def _answer(self, recipient: str, parcel: Parcel) -> None:
        if not await self._streams.finish(parcel.delivery, parcel.text):
            await self._send(recipient, {"msgtype": "markdown", "markdown": {"content": parcel.text}})

    async def _send(self, recipient: str, content: Mapping[str, Any]) -> None:
        await self._line.ask(frames.SEND, {"chatid": recipient, "chat_type": _SINGLE_CHAT, **content})

    async def _respond(self, job: Job) -> Outcome:
        found = await super()._respond(job)
        return replace(found, answer=literal(found.answer))

    async def _receive(self, frame: Frame) -> None:
        try:
            inbound = read_frame(frame)
        except CallbackError as error:
            logger.warning("aibot frame refused", outcome=error.reason)
            return
        if frame.command == frames.EVENT:
            await self._event(frame, inbound, await self.user(inbound))
            return
        try:
            await self._message_came(frame, inbound)
        except Exception as error:
            # What could not be stored is not answered later either: say so now.
            logger.error("aibot callback failed", outcome="failed", exc_info=error)
            body = frames.stream(f"mmvte-{secrets.token_hex(8)}", say("failed"), finish=True)
            self._in_background(self._tell(frames.RESPOND, body, frame))

    async def _message_came(self, frame: Frame, inbound: Inbound) -> None:
        arrival = self.message_arrival(inbound, await self.user(inbound))
        self._streams.begin(arrival.dedup, frame.request)
        try:
            is_first = await self._courier.accept(arrival)
            if not is_first and await asyncio.to_thread(self._store.is_sent, arrival.dedup):
                self._streams.drop(arrival.dedup)
        except Exception:
            self._streams.drop(arrival.dedup)
            raise

    async def _event(self, frame: Frame, inbound: Inbound, user: User) -> None:
        """Newcomers are welcomed; taps on a card are answers. Each has its own kind of reply, for 5 s."""
        if inbound.kind == "event.enter_chat" and user.is_new:
            body: dict[str, Any] = {"msgtype": "text", "text": {"content": say("welcome")}}
            self._in_background(self._tell(frames.WELCOME, body, frame))
        elif inbound.kind == "event.template_card_event":
            card = closed_card(inbound.task, await self.take_tap(inbound, user))
            body = {"response_type": "update_template_card", "template_card": card}
            self._in_background(self._tell(frames.UPDATE_CARD, body, frame))

    async def _tell(self, command: str, body: Mapping[str, Any], frame: Frame) -> None:
        try:
            await self._line.ask(command, body, frame.request)
        except (ApiError, Unreachable) as error:
            code = error.code if isinstance(error, ApiError) else 0
            logger.warning("aibot reply refused", outcome=type(error).__name__, status=code)

    def _in_background(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def lease_name(settings: AIBotSettings, identities: Identities) -> str:
    """Under which name the bot's connection is kept in the database."""
    return identities.hash(AIBotChannel.name(), settings.bot_id)
