"""The four score tables as data, checked against the paper's arithmetic when they are loaded."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

from .conditions import Condition

DATA = Path(__file__).parent / "data"
SCALE_NAMES = ("mm_vte", "bleeding", "wells_dvt", "wells_pe")

Points = int | float


class TableError(ValueError):
    """A table contradicts the paper's arithmetic: a wrong maximum, an overlap or an undeclared gap."""


def points_of(half_points: int) -> Points:
    """Half points back to points: 24 -> 12, 3 -> 1.5."""
    return half_points // 2 if half_points % 2 == 0 else half_points / 2


@cache
def read_toml(name: str) -> dict[str, Any]:
    """One data file by its name without the ending."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Tier:
    """One level of a scale with the bounds as the paper words them."""

    id: str
    label: str
    quote: str | None
    rate: str | None
    declared_gap: bool
    at_least: float | None
    over: float | None
    at_most: float | None
    below: float | None

    def covers(self, points: float) -> bool:
        """Whether a total falls into this level."""
        return (
            (self.at_least is None or points >= self.at_least)
            and (self.over is None or points > self.over)
            and (self.at_most is None or points <= self.at_most)
            and (self.below is None or points < self.below)
        )


@dataclass(frozen=True, eq=False, slots=True)
class Item:
    """One row of a table. `conditions` hold together or, with `any_of`, singly; `unless` takes it away."""

    id: str
    label: str
    points: Points
    half_points: int
    group: str | None
    quote: str
    conditions: tuple[Condition, ...]
    any_of: bool
    unless: tuple[Condition, ...]
    facts: tuple[str, ...]
    """The facts this row reads, in the order of its conditions."""

    def present(self, values: Mapping[str, object]) -> bool:
        """Whether the row counts, given a value for each of its facts."""
        held = (c.holds(values[c.fact]) for c in self.conditions)
        return (any(held) if self.any_of else all(held)) and not any(
            c.holds(values[c.fact]) for c in self.unless
        )


@dataclass(frozen=True, eq=False, slots=True)
class Group:
    """Rows that share facts, so that their points are not independent of each other."""

    facts: tuple[str, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, eq=False)
class Scale:
    """One score table."""

    name: str
    label: str
    section: str
    table: int
    note: str
    """What limits the scale, shown with every result."""
    remarks: Mapping[str, str]
    """What is said of a result in a special situation."""
    items: tuple[Item, ...]
    groups: tuple[Group, ...]
    tiers: tuple[Tier, ...]
    two_level: tuple[Tier, ...]
    profiles: Mapping[str, tuple[Tier, ...]]
    group_labels: Mapping[str, str]
    classes: Mapping[str, tuple[object, ...]]
    """For each fact, one representative of every set of values that the table does not tell apart."""
    totals: tuple[int, ...]
    """Every total that can be reached, in half points, ascending."""
    tier_by_total: Mapping[int, Tier]
    two_level_by_total: Mapping[int, Tier]

    @property
    def lowest(self) -> int:
        """The smallest total in half points."""
        return self.totals[0]

    @property
    def highest(self) -> int:
        """The largest total in half points."""
        return self.totals[-1]

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """Every fact the table reads."""
        return tuple(fact for group in self.groups for fact in group.facts)

    def tier_of(self, half_points: int, two_level: bool = False) -> Tier:
        """The level that an attainable total in half points falls into, or its reading in two levels."""
        return (self.two_level_by_total if two_level else self.tier_by_total)[half_points]

    def tier_in(self, profile: str, half_points: int) -> Tier:
        """The level in another profile of the scale (A01)."""
        return next(tier for tier in self.profiles[profile] if tier.covers(half_points / 2))


def _tier(row: Mapping[str, Any]) -> Tier:
    bounds = {key: row.get(key) for key in ("at_least", "over", "at_most", "below")}
    gap = row.get("declared_gap", False)
    return Tier(row["id"], row["label"], row.get("quote"), row.get("rate"), gap, **bounds)


def _item(row: Mapping[str, Any]) -> Item:
    any_of = "any" in row
    conditions = tuple(Condition.parse(text) for text in row["any" if any_of else "all"])
    unless = tuple(Condition.parse(text) for text in row.get("unless", ()))
    half = row["points"] * 2
    if half != int(half):
        raise TableError(f"{row['id']}: {row['points']} is not a multiple of half a point")
    facts = tuple(dict.fromkeys(condition.fact for condition in (*conditions, *unless)))
    group = row.get("group")
    return Item(
        row["id"],
        row["label"],
        row["points"],
        int(half),
        group,
        row["quote"],
        conditions,
        any_of,
        unless,
        facts,
    )


def _groups(items: Iterable[Item]) -> tuple[Group, ...]:
    """Rows joined wherever they share a fact."""
    joined: list[tuple[list[str], list[Item]]] = []
    for item in items:
        touching = [group for group in joined if set(group[0]) & set(item.facts)]
        facts = [fact for group in touching for fact in group[0]]
        members = [member for group in touching for member in group[1]]
        joined = [group for group in joined if group not in touching]
        joined.append(([*facts, *(fact for fact in item.facts if fact not in facts)], [*members, item]))
    return tuple(Group(tuple(facts), tuple(members)) for facts, members in joined)


def _classes(items: Iterable[Item], facts: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[object, ...]]:
    """Representatives: every cut point and one value between and beyond them; both booleans; every choice."""
    cuts: dict[str, set[float]] = {}
    for item in items:
        for condition in (*item.conditions, *item.unless):
            cut = cuts.setdefault(condition.fact, set())
            if condition.comparison != "=":
                cut.add(float(condition.constant))  # type: ignore[arg-type]
    classes: dict[str, tuple[object, ...]] = {}
    for fact, points in cuts.items():
        spec = facts[fact]
        if spec["kind"] == "number":
            edges = sorted({float(spec["min"]), float(spec["max"]), *points})
            between = [(low + high) / 2 for low, high in pairwise(edges)]
            classes[fact] = tuple(sorted({*points, *between}))
        elif spec["kind"] == "choice":
            classes[fact] = tuple(spec["choices"])
        else:
            classes[fact] = (True, False)
    return classes


def combinations(group: Group, domains: Mapping[str, tuple[object, ...]]) -> list[dict[str, object]]:
    """Every assignment of the group's facts within their domains."""
    rows: list[dict[str, object]] = [{}]
    for fact in group.facts:
        rows = [{**row, fact: value} for row in rows for value in domains[fact]]
    return rows


def _attainable(groups: Iterable[Group], domains: Mapping[str, tuple[object, ...]]) -> set[int]:
    totals = {0}
    for group in groups:
        sums = {
            sum(i.half_points for i in group.items if i.present(row)) for row in combinations(group, domains)
        }
        totals = {total + add for total in totals for add in sums}
    return totals


def _by_total(name: str, totals: Iterable[int], tiers: tuple[Tier, ...]) -> dict[int, Tier]:
    found = {}
    for total in totals:
        matching = [tier for tier in tiers if tier.covers(total / 2)]
        if len(matching) != 1:
            raise TableError(f"{name}: {total / 2} points belong to {[t.id for t in matching] or 'no tier'}")
        found[total] = matching[0]
    return found


def build_scale(raw: Mapping[str, Any], facts: Mapping[str, Mapping[str, Any]]) -> Scale:
    """A checked scale from its data; TableError when it contradicts the paper's arithmetic."""
    items = tuple(_item(row) for row in raw["item"])
    groups = _groups(items)
    classes = _classes(items, facts)
    totals = tuple(sorted(_attainable(groups, classes)))
    limits = [points_of(totals[0]), points_of(totals[-1])]
    if limits != raw["limits"]:
        raise TableError(f"{raw['name']}: totals run over {limits}, the paper's over {raw['limits']}")
    for label, maximum in raw.get("group_max", {}).items():
        part = _attainable(_groups(item for item in items if item.group == label), classes)
        if max(part) != maximum * 2:
            raise TableError(f"{raw['name']}: {label} reaches {max(part) / 2}, not {maximum}")
    tiers = tuple(_tier(row) for row in raw["tier"])
    two_level = tuple(_tier(row) for row in raw.get("two_level", ()))
    profiles = {key: tuple(_tier(row) for row in rows) for key, rows in raw.get("profile", {}).items()}
    for levels in profiles.values():
        _by_total(raw["name"], totals, levels)
    return Scale(
        name=raw["name"],
        label=raw["label"],
        section=raw["section"],
        table=raw["table"],
        note=raw["note"],
        remarks=raw.get("remarks", {}),
        items=items,
        groups=groups,
        tiers=tiers,
        two_level=two_level,
        profiles=profiles,
        group_labels=raw.get("group_label", {}),
        classes=classes,
        totals=totals,
        tier_by_total=_by_total(raw["name"], totals, tiers),
        two_level_by_total=_by_total(raw["name"], totals, two_level) if two_level else {},
    )


@cache
def fact_rows() -> dict[str, dict[str, Any]]:
    """The rows of facts.toml by name, in their order."""
    return {row["name"]: row for row in read_toml("facts")["fact"]}


@cache
def scale(name: str) -> Scale:
    """One of the four scales by name; KeyError for another name."""
    if name not in SCALE_NAMES:
        raise KeyError(name)
    return build_scale(read_toml(name), fact_rows())
