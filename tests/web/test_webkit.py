"""A conversation in WebKit, the engine of every browser on an iPhone, WeChat's included."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from web_chat import PHONE, missing
from webkit import ENTER, ESCAPE, Page, is_installed, webkit_page

from rasa_project.serving.background import BackgroundBot

CASE = (
    "67岁男性，MM新诊断，拟VRd方案，来那度胺25mg，地塞米松40mg d1,8,15,22，身高170cm体重75kg，PICC置管，"
    "血小板145，eGFR 88"
)


@pytest.fixture
def page(bot: BackgroundBot) -> Iterator[Page]:
    """The bot's page on a phone of a new user; afterwards nothing may have gone wrong."""
    if not is_installed():
        missing("NO WEBKIT: the widget was not tried on the engine of iOS")
    with webkit_page() as opened:
        opened.open(f"http://127.0.0.1:{bot.port}/")
        yield opened
        assert opened.problems() == []


def fits(page: Page) -> bool:
    """Whether nothing is wider than the screen and the input line is on it."""
    within: bool = page.script(
        "const log = chat.querySelector('.log');"
        "const line = chat.querySelector('.composer').getBoundingClientRect();"
        "return log.scrollWidth <= log.clientWidth && document.documentElement.scrollWidth <= innerWidth"
        " && line.top > 0 && Math.round(line.bottom) <= innerHeight"
    )
    return within


def test_a_whole_conversation(page: Page, tmp_path: Path) -> None:
    assert page.script("return [innerWidth, innerHeight]") == [PHONE["width"], PHONE["height"]]
    assert "AppleWebKit/605" in page.script("return navigator.userAgent")
    page.find("[role=dialog]", "使用前请确认")
    page.picture(tmp_path / "consent.png")
    page.click("button", "我已了解，开始使用")

    page.say(CASE)
    assert "高危" in page.text(".assessment .decision")
    row = page.text(".assessment [data-scale='mm_vte'] tr", "地塞米松")
    assert "+2" in row
    assert "「地塞米松40mg d1,8,15,22」（40 mg × 4 天 = 160 mg）" in row
    tiers = page.script(
        "return [...chat.querySelectorAll('[data-scale=mm_vte] .track .tier')].slice(0, 4)"
        ".map((one) => [one.getBoundingClientRect().width, getComputedStyle(one).backgroundColor])"
    )
    assert all(width > 20 for width, _ in tiers)
    assert len({colour for _, colour in tiers}) == 4
    assert fits(page)
    page.picture(tmp_path / "assessment.png")

    page.click("article.question label", "以上均无")
    page.picture(tmp_path / "question.png")
    page.click("article.question button", "确定")
    page.answered("以上均无")
    page.find("article.assessment .doses", "40 mg")

    page.say("如果换成硼替佐米呢")
    assert "低危" in page.text("article.comparison tr", "MM相关VTE风险分层（分层）")
    page.say("来那度胺会增加血栓风险吗")
    page.click("article.answer .source")
    assert "沙利度胺" in page.text("[role=dialog] table")
    page.picture(tmp_path / "source.png")
    page.type(ESCAPE, "[role=dialog]")
    page.wait("!chat.querySelector('[role=dialog]')")
    assert fits(page)


def test_a_copied_summary_is_pasted_and_a_reload_resumes(page: Page) -> None:
    page.click("button", "我已了解，开始使用")
    page.say(CASE)
    page.say("小结")
    if not page.copy("article.answer button", "复制到病历"):
        pytest.skip("THE DISPLAY'S CLIPBOARD DOES NOT ANSWER: copying in WebKit was not tried")
    page.paste_until("chat.querySelector('textarea').value.startsWith('MM 相关 VTE 风险评估小结')")
    assert "内容版本" in page.script("return chat.querySelector('textarea').value")

    page.reload()
    page.find("article.answer", "MM 相关 VTE 风险评估小结")
    page.find("article.user", CASE)


def test_a_fact_is_changed_by_its_field(page: Page) -> None:
    page.click("button", "我已了解，开始使用")
    page.say(CASE)
    page.click("button.fact", "体重")
    page.script("chat.querySelector('.editor input').select()")
    page.type("60" + ENTER, ".editor input")
    page.answered("更正：体重60kg")
    page.find("button.fact", "60 kg")
