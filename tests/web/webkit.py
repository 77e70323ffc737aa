"""Debian's WebKitGTK by the W3C WebDriver protocol: the engine of iOS, and so of WeChat on an iPhone.

Playwright cannot drive it. The protocol is plain JSON over HTTP, and only a few commands are needed here.
"""

from __future__ import annotations

import base64
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from web_chat import PATIENCE_MS, PHONE

#: Keys of the WebDriver protocol.
ENTER, CONTROL, ESCAPE = "\ue007", "\ue009", "\ue00c"

_CHAT = "const chat = document.querySelector('mm-vte-chat').shadowRoot;"
#: What is drawn only: a card's folded parts are not.
_FIND = (
    "const shown = (one) => one.getClientRects().length > 0;"
    "return [...chat.querySelectorAll(arguments[0])].filter((one) => shown(one)"
    " && one.textContent.includes(arguments[1])).pop() || null"
)
_WATCH = (
    "window.noted = [];"
    "addEventListener('error', (event) => noted.push('error: ' + event.message));"
    "addEventListener('unhandledrejection', (event) => noted.push('rejection: ' + event.reason));"
    "document.addEventListener('securitypolicyviolation',"
    " (event) => noted.push('CSP: ' + event.violatedDirective + ' ' + event.blockedURI));"
)


def is_installed() -> bool:
    """Whether this machine has the browser, its driver and a display without a screen."""
    return all(map(shutil.which, ("WebKitWebDriver", "Xvfb")))


class Page:
    """The widget in a page of WebKit, as a person uses it."""

    def __init__(self, session: Callable[..., Any]) -> None:
        self._do = session

    def open(self, address: str) -> None:
        """Go to an address and note whatever goes wrong there from now on."""
        self._do("POST", "/url", url=address)
        self.script(_WATCH)

    def reload(self) -> None:
        """Load the page again."""
        self._do("POST", "/refresh")
        self.script(_WATCH)

    def script(self, source: str, *arguments: object) -> Any:
        """Run a function body in the page; ``chat`` is the widget's shadow root."""
        return self._do("POST", "/execute/sync", script=f"{_CHAT} {source}", args=list(arguments))

    def wait(self, condition: str) -> None:
        """Wait until an expression of the page holds."""
        until = time.monotonic() + PATIENCE_MS / 1000
        while not self.script(f"return Boolean({condition})"):
            assert time.monotonic() < until, f"never came true: {condition}"
            time.sleep(0.1)

    def copy(self, selector: str, text: str) -> bool:
        """Click a control that copies until it says so; whether it did: not every display has a clipboard."""
        for _ in range(3):
            self.click(selector, text)
            until = time.monotonic() + 5
            while time.monotonic() < until:
                if self.script(_FIND, "[role=status]", "已复制"):
                    return True
                time.sleep(0.1)
        return False

    def paste_until(self, condition: str) -> None:
        """Paste until an expression of the page holds: the clipboard comes in its own time."""
        until = time.monotonic() + PATIENCE_MS / 1000
        while not self.script(f"return Boolean({condition})"):
            assert time.monotonic() < until, f"never pasted: {condition}"
            self.type(CONTROL + "v" + CONTROL)
            time.sleep(1)

    def find(self, selector: str, text: str = "") -> dict[str, str]:
        """The last visible element of a kind with a text; waits for it."""
        until = time.monotonic() + PATIENCE_MS / 1000
        while not (found := self.script(_FIND, selector, text)):
            assert time.monotonic() < until, f"never appeared: {selector} {text}"
            time.sleep(0.1)
        element: dict[str, str] = found
        return element

    def text(self, selector: str, text: str = "") -> str:
        """The text of an element, as it is drawn."""
        return str(self.script("return arguments[0].innerText", self.find(selector, text)))

    def click(self, selector: str, text: str = "") -> None:
        """Scroll an element into view and click where it is drawn: nothing may cover it."""
        self._do("POST", f"/element/{_id(self.find(selector, text))}/click")

    def type(self, keys: str, selector: str = "textarea") -> None:
        """Type into a field."""
        self._do("POST", f"/element/{_id(self.find(selector))}/value", text=keys)

    def say(self, text: str) -> None:
        """Type, send, and wait for the answer."""
        self.type(text)
        self.type(ENTER)
        self.answered(text)

    def answered(self, text: str) -> None:
        """Wait until the latest message of the user is ``text`` and its answer is there."""
        self.find("article.user", text)
        self.wait(
            "!chat.querySelector('.typing') && [...chat.querySelectorAll('article')].pop().matches('.bot')"
        )

    def problems(self) -> list[str]:
        """Script errors and violations of the content security policy since the page was opened."""
        noted: list[str] = self.script("return noted")
        return noted

    def picture(self, path: Path) -> None:
        """What the screen shows, once it shows what the page has become."""
        painted = (
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))"
        )
        self._do("POST", "/execute/async", script=painted, args=[])
        path.write_bytes(base64.b64decode(self._do("GET", "/screenshot")))


def _id(element: dict[str, str]) -> str:
    return next(iter(element.values()))


@contextmanager
def _running(command: list[str], **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **{**quiet, **options}) as process:
        try:
            yield process
        finally:
            process.terminate()


@contextmanager
def _display() -> Iterator[str]:
    """A display that nobody sees, as wide as a phone; the X server picks a free number."""
    reading, writing = os.pipe()
    screen = f"{PHONE['width']}x{PHONE['height']}x24"
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", screen, "-nolisten", "tcp"]
    with os.fdopen(reading) as numbers, _running(command, pass_fds=(writing,)):
        os.close(writing)
        yield f":{numbers.readline().strip()}"


@contextmanager
def webkit_page() -> Iterator[Page]:
    """A fresh browser with a window as large as a phone's screen."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with _display() as display:
        environment = {**os.environ, "DISPLAY": display, "GDK_BACKEND": "x11", "LANG": "C.UTF-8"}
        address = f"http://127.0.0.1:{port}"
        with (
            _running(["WebKitWebDriver", f"--port={port}"], env=environment),
            httpx.Client(base_url=address, timeout=2 * PATIENCE_MS / 1000, trust_env=False) as http,
        ):
            yield from _session(http)


def _session(http: httpx.Client) -> Iterator[Page]:
    until = time.monotonic() + PATIENCE_MS / 1000
    while True:
        try:
            http.get("/status")
            break
        except httpx.TransportError:
            assert time.monotonic() < until, "WebKitWebDriver does not answer"
            time.sleep(0.1)

    def ask(method: str, path: str, **body: object) -> Any:
        answer = http.request(method, path, json=body if method == "POST" else None)
        value = answer.json()["value"]
        assert answer.is_success, f"{path}: {value}"
        return value

    # Without its tool bar, which is wider than a phone.
    options = {"args": ["--automation", "--full-screen"]}
    session = ask("POST", "/session", capabilities={"alwaysMatch": {"webkitgtk:browserOptions": options}})
    path = f"/session/{session['sessionId']}"
    try:
        ask("POST", f"{path}/window/rect", **PHONE)
        yield Page(lambda method, command, **body: ask(method, path + command, **body))
    finally:
        ask("DELETE", path)
