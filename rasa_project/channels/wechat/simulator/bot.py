"""Plays the platform's side of a WeCom AI bot's connection, and keeps what each member sees."""

from __future__ import annotations

import asyncio
import itertools
import json
import secrets
from collections import Counter, defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass
from time import time, time_ns
from typing import Any

from aiohttp import WSMsgType, web

from rasa_project.channels.wechat import frames
from rasa_project.channels.wechat.simulator.platform import Shown

#: As measured by others on a real account (docs/wechat.md).
INVALID_SECRET = 853000
INVALID_REQUEST = 846605
STREAM_ENDED = 846608
NOT_SUBSCRIBED = 846609
_TOO_LONG = 40058
_MAX_CONTENT_BYTES = 20_480


@dataclass(frozen=True)
class Trouble:
    """What happens to one command. ``code``: refused. ``mute``: done, and never answered. ``breaks``: the
    line breaks instead of an answer, after the command was done or (``unread``) before."""

    code: int = 0
    mute: bool = False
    breaks: bool = False
    unread: bool = False


class BotPlatform:
    """One bot; members are users by their userid."""

    kind = "aibot"

    def __init__(self) -> None:
        self.bot_id, self.secret = "aibSimulated", "bot-secret-" + secrets.token_hex(8)
        self.screens: defaultdict[str, list[Shown]] = defaultdict(list)
        self.frames: list[frames.Frame] = []
        self.calls: Counter[str] = Counter()
        self.url = ""
        self._troubles: defaultdict[str, deque[Trouble]] = defaultdict(deque)
        # Another run must not repeat the numbers of the last one: they would be the same messages again.
        self._numbers = itertools.count(time_ns() // 1000)
        self._line: web.WebSocketResponse | None = None
        self._requests: dict[str, tuple[str, str]] = {}
        self._streams: dict[tuple[str, str], int] = {}
        self._ended: set[tuple[str, str]] = set()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> BotPlatform:
        app = web.Application()
        app.router.add_get("/", self._connect)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"ws://127.0.0.1:{self._runner.addresses[0][1]}/"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.break_line()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def is_connected(self) -> bool:
        """Whether the bot is subscribed."""
        return self._line is not None

    def environment(self) -> dict[str, str]:
        """The settings of a bot that serves this account."""
        return {
            "MMVTE_WECHAT_SECRET": "simulated-secret-" + "s" * 32,
            "MMVTE_AIBOT_BOT_ID": self.bot_id,
            "MMVTE_AIBOT_SECRET": self.secret,
            "MMVTE_AIBOT_URL": self.url,
        }

    def next(self, command: str, *troubles: Trouble) -> None:
        """Do these to the next frames with this command."""
        self._troubles[command].extend(troubles)

    async def say(self, user: str, text: str, **body: Any) -> str:
        """A member sends a text; ``body`` overrides or adds fields. Returns the msgid."""
        return await self.send(user, {"msgtype": "text", "text": {"content": text}, **body})

    async def send(self, user: str, content: Mapping[str, Any]) -> str:
        """A member sends anything; lost when the bot is not connected."""
        return await self._call(frames.MESSAGE, user, content)

    async def event(self, user: str, name: str, **details: Any) -> str:
        """Something happens, such as ``enter_chat``."""
        event = {"eventtype": name, **({name: details} if details else {})}
        return await self._call(
            frames.EVENT, user, {"msgtype": "event", "create_time": int(time()), "event": event}
        )

    async def tap(self, user: str, card: Mapping[str, Any], *numbers: str) -> str:
        """A member taps a button, or ticks choices and submits."""
        details: dict[str, Any] = {"card_type": card["card_type"], "task_id": card["task_id"]}
        if "checkbox" in card:
            ticked = {"question_key": "q", "option_ids": {"option_id": list(numbers)}}
            details |= {"event_key": "submit", "selected_items": {"selected_item": [ticked]}}
        else:
            details["event_key"] = numbers[0]
        return await self.event(user, "template_card_event", **details)

    async def raw(self, data: str | bytes) -> None:
        """Send anything at all."""
        assert self._line is not None
        await (self._line.send_str(data) if isinstance(data, str) else self._line.send_bytes(data))

    async def break_line(self) -> None:
        """The connection breaks without a word."""
        line, self._line = self._line, None
        if line is not None and line._req is not None and line._req.transport is not None:
            line._req.transport.abort()
            await asyncio.sleep(0)

    async def displace(self) -> None:
        """Another program subscribes with the same id and secret."""
        line, self._line = self._line, None
        if line is not None:
            body = {"msgid": self._msgid(), "msgtype": "event", "event": {"eventtype": "disconnected_event"}}
            await line.send_str(frames.compose(frames.EVENT, secrets.token_hex(8), body))

    async def _call(self, command: str, user: str, content: Mapping[str, Any]) -> str:
        body = {
            "msgid": self._msgid(),
            "aibotid": self.bot_id,
            "chattype": "single",
            "from": {"userid": user},
            **content,
        }
        request = secrets.token_hex(8)
        self._requests[request] = (user, command)
        if self._line is not None:
            await self._line.send_str(frames.compose(command, request, body))
        return str(body["msgid"])

    def _msgid(self) -> str:
        return f"msg-{next(self._numbers)}"

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        line = web.WebSocketResponse()
        await line.prepare(request)
        self.calls["connect"] += 1
        async for message in line:
            if message.type is WSMsgType.TEXT and not await self._handle(line, message.data):
                assert request.transport is not None
                request.transport.abort()
                break
        if self._line is line:
            self._line = None
        return line

    async def _handle(self, line: web.WebSocketResponse, text: str) -> bool:
        """False when the line breaks instead of an answer."""
        command, request = json.loads(text)["cmd"], json.loads(text)["headers"]["req_id"]
        frame = frames.Frame(command, request, json.loads(text).get("body", {}))
        self.frames.append(frame)
        self.calls[command] += 1
        trouble = self._troubles[command].popleft() if self._troubles[command] else Trouble()
        if trouble.breaks and trouble.unread:
            return False
        code = trouble.code or await self._do(line, frame)
        if trouble.breaks:
            return False
        if not trouble.mute:
            answer = {"headers": {"req_id": request}, "errcode": code, "errmsg": "simulated"}
            await line.send_str(json.dumps(answer))
        return True

    async def _do(self, line: web.WebSocketResponse, frame: frames.Frame) -> int:
        if frame.command == frames.SUBSCRIBE:
            if dict(frame.body) != {"bot_id": self.bot_id, "secret": self.secret}:
                return INVALID_SECRET
            await self.displace()
            self._line = line
            return 0
        if line is not self._line:
            return NOT_SUBSCRIBED
        if frame.command == frames.PING:
            return 0
        if frame.command == frames.SEND:
            return self._pushed(frame.body)
        return self._replied(frame)

    def _pushed(self, body: Mapping[str, Any]) -> int:
        if body["msgtype"] == "template_card":
            self.screens[body["chatid"]].append(Shown("push", card=body["template_card"]))
            return 0
        text = body["markdown"]["content"]
        if len(text.encode()) > _MAX_CONTENT_BYTES:
            return _TOO_LONG
        self.screens[body["chatid"]].append(Shown("push", text))
        return 0

    def _replied(self, frame: frames.Frame) -> int:
        user, callback = self._requests.get(frame.request, ("", ""))
        wanted = frames.EVENT if frame.command != frames.RESPOND else frames.MESSAGE
        if callback != wanted:
            return INVALID_REQUEST
        if frame.command == frames.WELCOME:
            self.screens[user].append(Shown("welcome", frame.body["text"]["content"]))
            return 0
        if frame.command == frames.UPDATE_CARD:
            self.screens[user].append(Shown("button", frame.body["template_card"]["main_title"]["title"]))
            return 0
        return self._streamed(user, frame.body["stream"])

    def _streamed(self, user: str, stream: Mapping[str, Any]) -> int:
        key = (user, stream["id"])
        if key in self._ended:
            return STREAM_ENDED
        if len(stream["content"].encode()) > _MAX_CONTENT_BYTES:
            return _TOO_LONG
        shown = Shown("stream" if stream["finish"] else "preparing", stream["content"])
        if key in self._streams:
            self.screens[user][self._streams[key]] = shown
        else:
            self._streams[key] = len(self.screens[user])
            self.screens[user].append(shown)
        if stream["finish"]:
            self._ended.add(key)
        return 0
