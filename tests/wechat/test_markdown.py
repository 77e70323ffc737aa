"""Answers for a client that renders Markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasa_project.channels.wechat.markdown import literal


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("地塞米松20mg*4，40mg*2", "地塞米松20mg＊4，40mg＊2"),
        ("甲\n乙", "甲  \n乙"),
        ("血小板<50", "血小板＜50"),
        ("见[共识](x)", "见［共识］(x)"),
        ("https://h.example/a_b_c*d 后_来", "https://h.example/a_b_c*d 后＿来"),
        ("【结论】8分～9分 ≥30 g/L", "【结论】8分～9分 ≥30 g/L"),
    ],
)
def test_nothing_of_the_text_is_taken_for_formatting(text: str, shown: str) -> None:
    assert literal(text) == shown


@given(st.text())
def test_doing_it_twice_changes_nothing(text: str) -> None:
    assert literal(literal(text)) == literal(text)


@given(st.text())
def test_no_sign_of_formatting_is_left_outside_addresses(text: str) -> None:
    assert not re.search(r"[*_`~#<>\[\]|\\]", re.sub(r"https?://[!-~]+", "", literal(text)))
