"""Conversations over an AI bot's connection with a simulated platform; what counts is what a member sees."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from harness import LINE, FakeAgent, serve, until

from rasa_project.channels.wechat import frames
from rasa_project.channels.wechat.aibot import PAGE_BYTES
from rasa_project.channels.wechat.settings import AIBotSettings
from rasa_project.channels.wechat.simulator.bot import (
    INVALID_REQUEST,
    NOT_SUBSCRIBED,
    STREAM_ENDED,
    BotPlatform,
    Trouble,
)
from rasa_project.channels.wechat.timing import LineTiming

Scene = Callable[[BotPlatform, FakeAgent, Any], Coroutine[Any, Any, None]]


def play(database: str, scene: Scene, line: LineTiming = LINE, **extra: str) -> None:
    """Run a scene with a connected bot."""

    async def run() -> None:
        async with BotPlatform() as platform:
            agent = FakeAgent()
            environment = platform.environment() | {"MMVTE_WECHAT_DATABASE": database, **extra}
            async with serve(platform, agent, environment, line) as channel:
                await until(lambda: platform.is_connected)
                await scene(platform, agent, channel)

    asyncio.run(run())


def seen(platform: BotPlatform, user: str = "u1") -> list[tuple[str, str]]:
    return [(one.via, one.text) for one in platform.screens[user] if not one.card]


async def answered(platform: BotPlatform, count: int = 1, user: str = "u1") -> None:
    """Wait for so many finished texts, and a little longer for one too many."""
    await until(lambda: sum(via in ("stream", "push") for via, _ in seen(platform, user)) >= count)
    await asyncio.sleep(0.5)


def test_a_quick_answer_is_one_finished_frame(database: str) -> None:
    async def scene(platform: BotPlatform, agent: FakeAgent, _: Any) -> None:
        await platform.say("u1", "来那度胺的作用")
        await answered(platform)
        assert seen(platform) == [("stream", "收到：来那度胺的作用")]
        assert platform.calls[frames.RESPOND] == 1
        assert platform.calls[frames.SEND] == 0

    # Quick is what the member does not have to wait for, whatever else this machine does.
    play(database, scene, replace(LINE, patience=5.0))


def test_a_slow_answer_takes_the_place_of_a_word_that_it_is_coming(sqlite: str) -> None:
    async def scene(platform: BotPlatform, agent: FakeAgent, _: Any) -> None:
        await platform.say("u1", "慢2")
        await until(lambda: platform.screens["u1"])
        assert seen(platform) == [("preparing", "正在整理…")]
        await answered(platform)
        assert seen(platform) == [("stream", "收到：慢2")]
        assert [frame.body["stream"]["finish"] for frame in platform.frames if "stream" in frame.body] == [
            False,
            True,
        ]

    play(sqlite, scene)


def test_messages_keep_their_order_and_members_run_side_by_side(sqlite: str) -> None:
    async def scene(platform: BotPlatform, agent: FakeAgent, _: Any) -> None:
        await platform.say("u1", "慢4甲")
        await platform.say("u1", "乙")
        for number in range(5):
            await platform.say(f"p{number}", "慢4")
        await answered(platform, 2)
        assert seen(platform) == [("stream", "收到：慢4甲"), ("stream", "收到：乙")]
        assert [turn for turn in agent.turns if turn != "慢4"] == ["慢4甲", "乙"]
        assert agent.most_at_once >= 5

    play(sqlite, scene)


def test_a_repeated_message_is_one_turn_and_one_answer(sqlite: str) -> None:
    async def scene(platform: BotPlatform, agent: FakeAgent, _: Any) -> None:
        for text in ("慢1", "慢1"):
            await platform.say("u1", text, msgid="m1")
        await answered(platform)
        await platform.say("u1", "慢1", msgid="m1")
        await asyncio.sleep(2 * LINE.patience)
        assert seen(platform) == [("stream", "收到：慢1")]
        assert agent.turns == ["慢1"]
        await platform.say("u2", "另一人", msgid="m1")
        await answered(platform, user="u2")
        assert agent.turns == ["慢1", "另一人"]

    play(sqlite, scene)


def test_a_message_repeated_after_a_restart_is_not_answered_again(sqlite: str) -> None:
    async def run() -> None:
        async with BotPlatform() as platform:
            agent = FakeAgent()
            environment = platform.environment() | {"MMVTE_WECHAT_DATABASE": sqlite}
            for _ in range(2):
                async with serve(platform, agent, environment):
                    await until(lambda: platform.is_connected)
                    await platform.say("u1", "甲", msgid="m1")
                    await answered(platform)
                assert not platform.is_connected
            assert seen(platform) == [("stream", "收到：甲")]
            assert agent.turns == ["甲"]

    asyncio.run(run())


@pytest.mark.parametrize("ends", [BotPlatform.break_line, BotPlatform.displace])
def test_an_answer_that_was_ready_too_late_for_its_connection_is_sent_once(
    sqlite: str, ends: Callable[[BotPlatform], Coroutine[Any, Any, None]]
) -> None:
    async def scene(platform: BotPlatform, agent: FakeAgent, _: Any) -> None:
        await platform.say("u1", "慢2")
        await until(lambda: agent.turns)
        await ends(platform)
        await until(lambda: platform.is_connected)
        await answered(platform)
        assert [text for via, text in seen(platform) if via == "push"] == ["收到：慢2"]
        assert agent.turns == ["慢2"]
        assert platform.calls[frames.SEND] == 1

    play(sqlite, scene)


def test_answers_wait_while_nothing_is_connected(sqlite: str) -> None:
    async def scene(platform: BotPlatform, agent: FakeAgent, channel: Any) -> None:
        platform.next(frames.SUBSCRIBE, *[Trouble(breaks=True, unread=True)] * 5)
        await platform.say("u1", "慢1甲")
        await platform.say("u1", "乙")
        await until(lambda: agent.turns)
        await platform.break_line()
        await until(lambda: len(agent.turns) == 2)
        await until(lambda: platform.is_connected)
        await answered(platform, 2)
        assert seen(platform)[-2:] == [("push", "收到：慢1甲"), ("push", "收到：乙")]

    play(sqlite, scene)


@pytest.mark.parametrize("code", [INVALID_REQUEST, STREAM_ENDED, 99999])
def test_a_reply_that_is_refused_is_sent_instead(sqlite: str, code: int) -> None:
    async def scene(platform: BotPlatform, agent: FakeAgent, _: Any) -> None:
        platform.next(frames.RESPOND, Trouble(code=code))
        await platform.say("u1", "甲")
        await answered(platform)
        assert seen(platform) == [("push", "收到：甲")]

    play(sqlite, scene)


def test_what_the_platform_refuses_comes_with_the_next_message(sqlite: str) -> None:
    async def scene(platform: BotPlatform, agent: FakeAgent, _: Any) -> None:
        platform.next(frames.RESPOND, Trouble(code=99999))
        platform.next(frames.SEND, Trouble(code=99999))
        await platform.say("u1", "甲")
        await until(lambda: platform.calls[frames.SEND] == 1)
        await asyncio.sleep(1.5)
        assert seen(platform) == []
        await platform.say("u1", "乙")
        await answered(platform, 2)
        assert [text for _, text in seen(platform)] == ["收到：甲", "收到：乙"]
        assert agent.turns == ["甲", "乙"]

    play(sqlite, scene)


def test_a_reply_that_is_refused_for_now_is_tried_again(sqlite: str) -> None:
    async def scene(platform: BotPlatform, agent: FakeAgent, _: Any) -> None:
        platform.next(frames.RESPOND, Trouble(code=45009))
        await platform.say("u1", "甲")
        await answered(platform)
        assert seen(platform) == [("stream", "收到：甲")]

    play(sqlite, scene)


def test_a_lost_subscription_is_renewed_and_the_answer_sent(sqlite: str) -> None:
    async def scene(platform: BotPlatform, agent: FakeAgent, _: Any) -> None:
        platform.next(frames.RESPOND, Trouble(code=NOT_SUBSCRIBED))
        await platform.say("u1", "甲")
        await answered(platform)
        assert seen(platform) == [("push", "收到：甲")]
        assert platform.calls[frames.SUBSCRIBE] == 2

    play(sqlite, scene)


@pytest.mark.parametrize(
    ("trouble", "before"),
    [
        (Trouble(mute=True), [("stream", "收到：甲")]),
        (Trouble(breaks=True), [("stream", "收到：甲")]),
        (Trouble(breaks=True, unread=True), []),
    ],
)
def test_an_answer_without_confirmation_is_repeated_and_says_so(
    sqlite: str, trouble: Trouble, before: list[tuple[str, str]]
) -> None:
    """Nobody can know whether it arrived; an answer about a patient must not get lost."""

    async def scene(platform: BotPlatform, agent: FakeAgent, _: Any) -> None:
        platform.next(frames.RESPOND, trouble)
        await platform.say("u1", "甲")
        await answered(platform, len(before) + 1)
        assert seen(platform)[:-1] == before
        via, text = seen(platform)[-1]
        assert (via, text.split("  \n")[-1].split("\n")[-1]) == ("push", "收到：甲")
        assert "可能已经送达过" in text
        assert agent.turns == ["甲"]

    play(sqlite, scene)


def test_a_silent_line_is_replaced(sqlite: str) -> None:
    async def scene(platform: BotPlatform, agent: FakeAgent, _: Any) -> None:
        await until(lambda: platform.calls[frames.PING] >= 2)
        platform.next(frames.PING, Trouble(mute=True))
        await until(lambda: platform.calls[frames.SUBSCRIBE] == 2)
        await platform.say("u1", "甲")
        await answered(platform)

    play(sqlite, scene)


def test_the_pause_between_attempts_grows(sqlite: str) -> None:
    async def scene(platform: BotPlatform, agent: FakeAgent, channel: Any) -> None:
        platform.next(frames.SUBSCRIBE, *[Trouble(breaks=True)] * 100)
        await platform.break_line()
        await asyncio.sleep(2)
        # 0.1, 0.2, then 0.4 seconds, each shortened by up to a half.
        assert 4 <= platform.calls["connect"] - 1 <= 12

    play(sqlite, scene)


def test_a_wrong_secret_is_not_hammered(sqlite: str, caplog: pytest.LogCaptureFixture) -> None:
    async def run() -> None:
        async with BotPlatform() as platform:
            environment = platform.environment() | {"MMVTE_WECHAT_DATABASE": sqlite}
            async with serve(platform, FakeAgent(), environment | {"MMVTE_AIBOT_SECRET": "wrong"}):
                await asyncio.sleep(1.5)
                assert not platform.is_connected
                assert 2 <= platform.calls[frames.SUBSCRIBE] <= 4

    asyncio.run(run())


def test_a_bot_whose_place_was_taken_stands_back(sqlite: str) -> None:
    async def scene(platform: BotPlatform, agent: FakeAgent, _: Any) -> None:
        await platform.displace()
        await asyncio.sleep(LINE.displaced * 0.4)
        assert platform.calls[frames.SUBSCRIBE] == 1
        await until(lambda: platform.is_connected)
        await platform.say("u1", "甲")
        await answered(platform)
        assert seen(platform) == [("stream", "收到：甲")]

    play(sqlite, scene)


def test_two_replicas_keep_one_connection_and_the_second_takes_over(database: str) -> None:
    async def run() -> None:
        async with BotPlatform() as platform:
            agent = FakeAgent()
            environment = platform.environment() | {"MMVTE_WECHAT_DATABASE": database}
            async with serve(platform, agent, environment):
                await until(lambda: platform.is_connected)
                async with serve(platform, agent, environment) as second:
                    await asyncio.sleep(2 * LINE.lease)
                    assert platform.calls[frames.SUBSCRIBE] == 1
                    await asyncio.gather(*(platform.say(f"u{number}", "慢1") for number in range(4)))
                    await asyncio.gather(*(answered(platform, user=f"u{number}") for number in range(4)))
                    assert [seen(platform, f"u{number}") for number in range(4)] == [
                        [("stream", "收到：慢1")]
                    ] * 4
                    assert agent.turns == ["慢1"] * 4
                    assert not second.can_push_now()
            async with serve(platform, agent, environment):
                await until(lambda: platform.is_connected)

    asyncio.run(run())


def test_an_orderly_stop_hands_the_connection_over_at_once(sqlite: str) -> None:
    async def run() -> None:
        async with BotPlatform() as platform:
            environment = platform.environment() | {"MMVTE_WECHAT_DATABASE": sqlite}
            first = serve(platform, FakeAgent(), environment)
            await first.__aenter__()
            await until(lambda: platform.is_connected)
            async with serve(platform, FakeAgent(), environment):
                await first.__aexit__(None, None, None)
                await until(lambda: platform.calls[frames.SUBSCRIBE] == 2, LINE.lease)

    asyncio.run(run())


@pytest.mark.parametrize(
    "data",
    [
        "",
        "{",
        "[]",
        "[" * 50_000,
        b"\x00\xff",
        '{"cmd":"aibot_msg_callback"}',
        '{"cmd":"aibot_msg_callback","headers":{"req_id":"r"},"body":{"from":{"userid":["u1"]}}}',
        '{"cmd":"aibot_event_callback","headers":{"req_id":"r"},"body":{"event":7}}',
        '{"cmd":"something_new","headers":{"req_id":"r"}}',
        '{"headers":{"req_id":"never asked"},"errcode":0}',
    ],
)
def test_malformed_frames_change_nothing(sqlite: str, data: str | bytes) -> None:
    async def scene(platform: BotPlatform, agent: FakeAgent, _: Any) -> None:
        await platform.raw(data)
        await platform.say("u1", "甲")
        await answered(platform)
        assert seen(platform) == [("stream", "收到：甲")]
        assert platform.calls[frames.SUBSCRIBE] == 1

    play(sqlite, scene)


def test_a_frame_beyond_every_bound_ends_the_connection_only(sqlite: str) -> None:
    async def scene(platform: BotPlatform, agent: FakeAgent, _: Any) -> None:
        await platform.raw(json.dumps({"cmd": "x" * 300_000}))
        await until(lambda: platform.calls[frames.SUBSCRIBE] == 2)
        await platform.say("u1", "甲")
        await answered(platform)

    play(sqlite, scene)


def test_events(sqlite: str) -> None:
    async def scene(platform: BotPlatform, agent: FakeAgent, _: Any) -> None:
        for _ in range(2):
            await platform.event("u1", "enter_chat")
        await platform.event("u1", "feedback_event", id="x", type=1)
        await platform.event("u1", "something_new")
        await platform.say("u1", "甲")
        await answered(platform)
        assert [via for via, _ in seen(platform)] == ["welcome", "stream"]
        assert agent.turns == ["甲"]

    play(sqlite, scene)


def test_a_question_comes_with_choices_that_can_be_tapped(sqlite: str) -> None:
    async def scene(platform: BotPlatform, agent: FakeAgent, _: Any) -> None:
        await platform.say("u1", "问")
        await until(lambda: any(one.card for one in platform.screens["u1"]))
        card = platform.screens["u1"][-1].card
        assert [one["id"] for one in card["checkbox"]["option_list"]] == ["1", "2", "0"]
        await platform.tap("u1", card, "1", "2")
        await until(lambda: ("push", "收到：1 2") in seen(platform))
        assert ("button", "已提交：慢阻肺、糖尿病") in seen(platform)
        await platform.tap("u1", card, "1")
        await until(lambda: "卡片已经失效" in seen(platform)[-1][1])
        assert agent.turns == ["问", "1 2"]

    play(sqlite, scene)


def test_a_long_answer_comes_whole(sqlite: str) -> None:
    async def scene(platform: BotPlatform, agent: FakeAgent, _: Any) -> None:
        await platform.say("u1", "长")
        await answered(platform)
        text = seen(platform)[0][1]
        assert re.findall(r"第(\d+)行", text) == [str(number) for number in range(30)]
        assert len(text.encode()) <= PAGE_BYTES
        assert int(agent.metadata[0]["whole_reply_bytes"]) == PAGE_BYTES

    play(sqlite, scene)


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        ({"msgtype": "voice", "voice": {"content": "来那度胺"}}, "语音识别为：“来那度胺”"),
        ({"msgtype": "voice", "voice": {"content": ""}}, "没有收到语音的文字内容"),
        ({"msgtype": "image", "image": {"url": "u", "aeskey": "k"}}, "看不了图片"),
        ({"msgtype": "file", "file": {"url": "u"}}, "读不了文件"),
        ({"msgtype": "hologram"}, "还读不了"),
        ({"msgtype": "text", "text": {"content": "👍"}}, "没有看懂"),
        ({"msgtype": "text", "text": {"content": "甲"}, "quote": {"msgtype": "text"}}, "引用的消息没有读取"),
        (
            {"msgtype": "mixed", "mixed": {"msg_item": [{"msgtype": "text", "text": {"content": "甲"}}]}},
            "图片没有读取",
        ),
        ({"msgtype": "text", "text": {"content": "20mg*4，10mg*2"}}, "20mg＊4，10mg＊2"),
    ],
)
def test_every_kind_of_message_is_answered(sqlite: str, content: dict[str, Any], answer: str) -> None:
    async def scene(platform: BotPlatform, agent: FakeAgent, _: Any) -> None:
        await platform.send("u1", content)
        await answered(platform)
        assert len(seen(platform)) == 1
        assert answer in seen(platform)[0][1]

    play(sqlite, scene)


def test_a_group_is_told_to_write_in_private_and_nothing_of_it_is_kept(sqlite: str, tmp_path: Path) -> None:
    async def scene(platform: BotPlatform, agent: FakeAgent, _: Any) -> None:
        await platform.say("u1", "@机器人 67岁，机密二", chattype="group", chatid="g1")
        await answered(platform)
        assert "只在单聊中回答" in seen(platform)[0][1]
        assert agent.turns == []

    play(sqlite, scene)
    assert "机密二".encode() not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


def test_members_and_their_roles(sqlite: str, tmp_path: Path) -> None:
    members = tmp_path / "members.toml"
    members.write_text(
        'general_only_roles = ["行政"]\n[members.ZhangSan]\ndepartment = "血液科"\nrole = "医师"\n'
        '[members.LiSi]\ndepartment = "院办"\nrole = "行政"\n',
        encoding="utf-8",
    )

    async def scene(platform: BotPlatform, agent: FakeAgent, _: Any) -> None:
        for user in ("zhangsan", "lisi"):
            await platform.say(user, "67岁")
            await answered(platform, user=user)
        assert agent.metadata[-1]["role"] == "医师"
        assert "只开放一般知识" in seen(platform, "lisi")[0][1]
        assert agent.turns == ["67岁"]

    play(sqlite, scene, MMVTE_AIBOT_MEMBERS=str(members))


def test_nothing_stored_or_logged_names_the_member_the_patient_or_the_secret(
    sqlite: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    secrets: list[str] = ["张伟", "13812345678", "ZhangSanUserid"]
    caplog.set_level(logging.DEBUG)

    async def scene(platform: BotPlatform, agent: FakeAgent, channel: Any) -> None:
        secrets.append(platform.secret)
        await platform.say("ZhangSanUserid", "患者张伟，男，电话13812345678，血小板85")
        await answered(platform, user="ZhangSanUserid")
        assert "遮盖" in seen(platform, "ZhangSanUserid")[0][1]
        assert "13812345678" not in agent.turns[0]
        platform.next(frames.SUBSCRIBE, Trouble(code=853000))
        await platform.raw("{")
        await platform.break_line()
        await until(lambda: platform.calls[frames.SUBSCRIBE] >= 2)

    play(sqlite, scene)
    stored = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    for secret in secrets:
        assert secret.encode() not in stored
        assert secret not in caplog.text


def test_what_cannot_be_stored_is_said_at_once(sqlite: str) -> None:
    async def scene(platform: BotPlatform, agent: FakeAgent, channel: Any) -> None:
        def fail(*_: Any) -> None:
            raise OSError("disk")

        channel._store.arrive = fail
        await platform.say("u1", "你好")
        await answered(platform)
        assert "内部错误" in seen(platform)[0][1]
        await asyncio.sleep(2 * LINE.patience)
        assert len(seen(platform)) == 1

    play(sqlite, scene)


def test_a_turn_that_fails_is_told(sqlite: str) -> None:
    async def scene(platform: BotPlatform, agent: FakeAgent, channel: Any) -> None:
        await platform.say("u1", "炸")
        await answered(platform)
        assert "内部错误" in seen(platform)[0][1]

    play(sqlite, scene)


def test_the_settings_show_no_secret() -> None:
    environment = BotPlatform().environment() | {"MMVTE_AIBOT_URL": "wss://bot.example"}
    settings = AIBotSettings.from_environment(environment)
    assert settings is not None
    assert "secret-" not in repr(settings)
