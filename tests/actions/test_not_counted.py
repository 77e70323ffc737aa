"""不算 denies the one fact that is judged; it takes nothing back, and it is of no list."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from actions.answers.not_counted import judgement
from actions.answers.pending import answer_pending
from actions.case import Case, Evidence
from actions.handlers.control import undo_wanted
from actions.message import Message

Build = Callable[..., Message]
ACTIVE = {
    "facts": ["active_bleeding"],
    "select": "one",
    "options": [
        {"title": "是", "fact": "active_bleeding", "value": True},
        {"title": "否", "fact": "active_bleeding", "value": False},
    ],
}
LIST = {
    "facts": ["active_bleeding", "bleeding_within_3_months", "icu"],
    "select": "many",
    "options": [],
}


@pytest.mark.parametrize(
    "text", ["不算", "应该不算吧", "这个不算", "算不上", "不属于临床意义出血", "不算严重", "没那么严重"]
)
def test_a_judgement_takes_nothing_back(message: Build, text: str) -> None:
    assert judgement(text) is not None
    assert not undo_wanted(message(text, "undo"))


@pytest.mark.parametrize("text", ["不算数", "刚才那条不算", "撤销", "取消上一条", "不算了", "上一步作废"])
def test_what_takes_a_step_back(message: Build, text: str) -> None:
    assert undo_wanted(message(text, "undo"))


def test_not_counted_denies_the_one_fact_asked(message: Build) -> None:
    case = Case(pending=ACTIVE)
    assert answer_pending(case, message("不算", "undo")).understood
    assert case.facts == {"active_bleeding": False}


def test_not_severe_denies_no_active_bleeding(message: Build) -> None:
    case = Case(pending=ACTIVE)
    assert answer_pending(case, message("不算严重", "undo")).understood
    assert case.facts == {"active_bleeding": None}


def test_of_a_list_only_what_was_told(message: Build) -> None:
    case = Case(pending=LIST)
    assert not answer_pending(case, message("不算", "undo")).understood
    case.set("bleeding_within_3_months", None, Evidence("牙龈出血", 1, 1.0, "请确认"))
    assert answer_pending(case, message("不算", "undo")).understood
    assert case.facts == {"bleeding_within_3_months": False}
