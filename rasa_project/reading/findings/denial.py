"""“否认其他危险因素”: every unmentioned factor of table 5 is then false."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rasa_project.reading import lexicon
from rasa_project.reading.mention import Mention

_NOT_DENIED = re.compile(r"(?:不能|不是|不可|并非|并不是|不等于)(?:就?说)?$")
_DARED = re.compile(r"(?:不敢|不好|难|未必|不见得|不一定|谁敢)(?:说|讲|保证)?$")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = lexicon.load("denial")
    words = "|".join(f"(?:{pattern})" for row in table["rest"] for pattern in row["patterns"])
    return (
        re.compile(words, re.IGNORECASE),
        re.compile(rf"^[^,，。;；\n]{{0,6}}{table['not_before']}"),
        re.compile(table["not_after"], re.IGNORECASE),
    )


def read(text: str, original: str) -> Iterator[Mention]:
    """A mention of ``other_risk_factors_denied`` for each such statement."""
    words, question_after, section_before = _patterns()
    for match in words.finditer(text):
        start, end = match.span()
        if question_after.match(text[end:]) or section_before.search(text[:start]):
            continue
        said = original[start:end]
        if _NOT_DENIED.search(text, max(0, start - 6), start):
            yield Mention("other_risk_factors_denied", False, said, start, end, "negated")
        elif _DARED.search(text, max(0, start - 6), start):
            yield Mention(
                "other_risk_factors_denied", None, said, start, end, "undetermined", None, "原文不确定"
            )
        else:
            yield Mention("other_risk_factors_denied", True, said, start, end)
