"""A drug against clots that was begun "before" and is told as going on is in use, not stopped."""

from __future__ import annotations

import pytest

from rasa_project.reading.reader import read


def in_use(text: str) -> object:
    return {one.fact: one.value for one in read(text).mentions}.get("current_anticoagulant")


@pytest.mark.parametrize(
    ("text", "drug"),
    [
        ("骨髓瘤，之前PE已抗凝3个月，还要继续吗", "抗凝药（品种未说明）"),
        ("之前PE已抗凝3个月", "抗凝药（品种未说明）"),
        ("之前利伐沙班预防12个月了", "利伐沙班"),
        ("既往DVT，已规律口服利伐沙班3个月", "利伐沙班"),
    ],
)
def test_begun_before_and_going_on(text: str, drug: str) -> None:
    assert in_use(text) == drug


@pytest.mark.parametrize(
    "text",
    ["以前抗凝3个月，已停", "之前抗凝3个月后停药，还要继续吗", "之前用过华法林3个月", "既往DVT抗凝半年"],
)
def test_begun_before_and_over(text: str) -> None:
    assert in_use(text) == "无"
