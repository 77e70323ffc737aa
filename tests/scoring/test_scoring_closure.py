"""Implications, derivations and contradictions."""

from __future__ import annotations

import pytest

from scoring import assess, close


def test_history_of_dvt_implies_history_of_vte_and_the_other_way_round() -> None:
    assert close({"history_dvt": True})["history_vte"] is True
    assert close({"history_dvt": True, "history_vte": None})["history_vte"] is True
    assert close({"history_vte": False})["history_dvt"] is False
    assert "history_dvt" not in close({"history_vte": True})
    assert "history_vte" not in close({"history_dvt": False})


def test_a19_superficial_thrombosis_alone_is_not_a_vte() -> None:
    closed = close({"history_superficial_vein_thrombosis": True})
    assert "history_vte" not in closed and "history_dvt" not in closed


def test_bed_rest_implies_immobilization_and_the_other_way_round() -> None:
    assert close({"bedridden_over_72h": True})["immobilized_over_3_days"] is True
    assert close({"immobilized_over_3_days": False})["bedridden_over_72h"] is False
    assert "bedridden_over_72h" not in close({"immobilized_over_3_days": True})


@pytest.mark.parametrize(
    ("facts", "nulls"),
    [
        ({"history_dvt": True, "history_vte": False}, ("history_dvt", "history_vte")),
        ({"bedridden_over_72h": True, "immobilized_over_3_days": False}, ("bedridden_over_72h",)),
        (
            {"glucocorticoid": False, "dexamethasone_mg_per_cycle": 40},
            ("glucocorticoid", "dexamethasone_mg_per_cycle"),
        ),
        ({"imid": False, "imid_drug": "来那度胺"}, ("imid", "imid_drug")),
        ({"gfr": 59.9, "renal_function_normal": True}, ("gfr", "renal_function_normal")),
        (
            {"creatinine_clearance_ml_min": 40, "renal_function_normal": True},
            ("creatinine_clearance_ml_min",),
        ),
        (
            {"calf_difference_cm": 3.1, "calf_swelling_over_3cm": False},
            ("calf_difference_cm", "calf_swelling_over_3cm"),
        ),
        (
            {"calf_difference_cm": 3, "calf_swelling_over_3cm": True},
            ("calf_difference_cm", "calf_swelling_over_3cm"),
        ),
        ({"on_warfarin": False, "current_anticoagulant": "华法林"}, ("on_warfarin", "current_anticoagulant")),
        ({"on_warfarin": True, "current_anticoagulant": "无"}, ("on_warfarin", "current_anticoagulant")),
    ],
)
def test_contradictions_become_null_and_are_asked_about(
    facts: dict[str, object], nulls: tuple[str, ...]
) -> None:
    result = assess(facts)
    for name in nulls:
        assert result["facts"][name] is None
        assert "矛盾" in result["conflicts"][name]
    asked = {name for item in result["advice"] if item["modality"] == "ask" for name in item["facts"]}
    assert asked & set(nulls)


def test_consistent_statements_stay() -> None:
    for facts in (
        {"gfr": 60, "renal_function_normal": True},
        {"gfr": 90, "renal_function_normal": False},
        {"glucocorticoid": False, "dexamethasone_mg_per_cycle": 0},
        {"calf_difference_cm": 3.1, "calf_swelling_over_3cm": True},
        {"history_dvt": False, "history_vte": True},
    ):
        assert assess(facts)["conflicts"] == {}


@pytest.mark.parametrize(("difference", "over"), [(2.9, False), (3, False), (3.1, True)])
def test_a05_calf_difference_is_strictly_over_3(difference: float, over: bool) -> None:
    assert close({"calf_difference_cm": difference})["calf_swelling_over_3cm"] is over


@pytest.mark.parametrize(
    ("height", "weight", "present"),
    [(160, 64, True), (160, 63.99, False), (170, 72.25, True), (170, 72.24, False)],
)
def test_a44_bmi_is_not_rounded(height: float, weight: float, present: bool) -> None:
    facts = {"height_cm": height, "weight_kg": weight}
    items = {row["id"]: row["status"] for row in assess(facts)["scores"]["mm_vte"]["items"]}
    assert items["bmi"] == ("present" if present else "absent")


def test_a_stated_bmi_within_half_a_unit_gives_way_to_the_computed_one() -> None:
    assert close({"height_cm": 170, "weight_kg": 72, "bmi": 25.4})["bmi"] == pytest.approx(24.913, abs=1e-3)


def test_a_stated_bmi_further_off_is_null_and_asked_about() -> None:
    result = assess({"height_cm": 170, "weight_kg": 72, "bmi": 25.5})
    assert result["facts"]["bmi"] is None
    assert "ASK_BMI_CONFLICT" in [item["code"] for item in result["advice"]]


def test_an_impossible_height_and_weight_are_not_used() -> None:
    result = assess({"height_cm": 100, "weight_kg": 300})
    assert result["facts"]["bmi"] is None and "bmi" in result["conflicts"]


def test_one_of_height_and_weight_bounds_the_bmi() -> None:
    assert assess({"weight_kg": 24, "age_years": 39})["scores"]["mm_vte"]["range"][1] == 57 - 2
    assert "bmi" not in assess({"weight_kg": 24, "age_years": 39})["scores"]["mm_vte"]["unknown"]
    assert "bmi" in assess({"weight_kg": 60, "age_years": 39})["scores"]["mm_vte"]["unknown"]


def test_steroid_and_dexamethasone_tell_about_each_other() -> None:
    assert close({"glucocorticoid": False})["dexamethasone_mg_per_cycle"] == 0
    assert close({"dexamethasone_mg_per_cycle": 40})["glucocorticoid"] is True
    assert "glucocorticoid" not in close({"dexamethasone_mg_per_cycle": 0})
    assert "dexamethasone_mg_per_cycle" not in close({"glucocorticoid": True})


def test_a_named_imid_is_an_imid() -> None:
    assert close({"imid_drug": "泊马度胺"})["imid"] is True
    assert "imid" not in close({"imid_drug": "无"})


def test_a46_active_bleeding_counts_as_bleeding_within_3_months() -> None:
    assert close({"active_bleeding": True})["bleeding_within_3_months"] is True
    assert (
        close({"active_bleeding": True, "bleeding_within_3_months": False})["bleeding_within_3_months"]
        is True
    )
    assert close({"bleeding_within_3_months": False})["active_bleeding"] is False
    assert "bleeding_within_3_months" not in close({"active_bleeding": False})


@pytest.mark.parametrize(
    "fact", ["immobilized_over_3_days", "bedridden_over_72h", "major_surgery_within_1_month"]
)
def test_a09_the_two_windows_stay_two_facts(fact: str) -> None:
    # 29 to 31 days may or may not be within 4 weeks; the reading of the message tells them apart
    assert "immobilized_or_surgery_within_4_weeks" not in close({fact: True})
    assert fact not in close({"immobilized_or_surgery_within_4_weeks": False})


def test_a11_a_fraction_of_a_year_is_dropped() -> None:
    assert close({"age_years": 75.9})["age_years"] == 75


def test_denial_answers_only_unmentioned_booleans_of_table_5() -> None:
    closed = close({"other_risk_factors_denied": True, "history_dvt": True, "diabetes": None})
    assert closed["history_vte"] is True
    assert closed["diabetes"] is None
    assert closed["imid"] is False and closed["central_venous_catheter"] is False
    for untouched in (
        "dexamethasone_mg_per_cycle",
        "icu",
        "active_bleeding",
        "bmi",
        "age_years",
        "atrial_fibrillation",
    ):
        assert untouched not in closed


def test_denial_does_not_take_drugs_out_of_a_regimen() -> None:
    closed = close({"other_risk_factors_denied": True, "regimen": "KRd"})
    assert "imid" not in closed and "carfilzomib" not in closed
    assert closed["anthracycline_chemotherapy"] is False
    unknown = close({"other_risk_factors_denied": True, "regimen": "某临床试验方案"})
    assert not {"imid", "carfilzomib", "anthracycline_chemotherapy"} & unknown.keys()


def test_no_denial_answers_nothing() -> None:
    assert close({"other_risk_factors_denied": False}) == {"other_risk_factors_denied": False}


@pytest.mark.parametrize(
    "facts",
    [
        {"mm_active": True},
        {"mm_phase": "newly_diagnosed"},
        {"mm_phase": "induction"},
        {"mm_phase": "consolidation"},
        {"mm_phase": "maintenance"},
        {"mm_phase": "relapse"},
        {"imid": True},
        {"carfilzomib": True},
        {"chemotherapy": True},
        {"dexamethasone_mg_per_cycle": 40},
        {"regimen": "Vd"},
    ],
)
def test_a03_active_cancer_follows_from_treated_myeloma_with_its_basis(facts: dict[str, object]) -> None:
    result = assess(facts)
    assert result["facts"]["active_cancer"] is True
    assert result["derived"]["active_cancer"]


@pytest.mark.parametrize(
    "facts",
    [
        {"age_years": 60},
        {"mm_phase": "smoldering"},
        {"mm_phase": "off_treatment"},
        {"mm_phase": "smoldering", "imid": True},
        {"imid": False},
        {"erythropoietin": True},
        {"mm_active": False},
    ],
)
def test_a03_active_cancer_stays_unknown_otherwise(facts: dict[str, object]) -> None:
    assert "active_cancer" not in close(facts)


def test_a03_a_statement_about_active_cancer_stands() -> None:
    assert close({"active_cancer": False, "imid": True})["active_cancer"] is False
    assert close({"active_cancer": None, "imid": True})["active_cancer"] is None


def test_facts_come_out_in_one_order_whatever_the_order_of_the_input() -> None:
    facts = {"diabetes": True, "age_years": 67, "imid_drug": "来那度胺", "history_dvt": True}
    backwards = dict(reversed(facts.items()))
    assert list(close(facts).items()) == list(close(backwards).items())


def test_a14_anthracyclines_are_chemotherapy() -> None:
    assert close({"anthracycline_chemotherapy": True})["chemotherapy"] is True
    assert "chemotherapy" not in close({"anthracycline_chemotherapy": False})


@pytest.mark.parametrize("drug", ["华法林", "Warfarin", "warfarin 2.5 mg"])
def test_a_named_warfarin_is_warfarin_and_no_drug_is_none(drug: str) -> None:
    assert close({"current_anticoagulant": drug})["on_warfarin"] is True
    assert close({"current_anticoagulant": drug, "on_warfarin": None})["on_warfarin"] is True
    assert close({"current_anticoagulant": "无"})["on_warfarin"] is False
    assert "on_warfarin" not in close({"current_anticoagulant": "利伐沙班"})
    assert "on_warfarin" not in close({"current_antiplatelet": "阿司匹林"})


@pytest.mark.parametrize(
    ("facts", "fact"),
    [
        ({"history_dvt": True, "history_vte": True}, "history_vte"),
        ({"history_dvt": False, "history_vte": False}, "history_dvt"),
        ({"active_bleeding": True, "bleeding_within_3_months": True}, "bleeding_within_3_months"),
        ({"active_bleeding": False, "bleeding_within_3_months": False}, "active_bleeding"),
        ({"glucocorticoid": True, "dexamethasone_mg_per_cycle": 40}, "glucocorticoid"),
        ({"glucocorticoid": False, "dexamethasone_mg_per_cycle": 0}, "dexamethasone_mg_per_cycle"),
        ({"anthracycline_chemotherapy": True, "chemotherapy": True}, "chemotherapy"),
        ({"imid_drug": "来那度胺", "imid": True}, "imid"),
        ({"current_anticoagulant": "华法林", "on_warfarin": True}, "on_warfarin"),
        ({"current_anticoagulant": "无", "on_warfarin": False}, "on_warfarin"),
    ],
)
def test_what_was_stated_is_not_told_as_a_conclusion(facts: dict[str, object], fact: str) -> None:
    result = assess(facts)
    assert result["facts"][fact] == facts[fact]
    assert fact not in result["derived"] and result["conflicts"] == {}


@pytest.mark.parametrize(
    ("facts", "stated"),
    [
        ({"bedridden_over_72h": True, "immobilized_over_3_days": None}, ("immobilized_over_3_days", True)),
        ({"bedridden_over_72h": None, "immobilized_over_3_days": False}, ("bedridden_over_72h", False)),
        ({"active_bleeding": None, "bleeding_within_3_months": False}, ("active_bleeding", False)),
        ({"dexamethasone_mg_per_cycle": None, "glucocorticoid": False}, ("dexamethasone_mg_per_cycle", 0)),
        ({"dexamethasone_mg_per_cycle": 0.75}, ("glucocorticoid", True)),
        ({"imid_drug": "沙利度胺", "imid": None}, ("imid", True)),
        ({"anthracycline_chemotherapy": True, "chemotherapy": None}, ("chemotherapy", True)),
    ],
)
def test_what_is_undetermined_follows_from_what_is_known(
    facts: dict[str, object], stated: tuple[str, object]
) -> None:
    assert close(facts)[stated[0]] == stated[1]


def test_a14_an_anthracycline_beside_a_denial_of_chemotherapy_is_left_as_stated() -> None:
    facts = {"anthracycline_chemotherapy": True, "chemotherapy": False}
    assert close(facts)["chemotherapy"] is False


def test_a03_off_treatment_a_drug_of_the_past_is_no_active_cancer() -> None:
    assert "active_cancer" not in close({"mm_phase": "off_treatment", "imid": True, "mm_active": True})


def test_a03_an_unknown_regimen_is_named_as_the_basis() -> None:
    assert "某试验方案" in assess({"regimen": "某试验方案"})["derived"]["active_cancer"]


def test_a_height_alone_bounds_the_bmi() -> None:
    # 100 cm: between 20 and 80 kg/m²; 230 cm: below 56.7; neither says on which side of 25 it is
    for height in (100, 230):
        assert "bmi" in assess({"height_cm": height, "age_years": 39})["scores"]["mm_vte"]["unknown"]


@pytest.mark.parametrize(("weight", "height", "bmi"), [(80, 100, 80.0), (42.32, 230, 8.0)])
def test_the_accepted_limits_of_the_bmi_are_accepted(weight: float, height: float, bmi: float) -> None:
    assert close({"height_cm": height, "weight_kg": weight})["bmi"] == bmi


def test_a_stated_bmi_exactly_half_a_unit_off_still_agrees() -> None:
    # 100 kg at 200 cm are 25 exactly
    assert close({"height_cm": 200, "weight_kg": 100, "bmi": 25.5})["bmi"] == 25
    assert close({"height_cm": 200, "weight_kg": 100, "bmi": 25.51})["bmi"] is None


@pytest.mark.parametrize(("stated", "word"), [(True, "是"), (False, "否")])
def test_a_contradiction_about_the_calf_says_what_was_stated(stated: bool, word: str) -> None:
    facts = {"calf_difference_cm": 2 if stated else 4, "calf_swelling_over_3cm": stated}
    assert f"小腿肿胀大于3 cm：{word}”" in assess(facts)["conflicts"]["calf_difference_cm"]


@pytest.mark.parametrize(
    ("facts", "fact", "basis"),
    [
        ({"history_dvt": True}, "history_vte", "由“既往深静脉血栓史”得出"),
        ({"history_vte": False}, "history_dvt", "由“无VTE病史”得出"),
        ({"active_bleeding": True}, "bleeding_within_3_months", "活动性出血计入3个月内出血史"),
        ({"calf_difference_cm": 3.5}, "calf_swelling_over_3cm", "周径差3.5 cm"),
        ({"imid_drug": "来那度胺"}, "imid", "使用来那度胺"),
        ({"height_cm": 160, "weight_kg": 64}, "bmi", "64 kg ÷ (1.6 m)²"),
    ],
)
def test_a_conclusion_says_what_it_follows_from(facts: dict[str, object], fact: str, basis: str) -> None:
    assert assess(facts)["derived"][fact] == basis


@pytest.mark.parametrize(("weight", "status"), [(132.24, "unknown"), (132.25, "present"), (300, "present")])
def test_a44_a_weight_that_is_25_at_any_accepted_height_counts(weight: float, status: str) -> None:
    # 132.25 kg are 25 kg/m² at 230 cm
    body = assess({"weight_kg": weight, "age_years": 39})["scores"]["mm_vte"]
    assert next(row for row in body["items"] if row["id"] == "bmi")["status"] == status
