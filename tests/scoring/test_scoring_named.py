"""A tier, a total or an item that is named, without a patient: P0-P3s, A01, A02, A24 and the boundaries."""

from __future__ import annotations

from typing import Any

import pytest

from scoring import boundary_flags, item_rows, level_of, named_tier_advice, rows_of, tier_drug_advice

SAFE = {"platelets_e9_l": 120, "gfr": 90, "active_bleeding": False, "bleeding_within_3_months": False}


def codes(advice: list[dict[str, Any]]) -> list[str]:
    return [item["code"] for item in advice if item["modality"] not in ("avoid", "reference")]


@pytest.mark.parametrize(
    ("tier", "facts", "there", "not_there"),
    [
        ("none", {"gfr": 20}, ["PPX_NONE"], ["PPX_ASPIRIN_100"]),
        ("low", SAFE, ["PPX_ASPIRIN_100"], ["RENAL_ASPIRIN_CAUTION"]),
        ("low", {"gfr": 40}, ["RENAL_ASPIRIN_CAUTION", "PPX_WARFARIN_INR2_3"], []),
        ("high", SAFE, ["PPX_WARFARIN_INR2_3", "PPX_LMWH_PROPH", "PPX_RIVA_10"], ["SILENT"]),
        ("high", {"gfr": 45}, ["PPX_RIVA_10", "SILENT"], []),
        ("high", {"gfr": 29.9}, ["PPX_WARFARIN_INR2_3", "RENAL_LMWH_REDUCE"], ["PPX_RIVA_10"]),
        ("very_high", {"gfr": 20}, ["RENAL_LMWH_REDUCE", "RENAL_ANTIXA", "SILENT"], ["PPX_RIVA_20"]),
        ("very_high", {"platelets_e9_l": 40}, ["PLT_INDIVIDUALIZE"], ["PPX_RIVA_20", "PPX_LMWH_THER"]),
        ("high", {"active_bleeding": True}, ["CONTRA_ACTIVE_BLEED", "PPX_MECHANICAL"], ["PPX_RIVA_10"]),
    ],
)
def test_a_named_tier_gives_its_rule(
    tier: str, facts: dict[str, Any], there: list[str], not_there: list[str]
) -> None:
    found = codes(named_tier_advice(tier, facts))
    assert set(there) <= set(found)
    assert not set(not_there) & set(found)


def test_no_dose_while_what_it_needs_is_not_known() -> None:
    assert not any(item["doses"] for item in named_tier_advice("very_high", {"weight_kg": 70}))
    known = named_tier_advice("very_high", SAFE | {"weight_kg": 70}, 3)
    assert [dose["amount"] for item in known for dose in item["doses"]] == [70, 20]


def test_a_bleeding_score_that_is_told_restrains() -> None:
    found = named_tier_advice("very_high", SAFE | {"weight_kg": 70}, 8)
    assert "BLEED_HIGH_INDIVIDUALIZE" in codes(found)
    assert not any(item["doses"] for item in found)


@pytest.mark.parametrize(
    ("tier", "drug", "code", "modality"),
    [
        ("high", "aspirin", "PPX_ASPIRIN_100", "avoid"),
        ("very_high", "aspirin", "PPX_ASPIRIN_100", "avoid"),
        ("none", "aspirin", "PPX_NONE", "recommend"),
        ("low", "aspirin", "TIER_LISTS_DRUG", "inform"),
        ("low", "rivaroxaban", "SILENT", "inform"),
        ("very_high", "warfarin", "SILENT", "inform"),
        ("high", "lmwh", "TIER_LISTS_DRUG", "inform"),
        ("very_high", "doac", "TIER_LISTS_DRUG", "inform"),
    ],
)
def test_whether_a_tier_names_a_drug(tier: str, drug: str, code: str, modality: str) -> None:
    advice = tier_drug_advice(tier, drug)
    assert (advice["code"], advice["modality"]) == (code, modality)


@pytest.mark.parametrize(
    ("name", "points", "tier", "flags"),
    [
        ("wells_pe", 1, "low", []),
        ("wells_pe", 1.5, "gap", ["WELLS_PE_GAP_FLAG"]),
        ("wells_pe", 2, "moderate", []),
        ("wells_dvt", 2, "unlikely", ["WELLS_DVT_THRESHOLD_FLAG"]),
        ("wells_dvt", 3, "likely", []),
        ("bleeding", 6.5, "low", []),
        ("bleeding", 7, "high", []),
        ("mm_vte", 5, "none", []),
        ("mm_vte", 13, "very_high", []),
    ],
)
def test_the_level_of_a_total(name: str, points: float, tier: str, flags: list[str]) -> None:
    level = level_of(name, points)
    assert level is not None
    assert (level["tier"], [flag["code"] for flag in level["flags"]]) == (tier, flags)


@pytest.mark.parametrize(
    ("name", "points"), [("mm_vte", 8.5), ("mm_vte", 59), ("wells_pe", 0.5), ("wells_dvt", 1.3)]
)
def test_a_total_that_cannot_be_reached_has_none(name: str, points: float) -> None:
    assert level_of(name, points) is None


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"age_years": 85}, {("mm_vte", 2, "present"), ("bleeding", 3.5, "present")}),
        ({"age_years": 75}, {("mm_vte", 1, "present"), ("bleeding", 1.5, "present")}),
        ({"sex": "female"}, set()),
        ({"heart_rate_bpm": 101}, {("wells_pe", 1.5, "present")}),
        ({"heart_rate_bpm": 100}, set()),
        ({"calf_difference_cm": 3.5}, {("wells_dvt", 1, "present")}),
        ({"inr": 1.6}, set()),
        ({"inr": 1.6, "hepatic_insufficiency": True, "on_warfarin": False}, {("bleeding", 2.5, "present")}),
        ({"dexamethasone_mg_per_cycle": 120}, {("mm_vte", 2, "present")}),
    ],
)
def test_what_a_value_counts(facts: dict[str, Any], expected: set[tuple[str, float, str]]) -> None:
    rows = item_rows(facts)
    present = {(row["scale"], row["points"], row["status"]) for row in rows if row["status"] == "present"}
    assert present == expected


def test_the_rows_of_a_fact_stand_in_every_table_that_has_it() -> None:
    assert {(row["source"]["table"], row["points"]) for row in rows_of({"central_venous_catheter"})} == {
        (5, 2),
        (6, 2),
    }


@pytest.mark.parametrize(
    ("facts", "flags"),
    [
        ({"heart_rate_bpm": 100}, ["WELLS_PE_NEAR_MISS"]),
        ({"calf_difference_cm": 3}, ["WELLS_DVT_NEAR_MISS"]),
        ({"platelets_e9_l": 50}, ["PLT_BOUNDARY_50"]),
        ({"gfr": 59.5}, ["BOUNDARY_GFR"]),
        ({"gfr": 60}, []),
        ({"heart_rate_bpm": 101}, []),
    ],
)
def test_values_exactly_on_a_bound_are_flagged(facts: dict[str, Any], flags: list[str]) -> None:
    assert [item["code"] for item in boundary_flags(facts)] == flags
