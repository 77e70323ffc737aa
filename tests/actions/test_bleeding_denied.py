"""没有出血 is of now; what was told or not asked stays."""

from __future__ import annotations

from typing import Any

import pytest

from actions.answers.bleeding_denied import EARLIER, NOW, of_now_only
from actions.case import Case


def _mention(fact: str, value: bool | None) -> dict[str, Any]:
    return {"entity": fact, "value": value, "text": "出血", "start": 2, "end": 4}


@pytest.mark.parametrize(
    ("text", "known", "asked", "read", "kept"),
    [
        ("没有出血", {}, [], False, True),
        ("没有出血", {}, [NOW], False, False),
        ("没有出血", {}, [NOW, EARLIER], False, True),
        ("没有出血", {EARLIER: True}, [], False, False),
        ("没有出血", {EARLIER: None}, [], False, False),
        ("没有出血", {EARLIER: None}, [EARLIER], False, True),
        ("近3个月没有出血", {EARLIER: None}, [NOW], False, True),
        ("从来没有出血", {EARLIER: True}, [], False, True),
        ("今天没有出血", {EARLIER: True}, [], None, False),
        ("今天没有出血", {EARLIER: False}, [], None, False),
        ("今天没有出血", {}, [], None, True),
    ],
)
def test_what_a_denial_reaches(
    message: Any, text: str, known: dict[str, Any], asked: list[str], read: bool | None, kept: bool
) -> None:
    stated = [_mention(NOW, False), _mention(EARLIER, read)]
    left = of_now_only(Case(facts=known), {"facts": asked}, message(text), stated)
    assert {one["entity"] for one in left} == ({NOW, EARLIER} if kept else {NOW})
