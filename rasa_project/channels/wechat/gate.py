"""From a raw callback to a trusted message: size, signature, time, then decryption. One error for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import time
from typing import Protocol
from xml.etree.ElementTree import Element

from rasa_project.channels.wechat import xml
from rasa_project.channels.wechat.codec import Codec
from rasa_project.channels.wechat.errors import CallbackError

#: Seconds that a callback's timestamp may be away from our clock, either way.
WINDOW_SECONDS = 300
_MAX_FIELD_CHARS = 128


class SeenSignatures(Protocol):
    """Remembers signatures for as long as their timestamps are accepted, for all replicas."""

    def admit(self, signature: str, now: float) -> bool:
        """Whether this delivery may pass: a signature is good for the platform's own three attempts."""


@dataclass(frozen=True)
class Query:
    """The parameters of a callback, each given exactly once."""

    signature: str
    timestamp: str
    nonce: str

    @classmethod
    def read(cls, arguments: Mapping[str, list[str]], signature_name: str) -> Query:
        """Raises CallbackError when one is missing, repeated or overlong."""
        return cls(*(single(arguments, name) for name in (signature_name, "timestamp", "nonce")))


@dataclass(frozen=True)
class Opened:
    """A decrypted message, and the key to encrypt the reply with."""

    root: Element
    key: int


class Gate:
    """Checks the callbacks of one account."""

    def __init__(
        self, codec: Codec, to_user: str, seen: SeenSignatures, clock: Callable[[], float] = time
    ) -> None:
        self._codec = codec
        self._to_user = to_user
        self._seen = seen
        self._clock = clock

    def verify_plain(self, arguments: Mapping[str, list[str]]) -> str:
        """URL verification of an Official Account: the echostr as it came. Raises CallbackError."""
        query = Query.read(arguments, "signature")
        self._check_time(query)
        self._codec.check_plain(query.signature, query.timestamp, query.nonce)
        return single(arguments, "echostr")

    def verify_encrypted(self, arguments: Mapping[str, list[str]]) -> str:
        """URL verification of WeCom: the decrypted echostr. Raises CallbackError."""
        query = Query.read(arguments, "msg_signature")
        encrypted = single(arguments, "echostr", limit=1024)
        self._codec.check(query.signature, query.timestamp, query.nonce, encrypted)
        self._check_time(query)
        return self._codec.decrypt(encrypted)

    def open(self, arguments: Mapping[str, list[str]], body: bytes) -> Opened:
        """A message. Clear fields beside ``Encrypt`` (兼容模式) are never looked at. Raises CallbackError."""
        query = Query.read(arguments, "msg_signature")
        envelope = xml.fields(xml.parse(body))
        encrypted = envelope.get("Encrypt", "")
        if not encrypted:
            raise CallbackError("not_encrypted")
        self._codec.check(query.signature, query.timestamp, query.nonce, encrypted)
        self._check_time(query)
        if not self._seen.admit(query.signature, self._clock()):
            raise CallbackError("replayed")
        message, key = self._codec.decrypt_with_key(encrypted)
        root = xml.parse(message)
        values = xml.fields(root)
        if values.get("ToUserName") != self._to_user:
            raise CallbackError("to_user")
        if not values.get("FromUserName") or not values.get("MsgType"):
            raise CallbackError("incomplete")
        return Opened(root, key)

    def _check_time(self, query: Query) -> None:
        if not query.timestamp.isascii() or not query.timestamp.isdigit():
            raise CallbackError("timestamp")
        if abs(int(query.timestamp) - self._clock()) > WINDOW_SECONDS:
            raise CallbackError("stale")


def single(arguments: Mapping[str, list[str]], name: str, limit: int = _MAX_FIELD_CHARS) -> str:
    """The one value of a parameter. Raises CallbackError."""
    values = arguments.get(name) or []
    if len(values) != 1 or not 0 < len(values[0]) <= limit:
        raise CallbackError("query")
    return values[0]
