"""The JSON frames of a WeCom AI bot's connection (developer.work.weixin.qq.com/document/path/101463)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rasa_project.channels.wechat.errors import CallbackError

#: From us.
SUBSCRIBE = "aibot_subscribe"
PING = "ping"
RESPOND = "aibot_respond_msg"
WELCOME = "aibot_respond_welcome_msg"
UPDATE_CARD = "aibot_respond_update_msg"
SEND = "aibot_send_msg"
#: To us.
MESSAGE = "aibot_msg_callback"
EVENT = "aibot_event_callback"

_MAX_REQUEST_CHARS = 256


@dataclass(frozen=True)
class Frame:
    """``request`` is the req_id, which an answer repeats. An answer has a ``code`` (errcode) instead of a
    command."""

    command: str
    request: str
    body: Mapping[str, Any] = field(default_factory=dict)
    code: int | None = None

    @property
    def is_displacement(self) -> bool:
        """Whether it says that another connection has taken this one's place."""
        return self.command == EVENT and nested(self.body, "event", "eventtype") == "disconnected_event"


def parse(text: str) -> Frame:
    """Raises CallbackError for anything that is no frame."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise CallbackError("json") from None
    if not isinstance(data, dict):
        raise CallbackError("frame")
    headers, body = data.get("headers") or {}, data.get("body") or {}
    command, code = data.get("cmd") or "", data.get("errcode")
    request = headers.get("req_id", "") if isinstance(headers, dict) else None
    if not isinstance(request, str) or not isinstance(command, str) or not isinstance(body, dict):
        raise CallbackError("frame")
    if len(request) > _MAX_REQUEST_CHARS or not isinstance(code, int | None):
        raise CallbackError("frame")
    return Frame(command, request, body, code)


def compose(command: str, request: str, body: Mapping[str, Any] | None) -> str:
    """A frame of ours."""
    frame: dict[str, Any] = {"cmd": command, "headers": {"req_id": request}}
    return json.dumps(frame if body is None else {**frame, "body": dict(body)}, ensure_ascii=False)


def stream(identifier: str, text: str, *, finish: bool) -> dict[str, Any]:
    """The body of a reply; the same identifier again replaces the text shown."""
    return {"msgtype": "stream", "stream": {"id": identifier, "finish": finish, "content": text}}


def nested(value: Any, *names: str) -> Any:
    """What lies below these names; None when something on the way is missing or no object."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value
