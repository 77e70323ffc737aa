"""都没有 does not wipe out what was told and awaits a word; asked by itself, it is settled."""

from __future__ import annotations

from collections.abc import Callable

from actions.answers.pending import answer_pending
from actions.case import Case, Evidence
from actions.message import Message

Build = Callable[..., Message]
NONE = {"no": True, "none_of_above": True}
LIST = {
    "facts": ["coagulopathy", "icu"],
    "select": "many",
    "options": [
        {"title": "出凝血指标异常", "fact": "coagulopathy", "value": True},
        {"title": "ICU", "fact": "icu", "value": True},
        {"title": "以上均无", "sets": {"coagulopathy": False, "icu": False}, "exclusive": True},
    ],
}
ALONE = {
    "facts": ["coagulopathy"],
    "select": "one",
    "options": [
        {"title": "是", "fact": "coagulopathy", "value": True},
        {"title": "否", "fact": "coagulopathy", "value": False},
    ],
}


def case_with(note: str | None) -> Case:
    case = Case(pending=LIST)
    case.set("coagulopathy", None, Evidence("PT延长", 1, 1.0, note))
    return case


def test_what_was_told_stays_open(message: Build) -> None:
    case = case_with("请确认")
    answered = answer_pending(case, message("都没有", "deny", NONE))
    assert case.facts == {"coagulopathy": None, "icu": False}
    assert any("PT延长" in notice for notice in answered.notices)


def test_what_was_not_known_is_denied_with_the_others(message: Build) -> None:
    case = case_with(None)
    answer_pending(case, message("都没有", "deny", NONE))
    assert case.facts == {"coagulopathy": False, "icu": False}


def test_asked_by_itself_it_is_settled(message: Build) -> None:
    case = case_with("请确认")
    case.pending = ALONE
    answer_pending(case, message("没有", "deny", {"no": True}))
    assert case.facts == {"coagulopathy": False}
