"""The score of one scale as the assessment shows it: points, tier, range, items, what is unknown and decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .closure import Case
from .facts import FACTS
from .intervals import Interval, interval, single_tiers, tier_masks
from .tables import Scale, Tier, points_of, scale


@dataclass(frozen=True, slots=True)
class Score:
    """A scale applied to a case."""

    scale: Scale
    interval: Interval
    tier: str
    tiers: tuple[str, ...]
    """Every tier that can still result, in the order of the table."""
    deciding: tuple[str, ...]

    @property
    def settled(self) -> bool:
        """Whether the tier can no longer change."""
        return len(self.tiers) == 1

    @property
    def points(self) -> int | float:
        """Points of what is known to be present."""
        return points_of(self.interval.known)

    def can_be(self, *tiers: str) -> bool:
        """Whether one of the tiers can still result."""
        return any(tier in self.tiers for tier in tiers)

    def present(self, item: str) -> bool:
        """Whether a row is known to be present."""
        return (item, "present") in self.interval.status


def _reached(of: Scale, state: Interval, levels: tuple[Tier, ...]) -> tuple[str, ...]:
    reached = {of.tier_of(total, levels).id for total in state.totals}
    return tuple(tier.id for tier in levels if tier.id in reached)


def score(name: str, case: Case) -> Score:
    """Apply one of the four scales to a case."""
    of = scale(name)
    state = interval(name, case)
    tiers = _reached(of, state, of.tiers)
    classes = tier_masks(name, state.offset, single_tiers(of.tiers))
    deciding = tuple(state.pivotal(classes)) if len(tiers) > 1 else ()
    return Score(of, state, of.tier_of(state.known).id, tiers, deciding)


def two_level(result: Score) -> dict[str, Any]:
    """The second reading of Wells PE (D4): likely above 4."""
    of, state = result.scale, result.interval
    reached = _reached(of, state, of.two_level)
    return {
        "two_level": of.tier_of(state.known, of.two_level).id,
        "two_level_range": [reached[0], reached[-1]],
        "two_level_settled": len(reached) == 1,
    }


def _label(of: Scale, tier: str) -> str:
    return next(entry.label for entry in of.tiers if entry.id == tier)


def _distance(result: Score) -> list[str]:
    """How far the known points are from the next tier up."""
    of, known = result.scale, result.interval.known
    if known >= of.highest:
        return []
    here = of.tier_of(known).id
    for total in range(known + 1, of.highest + 1):
        if not of.attainable >> (total - of.lowest) & 1:
            continue
        tier = of.tier_of(total)
        if tier.id != here and not tier.declared_gap:
            return [f"{of.label}：距{tier.label}差{points_of(total - known)}分"]
    return []


def _without_cancer(result: Score, case: Case) -> list[str]:
    """A03: what the tier would be if MM were not counted as active cancer, where that matters."""
    of, known = result.scale, result.interval.known
    if not result.present("active_cancer"):
        return []
    weight = next(item.half_points for item in of.items if item.id == "active_cancer")
    lines = []
    for levels in (of.tiers, of.two_level):
        if levels:
            now, then = of.tier_of(known, levels), of.tier_of(known - weight, levels)
            if now.id != then.id:
                lines.append(
                    f"若不把MM计为活动性肿瘤，{of.label}为{points_of(known - weight)}分（{then.label}），"
                    f"现计为{points_of(known)}分（{now.label}）"
                )
    return lines


def _notes(result: Score, case: Case) -> list[str]:
    notes = [result.scale.note]
    if result.present("active_cancer"):
        notes.append(f"活动性肿瘤已计分（依据：{case.derived.get('active_cancer', '如所述')}）")
    if result.scale.name == "mm_vte" and result.present("imid"):
        rows = [item.id for item in result.scale.items if item.group == "treatment" and result.present(item.id)]
        if rows == ["imid"]:
            notes.append("表5对单用免疫调节剂亦计4分；共识第四部分指出“单用 IMiD…不增加MM相关VTE的发生率”（A13）")
    if result.scale.name == "bleeding" and case.true("on_warfarin") and (case.number("inr") or 0) > 1.5:
        notes.append("正在使用华法林：INR>1.5归因于华法林，不按肝功能不全计分（A10）")
    return notes


def render(result: Score, case: Case) -> dict[str, Any]:
    """The score as the contract shows it."""
    of, state = result.scale, result.interval
    status = dict(state.status)
    body: dict[str, Any] = {
        "label": of.label,
        "points": result.points,
        "tier": result.tier,
        "tier_label": _label(of, result.tier),
        "settled": result.settled,
        "range": [points_of(state.lowest), points_of(state.highest)],
        "tier_range": [result.tiers[0], result.tiers[-1]],
        "items": [
            {
                "id": item.id,
                "label": item.label,
                "points": points_of(item.half_points),
                "status": status[item.id],
                "facts": list(item.facts),
                "quote": item.quote,
            }
            for item in of.items
        ],
        "unknown": list(state.unknown),
        "deciding": list(result.deciding),
        "sensitivity": _distance(result) + _without_cancer(result, case),
        "notes": _notes(result, case),
        "source": {"section": of.section, "table": of.table},
    }
    if of.two_level:
        body.update(two_level(result))
    return body


def bears_on(name: str, case: Case) -> bool:
    """Whether any fact that was mentioned is an input of the scale."""
    both_halves = {"height_cm", "weight_kg"} <= case.stated and "bmi" in scale(name).facts
    return both_halves or bool(case.stated & _inputs(name))


def _inputs(name: str) -> frozenset[str]:
    inputs = set(scale(name).facts)
    if "bmi" in inputs:
        inputs |= {"imid_drug", "regimen", "glucocorticoid", "other_risk_factors_denied"}
    if "history_vte" in inputs:
        inputs.add("history_dvt")
    if "gfr" in inputs:
        inputs |= {"creatinine_clearance_ml_min", "renal_function_normal", "active_bleeding"}
    if "calf_swelling_over_3cm" in inputs:
        inputs.add("calf_difference_cm")
    return frozenset(inputs & FACTS.keys())
