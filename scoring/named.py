"""What the consensus says of a tier, a total or an item that is merely named: no patient, nothing scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .advice import Advice, advise, silent
from .assessment import assess, situate
from .closure import close_case
from .prophylaxis import OPTION_LABELS, TIER_TEXT, advise_drug, prophylaxis, tier_options
from .renal import renal_flags
from .scores import Score, score
from .tables import SCALE_NAMES, Tier, points_of, scale

#: Of the advice on prophylaxis, what a tier alone decides, without the patient's own questions and course.
_OF_THE_TIER = (
    "PPX_", "RENAL_", "PLT_", "BLEED_", "CONTRA_", "SWITCH_", "MM_PREFER", "SILENT", "BOUNDARY_", "ASK_",
)  # fmt: skip


def named_tier_advice(
    tier: str, facts: Mapping[str, object], bleeding_points: float | None = None
) -> list[Advice]:
    """P0-P3s, P-B, P-P: what a named tier of MM-VTE calls for with these facts; nothing is scored."""
    situation = situate(facts, asked=("mm_vte",))
    fixed = replace(situation.mm_vte, tier=tier, tiers=(tier,), deciding=())
    bleeding = _with_points(situation.bleeding, bleeding_points)
    items = prophylaxis(replace(situation, mm_vte=fixed, bleeding=bleeding)) + renal_flags(situation.case)
    return [item for item in items if item["code"].startswith(_OF_THE_TIER)]


def _with_points(result: Score, points: float | None) -> Score:
    if points is None or round(points * 2) not in result.scale.totals:
        return result
    tier = result.scale.tier_of(round(points * 2)).id
    interval = replace(result.interval, known=round(points * 2))
    return Score(result.scale, interval, tier, (tier,), ())


def tier_drug_advice(tier: str, drug: str) -> Advice:
    """A24, 2.2: whether the consensus names a drug for a tier of MM-VTE; silence where it does not."""
    if tier == "none":
        return advise("PPX_NONE", long_term="")
    if drug == "aspirin" and tier != "low":
        return advise(f"PPX_ASPIRIN_100.{tier}")
    keys = {advise_drug(key): key for key in tier_options(tier, close_case({}))}
    names = {"lmwh": "enoxaparin", "doac": "rivaroxaban"}
    key = keys.get(names.get(drug, drug))
    rule = {"low": "P1", "high": "P2", "very_high": "P3"}[tier]
    if key is None:
        listed = "、".join(dict.fromkeys(OPTION_LABELS[key] for key in keys.values()))
        return silent(f"{TIER_TEXT[tier]}使用该药预防（所列为{listed}）", rule, "五（一）", drug=drug)
    return advise(
        "TIER_LISTS_DRUG",
        source=(rule, "五（一）", 5),
        drug=drug,
        tier=TIER_TEXT[tier],
        option=OPTION_LABELS[key],
    )


def level_of(name: str, points: float) -> dict[str, Any] | None:
    """The level of a total on a scale, with its flags (A01, A02); None for a total that cannot be reached."""
    of, half = scale(name), round(points * 2)
    if half != points * 2 or half not in of.totals:
        return None
    two = of.tier_of(half, two_level=True) if of.two_level else None
    flags: list[Advice] = []
    if name == "wells_dvt" and of.tier_in("wells2003", half).id != of.tier_of(half).id:
        flags.append(advise("WELLS_DVT_THRESHOLD_FLAG"))
    if name == "wells_pe" and of.tier_of(half).declared_gap and two is not None:
        flags.append(advise("WELLS_PE_GAP_FLAG", two_level=two.label))
    levels = [level for level in (of.tier_of(half), two) if level is not None]
    return {
        "points": points_of(half), "tier": levels[0].id, "label": levels[0].label, "flags": flags,
        "quotes": [level.quote for level in levels if level.quote],
        "source": {"section": of.section, "table": of.table},
    }  # fmt: skip


def totals_within(name: str, points: float, bound: str | None) -> list[float]:
    """The totals of a scale on this side of a bound; the total itself where there is none."""
    held = {
        "above": lambda total: total > points, "at_least": lambda total: total >= points,
        "below": lambda total: total < points, "at_most": lambda total: total <= points,
        None: lambda total: total == points,
    }[bound]  # fmt: skip
    return [half / 2 for half in scale(name).totals if held(half / 2)]


def levels_within(name: str, points: float, bound: str | None) -> dict[str, Any] | None:
    """The levels of all totals on this side of a bound, each once; None where no total lies there."""
    found = [level for total in totals_within(name, points, bound) if (level := level_of(name, total))]
    flags = {flag["code"]: flag for level in found for flag in level["flags"]}
    return {
        "tiers": list(dict.fromkeys(level["tier"] for level in found)),
        "label": "、".join(dict.fromkeys(level["label"] for level in found)),
        "flags": list(flags.values()),
        "quotes": list(dict.fromkeys(quote for level in found for quote in level["quotes"])),
    } if found else None  # fmt: skip


def tier_of_points(name: str, points: float) -> Tier | None:
    """The level of a total, None for one that cannot be reached."""
    half = round(points * 2)
    return scale(name).tier_of(half) if half == points * 2 and half in scale(name).totals else None


def item_rows(facts: Mapping[str, object]) -> list[dict[str, Any]]:
    """Every row of the four tables that these facts alone decide: present, absent or still open."""
    case = close_case(facts)
    derived = {fact for fact, value in case.facts.items() if value is not None} - {"active_cancer"}
    named = derived | facts.keys()
    rows = []
    for name in SCALE_NAMES:
        result = score(name, case)
        for item in result.scale.items:
            if named & set(item.facts):
                status = result.interval.status[item.id]
                rows.append({
                    "scale": name, "label": item.label, "points": item.points, "status": status,
                    "source": {"section": result.scale.section, "table": result.scale.table},
                })  # fmt: skip
    return rows


def rows_of(facts: set[str]) -> list[dict[str, Any]]:
    """Every row of the four tables that rests on one of these facts, whatever its value."""
    return [
        {"scale": name, "label": item.label, "points": item.points, "status": None,
         "source": {"section": of.section, "table": of.table}}
        for name in SCALE_NAMES
        for of in (scale(name),)
        for item in of.items
        if facts & set(item.facts)
    ]  # fmt: skip


def boundary_flags(facts: Mapping[str, object]) -> list[Advice]:
    """What is said of a value that lies exactly on a bound: A05, A09, A21, A45."""
    flagged = assess(facts, asked=("mm_vte",))["advice"]
    return [item for item in flagged if item["code"].endswith(("NEAR_MISS", "BOUNDARY_50", "BOUNDARY_GFR"))]
