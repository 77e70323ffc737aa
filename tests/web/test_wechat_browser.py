"""The page in WeChat on an Android phone: what its browser withholds, and what its keyboard covers."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from web_chat import Chat, OpenChat

from rasa_project.serving.background import BackgroundBot

CASE = "67岁男性，MM新诊断，拟VRd方案，来那度胺25mg，体重75kg，血小板145，eGFR 88"
WIDTH, HEIGHT, WITH_KEYBOARD = 360, 740, 420
PHONE = {
    "viewport": {"width": WIDTH, "height": HEIGHT},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "user_agent": (
        "Mozilla/5.0 (Linux; Android 12; M2102J2SC Build/SKQ1.211006.001; wv) AppleWebKit/537.36 "
        "(KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160117 "
        "MMWEBSDK/20240404 MMWEBID/2183 MicroMessenger/8.0.49.2600(0x2800315A) WeChat/arm64 Weixin "
        "NetType/WIFI Language/zh_CN ABI/arm64"
    ),
}
#: No clipboard, no printing, no storage: as WeChat has it, and as hospitals set phones up.
WITHHELD = """
delete Navigator.prototype.clipboard;
window.print = () => {};
for (const name of ['localStorage', 'sessionStorage'])
  Object.defineProperty(window, name, {get() { throw new DOMException('Denied', 'SecurityError'); }});
"""
#: A keyboard that lies over the page: the page keeps its size, and only the visual viewport tells.
OVERLAID_KEYBOARD = """
const view = new EventTarget();
Object.assign(view, {width: innerWidth, height: innerHeight, scale: 1, offsetTop: 0});
Object.defineProperty(window, 'visualViewport', {value: view});
window.showKeyboard = (height) => { view.height = height; view.dispatchEvent(new Event('resize')); };
"""


@pytest.fixture
def address(bot: BackgroundBot) -> str:
    """The page of the real bot."""
    return f"http://127.0.0.1:{bot.port}/"


@pytest.fixture
def wechat(open_chat: OpenChat, address: str) -> Chat:
    """A user who opened the page in WeChat and agreed to the notice."""
    return opened(open_chat, address, WITHHELD)


def opened(open_chat: OpenChat, address: str, script: str) -> Chat:
    """The page as it is after a script has changed the browser."""
    chat = open_chat(address, agree=False, **PHONE)
    chat.page.add_init_script(script)
    chat.page.reload()
    chat.agree()
    return chat


def within(page: Page, selector: str, height: int) -> bool:
    """Whether an element lies in the uppermost part of the screen."""
    box = page.locator(selector).bounding_box()
    return box is not None and box["y"] >= 0 and round(box["y"] + box["height"]) <= height


def clipboard(page: Page) -> str:
    """What has been copied: it is pasted into a field."""
    page.get_by_role("textbox", name="患者情况或问题").focus()
    page.keyboard.press("Control+V")
    return page.get_by_role("textbox", name="患者情况或问题").input_value()


def test_by_touch_alone(wechat: Chat, tmp_path: Path) -> None:
    wechat.page.locator(".examples button").first.tap()
    wechat.card("assessment").wait_for()
    wechat.card("question").get_by_role("checkbox", name="以上均无").tap()
    wechat.page.screenshot(path=tmp_path / "question.png")
    wechat.card("question").get_by_role("button", name="确定").tap()
    wechat.answered("以上均无")
    targets = wechat.page.locator("button:visible, .options label:visible, summary:visible")
    small = [
        target.inner_text()
        for target in targets.all()
        if (box := target.bounding_box()) and (box["height"] < 32 or box["width"] < 32)
    ]
    assert small == []


def test_the_keyboard_leaves_the_input_line_in_view(wechat: Chat, tmp_path: Path) -> None:
    wechat.say(CASE)
    wechat.input.tap()
    wechat.page.set_viewport_size({"width": WIDTH, "height": WITH_KEYBOARD})
    wechat.input.fill(CASE * 6)
    expect(wechat.page.get_by_role("button", name="发送")).to_be_in_viewport(ratio=1)
    assert within(wechat.page, ".composer", WITH_KEYBOARD)
    wechat.page.screenshot(path=tmp_path / "keyboard.png")
    log = wechat.log.bounding_box()
    assert log is not None
    assert log["height"] > 60
    wechat.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    expect(wechat.page.locator(".composer")).to_be_in_viewport(ratio=1)


def test_a_keyboard_that_covers_the_page_does_too(open_chat: OpenChat, address: str) -> None:
    chat = opened(open_chat, address, OVERLAID_KEYBOARD)
    chat.say(CASE)
    chat.input.tap()
    # An iPhone pushes the page up besides.
    chat.page.evaluate("document.body.style.height = '2000px'; scrollTo(0, 300)")
    assert chat.page.evaluate("scrollY") == 300
    chat.page.evaluate(f"showKeyboard({WITH_KEYBOARD})")
    assert chat.page.evaluate("scrollY") == 0
    assert within(chat.page, ".composer", WITH_KEYBOARD)
    chat.page.evaluate(f"showKeyboard({HEIGHT})")
    assert not within(chat.page, ".composer", WITH_KEYBOARD)
    assert within(chat.page, ".composer", HEIGHT)


def test_zooming_in_does_not_squeeze_the_page(wechat: Chat) -> None:
    before = wechat.page.locator(".frame").bounding_box()
    wechat.page.context.new_cdp_session(wechat.page).send(
        "Emulation.setPageScaleFactor", {"pageScaleFactor": 2}
    )
    wechat.page.wait_for_function("visualViewport.scale === 2")
    wechat.page.wait_for_timeout(200)
    height = wechat.page.evaluate(
        "document.querySelector('mm-vte-chat').shadowRoot.querySelector('.frame').clientHeight"
    )
    assert before is not None
    assert height == pytest.approx(before["height"], abs=2)


def test_copying_works_without_the_clipboard_interface(wechat: Chat) -> None:
    wechat.say(CASE)
    wechat.say("小结")
    wechat.card("answer").get_by_role("button", name="复制到病历").tap()
    expect(wechat.page.get_by_role("status").get_by_text("已复制小结")).to_be_visible()
    assert clipboard(wechat.page).startswith("MM 相关 VTE 风险评估小结")


def test_copying_works_where_the_clipboard_interface_never_answers(open_chat: OpenChat, address: str) -> None:
    chat = opened(
        open_chat,
        address,
        "Object.defineProperty(navigator, 'clipboard', {value: {writeText: () => new Promise(() => {})}});",
    )
    chat.say(CASE)
    chat.card("assessment").get_by_role("button", name="复制全文").tap()
    expect(chat.page.get_by_role("status").get_by_text("已复制")).to_be_visible()
    assert clipboard(chat.page).startswith("【")


def test_what_cannot_be_copied_is_shown_to_be_copied_by_hand(wechat: Chat, tmp_path: Path) -> None:
    wechat.page.evaluate("document.execCommand = () => false")
    wechat.say(CASE)
    button = wechat.card("assessment").get_by_role("button", name="复制全文")
    button.tap()
    panel = wechat.page.get_by_role("dialog", name="请手动复制")
    text = panel.get_by_role("textbox", name="要复制的文字")
    expect(text).to_be_focused()
    selected = text.evaluate("one => one.value.slice(one.selectionStart, one.selectionEnd)")
    assert selected.startswith("【结论】")
    assert "内容版本" in selected
    wechat.page.screenshot(path=tmp_path / "by-hand.png")
    panel.get_by_role("button", name="关闭").tap()
    expect(panel).to_have_count(0)


def test_no_button_that_would_do_nothing(wechat: Chat) -> None:
    wechat.say(CASE)
    wechat.say("小结")
    expect(wechat.page.get_by_role("button", name="打印")).to_have_count(0)


def test_the_back_button_and_a_reload_come_back_to_the_conversation(wechat: Chat, address: str) -> None:
    wechat.say(CASE)
    wechat.page.goto(f"{address}web/static/icon.svg")
    wechat.page.go_back()
    # Without storage the notice cannot be remembered as agreed to.
    wechat.agree_again()
    expect(wechat.page.locator("article.user")).to_have_text([f"您{CASE}"])
    wechat.say("没有活动性出血，近期无出血史")
    wechat.page.reload()
    wechat.agree_again()
    expect(wechat.page.locator("article.user")).to_have_count(2)
    expect(wechat.card("question").locator("fieldset")).to_be_enabled()
