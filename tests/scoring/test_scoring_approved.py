"""Whole answers, word for word, as they were last approved: approved.json is what a clinician reviews.

A change of wording, dose, rule or source shows as a difference here. After reviewing it, write the file anew
with ``python tests/scoring/test_scoring_approved.py`` from the project's root.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from scoring_cases import HIGH_BLEEDING, TIERS, patient  # noqa: E402

from scoring import assess, differences, dose_advice, drug_relations, risk_factors, scale  # noqa: E402
from scoring.tables import SCALE_NAMES  # noqa: E402

APPROVED = Path(__file__).with_name("approved.json")
PE = {"vte_event": "pe", "hemodynamic_instability": False, "anticoagulation_contraindicated": False}
DVT = {"vte_event": "dvt", "limb_threatening_dvt": False, "anticoagulation_contraindicated": False}
CR = {"mm_response": "cr", "months_on_prophylaxis": 9, "chemotherapy": False}
SIGNS = {"vte_event": "suspected_dvt", "entire_leg_swelling": True, "deep_vein_tenderness": True}
PATIENTS: dict[str, dict[str, object]] = {
    "nothing known but age and an IMiD": {"age_years": 67, "imid": True, "regimen": "VRd"},
    "below 6": patient(),
    "low": patient(TIERS["low"]),
    "low, GFR 45": patient(TIERS["low"], gfr=45),
    "low, GFR 59.5": patient(TIERS["low"], gfr=59.5),
    "low, kidney disease without a number": patient(
        TIERS["low"], renal_function_normal=False, without=("gfr",)
    ),
    "low, GFR 45, platelets 40": patient(TIERS["low"], gfr=45, platelets_e9_l=40),
    "low, bleeding within 3 months and dexamethasone open": patient(
        TIERS["low"], without=("bleeding_within_3_months", "glucocorticoid")
    ),
    "low, active cancer open": patient(
        TIERS["low"], active_gastrointestinal_ulcer=True, sex="male", without=("active_cancer",)
    ),
    "high": patient(TIERS["high"], active_cancer=True),
    "high, GFR 45": patient(TIERS["high"], gfr=45),
    "high, clearance 25": patient(TIERS["high"], creatinine_clearance_ml_min=25, without=("gfr",)),
    "high, GFR and platelets unknown": patient(TIERS["high"], without=("gfr", "platelets_e9_l")),
    "high, platelets 40": patient(TIERS["high"], platelets_e9_l=40),
    "high, platelets 50": patient(TIERS["high"], platelets_e9_l=50),
    "high, coagulopathy": patient(TIERS["high"], coagulopathy=True),
    "high, bleeding score 7": patient(TIERS["high"], HIGH_BLEEDING),
    "high, bleeding score 7, platelets 50": patient(TIERS["high"], HIGH_BLEEDING, platelets_e9_l=50),
    "high, active bleeding": patient(TIERS["high"], active_bleeding=True),
    "below 6, active bleeding": patient(active_bleeding=True),
    "high, atrial fibrillation": patient(TIERS["high"], atrial_fibrillation=True),
    "high, valve, on warfarin": patient(
        TIERS["high"], mechanical_heart_valve=True, on_warfarin=True, without=("current_anticoagulant",)
    ),
    "below 6, atrial fibrillation, bleeding score 7": patient(HIGH_BLEEDING, atrial_fibrillation=True),
    "high, aspirin": patient(TIERS["high"], current_antiplatelet="阿司匹林"),
    "very high": patient(TIERS["very_high"]),
    "very high, platelets 40": patient(TIERS["very_high"], platelets_e9_l=40),
    "very high, GFR 20": patient(TIERS["very_high"], gfr=20),
    "very high, bleeding score and weight open": patient(
        TIERS["very_high"], active_gastrointestinal_ulcer=True, without=("icu", "weight_kg")
    ),
    "CR, maintenance without drugs": patient(CR, mm_phase="maintenance"),
    "CR, maintenance without drugs, 3 months": patient(CR, mm_phase="maintenance", months_on_prophylaxis=3),
    "CR, maintenance with an IMiD": patient(CR, mm_phase="maintenance", imid=True, without=("copd",)),
    "CR, maintenance, diabetes and COPD": patient(CR, mm_phase="maintenance", diabetes=True, copd=True),
    "CR, maintenance without drugs, low": patient(
        CR,
        mm_phase="maintenance",
        central_venous_catheter=True,
        carfilzomib=True,
        anthracycline_chemotherapy=True,
    ),
    "CR, maintenance with an IMiD, months open": patient(
        CR, mm_phase="maintenance", imid=True, without=("months_on_prophylaxis",)
    ),
    "CR, maintenance with an IMiD and a steroid": patient(
        CR, mm_phase="maintenance", imid=True, glucocorticoid=True, dexamethasone_mg_per_cycle=40
    ),
    "CR, consolidation without drugs, much open": patient(
        CR, mm_phase="consolidation", without=("chemotherapy", "copd", "bmi", "mechanical_heart_valve")
    ),
    "CR, consolidation with an IMiD": patient(CR, mm_phase="consolidation", imid=True),
    "CR, consolidation with chemotherapy": patient(CR, mm_phase="consolidation", chemotherapy=True),
    "CR, consolidation, drugs and months open": patient(
        {"mm_response": "cr", "mm_phase": "consolidation"}, without=("imid", "chemotherapy", "glucocorticoid")
    ),
    "CR, consolidation with an IMiD and a steroid, 6 months": patient(
        CR,
        mm_phase="consolidation",
        imid=True,
        glucocorticoid=True,
        dexamethasone_mg_per_cycle=40,
        months_on_prophylaxis=6,
    ),
    "PR, consolidation with an IMiD and chemotherapy, 6 months": patient(
        CR, mm_response="pr", mm_phase="consolidation", imid=True, chemotherapy=True, months_on_prophylaxis=6
    ),
    "CR, consolidation, withheld": patient(
        CR, mm_phase="consolidation", history_vte=True, imid=True, glucocorticoid=True, regimen="VRd"
    ),
    "PR, maintenance with a steroid": patient(
        CR, mm_response="pr", mm_phase="maintenance", dexamethasone_mg_per_cycle=40, glucocorticoid=True
    ),
    "VGPR, maintenance without drugs": patient(CR, mm_response="vgpr", mm_phase="maintenance"),
    "CR, maintenance without drugs, atrial fibrillation open": patient(
        CR, mm_phase="maintenance", without=("atrial_fibrillation",)
    ),
    "relapse": patient(TIERS["high"], mm_phase="relapse"),
    "PE": patient(PE, recurrent_vte=True, mm_phase="relapse", lmwh_days=5, inr=2.1),
    "DVT, myeloma active as stated": patient(DVT, mm_active=True),
    "DVT, myeloma progressing": patient(DVT, mm_response="pd"),
    "PE, unstable": patient(PE, hemodynamic_instability=True, lmwh_days=3, inr=2.1),
    "PE, unstable, contraindication": patient(
        PE, hemodynamic_instability=True, anticoagulation_contraindicated=True
    ),
    "PE, little known": {"vte_event": "pe"},
    "PE, contraindication": patient(PE, anticoagulation_contraindicated=True),
    "DVT, limb threatened": patient(DVT, limb_threatening_dvt=True),
    "DVT, active bleeding": patient(DVT, active_bleeding=True),
    "distal DVT, contraindication": patient(
        DVT, vte_event="distal_dvt", anticoagulation_contraindicated=True
    ),
    "DVT, GFR 20, platelets 30, 130 kg": patient(DVT, gfr=20, platelets_e9_l=30, weight_kg=130),
    "suspected DVT at 2": patient(SIGNS, calf_difference_cm=3, without=("calf_swelling_over_3cm",)),
    "suspected DVT, other diagnosis open": patient(
        SIGNS, collateral_superficial_veins=True, alternative_diagnosis_as_likely_as_dvt=None
    ),
    "suspected DVT, little known": {"vte_event": "suspected_dvt", "entire_leg_swelling": True},
    "suspected DVT, active cancer open": patient(
        SIGNS, alternative_diagnosis_as_likely_as_dvt=False, without=("active_cancer",)
    ),
    "suspected PE at 1.5": patient(
        vte_event="suspected_pe", history_vte=True, heart_rate_bpm=100, hemodynamic_instability=False
    ),
    "myeloma active as stated, INR on warfarin": {
        "age_years": 75.9,
        "mm_active": True,
        "current_anticoagulant": "Warfarin",
        "inr": 2.5,
        "hepatic_insufficiency": True,
        "height_cm": 160,
        "weight_kg": 64,
    },
    "an unknown regimen, other risk factors denied": {
        "regimen": "某试验方案",
        "other_risk_factors_denied": True,
        "anthracycline_chemotherapy": True,
        "dexamethasone_mg_per_cycle": 40,
        "current_anticoagulant": "无",
    },
    "more contradictions": {
        "calf_difference_cm": 3.1,
        "calf_swelling_over_3cm": False,
        "glucocorticoid": False,
        "dexamethasone_mg_per_cycle": 40,
        "on_warfarin": True,
        "current_anticoagulant": "无",
        "height_cm": 100,
        "weight_kg": 300,
    },
    "contradictions": {
        "height_cm": 170,
        "weight_kg": 72,
        "bmi": 30,
        "gfr": 40,
        "renal_function_normal": True,
        "history_dvt": True,
        "history_vte": False,
        "imid": False,
        "imid_drug": "来那度胺",
    },
}
DRUGS = (
    "aspirin",
    "warfarin",
    "lmwh",
    "dalteparin",
    "doac",
    "rivaroxaban",
    "apixaban",
    "alteplase",
    "unfractionated_heparin",
)
DOSED: dict[str, dict[str, object]] = {
    "nothing known": {},
    "high": patient(TIERS["high"]),
    "high, GFR 20, platelets 50": patient(TIERS["high"], gfr=20, platelets_e9_l=50),
    "bleeding, 130 kg, platelets 30": {"active_bleeding": True, "weight_kg": 130, "platelets_e9_l": 30},
    "below 6, 130 kg": patient(weight_kg=130),
    "high, GFR 20, 130 kg, on an anticoagulant": patient(
        TIERS["high"], gfr=20, weight_kg=130, current_anticoagulant="利伐沙班"
    ),
    "PE, 95 kg": {"vte_event": "pe", "weight_kg": 95, "current_antiplatelet": "氯吡格雷"},
}

CHANGES: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "bortezomib instead of lenalidomide": (
        patient(
            TIERS["high"],
            imid_drug="来那度胺",
            regimen="Rd",
            dvt_signs=True,
            heart_rate_bpm=101,
            hemoptysis=None,
        ),
        patient(TIERS["high"], imid=False, regimen="Vd", heart_rate_bpm=100, hemoptysis=True),
    ),
    "the first facts of a case": ({}, {"age_years": 67, "icu": True}),
}


def answer(name: str) -> dict[str, Any]:
    """What the assessment of a patient says, without the rows of the tables."""
    result = assess(PATIENTS[name])
    scores = {
        key: {part: body[part] for part in body if part not in ("items", "label", "source")}
        for key, body in result["scores"].items()
    }
    kept = ("derived", "conflicts", "advice", "questions")
    return {"scores": scores} | {key: result[key] for key in kept}


def doses(name: str) -> dict[str, Any]:
    """What is answered to the question about the dose of each drug."""
    return {drug: dose_advice(drug, None, None, DOSED[name]) for drug in DRUGS}


def change(name: str) -> list[dict[str, Any]]:
    """What a comparison of two assessments tells."""
    before, after = CHANGES[name]
    return differences(assess(before), assess(after))


def displays() -> dict[str, Any]:
    """The tables as they are shown."""
    tables = {name: scale(name) for name in SCALE_NAMES}
    return tables | {"table 3": risk_factors(), "table 4": drug_relations()}


@cache
def approved() -> dict[str, Any]:
    return json.loads(APPROVED.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", PATIENTS)
def test_the_assessment_is_the_approved_one(name: str) -> None:
    assert answer(name) == approved()["assessments"][name]


@pytest.mark.parametrize("name", DOSED)
def test_the_doses_are_the_approved_ones(name: str) -> None:
    assert doses(name) == approved()["doses"][name]


@pytest.mark.parametrize("name", CHANGES)
def test_the_comparison_is_the_approved_one(name: str) -> None:
    assert change(name) == approved()["comparisons"][name]


def test_the_tables_are_shown_as_approved() -> None:
    assert displays() == approved()["displays"]


if __name__ == "__main__":
    content = {
        "assessments": {name: answer(name) for name in PATIENTS},
        "doses": {name: doses(name) for name in DOSED},
        "comparisons": {name: change(name) for name in CHANGES},
        "displays": displays(),
    }
    APPROVED.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
