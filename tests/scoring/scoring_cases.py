"""Patients for the tests: one with everything known and nothing present, and changes to it."""

from __future__ import annotations

from typing import Any

from scoring import assess

COMPLETE: dict[str, object] = {
    "age_years": 39,
    "sex": "female",
    "weight_kg": 58,
    "bmi": 22.0,
    "inherited_thrombophilia": False,
    "family_history_vte": False,
    "history_vte": False,
    "history_superficial_vein_thrombosis": False,
    "lupus_anticoagulant": False,
    "anticardiolipin_antibody": False,
    "fracture_pelvis_hip_femur": False,
    "immobilized_over_3_days": False,
    "major_surgery_within_1_month": False,
    "immobilized_or_surgery_within_4_weeks": False,
    "m_protein_g_l": 10,
    "heart_failure_within_1_month": False,
    "acute_myocardial_infarction": False,
    "copd": False,
    "diabetes": False,
    "nephrotic_syndrome": False,
    "imid": False,
    "carfilzomib": False,
    "anthracycline_chemotherapy": False,
    "chemotherapy": False,
    "erythropoietin": False,
    "central_venous_catheter": False,
    "glucocorticoid": False,
    "active_gastrointestinal_ulcer": False,
    "bleeding_within_3_months": False,
    "coagulopathy": False,
    "platelets_e9_l": 200,
    "inr": 1.0,
    "hepatic_insufficiency": False,
    "on_warfarin": False,
    "icu": False,
    "rheumatic_disease": False,
    "active_cancer": False,
    "gfr": 90,
    "paralysis_or_recent_cast": False,
    "deep_vein_tenderness": False,
    "entire_leg_swelling": False,
    "calf_swelling_over_3cm": False,
    "unilateral_pitting_edema": False,
    "collateral_superficial_veins": False,
    "alternative_diagnosis_as_likely_as_dvt": False,
    "dvt_signs": False,
    "hemoptysis": False,
    "pe_more_likely_than_alternatives": False,
    "heart_rate_bpm": 70,
    "atrial_fibrillation": False,
    "mechanical_heart_valve": False,
    "current_anticoagulant": "无",
    "current_antiplatelet": "无",
}
LOW = {"history_vte": True, "diabetes": True}
HIGH = {"history_vte": True, "imid": True}
VERY_HIGH = {"history_vte": True, "family_history_vte": True, "history_superficial_vein_thrombosis": True}
TIERS: dict[str, dict[str, object]] = {
    "none": {},
    "low": dict(LOW),
    "high": dict(HIGH),
    "very_high": dict(VERY_HIGH),
}
HIGH_BLEEDING = {"active_gastrointestinal_ulcer": True, "icu": True}
PUT_FORWARD = ("recommend", "option", "consider", "caution", "continue", "may_stop")


def patient(*changes: dict[str, object], without: tuple[str, ...] = (), **more: object) -> dict[str, object]:
    """The complete patient with changes; facts in `without` are not mentioned."""
    facts = dict(COMPLETE)
    for change in (*changes, more):
        facts |= change
    for name in without:
        facts.pop(name, None)
    return facts


def score(name: str, *changes: dict[str, object], **more: object) -> dict[str, Any]:
    """One score of the changed complete patient."""
    return assess(patient(*changes, **more), asked=(name,))["scores"][name]


def codes(result: dict[str, Any], *modalities: str) -> list[str]:
    """Advice codes in order; only those of some modalities when given."""
    return [item["code"] for item in result["advice"] if not modalities or item["modality"] in modalities]


def forward(result: dict[str, Any]) -> set[str]:
    """Codes that are put forward: neither for reference nor against nor questions."""
    return set(codes(result, *PUT_FORWARD))


def item(result: dict[str, Any], code: str) -> dict[str, Any]:
    """The only advice item with a code."""
    found = [entry for entry in result["advice"] if entry["code"] == code]
    assert len(found) == 1, f"{code}: {len(found)} items"
    return found[0]
