"""Small words of English notes, for denial, lists and time, put into Chinese over their own characters."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from rasa_project.reading import lexicon

_LATIN = re.compile(r"[A-Za-z]{2}[ :]|\d ?[a-z]+ ago|x ?\d", re.I)

# "DVT in 2018"
_IN_A_YEAR = re.compile(r"(?<![a-z])(?:back )?(?:in|during) (?P<year>(?:19|20)\d\d)(?![\d年./-])", re.I)
_SPELT_OUT = re.compile(r"(?:days|wks|weeks|months)$", re.I)  # "72 y" is an age


@cache
def _words(side: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    rows = lexicon.load("english")[side]
    words = "|".join(f"({pattern})" for pattern, _ in rows)
    # The blank before what a word governs moves to its other side: the rules look for "否认DM".
    blank = " ?" if side == "before" else ""
    return (
        re.compile(rf"(?<![a-z/\-])(?:{words})(?![a-z/]){blank}", re.I),
        tuple(word for _, word in rows),
    )


@cache
def _times() -> tuple[re.Pattern[str], tuple[str, ...]]:
    table = lexicon.load("english")
    units = "|".join(f"({english})" for english, _ in table["units"])
    return (
        re.compile(
            rf"(?<![a-z\d])(?:(?P<lasting>{table['lasting']}) ?)?"
            rf"(?P<n>\d{{1,3}})[ \-]?(?:{units})(?![a-z/])(?: (?P<ago>{table['ago']})(?![a-z]))?",
            re.I,
        ),
        tuple(chinese for _, chinese in table["units"]),
    )


def in_chinese_words(text: str) -> str:
    """The text, of the same length, with the small words of English in Chinese."""
    if not _LATIN.search(text):
        return text
    text = _put(text, *_words("signs"), str.ljust)
    for side in ("before", "after"):
        text = _put(text, *_words(side), str.rjust)
    return _IN_A_YEAR.sub(lambda year: f"{year['year']}年".rjust(len(year[0])), _times()[0].sub(_time, text))


def _put(
    text: str, pattern: re.Pattern[str], chinese: tuple[str, ...], just: Callable[[str, int], str]
) -> str:
    return pattern.sub(lambda match: just(chinese[(match.lastindex or 1) - 1], len(match[0])), text)


def _time(match: re.Match[str]) -> str:
    if not (match["ago"] or match["lasting"] or _SPELT_OUT.search(match[0])):
        return match[0]
    chinese = _times()[1]
    # the groups of the units stand between "n" and "ago"
    unit = next(word for word, said in zip(chinese, match.groups()[2:], strict=False) if said)
    length = f"{match['n']}{unit}"
    written = f"{length}前" if match["ago"] else length
    return written.rjust(len(match[0])) if len(written) <= len(match[0]) else match[0]
