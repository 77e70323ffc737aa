"""A question behind a blank, typed in one line with the case: "来那度胺单药维持 54岁 能停吗".

What is told of the drugs before it is no part of the question.
"""

from __future__ import annotations

from functools import lru_cache

from rasa_project.reading.normalise import Normalised
from rasa_project.reading.segments import split


@lru_cache(maxsize=16)
def _starts(original: str) -> tuple[int, ...]:
    return tuple(segment.start for segment in split(original) if segment.question and segment.start > 0)


def parted(message: Normalised, text: str) -> str:
    """The text, as long as before, with a comma for the blank before each question of the message."""
    for start in _starts(message.original):
        if text[start - 1].isspace() and text[start - 1] != "\n":
            text = f"{text[: start - 1]},{text[start:]}"
    return text
