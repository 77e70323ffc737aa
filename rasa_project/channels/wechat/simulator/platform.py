"""One account on a platform: signs and encrypts callbacks, repeats them, and keeps what each user sees."""

from __future__ import annotations

import asyncio
import itertools
import secrets
import string
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import time, time_ns
from typing import Any

import aiohttp

from rasa_project.channels.wechat import xml
from rasa_project.channels.wechat.codec import Codec, signature
from rasa_project.channels.wechat.simulator.server import PlatformServer
from rasa_project.channels.wechat.timing import PLATFORM_ATTEMPTS, PLATFORM_TIMEOUT

#: What a user of an Official Account sees when all attempts fail.
FAULT = "该公众号提供的服务出现故障，请稍后再试"


@dataclass(frozen=True)
class Shown:
    """One thing on a user's screen. ``via``: ``passive``, ``push`` or ``platform``."""

    via: str
    text: str = ""
    card: Mapping[str, Any] = field(default_factory=dict)


class Platform:
    """``kind`` is ``wechat`` (Official Account) or ``wecom``; ``speed`` shortens the platform's times."""

    def __init__(self, kind: str, *, speed: float = 1.0) -> None:
        signs = string.ascii_letters + string.digits
        self.kind = kind
        self.receive_id = "wxsimulated" if kind == "wechat" else "wwsimulated"
        self.to_user = "gh_simulated" if kind == "wechat" else self.receive_id
        self.token = secrets.token_hex(8)
        self.aes_key = "".join(secrets.choice(signs) for _ in range(43))
        self.codec = Codec(self.token, self.aes_key, self.receive_id)
        self.server = PlatformServer(self._pushed)
        self.screens: defaultdict[str, list[Shown]] = defaultdict(list)
        self.attempts: list[str] = []
        self.timeout = PLATFORM_TIMEOUT / speed
        # Another run must not repeat the numbers of the last one: they would be the same messages again.
        self._numbers = itertools.count(time_ns() // 1000)
        self._session: aiohttp.ClientSession | None = None
        self.callback = ""

    async def __aenter__(self) -> Platform:
        await self.server.start()
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()
        await self.server.stop()

    def environment(self, *, customer_service: bool = True) -> dict[str, str]:
        """The settings of a bot that serves this account."""
        common = {
            "MMVTE_WECHAT_SECRET": "simulated-secret-" + "s" * 32,
            "MMVTE_WECHAT_REPLY_SECONDS": str(4.3 * self.timeout / PLATFORM_TIMEOUT),
        }
        prefix = "MMVTE_OA_" if self.kind == "wechat" else "MMVTE_WECOM_"
        own = {"TOKEN": self.token, "AES_KEY": self.aes_key, "SECRET": "app-secret", "API": self.server.url}
        if self.kind == "wechat":
            right = "1" if customer_service else "0"
            own |= {"APPID": self.receive_id, "ORIGINAL_ID": self.to_user, "CUSTOMER_SERVICE": right}
        else:
            own |= {"CORPID": self.receive_id, "AGENTID": "1000002"}
        return common | {prefix + name: value for name, value in own.items()}

    def message(self, user: str, **values: str) -> str:
        """The XML of a message; ``values`` override or add fields."""
        number = next(self._numbers)
        content: dict[str, xml.Value] = {
            "ToUserName": self.to_user,
            "FromUserName": user,
            "CreateTime": int(time()),
            "MsgType": "text",
        }
        if values.get("MsgType") != "event":
            content["MsgId"] = number
        return xml.compose({**content, **values})

    def signed(self, plaintext: str, at: float | None = None) -> tuple[dict[str, str], bytes]:
        """The query and body of a callback."""
        encrypted = self.codec.encrypt(plaintext)
        timestamp, nonce = str(int(time() if at is None else at)), secrets.token_hex(5)
        query = {
            "timestamp": timestamp,
            "nonce": nonce,
            "msg_signature": signature(self.token, timestamp, nonce, encrypted),
        }
        if self.kind == "wechat":
            query |= {"signature": signature(self.token, timestamp, nonce), "encrypt_type": "aes"}
        return query, xml.compose({"ToUserName": self.to_user, "Encrypt": encrypted}).encode()

    async def say(self, user: str, text: str) -> list[Shown]:
        """A user sends a text; what the callback itself put on the screen."""
        return await self.deliver(user, self.message(user, Content=text))

    async def event(self, user: str, name: str, **values: str) -> list[Shown]:
        """Something happens, such as ``subscribe`` or ``CLICK``."""
        return await self.deliver(user, self.message(user, MsgType="event", Event=name, **values))

    async def tap(self, user: str, card: Mapping[str, Any], *numbers: str) -> list[Shown]:
        """A WeCom member taps a button, or ticks choices and submits."""
        key = "submit" if "checkbox" in card else numbers[0]
        event = self.message(
            user, MsgType="event", Event="template_card_event", EventKey=key, TaskId=card["task_id"]
        )
        if "checkbox" in card:
            ticked = "".join(f"<OptionId>{number}</OptionId>" for number in numbers)
            item = f"<SelectedItem><QuestionKey>q</QuestionKey><OptionIds>{ticked}</OptionIds></SelectedItem>"
            event = event.replace("</xml>", f"<SelectedItems>{item}</SelectedItems></xml>")
        return await self.deliver(user, event)

    async def deliver(self, user: str, plaintext: str) -> list[Shown]:
        """Call the bot, up to three times, as the platforms do."""
        for attempt in range(PLATFORM_ATTEMPTS):
            if attempt:
                await asyncio.sleep(self.timeout / 25)
            reply = await self._attempt(plaintext)
            if reply is not None:
                shown = self._shown(user, reply)
                self.screens[user] += shown
                return shown
        if self.kind == "wechat":
            self.screens[user].append(Shown("platform", FAULT))
        return []

    async def _attempt(self, plaintext: str) -> str | None:
        assert self._session is not None
        query, body = self.signed(plaintext)
        timeout = aiohttp.ClientTimeout(total=self.timeout)
        started = time()
        try:
            async with self._session.post(self.callback, params=query, data=body, timeout=timeout) as answer:
                text = await answer.text()
                self.attempts.append(f"{answer.status}")
                if answer.status == 200:
                    return text
        except (aiohttp.ClientError, TimeoutError) as error:
            self.attempts.append(type(error).__name__)
        await asyncio.sleep(max(0.0, self.timeout - (time() - started)))
        return None

    def _shown(self, user: str, reply: str) -> list[Shown]:
        if reply in ("", "success"):
            return []
        envelope = xml.fields(xml.parse(reply))
        encrypted = envelope["Encrypt"]
        self.codec.check(envelope["MsgSignature"], envelope["TimeStamp"], envelope["Nonce"], encrypted)
        root = xml.parse(self.codec.decrypt(encrypted))
        values = xml.fields(root)
        assert (values["ToUserName"], values["FromUserName"]) == (user, self.to_user)
        if values["MsgType"] == "update_button":
            return [Shown("button", root.findtext("Button/ReplaceName") or "")]
        return [Shown("passive", _cut(values["Content"]))]

    def _pushed(self, user: str, body: dict[str, Any]) -> None:
        if body["msgtype"] == "template_card":
            self.screens[user].append(Shown("push", card=body["template_card"]))
        else:
            self.screens[user].append(Shown("push", _cut(body["text"]["content"])))


def _cut(text: str) -> str:
    """As the platforms do, without a word."""
    return text.encode()[:2048].decode(errors="ignore")
