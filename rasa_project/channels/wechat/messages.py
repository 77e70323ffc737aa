"""What a decrypted callback is: its kind, its content, and the key under which it is known again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from rasa_project.channels.wechat import xml
from rasa_project.channels.wechat.errors import CallbackError
from rasa_project.channels.wechat.frames import EVENT, Frame, nested

#: Message types that get a fixed answer (wording.toml), by the key of that answer.
_FIXED = {
    "image": "image",
    "video": "video",
    "shortvideo": "video",
    "location": "location",
    "link": "link",
    "file": "file",
    "emoji": "sticker",
    "emotion": "sticker",
    "sticker": "sticker",
}
_MAX_USERID_CHARS = 128


@dataclass(frozen=True)
class Inbound:
    """A callback. ``kind``: ``text``, ``voice``, ``event.click``, …; ``content``: the text, the transcript,
    or an event's key; ``fixed``: the wording that answers this kind, if any; ``unread``: the wording that
    says which part of it was not read."""

    sender: str
    kind: str
    content: str
    identity: tuple[str, ...]
    fixed: str | None = None
    task: str = ""
    choices: Sequence[str] = ()
    unread: str | None = None


def read(root: Element) -> Inbound:
    """Read a message of either platform."""
    values = xml.fields(root)
    sender, kind = values["FromUserName"], values["MsgType"].lower()
    if kind == "event":
        return _event(root, values, sender)
    identity = (sender, "message", values.get("MsgId") or _substitute(values))
    if kind == "text":
        return Inbound(sender, kind, values.get("Content", ""), identity)
    if kind == "voice":
        heard = values.get("Recognition", "").strip()
        return Inbound(sender, kind, heard, identity, None if heard else "voice_unheard")
    return Inbound(sender, kind[:20], "", identity, _FIXED.get(kind, "unknown_kind"))


def _substitute(values: Mapping[str, str]) -> str:
    """Stands for a missing MsgId: an empty key would make every message a repetition of the first."""
    return "\n".join(values.get(name, "") for name in ("CreateTime", "MsgType", "Content", "MediaId"))


def _event(root: Element, values: Mapping[str, str], sender: str) -> Inbound:
    name = values.get("Event", "").lower()
    key = values.get("EventKey", "")
    task = values.get("TaskId", "")
    identity = (sender, "event", values.get("CreateTime", ""), name, key, values.get("AgentID", ""), task)
    choices = [one.text or "" for one in root.iter("OptionId")]
    return Inbound(sender, f"event.{name[:30]}", key, identity, task=task, choices=choices)


def read_frame(frame: Frame) -> Inbound:
    """Read a callback of an AI bot. Raises CallbackError when it does not say who sent what."""
    sender = _string(frame.body, "from", "userid")
    number = _string(frame.body, "msgid") or frame.request
    if not 0 < len(sender) <= _MAX_USERID_CHARS or not number:
        raise CallbackError("incomplete")
    if frame.command == EVENT:
        return _bot_event(frame.body, sender, number)
    identity, kind = (sender, "message", number), _string(frame.body, "msgtype").lower()
    if nested(frame.body, "chattype") == "group":
        # Others would read along, and nobody knows who they are.
        return Inbound(sender, "group", "", identity, "group_chat")
    unread = "quote_unread" if nested(frame.body, "quote") else None
    if kind in ("text", "voice"):
        words = _string(frame.body, kind, "content").strip()
        fixed = "voice_unheard" if kind == "voice" and not words else None
        return Inbound(sender, kind, words, identity, fixed, unread=unread)
    if kind == "mixed":
        parts = nested(frame.body, "mixed", "msg_item")
        words = "\n".join(_texts(parts)).strip()
        return Inbound(sender, kind, words, identity, None if words else "image", unread="image_unread")
    return Inbound(sender, kind[:20], "", identity, _FIXED.get(kind, "unknown_kind"))


def _bot_event(body: Mapping[str, Any], sender: str, number: str) -> Inbound:
    name = _string(body, "event", "eventtype").lower()
    details = nested(body, "event", name) or {}
    items = nested(details, "selected_items", "selected_item")
    ticked = [nested(one, "option_ids", "option_id") for one in items] if isinstance(items, list) else []
    choices = [option for one in ticked if isinstance(one, list) for option in one if isinstance(option, str)]
    key, task = _string(details, "event_key"), _string(details, "task_id")
    identity = (sender, "event", number)
    return Inbound(sender, f"event.{name[:30]}", key, identity, task=task, choices=choices)


def _texts(parts: Any) -> Iterator[str]:
    for part in parts if isinstance(parts, list) else ():
        if nested(part, "msgtype") == "text":
            yield _string(part, "text", "content")


def _string(value: Any, *names: str) -> str:
    found = nested(value, *names)
    return found if isinstance(found, str) else ""
