"""What a decrypted callback is: its kind, its content, and the key under which it is known again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from rasa_project.channels.wechat import xml

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


@dataclass(frozen=True)
class Inbound:
    """A callback. ``kind``: ``text``, ``voice``, ``event.click``, …; ``content``: the text, the transcript,
    or an event's key; ``fixed``: the wording that answers this kind, if any."""

    sender: str
    kind: str
    content: str
    identity: tuple[str, ...]
    fixed: str | None = None
    task: str = ""
    choices: Sequence[str] = ()


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
