"""Exact score intervals over unknown facts: attainable totals as bit masks of half points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations as pairs
from typing import cast

from .closure import Case
from .tables import Group, Item, Scale, Tier, combinations, scale

Domain = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class GroupOptions:
    """What one group of rows can still give."""

    known: int
    """Half points of the rows known to be present."""
    status: Mapping[str, str]
    """Row -> present, absent or unknown."""
    totals: tuple[int, ...]
    swings: Mapping[str, tuple[tuple[int, int], ...]]
    """Unknown fact -> pairs of half points between which its answer alone can decide."""


@dataclass(frozen=True, slots=True)
class Totals:
    """A set of totals in half points: bit n of `mask` stands for `origin + n`."""

    origin: int
    mask: int

    @property
    def lowest(self) -> int:
        """The smallest total."""
        return self.origin + (self.mask & -self.mask).bit_length() - 1

    @property
    def highest(self) -> int:
        """The largest total."""
        return self.origin + self.mask.bit_length() - 1


@dataclass(frozen=True, eq=False, slots=True)
class Interval:
    """The state of one scale: points known, everything attainable, and what each unknown fact can move."""

    scale: Scale
    known: int
    status: Mapping[str, str]
    totals: Totals
    swings: Mapping[str, tuple[tuple[int, int], ...]]
    others: Mapping[str, Totals]
    """Unknown fact -> what all other groups of rows can give together."""

    @property
    def unknown(self) -> tuple[str, ...]:
        """The unknown facts that can still move the total, in the order of the table."""
        return tuple(self.swings)

    def weight(self, fact: str) -> int:
        """The most half points that an answer to the fact can move."""
        return max(abs(a - b) for a, b in self.swings[fact])

    def pivotal(self, classes: Sequence[int]) -> list[str]:
        """Unknown facts whose answer alone can move the total between classes, the heaviest first.

        `classes` are masks of totals from the scale's lowest (see `tier_masks`).
        """
        # facts that move the same points beside the same rest have the same answer: rows of equal weight
        answers: dict[tuple[tuple[tuple[int, int], ...], int], bool] = {}
        found = []
        for fact, swings in self.swings.items():
            rest = self.others[fact]
            key = (swings, id(rest))
            if key not in answers:
                answers[key] = self._pivots(swings, rest, classes)
            if answers[key]:
                found.append(fact)
        return sorted(found, key=lambda fact: -self.weight(fact))

    def _pivots(self, swings: Sequence[tuple[int, int]], rest: Totals, classes: Sequence[int]) -> bool:
        start = rest.origin - self.scale.lowest
        # some total of the others lies in a class with one answer and not with the other answer
        return any(
            rest.mask & ((members >> (start + a)) ^ (members >> (start + b)))
            for a, b in swings
            for members in classes
        )


def _domain(of: Scale, case: Case, fact: str) -> Domain:
    """The classes of values that a fact can still take; a single one when it is known."""
    value = case.gfr if fact == "gfr" else case.facts.get(fact)
    if value is True or value is False:
        return (value,)
    classes = of.classes[fact]
    if value is not None:
        return (value,) if isinstance(value, str) else (_class_of(classes, cast(float, value)),)
    if fact not in case.bounds:
        return classes
    low, high = case.bounds[fact]
    first, last = _class_of(classes, low), _class_of(classes, high)
    return tuple(entry for entry in cast(tuple[float, ...], classes) if first <= entry <= last)


def _class_of(classes: Domain, value: float) -> float:
    """The representative of a number: itself at a cut point, otherwise the middle of its open interval."""
    numbers = cast(tuple[float, ...], classes)
    # middles and cut points alternate, beginning and ending with a middle: the cut points sit at odd places
    for place in range(1, len(numbers), 2):
        if value <= numbers[place]:
            return numbers[place if value == numbers[place] else place - 1]
    return numbers[-1]


@lru_cache(maxsize=8192)
def _options(group: Group, domains: tuple[Domain, ...]) -> GroupOptions:
    by_fact = dict(zip(group.facts, domains, strict=True))
    rows = combinations(group, by_fact)
    presence = [tuple(item.present(row) for item in group.items) for row in rows]
    totals = [
        sum(item.half_points for item, there in zip(group.items, row, strict=True) if there)
        for row in presence
    ]
    status = {}
    for item in group.items:
        held = _standing(item, by_fact)
        status[item.id] = "unknown" if len(held) == 2 else "present" if held == {True} else "absent"
    known = sum(item.half_points for item in group.items if status[item.id] == "present")
    swings: dict[str, set[tuple[int, int]]] = {}
    for (row_a, total_a), (row_b, total_b) in pairs(list(zip(rows, totals, strict=True)), 2):
        differing = [fact for fact in group.facts if row_a[fact] != row_b[fact]]
        if len(differing) == 1 and total_a != total_b:
            swings.setdefault(differing[0], set()).add((min(total_a, total_b), max(total_a, total_b)))
    ordered = {fact: tuple(sorted(swings[fact])) for fact in group.facts if fact in swings}
    return GroupOptions(known, status, tuple(sorted(set(totals))), ordered)


def _standing(item: Item, domains: Mapping[str, Domain]) -> set[bool]:
    """Whether a row can count and can fail to, while an exclusion that is not known does not yet apply."""
    reduced = dict(domains)
    for condition in item.unless:
        if len(reduced[condition.fact]) > 1:
            reduced[condition.fact] = (False,)
    return {item.present(row) for row in combinations(Group(item.facts, (item,)), reduced)}


@lru_cache(maxsize=8192)
def _sums(open_totals: tuple[tuple[int, ...], ...]) -> Totals:
    """All sums of one total from each entry."""
    if not open_totals:
        return Totals(0, 1)
    rest, last = _sums(open_totals[:-1]), open_totals[-1]
    mask = 0
    for total in last:
        mask |= rest.mask << (total - last[0])
    return Totals(rest.origin + last[0], mask)


@lru_cache(maxsize=512)
def _interval(name: str, domains: tuple[Domain, ...]) -> Interval:
    of = scale(name)
    options: list[GroupOptions] = []
    place = 0
    for group in of.groups:
        options.append(_options(group, domains[place : place + len(group.facts)]))
        place += len(group.facts)
    fixed = sum(entry.totals[0] for entry in options if len(entry.totals) == 1)
    # sorted, so that cases that differ only in which rows of equal points are open share their sums
    open_totals = sorted(entry.totals for entry in options if len(entry.totals) > 1)
    everything = _sums(tuple(open_totals))
    rests: dict[tuple[int, ...], Totals] = {}
    for totals in dict.fromkeys(open_totals):
        remaining = list(open_totals)
        remaining.remove(totals)
        rest = _sums(tuple(remaining))
        rests[totals] = Totals(rest.origin + fixed, rest.mask)
    swings: dict[str, tuple[tuple[int, int], ...]] = {}
    others: dict[str, Totals] = {}
    status: dict[str, str] = {}
    for entry in options:
        status |= entry.status
        if entry.swings:
            swings |= entry.swings
            others |= dict.fromkeys(entry.swings, rests[entry.totals])
    known = sum(entry.known for entry in options)
    return Interval(of, known, status, Totals(everything.origin + fixed, everything.mask), swings, others)


def interval(name: str, case: Case) -> Interval:
    """The state of a scale for a case."""
    of = scale(name)
    return _interval(name, tuple([_domain(of, case, fact) for fact in of.facts]))


@lru_cache(maxsize=256)
def tier_masks(of: Scale, ids: tuple[frozenset[str], ...], two_level: bool = False) -> tuple[int, ...]:
    """Masks of totals by merged tiers, one for each set of ids: bit n stands for the lowest total + n."""
    masks = [0] * len(ids)
    for total in of.totals:
        tier = of.tier_of(total, two_level).id
        for place, members in enumerate(ids):
            if tier in members:
                masks[place] |= 1 << (total - of.lowest)
    return tuple(masks)


def single_tiers(levels: tuple[Tier, ...]) -> tuple[frozenset[str], ...]:
    """Every tier as a class of its own."""
    return tuple(frozenset({tier.id}) for tier in levels)
