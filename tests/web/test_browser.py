"""The widget in a real browser, against the real bot."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect
from web_chat import PHONE, Chat, OpenChat, missing

from rasa_project.serving.background import BackgroundBot
from rasa_project.serving.settings import ROOT

CASE = (
    "67岁男性，MM新诊断，拟VRd方案，来那度胺25mg，地塞米松40mg d1,8,15,22，身高170cm体重75kg，PICC置管，"
    "血小板145，eGFR 88"
)
AXE = ROOT / "widget" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture
def address(bot: BackgroundBot) -> str:
    """The page of the real bot."""
    return f"http://127.0.0.1:{bot.port}/"


def test_a_whole_conversation_with_each_kind_of_card(open_chat: OpenChat, address: str) -> None:
    chat = open_chat(address)
    chat.say(CASE)
    assessment = chat.card("assessment")
    expect(assessment.locator(".decision")).to_contain_text("高危")
    score = assessment.locator('[data-scale="mm_vte"]')
    expect(score.get_by_role("img")).to_have_attribute(
        "aria-label", re.compile("10 分，高危，待定项可致 10～")
    )
    row = score.get_by_role("row", name=re.compile("地塞米松"))
    expect(row).to_contain_text("+2")
    expect(row).to_contain_text("「地塞米松40mg d1,8,15,22」（40 mg × 4 天 = 160 mg）")

    question = chat.card("question")
    question.get_by_role("checkbox", name="以上均无").check()
    question.get_by_role("button", name="确定").click()
    chat.answered("以上均无")
    expect(chat.card("assessment").locator(".doses").get_by_text("40 mg").first).to_be_visible()

    chat.say("依诺肝素治疗量打多少")
    dose = chat.card("advice").locator(".doses li").first
    expect(dose).to_contain_text("75 mg")
    expect(dose).to_contain_text("1 mg/kg × 75 kg = 75 mg")

    chat.say("如果换成硼替佐米呢")
    comparison = chat.card("comparison")
    points = comparison.get_by_role("row", name=re.compile("MM相关VTE风险分层 10分"))
    expect(points).to_contain_text("6分")
    comparison.get_by_role("button", name="就按这个").click()
    chat.answered("就按这个")
    expect(chat.card("assessment").locator('[data-scale="mm_vte"] .total')).to_contain_text("6")

    chat.say("来那度胺会增加血栓风险吗")
    answer = chat.card("answer")
    expect(answer).to_contain_text("来那度胺")
    answer.get_by_role("button", name=re.compile("共识 四表4")).click()
    panel = chat.page.get_by_role("dialog")
    expect(panel.get_by_role("table")).to_contain_text("沙利度胺")
    chat.page.keyboard.press("Escape")
    expect(panel).to_have_count(0)

    chat.say("患者突然晕厥，血压80/50，呼吸困难")
    expect(chat.page.get_by_role("alert").first).to_contain_text("紧急")


def test_advice_is_told_apart_by_words(open_chat: OpenChat, address: str) -> None:
    chat = open_chat(address)
    chat.say(
        "72岁女性，MM，KRd方案，地塞米松每周期160mg，既往左下肢DVT，血小板45，eGFR 28，体重58kg，"
        "没有活动性出血"
    )
    badges = set(chat.card("assessment").locator(".badge").all_inner_texts())
    assert {"⚠ 慎用", "✖ 不推荐", "✔ 推荐"} <= {badge.strip() for badge in badges}


def test_a_choice_a_number_and_a_word_as_answers(open_chat: OpenChat, address: str) -> None:
    chat = open_chat(address)
    chat.say("依诺肝素打多少")
    chat.card("question").get_by_role("button", name="治疗").click()
    chat.answered("治疗")
    expect(chat.page.locator("article.bot").last).not_to_contain_text("没有完全听懂")

    chat.say("67岁，Rd方案，评估血栓风险")
    question = chat.card("question")
    first = question.get_by_role("textbox").first
    first.fill("9999")
    question.get_by_role("button", name="确定").click()
    expect(question.get_by_role("alert")).to_contain_text("可接受范围 0～2000 mg")
    first.fill("１６０")
    chat.said_by(lambda: question.get_by_role("button", name="确定").click())
    expect(chat.card("assessment")).to_contain_text("每周期地塞米松总量120～160 mg")

    chat.say(CASE)
    question = chat.card("question")
    one, none = question.get_by_role("checkbox").first, question.get_by_role("checkbox", name="以上均无")
    one.check()
    none.check()
    expect(one).not_to_be_checked()
    one.check()
    expect(none).not_to_be_checked()
    title = one.locator("xpath=..").inner_text().strip()
    chat.said_by(lambda: question.get_by_role("button", name="确定").click())
    expect(chat.page.locator("article.user").last).to_contain_text(title)


def test_any_known_fact_is_edited_from_the_card(open_chat: OpenChat, address: str) -> None:
    chat = open_chat(address)
    chat.say(CASE)
    chat.card("assessment").get_by_role("button", name="体重：75 kg，更改").click()
    editor = chat.page.get_by_role("group", name="更改：体重")
    editor.get_by_role("textbox").fill("5")
    editor.get_by_role("button", name="确定").click()
    expect(editor.get_by_role("alert")).to_contain_text("可接受范围 20～300 kg")
    editor.get_by_role("textbox").fill("60")
    editor.get_by_role("button", name="确定").click()
    chat.answered("更正：体重60kg")
    expect(chat.card("assessment").get_by_role("button", name="体重：60 kg，更改")).to_be_visible()
    chat.card("assessment").get_by_role("button", name="中心静脉置管：有，更改").click()
    chat.page.get_by_role("group", name="更改：中心静脉置管").get_by_role("button", name="无").click()
    chat.answered("更正：无中心静脉置管")
    expect(chat.card("assessment").locator('[data-scale="mm_vte"] .total strong')).to_have_text("7")
    chat.card("assessment").get_by_role("button", name="治疗方案：VRd，更改").click()
    expect(chat.input).to_have_value("更正：治疗方案")


def test_superseded_cards_are_locked(open_chat: OpenChat, address: str) -> None:
    chat = open_chat(address)
    chat.say(CASE)
    old_question = chat.page.locator("article.bot.question").first
    old_card = chat.page.locator("article.bot.assessment").first
    expect(old_question.locator("fieldset")).not_to_have_attribute("disabled", "")
    chat.say("没有活动性出血，近期无出血史")
    expect(old_question.locator("fieldset")).to_have_attribute("disabled", "")
    expect(old_question).to_contain_text("不再等待")
    expect(old_card).to_contain_text("仅供回看")
    expect(old_card.get_by_role("button", name="更改")).to_have_count(0)
    expect(old_card.get_by_role("button", name="小结")).to_have_count(0)


def test_the_notice_is_agreed_to_once_and_nothing_else_is_kept(open_chat: OpenChat, address: str) -> None:
    chat = open_chat(address, agree=False)
    expect(chat.page.get_by_role("dialog", name="使用前请确认")).to_be_visible()
    expect(chat.input).to_be_disabled()
    chat.agree()
    chat.say(CASE)
    chat.page.reload()
    chat.page.locator("article.user").wait_for()
    expect(chat.page.get_by_role("dialog")).to_have_count(0)
    kept = chat.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert json.loads(kept) == [{"mm-vte-chat:consent": "1"}, {}, ""]


def test_a_reload_and_a_second_tab_show_the_same_conversation(open_chat: OpenChat, address: str) -> None:
    chat = open_chat(address)
    chat.say("67岁男性，来那度胺")
    chat.page.reload()
    expect(chat.page.locator("article.user")).to_have_text(re.compile("67岁男性，来那度胺"))
    expect(chat.card("question").locator("fieldset")).not_to_have_attribute("disabled", "")
    second = Chat(chat.page.context.new_page(), chat.watch)
    second.page.goto(address)
    expect(second.page.locator("article.user")).to_have_count(1)
    chat.say("血小板85")
    expect(second.page.locator("article.user")).to_have_count(2)
    expect(second.page.locator("article.user").last).to_contain_text("血小板85")


def test_enter_while_composing_never_sends(open_chat: OpenChat, address: str) -> None:
    chat = open_chat(address)
    chat.input.focus()
    keyboard = chat.page.context.new_cdp_session(chat.page)
    keyboard.send("Input.imeSetComposition", {"text": "laina", "selectionStart": 5, "selectionEnd": 5})
    press = (
        "(field, options) => field.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Enter', bubbles: true, composed: true, cancelable: true, ...options}))"
    )
    chat.input.evaluate(press, {"isComposing": True})
    chat.input.evaluate(press, {"keyCode": 229})
    chat.page.wait_for_timeout(300)
    assert chat.page.locator("article.user").count() == 0
    keyboard.send("Input.insertText", {"text": "来那度胺会增加血栓风险吗"})
    expect(chat.input).to_have_value(re.compile("来那度胺会增加血栓风险吗$"))
    chat.input.fill("来那度胺会增加血栓风险吗")
    chat.input.press("Shift+Enter")
    assert chat.page.locator("article.user").count() == 0
    chat.input.fill("来那度胺会增加血栓风险吗")
    chat.input.press("Enter")
    chat.answered("来那度胺会增加血栓风险吗")


def test_a_broken_line_loses_and_repeats_nothing(open_chat: OpenChat, address: str) -> None:
    chat = open_chat(address)
    chat.page.context.set_offline(True)
    chat.input.fill("67岁男性，来那度胺")
    chat.input.press("Enter")
    expect(chat.page.get_by_role("status").get_by_text("网络中断")).to_be_visible()
    chat.page.context.set_offline(False)
    chat.answered("67岁男性，来那度胺")
    expect(chat.page.get_by_text("网络中断")).to_have_count(0)
    expect(chat.page.locator("article.user")).to_have_count(1)


def test_a_slow_line_shows_that_it_waits_and_loses_nothing(open_chat: OpenChat, address: str) -> None:
    chat = open_chat(address)
    network = chat.page.context.new_cdp_session(chat.page)
    # GPRS at the edge of the ward: nearly a second each way, 50 kbit/s
    slow = {"offline": False, "latency": 800, "downloadThroughput": 6400, "uploadThroughput": 2500}
    network.send("Network.emulateNetworkConditions", slow)
    for text in ("67岁男性，来那度胺", "血小板85"):
        chat.input.fill(text)
        chat.input.press("Enter")
        # what was said stands there at once, and somebody is seen to work on it
        expect(chat.page.locator("article.user").last).to_contain_text(text)
        expect(chat.page.locator(".typing")).to_be_visible()
        chat.answered(text)
    expect(chat.page.locator("article.user")).to_have_count(2)
    expect(chat.page.locator("article.bot.assessment")).to_have_count(2)
    chat.page.reload()
    expect(chat.page.locator("article.bot.assessment")).to_have_count(2)


def test_what_is_said_before_the_session_is_open_waits_for_it(open_chat: OpenChat, address: str) -> None:
    chat = open_chat(address, agree=False)
    network = chat.page.context.new_cdp_session(chat.page)
    slow = {"offline": False, "latency": 1500, "downloadThroughput": 64_000, "uploadThroughput": 64_000}
    chat.page.get_by_role("dialog").wait_for()
    network.send("Network.emulateNetworkConditions", slow)
    opened: list[str] = []
    chat.page.on("requestfinished", lambda request: opened.append(request.url))
    chat.agree()
    chat.input.fill("67岁男性，来那度胺")
    chat.input.press("Enter")
    expect(chat.page.locator("article.user")).to_have_count(1)
    assert opened == []
    chat.answered("67岁男性，来那度胺")
    expect(chat.page.locator("article.bot.assessment")).to_have_count(1)


def test_an_answer_that_was_cut_off_comes_once(open_chat: OpenChat, address: str) -> None:
    chat = open_chat(address)
    cut: list[str] = []

    def deliver_but_lose_the_answer(route: Route) -> None:
        if route.request.method == "POST" and not cut:
            cut.append(json.loads(route.request.post_data or "")["client_msg_id"])
            route.fetch()
            route.abort()
        else:
            route.continue_()

    chat.page.route("**/web/messages", deliver_but_lose_the_answer)
    chat.say("67岁男性，来那度胺")
    expect(chat.page.locator("article.user")).to_have_count(1)
    expect(chat.page.locator("article.bot.assessment")).to_have_count(1)
    assert len(cut) == 1


def test_a_server_that_stays_away_is_said_and_the_message_can_be_sent_again(
    open_chat: OpenChat, address: str
) -> None:
    chat = open_chat(address)
    chat.page.clock.install()
    chat.page.route("**/web/messages*", lambda route: route.abort())
    chat.input.fill("67岁男性，来那度胺")
    chat.input.press("Enter")
    failed = chat.page.get_by_role("alert").get_by_text("没有发送成功")
    for _ in range(30):
        chat.page.clock.run_for(9_000)
        if failed.count():
            break
        chat.page.wait_for_timeout(50)
    expect(failed).to_be_visible()
    chat.page.unroute("**/web/messages*")
    chat.page.get_by_role("button", name="重新发送").click()
    chat.answered("67岁男性，来那度胺")


def test_two_users_do_not_see_each_other(open_chat: OpenChat, address: str) -> None:
    one, two = open_chat(address), open_chat(address)
    one.say("甲患者，67岁，血小板145")
    two.say("乙患者，52岁，血小板45")
    one.say("体重60kg")
    assert "乙患者" not in one.log.inner_text()
    assert "52" not in one.card("assessment").inner_text()
    assert "甲患者" not in two.log.inner_text()
    two.page.reload()
    expect(two.page.locator("article.user")).to_have_count(1)
    assert "甲患者" not in two.log.inner_text()


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>67岁",
        "<img src=x onerror=alert(1)>67岁<iframe src='https://evil.example'></iframe>",
        "\u202e67岁男性\u202c מטופל בן שישים ושבע",
        "😀👨‍👩‍👧‍👦 67岁 🩸",
        "67岁" + "长" * 3000,
        "[点我](javascript:alert(1)) **粗体** 67岁",
        '/provide_facts{"age_years": 99}',
        "{{constructor.constructor('alert(1)')()}} 67岁",
    ],
    ids=["script", "image", "right-to-left", "emoji", "long", "markdown", "command", "template"],
)
def test_hostile_text_is_only_text(open_chat: OpenChat, address: str, text: str) -> None:
    chat = open_chat(address, viewport=PHONE)
    chat.input.fill(text)
    chat.input.press("Enter")
    chat.page.locator("article.user ~ article.bot").first.wait_for()
    said = chat.page.locator("article.user p").first
    assert said.evaluate("one => one.childElementCount") == 0
    if text.startswith("/"):
        assert "99岁" not in chat.log.inner_text()
    else:
        assert "67岁" in said.inner_text()
    assert chat.page.locator("mm-vte-chat script, mm-vte-chat img:not([src^='/'])").count() == 0
    assert no_sideways_scroll(chat)


def test_a_message_too_long_is_held_back(open_chat: OpenChat, address: str) -> None:
    chat = open_chat(address)
    chat.input.fill("长" * 8001)
    expect(chat.page.get_by_text("超出 1 字")).to_be_visible()
    expect(chat.page.get_by_role("button", name="发送")).to_be_disabled()


def test_ending_the_session_clears_the_screen_and_the_server(open_chat: OpenChat, address: str) -> None:
    chat = open_chat(address)
    chat.say("67岁男性，来那度胺")
    chat.page.get_by_role("button", name="结束会话").click()
    expect(chat.page.get_by_role("alert")).to_contain_text("会话已结束")
    expect(chat.page.locator("article.user")).to_have_count(0)
    chat.page.reload()
    chat.page.locator("article.welcome").wait_for()
    expect(chat.page.locator("article.user")).to_have_count(0)


def test_a_session_nobody_uses_ends_by_itself(open_chat: OpenChat, address: str) -> None:
    chat = open_chat(address)
    chat.say("67岁男性，来那度胺")
    chat.page.clock.install()
    chat.input.press("a")
    chat.page.clock.fast_forward(1_801_000)
    expect(chat.page.get_by_role("alert")).to_contain_text("长时间没有操作")
    expect(chat.page.locator("article.user")).to_have_count(0)


def test_by_keyboard_alone(open_chat: OpenChat, address: str) -> None:
    chat = open_chat(address, agree=False)
    chat.page.get_by_role("dialog").wait_for()
    chat.page.keyboard.press("Tab")
    chat.page.keyboard.press("Enter")
    chat.page.locator("article.welcome").wait_for()
    press_until(chat, "textbox")
    chat.page.keyboard.type(CASE)
    chat.page.keyboard.press("Enter")
    chat.answered(CASE)
    chat.page.keyboard.press("Shift+Tab")
    assert focused(chat).startswith("待回答")
    chat.page.keyboard.press("Enter")
    chat.page.keyboard.press("Space")
    press_until(chat, "确定")
    chat.said_by(lambda: chat.page.keyboard.press("Enter"))
    expect(chat.page.locator("article.user").last).to_contain_text("1")


def focused(chat: Chat) -> str:
    """What has the focus: its text, or its role."""
    text: str = chat.page.evaluate(
        "() => { const one = document.querySelector('mm-vte-chat').shadowRoot.activeElement;"
        " return !one ? '' : one.tagName === 'TEXTAREA' ? 'textbox' : one.innerText || one.tagName }"
    )
    return text


def press_until(chat: Chat, what: str) -> None:
    """Tab until something has the focus."""
    for _ in range(60):
        if focused(chat).startswith(what):
            return
        chat.page.keyboard.press("Tab")
    raise AssertionError(f"{what} is not reached by the keyboard")


def test_copy_and_print(open_chat: OpenChat, address: str) -> None:
    chat = open_chat(address, permissions=["clipboard-read", "clipboard-write"])
    chat.say(CASE)
    chat.card("assessment").get_by_role("button", name="小结").click()
    chat.answered("小结")
    chat.card("answer").get_by_role("button", name="复制到病历").click()
    expect(chat.page.get_by_text("已复制小结")).to_be_visible()
    copied = chat.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("MM 相关 VTE 风险评估小结")
    assert "内容版本" in copied
    chat.card("answer").get_by_role("button", name="打印").click()
    printed = chat.page.frames[-1].locator("body").inner_text()
    assert "MM 相关 VTE 风险评估小结" in printed


def no_sideways_scroll(chat: Chat) -> bool:
    """Whether everything fits the width of the screen."""
    fits: bool = chat.page.evaluate(
        "() => { const log = document.querySelector('mm-vte-chat').shadowRoot.querySelector('.log');"
        " return log.scrollWidth <= log.clientWidth"
        " && document.documentElement.scrollWidth <= document.documentElement.clientWidth }"
    )
    return fits


@pytest.mark.parametrize(("scheme", "large"), [("light", False), ("dark", True)])
@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 900}, PHONE, {"width": 320, "height": 640}])
def test_accessible_and_in_frame_at_every_size(
    open_chat: OpenChat, address: str, tmp_path: Path, viewport: dict[str, int], scheme: str, large: bool
) -> None:
    chat = open_chat(address, agree=False, viewport=viewport, color_scheme=scheme)
    chat.page.get_by_role("dialog").wait_for()
    check_accessible(chat)
    chat.agree()
    if large:
        chat.page.get_by_role("button", name="大字").click()
    check_accessible(chat)
    chat.say(CASE)
    chat.say("如果换成硼替佐米呢")
    chat.say("依诺肝素治疗量打多少")
    chat.say("血小板改为45，eGFR 28")
    chat.card("assessment").get_by_role("button", name=re.compile("体重.*更改")).click()
    assert no_sideways_scroll(chat)
    check_accessible(chat)
    chat.say("患者突然晕厥，血压80/50")
    chat.page.screenshot(path=tmp_path / "conversation.png")
    chat.card("assessment").locator(".source").first.click()
    chat.page.get_by_role("dialog").get_by_role("table").first.wait_for()
    check_accessible(chat)


def check_accessible(chat: Chat) -> None:
    """axe-core finds nothing serious."""
    if not AXE.exists():
        missing("NO AXE-CORE: accessibility was not checked")
    chat.page.evaluate(AXE.read_text(encoding="utf-8") + "; void 0")
    found = chat.page.evaluate("axe.run().then((result) => result.violations)")
    serious = [
        (one["id"], [node["target"] for node in one["nodes"]], one["nodes"][0]["failureSummary"])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []


def test_every_example_is_answered(open_chat: OpenChat, address: str) -> None:
    chat = open_chat(address)
    titles = chat.page.locator(".examples b").all_inner_texts()
    assert len(titles) >= 4
    for title in titles:
        chat.page.locator(".examples button", has_text=title).click()
        chat.page.locator("article.user ~ article.bot").first.wait_for()
        said = chat.log.inner_text()
        assert "没有完全听懂" not in said, title
        chat.page.get_by_role("button", name="结束会话").click()
        chat.page.get_by_role("button", name="开始新会话").click()
        chat.page.locator(".examples button:enabled").first.wait_for()
