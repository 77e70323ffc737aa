"""How a dose stands for a patient: what withholds it, what makes it a reference (2.0, 2.2, A10, T11)."""

from __future__ import annotations

from typing import Any

import pytest

from scoring import assess, dose_advice

WEIGHT = {"weight_kg": 60}
SPECIAL = ("dialysis", "pregnancy", "hit", "child", "spinal", "head_injury")


def doses(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [item for item in items if item["code"].startswith("DOSE_")]


def amounts(items: list[dict[str, Any]]) -> list[float]:
    return [dose["amount"] for item in items for dose in item["doses"]]


@pytest.mark.parametrize("drug", ["enoxaparin", "dalteparin", "lmwh", "rivaroxaban", "warfarin"])
def test_no_dose_while_it_is_not_known_whether_it_bleeds(drug: str) -> None:
    items = dose_advice(drug, "treatment", None, {**WEIGHT, "active_bleeding": None})
    assert items[0]["code"] == "CONTRA_BLEED_OPEN"
    assert amounts(items) == []
    assert not any("mg" in item["text"] or "U/kg" in item["text"] for item in doses(items))
    assert any("active_bleeding" in item.get("facts", ()) for item in items)


def test_bleeding_that_was_not_mentioned_withholds_nothing() -> None:
    assert amounts(dose_advice("enoxaparin", "treatment", None, WEIGHT)) == [60, 90]
    assert amounts(dose_advice("enoxaparin", "treatment", None, {**WEIGHT, "active_bleeding": False})) == [
        60,
        90,
    ]


@pytest.mark.parametrize("kind", SPECIAL)
@pytest.mark.parametrize("drug", ["enoxaparin", "lmwh", "rivaroxaban", "warfarin", "aspirin"])
def test_whom_the_consensus_does_not_cover_is_given_no_dose(drug: str, kind: str) -> None:
    items = dose_advice(drug, None, None, WEIGHT, [kind])
    assert amounts(items) == []
    assert sum("本工具不提供推定剂量" in item["text"] for item in items) == 1


def test_interactions_bear_on_the_drugs_they_are_known_of() -> None:
    assert amounts(dose_advice("rivaroxaban", "treatment", None, {}, ["interaction"])) == []
    assert amounts(dose_advice("enoxaparin", "treatment", None, WEIGHT, ["interaction"])) == [60, 90]


@pytest.mark.parametrize(
    ("facts", "purpose", "modality"),
    [
        ({"platelets_e9_l": 49}, "treatment", "reference"),
        ({"platelets_e9_l": 50}, "treatment", "option"),
        ({"platelets_e9_l": 50}, "prophylaxis", "reference"),
        ({"platelets_e9_l": 51}, "prophylaxis", "option"),
        ({"gfr": 29.9}, "treatment", "reference"),
        ({"gfr": 30}, "treatment", "option"),
        ({"coagulopathy": True}, "prophylaxis", "reference"),
        ({"coagulopathy": True}, "treatment", "option"),
        (
            {"active_gastrointestinal_ulcer": True, "bleeding_within_3_months": True},
            "prophylaxis",
            "reference",
        ),
    ],
)
def test_what_is_to_be_individualized_is_for_reference_only(
    facts: dict[str, Any], purpose: str, modality: str
) -> None:
    found = doses(dose_advice("enoxaparin", purpose, None, {**WEIGHT, **facts}))
    assert {item["modality"] for item in found} == {modality}
    assert all(("仅供参考" in item["text"]) is (modality == "reference") for item in found)


@pytest.mark.parametrize("drug", ["enoxaparin", "dalteparin", "rivaroxaban"])
@pytest.mark.parametrize("facts", [{"creatinine_umol_l": 300}, {"renal_function_normal": False}])
def test_a_kidney_without_a_gfr_is_asked_for_it(drug: str, facts: dict[str, Any]) -> None:
    items = dose_advice(drug, "treatment", None, {**WEIGHT, **facts})
    assert amounts(items) == []
    assert any("gfr" in item.get("facts", ()) for item in items)


def test_a_gfr_beside_the_creatinine_is_what_counts() -> None:
    assert amounts(
        dose_advice("enoxaparin", "treatment", None, {**WEIGHT, "creatinine_umol_l": 90, "gfr": 80})
    )


@pytest.mark.parametrize(("gfr", "silent"), [(60, False), (59.9, True), (30, True), (29.9, False)])
def test_p2_p3_the_moderate_kidney_is_not_covered(gfr: float, silent: bool) -> None:
    for drug in ("rivaroxaban", "enoxaparin"):
        texts = [item["text"] for item in dose_advice(drug, "prophylaxis", None, {**WEIGHT, "gfr": gfr})]
        assert any("GFR 30～59" in text for text in texts) is silent


HIGH = {
    "history_vte": True, "imid": True, "platelets_e9_l": 150, "gfr": 90, "active_bleeding": False,
    "bleeding_within_3_months": False, "other_risk_factors_denied": True, "age_years": 50,
    "dexamethasone_mg_per_cycle": 0,
}  # fmt: skip


def test_prophylaxis_of_whom_the_consensus_does_not_cover_is_for_reference() -> None:
    assert any(item["modality"] == "option" for item in assess(HIGH)["advice"])
    advice = assess(HIGH, special=["hit"])["advice"]
    assert any(item["code"] == "SILENT" and "HIT" in item["text"] for item in advice)
    assert amounts(advice) == []
    assert not any(item["modality"] == "option" for item in advice)


@pytest.mark.parametrize("kind", [*SPECIAL, None])
def test_treatment_of_whom_the_consensus_does_not_cover_is_silent(kind: str | None) -> None:
    facts = {"vte_event": "dvt", "active_bleeding": False, "anticoagulation_contraindicated": False, **WEIGHT}
    advice = assess(facts, special=[kind] if kind else [])["advice"]
    assert bool(amounts(advice)) is (kind is None)


def test_an_established_clot_with_bleeding_in_doubt_is_given_no_dose() -> None:
    advice = assess({"vte_event": "dvt", "active_bleeding": None, **WEIGHT})["advice"]
    assert advice[0]["code"] == "CONTRA_BLEED_OPEN"
    assert amounts(advice) == []


def test_a_drug_that_is_taken_while_bleeding_is_in_doubt() -> None:
    advice = assess({"current_anticoagulant": "利伐沙班", "active_bleeding": None})["advice"]
    assert advice[0]["code"] == "CONTRA_BLEED_OPEN"


@pytest.mark.parametrize("facts", [{"platelets_e9_l": 30}, {"gfr": 20}, {"renal_function_normal": False}])
def test_treatment_that_is_not_covered_puts_no_heparin_forward(facts: dict[str, Any]) -> None:
    advice = assess({"vte_event": "dvt", "active_bleeding": False, **WEIGHT, **facts})["advice"]
    heparins = [item for item in advice if item["code"] in ("TX_ENOX", "TX_DALT")]
    assert {item["modality"] for item in heparins} <= {"reference", "caution"}
