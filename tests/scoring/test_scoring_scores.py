"""The four scales: both sides of every cut point, every row alone, and what is unknown."""

from __future__ import annotations

from typing import Any

import pytest
from scoring_cases import COMPLETE, patient, score

from scoring import assess
from scoring.tables import SCALE_NAMES, scale


def status(body: dict[str, Any]) -> dict[str, str]:
    return {row["id"]: row["status"] for row in body["items"]}


@pytest.mark.parametrize(
    ("age", "points"),
    [(18, 0), (59, 0), (60, 1), (75, 1), (76, 2), (120, 2)],
)
def test_a11_age_in_table_5(age: int, points: int) -> None:
    assert score("mm_vte", age_years=age)["points"] == points


@pytest.mark.parametrize(("age", "points"), [(39, 0), (40, 1.5), (84, 1.5), (85, 3.5), (86, 3.5)])
def test_a11_age_in_table_6(age: int, points: float) -> None:
    assert score("bleeding", age_years=age)["points"] == points


@pytest.mark.parametrize(
    ("dose", "points"), [(0, 0), (119.9, 0), (120, 2), (121, 2), (160, 2), (160.1, 4), (2000, 4)]
)
def test_a12_dexamethasone_per_cycle(dose: float, points: int) -> None:
    body = score("mm_vte", dexamethasone_mg_per_cycle=dose, glucocorticoid=dose > 0)
    assert body["points"] == points


@pytest.mark.parametrize(
    ("name", "fact", "below", "at"),
    [
        ("mm_vte", "bmi", 24.99, 25),
        ("mm_vte", "m_protein_g_l", 29.9, 30),
        ("wells_pe", "heart_rate_bpm", 100, 101),
        ("wells_pe", "heart_rate_bpm", 100, 100.5),
    ],
)
def test_a09_a44_numeric_cut_points(name: str, fact: str, below: float, at: float) -> None:
    assert score(name, {fact: below})["points"] == 0
    assert score(name, {fact: at})["points"] > 0


@pytest.mark.parametrize(("platelets", "points"), [(49.9, 4), (49, 4), (50, 0), (51, 0)])
def test_a21_a45_platelets_in_table_6(platelets: float, points: int) -> None:
    assert score("bleeding", platelets_e9_l=platelets)["points"] == points


@pytest.mark.parametrize(
    ("gfr", "points"),
    [(0, 2.5), (29.9, 2.5), (30, 1), (45, 1), (59, 1), (59.5, 1), (59.99, 1), (60, 0), (120, 0)],
)
def test_a45_gfr_is_half_open(gfr: float, points: float) -> None:
    assert score("bleeding", gfr=gfr)["points"] == points


@pytest.mark.parametrize(
    ("hepatic", "inr", "warfarin", "points", "top"),
    [
        (True, 1.6, False, 2.5, 2.5),
        (True, 1.5, False, 0, 0),
        (True, 1.51, False, 2.5, 2.5),
        (False, 3.0, False, 0, 0),
        (False, 2.5, True, 0, 0),
        (True, 2.5, True, 0, 0),
        (None, 2.5, True, 0, 0),
        (None, 2.5, False, 0, 2.5),
        (None, 1.5, False, 0, 0),
        (True, None, False, 0, 2.5),
        (True, 2.5, None, 2.5, 2.5),
        (None, None, None, 0, 2.5),
        (False, None, None, 0, 0),
    ],
)
def test_a10_hepatic_insufficiency_truth_table(
    hepatic: bool | None, inr: float | None, warfarin: bool | None, points: float, top: float
) -> None:
    facts = {
        "hepatic_insufficiency": hepatic,
        "inr": inr,
        "on_warfarin": warfarin,
        "current_anticoagulant": None,
    }
    body = score("bleeding", facts)
    assert body["points"] == points
    assert body["range"][1] == top


def test_a10_unmentioned_warfarin_can_still_take_the_item_away() -> None:
    facts = patient(hepatic_insufficiency=True, inr=2.5, without=("on_warfarin", "current_anticoagulant"))
    body = assess(facts)["scores"]["bleeding"]
    assert (body["points"], body["range"]) == (2.5, [0, 2.5])


@pytest.mark.parametrize(
    ("immobilized", "surgery", "state"),
    [
        (True, True, "present"),
        (True, False, "present"),
        (True, None, "present"),
        (None, True, "present"),
        (False, False, "absent"),
        (False, None, "unknown"),
        (None, None, "unknown"),
    ],
)
def test_wells_dvt_immobilization_or_surgery_truth_table(
    immobilized: bool | None, surgery: bool | None, state: str
) -> None:
    facts = {"immobilized_over_3_days": immobilized, "major_surgery_within_1_month": surgery}
    assert status(score("wells_dvt", facts))["immobilization_or_surgery"] == state


BOOLEAN_ROWS = [
    (name, item.id, item.facts[0], item.points)
    for name in SCALE_NAMES
    for item in scale(name).items
    if len(item.facts) == 1 and item.conditions[0].constant is True
]


@pytest.mark.parametrize(("name", "row", "fact", "points"), BOOLEAN_ROWS)
def test_every_yes_or_no_row_truth_table(name: str, row: str, fact: str, points: float) -> None:
    base = patient(without=("history_dvt", "bedridden_over_72h"))
    base["history_vte"] = True if fact == "history_dvt" else base["history_vte"]
    base["immobilized_over_3_days"] = (
        True if fact == "bedridden_over_72h" else base["immobilized_over_3_days"]
    )
    seen = {}
    for value in (True, False, None):
        body = assess(base | {fact: value}, asked=(name,))["scores"][name]
        seen[value] = (body["points"], status(body)[row])
    zero = seen[False][0]
    assert seen == {True: (zero + points, "present"), False: (zero, "absent"), None: (zero, "unknown")}


@pytest.mark.parametrize(("male", "points"), [("male", 1), ("female", 0)])
def test_sex_in_table_6(male: str, points: int) -> None:
    assert score("bleeding", sex=male)["points"] == points


def test_a16_one_catheter_feeds_both_tables() -> None:
    scores = assess(patient(central_venous_catheter=True))["scores"]
    assert (scores["mm_vte"]["points"], scores["bleeding"]["points"]) == (2, 2)


def test_a19_antibodies_and_superficial_thrombosis_count_on_their_own() -> None:
    assert score("mm_vte", lupus_anticoagulant=True, anticardiolipin_antibody=True)["points"] == 6
    assert score("mm_vte", history_superficial_vein_thrombosis=True)["points"] == 3


def test_a13_an_imid_alone_scores_4_with_the_sentence_of_section_4() -> None:
    alone = score("mm_vte", imid=True)
    assert alone["points"] == 4
    assert any("单用 IMiD" in note for note in alone["notes"])
    assert not any("单用 IMiD" in note for note in score("mm_vte", imid=True, carfilzomib=True)["notes"])


def test_a15_carfilzomib_scores_unconditionally() -> None:
    assert score("mm_vte", carfilzomib=True)["points"] == 2


def test_a14_anthracycline_scores_and_other_chemotherapy_does_not() -> None:
    assert score("mm_vte", anthracycline_chemotherapy=True, chemotherapy=True)["points"] == 3
    assert score("mm_vte", chemotherapy=True)["points"] == 0


def test_a17_a18_a46_windows_are_the_facts_own() -> None:
    assert score("mm_vte", acute_myocardial_infarction=True)["points"] == 1
    assert score("mm_vte", fracture_pelvis_hip_femur=True)["points"] == 4
    assert score("bleeding", icu=True)["points"] == 2.5


def test_a42_existing_drugs_are_not_subtracted() -> None:
    with_drugs = score("mm_vte", imid=True, current_antiplatelet="阿司匹林", current_anticoagulant="依诺肝素")
    assert with_drugs["points"] == score("mm_vte", imid=True)["points"]


@pytest.mark.parametrize("name", SCALE_NAMES)
def test_a43_every_score_names_its_limitation(name: str) -> None:
    assert scale(name).note in score(name)["notes"]


MM_STEPS = {
    1: "diabetes",
    2: "carfilzomib",
    3: "history_superficial_vein_thrombosis",
    4: "imid",
    5: "history_vte",
}


@pytest.mark.parametrize(
    ("parts", "points", "tier"),
    [
        ((5,), 5, "none"),
        ((5, 1), 6, "low"),
        ((5, 3), 8, "low"),
        ((5, 4), 9, "high"),
        ((5, 4, 3), 12, "high"),
        ((5, 4, 3, 1), 13, "very_high"),
    ],
)
def test_cut_points_of_table_5(parts: tuple[int, ...], points: int, tier: str) -> None:
    body = score("mm_vte", {MM_STEPS[part]: True for part in parts})
    assert (body["points"], body["tier"], body["settled"]) == (points, tier, True)
    assert body["tier_range"] == [tier, tier]
    assert body["deciding"] == []


def test_cut_point_of_table_6() -> None:
    below = score("bleeding", active_gastrointestinal_ulcer=True, rheumatic_disease=True)
    at = score("bleeding", active_gastrointestinal_ulcer=True, icu=True)
    assert (below["points"], below["tier"]) == (6.5, "low")
    assert (at["points"], at["tier"]) == (7, "high")


DVT_ROWS = ("entire_leg_swelling", "deep_vein_tenderness", "collateral_superficial_veins")


@pytest.mark.parametrize(("count", "tier"), [(1, "unlikely"), (2, "unlikely"), (3, "likely")])
def test_a01_cut_point_of_wells_dvt_is_the_consensus_one(count: int, tier: str) -> None:
    body = score("wells_dvt", dict.fromkeys(DVT_ROWS[:count], True))
    assert (body["points"], body["tier"]) == (count, tier)


def test_a06_another_diagnosis_takes_two_points_away() -> None:
    body = score("wells_dvt", dict.fromkeys(DVT_ROWS, True), alternative_diagnosis_as_likely_as_dvt=True)
    assert (body["points"], body["tier"]) == (1, "unlikely")
    assert score("wells_dvt", alternative_diagnosis_as_likely_as_dvt=True)["points"] == -2


@pytest.mark.parametrize(
    ("facts", "points", "tier", "two_level"),
    [
        (("hemoptysis",), 1, "low", "unlikely"),
        (("history_vte",), 1.5, "gap", "unlikely"),
        (("hemoptysis", "active_cancer"), 2, "moderate", "unlikely"),
        (("dvt_signs", "hemoptysis"), 4, "moderate", "unlikely"),
        (("dvt_signs", "history_vte"), 4.5, "moderate", "likely"),
        (("dvt_signs", "pe_more_likely_than_alternatives"), 6, "moderate", "likely"),
        (
            ("dvt_signs", "history_vte", "immobilized_or_surgery_within_4_weeks", "hemoptysis"),
            7,
            "high",
            "likely",
        ),
        (("dvt_signs", "pe_more_likely_than_alternatives", "hemoptysis"), 7, "high", "likely"),
    ],
)
def test_a02_a07_a08_cut_points_of_wells_pe(
    facts: tuple[str, ...], points: float, tier: str, two_level: str
) -> None:
    body = score("wells_pe", dict.fromkeys(facts, True))
    assert (body["points"], body["tier"], body["two_level"]) == (points, tier, two_level)
    assert body["two_level_settled"] is True


def test_wells_pe_just_over_6() -> None:
    body = score("wells_pe", dvt_signs=True, history_vte=True, heart_rate_bpm=101, active_cancer=True)
    assert (body["points"], body["tier"]) == (7, "high")
    body = score("wells_pe", dvt_signs=True, history_vte=True, heart_rate_bpm=101, hemoptysis=False)
    assert (body["points"], body["tier"]) == (6, "moderate")


def test_a45_clearance_stands_in_for_the_gfr_and_normal_for_60() -> None:
    body = assess(patient(creatinine_clearance_ml_min=29, without=("gfr",)))["scores"]["bleeding"]
    assert body["points"] == 2.5
    both = assess(patient(creatinine_clearance_ml_min=29, gfr=61))["scores"]["bleeding"]
    assert both["points"] == 0
    normal = assess(patient(renal_function_normal=True, without=("gfr",)))["scores"]["bleeding"]
    assert (normal["range"], normal["unknown"]) == ([0, 0], [])
    abnormal = assess(patient(renal_function_normal=False, without=("gfr",)))["scores"]["bleeding"]
    assert abnormal["range"] == [0, 2.5]
    creatinine = assess(patient(creatinine_umol_l=300, without=("gfr",)))["scores"]["bleeding"]
    assert (creatinine["points"], creatinine["unknown"]) == (0, ["gfr"])


def test_a03_the_alternative_is_printed_where_it_crosses_a_cut() -> None:
    facts = {"active_gastrointestinal_ulcer": True, "active_cancer": True, "sex": "male"}
    crossing = score("bleeding", facts)
    assert crossing["points"] == 7.5
    assert any(
        "若不把MM计为活动性肿瘤" in line and "5.5分（低风险）" in line for line in crossing["sensitivity"]
    )
    low = score("bleeding", active_cancer=True)
    assert not any("若不把MM" in line for line in low["sensitivity"])
    dvt = score("wells_dvt", dict.fromkeys(DVT_ROWS[:2], True), active_cancer=True)
    assert any("2分（不可能）" in line for line in dvt["sensitivity"])
    two_level = score("wells_pe", dvt_signs=True, hemoptysis=True, active_cancer=True)
    assert any("4分（不可能）" in line for line in two_level["sensitivity"])


def test_distance_to_the_next_tier() -> None:
    assert score("mm_vte", history_vte=True)["sensitivity"] == ["MM相关VTE风险分层：距低危差1分"]
    assert any("距“中”差1分" in line for line in score("wells_pe", hemoptysis=True)["sensitivity"])
    assert score("bleeding", sex="male")["sensitivity"] == ["MM出血风险评估：距高风险差6分"]
    assert score("wells_dvt", dict.fromkeys(DVT_ROWS, True))["sensitivity"] == []


def test_points_are_the_sum_of_the_present_rows() -> None:
    for name, body in assess(patient(imid=True, icu=True, history_vte=True, deep_vein_tenderness=True))[
        "scores"
    ].items():
        assert body["points"] == sum(r["points"] for r in body["items"] if r["status"] == "present"), name


def test_a_score_is_left_out_unless_asked_for_or_borne_on() -> None:
    assert assess({})["scores"] == {}
    assert list(assess({}, asked=("wells_pe",))["scores"]) == ["wells_pe"]
    assert list(assess({"age_years": None})["scores"]) == ["mm_vte", "bleeding"]
    assert list(assess({"imid": True})["scores"]) == ["mm_vte"]
    assert list(assess({"icu": False})["scores"]) == ["bleeding"]
    assert list(assess({"height_cm": 170})["scores"]) == []
    assert list(assess({"height_cm": 170, "weight_kg": 70})["scores"]) == ["mm_vte"]
    assert list(assess({"calf_difference_cm": 1})["scores"]) == ["wells_dvt"]
    assert list(assess({"vte_event": "suspected_pe"})["scores"]) == ["wells_pe"]
    assert list(assess({"vte_event": "suspected_dvt"})["scores"]) == ["wells_dvt"]
    assert list(assess({}, asked=("prophylaxis",))["scores"]) == ["mm_vte", "bleeding"]


def test_an_unknown_score_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match=r"^unknown score or topic: caprini, khorana$"):
        assess({}, asked=("khorana", "mm_vte", "caprini"))


def test_nothing_known_spans_everything() -> None:
    scores = assess({}, asked=SCALE_NAMES)["scores"]
    assert {name: body["range"] for name, body in scores.items()} == {
        "mm_vte": [0, 58],
        "bleeding": [0, 30.5],
        "wells_dvt": [-2, 9],
        "wells_pe": [0, 12.5],
    }
    assert scores["mm_vte"]["deciding"][0] == "inherited_thrombophilia"
    assert scores["mm_vte"]["tier_range"] == ["none", "very_high"]


def test_complete_patient_leaves_nothing_unknown() -> None:
    for name, body in assess(COMPLETE, asked=SCALE_NAMES)["scores"].items():
        assert body["unknown"] == [], name
        assert body["settled"] is True


@pytest.mark.parametrize(
    ("regimen", "said"), [("VMP", True), ("VRd", False), ("某方案", False), (None, False)]
)
def test_a12_prednisone_is_not_converted_and_the_score_says_so(regimen: str | None, said: bool) -> None:
    body = score("mm_vte", regimen=regimen)
    assert any("泼尼松" in note for note in body["notes"]) is said


@pytest.mark.parametrize(("answer", "said"), [(False, True), (True, False), (None, False)])
def test_a07_equally_likely_does_not_count_and_the_score_says_so(answer: bool | None, said: bool) -> None:
    body = score("wells_pe", pe_more_likely_than_alternatives=answer)
    assert body["points"] == (3 if answer else 0)
    assert any("与PE相当者不计" in note for note in body["notes"]) is said


@pytest.mark.parametrize(
    ("inr", "warfarin", "said"),
    [(1.5, True, False), (1.51, True, True), (2.5, True, True), (2.5, False, False), (None, True, False)],
)
def test_a10_an_inr_on_warfarin_is_named_as_the_reason_why_it_does_not_count(
    inr: float | None, warfarin: bool, said: bool
) -> None:
    body = score("bleeding", inr=inr, on_warfarin=warfarin, current_anticoagulant=None)
    assert any("归因于华法林" in note for note in body["notes"]) is said


@pytest.mark.parametrize(
    ("drug", "points", "top"),
    [("华法林", 0, 0), ("Warfarin", 0, 0), ("无", 2.5, 2.5), ("利伐沙班", 2.5, 2.5)],
)
def test_a10_the_anticoagulant_being_taken_tells_whether_the_inr_is_warfarins(
    drug: str, points: float, top: float
) -> None:
    facts = patient(hepatic_insufficiency=True, inr=2.5, current_anticoagulant=drug, without=("on_warfarin",))
    body = assess(facts)["scores"]["bleeding"]
    assert (body["points"], body["range"][1]) == (points, top)


def test_a_row_tells_its_facts_and_the_words_of_the_table_it_stands_in() -> None:
    body = score("mm_vte", imid=True)
    assert body["source"] == {"section": "五（一）", "table": 5}
    row = next(row for row in body["items"] if row["id"] == "imid")
    assert row == {
        "id": "imid",
        "label": "免疫调节剂",
        "points": 4,
        "status": "present",
        "facts": ["imid"],
        "quote": "免疫调节剂",
    }
