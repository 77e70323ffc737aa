"""Find the lexicon's entries in a normalised text. Characters decide, never word segmentation."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from rasa_project.reading.findings.entries import Entry, entries
from rasa_project.reading.findings.prefilter import Needles, needles, pairs

_LEG_AND_SIGNS = {"entire_leg_swelling", "swelling_and_pain"}


@dataclass(frozen=True, slots=True)
class Match:
    """An entry's words at ``[start, end)``; ``guess`` when they were spelt differently."""

    start: int
    end: int
    entry: Entry
    guess: bool = False

    @property
    def length(self) -> int:
        return self.end - self.start


@cache
def _words() -> dict[str, list[tuple[str, Entry]]]:
    """Words by their first two characters, lower case."""
    index: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
    for entry in entries():
        for word in entry.words:
            lowered = word.lower()
            index[lowered[:2]].append((lowered, entry))
    return dict(index)


def find(text: str) -> list[Match]:
    """Every entry in the text, the longest where several overlap, in order.

    Entries with exactly the same words are all kept, and overlay entries stand beside others.
    """
    lowered = text.lower()
    found = _literal(lowered)
    held = pairs(text)
    for entry, pattern, required in _patterns():
        if all(part.may_be_in(held) for part in required):
            found += [Match(*hit.span(), entry) for hit in pattern.finditer(text) if hit.end() > hit.start()]
    return longest(found)


@cache
def _patterns() -> list[tuple[Entry, re.Pattern[str], tuple[Needles, ...]]]:
    """Every entry with a pattern, and what a text must hold for it to match at all."""
    return [(entry, entry.pattern, needles(entry.pattern)) for entry in entries() if entry.pattern]


def _literal(lowered: str) -> list[Match]:
    index = _words()
    found: list[Match] = []
    for start in range(len(lowered)):
        for length in (2, 1):
            for word, entry in index.get(lowered[start : start + length], ()):
                if len(word) >= length and lowered.startswith(word, start):
                    found.append(Match(start, start + len(word), entry))
    return found


def longest(found: list[Match]) -> list[Match]:
    """Without the matches that lie in or across a longer one of the same layer."""
    ordered = sorted(found, key=lambda match: (-match.length, match.start))
    kept: list[Match] = []
    for match in ordered:
        rivals = [other for other in kept if other.start < match.end and match.start < other.end]
        if all(_together(match, other) for other in rivals):
            kept.append(match)
    return sorted(kept, key=lambda match: (match.start, match.end))


def _together(match: Match, other: Match) -> bool:
    if other.entry.lookalike:
        return False
    if match.entry is other.entry:
        return False
    # "全腿肿胀伴疼痛": the whole leg, and one sign beside the other
    kinds = {_kind_of_sign(match.entry), _kind_of_sign(other.entry)}
    if kinds == _LEG_AND_SIGNS:
        return True
    return (match.start, match.end) == (other.start, other.end) or match.entry.layer != other.entry.layer


def _kind_of_sign(entry: Entry) -> str:
    """What a sign of the leg tells; of a denial of the whole leg ("全腿无肿胀") nothing stands beside it."""
    if entry.data.get("says", "true") != "true":
        return ""
    return entry.fact or entry.kind
