"""Questions about a dose."""

from __future__ import annotations

from typing import Any

import pytest
from scoring_cases import TIERS, patient

from scoring import FactError, assess, dose_advice, dose_drugs
from scoring.tables import read_toml

Items = list[dict[str, Any]]


def codes(items: Items) -> list[str]:
    return [entry["code"] for entry in items if entry["code"].startswith("DOSE_")]


def amounts(items: Items) -> list[tuple[object, ...]]:
    return [(d["amount"], d["unit"], d["interval_h"], d["days"]) for entry in items for d in entry["doses"]]


@pytest.mark.parametrize(
    ("drug", "purpose", "phase", "expected"),
    [
        ("aspirin", "prophylaxis", None, ["DOSE_ASPIRIN_100"]),
        ("warfarin", "prophylaxis", None, ["DOSE_WARF_INR2_3"]),
        ("warfarin", "treatment", None, ["DOSE_WARF_INR2_3"]),
        ("enoxaparin", "prophylaxis", None, ["DOSE_ENOX_40_QD", "DOSE_ENOX_1MGKG_BID"]),
        ("enoxaparin", "treatment", None, ["DOSE_ENOX_1MGKG_BID", "DOSE_ENOX_1_5MGKG_QD"]),
        ("enoxaparin", "treatment", "initial", ["DOSE_ENOX_1MGKG_BID"]),
        ("enoxaparin", "treatment", "later", ["DOSE_ENOX_1_5MGKG_QD"]),
        ("enoxaparin", None, "later", ["DOSE_ENOX_1_5MGKG_QD"]),
        ("dalteparin", "treatment", None, ["DOSE_DALT_200UKG_QD", "DOSE_DALT_150UKG_QD"]),
        ("dalteparin", None, "initial", ["DOSE_DALT_200UKG_QD"]),
        ("rivaroxaban", "prophylaxis", None, ["DOSE_RIVA_10_QD", "DOSE_RIVA_20_QD"]),
        ("rivaroxaban", "treatment", None, ["DOSE_RIVA_15_BID", "DOSE_RIVA_20_QD"]),
        ("doac", "treatment", "initial", ["DOSE_RIVA_15_BID"]),
        ("lmwh", "treatment", "initial", ["DOSE_ENOX_1MGKG_BID", "DOSE_DALT_200UKG_QD"]),
    ],
)
def test_doses_by_drug_purpose_and_phase(
    drug: str, purpose: str | None, phase: str | None, expected: list[str]
) -> None:
    assert codes(dose_advice(drug, purpose, phase, {})) == expected


def test_without_a_purpose_the_case_decides() -> None:
    assert len(codes(dose_advice("enoxaparin", None, None, {}))) == 4
    confirmed = dose_advice("enoxaparin", None, None, {"vte_event": "pe"})
    assert codes(confirmed) == ["DOSE_ENOX_1MGKG_BID", "DOSE_ENOX_1_5MGKG_QD"]
    assert len(codes(dose_advice("enoxaparin", None, None, {"vte_event": "suspected_pe"}))) == 4


def test_amounts_by_weight_with_the_formula() -> None:
    items = dose_advice("enoxaparin", "treatment", None, {"weight_kg": 58})
    assert amounts(items) == [(58, "mg", 12, 30), (87, "mg", 24, None)]
    assert "1.5 mg/kg × 58 kg = 87 mg" in items[1]["text"]
    assert "ASK_WEIGHT" not in [entry["code"] for entry in items]


def test_no_amount_without_a_weight_only_the_formula() -> None:
    items = dose_advice("dalteparin", "treatment", "initial", {})
    assert amounts(items) == []
    assert "200 U/kg" in items[0]["text"] and "缺少实际体重" in items[0]["text"]
    assert "ASK_WEIGHT" in [entry["code"] for entry in items]


@pytest.mark.parametrize(("weight", "amount"), [(58.3, 87.5), (58.1, 87.2), (57, 85.5), (60, 90)])
def test_one_decimal_halves_up(weight: float, amount: float) -> None:
    assert amounts(dose_advice("enoxaparin", "treatment", "later", {"weight_kg": weight}))[0][0] == amount


@pytest.mark.parametrize("drug", ["streptokinase", "urokinase", "alteplase"])
@pytest.mark.parametrize("purpose", ["prophylaxis", "treatment", None])
def test_a39_a_thrombolytic_dose_is_never_given(drug: str, purpose: str | None) -> None:
    items = dose_advice(drug, purpose, None, {"weight_kg": 70, "vte_event": "pe"})
    assert [entry["code"] for entry in items] == ["SILENT"]
    assert items[0]["rule"] == "A39" and items[0]["doses"] == []
    assert not any(sign.isdigit() for sign in items[0]["text"])


@pytest.mark.parametrize("drug", ["apixaban", "edoxaban", "dabigatran"])
def test_a26_other_doacs_have_no_dose(drug: str) -> None:
    items = dose_advice(drug, "treatment", None, {"weight_kg": 70})
    assert [entry["code"] for entry in items] == ["SILENT"]
    assert "共识仅推荐利伐沙班；药品适应证请以最新说明书为准" in items[0]["text"]
    assert not any(sign.isdigit() for sign in items[0]["text"])


@pytest.mark.parametrize("drug", ["fondaparinux", "unfractionated_heparin", "nadroparin"])
def test_t11_drugs_without_a_dose_are_silent(drug: str) -> None:
    items = dose_advice(drug, None, None, {})
    assert [entry["code"] for entry in items] == ["SILENT"]
    assert "本工具不提供推定剂量" in items[0]["text"]


def test_a_purpose_without_a_dose_is_silent() -> None:
    assert [e["code"] for e in dose_advice("dalteparin", "prophylaxis", None, {})] == ["SILENT"]
    assert [e["code"] for e in dose_advice("aspirin", "treatment", None, {})] == ["SILENT"]


@pytest.mark.parametrize(("gfr", "severe"), [(29.9, True), (30, False)])
def test_severe_renal_insufficiency_at_the_dose(gfr: float, severe: bool) -> None:
    riva = dose_advice("rivaroxaban", "prophylaxis", None, {"gfr": gfr})
    assert ("RENAL_NO_RIVA" in [e["code"] for e in riva]) is severe
    assert all((e["modality"] == "avoid") is severe for e in riva if e["code"].startswith("DOSE_"))
    assert bool(amounts(riva)) is not severe
    enox = dose_advice("enoxaparin", "prophylaxis", None, {"gfr": gfr, "weight_kg": 60})
    found = {e["code"] for e in enox}
    assert ({"RENAL_LMWH_REDUCE", "RENAL_ANTIXA"} <= found) is severe
    assert bool(amounts(enox)) is not severe
    treatment = dose_advice("rivaroxaban", "treatment", None, {"gfr": gfr})
    assert all((e["modality"] == "caution") is severe for e in treatment if e["code"].startswith("DOSE_"))


def test_a35_lmwh_for_treatment_in_severe_renal_insufficiency_is_silent() -> None:
    items = dose_advice("enoxaparin", "treatment", None, {"gfr": 20, "weight_kg": 60})
    assert any("GFR<30" in e["text"] for e in items if e["code"] == "SILENT")
    assert amounts(items)


@pytest.mark.parametrize(("gfr", "cautious"), [(59.9, True), (60, False)])
def test_aspirin_and_the_kidney(gfr: float, cautious: bool) -> None:
    items = dose_advice("aspirin", "prophylaxis", None, {"gfr": gfr})
    assert ("RENAL_ASPIRIN_CAUTION" in [e["code"] for e in items]) is cautious


@pytest.mark.parametrize("fact", ["active_bleeding", "anticoagulation_contraindicated"])
def test_nothing_is_dosed_against_a_contraindication(fact: str) -> None:
    items = dose_advice("enoxaparin", "treatment", None, {fact: True, "weight_kg": 60})
    assert amounts(items) == []
    assert all(e["modality"] == "contraindicated" for e in items if e["code"].startswith("DOSE_"))


@pytest.mark.parametrize(
    ("platelets", "code"), [(49, "PLT_INDIVIDUALIZE"), (50, "PLT_BOUNDARY_50"), (51, None)]
)
def test_platelets_at_the_dose(platelets: int, code: str | None) -> None:
    found = {
        e["code"] for e in dose_advice("rivaroxaban", "prophylaxis", None, {"platelets_e9_l": platelets})
    }
    assert {c for c in found if c.startswith("PLT_")} == ({code} if code else set())


@pytest.mark.parametrize(
    ("tier", "drug", "standing"),
    [
        ("low", "aspirin", {"DOSE_ASPIRIN_100": "option"}),
        ("high", "aspirin", {"DOSE_ASPIRIN_100": "avoid"}),
        ("very_high", "aspirin", {"DOSE_ASPIRIN_100": "avoid"}),
        ("none", "aspirin", {"DOSE_ASPIRIN_100": "reference"}),
        ("high", "rivaroxaban", {"DOSE_RIVA_10_QD": "option", "DOSE_RIVA_20_QD": "reference"}),
        ("very_high", "rivaroxaban", {"DOSE_RIVA_10_QD": "reference", "DOSE_RIVA_20_QD": "option"}),
        ("low", "rivaroxaban", {"DOSE_RIVA_10_QD": "reference", "DOSE_RIVA_20_QD": "reference"}),
        ("low", "warfarin", {"DOSE_WARF_INR2_3": "option"}),
        ("very_high", "warfarin", {"DOSE_WARF_INR2_3": "reference"}),
    ],
)
def test_a24_the_tier_of_the_case_decides_what_is_put_forward(
    tier: str, drug: str, standing: dict[str, str]
) -> None:
    items = dose_advice(drug, "prophylaxis", None, patient(TIERS[tier]))
    assert {e["code"]: e["modality"] for e in items if e["code"].startswith("DOSE_")} == standing


def test_a42_a_drug_already_taken_is_not_added_to() -> None:
    items = dose_advice("rivaroxaban", "prophylaxis", None, {"current_antiplatelet": "阿司匹林"})
    assert any("阿司匹林" in e["text"] for e in items if e["code"] == "SILENT")


@pytest.mark.parametrize(
    ("drug", "purpose", "taken"),
    [
        ("warfarin", "treatment", "依诺肝素"),
        ("warfarin", "treatment", "低分子肝素钙"),
        ("rivaroxaban", "treatment", "利伐沙班"),
        ("rivaroxaban", "prophylaxis", "rivaroxaban"),
    ],
)
def test_a42_bridging_and_the_drug_itself_are_no_stacking(drug: str, purpose: str, taken: str) -> None:
    items = dose_advice(drug, purpose, None, {"current_anticoagulant": taken})
    assert not any("已在使用" in item["text"] for item in items)


@pytest.mark.parametrize(
    ("drug", "purpose", "taken"),
    [
        ("warfarin", "prophylaxis", "依诺肝素"),
        ("warfarin", "treatment", "利伐沙班"),
        ("enoxaparin", "treatment", "利伐沙班"),
    ],
)
def test_a42_another_drug_is_stacking(drug: str, purpose: str, taken: str) -> None:
    items = dose_advice(drug, purpose, None, {"current_anticoagulant": taken})
    assert any(f"已在使用{taken}" in item["text"] for item in items)


def test_missing_safety_facts_are_asked_for() -> None:
    asked = [e["code"] for e in dose_advice("enoxaparin", "treatment", None, {}) if e["modality"] == "ask"]
    assert asked == ["ASK_WEIGHT", "ASK_PLT", "ASK_GFR", "ASK_BLEEDING"]
    complete = dose_advice("enoxaparin", "treatment", None, patient())
    assert not [e for e in complete if e["modality"] == "ask"]


def test_bad_questions_are_refused() -> None:
    with pytest.raises(KeyError):
        dose_advice("penicillin", None, None, {})
    with pytest.raises(ValueError, match="purpose"):
        dose_advice("aspirin", "cure", None, {})
    with pytest.raises(ValueError, match="phase"):
        dose_advice("aspirin", None, "middle", {})
    with pytest.raises(FactError):
        dose_advice("aspirin", None, None, {"age_years": 7})


def test_every_drug_of_the_data_can_be_asked_for() -> None:
    for drug in read_toml("doses")["drug"]:
        for purpose in (None, "prophylaxis", "treatment"):
            for phase in (None, "initial", "later"):
                assert dose_advice(drug, purpose, phase, {}), (drug, purpose, phase)


def test_the_same_dose_stands_in_the_assessment() -> None:
    facts = patient(TIERS["very_high"], weight_kg=71)
    assessed = next(e for e in assess(facts)["advice"] if e["code"] == "PPX_LMWH_THER")
    asked = next(
        e for e in dose_advice("enoxaparin", "prophylaxis", None, facts) if e["code"] == "DOSE_ENOX_1MGKG_BID"
    )
    assert assessed["doses"] == asked["doses"] != []


def test_a23_aspirin_with_known_renal_disease_but_no_number_is_cautious() -> None:
    items = dose_advice("aspirin", "prophylaxis", None, {"renal_function_normal": False})
    found = [e["code"] for e in items]
    assert "RENAL_ASPIRIN_CAUTION" in found and "ASK_GFR" in found
    assert "GFR未知" in next(e["text"] for e in items if e["code"] == "RENAL_ASPIRIN_CAUTION")


@pytest.mark.parametrize(
    ("purpose", "words"),
    [("prophylaxis", "普通肝素预防剂量"), ("treatment", "普通肝素治疗剂量"), (None, "给出普通肝素剂量")],
)
def test_t11_the_silent_sentence_names_the_purpose(purpose: str | None, words: str) -> None:
    assert words in dose_advice("unfractionated_heparin", purpose, None, {})[0]["text"]


def test_every_drug_that_can_be_asked_for_is_listed() -> None:
    assert set(dose_drugs()) == set(read_toml("doses")["drug"])


def test_a_dose_without_phases_answers_a_question_about_either() -> None:
    for phase in ("initial", "later"):
        items = dose_advice("aspirin", "prophylaxis", phase, patient())
        assert items[0]["code"] == "DOSE_ASPIRIN_100"


def test_a42_warfarin_being_taken_is_not_added_to_itself() -> None:
    for purpose in ("prophylaxis", "treatment"):
        items = dose_advice("warfarin", purpose, None, {"current_anticoagulant": "华法林"})
        assert not any("已在使用" in entry["text"] for entry in items)


@pytest.mark.parametrize(
    ("drug", "facts", "said"),
    [
        ("dalteparin", {"creatinine_clearance_ml_min": 25}, True),
        ("rivaroxaban", {"creatinine_clearance_ml_min": 80}, True),
        ("rivaroxaban", {"creatinine_clearance_ml_min": 80, "gfr": 75}, False),
        ("rivaroxaban", {"gfr": 25}, False),
        ("warfarin", {"creatinine_clearance_ml_min": 25}, False),
    ],
)
def test_a_clearance_in_place_of_a_gfr_is_said_beside_a_dose(
    drug: str, facts: dict[str, float], said: bool
) -> None:
    """A45: a clearance is never taken for a GFR without saying so."""
    codes = [item["code"] for item in dose_advice(drug, "treatment", None, {"weight_kg": 72, **facts})]
    assert ("WARN_CRCL_VS_GFR" in codes) is said
