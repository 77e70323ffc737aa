"""A total that is named with a bound: "大于4分", "不到7分", "6分以上"."""

from __future__ import annotations

import re
from functools import cache

from actions.wording import load
from scoring import levels_within, totals_within

#: The order matters: "不大于" holds "大于", "大于等于" holds both.
_BEFORE = ("at_most", "at_least", "above", "below")
_BEHIND = ("at_least_behind", "at_most_behind")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load("general.toml")["bounds"][name], re.IGNORECASE)


def bound_of(text: str, figure: re.Match[str], group: int = 1) -> str | None:
    """How the total of a match is bounded: at_most, at_least, above, below; None where it is the total."""
    before, behind = text[: figure.start(group)], text[figure.end(group) :]
    for name in _BEFORE:
        if _pattern(name).search(before):
            return name
    found = next((name for name in _BEHIND if _pattern(name).match(behind)), None)
    return found.removesuffix("_behind") if found else None


def tier_within(scale: str, points: float, bound: str | None) -> str | None:
    """The one tier of every total within the bound; None where there are several, or none."""
    found = levels_within(scale, points, bound)
    return found["tiers"][0] if found is not None and len(found["tiers"]) == 1 else None


def total_within(scale: str, points: float, bound: str | None) -> float | None:
    """A total that stands for all within the bound, where they are of one tier: the one next to the bound."""
    if tier_within(scale, points, bound) is None:
        return None
    totals = totals_within(scale, points, bound)
    return max(totals) if bound in ("below", "at_most") else min(totals)
