"""What a few words mean after what was said before; where it could mean more than one thing, nothing."""

from typing import Any

import pytest

from actions.asked.ellipsis import (
    another_value,
    called_wrong,
    came_to,
    corrected_number,
    drug_stopped,
    named_finding,
)
from actions.case import Case, Evidence


def case_of(turn: int = 2, **facts: Any) -> Case:
    return Case(facts=facts, evidence={fact: Evidence("…", 1, 0.0) for fact in facts}, turn=turn)


def test_a_bare_number_is_another_value_of_the_quantity_told_last() -> None:
    assert another_value(case_of(gfr=35), "29.9呢", ["gfr", "weight_kg"]) == {"gfr": 29.9}


def test_a_bare_number_is_another_value_of_the_only_one_it_fits() -> None:
    case = case_of(dexamethasone_mg_per_cycle=80, bmi=23, age_years=70)
    assert another_value(case, "160呢", []) == {"dexamethasone_mg_per_cycle": 160}


@pytest.mark.parametrize("text", ["75呢", "1600呢", "呢", "160"])
def test_a_number_that_could_be_several_or_none_is_nothing(text: str) -> None:
    case = case_of(dexamethasone_mg_per_cycle=80, bmi=23, age_years=70)
    assert another_value(case, text, []) == ({} if text != "160" else {"dexamethasone_mg_per_cycle": 160})


def test_a_finding_alone_is_supposed_to_be_otherwise() -> None:
    assert named_finding(case_of(), "那PICC呢") == {"central_venous_catheter": True}
    assert named_finding(case_of(central_venous_catheter=True), "那PICC呢") == {
        "central_venous_catheter": False
    }
    assert named_finding(case_of(diabetes=False), "糖尿病呢？") == {"diabetes": True}


@pytest.mark.parametrize("text", ["拔掉PICC后呢", "不放PICC的话", "PICC取出后呢"])
def test_a16_a_line_that_is_taken_out_is_supposed_away_though_none_was_told(text: str) -> None:
    assert named_finding(case_of(), text) == {"central_venous_catheter": False}


def test_a_drug_asked_to_be_stopped_is_supposed_away_where_it_is_given() -> None:
    assert drug_stopped(case_of(imid=True), "要停掉泊马度胺吗", ["pomalidomide"]) == {"imid": False}
    assert drug_stopped(case_of(), "要停掉泊马度胺吗", ["pomalidomide"]) == {}
    assert drug_stopped(case_of(imid=True), "泊马度胺要紧吗", ["pomalidomide"]) == {}


@pytest.mark.parametrize("text", ["那个呢", "血小板呢", "PICC和糖尿病呢", "他有没有糖尿病"])
def test_what_names_no_single_finding_supposes_nothing(text: str) -> None:
    assert named_finding(case_of(), text) == {}


def test_the_number_that_was_refused_is_put_right() -> None:
    case = case_of()
    case.refused = "weight_kg"
    assert corrected_number(case, "打错了58") == {"weight_kg": 58}
    assert corrected_number(case, "不对，应该是5") == {}


def test_a_correction_without_a_name_is_of_the_only_number_it_fits() -> None:
    assert corrected_number(case_of(weight_kg=65, gfr=20), "错了，是56公斤") == {"weight_kg": 56}
    assert corrected_number(case_of(weight_kg=65, age_years=60), "错了，是62") == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("恢复到60了", {"platelets_e9_l": 60}),
        ("又升到60", {"platelets_e9_l": 60}),
        ("掉到60了", {"gfr": 60}),
        ("又涨到6万了", {"platelets_e9_l": 60}),
        ("回落到60", {"gfr": 60}),
        ("恢复了", {}),
        ("恢复到60再说吧", {}),
    ],
)
def test_a_value_that_came_to_a_number_is_of_the_quantity_that_can_have_gone_so(
    text: str, expected: dict[str, Any]
) -> None:
    assert came_to(case_of(platelets_e9_l=30, gfr=80, weight_kg=68), text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我说错了 是65", {"weight_kg": 65}),
        ("刚才报错了，65", {"weight_kg": 65}),
        ("不对 是25万", {"platelets_e9_l": 250}),
        ("写错了，71岁", {"age_years": 71}),
        ("有误，应该是62", {"weight_kg": 62}),
        ("说错了，没有", {}),
        ("不对，190", {}),
    ],
)
def test_a_bare_correction_is_of_what_was_told_last_or_of_what_its_unit_means(
    text: str, expected: dict[str, Any]
) -> None:
    case = case_of(turn=3, weight_kg=60, age_years=70, platelets_e9_l=200)
    case.evidence["weight_kg"].turn = 2
    assert corrected_number(case, text) == expected
    assert called_wrong(case, text) is bool(expected)
