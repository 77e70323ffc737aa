"""The widget in a page as a person uses it, and a watch on everything it does."""

from __future__ import annotations

import os
import re
import shutil
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NoReturn
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from rasa_project.serving.settings import ROOT

#: A long wait: the tests share a machine with others.
PATIENCE_MS = 30_000
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass
class Watch:
    """What went wrong in a context, and which hosts it asked."""

    problems: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def follow(self, context: BrowserContext) -> None:
        """Note violations of the content security policy, script errors and requests."""
        context.expose_function("noteViolation", lambda what: self.problems.append(f"CSP: {what}"))
        context.add_init_script(
            "document.addEventListener('securitypolicyviolation', (event) =>"
            " window.noteViolation(event.violatedDirective + ' ' + event.blockedURI))"
        )
        context.on("weberror", lambda error: self.problems.append(f"script: {error.error}"))
        context.on("console", lambda line: self._line(line.text))
        context.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        context.on(
            "dialog", lambda dialog: (self.problems.append(f"dialog: {dialog.message}"), dialog.dismiss())
        )

    def _line(self, text: str) -> None:
        if re.search(r"Content Security Policy|Trusted|Uncaught", text):
            self.problems.append(f"console: {text}")


@dataclass
class Chat:
    """The widget in a page, as a person uses it."""

    page: Page
    watch: Watch

    @property
    def input(self) -> Locator:
        """The input line."""
        return self.page.get_by_role("textbox", name="患者情况或问题")

    @property
    def log(self) -> Locator:
        """The transcript."""
        return self.page.get_by_role("log")

    def agree(self) -> None:
        """Take the consent step."""
        self.page.get_by_role("button", name="我已了解，开始使用").click()
        self.page.locator("article.welcome").wait_for()

    def agree_again(self) -> None:
        """Take the consent step when there is a conversation already."""
        self.page.get_by_role("button", name="我已了解，开始使用").click()
        self.page.locator("article.user").first.wait_for()

    def say(self, text: str) -> None:
        """Type, send, and wait for the answer."""
        self.input.fill(text)
        self.input.press("Enter")
        self.answered(text)

    def answered(self, text: str) -> None:
        """Wait until the latest message of the user is ``text`` and its answer is there."""
        self.page.locator("article.user").last.get_by_text(text, exact=True).wait_for()
        self.page.locator("article.user ~ article.bot").last.wait_for()
        self.page.wait_for_function(
            "() => { const root = document.querySelector('mm-vte-chat').shadowRoot;"
            " const last = [...root.querySelectorAll('article')].pop();"
            " return !root.querySelector('.typing') && last && last.classList.contains('bot'); }"
        )

    def said_by(self, do: Callable[[], None]) -> None:
        """Do something that sends a message, and wait for the answer."""
        said = self.page.locator("article.user")
        before = said.count()
        do()
        expect(said).to_have_count(before + 1)
        self.answered(said.last.locator("p").first.inner_text())

    def card(self, kind: str) -> Locator:
        """The latest card of a kind."""
        return self.page.locator(f"article.bot.{kind}").last


def missing(what: str) -> NoReturn:
    """Skip with a line that is seen; in continuous integration nothing may be skipped."""
    message = f"{what}; sh deploy/browser.sh installs it"
    if os.environ.get("CI"):
        pytest.fail(message)
    warnings.warn(message, stacklevel=2)
    pytest.skip(message)


def need_packages() -> None:
    """The widget's npm packages; without Node the script is used as committed, which is no fault."""
    if not shutil.which("npm"):
        pytest.skip("NO NODE: the bundle was neither rebuilt nor parsed")
    if not (ROOT / "widget" / "node_modules" / "acorn").exists():
        missing("NO NPM PACKAGES: the bundle was neither rebuilt nor parsed")


OpenChat = Callable[..., Chat]
