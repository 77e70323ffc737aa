"""WebViews of 2018 and 2019, as old phones have them in WeChat: nothing newer is needed to draw the cards.

No such browser can be had here. The script is parsed as the version that they know, the style sheet is held
to what they know, and today's browser draws the page with the newer interfaces and styles taken away.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect
from web_chat import OpenChat, need_packages

from rasa_project.serving.background import BackgroundBot
from rasa_project.serving.settings import ROOT

#: The promise of widget/vite.config.js.
SCRIPT_VERSION = 2017
STATIC = ROOT / "rasa_project" / "channels" / "web" / "static"
SCRIPT = (STATIC / "mm-vte-chat.js").read_text(encoding="utf-8")
#: As the link loads it, and as the script carries it: the minifier has rewritten that one.
STYLES = {
    "linked": (STATIC / "mm-vte-chat.css").read_text(encoding="utf-8"),
    "carried": SCRIPT[SCRIPT.index(":host{all:") : SCRIPT.index("print-color-adjust:exact}")] + "}",
}
#: Selectors and at-rules that make an old browser drop the whole rule.
NEW_SELECTORS = r":has\(|:is\(|:where\(|:not\([^)]*,|@layer|@container|@property|@scope|(?m:^\s*&)|:dir\("
#: Properties that the layout would miss.
NEW_PROPERTIES = {"inset", "aspect-ratio", "translate", "rotate", "scale", "content-visibility", "row-gap"}
NEW_FUNCTIONS = r"\b(?:max|min|clamp|env|color-mix|oklch|light-dark)\("
NEW_VALUES = NEW_FUNCTIONS + r"|\d[dsl]v[hwib]\b|\b(?:anywhere|revert|fit-content)\b"
#: What browsers of 2018 and 2019 had not yet, beginning with what the widget might be tempted to use.
NOT_YET = """
delete Document.prototype.adoptedStyleSheets;
delete ShadowRoot.prototype.adoptedStyleSheets;
delete CSSStyleSheet.prototype.replaceSync;
delete window.visualViewport;
for (const name of ['flat', 'flatMap', 'at', 'findLast']) delete Array.prototype[name];
for (const name of ['replaceAll', 'matchAll', 'at', 'trimEnd']) delete String.prototype[name];
delete Promise.allSettled; delete Promise.any; delete Object.fromEntries; delete Object.hasOwn;
delete window.queueMicrotask; delete window.structuredClone; delete Element.prototype.replaceChildren;
delete crypto.randomUUID; delete AbortSignal.timeout; delete AbortSignal.any;
"""


Rules = list[tuple[str, list[tuple[str, str]]]]


def rules_of(style: str) -> Rules:
    """The rules, those inside media queries too: selector and declarations in order."""
    plain = re.sub(r"/\*.*?\*/", "", style, flags=re.S)
    found = []
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", plain):
        pairs = [part.split(":", 1) for part in body.split(";") if ":" in part]
        found.append((selector.strip(), [(name.strip(), value.strip()) for name, value in pairs]))
    return found


@pytest.fixture(params=sorted(STYLES))
def rules(request: pytest.FixtureRequest) -> Rules:
    """The rules of the style sheet in each of its forms."""
    found = rules_of(STYLES[request.param])
    assert len(found) > 100
    return found


def test_the_script_has_no_newer_syntax_than_promised() -> None:
    need_packages()
    parse = (
        "const {parse} = require('./node_modules/acorn');"
        f"parse(require('fs').readFileSync(0, 'utf8'), {{ecmaVersion: {SCRIPT_VERSION}}})"
    )
    for script, works in ((SCRIPT, True), ("a?.b", False), ("/(?<=a)b/", False)):
        parsed = subprocess.run(
            ["node", "-e", parse],
            input=script,
            cwd=ROOT / "widget",
            capture_output=True,
            text=True,
            check=False,
        )
        assert (parsed.returncode == 0) == works, parsed.stderr


def test_no_rule_is_dropped_for_its_selector(rules: Rules) -> None:
    # Where :focus-visible is not known the browser draws its own ring: it must stand alone.
    for selector, _ in rules:
        assert not re.search(NEW_SELECTORS, selector), selector
        assert "," not in selector or ":focus-visible" not in selector, selector


def test_every_newer_value_has_an_older_one_before_it(rules: Rules) -> None:
    for selector, declarations in rules:
        older = set()
        for name, value in declarations:
            assert name not in NEW_PROPERTIES, (selector, name)
            if re.search(NEW_VALUES, value):
                assert name in older, (selector, name, value)
            older.add(name)


def test_only_grids_are_spaced_by_gaps(rules: Rules) -> None:
    grids, spaced = set(), set()
    for selector, declarations in rules:
        if ("display", "grid") in declarations:
            grids.update(map(str.strip, selector.split(",")))
        if {"gap", "grid-gap", "column-gap"} & dict(declarations).keys():
            spaced.update(map(str.strip, selector.split(",")))
    assert spaced <= grids


def without_the_new(style: str) -> str:
    """The style sheet as an old browser reads it."""
    kept = re.sub(r"[^{};]+:focus-visible\s*\{[^{}]*\}", "", style)
    return re.sub(r"[\w-]+\s*:[^:;{}]*(?:" + NEW_VALUES + r")[^;{}]*;", "", kept)


def test_the_page_as_an_old_browser_draws_it(open_chat: OpenChat, bot: BackgroundBot, tmp_path: Path) -> None:
    chat = open_chat(
        f"http://127.0.0.1:{bot.port}/", agree=False, viewport={"width": 360, "height": 740}, has_touch=True
    )
    page = chat.page

    def answer(route: Route) -> None:
        route.fulfill(body=without_the_new(STYLES["linked"]), content_type="text/css")

    page.route("**/mm-vte-chat.css", answer)
    page.add_init_script(NOT_YET)
    page.reload()
    chat.agree()
    expect(page.locator("mm-vte-chat link[rel=stylesheet]")).to_have_count(1)
    page.screenshot(path=tmp_path / "welcome.png")
    chat.say("67岁男性，MM新诊断，拟VRd方案，来那度胺25mg，体重75kg，血小板145，eGFR 88")
    assessment = chat.card("assessment")
    page.screenshot(path=tmp_path / "assessment.png")
    expect(assessment.locator(".decision")).to_contain_text("分")
    # The frame fills the screen without the visual viewport.
    expect(page.locator(".composer")).to_be_in_viewport(ratio=1)
    assert page.locator(".frame").bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 740}
    assert assessment.locator(".track .tier").first.evaluate("one => one.clientWidth") > 20
    question = chat.card("question")
    question.get_by_role("textbox").first.fill("160")
    page.screenshot(path=tmp_path / "question.png")
    chat.said_by(lambda: question.get_by_role("button", name="确定").tap())
    expect(chat.card("assessment")).to_contain_text("160 mg")
    for _ in range(2):
        chat.card("assessment").get_by_role("button", name="打印").click()
    expect(page.locator("iframe")).to_have_count(1)
    printed = page.frames[-1].locator(".decision")
    expect(printed).to_have_css("font-weight", "600")
