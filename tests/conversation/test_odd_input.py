"""Odd, implausible and broken input: always an answer, never an internal error, nothing implausible taken in."""

from __future__ import annotations

import random

import pytest
from conversation_general import general_differences
from conversation_replies import Bot, assessment, new_sender

SEED = 20221
ODD = [
    "身高1720cm", "体重780kg", "血小板136000", "BMI 999", "INR 0", "GFR -3", "心率1000次/分", "年龄-5岁", "200岁",
    "十六十三岁", "零六十三岁", "第十三周期", "2月30日手术", "13月5日行手术", "术后第300天", "卧床0天", "3/4天前",
    "地塞米松mg", "40mg d1-", "d1,8,15,22", "（", "((((", "1.2.3", "9" * 40, "％", "——", "，。，。", "万", "半", "无",
    "否认", "无无无无", "不是没有不能排除", "/", "//help", "\u200b\u200b", "🩸", "<b>血小板50</b>", "NaN", "null", "true",
]  # fmt: skip


@pytest.mark.parametrize("text", [text for text in ODD if text.strip("\u200b")])
def test_odd_message_is_answered(bot: Bot, text: str) -> None:
    sender = new_sender("odd")
    for message in (text, f"男，62岁，骨髓瘤，{text}，来那度胺"):
        wrong = general_differences(bot.say(sender, message), message, {})
        assert not wrong, (message, wrong)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("身高1720cm", "height_cm"),
        ("体重780kg", "weight_kg"),
        ("BMI 999", "bmi"),
        ("年龄200岁", "age_years"),
        ("INR 50", "inr"),
        ("血小板5000×10^9/L", "platelets_e9_l"),
        ("心率1000次/分", "heart_rate_bpm"),
    ],
)
def test_implausible_number_is_asked_about_and_never_used(bot: Bot, text: str, fact: str) -> None:
    reply = bot.say(new_sender("implausible"), f"男，骨髓瘤，来那度胺，{text}")
    data = assessment(reply)
    assert data is not None
    assert data["facts"].get(fact) is None, data["facts"]
    digits = "".join(character for character in text if character.isdigit())
    assert any(digits in (message.get("text") or "").replace(" ", "") for message in reply), "not asked about"


def test_random_mixtures_are_answered(bot: Bot) -> None:
    choice = random.Random(SEED)
    for _ in range(60):
        message = choice.choice(["，", " ", "", "\n"]).join(choice.sample(ODD, choice.randint(2, 5)))
        if message.strip():
            wrong = general_differences(bot.say(new_sender("mixture"), message), message, {})
            assert not wrong, (message, wrong)


def test_very_long_note_is_answered(bot: Bot) -> None:
    note = "患者男，67岁，多发性骨髓瘤，" + "双肺呼吸音清，未闻及干湿性啰音，" * 200 + "血小板136×10^9/L。"
    reply = bot.say(new_sender("long"), note)
    assert not general_differences(reply, note, {})
