"""What happens now, told in one breath with the question about a drug: "便血了依诺肝素还打不打".

The words that ask ("还打不打") deny nothing of what is told before them, and what is told is no part of the
question: who bleeds is bleeding whatever is asked of him.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from rasa_project.reading import lexicon
from rasa_project.reading.findings.entries import Entry
from rasa_project.reading.findings.matching import Match, find

_ACUTE_GROUPS = frozenset({"bleeding", "emergency"})
_ACUTE_FACTS = frozenset({"hemoptysis", "hemodynamic_instability", "limb_threatening_dvt"})
_BLANK = re.compile(r"\s+")
_SUDDENLY = re.compile(r"突然|突发|忽然|一下子|刚才|刚刚|现在")
_GIVEN = re.compile(r"(?:肝素|沙班|华法林|阿司匹林|抗凝|mg|毫克|次)[^,，。;；\n]{0,6}预防\s$", re.IGNORECASE)
_AHEAD, _BEHIND, _SHORTLY = 24, 40, 12  # characters


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(lexicon.load("acute")[name], re.IGNORECASE)


def is_acute(entry: Entry) -> bool:
    """Whether an entry may tell of something that is dangerous now."""
    return not entry.lookalike and (entry.group in _ACUTE_GROUPS or entry.fact in _ACUTE_FACTS)


def boundary(plain: str, start: int, end: int) -> int | None:
    """Where what is told ends and the question begins (or the other way round) in a clause of a text."""
    clause = plain[start:end]
    if not _pattern("asked").search(clause) or _pattern("general").search(plain):
        return None
    told = [match for match in find(clause) if is_acute(match.entry) and _is_told(clause, match)]
    if not told:
        return None
    asked = [m for m in _pattern("asked").finditer(clause) if not _overlaps(m, told)]
    behind = next((m for m in asked if m.start() >= told[0].end), None)
    if behind is not None:
        last = max(match.end for match in told if match.end <= behind.start())
        cut = _after(clause, last)
        if cut < len(clause.rstrip()) and _of_somebody(plain, clause, last):
            return start + cut
        return None
    blank = next(
        (m for m in _BLANK.finditer(clause, 0, told[0].start) if asked and asked[0].end() <= m.end()), None
    )
    return start + blank.end() if blank is not None and _pattern("drug").search(plain) else None


def _after(clause: str, position: int) -> int:
    tail = _pattern("tail").match(clause, position)
    return tail.end() if tail else position


def _is_told(clause: str, match: Match) -> bool:
    return not (
        _pattern("before").search(clause[: match.start]) or _pattern("after").match(clause, match.end)
    )


def _of_somebody(plain: str, clause: str, position: int) -> bool:
    """Whether it is asked of a drug, or told of somebody: "咯血怎么处理" alone is a question in general."""
    return bool(
        _pattern("drug").search(plain)
        or _pattern("now").search(clause)
        or _pattern("happened").match(clause, position)
    )


def _overlaps(asked: re.Match[str], matches: Iterable[Match]) -> bool:
    return any(match.start < asked.end() and asked.start() < match.end for match in matches)


def without_question(text: str, matches: list[Match]) -> str:
    """The text, as long as before, with commas for the words that ask of a drug beside what is dangerous."""
    acute = [match for match in matches if is_acute(match.entry)]
    if not acute:
        return text
    for match in acute:  # "利伐沙班10mg预防 黑便1次": it is given for prevention, and the stools are told
        if (given := _GIVEN.search(text, 0, match.start)) is not None:
            text = text[: given.end() - 1] + "," + text[given.end() :]
    return _behind_a_dash().sub(
        lambda asked: asked.group() if _overlaps(asked, matches) else "," * len(asked.group()), text
    )


@cache
def _behind_a_dash() -> re.Pattern[str]:
    """The words that ask, with the dash before them, which is no result ("hematemesis - stop warfarin?")."""
    return re.compile(rf"(?:\s-+\s*)?(?:{lexicon.load('acute')['asked']})", re.IGNORECASE)


def asks_of_a_drug(text: str, start: int, end: int) -> bool:
    """Whether it is asked, next to the words ``[start, end)``, if or how much of a drug is to be given."""
    near = text[max(0, start - _AHEAD) : end + _BEHIND]
    asked = _pattern("asked").search(near) and _pattern("drug").search(near)
    return bool(asked and not _pattern("general").search(text))


def asks_what_to_do(text: str, start: int, end: int) -> bool:
    """Whether it is asked what to do about ``[start, end)``, told of somebody or of now."""
    near = text[max(0, start - _AHEAD) : end + _SHORTLY]
    asked = _pattern("asked").search(text, end, end + _SHORTLY)
    told = _pattern("now").search(near) or _pattern("happened").match(text, end)
    return bool(asked and told and not _pattern("general").search(text))


def names_a_drug(text: str) -> bool:
    """Whether a drug against clots, or that one is to be given, is named."""
    return _pattern("drug").search(text) is not None


def in_general(text: str) -> bool:
    """Whether a text asks of anybody, not of somebody: "哪些情况会晕倒"."""
    return _pattern("general").search(text) is not None


def has_happened(text: str, end: int) -> bool:
    """ "咋办 晕倒了": asked first, yet what ends at ``end`` is told of somebody."""
    return text.startswith("了", end) and not in_general(text)


def happens_to_somebody(text: str, start: int, end: int) -> bool:
    """Whether what stands at ``[start, end)`` is told as happening now, beside the question what to do."""
    near = text[max(0, start - _AHEAD) : end + _BEHIND]
    now = _SUDDENLY.search(text, max(0, start - _AHEAD), start)
    return bool(now and _pattern("asked").search(near) and not _pattern("general").search(text))
