"""The widget in a host page of another origin: signed tokens, a strict policy, and nobody else's page."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import jwt
import pytest
from playwright.sync_api import Browser, Page, expect
from web_chat import PATIENCE_MS, Chat, Watch

from rasa_project.serving.background import BackgroundBot

KEY = "a-signing-key-of-the-hospital-that-is-long-enough"
NEW_KEY = "the-key-that-comes-after-it-and-is-long-enough-too"


def token(key: str = KEY, **changes: object) -> str:
    now = int(time.time())
    claims = {"sub": "li.yisheng", "department": "血液科", "aud": "mm-vte-chat", "iat": now, "exp": now + 300}
    return jwt.encode({**claims, **changes}, key, "HS256")


@dataclass
class Host:
    """A hospital's page on a server of its own; the bot's address is filled in once it runs."""

    port: int = 0
    bot_address: str = ""
    attributes: str = ""
    asked: list[str] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append(request.path)
        if request.path == "/token":
            kind, body = "application/json", f'{{"token": "{token()}"}}'
        else:
            kind = "text/html; charset=utf-8"
            body = (
                "<!doctype html><html lang='zh-CN'><title>病历</title><h1>病历</h1>"
                f"<script src='{self.bot_address}/web/static/mm-vte-chat.js' defer></script>"
                f"<mm-vte-chat {self.attributes}></mm-vte-chat>"
            )
        request.send_response(200)
        request.send_header("Content-Type", kind)
        request.send_header(
            "Content-Security-Policy",
            f"default-src 'none'; script-src {self.bot_address}; connect-src 'self' {self.bot_address}",
        )
        request.end_headers()
        request.wfile.write(body.encode())


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    """The hospital's web server."""
    page = Host()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page.answer(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    page.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield page
    server.shutdown()


@pytest.fixture(scope="module")
def hospital_bot(
    echo_environment: dict[str, str], host: Host, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BackgroundBot]:
    """A bot that believes the hospital's tokens and lets its page embed the widget."""
    environment = {
        **echo_environment,
        "MMVTE_WEB_KEYS": f"{NEW_KEY} {KEY}",
        "MMVTE_WEB_ORIGINS": host.origin,
    }
    with BackgroundBot(tmp_path_factory.mktemp("hospital"), **environment) as running:
        host.bot_address = f"http://127.0.0.1:{running.port}"
        yield running


@pytest.fixture
def page(browser: Browser, hospital_bot: BackgroundBot, host: Host) -> Iterator[Page]:
    """A page of a new user; nothing may violate the host page's policy or ask a third host."""
    context = browser.new_context(locale="zh-CN")
    context.set_default_timeout(PATIENCE_MS)
    watch = Watch()
    watch.follow(context)
    yield context.new_page()
    context.close()
    assert watch.problems == []
    assert watch.hosts <= {f"localhost:{host.port}", f"127.0.0.1:{hospital_bot.port}"}


def metadata(bot: BackgroundBot) -> str:
    with sqlite3.connect(bot.var / "conversations.db") as database:
        rows = database.execute("SELECT data FROM events WHERE type_name = 'user' ORDER BY id DESC LIMIT 1")
        return str(rows.fetchone()[0])


@pytest.mark.parametrize("how", ["token", "token-url"])
def test_a_host_page_embeds_the_widget(page: Page, host: Host, hospital_bot: BackgroundBot, how: str) -> None:
    host.attributes = f'token="{token(KEY)}"' if how == "token" else 'token-url="/token"'
    page.goto(host.origin)
    launcher = page.get_by_role("button", name="MM-VTE 防治助手")
    launcher.click()
    chat = Chat(page, Watch())
    chat.agree()
    chat.say("67岁男性，用来那度胺")
    expect(page.locator("article.bot").last).to_contain_text("收到：67岁男性，用来那度胺")
    assert '"clinician": "li.yisheng"' in metadata(hospital_bot)
    assert '"department": "血液科"' in metadata(hospital_bot)
    assert page.evaluate("document.cookie") == ""
    assert page.evaluate("Object.keys({...localStorage, ...sessionStorage})") == ["mm-vte-chat:consent"]
    page.get_by_role("button", name="收起").click()
    launcher.click()
    expect(page.locator("article.user")).to_have_count(1)


@pytest.mark.parametrize(
    "attributes", ["", f'token="{token("z" * 40)}"', f'token="{token(exp=1)}"'], ids=["none", "forged", "old"]
)
def test_without_a_good_token_there_is_no_session(page: Page, host: Host, attributes: str) -> None:
    host.attributes = attributes
    page.goto(host.origin)
    page.get_by_role("button", name="MM-VTE 防治助手").click()
    page.get_by_role("button", name="我已了解，开始使用").click()
    expect(page.get_by_role("alert")).to_contain_text("登录凭证")
    expect(page.get_by_role("textbox", name="患者情况或问题")).to_have_count(0)


def test_the_own_page_takes_a_token_from_the_sign_on(page: Page, hospital_bot: BackgroundBot) -> None:
    address = f"http://127.0.0.1:{hospital_bot.port}/"
    page.goto(f"{address}#token={token()}")
    chat = Chat(page, Watch())
    chat.agree()
    chat.say("你好")
    assert page.url == address
    page.reload()
    expect(page.locator("article.user")).to_have_count(1)


def test_with_keys_nobody_comes_in_without_a_token(hospital_bot: BackgroundBot) -> None:
    http = httpx.Client(base_url=f"http://127.0.0.1:{hospital_bot.port}")
    for body in ({}, {"keep": "cookie"}, {"token": 5}, {"token": token(sub="x" * 200)}):
        assert http.post("/web/session", json=body).status_code == 401
    assert http.get("/web/messages").status_code == 401


def test_each_opening_is_a_conversation_of_its_own(hospital_bot: BackgroundBot) -> None:
    http = httpx.Client(base_url=f"http://127.0.0.1:{hospital_bot.port}")
    same = token()
    handles = [http.post("/web/session", json={"token": same}).json()["handle"] for _ in range(2)]
    first, second = ({"authorization": f"Bearer {handle}"} for handle in handles)
    body = {"text": "一号患者", "client_msg_id": "message-1"}
    assert http.post("/web/messages", json=body, headers=first).status_code == 200
    assert http.get("/web/messages", headers=second).json() == {"events": []}


def test_only_the_named_origin_may_ask(hospital_bot: BackgroundBot, host: Host) -> None:
    http = httpx.Client(base_url=f"http://127.0.0.1:{hospital_bot.port}")
    allowed = http.options("/web/session", headers={"origin": host.origin})
    assert allowed.headers["access-control-allow-origin"] == host.origin
    assert "access-control-allow-credentials" not in allowed.headers
    foreign = {"origin": "https://evil.example"}
    assert "access-control-allow-origin" not in http.options("/web/session", headers=foreign).headers
    assert http.post("/web/session", json={"token": token()}, headers=foreign).status_code == 403
