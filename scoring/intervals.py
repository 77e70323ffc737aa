"""Exact score intervals over unknown facts: attainable totals as bit masks of half points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations as pairs

from .closure import Case
from .tables import Group, Scale, Tier, combinations, scale

Domain = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class GroupOptions:
    """What one group of rows can still give."""

    known: int
    """Half points of the rows known to be present."""
    status: tuple[str, ...]
    """present, absent or unknown, row by row."""
    totals: tuple[int, ...]
    swings: Mapping[str, tuple[tuple[int, int], ...]]
    """Unknown fact -> pairs of half points between which its answer alone can decide."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The state of one scale: points known, everything attainable, and what each unknown fact can move."""

    scale: str
    known: int
    status: tuple[tuple[str, str], ...]
    mask: int
    """Bit n is set when `offset + n` half points are attainable."""
    offset: int
    unknown: tuple[str, ...]
    swings: Mapping[str, tuple[tuple[int, int], ...]]
    others: Mapping[str, int]
    """Unknown fact -> mask of what all other groups can give, from the same offset."""

    @property
    def totals(self) -> list[int]:
        """Attainable totals in half points, ascending."""
        return [self.offset + n for n in range(self.mask.bit_length()) if self.mask >> n & 1]

    @property
    def lowest(self) -> int:
        """The smallest attainable total in half points."""
        return self.offset + (self.mask & -self.mask).bit_length() - 1

    @property
    def highest(self) -> int:
        """The largest attainable total in half points."""
        return self.offset + self.mask.bit_length() - 1

    def weight(self, fact: str) -> int:
        """The most half points that an answer to the fact can move."""
        return max((abs(a - b) for a, b in self.swings.get(fact, ())), default=0)

    def pivotal(self, classes: Sequence[int]) -> list[str]:
        """Unknown facts whose answer alone can move the total between classes, the heaviest first.

        `classes` are masks of totals (bit n for `offset + n` half points, any width).
        """
        found = [fact for fact in self.unknown if self._pivots(fact, classes)]
        return sorted(found, key=lambda fact: -self.weight(fact))

    def _pivots(self, fact: str, classes: Sequence[int]) -> bool:
        rest = self.others[fact]
        for a, b in self.swings[fact]:
            for members in classes:
                # a total `rest` is in the class with a and not with b, or the other way round
                if rest & (_shift(members, -a) ^ _shift(members, -b)):
                    return True
        return False


def _shift(mask: int, by: int) -> int:
    return mask << by if by >= 0 else mask >> -by


def _domain(of: Scale, case: Case, fact: str) -> Domain:
    """The classes of values that a fact can still take; a single one when it is known."""
    value = case.gfr if fact == "gfr" else case.get(fact)
    classes = of.classes[fact]
    if value is not None:
        if isinstance(value, bool | str):
            return (value,)
        return (_class_of(classes, float(value)),)  # type: ignore[arg-type]
    if fact not in case.bounds:
        return classes
    low, high = case.bounds[fact]
    first, last = _class_of(classes, low), _class_of(classes, high)
    return tuple(entry for entry in classes if first <= entry <= last)  # type: ignore[operator]


def _class_of(classes: Domain, value: float) -> float:
    """The representative of a number: itself at a cut point, otherwise the middle of its open interval."""
    # classes alternate edge, middle, edge, … so the middles sit at odd places
    for place in range(0, len(classes), 2):
        edge = classes[place]
        if value == edge:
            return edge  # type: ignore[return-value]
        if value < edge:  # type: ignore[operator]
            return classes[max(place - 1, 0)]  # type: ignore[return-value]
    return classes[-1]  # type: ignore[return-value]


@lru_cache(maxsize=8192)
def _options(group: Group, domains: tuple[Domain, ...]) -> GroupOptions:
    by_fact = dict(zip(group.facts, domains, strict=True))
    rows = combinations(group, by_fact)
    presence = [tuple(item.present(row) for item in group.items) for row in rows]
    totals = [
        sum(item.half_points for item, there in zip(group.items, row, strict=True) if there) for row in presence
    ]
    status = []
    for item in group.items:
        held = {there for there in _standing(item.facts, item, by_fact)}
        status.append("unknown" if len(held) == 2 else "present" if held == {True} else "absent")
    known = sum(item.half_points for item, state in zip(group.items, status, strict=True) if state == "present")
    swings: dict[str, set[tuple[int, int]]] = {}
    for (row_a, total_a), (row_b, total_b) in pairs(list(zip(rows, totals, strict=True)), 2):
        differing = [fact for fact in group.facts if row_a[fact] != row_b[fact]]
        if len(differing) == 1 and total_a != total_b:
            swings.setdefault(differing[0], set()).add((min(total_a, total_b), max(total_a, total_b)))
    ordered = {fact: tuple(sorted(swings[fact])) for fact in group.facts if fact in swings}
    return GroupOptions(known, tuple(status), tuple(sorted(set(totals))), ordered)


def _standing(facts: tuple[str, ...], item, domains: Mapping[str, Domain]):  # type: ignore[no-untyped-def]
    """The values a row can take while an exclusion that nobody mentioned does not yet take it away."""
    reduced = dict(domains)
    for condition in item.unless:
        if len(reduced[condition.fact]) > 1:
            reduced[condition.fact] = (False,)
    return (item.present(row) for row in combinations(Group(facts, (item,)), reduced))


def _sum_masks(mask: int, totals: tuple[int, ...], lowest: int) -> int:
    result = 0
    for total in totals:
        result |= mask << (total - lowest)
    return result


@lru_cache(maxsize=16384)
def _interval(name: str, domains: tuple[Domain, ...]) -> Interval:
    of = scale(name)
    options: list[GroupOptions] = []
    place = 0
    for group in of.groups:
        options.append(_options(group, domains[place : place + len(group.facts)]))
        place += len(group.facts)
    # every group's totals are taken from its own floor so that masks never need a negative shift
    floors = [min(0, *entry.totals) for entry in options]
    offset = sum(floors)
    before = [1]
    for entry, floor in zip(options, floors, strict=True):
        before.append(_sum_masks(before[-1], entry.totals, floor))
    after = [1]
    for entry, floor in zip(reversed(options), reversed(floors), strict=True):
        after.append(_sum_masks(after[-1], entry.totals, floor))
    after.reverse()
    unknown: list[str] = []
    swings: dict[str, tuple[tuple[int, int], ...]] = {}
    others: dict[str, int] = {}
    for index, entry in enumerate(options):
        if not entry.swings:
            continue
        rest = _convolve(before[index], after[index + 1])
        for fact, found in entry.swings.items():
            unknown.append(fact)
            swings[fact] = tuple((a - floors[index], b - floors[index]) for a, b in found)
            others[fact] = rest
    status = [
        (item.id, state)
        for group, entry in zip(of.groups, options, strict=True)
        for item, state in zip(group.items, entry.status, strict=True)
    ]
    known = sum(entry.known for entry in options)
    return Interval(name, known, tuple(status), before[-1], offset, tuple(unknown), swings, others)


def _convolve(a: int, b: int) -> int:
    result = 0
    while b:
        low = b & -b
        result |= a * low
        b ^= low
    return result


def interval(name: str, case: Case) -> Interval:
    """The state of a scale for a case."""
    of = scale(name)
    return _interval(name, tuple(_domain(of, case, fact) for fact in of.facts))


@lru_cache(maxsize=256)
def tier_masks(name: str, offset: int, ids: tuple[frozenset[str], ...], two_level: bool = False) -> tuple[int, ...]:
    """Masks of totals by merged tiers: one mask for each set of tier ids."""
    of = scale(name)
    levels = of.two_level if two_level else of.tiers
    masks = [0] * len(ids)
    for total in range(offset, of.highest + 1):
        if not of.attainable >> (total - of.lowest) & 1:
            continue
        tier = of.tier_of(total, levels).id
        for place, members in enumerate(ids):
            if tier in members:
                masks[place] |= 1 << (total - offset)
    return tuple(masks)


def single_tiers(levels: tuple[Tier, ...]) -> tuple[frozenset[str], ...]:
    """Every tier as a class of its own."""
    return tuple(frozenset({tier.id}) for tier in levels)
