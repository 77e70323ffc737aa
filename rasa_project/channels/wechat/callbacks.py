"""What both callback platforms have in common: encrypted requests in, passive replies out."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Mapping

import structlog
from sanic import Blueprint, response
from sanic.exceptions import PayloadTooLarge
from sanic.request import Request
from sanic.response import HTTPResponse

from rasa_project.channels.wechat.api import Api
from rasa_project.channels.wechat.channel import WeChatChannel
from rasa_project.channels.wechat.envelope import Envelope
from rasa_project.channels.wechat.errors import CallbackError
from rasa_project.channels.wechat.gate import Gate, Opened
from rasa_project.channels.wechat.menu import text_of
from rasa_project.channels.wechat.messages import Inbound, read
from rasa_project.channels.wechat.people import User
from rasa_project.channels.wechat.pushes import Terms
from rasa_project.channels.wechat.schema import connect
from rasa_project.channels.wechat.seen import SignatureMemory
from rasa_project.channels.wechat.settings import Account, Common
from rasa_project.channels.wechat.store import Arrival

logger = structlog.get_logger(__name__)


class CallbackChannel(WeChatChannel):
    """An account whose messages come as requests of the platform."""

    #: What acknowledges a callback without replying to it.
    acknowledgement = ""

    def __init__(self, account: Account, common: Common, api: Api, terms: Terms) -> None:
        engine = connect(common.database)
        super().__init__(account.receive_id, common, engine, terms)
        self._account = account
        self._api = api
        codec = account.codec()
        self._envelope = Envelope(codec)
        self._gate = Gate(codec, account.to_user, SignatureMemory(engine))

    @abstractmethod
    def verify(self, arguments: Mapping[str, list[str]]) -> str:
        """The answer to the platform's check of the URL. Raises CallbackError."""

    def check_mode(self, arguments: Mapping[str, list[str]]) -> None:
        """Raise CallbackError when the callback does not come in the mode that is required."""

    @abstractmethod
    async def answer_event(self, inbound: Inbound, user: User, opened: Opened) -> Arrival | str | None:
        """What an event is: a message to answer, a passive reply that is ready, or nothing."""

    def clicked(self, inbound: Inbound, user: User) -> Arrival | None:
        """A click on the menu says the button's text; None for a button of an older menu."""
        words = text_of(inbound.content)
        return None if words is None else self.turn_arrival(inbound, user, words)

    async def stop(self) -> None:
        """Stop the courier and close the connections to the platform."""
        await super().stop()
        await self._api.close()

    def add_routes(self, routes: Blueprint) -> None:
        """The callback's address."""

        @routes.exception(PayloadTooLarge)
        async def too_large(_: Request, __: PayloadTooLarge) -> HTTPResponse:
            return _refuse(CallbackError("too_large"))

        @routes.get("/callback")
        async def check_url(request: Request) -> HTTPResponse:
            try:
                return response.text(self.verify(_arguments(request)))
            except CallbackError as error:
                return _refuse(error)

        @routes.post("/callback")
        async def receive(request: Request) -> HTTPResponse:
            arguments = _arguments(request)
            try:
                self.check_mode(arguments)
                opened = await asyncio.to_thread(self._gate.open, arguments, request.body)
            except CallbackError as error:
                return _refuse(error)
            try:
                return response.text(await self._answer(opened) or self.acknowledgement)
            except Exception as error:
                # Whatever the platform could make of an error page, the user would see a fault.
                logger.error("wechat callback failed", outcome="failed", exc_info=error)
                return response.text(self.acknowledgement)

    async def _answer(self, opened: Opened) -> str | None:
        """The encrypted passive reply, or None."""
        inbound = read(opened.root)
        if inbound.kind == "event.unsubscribe":
            await self.forget(inbound)
            return None
        user = await self.user(inbound)
        if inbound.kind.startswith("event."):
            found = await self.answer_event(inbound, user, opened)
        else:
            found = self.message_arrival(inbound, user)
        if not isinstance(found, Arrival):
            return found
        text = await self._courier.deliver(found)
        return None if text is None else self.passive_text(inbound, opened, text)

    def passive_text(self, inbound: Inbound, opened: Opened, text: str) -> str:
        """A text as encrypted passive reply."""
        return self._envelope.text(inbound.sender, self._account.to_user, text, opened.key)


def _refuse(error: CallbackError) -> HTTPResponse:
    logger.warning("wechat callback refused", outcome=error.reason)
    return response.text("", status=403)


def _arguments(request: Request) -> dict[str, list[str]]:
    return {name: list(values) for name, values in request.get_args(keep_blank_values=True).items()}
