"""What a pattern cannot match without, so that most patterns need not be tried on most texts."""

from __future__ import annotations

import re
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_MOST = 60  # alternatives; beyond that, looking for them costs more than the pattern


def needles(pattern: re.Pattern[str]) -> frozenset[str] | None:
    """Lower-case strings of which every match holds at least one; None where there is no short list."""
    found = _of_sequence(parser.parse(pattern.pattern, pattern.flags))
    return found if found and len(found) <= _MOST else None


def _of_sequence(items: Any) -> frozenset[str] | None:
    """The best list of the parts that must all be there: the one whose shortest string is longest."""
    options: list[frozenset[str]] = []
    run = ""
    for kind, value in [*items, (None, None)]:
        if kind is code.LITERAL and chr(value).lower() == chr(value).lower().strip():
            run += chr(value).lower()
            continue
        if run:
            options.append(frozenset({run}))
            run = ""
        part = _of_item(kind, value)
        if part:
            options.append(part)
    return max(options, key=lambda option: (min(map(len, option)), -len(option)), default=None)


def _of_item(kind: Any, value: Any) -> frozenset[str] | None:
    if kind is code.SUBPATTERN:
        return _of_sequence(value[-1])
    if kind is code.BRANCH:
        parts = [_of_sequence(branch) for branch in value[1]]
        return frozenset[str]().union(*parts) if all(parts) else None  # type: ignore[arg-type]
    if kind in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT) and value[0] >= 1:
        return _of_sequence(value[-1])
    if kind is code.IN and all(inner is code.LITERAL for inner, _ in value):
        return frozenset(chr(char).lower() for _, char in value)
    return None
