"""``python -m benchmarks.web``: the widget's size, its first paint and answer, and its channel against REST.

Writes benchmarks/web.md. Both channels are measured in one run on the same bot, turn by turn in alternation,
so that a busy machine slows both alike.
"""

from __future__ import annotations

import gzip
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from uuid import uuid4

import httpx
from playwright.sync_api import Page, sync_playwright

from rasa_project.serving.background import BackgroundBot

HERE = Path(__file__).parent
BUNDLE = HERE.parent / "rasa_project" / "channels" / "web" / "static" / "mm-vte-chat.js"
#: Kilobytes that the gzipped script may have (issue 4).
BUDGET_KB = 30
TURNS = 60
PAGE_LOADS = 5
CASE = (
    "67岁男性，MM新诊断，拟VRd方案，来那度胺25mg，地塞米松40mg d1,8,15,22，身高170cm体重75kg，PICC置管，"
    "血小板145，eGFR 88"
)
TURN_TEXTS = (
    CASE,
    "血小板改为45",
    "依诺肝素治疗量58公斤打多少",
    "来那度胺会增加血栓风险吗",
    "如果换成硼替佐米呢",
)
#: Turns after which a client opens a new conversation: below the channel's burst.
TURNS_PER_SESSION = 15


def bundle_size() -> dict[str, str]:
    """The script as it is served and as a proxy that compresses sends it."""
    content = BUNDLE.read_bytes()
    packed = len(gzip.compress(content, 9, mtime=0))
    return {
        "script, bytes": f"{len(content)}",
        f"script gzipped, bytes (budget {BUDGET_KB} 000)": f"{packed}",
    }


@contextmanager
def _timed(into: list[float]) -> Iterator[None]:
    started = perf_counter()
    yield
    into.append((perf_counter() - started) * 1000)


def channel_latency(bot: BackgroundBot) -> dict[str, str]:
    """Milliseconds of a turn through the web channel and through the REST channel."""
    base = f"http://127.0.0.1:{bot.port}"
    times: dict[str, list[float]] = {"web": [], "REST": []}
    web = httpx.Client(base_url=base, timeout=60)
    rest = httpx.Client(base_url=base, timeout=60)
    sender = ""
    for turn in range(-len(TURN_TEXTS), TURNS):
        if turn % TURNS_PER_SESSION == 0 or not sender:
            web.cookies.clear()
            web.post("/web/session", json={"keep": "cookie"}).raise_for_status()
            sender = uuid4().hex
        text = TURN_TEXTS[turn % len(TURN_TEXTS)]
        into: list[float] = []
        with _timed(into):
            body = {"text": text, "client_msg_id": uuid4().hex, "since": 2**40}
            web.post("/web/messages", json=body).raise_for_status()
        with _timed(into):
            rest.post("/webhooks/rest/webhook", json={"sender": sender, "message": text}).raise_for_status()
        if turn >= 0:  # the first turns warm the bot up
            times["web"].append(into[0])
            times["REST"].append(into[1])
    return {
        f"turn by {name}, ms, median (95th percentile)": f"{statistics.median(one):.0f} ({_p95(one):.0f})"
        for name, one in times.items()
    }


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def page_times(bot: BackgroundBot) -> dict[str, str]:
    """Milliseconds to the first paint and from Enter to the drawn answer, in Chromium."""
    paints: list[float] = []
    answers: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for _ in range(PAGE_LOADS):
            page = browser.new_context().new_page()
            page.goto(f"http://127.0.0.1:{bot.port}/")
            page.get_by_role("button", name="我已了解，开始使用").click()
            page.locator("article.welcome").wait_for()
            paints.append(
                page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
            )
            with _timed(answers):
                _ask(page)
            page.context.close()
        browser.close()
    return {
        f"first contentful paint, ms, median of {PAGE_LOADS}": f"{statistics.median(paints):.0f}",
        f"Enter to the drawn assessment, ms, median of {PAGE_LOADS}": f"{statistics.median(answers):.0f}",
    }


def _ask(page: Page) -> None:
    box = page.get_by_role("textbox", name="患者情况或问题")
    box.fill(CASE)
    box.press("Enter")
    page.locator("article.bot.assessment .decision").wait_for()


def main() -> None:
    """Measure everything and write the table."""
    results = bundle_size()
    measures: list[Callable[[BackgroundBot], dict[str, str]]] = [channel_latency]
    if shutil.which("chromium"):
        measures.append(page_times)
    with tempfile.TemporaryDirectory() as var, BackgroundBot(Path(var)) as bot:
        for measure in measures:
            results |= measure(bot)
    lines = ["# The web widget, measured", "", "`python -m benchmarks.web` on the machine of this run.", ""]
    lines += ["| measure | value |", "|---|---|"]
    lines += [f"| {name} | {value} |" for name, value in results.items()]
    (HERE / "web.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
