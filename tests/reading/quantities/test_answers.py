"""Short replies to a question that was put."""

from __future__ import annotations

from typing import Any

import pytest

from rasa_project.reading.answers import read_answer

_FLAGS = ("yes", "no", "unknown", "skip", "none_of_above", "all", "only", "rest_denied")


def _said(text: str) -> dict[str, Any]:
    answer = read_answer(text)
    assert answer is not None, text
    assert set(answer) >= {*_FLAGS, "numbers", "choices", "unit"}
    return {
        key: value
        for key, value in answer.items()
        if value and key in {*_FLAGS, "numbers", "choices", "unit"}
    }


@pytest.mark.parametrize(
    "text", ["有", "是", "对", "嗯", "有的", "是的", "嗯，有", "阳性", "(+)", "Yes", "有，去年", "確定"]
)
def test_yes(text: str) -> None:
    assert _said(text) == {"yes": True}


@pytest.mark.parametrize(
    "text",
    ["没有", "无", "否", "没", "不是", "没有啊", "没有的", "阴性", "（-）", "No", "没有，从来没有", "沒有"],
)
def test_no(text: str) -> None:
    assert _said(text) == {"no": True}


@pytest.mark.parametrize(
    "text", ["不清楚", "不知道", "待查", "没查", "不详", "不太清楚", "还没出来", "?", "记不清了"]
)
def test_unknown_is_never_no(text: str) -> None:
    assert _said(text) == {"unknown": True}


@pytest.mark.parametrize("text", ["跳过", "略过", "下一题", "以后再说", "skip"])
def test_skip(text: str) -> None:
    assert _said(text) == {"skip": True}


@pytest.mark.parametrize(
    "text", ["都没有", "以上均无", "以上都没有", "均无", "都不是", "全都没有", "以上皆无"]
)
def test_none_of_above(text: str) -> None:
    assert _said(text) == {"none_of_above": True, "no": True}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("都有", {"yes": True, "all": True}),
        ("只有糖尿病", {"only": True, "rest_denied": True}),
        ("其他没有", {"rest_denied": True}),
        ("糖尿病、卧床，其余无", {"rest_denied": True}),
        ("其余不清楚", {"unknown": True}),
        ("其他没有查", {"unknown": True}),
        ("1 3 5", {"numbers": [1, 3, 5], "choices": [1, 3, 5]}),
        ("1、3、5", {"numbers": [1, 3, 5], "choices": [1, 3, 5]}),
        ("１", {"numbers": [1], "choices": [1]}),
        ("①", {"choices": [1]}),
        ("①③", {"choices": [1, 3]}),
        ("第2个", {"choices": [2]}),
        ("选B", {"choices": [2]}),
        ("1,3,其他没有", {"rest_denied": True, "numbers": [1, 3], "choices": [1, 3]}),
        ("只有1和3", {"only": True, "rest_denied": True, "numbers": [1, 3], "choices": [1, 3]}),
        ("65", {"numbers": [65]}),
        ("65kg", {"numbers": [65], "unit": "kg"}),
        ("約65公斤", {"numbers": [65], "unit": "kg"}),
        ("六十五", {"numbers": [65]}),
        ("1.2", {"numbers": [1.2]}),
        ("130斤", {"numbers": [65], "unit": "kg"}),
        ("4.5万", {"numbers": [45], "unit": "×10⁹/L"}),
        ("3.6g/dl", {"numbers": [36], "unit": "g/L"}),
        ("半年", {"numbers": [6], "unit": "个月"}),
        ("8个月", {"numbers": [8], "unit": "个月"}),
        ("30ml/min", {"numbers": [30], "unit": "ml/min"}),
    ],
)
def test_mixed(text: str, said: dict[str, Any]) -> None:
    assert _said(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "糖尿病",
        "推荐什么药",
        "血小板45",
        "",
        "患者女，72岁，没有糖尿病史，目前来那度胺维持治疗",
        "需要抗凝吗",
    ],
)
def test_other_messages_are_no_answer(text: str) -> None:
    assert read_answer(text) is None


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("130斤", "weight_kg", 65),
        ("65", "weight_kg", 65),
        ("1.62", "height_cm", 162),
        ("1米62", "height_cm", 162),
        ("4.5万", "platelets_e9_l", 45),
        ("45000", "platelets_e9_l", 45),
        ("45×10^9/L", "platelets_e9_l", 45),
        ("3.6g/dl", "m_protein_g_l", 36),
        ("1.2mg/dl", "creatinine_umol_l", 106.08),
        ("40mg qw", "dexamethasone_mg_per_cycle", 160),
        ("20mg d1,2,4,5,8,9,11,12", "dexamethasone_mg_per_cycle", 160),
        ("每周40mg", "dexamethasone_mg_per_cycle", 160),
        ("半年", "months_on_prophylaxis", 6),
        ("8个月", "months_on_prophylaxis", 8),
        ("5天", "lmwh_days", 5),
        ("3cm", "calf_difference_cm", 3),
        ("刚好3.5厘米", "calf_difference_cm", 3.5),
        ("78", "age_years", 78),
        ("2.3", "inr", 2.3),
        ("110次/分", "heart_rate_bpm", 110),
        ("总量160mg", "dexamethasone_mg_per_cycle", 160),
    ],
)
def test_what_a_reply_means_for_the_fact_that_was_asked(text: str, fact: str, value: float) -> None:
    answer = read_answer(text)
    assert answer is not None and answer["values"][fact] == value


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("700", "weight_kg"),
        ("20mg", "dexamethasone_mg_per_cycle"),
        ("1680", "platelets_e9_l"),
        ("30-40", "platelets_e9_l"),
    ],
)
def test_a_reply_that_cannot_be_used_gives_no_value(text: str, fact: str) -> None:
    answer = read_answer(text)
    assert answer is None or fact not in answer["values"]


@pytest.mark.parametrize(
    "text",
    ["就按这个", "就这样", "好的就这个", "就这样吧", "好，就这么定了", "就用这个方案", "按这个来"],
)
def test_an_accept_is_never_an_answer(text: str) -> None:
    assert read_answer(text) is None


@pytest.mark.parametrize(
    "text",
    ["没查过，不详", "都没查", "没做", "应该没有吧", "可能有", "没做过检查，不知道", "结果未出，待回报"],
)
def test_doubt_is_unknown(text: str) -> None:
    assert _said(text) == {"unknown": True}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("以上都没有，年龄55岁BMI 22", {"none_of_above": True, "no": True}),
        ("年龄55岁，以上均无", {"none_of_above": True, "no": True}),
        ("除了糖尿病都没有", {"rest_denied": True}),
        ("除糖尿病外均无", {"rest_denied": True}),
        ("以上都没有，除了糖尿病", {"rest_denied": True}),
        ("1和3，其他没有", {"rest_denied": True, "numbers": [1, 3], "choices": [1, 3]}),
        ("有1、3", {"numbers": [1, 3], "choices": [1, 3]}),
        ("第1第3个", {"choices": [1, 3]}),
        ("A C", {"choices": [1, 3]}),
        ("没有了", {"no": True}),
        ("均否认", {"none_of_above": True, "no": True}),
    ],
)
def test_lists_and_denials(text: str, said: dict[str, Any]) -> None:
    assert _said(text) == said


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("119mg", "dexamethasone_mg_per_cycle", 119),
        ("改成每周期119mg", "dexamethasone_mg_per_cycle", 119),
        ("问到了，20mg，每周期用8天", "dexamethasone_mg_per_cycle", 160),
        ("20mg，每周期用8天", "dexamethasone_mg_per_cycle", 160),
        ("一个周期160mg", "dexamethasone_mg_per_cycle", 160),
        ("六十一公斤半", "weight_kg", 61.5),
    ],
)
def test_what_introduces_a_value_is_passed_over(text: str, fact: str, value: float) -> None:
    answer = read_answer(text)
    assert answer is not None and answer["values"][fact] == value


def test_an_amount_is_no_height() -> None:
    answer = read_answer("119mg")
    assert answer is not None and set(answer["values"]) == {"dexamethasone_mg_per_cycle"}
