"""Encrypted passive replies."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from time import time

from rasa_project.channels.wechat import xml
from rasa_project.channels.wechat.codec import Codec


class Envelope:
    """Wraps the replies of one account."""

    def __init__(self, codec: Codec, clock: Callable[[], float] = time) -> None:
        self._codec = codec
        self._clock = clock

    def text(self, to_user: str, from_user: str, content: str, key: int = 0) -> str:
        """A text message."""
        return self._seal(to_user, from_user, {"MsgType": "text", "Content": content}, key)

    def button(self, to_user: str, from_user: str, label: str, key: int = 0) -> str:
        """WeCom only: the clicked card's button becomes inactive and says ``label``."""
        values: dict[str, xml.Value] = {"MsgType": "update_button", "Button": {"ReplaceName": label}}
        return self._seal(to_user, from_user, values, key)

    def _seal(self, to_user: str, from_user: str, values: Mapping[str, xml.Value], key: int) -> str:
        now = int(self._clock())
        head: dict[str, xml.Value] = {"ToUserName": to_user, "FromUserName": from_user, "CreateTime": now}
        encrypted = self._codec.encrypt(xml.compose({**head, **values}), key=key)
        timestamp, nonce = str(now), secrets.token_hex(8)
        return xml.compose(
            {
                "Encrypt": encrypted,
                "MsgSignature": self._codec.sign(timestamp, nonce, encrypted),
                "TimeStamp": now,
                "Nonce": nonce,
            }
        )
