"""Facts told in a few words about what was spoken of before; of anything else, nothing."""

from typing import Any

import pytest

from actions.case import Case, Evidence
from actions.told.later_facts import (
    FOUR_WEEKS,
    LINE,
    SURGERY,
    as_before,
    beside,
    of_the_line,
    of_the_operation,
)


def case_of(turn: int = 2, **facts: Any) -> Case:
    return Case(facts=facts, evidence={fact: Evidence("…", 1, 0.0) for fact in facts}, turn=turn)


@pytest.mark.parametrize("text", ["拔了", "刚拔", "已经拔了", "昨天拔掉了", "PICC上周拔了"])
def test_a16_the_catheter_that_is_in_place_is_out(text: str) -> None:
    assert of_the_line(case_of(central_venous_catheter=True), text) == {LINE: False}
    assert of_the_line(case_of(age_years=70), text) == {}


@pytest.mark.parametrize("text", ["拔了吗", "准备拔", "什么时候拔", "要拔了吗", "拔牙了", "尿管拔了"])
def test_a_catheter_that_is_asked_about_or_another_thing_is_not_out(text: str) -> None:
    assert of_the_line(case_of(central_venous_catheter=True), text) == {}


@pytest.mark.parametrize("text", ["还没拔", "没拔呢", "还在"])
def test_the_catheter_is_still_in(text: str) -> None:
    assert of_the_line(case_of(central_venous_catheter=True), text) == {LINE: True}


@pytest.mark.parametrize(
    ("text", "month", "weeks"),
    [
        ("正好28天", True, True), ("正好30天", True, None), ("31天了", False, None), ("两周前", True, True),
        ("一个月前", True, None), ("一个多月了", False, None), ("两个月了", False, False),
        ("半年前", False, False), ("二十天", True, True),
    ],
)  # fmt: skip
def test_a04_a09_the_time_of_an_operation_that_is_asked_for(
    text: str, month: bool, weeks: bool | None
) -> None:
    assert of_the_operation(case_of(**{SURGERY: None}), text) == {SURGERY: month, FOUR_WEEKS: weeks}


def test_a_time_without_an_operation_is_nothing() -> None:
    assert of_the_operation(case_of(age_years=70), "正好30天") == {}
    assert of_the_operation(case_of(**{SURGERY: None}), "血小板30") == {}


def reassessed(**facts: Any) -> Case:
    case = case_of(age_years=70)
    case.baseline = {"age_years": 70, **facts}
    return case


def test_nothing_has_changed_since_but_what_time_takes_out_of_its_window() -> None:
    case = reassessed(gfr=66, platelets_e9_l=110, active_bleeding=False, major_surgery_within_1_month=True)
    same = {"gfr": 66, "platelets_e9_l": 110, "active_bleeding": False}
    assert as_before(case, "都没变") == same
    assert as_before(case, "和上次一样") == same
    assert as_before(case_of(gfr=66), "都没变") == {}


def test_what_is_named_besides_is_not_as_before() -> None:
    case = reassessed(gfr=66, platelets_e9_l=110, central_venous_catheter=True)
    assert beside(case, "血小板80，GFR没变") == {"gfr": 66}
    assert beside(case, "PICC已拔，其余同前") == {"gfr": 66, "platelets_e9_l": 110}
    assert beside(case, "血小板80") == {}
