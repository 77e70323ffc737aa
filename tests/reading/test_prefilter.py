"""No pattern may be passed over on a text that it matches."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from rasa_project.reading.findings.entries import entries
from rasa_project.reading.findings.prefilter import needles, pairs
from rasa_project.reading.normalise import normalise

CASES = Path(__file__).with_name("cases")


@pytest.mark.parametrize(
    ("pattern", "may", "may_not"),
    [
        ("骨折", "左侧骨折", "骨质疏松，折断"),
        ("(左|右)?侧?骨折", "骨折", "左侧"),
        ("(肺|脑)栓塞", "肺栓塞", "肺栓"),
        ("PICC|CVC", "留置cvc", "输液港"),
        ("[甲乙]病", "乙肝病", "丙病"),
        ("(?<!无)糖尿病", "糖尿病", "高血压"),
        ("a?(卧床|制动){1,2}", "制动", "a床"),
        ("(近端|腘)的?(DVT|血栓)|漂浮血栓", "腘静脉血栓", "近端深静脉"),
        ("(拔|取)[了掉]?(?=管)", "取了", "留置管"),
    ],
)
def test_what_a_text_must_hold(pattern: str, may: str, may_not: str) -> None:
    required = needles(re.compile(pattern, re.IGNORECASE))
    assert required
    assert all(part.may_be_in(pairs(may)) for part in required)
    assert not all(part.may_be_in(pairs(may_not)) for part in required)


@pytest.mark.parametrize("pattern", ["(a|b)?", r"\d+", "(血栓|[0-9])", "(?=血栓)"])
def test_where_nothing_can_be_told_every_text_may_match(pattern: str) -> None:
    assert needles(re.compile(pattern)) == ()


def test_no_pattern_is_passed_over_on_a_text_that_it_matches() -> None:
    texts = [
        normalise(case["text"]).text
        for file in CASES.glob("*.toml")
        for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
    ]
    held = {text: pairs(text) for text in texts}
    for entry in entries():
        if entry.pattern is None:
            continue
        required = needles(entry.pattern)
        for text in filter(entry.pattern.search, texts):
            assert all(part.may_be_in(held[text]) for part in required), (entry.pattern.pattern, text)
