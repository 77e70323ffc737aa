"""Misspelt findings ("静脉血拴", "肺栓赛"): near matches by confusable characters, always to be confirmed."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from rapidfuzz.distance import Hamming

from rasa_project.reading import lexicon
from rasa_project.reading.findings.entries import Entry, entries
from rasa_project.reading.findings.matching import Match, longest

_GUESSED_GROUPS = frozenset({"condition", "thrombosis"})
_SHORTEST = 3


@cache
def _confusions() -> dict[str, str]:
    """Wrong character -> the characters it may stand for."""
    table: dict[str, str] = defaultdict(str)
    for row in lexicon.load("fuzzy")["confusions"]:
        for wrong in row[1:]:
            table[wrong] += row[0]
    return dict(table)


@cache
def _by_character() -> dict[str, list[tuple[int, str, Entry]]]:
    """A character of a term -> (offset in it, the term, its entry)."""
    index: dict[str, list[tuple[int, str, Entry]]] = defaultdict(list)
    for entry in entries():
        if entry.group not in _GUESSED_GROUPS or entry.lookalike or entry.data.get("says"):
            continue
        for word in entry.words:
            if len(word) >= _SHORTEST:
                for offset, char in enumerate(word):
                    index[char].append((offset, word, entry))
    return dict(index)


def with_guesses(text: str, found: list[Match]) -> list[Match]:
    """The matches together with the near matches that no exact match covers."""
    confusions = _confusions()
    wrong = [i for i, char in enumerate(text) if char in confusions]
    if not wrong:
        return found
    guesses = [guess for position in wrong for guess in _near(text, position)]
    if not guesses:
        return found
    free = [g for g in guesses if not any(m.start <= g.start and g.end <= m.end for m in found)]
    return longest(found + free)


def _near(text: str, position: int) -> list[Match]:
    """Terms whose only difference from the text is the confusable character at ``position``."""
    guesses: list[Match] = []
    for beside in (position - 1, position + 1):
        if not 0 <= beside < len(text):
            continue
        for offset, word, entry in _by_character().get(text[beside], ()):
            start = beside - offset
            if not start <= position < start + len(word) or start < 0 or start + len(word) > len(text):
                continue
            meant = word[position - start]
            if (
                meant in _confusions()[text[position]]
                and Hamming.distance(word, text[start : start + len(word)]) == 1
            ):
                guesses.append(Match(start, start + len(word), entry, guess=True))
    return list(dict.fromkeys(guesses))
