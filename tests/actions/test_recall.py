"""Which messages ask for the source, the change, or a case that is gone; other questions do not."""

import pytest

from actions.handlers.recall import recall_wanted
from actions.message import Message


def wanted(text: str) -> str | None:
    return recall_wanted(Message(text, "ask_why", [], [], None, 0.0))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("出处呢", "source"),
        ("依据是什么？", "source"),
        ("这个的来源", "source"),
        ("指南来源", "source"),
        ("共识哪一条", "source"),
        ("根据什么", "source"),
        ("和上次比变了啥", "change"),
        ("有什么变化吗", "change"),
        ("为什么变了", "change"),
        ("刚才那个男的几分", "earlier_case"),
        ("上一个病人的评分是多少", "earlier_case"),
    ],
)
def test_recall(text: str, kind: str) -> None:
    assert wanted(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "出血依据评分多少",
        "病情有变化",
        "体重变了，62kg",
        "为什么问",
        "这个病人几分",
        "上一次DVT在2020年",
        "血小板变成50",
        "男，60岁",
    ],
)
def test_anything_else_is_no_recall(text: str) -> None:
    assert wanted(text) is None
