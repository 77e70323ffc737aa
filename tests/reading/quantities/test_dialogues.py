"""Numbers and drugs in questions that are answered on the spot."""

from __future__ import annotations

import pytest

from rasa_project.reading.normalise import normalise

from .reading_cases import drug_facts, value


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("医：血小板多少？患：30", "platelets_e9_l", 30),
        ("体重多重？63公斤", "weight_kg", 63),
        ("护士：多大年纪了？病人：七十二。", "age_years", 72),
        ("您今年几岁？81", "age_years", 81),
        ("血小板查了吗？查了，38", "platelets_e9_l", 38),
    ],
)
def test_the_number_answers_the_question(text: str, fact: str, expected: object) -> None:
    assert value(text, fact) == expected


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("现在吃着来那度胺吗？吃着呢", True),
        ("用沙利度胺没有？没用过", False),
        ("来那度胺停了吗？没停", True),
        ("来那度胺停了吗？停了，上周停的", False),
        ("冇用来那度胺", False),
        ("食紧来那度胺", True),
    ],
)
def test_the_answer_says_whether_it_is_taken(text: str, taken: bool) -> None:
    assert drug_facts(text)["imid"].value is taken


@pytest.mark.parametrize(
    "text",
    [
        "有糖尿病吗？没有",
        "医：有没有慢阻肺？\n患：前年查出来的，早好了",
        "甲：DVT得过没？乙：得过，前年。甲：PE？乙：没有。",
        "佢冇糖尿病，呒没房颤，木有慢阻肺啥的没有",
        "多大了？72？？吗吗，没没--",
    ],
)
def test_every_character_keeps_its_place(text: str) -> None:
    assert len(normalise(text).text) == len(text)
