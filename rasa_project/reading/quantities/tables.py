"""Turning a word list of the lexicon into a pattern."""

from __future__ import annotations


def alternation(words: list[str]) -> str:
    """A regex alternation of literal or pattern words, longest first."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))
