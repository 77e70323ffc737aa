"""The score of one scale as the assessment shows it: points, tier, range, items, what decides."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .closure import Case
from .intervals import Interval, interval, single_tiers, tier_masks
from .regimens import regimen
from .tables import Item, Scale, points_of, scale

PREDNISONE = "prednisone"


@dataclass(frozen=True, eq=False, slots=True)
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
        return self.interval.status[item] == "present"


def _reached(of: Scale, state: Interval, *, two_level: bool = False) -> tuple[str, ...]:
    levels = of.two_level if two_level else of.tiers
    start = state.totals.origin - of.lowest
    masks = tier_masks(of, single_tiers(levels), two_level)
    return tuple(
        tier.id for tier, members in zip(levels, masks, strict=True) if state.totals.mask & (members >> start)
    )


def score(name: str, case: Case) -> Score:
    """Apply one of the four scales to a case."""
    return _score(interval(name, case))


@lru_cache(maxsize=512)
def _score(state: Interval) -> Score:
    of = state.scale
    tiers = _reached(of, state)
    deciding = tuple(state.pivotal(tier_masks(of, single_tiers(of.tiers)))) if len(tiers) > 1 else ()
    return Score(of, state, of.tier_of(state.known).id, tiers, deciding)


def _two_level(result: Score) -> dict[str, Any]:
    """The second reading of Wells PE (D4): likely above 4."""
    reached = _reached(result.scale, result.interval, two_level=True)
    return {
        "two_level": result.scale.tier_of(result.interval.known, two_level=True).id,
        "two_level_range": [reached[0], reached[-1]],
        "two_level_settled": len(reached) == 1,
    }


@lru_cache(maxsize=512)
def _distance(of: Scale, known: int) -> tuple[str, ...]:
    """How far the known half points are from the next tier up."""
    here = of.tier_of(known)
    for total in of.totals:
        tier = of.tier_of(total)
        if total > known and tier is not here and not tier.declared_gap:
            # "距有可能差1分" would not read as a tier
            name = tier.label if tier.label.endswith(("危", "险")) else f"“{tier.label}”"
            return (f"{of.label}：距{name}差{points_of(total - known)}分",)
    return ()


def _without_cancer(result: Score) -> list[str]:
    """A03: what the tier would be if MM were not counted as active cancer, where that matters."""
    of, known = result.scale, result.interval.known
    if "active_cancer" not in result.interval.status or not result.present("active_cancer"):
        return []
    weight = next(item.half_points for item in of.items if item.id == "active_cancer")
    lines = []
    for two_level in (False, True) if of.two_level else (False,):
        now, then = of.tier_of(known, two_level), of.tier_of(known - weight, two_level)
        if now.id != then.id:
            lines.append(
                f"若不把MM计为活动性肿瘤，{of.label}为{points_of(known - weight)}分（{then.label}），"
                f"现计为{points_of(known)}分（{now.label}）"
            )
    return lines


def _imid_is_the_only_treatment_row(result: Score) -> bool:
    """A13: table 5 counts an IMiD even alone."""
    treatment = [item.id for item in result.scale.items if item.group == "treatment"]
    return [item for item in treatment if result.present(item)] == ["imid"]


def _remarks(result: Score, case: Case) -> dict[str, bool]:
    """Which of the scale's remarks hold: A07, A10, A12, A13."""
    match result.scale.name:
        case "mm_vte":
            drugs = getattr(regimen(case.text("regimen")), "drugs", ())
            return {"imid_alone": _imid_is_the_only_treatment_row(result), "prednisone": PREDNISONE in drugs}
        case "bleeding":
            return {"inr_on_warfarin": case.true("on_warfarin") and (case.number("inr") or 0) > 1.5}
        case "wells_pe":
            return {"as_likely_as_pe": case.false("pe_more_likely_than_alternatives")}
    return {}


def _notes(result: Score, case: Case) -> list[str]:
    notes = [result.scale.note]
    if result.interval.status.get("active_cancer") == "present":
        notes.append(f"活动性肿瘤已计分（依据：{case.derived.get('active_cancer', '如所述')}）")
    return notes + [result.scale.remarks[name] for name, holds in _remarks(result, case).items() if holds]


def render_row(item: Item, status: str) -> dict[str, Any]:
    """One row of a score; status: present | absent | unknown."""
    return {
        "id": item.id,
        "label": item.label,
        "points": item.points,
        "status": status,
        "facts": list(item.facts),
        "quote": item.quote,
    }


def render(result: Score, case: Case) -> dict[str, Any]:
    """The score as the contract shows it."""
    of, state = result.scale, result.interval
    body: dict[str, Any] = {
        "label": of.label,
        "points": result.points,
        "tier": result.tier,
        "tier_label": of.tier_of(state.known).label,
        "settled": result.settled,
        "range": [points_of(state.totals.lowest), points_of(state.totals.highest)],
        "tier_range": [result.tiers[0], result.tiers[-1]],
        "items": [render_row(item, state.status[item.id]) for item in of.items],
        "unknown": list(state.unknown),
        "deciding": list(result.deciding),
        "sensitivity": [*_distance(of, state.known), *_without_cancer(result)],
        "notes": _notes(result, case),
        "source": {"section": of.section, "table": of.table},
    }
    if of.two_level:
        body |= _two_level(result)
    return body


# Facts that bear on a scale without standing in its table.
INDIRECT = {
    "mm_vte": ("history_dvt", "imid_drug", "regimen", "glucocorticoid", "other_risk_factors_denied"),
    "bleeding": ("active_bleeding", "creatinine_clearance_ml_min", "renal_function_normal"),
    "wells_dvt": ("calf_difference_cm",),
    "wells_pe": ("history_dvt",),
}


def bears_on(name: str, case: Case) -> bool:
    """Whether any fact that was mentioned is an input of the scale."""
    if name == "mm_vte" and {"height_cm", "weight_kg"} <= case.stated:
        return True
    return not case.stated.isdisjoint((*scale(name).facts, *INDIRECT[name]))
