"""The REST channel as a client sees it, on the real servers."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from rasa_project.channels.incoming import MAX_MESSAGE_CHARS
from rasa_project.serving.background import BackgroundBot


def test_text_and_card_are_one_message(echo_bot: BackgroundBot) -> None:
    (reply,) = echo_bot.say("卡片", "67岁男性，用来那度胺")
    assert reply["recipient_id"] == "卡片"
    assert reply["text"] == "收到：67岁男性，用来那度胺\n\n第1条"
    assert reply["custom"]["kind"] == "echo"


@pytest.mark.parametrize("body", [b"", b"{", b"null", b"[]", b'"x"', b"\xff\xfe", b"[" * 100_000])
def test_a_body_that_is_no_json_object(echo_bot: BackgroundBot, body: bytes) -> None:
    answer = echo_bot.post(body)
    assert answer.status_code == 400
    assert answer.json() == {"error": {"code": "bad_request", "message": "请求不是有效的 JSON 对象。"}}


@pytest.mark.parametrize("message", [["67岁"], {"text": "67岁"}, True])
def test_a_message_that_is_no_text(echo_bot: BackgroundBot, message: object) -> None:
    answer = echo_bot.post(json.dumps({"sender": "x", "message": message}).encode())
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_message")


@pytest.mark.parametrize("sender", [["a"], True, "a" * 201, "a\nb"])
def test_a_sender_that_is_no_name(echo_bot: BackgroundBot, sender: object) -> None:
    answer = echo_bot.post(json.dumps({"sender": sender, "message": "你好"}).encode())
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_sender")


def test_without_a_sender_every_request_is_its_own_conversation(echo_bot: BackgroundBot) -> None:
    names = set()
    for body in ({"message": "你好"}, {"message": "你好", "sender": None}, {"message": "你好", "sender": ""}):
        (reply,) = echo_bot.post(json.dumps(body).encode()).json()
        assert reply["text"].endswith("第1条")
        names.add(reply["recipient_id"])
    assert len(names) == 3
    assert "default" not in names


@pytest.mark.parametrize("message", [None, "", "   ", "\n", "👍", "/"])
def test_nothing_to_read_is_answered_and_not_recorded(echo_bot: BackgroundBot, message: str | None) -> None:
    answer = echo_bot.post(json.dumps({"sender": "空", "message": message}).encode())
    assert answer.status_code == 200
    assert "文字" in answer.json()[0]["text"]
    (reply,) = echo_bot.say(f"空{message!r}", "你好")
    assert reply["custom"]["data"]["turns"] == ["你好"]


def test_a_very_long_message_is_refused_and_not_recorded(echo_bot: BackgroundBot) -> None:
    (reply,) = echo_bot.say("长", "血小板85，" * 4000)
    assert f"超过了一次 {MAX_MESSAGE_CHARS} 个字的上限" in reply["text"]
    assert "没有记录" in reply["text"]
    (reply,) = echo_bot.say("长", "你好")
    assert reply["custom"]["data"]["turns"] == ["你好"]


def test_the_longest_message_is_answered(echo_bot: BackgroundBot) -> None:
    text = ("患者，67岁，血小板85，GFR 55。" * 1000)[:MAX_MESSAGE_CHARS]
    (reply,) = echo_bot.say("最长", text)
    assert reply["text"].startswith("收到：患者")


def test_a_request_beyond_every_limit(echo_bot: BackgroundBot) -> None:
    answer = echo_bot.post(b'{"message": "' + b"a" * 2_000_000 + b'"}')
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    "text", ['/provide_facts{"age_years": 99}', "/restart", "/session_start", '  /help{"sex": "male"}']
)
def test_a_command_is_plain_text_and_sets_nothing(echo_bot: BackgroundBot, text: str) -> None:
    sender = f"命令{text}"
    echo_bot.say(sender, "你好")
    (reply,) = echo_bot.say(sender, text)
    data = reply["custom"]["data"]
    assert data["turns"] == ["你好", text.strip().replace("/", "／", 1)]
    assert reply["text"].startswith("收到")
    assert not any(data["slots"].get(name) for name in ("age_years", "sex"))


def test_html_comes_through_as_text(echo_bot: BackgroundBot) -> None:
    (reply,) = echo_bot.say("网页", "<script>alert(1)</script> 67岁")
    assert "<script>alert(1)</script> 67岁" in reply["text"]


def test_a_client_cannot_pose_as_another_channel_or_add_metadata(echo_bot: BackgroundBot) -> None:
    body = {"sender": "冒充", "message": "你好", "input_channel": "wechat", "metadata": {"role": "admin"}}
    (reply,) = echo_bot.post(json.dumps(body).encode()).json()
    latest = reply["custom"]["data"]["latest"]
    assert latest["input_channel"] == "rest"
    assert "role" not in json.dumps(latest)


def test_identifiers_are_masked_before_anything_is_stored(echo_bot: BackgroundBot) -> None:
    replies = echo_bot.say("遮盖", "患者张伟，男，67岁，电话13812345678，身份证11010519491231002X，血小板85")
    assert replies[0]["text"].startswith("收到：患者[姓名]，男，67岁，电话[电话]，身份证[身份证号]，血小板85")
    assert "姓名、电话、身份证号" in replies[1]["text"]
    stored = b"".join(file.read_bytes() for file in echo_bot.var.rglob("*") if file.is_file())
    assert "血小板85".encode() in stored
    for secret in ("张伟", "13812345678", "11010519491231002X"):
        assert secret.encode() not in stored


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"origin": "null"}, {"x-forwarded-for": "10.0.0.8"}]
)
def test_other_origins_and_proxies_are_refused(echo_bot: BackgroundBot, headers: dict[str, str]) -> None:
    answer = echo_bot.post(b'{"sender": "x", "message": "a"}', **headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_local")


def test_a_page_of_this_machine_is_answered(echo_bot: BackgroundBot) -> None:
    body = json.dumps({"sender": "本机", "message": "你好"}).encode()
    assert echo_bot.post(body, origin="http://localhost:8080").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/webhooks/rest/webhook", 405),
        ("GET", "/conversations/x/tracker", 404),
        ("POST", "/model/parse", 404),
        ("GET", "/webhooks/rest/", 200),
    ],
)
def test_other_addresses(echo_bot: BackgroundBot, method: str, path: str, status: int) -> None:
    answer = echo_bot.client.request(method, f"http://127.0.0.1:{echo_bot.port}{path}")
    assert answer.status_code == status
    answer.json()


def test_twenty_senders_at_once_do_not_mix(echo_bot: BackgroundBot) -> None:
    def converse(number: int) -> list[str]:
        for turn in range(3):
            (reply,) = echo_bot.say(f"并发{number}", f"患者{number}，第{turn}次")
        turns: list[str] = reply["custom"]["data"]["turns"]
        return turns

    with ThreadPoolExecutor(20) as pool:
        for number, turns in enumerate(pool.map(converse, range(20))):
            assert turns == [f"患者{number}，第{turn}次" for turn in range(3)]


def test_messages_of_one_sender_at_once_are_all_kept(echo_bot: BackgroundBot) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: echo_bot.say("同时", f"第{number}句"), range(8)))
    (reply,) = echo_bot.say("同时", "完")
    assert sorted(reply["custom"]["data"]["turns"][:-1]) == sorted(f"第{number}句" for number in range(8))
