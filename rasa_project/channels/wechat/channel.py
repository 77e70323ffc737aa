"""What every WeChat channel has in common: messages, turns, answers out, cards behind links."""

from __future__ import annotations

import asyncio
import json
import secrets
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from time import time
from typing import Any, ClassVar, cast

import sqlalchemy as sa
import structlog
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from rasa_project.channels.base import ChatChannel, Handler
from rasa_project.channels.incoming import prepare
from rasa_project.channels.wechat import choices, pages
from rasa_project.channels.wechat.courier import Courier
from rasa_project.channels.wechat.erase import erase_words
from rasa_project.channels.wechat.general import (
    is_about_a_patient,
    is_emergency,
    is_introduction,
    only_general,
    parsed_message,
)
from rasa_project.channels.wechat.identity import Identities
from rasa_project.channels.wechat.messages import Inbound
from rasa_project.channels.wechat.people import People, User
from rasa_project.channels.wechat.pushes import Parcel, PushQueue, Sent, Terms
from rasa_project.channels.wechat.resume import resume
from rasa_project.channels.wechat.settings import Common
from rasa_project.channels.wechat.store import Arrival, Job, MessageStore, Outcome
from rasa_project.channels.wechat.text import join, wants_more
from rasa_project.channels.wechat.unconfigured import Unconfigured
from rasa_project.channels.wechat.wording import say
from rasa_project.channels.wording import reply
from rasa_project.reading.answers import read_answer
from rasa_project.serving.agent import ClinicalAgent

logger = structlog.get_logger(__name__)


class WeChatChannel(ChatChannel):
    """One account. Without settings it has no routes.

    ``account_id`` names it, ``terms`` say how its users are reached.
    """

    has_template_cards = False
    #: What the channel is made of: a class whose ``from_environment`` gives None when nothing is set.
    settings_type: ClassVar[Any]

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> InputChannel:
        """The channel as the environment describes it, or one without routes. Raises WeChatSettingsError."""
        settings = cls.settings_type.from_environment()
        if settings is None:
            return Unconfigured(cls.name())
        # A concrete channel needs nothing but its settings.
        return cast(Callable[[Any], InputChannel], cls)(settings)

    def __init__(
        self,
        account_id: str,
        common: Common,
        engine: sa.engine.Engine,
        terms: Terms,
    ) -> None:
        self._account_id = account_id
        self._common = common
        self._identities = Identities(common.secret)
        self._people = People(engine, self._identities)
        self._pages = pages.CardPages(engine, self._identities)
        self._store = MessageStore(engine, terms.page_bytes)
        self._courier = Courier(
            self.name(),
            self._store,
            self._respond,
            PushQueue(engine, self._store, terms),
            self._push if terms.can_push else None,
            common.timing,
            can_push_now=self.can_push_now,
        )
        self._handle: Handler | None = None
        self._app: Sanic | None = None

    @abstractmethod
    def arrival_details(self, inbound: Inbound, user: User) -> dict[str, Any]:
        """Who asks: ``department``, ``role`` and ``clinical``, whether about a patient."""

    @abstractmethod
    def refusal_text(self) -> str:
        """What somebody is told who may ask general questions only."""

    @abstractmethod
    def general_welcome(self) -> str:
        """What such a person is greeted with."""

    @abstractmethod
    async def push(self, recipient: str, parcel: Parcel) -> Sent:
        """Send a text or a card unasked."""

    def can_push_now(self) -> bool:
        """Whether the way to the platform is open; what is due waits until it is."""
        return True

    def add_routes(self, routes: Blueprint) -> None:
        """The addresses of this platform."""

    async def start(self) -> None:
        """Begin to work."""
        self._courier.start()

    async def stop(self) -> None:
        """Stop working; what is unfinished stays in the store."""
        await self._courier.stop()

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The routes, below ``/webhooks/<name>``."""
        routes = Blueprint(f"chat_{self.name()}")
        self._handle = on_new_message

        @routes.listener("after_server_start")
        async def start(app: Sanic, _: asyncio.AbstractEventLoop) -> None:
            self._app = app
            await self.start()

        @routes.listener("before_server_stop")
        async def stop(_: Sanic, __: asyncio.AbstractEventLoop) -> None:
            await self.stop()

        self.add_routes(routes)

        @routes.get("/card/<token>")
        async def show_link(_: Request, token: str) -> HTTPResponse:
            is_open = await asyncio.to_thread(self._pages.is_open, token, time())
            body = pages.invitation() if is_open else pages.expired()
            return response.html(body, status=200 if is_open else 410, headers=pages.HEADERS)

        @routes.post("/card/<token>")
        async def show_card(_: Request, token: str) -> HTTPResponse:
            body = await asyncio.to_thread(self._pages.take, token, time())
            return response.html(body or pages.expired(), status=200 if body else 410, headers=pages.HEADERS)

        return routes

    async def user(self, inbound: Inbound) -> User:
        """Who sent it, entered when new."""
        return await asyncio.to_thread(self._people.find, self._user_hash(inbound), time())

    def _user_hash(self, inbound: Inbound) -> str:
        return self._identities.hash(self.name(), self._account_id, inbound.sender)

    def message_arrival(self, inbound: Inbound, user: User) -> Arrival:
        """A message of any kind, as it is stored."""
        if inbound.fixed is not None:
            return self.arrival(inbound, user, "say", say(inbound.fixed))
        return self._message(inbound, user)

    def _message(self, inbound: Inbound, user: User) -> Arrival:
        words = inbound.content.strip()
        if words == "解除绑定":
            return self.arrival(inbound, user, "unlink", "")
        if words.startswith("绑定") and words.removeprefix("绑定").strip(" ：:").isascii():
            code = words.removeprefix("绑定").strip(" ：:")
            return self.arrival(inbound, user, "bind", self._people.code_hash(code))
        before = say("voice_heard", text=prepare(words).text) if inbound.kind == "voice" else ""
        if inbound.unread is not None:
            before = say(inbound.unread) + "\n\n" + before
        return self.turn_arrival(inbound, user, inbound.content, before)

    def turn_arrival(self, inbound: Inbound, user: User, words: str, before: str = "") -> Arrival:
        """A message for the bot; only its masked text is stored."""
        incoming = prepare(words)
        if incoming.refusal is not None:
            return self.arrival(inbound, user, "say", incoming.refusal)
        after = "\n\n" + reply("masked", labels="、".join(incoming.masked)) if incoming.masked else ""
        return self.arrival(inbound, user, "turn", incoming.text, before=before, after=after)

    def arrival(self, inbound: Inbound, user: User, task: str, text: str, **details: str) -> Arrival:
        """A message as it is stored; ``task`` says what is to be done with the text."""
        return Arrival(
            channel=self.name(),
            dedup=self._identities.hash(self.name(), self._account_id, *inbound.identity),
            alias=user.alias,
            recipient=self._identities.seal(inbound.sender),
            kind=f"{task}:{inbound.kind}",
            text=text,
            details={**self.arrival_details(inbound, user), **details},
        )

    async def _respond(self, job: Job) -> Outcome:
        task = job.kind.partition(":")[0]
        if task == "say":
            return Outcome(job.text, clears_rest=False)
        if task == "bind":
            return Outcome(say(await asyncio.to_thread(self._people.bind, job.alias, job.text, time())))
        if task == "unlink":
            await asyncio.to_thread(self._people.unlink, job.alias)
            return Outcome(say("unlinked"))
        return await self._turn(job)

    async def _turn(self, job: Job) -> Outcome:
        if wants_more(job.text):
            rest = await asyncio.to_thread(self._store.rest, job.alias, time())
            if rest is not None or await asyncio.to_thread(self._store.has_unseen, job.alias, job.id):
                # An answer that was late is delivered before this one, which has nothing to add.
                return Outcome(rest or "")
        if read_answer(job.text) is not None and not job.kind.endswith("template_card_event"):
            if job.behind:
                return Outcome(say("stale_answer", text=job.text))
            rest = await asyncio.to_thread(self._store.rest, job.alias, time())
            if rest is not None:
                # A question stands at the end of its turn: this part has not been seen yet.
                return Outcome(f"{say('unseen_question', text=job.text)}\n\n{rest}")
        clinical = bool(job.details.get("clinical"))
        if not clinical:
            instead = await self._general_answer(job.text)
            if instead is not None:
                return Outcome(instead)
        await asyncio.to_thread(self._people.withdraw, job.alias)
        replies: Sequence[Mapping[str, Any]] = await self._replies(job)
        if not clinical:
            replies = only_general(replies) or [{"text": self.refusal_text()}]
        text = str(job.details.get("before", "")) + join(replies) + str(job.details.get("after", ""))
        return Outcome(await self._with_link(job, replies, text), await self._card(job, replies))

    async def _general_answer(self, text: str) -> str | None:
        """What somebody gets in place of a turn who may ask general questions only."""
        message = parsed_message(text, await self._agent().parse_message(text))
        if is_about_a_patient(message):
            emergency = "\n" + say("unbound_emergency") if is_emergency(message) else ""
            return self.refusal_text() + emergency
        return self.general_welcome() if is_introduction(message) else None

    async def _replies(self, job: Job) -> list[dict[str, Any]]:
        sender = f"{self.name()}-{job.alias}"
        if job.interrupted:
            resumed = await resume(self._agent(), sender, job.dedup)
            if resumed is not None:
                return resumed or [{"text": reply("no_answer")}]
        details = {name: str(job.details.get(name, "")) for name in ("department", "role")}
        details |= {"delivery": job.dedup, "whole_reply_bytes": str(self._room(job))}
        return await self.take_turn(self._handled, sender, job.text, details)

    def _room(self, job: Job) -> int:
        """What the turn's replies may have together, so that its question stands on the first page."""
        around = str(job.details.get("before", "")) + str(job.details.get("after", ""))
        if self._common.public_url:
            around += "\n" + self._link("0" * self._pages.token_chars)
        return self._store.page_bytes - len(around.encode())

    async def _handled(self, message: UserMessage) -> None:
        assert self._handle is not None
        await self._handle(message)

    def _agent(self) -> ClinicalAgent:
        assert self._app is not None, "the server has not started"
        return self._app.ctx.agent

    async def _with_link(self, job: Job, replies: Sequence[Mapping[str, Any]], text: str) -> str:
        """The text with the link to the full card; before it when the text has several pages."""
        kinds = [(reply.get("custom") or {}).get("kind") for reply in replies]
        if not self._common.public_url or "assessment" not in kinds:
            return text
        link = self._link(await asyncio.to_thread(self._pages.keep, job.alias, replies, time()))
        whole = f"{text}\n{link}"
        return whole if len(whole.encode()) <= self._store.page_bytes else f"{link}\n{text}"

    def _link(self, token: str) -> str:
        url = f"{self._common.public_url}/webhooks/{self.name()}/card/{token}"
        return say("card_link", url=url, minutes=int(pages.LINK_SECONDS // 60))

    async def _card(self, job: Job, replies: Sequence[Mapping[str, Any]]) -> str | None:
        """The template card for the turn's question, where the platform has such."""
        question = choices.question_of(replies)
        if question is None or not self.has_template_cards:
            return None
        task = f"mmvte-{job.id}-{secrets.token_hex(6)}"
        await asyncio.to_thread(self._people.offer, job.alias, task, choices.options(question))
        title = str(replies[-1].get("text", "")).split("\n")[0]
        return json.dumps(choices.template_card(question, title, task), ensure_ascii=False)

    async def _push(self, parcel: Parcel) -> Sent:
        return await self.push(self._identities.unseal(parcel.recipient), parcel)

    async def forget(self, inbound: Inbound) -> None:
        """Remove what identifies the sender; the clinical skeleton stays."""
        alias = await asyncio.to_thread(self._people.forget, self._user_hash(inbound))
        if alias is not None:
            await erase_words(self._agent(), f"{self.name()}-{alias}")
        logger.info("wechat user forgotten", outcome="done" if alias else "unknown")
