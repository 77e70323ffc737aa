"""The real channels on a real port, with an agent that does what its message says: no model needed."""

from __future__ import annotations

import asyncio
import itertools
import re
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from rasa.core.channels.channel import UserMessage, register
from sanic import Sanic
from sanic.touchup import TouchUp

from rasa_project.channels.errors import install_error_pages
from rasa_project.channels.wechat.aibot import AIBotChannel
from rasa_project.channels.wechat.channel import WeChatChannel
from rasa_project.channels.wechat.official import OfficialChannel
from rasa_project.channels.wechat.settings import AIBotSettings, OfficialSettings, WeComSettings
from rasa_project.channels.wechat.simulator.bot import BotPlatform
from rasa_project.channels.wechat.simulator.platform import Platform
from rasa_project.channels.wechat.timing import LineTiming
from rasa_project.channels.wechat.wecom import WeComChannel
from rasa_project.serving.server import MAX_REQUEST_BYTES

#: How much faster than life the platform is played.
SPEED = 2.0
#: An AI bot's connection, sped up.
LINE = LineTiming(
    ping=0.4, answer=1.0, lease=1.0, patience=0.4, retry=0.1, longest_retry=0.4, refused=0.5, displaced=0.8
)
_names = itertools.count(1)
_touch_up = TouchUp.run


def _touch_up_once(app: Sanic) -> None:
    """It rewrites Sanic's own classes for speed, and fails the second time in a process."""
    _touch_up(app)
    TouchUp.run = lambda _: None


TouchUp.run = _touch_up_once


QUESTION = {
    "mmvte": 1,
    "kind": "question",
    "data": {
        "facts": ["copd"],
        "select": "many",
        "options": [{"title": "慢阻肺"}, {"title": "糖尿病"}, {"title": "以上均无", "exclusive": True}],
        "why": "",
        "progress": {},
    },
}
ASSESSMENT = {
    "mmvte": 1,
    "kind": "assessment",
    "data": {
        "scores": {
            "mm_vte": {"points": 4, "items": [{"points": 4, "label": "免疫<调节>剂", "status": "present"}]}
        }
    },
}


class FakeAgent:
    """``慢3`` takes three (fast) seconds, ``炸`` fails, ``长`` is answered at length, ``问`` with choices."""

    def __init__(self) -> None:
        self.turns: list[str] = []
        self.senders: list[str] = []
        self.metadata: list[Mapping[str, Any]] = []
        self.running = 0
        self.most_at_once = 0

    async def handle_message(self, message: UserMessage) -> None:
        text = message.text
        self.turns.append(text)
        self.senders.append(message.sender_id)
        self.metadata.append(message.metadata)
        self.running += 1
        self.most_at_once = max(self.most_at_once, self.running)
        slow = re.search(r"慢(\d+)", text)
        await asyncio.sleep(int(slow[1]) / SPEED if slow else 0)
        self.running -= 1
        if "炸" in text:
            raise ValueError(text)
        reply = {"text": f"收到：{text}"}
        if "长" in text:
            reply["text"] = "\n".join(f"第{number}行" + "文" * 50 for number in range(30))
        if "问" in text:
            asked = "【请补充】有哪些？\n1 慢阻肺\n2 糖尿病\n0 以上均无"
            before = reply["text"] + "\n\n" if "长" in text else ""
            reply = {"text": before + asked, "custom": QUESTION}
        if "评" in text:
            reply["custom"] = ASSESSMENT
        await message.output_channel.send_response(message.sender_id, reply)

    async def parse_message(self, text: str) -> dict[str, Any]:
        intent = "provide_facts" if "岁" in text else "greeting" if text == "哈喽" else "ask_knowledge"
        question = intent == "ask_knowledge"
        entities = [{"entity": "age_years", "start": 0, "end": 3, "value": 67, "status": "affirmed"}]
        if "咯血" in text:
            entities.append({"entity": "emergency", "start": 0, "end": 2, "value": "x"})
        segment = {"start": 0, "end": len(text), "text": text, "question": question, "confidence": 1.0}
        return {
            "intent": {"name": intent},
            "entities": entities if "岁" in text else [],
            "segments": [{**segment, "intent": intent}],
        }


def channel_of(kind: str, environment: Mapping[str, str], line: LineTiming = LINE) -> WeChatChannel:
    """The channel that the environment describes."""
    if kind == "wechat":
        official = OfficialSettings.from_environment(environment)
        assert official is not None
        return OfficialChannel(official)
    if kind == "wecom":
        wecom = WeComSettings.from_environment(environment)
        assert wecom is not None
        return WeComChannel(wecom)
    aibot = AIBotSettings.from_environment(environment)
    assert aibot is not None
    return AIBotChannel(aibot, line)


@asynccontextmanager
async def serve(
    platform: Platform | BotPlatform,
    agent: FakeAgent,
    environment: Mapping[str, str],
    line: LineTiming = LINE,
) -> AsyncIterator[Any]:
    """Serve the platform's account from this process."""
    channel = channel_of(platform.kind, environment, line)
    app = Sanic(f"wechat_test_{next(_names)}", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = MAX_REQUEST_BYTES
    install_error_pages(app)
    app.ctx.agent = agent
    register([channel], app, route="/webhooks/")
    listening = socket.create_server(("127.0.0.1", 0))
    server = await app.create_server(sock=listening, return_asyncio_server=True, access_log=False)
    assert server is not None
    await server.startup()
    await server.before_start()
    await server.after_start()
    port = listening.getsockname()[1]
    if isinstance(platform, Platform):
        platform.callback = f"http://127.0.0.1:{port}/webhooks/{channel.name()}/callback"
    try:
        yield channel
    finally:
        await server.before_stop()
        server.close()
        await server.wait_closed()
        await server.after_stop()


async def until(condition: Any, seconds: float = 8.0) -> None:
    """Wait until something holds; fails when it does not come true."""
    for _ in range(int(seconds / 0.05)):
        if condition():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it did not come true")
