"""A real browser for the widget's tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright
from web_chat import DESKTOP, PATIENCE_MS, Chat, OpenChat, Watch, missing

_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


# Playwright's loop must be gone before another module calls asyncio.run: one browser a module.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium (deploy/browser.sh installs it)."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        missing("NO BROWSER: the widget's browser tests did not run")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        yield running
        running.close()


@pytest.fixture
def open_chat(browser: Browser) -> Iterator[OpenChat]:
    """Opens the bot's page for a user of their own; afterwards nothing may have gone wrong."""
    opened: list[tuple[BrowserContext, Watch, str]] = []

    def open_one(address: str, agree: bool = True, **options: object) -> Chat:
        options = {"viewport": DESKTOP, "locale": "zh-CN", **options}
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE_MS)
        watch = Watch()
        watch.follow(context)
        opened.append((context, watch, urlsplit(address).netloc))
        page = context.new_page()
        page.goto(address)
        chat = Chat(page, watch)
        if agree:
            chat.agree()
        return chat

    yield open_one
    for context, watch, host in opened:
        context.close()
        assert watch.problems == []
        assert watch.hosts == {host}
