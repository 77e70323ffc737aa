"""Whole conversations through the real bot server, as the platforms would hold them."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from time import time

from harness import until

from rasa_project.channels.wechat.people import People
from rasa_project.channels.wechat.simulator.bot import BotPlatform
from rasa_project.channels.wechat.simulator.platform import FAULT, Platform
from rasa_project.serving.background import BackgroundBot

USER = "oABCDEFGHIJKLMNOPQRSTUVWXYZ1"


def stored(var: Path, kind: str) -> str:
    """The record of the conversations, of one type of event."""
    with sqlite3.connect(var / "conversations.db") as database:
        query = "SELECT data FROM events WHERE type_name = ?"
        return "\n".join(row[0] for row in database.execute(query, (kind,)))


def texts(platform: Platform | BotPlatform) -> list[str]:
    return [one.text for one in platform.screens[USER] if one.text]


def people_of(var: Path, environment: dict[str, str]) -> People:
    return People.of(f"sqlite:///{var / 'wechat.db'}", environment["MMVTE_WECHAT_SECRET"])


def assert_answer_and_question_on_one_page(text: str) -> None:
    """The decision and the whole question are there; nothing has to be asked for to answer it."""
    assert "【结论】" in text
    assert "【请补充】" in text
    assert "也可答“不清楚”" in text.split("【请补充】")[1]
    assert "（未完" not in text
    assert len(text.encode()) <= 2000


def test_an_official_account_from_subscription_to_unsubscription(model: Path, tmp_path: Path) -> None:
    """General knowledge before the binding, an assessment with its question answered after it, and nothing
    that leads to the user in the end."""

    async def scene() -> None:
        async with Platform("wechat") as platform:
            environment = platform.environment()
            with BackgroundBot(tmp_path, MMVTE_MODEL=str(model), **environment) as bot:
                platform.callback = f"http://127.0.0.1:{bot.port}/webhooks/wechat/callback"
                await platform.event(USER, "subscribe")
                assert "尚未绑定" in texts(platform)[-1]
                await platform.say(USER, "患者67岁男性，来那度胺+地塞米松每周40mg，评估血栓风险")
                assert "尚未绑定工号" in texts(platform)[-1]
                await platform.say(USER, "来那度胺会增加血栓风险吗")
                assert "绑定" not in texts(platform)[-1]
                assert "来那度胺" in texts(platform)[-1]
                assert "67岁" not in stored(tmp_path, "user")

                people = people_of(tmp_path, environment)
                await platform.say(USER, f"绑定 {people.issue_code('10086', '血液科', '医师', time())}")
                assert "绑定成功" in texts(platform)[-1]
                await platform.say(
                    USER, "患者67岁男性，身高170cm，体重65kg，VRd方案，既往有糖尿病，评估血栓风险"
                )
                await until(lambda: "MM-VTE" in texts(platform)[-1], 30)
                assert_answer_and_question_on_one_page(texts(platform)[-1])
                assert "血液科" in stored(tmp_path, "user")
                await platform.say(USER, "小结")
                await until(lambda: "67" in texts(platform)[-1], 30)

                answered = len(texts(platform))
                await platform.event(USER, "unsubscribe")
                assert len(texts(platform)) == answered
                assert "身高170cm" not in stored(tmp_path, "user") + stored(tmp_path, "slot")
                assert '"age_years"' in stored(tmp_path, "user") + stored(tmp_path, "slot")
            assert FAULT not in texts(platform)
            assert all(len(text.encode()) <= 2000 for text in texts(platform))
        kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
        for secret in (USER, "app-secret", platform.token, platform.aes_key, "access_token="):
            assert secret.encode() not in kept

    asyncio.run(scene())


LONG_CASE = (
    "男，67岁，新诊断MM，拟VRd方案（来那度胺25mg d1-21，地塞米松40mg d1,8,15,22），72kg，170cm，M蛋白42g/L，"
    "血小板156，eGFR 78。否认血栓病史及家族史，无糖尿病，近3个月无出血，未留置PICC。需要抗凝预防吗？"
)


def test_a_long_assessment_leaves_room_for_the_question(model: Path, tmp_path: Path) -> None:
    """Its rest comes with 继续, and a number answers the question at once."""

    async def scene() -> None:
        async with Platform("wechat") as platform:
            environment = platform.environment() | {"MMVTE_WECHAT_PUBLIC_URL": "https://chat.example"}
            with BackgroundBot(tmp_path, MMVTE_MODEL=str(model), **environment) as bot:
                platform.callback = f"http://127.0.0.1:{bot.port}/webhooks/wechat/callback"
                people = people_of(tmp_path, environment)
                await platform.say(USER, f"绑定 {people.issue_code('10086', '血液科', '医师', time())}")
                await platform.say(USER, LONG_CASE)
                assert_answer_and_question_on_one_page(texts(platform)[-1])
                assert "https://chat.example/" in texts(platform)[-1]
                await platform.say(USER, "继续")
                assert "【说明】" in texts(platform)[-1]
                await platform.say(USER, "0")
                assert "遗传性易栓症" in texts(platform)[-1]
                assert "没有采用" not in texts(platform)[-1]

    asyncio.run(scene())


def test_the_bot_is_killed_in_the_middle_of_a_turn(model: Path, tmp_path: Path) -> None:
    """The platform's retry, or the next start, brings the one answer to the one turn."""

    async def scene() -> None:
        async with Platform("wecom") as platform:
            environment = {
                "MMVTE_MODEL": str(model),
                "MMVTE_ACTIONS": "slow_actions",
                "PYTHONPATH": str(Path(__file__).parent),
                **platform.environment(),
            }
            bot = BackgroundBot(tmp_path, **environment)
            await asyncio.to_thread(bot.__enter__)
            platform.callback = f"http://127.0.0.1:{bot.port}/webhooks/wecom/callback"
            await platform.say(USER, "第一句")
            pending = asyncio.create_task(platform.say(USER, "等待，第二句"))
            await until(lambda: "第二句" in stored(tmp_path, "user"), 20)
            bot.process.kill()
            bot.process.wait()
            await pending
            assert texts(platform) == ["收到：第一句（1）"]
            (tmp_path / "go").touch()
            with BackgroundBot(tmp_path, **environment) as again:
                platform.callback = f"http://127.0.0.1:{again.port}/webhooks/wecom/callback"
                await until(lambda: len(texts(platform)) > 1, 60)
                await platform.say(USER, "第三句")
                await until(lambda: len(texts(platform)) > 2, 30)
            assert texts(platform) == ["收到：第一句（1）", "收到：等待，第二句（2）", "收到：第三句（3）"]

    asyncio.run(scene())


def test_an_ai_bot_is_killed_in_the_middle_of_a_turn(model: Path, tmp_path: Path) -> None:
    """The next start connects, goes on with the turn, and sends its answer once."""

    async def scene() -> None:
        async with BotPlatform() as platform:
            environment = {
                "MMVTE_MODEL": str(model),
                "MMVTE_ACTIONS": "slow_actions",
                "PYTHONPATH": str(Path(__file__).parent),
                **platform.environment(),
            }
            bot = BackgroundBot(tmp_path, **environment)
            await asyncio.to_thread(bot.__enter__)
            await until(lambda: platform.is_connected, 20)
            await platform.say(USER, "第一句")
            await until(lambda: texts(platform) == ["收到：第一句（1）"], 20)
            await platform.say(USER, "等待，第二句", msgid="second")
            await until(lambda: "第二句" in stored(tmp_path, "user"), 20)
            bot.process.kill()
            bot.process.wait()
            (tmp_path / "go").touch()
            with BackgroundBot(tmp_path, **environment):
                await until(lambda: platform.is_connected, 60)
                await platform.say(USER, "等待，第二句", msgid="second")
                await until(lambda: "收到：等待，第二句（2）" in texts(platform), 60)
                await platform.say(USER, "第三句")
                await until(lambda: "收到：第三句（3）" in texts(platform), 30)
            assert [text for text in texts(platform) if text != "正在整理…"] == [
                "收到：第一句（1）",
                "收到：等待，第二句（2）",
                "收到：第三句（3）",
            ]
            kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
            for secret in (USER, platform.secret):
                assert secret.encode() not in kept

    asyncio.run(scene())
