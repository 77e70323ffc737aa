"""Conversations through the real channels with a fast clock; what counts is what the user sees."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Coroutine
from pathlib import Path
from time import time
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
from harness import SPEED, FakeAgent, serve, until

from rasa_project.channels.wechat.simulator.platform import FAULT, Platform
from rasa_project.channels.wechat.simulator.server import Fault
from rasa_project.serving.server import MAX_REQUEST_BYTES

Scene = Callable[[Platform, FakeAgent, Any], Coroutine[Any, Any, None]]


def play(kind: str, database: str, scene: Scene, *, customer_service: bool = True, **extra: str) -> None:
    """Run a scene against a bot that serves one account."""

    async def run() -> None:
        async with Platform(kind, speed=SPEED) as platform:
            agent = FakeAgent()
            environment = platform.environment(customer_service=customer_service)
            environment |= {"MMVTE_WECHAT_DATABASE": database, **extra}
            async with serve(platform, agent, environment) as channel:
                await scene(platform, agent, channel)

    asyncio.run(run())


def texts(platform: Platform, user: str = "o1") -> list[str]:
    return [one.text for one in platform.screens[user]]


async def bind(platform: Platform, channel: Any, user: str = "o1") -> None:
    code = channel._people.issue_code("10086", "血液科", "医师", time())
    shown = await platform.say(user, f"绑定 {code}")
    assert "绑定成功" in shown[0].text
    platform.screens[user].clear()


@pytest.mark.parametrize("kind", ["wechat", "wecom"])
def test_a_quick_turn_is_the_passive_reply(kind: str, database: str) -> None:
    async def scene(platform: Platform, agent: FakeAgent, _: Any) -> None:
        shown = await platform.say("o1", "来那度胺的作用")
        assert [(one.via, one.text) for one in shown] == [("passive", "收到：来那度胺的作用")]
        assert platform.server.calls.total() == 0

    play(kind, database, scene)


@pytest.mark.parametrize("kind", ["wechat", "wecom"])
def test_a_late_turn_is_pushed_exactly_once(kind: str, database: str) -> None:
    async def scene(platform: Platform, agent: FakeAgent, _: Any) -> None:
        assert await platform.say("o1", "慢7") == []
        await until(lambda: platform.screens["o1"])
        await asyncio.sleep(2 / SPEED)
        assert [(one.via, one.text) for one in platform.screens["o1"]] == [("push", "收到：慢7")]
        assert agent.turns == ["慢7"]
        assert platform.attempts == ["200"]

    play(kind, database, scene)


def test_without_the_right_to_push_the_retry_brings_the_answer(sqlite: str) -> None:
    async def scene(platform: Platform, agent: FakeAgent, _: Any) -> None:
        shown = await platform.say("o1", "慢7")
        assert [one.text for one in shown] == ["收到：慢7"]
        assert len(platform.attempts) == 2
        assert agent.turns == ["慢7"]
        assert platform.server.calls.total() == 0

    play("wechat", sqlite, scene, customer_service=False)


def test_without_the_right_to_push_a_very_late_answer_waits_for_the_next_message(sqlite: str) -> None:
    async def scene(platform: Platform, agent: FakeAgent, _: Any) -> None:
        await platform.say("o1", "慢18")
        assert len(texts(platform)) == 1
        assert "请稍后回复“继续”" in texts(platform)[0]
        assert len(platform.attempts) == 3
        await asyncio.sleep(6 / SPEED)
        await platform.say("o1", "继续")
        assert texts(platform)[1:] == ["收到：慢18"]
        await platform.say("o1", "还有")
        assert texts(platform)[2:] == ["收到：还有"]
        assert agent.turns == ["慢18", "还有"]

    play("wechat", sqlite, scene, customer_service=False)


def test_messages_keep_their_order_and_users_run_side_by_side(sqlite: str) -> None:
    async def scene(platform: Platform, agent: FakeAgent, _: Any) -> None:
        first = asyncio.create_task(platform.say("o1", "慢2甲"))
        await asyncio.sleep(0.1)
        second = asyncio.create_task(platform.say("o1", "乙"))
        others = [asyncio.create_task(platform.say(f"p{number}", "慢2")) for number in range(5)]
        await asyncio.gather(first, second, *others)
        await until(lambda: len(texts(platform)) >= 1)
        assert "".join(texts(platform)).index("慢2甲") < "".join(texts(platform)).index("乙")
        mine = [turn for turn in agent.turns if turn in ("慢2甲", "乙")]
        assert mine == ["慢2甲", "乙"]
        assert agent.most_at_once >= 5

    play("wecom", sqlite, scene)


@pytest.mark.parametrize(
    ("faults", "shown"),
    [
        ([Fault(code=40001)], 1),
        ([Fault(code=42001)], 1),
        ([Fault(code=-1)], 1),
        ([Fault(code=45015)], 0),
        ([Fault(code=45047)], 0),
        ([Fault(code=48001)], 0),
        ([Fault(code=40164)], 1),
    ],
)
def test_errors_of_the_send_api(sqlite: str, faults: list[Fault], shown: int) -> None:
    async def scene(platform: Platform, agent: FakeAgent, _: Any) -> None:
        platform.server.next("message/custom/send", *faults)
        await platform.say("o1", "慢6")
        await asyncio.sleep(2 / SPEED + 3 * shown)
        assert texts(platform) == ["收到：慢6"] * shown
        await platform.say("o1", "后来")
        said = texts(platform)
        assert "".join(said).count("收到：慢6") == 1
        assert said[-1].endswith("收到：后来")
        assert agent.turns == ["慢6", "后来"]

    play("wechat", sqlite, scene)


def test_a_message_that_may_have_arrived_is_not_lost(sqlite: str) -> None:
    async def scene(platform: Platform, agent: FakeAgent, _: Any) -> None:
        platform.server.next("message/custom/send", Fault(lost=True))
        await platform.say("o1", "慢6")
        await until(lambda: platform.screens["o1"])
        await platform.say("o1", "后来")
        assert "可能已经送达过" in texts(platform)[-1]
        assert "收到：慢6" in texts(platform)[-1]

    play("wechat", sqlite, scene)


def test_a_menu_number_is_not_taken_for_an_answer_to_a_question_not_seen(sqlite: str) -> None:
    async def scene(platform: Platform, agent: FakeAgent, _: Any) -> None:
        await platform.say("o1", "慢6问")
        await platform.say("o1", "2")
        await until(lambda: len(agent.turns) == 1 and len(texts(platform)) >= 1)
        await asyncio.sleep(3 / SPEED)
        assert "没有把它当作对新问题的回答" in "".join(texts(platform))
        assert agent.turns == ["慢6问"]
        await platform.say("o1", "2")
        assert agent.turns == ["慢6问", "2"]

    play("wechat", sqlite, scene)


def test_a_number_does_not_answer_a_question_on_a_page_not_seen(sqlite: str) -> None:
    async def scene(platform: Platform, agent: FakeAgent, channel: Any) -> None:
        await bind(platform, channel)
        await platform.say("o1", "长问")
        await platform.say("o1", "2")
        while "（未完" in texts(platform)[-1]:
            await platform.say("o1", "2")
        assert "没有采用" in texts(platform)[-1]
        assert "1 慢阻肺" in texts(platform)[-1]
        assert agent.turns == ["长问"]
        await platform.say("o1", "2")
        assert agent.turns == ["长问", "2"]

    play("wechat", sqlite, scene)


@pytest.mark.parametrize(
    ("values", "url", "least", "most"),
    [
        ({"Content": "男"}, "", 2000, 2000),
        ({"MsgType": "voice", "MediaId": "m", "Recognition": "男"}, "", 1950, 1980),
        ({"Content": "男，电话13812345678"}, "", 1800, 1900),
        ({"Content": "男"}, "https://chat.example", 1650, 1800),
    ],
)
def test_the_bot_is_told_what_fits_on_a_page(
    sqlite: str, values: dict[str, str], url: str, least: int, most: int
) -> None:
    """Then the question that it asks stands on the first page, whatever is said around the answer."""

    async def scene(platform: Platform, agent: FakeAgent, _: Any) -> None:
        await platform.deliver("o1", platform.message("o1", **values))
        assert least <= int(agent.metadata[0]["whole_reply_bytes"]) <= most
        rest = len(texts(platform)[0].encode()) - len(f"收到：{agent.turns[0]}".encode())
        assert rest <= 2000 - int(agent.metadata[0]["whole_reply_bytes"])

    play("wecom", sqlite, scene, MMVTE_WECHAT_PUBLIC_URL=url)


def test_the_room_for_a_link_is_exact(sqlite: str) -> None:
    async def scene(platform: Platform, agent: FakeAgent, _: Any) -> None:
        await platform.say("o1", "评")
        room = int(agent.metadata[0]["whole_reply_bytes"])
        assert len(texts(platform)[0].encode()) == len("收到：评".encode()) + 2000 - room

    play("wecom", sqlite, scene, MMVTE_WECHAT_PUBLIC_URL="https://chat.example")


def test_long_answers_come_in_pages(sqlite: str) -> None:
    async def scene(platform: Platform, agent: FakeAgent, _: Any) -> None:
        await platform.say("o1", "长")
        for _ in range(5):
            if "继续" not in texts(platform)[-1]:
                break
            await platform.say("o1", "继续")
        assert agent.turns == ["长"]
        assert all(len(text.encode()) <= 2000 for text in texts(platform))
        assert re.findall(r"第(\d+)行", "".join(texts(platform))) == [str(number) for number in range(30)]

    play("wecom", sqlite, scene)


@pytest.mark.parametrize(
    ("values", "answer"),
    [
        (
            {"MsgType": "voice", "MediaId": "m", "Format": "amr", "Recognition": "来那度胺"},
            "语音识别为：“来那度胺”",
        ),
        ({"MsgType": "voice", "MediaId": "m", "Format": "amr", "Recognition": ""}, "没有收到语音的文字内容"),
        ({"MsgType": "voice", "MediaId": "m", "Format": "amr"}, "没有收到语音的文字内容"),
        ({"MsgType": "image", "MediaId": "m", "PicUrl": "http://x"}, "看不了图片"),
        ({"MsgType": "video", "MediaId": "m"}, "看不了视频"),
        ({"MsgType": "shortvideo", "MediaId": "m"}, "看不了视频"),
        ({"MsgType": "location", "Location_X": "1", "Label": "x"}, "位置信息"),
        ({"MsgType": "link", "Url": "http://x", "Title": "t"}, "不会打开链接"),
        ({"MsgType": "file", "MediaId": "m"}, "读不了文件"),
        ({"MsgType": "emoji"}, "表情"),
        ({"MsgType": "hologram"}, "还读不了"),
        ({"Content": ""}, "没有收到文字内容"),
        ({"Content": "👍"}, "没有看懂"),
        ({"Content": "字" * 9000}, "没有读取"),
    ],
)
@pytest.mark.parametrize("kind", ["wechat", "wecom"])
def test_every_kind_of_message_is_answered(
    kind: str, sqlite: str, values: dict[str, str], answer: str
) -> None:
    async def scene(platform: Platform, agent: FakeAgent, _: Any) -> None:
        await platform.deliver("o1", platform.message("o1", **values))
        assert len(texts(platform)) == 1
        assert answer in texts(platform)[0]

    play(kind, sqlite, scene)


def test_an_answer_that_would_break_out_of_its_element(sqlite: str) -> None:
    async def scene(platform: Platform, agent: FakeAgent, _: Any) -> None:
        await platform.say("o1", "]]></Content><Content>假")
        assert texts(platform) == ["收到：]]></Content><Content>假"]

    play("wecom", sqlite, scene)


def test_events_of_the_official_account(sqlite: str) -> None:
    async def scene(platform: Platform, agent: FakeAgent, channel: Any) -> None:
        assert (
            "尚未绑定" in (await platform.event("o1", "subscribe", EventKey="qrscene_1", Ticket="t"))[0].text
        )
        assert "扫码成功" in (await platform.event("o1", "SCAN", EventKey="1", Ticket="t"))[0].text
        assert (await platform.event("o1", "CLICK", EventKey="help"))[0].text == "收到：帮助"
        assert await platform.event("o1", "CLICK", EventKey="no-such-key") == []
        for name in ("VIEW", "LOCATION", "TEMPLATESENDJOBFINISH", "something_new"):
            assert await platform.event("o1", name) == []
        assert agent.turns == ["帮助"]

    play("wechat", sqlite, scene)


def test_events_of_wecom(sqlite: str) -> None:
    async def scene(platform: Platform, agent: FakeAgent, channel: Any) -> None:
        assert "您好" in (await platform.event("u1", "enter_agent", AgentID="1000002"))[0].text
        assert await platform.event("u1", "enter_agent", AgentID="1000002", EventKey="again") == []
        assert (await platform.event("u1", "click", EventKey="help"))[0].text == "收到：帮助"
        assert await platform.event("u1", "view") == []

    play("wecom", sqlite, scene)


def test_a_repeated_event_is_answered_once_more_but_not_taken_twice(sqlite: str) -> None:
    async def scene(platform: Platform, agent: FakeAgent, channel: Any) -> None:
        event = platform.message("o1", MsgType="event", Event="CLICK", EventKey="help")
        await platform.deliver("o1", event)
        await platform.deliver("o1", event)
        assert agent.turns == ["帮助"]
        other = platform.message("o1", MsgType="event", Event="CLICK", EventKey="summary")
        await platform.deliver("o1", other)
        assert agent.turns == ["帮助", "小结"]

    play("wechat", sqlite, scene)


def test_the_same_msgid_of_two_users_is_two_messages(sqlite: str) -> None:
    async def scene(platform: Platform, agent: FakeAgent, channel: Any) -> None:
        for user in ("o1", "o2"):
            await platform.deliver(user, platform.message(user, Content=f"我是{user}", MsgId="77"))
        assert agent.turns == ["我是o1", "我是o2"]

    play("wecom", sqlite, scene)


def test_messages_without_msgid_are_not_all_the_same(sqlite: str) -> None:
    async def scene(platform: Platform, agent: FakeAgent, channel: Any) -> None:
        for text in ("一", "二"):
            message = platform.message("o1", Content=text)
            await platform.deliver("o1", re.sub("<MsgId>.*</MsgId>", "", message))
        assert agent.turns == ["一", "二"]

    play("wecom", sqlite, scene)


def test_unbound_users_get_general_knowledge_only(sqlite: str) -> None:
    async def scene(platform: Platform, agent: FakeAgent, channel: Any) -> None:
        await platform.say("o1", "67岁，评估血栓风险")
        assert "尚未绑定工号" in texts(platform)[-1]
        await platform.say("o1", "67岁，咯血")
        assert "120" in texts(platform)[-1]
        assert agent.turns == []
        await platform.say("o1", "哈喽")
        assert "一次性绑定码" in texts(platform)[-1]
        assert agent.turns == []
        await platform.say("o1", "来那度胺的作用")
        assert texts(platform)[-1] == "收到：来那度胺的作用"
        await platform.say("o1", "评")
        assert "尚未绑定工号" in texts(platform)[-1]
        await bind(platform, channel)
        await platform.say("o1", "67岁，评估血栓风险")
        assert texts(platform) == ["收到：67岁，评估血栓风险"]
        assert agent.metadata[-1]["department"] == "血液科"
        await platform.say("o1", "解除绑定")
        await platform.say("o1", "67岁")
        assert "尚未绑定工号" in texts(platform)[-1]
        assert agent.turns[-1] == "67岁，评估血栓风险"

    play("wechat", sqlite, scene)


def test_members_and_their_roles(sqlite: str, tmp_path: Path) -> None:
    members = tmp_path / "members.toml"
    members.write_text(
        'general_only_roles = ["行政"]\n[members.ZhangSan]\ndepartment = "血液科"\nrole = "医师"\n'
        '[members.LiSi]\ndepartment = "院办"\nrole = "行政"\n',
        encoding="utf-8",
    )

    async def scene(platform: Platform, agent: FakeAgent, channel: Any) -> None:
        await platform.say("zhangsan", "67岁")
        assert agent.metadata[-1]["role"] == "医师"
        await platform.say("lisi", "67岁")
        assert "只开放一般知识" in texts(platform, "lisi")[-1]
        await platform.say("lisi", "哈喽")
        assert "您好" in texts(platform, "lisi")[-1]
        assert "只开放一般知识" in texts(platform, "lisi")[-1]
        await platform.say("unlisted", "67岁")
        assert agent.turns == ["67岁", "67岁"]

    play("wecom", sqlite, scene, MMVTE_WECOM_MEMBERS=str(members))


def test_a_question_comes_with_choices_that_can_be_tapped(sqlite: str) -> None:
    async def scene(platform: Platform, agent: FakeAgent, channel: Any) -> None:
        await platform.say("u1", "问")
        await until(lambda: len(platform.screens["u1"]) == 2)
        text, card = platform.screens["u1"]
        assert text.via == "passive"
        assert "1 慢阻肺" in text.text
        listed = card.card["checkbox"]["option_list"]
        assert [(one["id"], one["text"]) for one in listed] == [
            ("1", "慢阻肺"),
            ("2", "糖尿病"),
            ("0", "以上均无"),
        ]
        shown = await platform.tap("u1", card.card, "1", "2")
        assert [(one.via, one.text) for one in shown] == [("button", "已提交：慢阻肺、糖尿病")]
        await until(lambda: texts(platform, "u1")[-1] == "收到：1 2")
        # Within the same second it would be the same event.
        await asyncio.sleep(1.1)
        shown = await platform.tap("u1", card.card, "1")
        assert shown[0].text == "已失效"
        await until(lambda: "卡片已经失效" in texts(platform, "u1")[-1])
        assert agent.turns == ["问", "1 2"]

    play("wecom", sqlite, scene)


def test_a_card_is_void_once_the_conversation_has_gone_on(sqlite: str) -> None:
    async def scene(platform: Platform, agent: FakeAgent, channel: Any) -> None:
        await platform.say("u1", "问")
        await until(lambda: len(platform.screens["u1"]) == 2)
        card = platform.screens["u1"][1].card
        await platform.say("u1", "别的")
        assert (await platform.tap("u1", card, "1"))[0].text == "已失效"
        assert agent.turns == ["问", "别的"]

    play("wecom", sqlite, scene)


def test_a_choice_that_contradicts_itself_is_not_taken(sqlite: str) -> None:
    async def scene(platform: Platform, agent: FakeAgent, channel: Any) -> None:
        await platform.say("u1", "问")
        await until(lambda: len(platform.screens["u1"]) == 2)
        card = platform.screens["u1"][1].card
        await platform.tap("u1", card, "0", "1")
        await until(lambda: "不能与其他选项同时" in texts(platform, "u1")[-1])
        assert agent.turns == ["问"]

    play("wecom", sqlite, scene)


def test_unsubscribing_deletes_what_identifies_the_user(sqlite: str, tmp_path: Path) -> None:
    erased: list[str] = []

    async def scene(platform: Platform, agent: FakeAgent, channel: Any) -> None:
        await bind(platform, channel)
        await platform.say("o1", "机密一")
        before = agent.senders[-1]
        await platform.event("o1", "unsubscribe")
        assert erased == [before]
        await platform.event("o1", "subscribe")
        await platform.say("o1", "67岁")
        assert "尚未绑定" in texts(platform)[-1]
        await platform.say("o1", "再来")
        assert agent.senders[-1] != before

    async def erase(_: Any, sender: str) -> None:
        erased.append(sender)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rasa_project.channels.wechat.channel.erase_words", erase)
        play("wechat", sqlite, scene)
    stored = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert "机密一".encode() not in stored


def test_nothing_stored_names_the_user_or_the_patient(sqlite: str, tmp_path: Path) -> None:
    async def scene(platform: Platform, agent: FakeAgent, channel: Any) -> None:
        openid = "oABCDEFGHIJKLMNOPQRSTUVWXYZ1"
        await platform.say(openid, "慢6 患者张伟，男，电话13812345678，血小板85")
        await until(lambda: platform.screens[openid])
        assert "遮盖" in platform.screens[openid][0].text
        assert "13812345678" not in agent.turns[0]
        assert not any(openid in sender for sender in agent.senders)

    play("wecom", sqlite, scene)
    stored = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    for secret in ("张伟", "13812345678", "oABCDEFGHIJKLMNOPQRSTUVWXYZ1"):
        assert secret.encode() not in stored


def test_a_link_opens_the_card_once(sqlite: str) -> None:
    async def scene(platform: Platform, agent: FakeAgent, channel: Any) -> None:
        await platform.say("u1", "评")
        path = re.search(r"https://chat\.example(/\S+?)(?=\s|$)", texts(platform, "u1")[0])
        assert path is not None
        url = platform.callback.split("/webhooks")[0] + path[1]
        async with aiohttp.ClientSession() as browser:
            for _ in range(2):
                async with browser.get(url) as answer:
                    assert answer.status == 200
                    assert "收到" not in await answer.text()
            async with browser.post(url) as answer:
                body = await answer.text()
                assert answer.status == 200
                assert "免疫&lt;调节&gt;剂" in body
                assert answer.headers["Cache-Control"] == "no-store"
            async with browser.post(url) as answer:
                assert answer.status == 410
            async with browser.post(url[:-3] + "abc") as answer:
                assert answer.status == 410

    play("wecom", sqlite, scene, MMVTE_WECHAT_PUBLIC_URL="https://chat.example")


def test_a_turn_that_fails_is_told(sqlite: str) -> None:
    async def scene(platform: Platform, agent: FakeAgent, channel: Any) -> None:
        await platform.say("u1", "炸")
        assert "内部错误" in texts(platform, "u1")[0]

    play("wecom", sqlite, scene)


async def exchange(url: str, request: bytes) -> bytes:
    """Send raw bytes; the answer's status line and body, and nothing else."""
    address = urlsplit(url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(request.replace(b"PATH", address.path.encode()))
    head, _, body = (await asyncio.wait_for(reader.read(), 5)).partition(b"\r\n\r\n")
    writer.close()
    return head.split(b"\r\n")[0] + b"|" + body


@pytest.mark.parametrize("kind", ["wechat", "wecom"])
@pytest.mark.parametrize(
    "request_head",
    [
        f"POST PATH HTTP/1.1\r\nHost: x\r\nContent-Length: {MAX_REQUEST_BYTES + 1}\r\n\r\n",
        "POST PATH HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFF\r\n",
    ],
)
def test_a_body_too_large_to_be_read_is_refused_like_everything_else(
    kind: str, request_head: str, sqlite: str
) -> None:
    async def scene(platform: Platform, agent: FakeAgent, _: Any) -> None:
        assert await exchange(platform.callback, request_head.encode()) == b"HTTP/1.1 403 Forbidden|"

    play(kind, sqlite, scene)


def test_a_store_that_fails_never_shows_a_fault(sqlite: str) -> None:
    async def scene(platform: Platform, agent: FakeAgent, channel: Any) -> None:
        def fail(*_: Any) -> None:
            raise OSError("disk")

        channel._people.find = fail
        await platform.say("o1", "你好")
        assert platform.attempts == ["200"]
        assert FAULT not in texts(platform)

    play("wechat", sqlite, scene)


@pytest.mark.parametrize("kind", ["wechat", "wecom"])
def test_hostile_requests_get_one_uniform_answer(kind: str, sqlite: str) -> None:
    async def scene(platform: Platform, agent: FakeAgent, channel: Any) -> None:
        query, body = platform.signed(platform.message("o1", Content="你好"))
        stale, stale_body = platform.signed(platform.message("o1", Content="你好"), at=1)
        foreign, foreign_body = platform.signed(platform.message("o1", ToUserName="gh_other"))
        plain = platform.message("o1", Content="你好").encode()
        attempts = [
            ({**query, "msg_signature": "0" * 40}, body),
            ({**query, "nonce": "x"}, body),
            (stale, stale_body),
            (foreign, foreign_body),
            (query, plain),
            (query, b""),
            (query, b"<!DOCTYPE xml>" + body),
            (query, body.replace(b"</xml>", b"<Encrypt>x</Encrypt></xml>")),
            (query, b"<xml>" + b"a" * 70_000 + b"</xml>"),
            ({}, body),
            (query, b"<xml>" + b"a" * (MAX_REQUEST_BYTES + 1) + b"</xml>"),
        ]
        if kind == "wechat":
            attempts.append(({key: value for key, value in query.items() if key != "encrypt_type"}, body))
            attempts.append(({**query, "encrypt_type": "raw"}, plain))
        async with aiohttp.ClientSession() as attacker:
            for arguments, data in attempts:
                async with attacker.post(platform.callback, params=arguments, data=data) as answer:
                    assert (answer.status, await answer.text()) == (403, "")
            for _ in range(3):
                async with attacker.post(platform.callback, params=query, data=body) as answer:
                    assert answer.status == 200
            async with attacker.post(platform.callback, params=query, data=body) as answer:
                assert (answer.status, await answer.text()) == (403, "")
        assert agent.turns == ["你好"]

    play(kind, sqlite, scene)


@pytest.mark.parametrize("kind", ["wechat", "wecom"])
def test_verification_of_the_url(kind: str, sqlite: str) -> None:
    async def scene(platform: Platform, agent: FakeAgent, channel: Any) -> None:
        async with aiohttp.ClientSession() as console:
            query, _ = platform.signed("")
            echo = "1234+/=" if kind == "wechat" else platform.codec.encrypt("1234+/=")
            if kind == "wecom":
                query["msg_signature"] = platform.codec.sign(query["timestamp"], query["nonce"], echo)
            async with console.get(platform.callback, params={**query, "echostr": echo}) as answer:
                assert (answer.status, await answer.text()) == (200, "1234+/=")
            async with console.get(
                platform.callback, params={**query, "nonce": "x", "echostr": echo}
            ) as answer:
                assert (answer.status, await answer.text()) == (403, "")

    play(kind, sqlite, scene)


def test_the_token_is_fetched_once_for_many_sends(sqlite: str) -> None:
    async def scene(platform: Platform, agent: FakeAgent, channel: Any) -> None:
        async def ask_many() -> bool:
            """Whether any answer had to be pushed: on a slow machine the platform's retry may fetch them."""
            shown = sum(len(one) for one in platform.screens.values())
            await asyncio.gather(*(platform.say(f"o{number}", "慢6") for number in range(6)))
            await until(lambda: sum(len(one) for one in platform.screens.values()) == shown + 6)
            return any(one.via == "push" for screen in platform.screens.values() for one in screen[-1:])

        platform.server.next("stable_token", Fault(seconds=0.3))
        fetched = int(await ask_many())
        assert platform.server.calls["stable_token"] == fetched
        platform.server.expire_token()
        fetched += int(await ask_many())
        assert platform.server.calls["stable_token"] == fetched

    play("wechat", sqlite, scene)


def test_cards_in_json_are_readable(sqlite: str) -> None:
    async def scene(platform: Platform, agent: FakeAgent, channel: Any) -> None:
        await platform.say("u1", "问")
        await until(lambda: len(platform.screens["u1"]) == 2)
        assert "\\u" not in json.dumps(platform.screens["u1"][1].card, ensure_ascii=False)

    play("wecom", sqlite, scene)
