"""Emergencies typed in key words: what calls for help now, and what only sounds like it."""

from __future__ import annotations

from datetime import date

import pytest

from rasa_project.reading.reader import read

DAY = date(2025, 6, 2)


def _told(text: str) -> dict[str, object]:
    return {mention.fact: mention.value for mention in read(text, DAY).mentions}


@pytest.mark.parametrize(
    ("text", "emergency"),
    [
        ("患者刚才突然倒地，骨髓瘤", "syncope"),
        ("骨髓瘤病人 喊不醒 血压没量", "syncope"),
        ("打克赛期间头疼得厉害 一直吐 骨髓瘤", "intracranial"),
        ("奶奶骨髓瘤 今早突然嘴歪 话讲不出", "intracranial"),
        ("Hb两天内从95掉到62 在打克赛 骨髓瘤", "hemoglobin_drop"),
        ("昨晚血色素突然降了 骨髓瘤 华法林", "hemoglobin_drop"),
        ("左小腿DVT 触不到足背动脉 脚发凉", "limb_ischemia"),
        ("右下肢DVT 脚冰凉 皮肤花斑", "limb_ischemia"),
        ("突发胸闷气短2小时 血压平稳 骨髓瘤 来那度胺", "sudden_dyspnea"),
        ("没有咯血 没有发热 心率正常 骨髓瘤 突发胸痛", "sudden_dyspnea"),
    ],
)
def test_an_emergency_in_key_words(text: str, emergency: str) -> None:
    told = [mention.value for mention in read(text, DAY).mentions if mention.fact == "emergency"]
    assert emergency in told


@pytest.mark.parametrize(
    "text",
    [
        "骨髓瘤患者没有意识障碍 无剧烈头痛",
        "患者意识清楚，没有意识模糊，DVT",
        "血红蛋白逐渐下降，近3个月由100降至80，MM",
        "血红蛋白没有突然下降，骨髓瘤",
        "右下肢DVT，双足背动脉可触及，皮温正常",
        "如果出现剧烈头痛怎么办",
        "突发呼吸困难3小时，现已平稳，骨髓瘤",
        "既往3年前突发偏瘫，骨髓瘤",
        "无头痛、呕吐，骨髓瘤66岁",
    ],
)
def test_no_emergency(text: str) -> None:
    assert "emergency" not in _told(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("没有瘫痪，不过上了石膏", True),
        ("截瘫，没打石膏", True),
        ("没石膏，但是偏瘫", True),
        ("没有瘫痪，没打石膏", False),
    ],
)
def test_palsy_or_cast(text: str, value: bool) -> None:
    assert _told(text)["paralysis_or_recent_cast"] is value
