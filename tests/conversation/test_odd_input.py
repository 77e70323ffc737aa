"""Odd, implausible and broken input: always an answer, never an internal error."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
import yaml
from conversation_general import general_differences
from conversation_replies import Bot, assessment, new_sender

SEED = 20221
ODD: list[str] = yaml.safe_load((Path(__file__).parent / "odd_input.yml").read_text("utf-8"))


@pytest.mark.parametrize("text", ODD)
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
    digits = re.search(r"\d+", text)[0]
    assert any(digits in (message.get("text") or "").replace(" ", "") for message in reply), "not asked about"


def test_random_mixtures_are_answered(bot: Bot) -> None:
    choice = random.Random(SEED)
    for _ in range(60):
        message = choice.choice(["，", " ", "", "\n"]).join(choice.sample(ODD, choice.randint(2, 5)))
        wrong = general_differences(bot.say(new_sender("mixture"), message), message, {})
        assert not wrong, (message, wrong)


def test_very_long_note_is_answered(bot: Bot) -> None:
    note = "患者男，67岁，多发性骨髓瘤，" + "双肺呼吸音清，未闻及干湿性啰音，" * 200 + "血小板136×10^9/L。"
    reply = bot.say(new_sender("long"), note)
    assert not general_differences(reply, note, {})
