"""Coagulation, liver and kidneys in words: "凝血四项在正常范围", "肝功能完全恢复", "肾功能尚未回报"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rasa_project.reading import lexicon
from rasa_project.reading.clauses import about_relative, about_speaker
from rasa_project.reading.findings.hits import ASKED, EXCLUDED, EXPLICIT, RESOLVED_NOTE, Note, Reading
from rasa_project.reading.mention import Mention, Status

SUPPOSED = re.compile(
    r"(?:如果?|若|要是|假如|只要|等(?!\s)|待|直到|至|望|确认|是否|非|不是)[^,，。;；\n]{0,4}$"
)
_EARLIER = re.compile(r"(?:之前|以前|既往|原来|原先|起病前|发病前|平时|去年|前年|上次)[^,，。;；\n]{0,4}$")


@cache
def _organs() -> tuple[tuple[str, bool, re.Pattern[str]], ...]:
    table = lexicon.load("organs")
    return tuple(
        (
            fact,
            row["normal"],
            re.compile(
                f"{row['name']}{table['between']}{{0,8}}(?:(?P<unknown>{table['unknown']}|{table['whether']})|"
                f"(?P<recovered>{table['recovered']})|(?P<normal>{table['normal']})){table['end']}",
                re.IGNORECASE,
            ),
        )
        for fact, row in table["organ"].items()
    )


def read(note: Note) -> Iterator[Reading]:
    """What is said of each organ; of one that was well before nothing is known now."""
    for fact, normal, pattern in _organs():
        for match in pattern.finditer(note.text):
            before = note.text[max(0, match.start() - 10) : match.start()]
            if SUPPOSED.search(before) or _EARLIER.search(before):
                continue
            if about_speaker(note.text, match.start()) or about_relative(note.text, match.start()):
                continue
            yield _reading(note, fact, normal, match)


def _reading(note: Note, fact: str, normal: bool, match: re.Match[str]) -> Reading:
    start, end = match.span()
    words = note.original[start:end]
    if match["unknown"] is not None:
        return Reading(Mention(fact, None, words, start, end, "undetermined", None, "尚无结果"), ASKED)
    status: Status = "affirmed" if normal else "negated"
    if match["recovered"] is not None:
        return Reading(Mention(fact, normal, words, start, end, status, None, RESOLVED_NOTE), EXPLICIT)
    return Reading(Mention(fact, normal, words, start, end, status), EXCLUDED)
