"""The web channel as a client sees it, on the real servers with misbehaving actions."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import httpx
import pytest

from rasa_project.serving.background import BackgroundBot
from rasa_project.serving.settings import ROOT


class Client:
    """A browser's requests, without the browser."""

    def __init__(self, bot: BackgroundBot, keep: str = "cookie") -> None:
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{bot.port}", timeout=60)
        self.headers: dict[str, str] = {}
        answer = self.http.post("/web/session", json={"keep": keep})
        answer.raise_for_status()
        if keep == "page":
            self.headers = {"authorization": f"Bearer {answer.json()['handle']}"}

    def post(self, **body: Any) -> httpx.Response:
        return self.http.post("/web/messages", json=body, headers=self.headers)

    def say(self, text: str, name: str | None = None) -> list[dict[str, Any]]:
        answer = self.post(text=text, client_msg_id=name or uuid4().hex, since=self.last)
        answer.raise_for_status()
        events: list[dict[str, Any]] = answer.json()["events"]
        return events

    def news(self, since: int, wait: float = 0) -> httpx.Response:
        return self.http.get(f"/web/messages?since={since}&wait={wait}", headers=self.headers)

    @property
    def last(self) -> int:
        events = self.news(0).json()["events"]
        return int(events[-1]["number"]) if events else 0


@pytest.mark.parametrize("keep", ["cookie", "page"])
def test_a_conversation(echo_bot: BackgroundBot, keep: str) -> None:
    client = Client(echo_bot, keep)
    said, answered = client.say("67岁男性，用来那度胺")
    assert (said["from"], said["text"], said["number"]) == ("user", "67岁男性，用来那度胺", 1)
    assert (answered["from"], answered["number"]) == ("bot", 2)
    assert answered["custom"]["kind"] == "echo"
    assert "recipient_id" not in answered
    assert [event["number"] for event in client.say("血小板85")] == [3, 4]
    assert [event["number"] for event in client.news(2).json()["events"]] == [3, 4]


def test_the_cookie_cannot_be_read_by_scripts_or_sent_by_other_sites(echo_bot: BackgroundBot) -> None:
    url = f"http://127.0.0.1:{echo_bot.port}/web/session"
    answer = httpx.post(url, json={"keep": "cookie"})
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Path=/web" in cookie
    assert "handle" not in answer.text
    secure = httpx.post(url, json={"keep": "cookie"}, headers={"x-forwarded-proto": "https"})
    assert "Secure" in secure.headers["set-cookie"]


def test_the_same_browser_finds_its_conversation_again(echo_bot: BackgroundBot) -> None:
    client = Client(echo_bot)
    client.say("你好")
    client.http.post("/web/session", json={"keep": "cookie"})
    assert client.last == 2


def test_nobody_reads_joins_or_writes_another_conversation(echo_bot: BackgroundBot) -> None:
    one, two = Client(echo_bot), Client(echo_bot)
    one.say("一号患者，血小板85")
    with sqlite3.connect(echo_bot.var / "web.db") as database:
        row = database.execute("SELECT id, handle, sender FROM session ORDER BY id DESC LIMIT 2").fetchall()[
            -1
        ]
    assert two.news(0).json()["events"] == []
    for name in map(str, row):
        for headers in ({"authorization": f"Bearer {name}"}, {"cookie": f"mmvte_session={name}"}):
            url = f"http://127.0.0.1:{echo_bot.port}/web/messages?since=0"
            assert httpx.get(url, headers=headers).status_code == 401
        body = {
            "text": "你好", "client_msg_id": uuid4().hex, "sender": name, "session": name, "sender_id": name,
            "metadata": {"clinician": "别人"}, "input_channel": "rest",
        }  # fmt: skip
        answer = two.http.post("/web/messages?sender=" + name, json=body).json()["events"][-1]
        assert "一号" not in json.dumps(answer, ensure_ascii=False)
        assert answer["custom"]["data"]["latest"]["input_channel"] == "web"
        assert "别人" not in json.dumps(answer, ensure_ascii=False)
    assert one.last == 2


def test_over_rest_nobody_joins_a_web_conversation(echo_bot: BackgroundBot) -> None:
    client = Client(echo_bot)
    client.say("一号患者")
    for sender in ("web", "web-", "1", "default"):
        (reply,) = echo_bot.say(sender, "你好")
        assert "一号患者" not in json.dumps(reply, ensure_ascii=False)


def test_a_message_sent_twice_is_answered_once(echo_bot: BackgroundBot) -> None:
    client = Client(echo_bot)
    name = uuid4().hex
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(lambda _: client.post(text="血小板85", client_msg_id=name, since=0), range(4))
        )
    answers.append(client.post(text="血小板85", client_msg_id=name, since=0))
    assert {answer.text for answer in answers} == {answers[0].text}
    assert [event["number"] for event in answers[0].json()["events"]] == [1, 2]
    assert client.say("完")[-1]["custom"]["data"]["turns"] == ["血小板85", "完"]


def test_messages_at_once_keep_their_own_answers(echo_bot: BackgroundBot) -> None:
    client = Client(echo_bot)
    with ThreadPoolExecutor(5) as pool:
        list(pool.map(lambda number: client.post(text=f"第{number}句", client_msg_id=uuid4().hex), range(5)))
    events = client.news(0).json()["events"]
    assert [event["number"] for event in events] == list(range(1, 11))
    for said, answered in zip(events[::2], events[1::2], strict=True):
        assert said["client_msg_id"] == answered["client_msg_id"]
        assert answered["text"].startswith(f"收到：{said['text']}")


def test_news_come_while_one_waits(echo_bot: BackgroundBot) -> None:
    client = Client(echo_bot)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(client.news, 0, 20)
        client.say("你好")
        assert waiting.result(timeout=10).json()["events"][0]["text"] == "你好"
    assert client.news(2, 0.2).json()["events"] == []


def test_ending_the_session_deletes_the_transcript(echo_bot: BackgroundBot) -> None:
    client = Client(echo_bot, "page")
    client.say("血小板85，独一无二")
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(client.news, 2, 20)
        assert client.http.delete("/web/session", headers=client.headers).status_code == 200
        assert waiting.result(timeout=10).status_code == 401
    assert client.news(0).json()["error"]["code"] == "session_ended"
    assert client.post(text="你好", client_msg_id=uuid4().hex).status_code == 401
    with sqlite3.connect(echo_bot.var / "web.db") as database:
        assert not database.execute("SELECT * FROM event WHERE body LIKE '%独一无二%'").fetchall()


@pytest.mark.parametrize("text", ['/provide_facts{"age_years": 99}', "/restart"])
def test_a_command_is_plain_text_and_sets_nothing(echo_bot: BackgroundBot, text: str) -> None:
    client = Client(echo_bot)
    client.say("你好")
    data = client.say(text)[-1]["custom"]["data"]
    assert data["turns"] == ["你好", "／" + text[1:]]
    assert not data["slots"].get("age_years")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "bad_request"),
        (b"[]", 400, "bad_request"),
        (b"[" * 60_000, 400, "bad_request"),
        (b'{"text": 5, "client_msg_id": "12345678"}', 400, "bad_message"),
        (b'{"text": "a"}', 400, "bad_client_msg_id"),
        (b'{"text": "a", "client_msg_id": "short"}', 400, "bad_client_msg_id"),
        (b'{"text": "a", "client_msg_id": "../../../../etc"}', 400, "bad_client_msg_id"),
        (b'{"text": "a", "client_msg_id": "12345678", "since": "x"}', 400, "bad_request"),
        (b'{"text": "' + b"a" * 70_000 + b'"}', 413, "too_large"),
    ],
)
def test_a_request_that_is_none(echo_bot: BackgroundBot, body: bytes, status: int, code: str) -> None:
    client = Client(echo_bot)
    headers = {"content-type": "application/json"}
    answer = client.http.post("/web/messages", content=body, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


@pytest.mark.parametrize("query", ["since=-1", "since=x", "since=nan", "wait=1000", "wait=-1", "since=1e400"])
def test_a_query_that_is_none(echo_bot: BackgroundBot, query: str) -> None:
    assert Client(echo_bot).http.get(f"/web/messages?{query}").status_code == 400


def test_more_messages_than_a_person_sends(echo_bot: BackgroundBot) -> None:
    client = Client(echo_bot)
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda _: client.post(text="你好", client_msg_id=uuid4().hex), range(12)))
    refused = [answer for answer in answers if answer.status_code != 200]
    assert 0 < len(refused) < 12
    for answer in refused:
        assert (answer.status_code, answer.json()["error"]["code"]) == (429, "too_fast")
        assert int(answer.headers["retry-after"]) >= 1
    assert client.say("你好")[-1]["custom"]["data"]["turns"] == ["你好"] * (12 - len(refused) + 1)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"x-forwarded-for": "10.0.0.8"},
        {"host": "evil.example"},
    ],
)
def test_foreign_pages_proxies_and_names_are_refused(
    echo_bot: BackgroundBot, headers: dict[str, str]
) -> None:
    client = Client(echo_bot)
    body = {"text": "你好", "client_msg_id": uuid4().hex}
    assert client.http.post("/web/session", json={}, headers=headers).status_code == 403
    assert client.http.post("/web/messages", json=body, headers=headers).status_code == 403
    assert client.http.get("/web/messages", headers=headers).status_code == 403
    assert client.http.delete("/web/session", headers=headers).status_code == 403
    assert client.last == 0


def test_a_form_of_another_page_is_refused(echo_bot: BackgroundBot) -> None:
    client = Client(echo_bot)
    body = json.dumps({"text": "你好", "client_msg_id": uuid4().hex}).encode()
    answer = client.http.post("/web/messages", content=body, headers={"content-type": "text/plain"})
    assert answer.status_code == 415


def test_the_page_and_its_headers(echo_bot: BackgroundBot) -> None:
    http = Client(echo_bot).http
    page = http.get("/")
    policy = page.headers["content-security-policy"]
    assert "<mm-vte-chat" in page.text
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    script = http.get("/web/static/mm-vte-chat.js")
    assert script.headers["content-type"].startswith("text/javascript")
    again = http.get("/web/static/mm-vte-chat.js", headers={"if-none-match": script.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert http.get("/web/messages").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ["nothing.js", "%2e%2e%2fchannel.py", "channel.py", "content.toml"])
def test_only_the_widgets_own_files_are_served(echo_bot: BackgroundBot, name: str) -> None:
    assert Client(echo_bot).http.get(f"/web/static/{name}").status_code == 404


def test_the_catalogue_and_a_section(echo_bot: BackgroundBot) -> None:
    http = Client(echo_bot).http
    shown = http.get("/web/catalogue").json()
    assert shown["facts"]["weight_kg"]["label"] == "体重"
    tiers = shown["scales"]["mm_vte"]["tiers"]
    assert [(tier["id"], tier["from"]) for tier in tiers] == [
        ("none", 0), ("low", 6), ("high", 9), ("very_high", 13),
    ]  # fmt: skip
    section = http.get("/web/sections/五（一）").json()
    assert any(table["table"] == 5 for table in section["tables"])
    assert section["statements"]
    assert http.get("/web/sections/九").status_code == 404


def test_without_keys_the_server_refuses_to_listen_beyond_this_machine() -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MMVTE_WEB")}
    started = subprocess.run(
        [sys.executable, "-m", "rasa_project.serving", "run"],
        cwd=ROOT,
        env={**environment, "MMVTE_HOST": "0.0.0.0", "MMVTE_PORT": "5999"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert started.returncode == 1
    assert "MMVTE_WEB_KEYS is not set" in started.stdout
