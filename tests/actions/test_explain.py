"""Why: what is said of an item, a drug or a score of the case, and of the question put last."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from actions.case import Case
from actions.conversation import converse
from actions.message import Message

Build = Callable[..., Message]
HIGH = {
    "age_years": 69, "imid": True, "dexamethasone_mg_per_cycle": 160, "diabetes": True, "bmi": 27,
    "central_venous_catheter": True, "acute_myocardial_infarction": False,
}  # fmt: skip


def asked(message: Build, text: str) -> str:
    case, _ = converse(Case(), [message("69岁……", **HIGH)])
    assert case.pending
    _, replies = converse(case, [message(text, intent="ask_why")])
    return "\n".join(reply.text for reply in replies)


@pytest.mark.parametrize("text", ["为什么糖尿病也算分", "糖尿病怎么加分了"])
def test_an_item_that_counts_is_shown_with_its_points_and_table(message: Build, text: str) -> None:
    assert "MM-VTE 风险：糖尿病计1分" in asked(message, text)
    assert "表5" in asked(message, text)


def test_an_item_that_does_not_count_says_what_is_known(message: Build) -> None:
    assert "急性心肌梗死未计分，已知急性心肌梗死：无" in asked(message, "陈旧心梗怎么没加分")


def test_an_item_nobody_spoke_of_is_open_and_not_denied(message: Build) -> None:
    assert "VTE家族史尚未计分，病例中没有提到；符合时计5分" in asked(message, "家族史为啥没算")


def test_one_fact_may_count_in_two_tables(message: Build) -> None:
    text = asked(message, "PICC为什么两边都加分")
    assert "MM-VTE 风险：中心静脉置管计2分" in text
    assert "出血风险：中心静脉置管计2分" in text


@pytest.mark.parametrize(
    ("text", "score", "cut_point"),
    [
        ("为什么是高危", "MM-VTE 风险】11分 高危", "9～12分"),
        ("这11分怎么来的", "MM-VTE 风险】11分 高危", "9～12分"),
        ("为什么出血风险低", "出血风险】", "≥7分"),
    ],
)
def test_a_tier_is_explained_item_by_item_with_the_cut_points(
    message: Build, text: str, score: str, cut_point: str
) -> None:
    said = asked(message, text)
    assert score in said
    assert cut_point in said


def test_a_missing_dose_is_explained_by_what_must_be_known(message: Build) -> None:
    assert "因为以下情况还不明确" in asked(message, "为啥不给剂量")


@pytest.mark.parametrize("text", ["为什么问这个", "为什么", "问这些干嘛"])
def test_the_question_put_last_is_explained_and_put_again(message: Build, text: str) -> None:
    said = asked(message, text)
    assert "回答可使" in said
    assert "【请补充】" in said


def test_without_a_case_the_consensus_answers(message: Build) -> None:
    _, replies = converse(Case(), [message("为什么糖尿病算危险因素", intent="ask_why")])
    assert "表5" in replies[0].text


def test_a_second_supposition_with_again_builds_on_the_first(message: Build) -> None:
    case, _ = converse(Case(), [message("69岁……", **HIGH)])
    case, _ = converse(case, [message("要是不放PICC呢", intent="what_if", central_venous_catheter=False)])
    _, replies = converse(case, [message("再把来那度胺停了", intent="what_if", imid=False)])
    assert "MM-VTE 风险 11→5分" in replies[0].text
    _, replies = converse(case, [message("那停来那度胺呢", intent="what_if", imid=False)])
    assert "MM-VTE 风险 11→7分" in replies[0].text


def test_of_a_patient_spoken_of_a_score_is_theirs(message: Build) -> None:
    case, _ = converse(Case(), [message("右腿肿痛", dvt_signs=True, entire_leg_swelling=True)])
    _, replies = converse(case, [message("wells几分", intent="ask_knowledge")])
    assert "【Wells DVT】1分" in replies[0].text
    _, replies = converse(Case(), [message("wells几分", intent="ask_knowledge")])
    assert "【Wells DVT】" not in replies[0].text
