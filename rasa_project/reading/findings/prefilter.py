"""What a pattern cannot match without, so that most patterns need not be tried on most texts.

Strings are looked for by their first two characters: a text's pairs are made once, and whole lists are
compared with them at a time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any


@dataclass(frozen=True, slots=True)
class Needles:
    """What a text must hold: a string with one of ``beginnings``, or all that one of ``sides`` asks for."""

    beginnings: frozenset[str] = frozenset()
    sides: tuple[tuple[Needles, ...], ...] = ()

    def may_be_in(self, held: frozenset[str]) -> bool:
        """Whether a text that holds these pairs and characters may match at all."""
        if not self.beginnings.isdisjoint(held):
            return True
        for side in self.sides:  # plain loops: this runs for every alternative of every pattern
            for part in side:
                if not part.may_be_in(held):
                    break
            else:
                return True
        return False


def pairs(text: str) -> frozenset[str]:
    """Every character and every two characters side by side, lower case."""
    lowered = text.lower()
    return frozenset(lowered) | {lowered[at : at + 2] for at in range(len(lowered) - 1)}


def needles(pattern: re.Pattern[str]) -> tuple[Needles, ...]:
    """What every match holds, each of them; empty where nothing can be told."""
    return _of_sequence(parser.parse(pattern.pattern, pattern.flags))


def _of_sequence(items: Any) -> tuple[Needles, ...]:
    """The parts that must all be there."""
    parts: list[Needles] = []
    run = ""
    for kind, value in [*items, (None, None)]:
        if kind is code.LITERAL and chr(value).lower() == chr(value).lower().strip():
            run += chr(value).lower()
            continue
        if run:
            parts.append(Needles(frozenset({run[:2]})))
            run = ""
        parts += _of_item(kind, value)
    return tuple(parts)


def _of_item(kind: Any, value: Any) -> tuple[Needles, ...]:
    if kind is code.SUBPATTERN:
        return _of_sequence(value[-1])
    if kind is code.BRANCH:
        return _of_branches([_of_sequence(branch) for branch in value[1]])
    if kind in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT) and value[0] >= 1:
        return _of_sequence(value[-1])
    if kind is code.IN and all(inner is code.LITERAL for inner, _ in value):
        return (Needles(frozenset(chr(char).lower() for _, char in value)),)
    return ()


def _of_branches(branches: list[tuple[Needles, ...]]) -> tuple[Needles, ...]:
    if not all(branches):
        return ()
    beginnings: set[str] = set()
    sides: list[tuple[Needles, ...]] = []
    for branch in branches:
        if len(branch) == 1:
            beginnings |= branch[0].beginnings
            sides += branch[0].sides
        else:
            sides.append(branch)
    return (Needles(frozenset(beginnings), tuple(sides)),)
