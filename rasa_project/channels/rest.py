"""The REST channel: ``POST /webhooks/rest/webhook`` with ``{"sender", "message"}``, for this machine only."""

from __future__ import annotations

import json
import uuid
from functools import partial
from typing import Any

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from rasa_project.channels.base import ChatChannel, Handler
from rasa_project.channels.local import is_local
from rasa_project.channels.wording import error

#: Characters of a conversation's name.
MAX_SENDER_CHARS = 200


class RestChannel(ChatChannel):
    """Has no authentication, hence answers loopback only, and no web page of another origin.

    Other keys of the request (``metadata``, ``input_channel``) are ignored: a client must not be able to
    pose as another channel. Without a sender the conversation gets a random name, which the reply carries.
    """

    @classmethod
    def name(cls) -> str:
        """The name in the address and in the record."""
        return "rest"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The routes, below ``/webhooks/rest``."""
        routes = Blueprint("chat_rest")

        @routes.get("/")
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @routes.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            if not is_local(request):
                return _json(error("not_local"), status=403)
            try:
                body = json.loads(request.body)
            except (ValueError, RecursionError):
                body = None
            if not isinstance(body, dict):
                return _json(error("bad_request"), status=400)
            message = body.get("message")
            if isinstance(message, int | float) and not isinstance(message, bool):
                message = str(message)
            if not isinstance(message, str | None):
                return _json(error("bad_message"), status=400)
            sender = body.get("sender")
            if isinstance(sender, int) and not isinstance(sender, bool):
                sender = str(sender)
            if sender is None or sender == "":
                sender = f"anonymous-{uuid.uuid4().hex}"
            if not isinstance(sender, str) or len(sender) > MAX_SENDER_CHARS or not sender.isprintable():
                return _json(error("bad_sender", limit=MAX_SENDER_CHARS), status=400)
            return _json(await self.take_turn(on_new_message, sender, message or ""))

        return routes


def _json(body: Any, status: int = 200) -> HTTPResponse:
    return response.json(body, status=status, dumps=partial(json.dumps, ensure_ascii=False))
