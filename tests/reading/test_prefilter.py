"""No pattern may be passed over on a text that it matches."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from rasa_project.reading.findings.entries import entries
from rasa_project.reading.findings.prefilter import needles
from rasa_project.reading.normalise import normalise

CASES = Path(__file__).with_name("cases")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("骨折", {"骨折"}),
        ("(左|右)?侧?骨折", {"骨折"}),
        ("(肺|脑)栓塞", {"栓塞"}),
        ("PICC|CVC", {"picc", "cvc"}),
        ("(a|b)?", None),
        ("[甲乙]病?", {"甲", "乙"}),
        (r"\d+", None),
        ("(?<!无)糖尿病", {"糖尿病"}),
        ("a?(卧床|制动){1,2}", {"卧床", "制动"}),
    ],
)
def test_needles(pattern: str, expected: set[str] | None) -> None:
    assert needles(re.compile(pattern, re.IGNORECASE)) == expected


def test_every_match_of_the_cases_holds_a_needle() -> None:
    texts = [
        normalise(case["text"]).text
        for file in CASES.glob("*.toml")
        for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
    ]
    for entry in entries():
        if entry.pattern is None or (required := needles(entry.pattern)) is None:
            continue
        for text in filter(entry.pattern.search, texts):
            assert any(needle in text.lower() for needle in required), (entry.pattern.pattern, text)
