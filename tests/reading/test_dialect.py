"""Words of dialects in standard words, and what only looks like one of them."""

from __future__ import annotations

import pytest

from rasa_project.reading.dialect import in_standard_words
from rasa_project.reading.reader import read


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("木有糖尿病", "没有糖尿病"),
        ("么有血栓", "没有血栓"),
        ("莫得血栓", "没有血栓"),
        ("血栓生过伐，", "血栓生过吗，"),
    ],
)
def test_words_of_dialects_are_understood(said: str, meant: str) -> None:
    assert in_standard_words(said) == meant


@pytest.mark.parametrize(
    "text", ["为什么有肾病综合征", "怎么有血栓了", "那么有糖尿病的呢", "要么有糖尿病", "华法林换利伐，怎么换"]
)
def test_what_only_looks_like_a_dialect_is_left_alone(text: str) -> None:
    assert in_standard_words(text) == text


@pytest.mark.parametrize("text", ["病人为什么有肾病综合征就容易血栓", "怎么有肾病综合征呢"])
def test_a_question_why_somebody_has_it_denies_nothing(text: str) -> None:
    assert not [one for one in read(text).mentions if one.value is False]
