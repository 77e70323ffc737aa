"""Which words speak of a patient other than the one of the case."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from actions.case import Case
from actions.message import Message
from actions.patients.former_patients import another_is_meant, note_labels

Build = Callable[..., Message]


def second_case(message: Build, first: str, second: str) -> Case:
    case = Case(facts={"age_years": 66})
    note_labels(case, message(first))
    case = case.fresh()
    note_labels(case, message(second))
    return case


@pytest.mark.parametrize(
    "text",
    [
        "病例1有糖尿病",
        "上一个病人有DVT病史",
        "前一位患者血小板45",
        "刚才那个男的有糖尿病",
        "回到第一个病人，卧床",
        "病例 一还有房颤",
    ],
)
def test_of_another(message: Build, text: str) -> None:
    assert another_is_meant(second_case(message, "病例1：男66岁", "病例2：女55岁"), message(text))


@pytest.mark.parametrize(
    "text",
    [
        "病例2有糖尿病",
        "之前患者有过DVT",
        "上一个周期地米160mg",
        "患者1年前有DVT",
        "病人2周前手术",
        "之前的血小板45",
    ],
)
def test_of_this_one(message: Build, text: str) -> None:
    assert not another_is_meant(second_case(message, "病例1：男66岁", "病例2：女55岁"), message(text))


def test_a_name_that_was_not_named_before(message: Build) -> None:
    case = Case(facts={"age_years": 66})
    note_labels(case, message("张三：男66岁"))
    assert another_is_meant(case, message("李四有糖尿病")) == "李四"


def test_nobody_else_was_told_of(message: Build) -> None:
    assert not another_is_meant(Case(facts={"age_years": 66}), message("上一个病人有糖尿病"))
