"""What is named and said not to be known: the regimen that is to be decided, a duration nobody recorded.

Such a statement weighs less than any value that is read of the same fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rasa_project.reading import lexicon
from rasa_project.reading.findings.hits import ASKED, Reading
from rasa_project.reading.mention import Mention
from rasa_project.reading.normalise import Normalised

_ASKS = re.compile(r"[吗么呢?？]")


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = lexicon.load("unsaid")
    return tuple(
        (row["fact"], re.compile("|".join(row["patterns"]).replace("{unknown}", table["unknown"]), re.I))
        for row in table["row"]
    )


def read(message: Normalised) -> Iterator[Reading]:
    """An undetermined mention for each fact that is said not to be known."""
    for fact, pattern in _patterns():
        match = pattern.search(message.text)
        if match is None or _ASKS.match(message.text, match.end()):
            continue
        start, end = match.span()
        words = message.words(start, end)
        yield Reading(Mention(fact, None, words, start, end, "undetermined", None, "原文未知，请补充"), ASKED)
