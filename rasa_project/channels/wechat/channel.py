"""What both platforms have in common: callbacks in, turns, answers out, cards behind links."""

from __future__ import annotations

import asyncio
import json
import secrets
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from time import time
from typing import Any

import structlog
from rasa.core.channels.channel import UserMessage
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from rasa_project.channels.base import ChatChannel, Handler
from rasa_project.channels.incoming import prepare
from rasa_project.channels.wechat import choices, pages
from rasa_project.channels.wechat.api import Api
from rasa_project.channels.wechat.courier import Courier
from rasa_project.channels.wechat.envelope import Envelope
from rasa_project.channels.wechat.erase import erase_words
from rasa_project.channels.wechat.errors import CallbackError
from rasa_project.channels.wechat.gate import Gate, Opened
from rasa_project.channels.wechat.general import (
    is_about_a_patient,
    is_emergency,
    only_general,
    parsed_message,
)
from rasa_project.channels.wechat.identity import Identities
from rasa_project.channels.wechat.messages import Inbound, read
from rasa_project.channels.wechat.people import People, User
from rasa_project.channels.wechat.pushes import Parcel, PushQueue, Quota, Sent
from rasa_project.channels.wechat.resume import resume
from rasa_project.channels.wechat.schema import connect
from rasa_project.channels.wechat.seen import SignatureMemory
from rasa_project.channels.wechat.settings import Account, Common
from rasa_project.channels.wechat.store import Arrival, Job, MessageStore, Outcome
from rasa_project.channels.wechat.text import MAX_BYTES, join, wants_more
from rasa_project.channels.wechat.wording import say
from rasa_project.channels.wording import reply
from rasa_project.reading.answers import read_answer
from rasa_project.serving.agent import ClinicalAgent

logger = structlog.get_logger(__name__)


class WeChatChannel(ChatChannel):
    """One account. Without settings it has no routes.

    ``can_push``: whether it may call the send API. ``quotas`` and ``resend_uncertain``: see PushQueue.
    """

    #: What acknowledges a callback without replying to it.
    acknowledgement = ""

    def __init__(
        self,
        account: Account,
        common: Common,
        api: Api,
        *,
        can_push: bool,
        quotas: tuple[Quota, ...],
        resend_uncertain: bool,
    ) -> None:
        self._common = common
        self._account = account
        self._api = api
        self._codec = account.codec()
        self._envelope = Envelope(self._codec)
        self._identities = Identities(common.secret)
        engine = connect(common.database)
        self._gate = Gate(self._codec, account.to_user, SignatureMemory(engine))
        self._people = People(engine, self._identities)
        self._pages = pages.CardPages(engine, self._identities)
        self._store = MessageStore(engine)
        queue = PushQueue(engine, self._store, quotas, resend_uncertain=resend_uncertain)
        push = self._push if can_push else None
        self._courier = Courier(self.name(), self._store, self._respond, queue, push, common.timing)
        self._handle: Handler | None = None
        self._app: Sanic | None = None

    @abstractmethod
    def verify(self, arguments: Mapping[str, list[str]]) -> str:
        """The answer to the platform's check of the URL. Raises CallbackError."""

    def check_mode(self, arguments: Mapping[str, list[str]]) -> None:
        """Raise CallbackError when the callback does not come in the mode that is required."""

    @abstractmethod
    def arrival_details(self, inbound: Inbound, user: User) -> dict[str, Any]:
        """Who asks: ``department``, ``role`` and ``clinical``, whether about a patient."""

    @abstractmethod
    async def answer_event(self, inbound: Inbound, user: User, opened: Opened) -> Arrival | str | None:
        """What an event is: a message to answer, a passive reply that is ready, or nothing."""

    @abstractmethod
    async def push(self, recipient: str, parcel: Parcel) -> Sent:
        """Send a text or a card through the platform's API."""

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The routes, below ``/webhooks/<name>``."""
        routes = Blueprint(f"chat_{self.name()}")
        self._handle = on_new_message

        @routes.listener("after_server_start")
        async def start(app: Sanic, _: asyncio.AbstractEventLoop) -> None:
            self._app = app
            self._courier.start()

        @routes.listener("before_server_stop")
        async def stop(_: Sanic, __: asyncio.AbstractEventLoop) -> None:
            await self._courier.stop()
            await self._api.close()

        @routes.get("/callback")
        async def check_url(request: Request) -> HTTPResponse:
            try:
                return response.text(self.verify(_arguments(request)))
            except CallbackError as error:
                return self._refuse(error)

        @routes.post("/callback")
        async def receive(request: Request) -> HTTPResponse:
            arguments = _arguments(request)
            try:
                self.check_mode(arguments)
                opened = await asyncio.to_thread(self._gate.open, arguments, request.body)
            except CallbackError as error:
                return self._refuse(error)
            try:
                return response.text(await self._answer(opened) or self.acknowledgement)
            except Exception as error:
                # Whatever the platform could make of an error page, the user would see a fault.
                logger.error("wechat callback failed", outcome="failed", exc_info=error)
                return response.text(self.acknowledgement)

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

    def _refuse(self, error: CallbackError) -> HTTPResponse:
        logger.warning("wechat callback refused", outcome=error.reason)
        return response.text("", status=403)

    async def _answer(self, opened: Opened) -> str | None:
        """The encrypted passive reply, or None."""
        inbound = read(opened.root)
        user_hash = self._identities.hash(self.name(), self._account.receive_id, inbound.sender)
        if inbound.kind == "event.unsubscribe":
            await self._forget(user_hash)
            return None
        user = await asyncio.to_thread(self._people.find, user_hash, time())
        if inbound.kind.startswith("event."):
            found = await self.answer_event(inbound, user, opened)
        elif inbound.fixed is not None:
            found = self.arrival(inbound, user, "say", say(inbound.fixed))
        else:
            found = self._message(inbound, user)
        if not isinstance(found, Arrival):
            return found
        text = await self._courier.deliver(found)
        return None if text is None else self.passive_text(inbound, opened, text)

    def _message(self, inbound: Inbound, user: User) -> Arrival:
        words = inbound.content.strip()
        if words == "解除绑定":
            return self.arrival(inbound, user, "unlink", "")
        if words.startswith("绑定") and words.removeprefix("绑定").strip(" ：:").isascii():
            code = words.removeprefix("绑定").strip(" ：:")
            return self.arrival(inbound, user, "bind", self._people.code_hash(code))
        before = say("voice_heard", text=prepare(words).text) if inbound.kind == "voice" else ""
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
            dedup=self._identities.hash(self.name(), self._account.receive_id, *inbound.identity),
            alias=user.alias,
            recipient=self._identities.seal(inbound.sender),
            kind=f"{task}:{inbound.kind}",
            text=text,
            details={**self.arrival_details(inbound, user), **details},
        )

    def passive_text(self, inbound: Inbound, opened: Opened, text: str) -> str:
        """A text as encrypted passive reply."""
        return self._envelope.text(inbound.sender, self._account.to_user, text, opened.key)

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
            refusal = await self._refusal(job.text)
            if refusal is not None:
                return Outcome(self.refusal_text() + refusal)
        await asyncio.to_thread(self._people.withdraw, job.alias)
        replies: Sequence[Mapping[str, Any]] = await self._replies(job)
        if not clinical:
            replies = only_general(replies) or [{"text": self.refusal_text()}]
        text = str(job.details.get("before", "")) + join(replies) + str(job.details.get("after", ""))
        return Outcome(await self._with_link(job, replies, text), await self._card(job, replies))

    @abstractmethod
    def refusal_text(self) -> str:
        """What somebody is told who may ask general questions only."""

    async def _refusal(self, text: str) -> str | None:
        message = parsed_message(text, await self._agent().parse_message(text))
        if not is_about_a_patient(message):
            return None
        return "\n" + say("unbound_emergency") if is_emergency(message) else ""

    async def _replies(self, job: Job) -> list[dict[str, Any]]:
        sender = f"{self.name()}-{job.alias}"
        if job.interrupted:
            resumed = await resume(self._agent(), sender, job.dedup)
            if resumed is not None:
                return resumed or [{"text": reply("no_answer")}]
        author = {name: str(job.details.get(name, "")) for name in ("department", "role")}
        return await self.take_turn(self._handled, sender, job.text, {"delivery": job.dedup, **author})

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
        token = await asyncio.to_thread(self._pages.keep, job.alias, replies, time())
        url = f"{self._common.public_url}/webhooks/{self.name()}/card/{token}"
        link = say("card_link", url=url, minutes=int(pages.LINK_SECONDS // 60))
        whole = f"{text}\n{link}"
        return whole if len(whole.encode()) <= MAX_BYTES else f"{link}\n{text}"

    async def _card(self, job: Job, replies: Sequence[Mapping[str, Any]]) -> str | None:
        """The template card for the turn's question, where the platform has such."""
        question = choices.question_of(replies)
        if question is None or not self.has_template_cards:
            return None
        task = f"mmvte-{job.id}-{secrets.token_hex(6)}"
        await asyncio.to_thread(self._people.offer, job.alias, task, choices.options(question))
        title = str(replies[-1].get("text", "")).split("\n")[0]
        return json.dumps(choices.template_card(question, title, task), ensure_ascii=False)

    has_template_cards = False

    async def _push(self, parcel: Parcel) -> Sent:
        return await self.push(self._identities.unseal(parcel.recipient), parcel)

    async def _forget(self, user_hash: str) -> None:
        alias = await asyncio.to_thread(self._people.forget, user_hash)
        if alias is not None:
            await erase_words(self._agent(), f"{self.name()}-{alias}")
        logger.info("wechat user forgotten", outcome="done" if alias else "unknown")


def _arguments(request: Request) -> dict[str, list[str]]:
    return {name: list(values) for name, values in request.get_args(keep_blank_values=True).items()}
