"""Words broken over two lines."""

from __future__ import annotations

from datetime import date

import pytest

from rasa_project.reading.reader import read

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("慢性阻塞性肺\n疾病10年", "copd", True),
        ("否认 肺栓塞、深静脉血\n栓病史", "history_dvt", False),
        ("已留置中心静\n  脉导管", "central_venous_catheter", True),
        ("高血压\n糖尿病", "diabetes", True),
        ("血小板\n85", "platelets_e9_l", 85),
    ],
)
def test_a_word_broken_by_a_line_end_is_read(text: str, fact: str, value: object) -> None:
    mentions = {mention.fact: mention for mention in read(text, TODAY).mentions}
    assert mentions[fact].value == value
    mention = mentions[fact]
    assert text[mention.start : mention.end] == mention.text
