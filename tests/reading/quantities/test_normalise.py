"""Normalising never moves an offset."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasa_project.reading.normalise import normalise


@given(st.text(max_size=200))
def test_length_is_kept(text: str) -> None:
    message = normalise(text)
    assert len(message.text) == len(text)
    assert message.words(0, len(text)) == text


@given(st.text(max_size=200))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("７８歲，來那度胺", "78岁,来那度胺"),
        ("血小板４５×１０⁹／Ｌ", "血小板45×10⁹/L"),
        ("30—40", "30-40"),
        ("30～40", "30~40"),
        ("45µmol", "45μmol"),
        ("血小板　45", "血小板 45"),
        ("“华法林”", '"华法林"'),
        ("二〇二一", "二零二一"),
        ("①有", "①有"),
        ("VRd", "VRd"),
        ("≦50", "≤50"),
        ("＜50", "<50"),
        ("A\u200bB", "A B"),
    ],
)
def test_spelling(text: str, plain: str) -> None:
    assert normalise(text).text == plain
