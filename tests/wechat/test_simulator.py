"""What a person types into ``make wechat-sim``, and what is shown."""

from __future__ import annotations

import asyncio
import re

import pytest
from harness import FakeAgent, serve, until

from rasa_project.channels.wechat.simulator.bot import BotPlatform
from rasa_project.channels.wechat.simulator.platform import Platform
from rasa_project.channels.wechat.simulator.terminal import act, drawn


def typed(kind: str, database: str, *lines: str) -> list[str]:
    """The screen after each line, newest entry last."""

    async def run() -> list[str]:
        shown = []
        async with BotPlatform() if kind == "aibot" else Platform(kind) as platform:
            environment = platform.environment() | {"MMVTE_WECHAT_DATABASE": database}
            async with serve(platform, FakeAgent(), environment):
                if isinstance(platform, BotPlatform):
                    await until(lambda: platform.is_connected)
                for line in lines:
                    before = len(platform.screens["u1"])
                    await act(platform, line, "u1")
                    await until(lambda before=before: len(platform.screens["u1"]) > before)
                    # A card follows its question with the next sweep.
                    await asyncio.sleep(2.5 if line == "问" else 0.6)
                    shown.append("\n".join(drawn(one) for one in platform.screens["u1"][before:]))
        return shown

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("kind", "line", "words"),
    [
        ("wechat", "来那度胺", "── 被动回复 ──\n收到：来那度胺"),
        ("wechat", "/关注", "尚未绑定"),
        ("wechat", "/点击 help", "收到：帮助"),
        ("wechat", "/语音 来那度胺", "语音识别为：“来那度胺”"),
        ("wechat", "/图片", "看不了图片"),
        ("wecom", "/点击 help", "收到：帮助"),
        ("aibot", "/进入", "── 欢迎语 ──\n您好"),
        ("aibot", "/语音 来那度胺", "语音识别为：“来那度胺”"),
        ("aibot", "/图片", "看不了图片"),
        ("aibot", "来那度胺", "── 流式回复 ──\n收到：来那度胺"),
    ],
)
def test_a_line_is_done_and_answered(kind: str, line: str, words: str, sqlite: str) -> None:
    assert words in typed(kind, sqlite, line)[0]


@pytest.mark.parametrize("kind", ["wecom", "aibot"])
def test_a_card_is_drawn_and_ticked(kind: str, sqlite: str) -> None:
    question, answer = typed(kind, sqlite, "问", "/勾 1 2")
    assert "［卡片］" in question
    assert "  [2] 糖尿病" in question
    assert "── 卡片变为 ──\n已提交：慢阻肺、糖尿病" in answer
    assert "收到：1 2" in answer


@pytest.mark.parametrize("kind", ["wechat", "wecom", "aibot"])
def test_another_run_on_the_same_database_is_no_repetition_of_the_last(kind: str, sqlite: str) -> None:
    runs = [typed(kind, sqlite, text) for text in ("甲", "乙")]
    assert [re.findall("收到：.", one[0]) for one in runs] == [["收到：甲"], ["收到：乙"]]
