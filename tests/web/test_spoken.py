"""What a screen reader is told: each card by its roles and names, and news once and in order."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect
from web_chat import Chat, OpenChat

from rasa_project.serving.background import BackgroundBot

CASE = (
    "67岁男性，MM新诊断，拟VRd方案，来那度胺25mg，地塞米松40mg d1,8,15,22，身高170cm体重75kg，PICC置管，"
    "血小板145，eGFR 88"
)
#: Notes what is added to the log and lies in no part that is kept silent: that is what is read out.
LISTEN = """() => {
  const log = document.querySelector('mm-vte-chat').shadowRoot.querySelector('[role=log]');
  window.spoken = [];
  new MutationObserver((changes) => {
    for (const change of changes) for (const node of change.addedNodes) {
      if (!node.textContent.trim() || node.parentElement.closest('[aria-live]') !== log) continue;
      spoken.push(node.className + ': ' + node.textContent.slice(0, 12));
    }
  }).observe(log, {childList: true, subtree: true});
}"""


@pytest.fixture
def chat(open_chat: OpenChat, bot: BackgroundBot) -> Chat:
    """The real bot's page, agreed to."""
    return open_chat(f"http://127.0.0.1:{bot.port}/")


def test_news_is_read_out_once_and_in_order(chat: Chat) -> None:
    chat.page.evaluate(LISTEN)
    chat.say(CASE)
    first = [
        "user: 您67岁男性，MM新诊断",
        "typing: 助手正在回答",
        "bot assessment: 助手",
        "bot question: 助手",
    ]
    spoken = chat.page.evaluate("spoken")
    assert [said.startswith(start) for said, start in zip(spoken, first, strict=True)] == [True] * 4
    # The first cards are redrawn, locked, and stay silent.
    chat.say("没有活动性出血")
    again = ["user: 您没有活动性出血", *first[1:]]
    spoken = chat.page.evaluate("spoken.slice(4)")
    assert [said.startswith(start) for said, start in zip(spoken, again, strict=True)] == [True] * 4


def live_parts(chat: Chat) -> list[tuple[str, str]]:
    """Role and politeness of each part that speaks up by itself, as the browser tells it."""
    devtools = chat.page.context.new_cdp_session(chat.page)
    devtools.send("Accessibility.enable")
    nodes: list[dict[str, Any]] = devtools.send("Accessibility.getFullAXTree")["nodes"]
    parts = []
    for node in nodes:
        own = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
        if own.get("live") and own.get("root") is None and not node.get("ignored"):
            parts.append((node["role"]["value"], str(own["live"])))
    return parts


def test_the_browser_tells_which_parts_speak_up(chat: Chat) -> None:
    chat.say(CASE)
    chat.say("患者突然晕厥，血压80/50")
    parts = live_parts(chat)
    assert ("log", "polite") in parts
    assert ("status", "polite") in parts
    assert ("alert", "assertive") in parts


def test_a_score_card(chat: Chat) -> None:
    chat.say(CASE)
    expect(chat.card("assessment")).to_match_aria_snapshot("""
      - article:
        - heading "助手" [level=3]
        - paragraph: /高危/
        - heading "MM相关VTE风险分层" [level=4]
        - img /MM相关VTE风险分层：10 分，高危，待定项可致 10～\\d+ 分/
        - table "计分项（合计 10 分）":
          - rowgroup:
            - row "项目 分值 依据":
              - columnheader "项目"
              - columnheader "分值"
              - columnheader "依据"
          - rowgroup:
            - row /免疫调节剂/:
              - rowheader "免疫调节剂"
              - cell "+4"
              - cell "「来那度胺」"
        - button "打开出处： 共识 五（一）表5"
        - heading "可改变分层的未知项" [level=4]
        - list:
          - listitem:
            - button "补充遗传性易栓症"
        - heading "建议与提示" [level=4]
        - list:
          - listitem: /可选其一/
          - listitem: /不推荐/
        - button "复制全文"
    """)
    expect(chat.card("assessment").get_by_role("button", name="体重：75 kg，更改")).to_have_count(1)


def test_a_question_with_several_answers(chat: Chat) -> None:
    chat.say(CASE)
    expect(chat.card("question")).to_match_aria_snapshot("""
      - article:
        - heading "助手" [level=3]
        - group "用药安全：患者有以下哪些情况？":
          - list:
            - listitem:
              - checkbox "活动性出血或大出血"
            - listitem:
              - checkbox "以上均无"
          - button "确定" [disabled]
          - button "不清楚"
          - button "跳过"
          - progressbar /已明确 \\d+ \\/ \\d+ 项/
    """)


def test_a_question_for_numbers(chat: Chat) -> None:
    chat.say("67岁，Rd方案，评估血栓风险")
    question = chat.card("question")
    expect(question.get_by_role("group").first.get_by_role("textbox").first).to_have_accessible_name(
        "每周期地塞米松总量 mg"
    )
    question.get_by_role("textbox").first.fill("9999")
    question.get_by_role("button", name="确定").click()
    expect(question.get_by_role("alert")).to_have_text("每周期地塞米松总量：可接受范围 0～2000 mg")


def test_advice_with_its_doses(chat: Chat) -> None:
    chat.say("依诺肝素治疗量58公斤打多少")
    expect(chat.card("advice")).to_match_aria_snapshot("""
      - article:
        - heading "助手" [level=3]
        - list:
          - listitem:
            - text: /可选其一/
            - list:
              - listitem:
                - strong: 58 mg
                - text: /每日2次/
            - button /打开出处/
    """)


def test_a_comparison(chat: Chat) -> None:
    chat.say(CASE)
    chat.say("如果换成硼替佐米呢")
    expect(chat.card("comparison")).to_match_aria_snapshot("""
      - article:
        - heading "助手" [level=3]
        - region "当前":
          - heading "当前" [level=4]
          - img /MM相关VTE风险分层：10 分/
        - region "假设":
          - heading "假设" [level=4]
          - img /MM相关VTE风险分层：6 分/
        - table "差别":
          - rowgroup:
            - row "项目 当前 假设":
              - columnheader "项目"
              - columnheader "当前"
              - columnheader "假设"
          - rowgroup:
            - row "治疗方案 VRd 未提及":
              - rowheader "治疗方案"
              - cell "VRd"
              - cell "未提及"
        - button "就按这个"
    """)


def test_an_answer_and_its_source(chat: Chat) -> None:
    chat.say("来那度胺会增加血栓风险吗")
    chat.card("answer").get_by_role("button", name="打开出处： 共识 四表4").click()
    expect(chat.page.get_by_role("dialog", name="共识 四表4")).to_match_aria_snapshot("""
      - dialog "共识 四表4":
        - heading "共识 四表4" [level=2]
        - table /表4/:
          - rowgroup:
            - row:
              - rowheader "沙利度胺"
        - button "关闭"
    """)


def test_an_emergency(chat: Chat) -> None:
    chat.say("患者突然晕厥，血压80/50")
    expect(chat.card("alert")).to_match_aria_snapshot("""
      - article:
        - heading "助手" [level=3]
        - alert:
          - paragraph: /紧急情况/
    """)
