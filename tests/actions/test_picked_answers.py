"""A many-choice question answered option by option: what is not understood is never denied."""

from __future__ import annotations

from typing import Any

import pytest

from actions.answers.pending import answer_pending
from actions.answers.reanswer import answer_again
from actions.case import Case
from actions.message import Message
from rasa_project.reading.answers import read_answer
from rasa_project.reading.reader import read

FACTS = ("active_bleeding", "bleeding_within_3_months", "coagulopathy", "icu", "atrial_fibrillation")


def answered(text: str) -> tuple[dict[str, Any], bool]:
    """What the answer sets beside what it names itself, and whether it was understood."""
    options: list[dict[str, Any]] = [{"title": fact, "fact": fact, "value": True} for fact in FACTS]
    options.append({"title": "以上均无", "exclusive": True, "sets": dict.fromkeys(FACTS, False)})
    case = Case(pending={"facts": list(FACTS), "select": "many", "options": options})
    entities = [mention.as_entity("reader") for mention in read(text).mentions]
    message = Message(text, "provide_facts", entities, [], read_answer(text), 0.0)
    result = answer_pending(case, message)
    return case.facts, result.understood


def numbered(*values: bool | None) -> dict[str, Any]:
    return dict(zip(FACTS, values, strict=True))


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("3和5有，其他没有", numbered(False, False, True, False, True)),
        ("后两个有，其余都没有", numbered(False, False, False, True, True)),
        ("第三个和第五个有", numbered(False, False, True, False, True)),
        ("3不清楚，别的没有", numbered(False, False, None, False, False)),
        ("2到4都没有，5有，1没问", numbered(None, False, False, False, True)),
        ("1 2 3 4都没有 5不知道", numbered(False, False, False, False, None)),
        ("4有，其他没查", numbered(None, None, None, True, None)),
        ("无2，余不详", numbered(None, False, None, None, None)),
        ("2、4，其他不清楚", numbered(None, True, None, True, None)),
        ("没有其他的", numbered(False, False, False, False, False)),
        ("无其他", numbered(False, False, False, False, False)),
    ],
)
def test_each_option_keeps_its_own_answer(text: str, facts: dict[str, Any]) -> None:
    assert answered(text)[0] == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("4和5不确定", {"icu": None, "atrial_fibrillation": None}),
        ("3没有", {"coagulopathy": False}),
        ("3有4没有", {"coagulopathy": True, "icu": False}),
        ("没有第三个", {"coagulopathy": False}),
        ("3有，昨天刚查的", {"coagulopathy": True}),
    ],
)
def test_the_others_stay_unsaid(text: str, facts: dict[str, Any]) -> None:
    assert answered(text)[0] == facts


@pytest.mark.parametrize("text", ["除了脑子不好都没有", "只有那个老毛病", "脚气，其他没有"])
def test_an_exception_that_is_not_understood_denies_nothing(text: str) -> None:
    assert answered(text) == ({}, False)


@pytest.mark.parametrize("text", ["除了房颤都没有", "房颤有，其他没有", "只有房颤"])
def test_an_exception_that_is_understood_denies_the_rest(text: str) -> None:
    # what the message names itself is folded in by the turn
    assert answered(text)[0] == dict.fromkeys(FACTS[:-1], False)


@pytest.mark.parametrize("text", ["不对", "不是", "不用了", "不行", "不对 超声科说别的"])
def test_a_contradiction_denies_no_list(text: str) -> None:
    assert answered(text)[0] == {}


@pytest.mark.parametrize("text", ["没有", "无", "0", "均无", "没，都挺好", "(-)", "no", "未见"])
def test_a_denial_denies_the_list(text: str) -> None:
    assert answered(text)[0] == dict.fromkeys(FACTS, False)


@pytest.mark.parametrize(
    ("fact", "text", "value"),
    [
        ("pe_more_likely_than_alternatives", "不大像，更像肺炎", False),
        ("pe_more_likely_than_alternatives", "更像肺栓塞", True),
        ("pe_more_likely_than_alternatives", "跟肺炎五五开", False),
        ("alternative_diagnosis_as_likely_as_dvt", "跟蜂窝织炎差不多吧", True),
        ("alternative_diagnosis_as_likely_as_dvt", "首先考虑DVT", False),
    ],
)
def test_what_a_few_words_say_of_the_fact_asked_for(fact: str, text: str, value: bool) -> None:
    options = [{"title": "是", "fact": fact, "value": True}, {"title": "否", "fact": fact, "value": False}]
    case = Case(pending={"facts": [fact], "select": "one", "options": options})
    answer_pending(case, Message(text, "provide_facts", [], [], read_answer(text), 0.0))
    assert case.facts == {fact: value}


def test_what_was_said_not_to_be_known_is_none_of_the_others() -> None:
    options: list[dict[str, Any]] = [{"title": fact, "fact": fact, "value": True} for fact in FACTS]
    options.append({"title": "以上均无", "exclusive": True, "sets": dict.fromkeys(FACTS, False)})
    pending = {"facts": list(FACTS), "select": "many", "options": options}
    case = Case(facts={"icu": None}, pending=pending)
    answer_pending(case, Message("其他的都没有", "provide_facts", [], [], read_answer("其他的都没有"), 0.0))
    assert case.facts == numbered(False, False, False, None, False)
    answer_pending(case, Message("都没有", "deny", [], [], read_answer("都没有"), 0.0))
    assert case.facts == dict.fromkeys(FACTS, False)


@pytest.mark.parametrize("text", ["除了2都没有", "以上都没有，除了2", "除了第2个以外都没有"])
def test_all_but_a_number(text: str) -> None:
    assert answered(text)[0] == numbered(False, True, False, False, False)


def test_what_stands_between_the_numbers_is_left_to_the_reader() -> None:
    facts, understood = answered("有4，没别的，INR 1.8")
    # an INR that is named beside "nothing else" may bear out a coagulopathy: that one stays open
    expected = numbered(False, False, False, True, False)
    del expected["coagulopathy"]
    assert facts == expected
    assert understood


def test_what_was_not_read_may_be_an_exception() -> None:
    assert answered("有4，没别的，胃里有点问题")[0] == {"icu": True}


def test_that_there_is_no_more_to_tell_denies_nothing() -> None:
    facts, understood = answered("就这些了")
    assert (facts, understood) == ({}, True)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("不对，第一个没有", numbered(False, False, False, False, True)),
        ("说错了，1没有3有", numbered(False, False, True, False, True)),
        ("不对，都没有", numbered(False, False, False, False, False)),
    ],
)
def test_an_answer_is_taken_back_by_number(text: str, facts: dict[str, Any]) -> None:
    assert answered_again(text) == facts


def test_a_long_answered_question_is_not_meant() -> None:
    assert answered_again("不对，第一个没有", later=9) == numbered(True, False, False, False, True)


def answered_again(text: str, later: int = 1) -> dict[str, Any]:
    """What is known after 第一个和第五个有, corrected some turns later."""
    options: list[dict[str, Any]] = [{"title": fact, "fact": fact, "value": True} for fact in FACTS]
    options.append({"title": "以上均无", "exclusive": True, "sets": dict.fromkeys(FACTS, False)})
    pending = {"facts": list(FACTS), "select": "many", "options": options}
    case = Case(facts=numbered(True, False, False, False, True), turn=2 + later)
    case.answered = {"pending": pending, "turn": 2}
    answer_again(case, Message(text, "deny", [], [], read_answer(text), 0.0))
    return case.facts
