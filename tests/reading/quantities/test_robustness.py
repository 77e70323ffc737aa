"""Nothing a user can type breaks a reader or holds it up."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasa_project.reading.answers import read_answer

from .reading_cases import drug_facts, quantities

_PIECES = st.sampled_from(
    [
        "血小板",
        "PLT",
        "45",
        "4.5万",
        "×10^9/L",
        "-",
        "~",
        "<",
        "，",
        "。",
        "（",
        "）",
        "d1,8,15,22",
        "40mg",
        "地塞米松",
        "qw",
        "每周",
        "VRd",
        "方案",
        "来那度胺",
        "停用",
        "未用",
        "华法林",
        "INR",
        "2.3",
        "体重",
        "65kg",
        "130斤",
        "身高",
        "1米62",
        "78岁",
        "男",
        "女",
        "F/70",
        "入院",
        "今日",
        "升至",
        "→",
        "左小腿",
        "38cm",
        "右",
        "34cm",
        "预防抗凝",
        "已",
        "8个月",
        "低分子肝素",
        "第5天",
        "？",
        "1948年生",
        "虚岁",
        "肾功能",
        "eGFR",
        "22",
        "M蛋白",
        "3.6g/dl",
        "IgG",
        "心率",
        "110次/分",
        "母亲",
        "曾",
        "改为",
        "、",
        "+",
        "\n",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES, max_size=25).map("".join))
def test_any_mixture_is_read_without_error_and_quotes_the_user(text: str) -> None:
    quantities(text)
    drug_facts(text)
    read_answer(text)


@settings(deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_read_without_error(text: str) -> None:
    quantities(text)
    drug_facts(text)
    read_answer(text)


@pytest.mark.parametrize(
    "text",
    [
        "来那度胺" + "1" * 400,
        "来那度胺" + " 1" * 400,
        "血小板" + " " * 1500,
        "血小板" + "最近" * 500,
        "地塞米松40mg d" + "1,2," * 300,
        "d1," * 400,
        "地塞米松" * 300,
        "患者" * 700,
        "◇" * 800 + "来那度胺",
        "左小腿周径" * 200,
        "预防抗凝已" * 250,
        "低分子肝素，" * 200,
        "一" * 1500,
        "1-" * 700,
        "、和及" * 400 + "来那度胺、" * 100,
        "男，" * 500,
        "未用" * 500 + "来那度胺",
        "10年前" * 300 + "血小板45",
    ],
)
def test_a_long_odd_message_takes_less_than_two_seconds(text: str) -> None:
    start = time.process_time()
    quantities(text)
    drug_facts(text)
    read_answer(text)
    assert time.process_time() - start < 2
