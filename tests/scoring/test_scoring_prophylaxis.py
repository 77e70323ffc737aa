"""Decision tables 2.2 and 2.3, row by row."""

from __future__ import annotations

import pytest
from scoring_cases import HIGH_BLEEDING, TIERS, codes, forward, item, patient

from scoring import assess

DRUGS = {
    "PPX_ASPIRIN_100",
    "PPX_WARFARIN_INR2_3",
    "PPX_LMWH_PROPH",
    "PPX_LMWH_THER",
    "PPX_RIVA_10",
    "PPX_RIVA_20",
}
EXPECTED = {
    ("none", 90): {"PPX_NONE"},
    ("none", 45): {"PPX_NONE"},
    ("none", 20): {"PPX_NONE"},
    ("low", 90): {"PPX_ASPIRIN_100"},
    ("low", 45): {"PPX_ASPIRIN_100", "PPX_WARFARIN_INR2_3"},
    ("low", 20): {"PPX_ASPIRIN_100", "PPX_WARFARIN_INR2_3"},
    ("high", 90): {"PPX_WARFARIN_INR2_3", "PPX_LMWH_PROPH", "PPX_RIVA_10"},
    ("high", 45): {"PPX_WARFARIN_INR2_3", "PPX_LMWH_PROPH", "PPX_RIVA_10"},
    ("high", 20): {"PPX_WARFARIN_INR2_3", "PPX_LMWH_PROPH"},
    ("very_high", 90): {"PPX_LMWH_THER", "PPX_RIVA_20"},
    ("very_high", 45): {"PPX_LMWH_THER", "PPX_RIVA_20"},
    ("very_high", 20): {"PPX_LMWH_THER"},
}


@pytest.mark.parametrize(("tier", "gfr"), EXPECTED)
def test_p0_p1_p1r_p2_p2s_p3_p3s_tier_by_kidney(tier: str, gfr: int) -> None:
    result = assess(patient(TIERS[tier], gfr=gfr))
    assert {code for code in forward(result) if code.startswith("PPX_")} == EXPECTED[tier, gfr]
    assert result["scores"]["mm_vte"]["tier"] == tier
    assert not any(entry["provisional"] for entry in result["advice"])
    assert result["questions"] == []


def test_p0_has_no_drug_no_duration_and_names_aspirin() -> None:
    result = assess(patient())
    assert codes(result) == ["PPX_NONE"]
    assert "不建议药物预防" in item(result, "PPX_NONE")["text"]


def test_p1_aspirin_is_recommended_with_its_dose() -> None:
    aspirin = item(assess(patient(TIERS["low"])), "PPX_ASPIRIN_100")
    assert (aspirin["modality"], aspirin["drug"], aspirin["rule"]) == ("recommend", "aspirin", "P1")
    assert aspirin["doses"] == [
        {"amount": 100, "unit": "mg", "interval_h": 24, "days": None, "formula": None}
    ]
    assert aspirin["source"] == {"section": "五（一）", "table": 5}


@pytest.mark.parametrize(("gfr", "cautious"), [(59.9, True), (60, False)])
def test_p1r_a23_aspirin_with_caution_below_60(gfr: float, cautious: bool) -> None:
    result = assess(patient(TIERS["low"], gfr=gfr))
    assert ("RENAL_ASPIRIN_CAUTION" in codes(result)) is cautious
    assert item(result, "PPX_ASPIRIN_100")["modality"] == ("caution" if cautious else "recommend")
    if cautious:
        warfarin = item(result, "PPX_WARFARIN_INR2_3")
        assert warfarin["modality"] == "consider" and "可选择" in warfarin["text"]
        assert "慎用" in item(result, "RENAL_ASPIRIN_CAUTION")["text"]


def test_p1r_a23_known_renal_disease_without_a_number_is_cautious_and_asked() -> None:
    result = assess(patient(TIERS["low"], renal_function_normal=False, without=("gfr",)))
    assert "RENAL_ASPIRIN_CAUTION" in codes(result)
    assert "ASK_GFR" in codes(result) and "gfr" in result["questions"]
    assert item(result, "PPX_ASPIRIN_100")["doses"] == []


def test_p2_options_are_of_equal_standing_and_aspirin_is_not_recommended() -> None:
    result = assess(patient(TIERS["high"]))
    for code in EXPECTED["high", 90]:
        assert item(result, code)["modality"] == "option"
    assert item(result, "PPX_LMWH_PROPH")["doses"][0]["amount"] == 40
    assert item(result, "PPX_RIVA_10")["doses"][0]["amount"] == 10
    aspirin = item(result, "PPX_ASPIRIN_100")
    assert aspirin["modality"] == "avoid" and "不推荐" in aspirin["text"]


@pytest.mark.parametrize(("gfr", "speaks"), [(29.9, False), (30, True), (59.9, True), (60, False)])
@pytest.mark.parametrize("tier", ["high", "very_high"])
def test_p2_p3_gfr_30_to_59_is_silent_about_adjustment(tier: str, gfr: float, speaks: bool) -> None:
    texts = [e["text"] for e in assess(patient(TIERS[tier], gfr=gfr))["advice"] if e["code"] == "SILENT"]
    assert any("GFR 30～59" in text for text in texts) is speaks


@pytest.mark.parametrize(("gfr", "severe"), [(29.9, True), (30, False)])
@pytest.mark.parametrize(("tier", "rule"), [("high", "P2s"), ("very_high", "P3s")])
def test_p2s_p3s_a22_severe_renal_insufficiency(tier: str, rule: str, gfr: float, severe: bool) -> None:
    result = assess(patient(TIERS[tier], gfr=gfr))
    for code in ("RENAL_NO_RIVA", "RENAL_LMWH_REDUCE", "RENAL_ANTIXA"):
        assert (code in codes(result)) is severe
    if severe:
        assert item(result, "RENAL_NO_RIVA")["modality"] == "avoid"
        assert item(result, "RENAL_LMWH_REDUCE")["rule"] == rule
        heparin = item(result, "PPX_LMWH_PROPH" if tier == "high" else "PPX_LMWH_THER")
        assert heparin["doses"] == [] and "减量" in heparin["text"]
        silent = [e for e in result["advice"] if e["code"] == "SILENT"]
        assert any("减量幅度" in e["text"] for e in silent)
        assert any("华法林" in e["text"] for e in silent) is (tier == "very_high")


def test_p3_a27_therapeutic_dose_with_its_arithmetic() -> None:
    result = assess(patient(TIERS["very_high"], weight_kg=58.3))
    heparin = item(result, "PPX_LMWH_THER")
    assert heparin["doses"] == [
        {
            "amount": 58.3,
            "unit": "mg",
            "interval_h": 12,
            "days": None,
            "formula": "1 mg/kg × 58.3 kg = 58.3 mg",
        }
    ]
    assert "1 mg/kg × 58.3 kg = 58.3 mg" in heparin["text"]
    assert item(result, "PPX_RIVA_20")["doses"][0] | {"formula": None} == {
        "amount": 20, "unit": "mg", "interval_h": 24, "days": None, "formula": None,
    }  # fmt: skip


@pytest.mark.parametrize(("weight", "warned"), [(39.9, True), (40, False), (120, False), (120.1, True)])
def test_a27_extreme_weights_are_warned_about(weight: float, warned: bool) -> None:
    text = item(assess(patient(TIERS["very_high"], weight_kg=weight)), "PPX_LMWH_THER")["text"]
    assert ("40～120 kg之外" in text) is warned


def test_a24_aspirin_is_never_put_forward_from_9_points_or_below_6() -> None:
    for tier in ("none", "high", "very_high"):
        assert "PPX_ASPIRIN_100" not in forward(assess(patient(TIERS[tier])))


def test_a25_a26_only_rivaroxaban_is_named_of_the_doacs() -> None:
    text = item(assess(patient(TIERS["high"])), "PPX_RIVA_10")["text"]
    assert "仅推荐利伐沙班" in text and "说明书" in text


@pytest.mark.parametrize("tier", ["low", "high", "very_high"])
def test_p_b2_a20_high_bleeding_score_gives_reference_only(tier: str) -> None:
    result = assess(patient(TIERS[tier], HIGH_BLEEDING))
    assert result["scores"]["bleeding"]["points"] == 7
    assert {"BLEED_HIGH_INDIVIDUALIZE", "MM_PREFER_LOW_THROMBOTIC"} <= forward(result)
    assert not DRUGS & forward(result)
    shown = [e for e in result["advice"] if e["code"] in DRUGS]
    assert shown and all(e["modality"] == "reference" and e["doses"] == [] for e in shown)
    assert not {"CONTRA_ACTIVE_BLEED", "PPX_MECHANICAL"} & set(codes(result))


def test_p_b1_p_t_below_7_the_tier_speaks() -> None:
    result = assess(patient(TIERS["high"], active_gastrointestinal_ulcer=True, rheumatic_disease=True))
    assert result["scores"]["bleeding"]["points"] == 6.5
    assert "BLEED_HIGH_INDIVIDUALIZE" not in codes(result)
    assert "PPX_WARFARIN_INR2_3" in forward(result)
    assert "MONITOR_DYNAMIC" in codes(result)


def test_p_b2_below_6_points_only_the_choice_of_therapy_is_added() -> None:
    assert codes(assess(patient(HIGH_BLEEDING))) == ["PPX_NONE", "MM_PREFER_LOW_THROMBOTIC"]


@pytest.mark.parametrize("tier", ["low", "high", "very_high"])
def test_p_b3_p_b4_active_bleeding_forbids_drugs(tier: str) -> None:
    result = assess(patient(TIERS[tier], active_bleeding=True))
    assert codes(result)[:2] == ["EMERGENCY", "CONTRA_ACTIVE_BLEED"]
    assert {"PPX_MECHANICAL", "SWITCH_WHEN_SAFE", "MM_PREFER_LOW_THROMBOTIC"} <= forward(result)
    assert item(result, "PPX_MECHANICAL")["modality"] == "consider"
    assert not DRUGS & set(codes(result))
    assert not {"DUR_MIN_6M", "MONITOR_DYNAMIC"} & set(codes(result))


def test_p_b3_mechanical_means_below_6_points_are_silent() -> None:
    result = assess(patient(active_bleeding=True))
    assert "PPX_MECHANICAL" not in codes(result)
    assert {"CONTRA_ACTIVE_BLEED", "PPX_NONE", "MM_PREFER_LOW_THROMBOTIC"} <= set(codes(result))
    assert "机械预防" in item(result, "SILENT")["text"]


@pytest.mark.parametrize(
    ("platelets", "code"),
    [(49.9, "PLT_INDIVIDUALIZE"), (50, "PLT_BOUNDARY_50"), (50.1, "PLT_NO_ADJUSTMENT")],
)
@pytest.mark.parametrize("tier", ["low", "high", "very_high"])
def test_p_p1_p_p2_p_p3_a21_platelets(tier: str, platelets: float, code: str) -> None:
    result = assess(patient(TIERS[tier], platelets_e9_l=platelets))
    assert {c for c in codes(result) if c.startswith("PLT_")} == {code}
    assert bool(DRUGS & forward(result)) is (code == "PLT_NO_ADJUSTMENT")


@pytest.mark.parametrize("fact", ["coagulopathy", "bleeding_within_3_months", "platelets_e9_l"])
def test_p_p1_says_nothing_while_one_of_its_conditions_is_open(fact: str) -> None:
    # active bleeding follows from "no bleeding within 3 months"
    assert "PLT_NO_ADJUSTMENT" not in codes(assess(patient(TIERS["high"], without=(fact,))))


@pytest.mark.parametrize(("icu", "printed"), [(False, True), (None, False)])
def test_a27_a_therapeutic_dose_needs_the_bleeding_score(icu: bool | None, printed: bool) -> None:
    facts = patient(TIERS["very_high"], active_gastrointestinal_ulcer=True, icu=icu)
    result = assess(facts)
    assert result["scores"]["bleeding"]["settled"] is printed
    for code in ("PPX_LMWH_THER", "PPX_RIVA_20"):
        assert bool(item(result, code)["doses"]) is printed
        assert ("出血评分" in item(result, code)["text"]) is not printed
    assert ("icu" in result["questions"]) is not printed
    assert item(assess(facts | {"history_superficial_vein_thrombosis": False}), "PPX_LMWH_PROPH")["doses"]


def test_p_p2_below_6_points_platelets_change_nothing() -> None:
    assert codes(assess(patient(platelets_e9_l=30))) == ["PPX_NONE"]


@pytest.mark.parametrize(
    ("platelets", "code"),
    [(None, "SILENT"), (49, "PLT_INDIVIDUALIZE"), (50, "PLT_BOUNDARY_50"), (50.1, "SILENT"), (200, "SILENT")],
)
def test_p_p2_p_p3_a21_coagulopathy_at_any_platelet_count_is_individualized(
    platelets: float | None, code: str
) -> None:
    result = assess(patient(TIERS["high"], coagulopathy=True, platelets_e9_l=platelets))
    assert not DRUGS & forward(result)
    found = [entry for entry in result["advice"] if entry["rule"] in ("P-P1", "P-P2", "P-P3")]
    assert [entry["code"] for entry in found] == [code]
    assert ("出凝血指标异常患者" in found[0]["text"]) is (code == "SILENT")


def test_restraints_add_up_and_the_kidney_rules_stay() -> None:
    result = assess(patient(TIERS["high"], HIGH_BLEEDING, platelets_e9_l=40, gfr=20))
    wanted = {
        "BLEED_HIGH_INDIVIDUALIZE",
        "PLT_INDIVIDUALIZE",
        "RENAL_NO_RIVA",
        "RENAL_LMWH_REDUCE",
        "RENAL_ANTIXA",
    }
    assert wanted <= set(codes(result))
    assert "PPX_RIVA_10" not in codes(result)


@pytest.mark.parametrize(
    "facts",
    [
        {"atrial_fibrillation": True},
        {"mechanical_heart_valve": True},
        {"current_anticoagulant": "利伐沙班"},
        {"current_anticoagulant": "华法林", "on_warfarin": True},
    ],
)
@pytest.mark.parametrize("tier", ["none", "low", "high", "very_high"])
def test_u3_a42_an_independent_indication_is_not_stacked_upon(tier: str, facts: dict[str, object]) -> None:
    result = assess(patient(TIERS[tier], facts))
    assert "DUR_INDEPENDENT" in forward(result)
    assert not {code for code in forward(result) if code.startswith("PPX_")}
    assert result["questions"] == []


def test_a42_an_antiplatelet_drug_is_individualized() -> None:
    result = assess(patient(TIERS["high"], current_antiplatelet="氯吡格雷"))
    assert not DRUGS & forward(result)
    assert any("氯吡格雷" in e["text"] for e in result["advice"] if e["code"] == "SILENT")


def test_a29_both_sentences_stand_where_they_pull_apart() -> None:
    result = assess(patient(imid=True, dexamethasone_mg_per_cycle=80, glucocorticoid=True))
    assert result["scores"]["mm_vte"]["points"] == 4
    text = item(result, "PPX_NONE")["text"]
    assert "不建议药物预防" in text and "建议持续VTE药物预防" in text
    assert "建议持续" not in item(assess(patient(imid=True)), "PPX_NONE")["text"]


def test_a45_a_clearance_is_warned_about_and_59_to_60_flagged() -> None:
    clearance = assess(patient(TIERS["high"], creatinine_clearance_ml_min=25, without=("gfr",)))
    assert {"WARN_CRCL_VS_GFR", "RENAL_NO_RIVA"} <= set(codes(clearance))
    assert "ASK_GFR" not in codes(clearance)
    for gfr, flagged in ((59, False), (59.1, True), (59.9, True), (60, False)):
        result = assess(patient(TIERS["low"], gfr=gfr))
        assert ("BOUNDARY_GFR" in codes(result)) is flagged
        assert "WARN_CRCL_VS_GFR" not in codes(result)


def test_a45_creatinine_alone_asks_for_the_gfr() -> None:
    result = assess(patient(TIERS["high"], creatinine_umol_l=400, without=("gfr",)))
    assert "ASK_GFR" in codes(result)
    assert all(e["doses"] == [] for e in result["advice"])


CRITICAL = {
    "platelets_e9_l": "ASK_PLT",
    "gfr": "ASK_GFR",
    "bleeding_within_3_months": "ASK_BLEEDING",
    "active_bleeding": "ASK_BLEEDING",
}


@pytest.mark.parametrize("tier", ["low", "high", "very_high"])
@pytest.mark.parametrize(("fact", "code"), CRITICAL.items())
def test_order_of_evaluation_4_no_dose_before_the_critical_facts(tier: str, fact: str, code: str) -> None:
    facts = patient(TIERS[tier])
    if fact == "active_bleeding":
        facts |= {"bleeding_within_3_months": True, "active_bleeding": None}
    else:
        facts.pop(fact)
    result = assess(facts)
    assert code in codes(result)
    assert fact in result["questions"]
    put = [e for e in result["advice"] if e["code"] in DRUGS and e["modality"] != "avoid"]
    assert put and all(e["doses"] == [] for e in put)
    assert all("须先明确" in e["text"] for e in put)


def test_order_of_evaluation_4_weight_only_for_doses_by_weight() -> None:
    result = assess(patient(TIERS["very_high"], without=("weight_kg",)))
    assert item(result, "PPX_LMWH_THER")["doses"] == []
    assert item(result, "PPX_RIVA_20")["doses"]
    assert "ASK_WEIGHT" in codes(result) and result["questions"] == ["weight_kg"]
    high = assess(patient(TIERS["high"], without=("weight_kg",)))
    assert "ASK_WEIGHT" not in codes(high) and high["questions"] == []


def test_a12_an_open_dexamethasone_dose_holds_the_dose_back() -> None:
    facts = patient(TIERS["high"], without=("glucocorticoid", "dexamethasone_mg_per_cycle"))
    result = assess(facts)
    assert result["scores"]["mm_vte"]["tier_range"] == ["high", "very_high"]
    assert "ASK_DEX" in codes(result)
    assert item(result, "PPX_LMWH_PROPH")["provisional"] is True
    assert item(result, "PPX_LMWH_PROPH")["doses"] == []


def test_unsettled_advice_is_provisional() -> None:
    result = assess(patient(TIERS["high"], without=("inherited_thrombophilia",)))
    assert result["scores"]["mm_vte"]["deciding"] == ["inherited_thrombophilia"]
    for code in ("PPX_WARFARIN_INR2_3", "PPX_LMWH_PROPH", "PPX_RIVA_10", "DUR_MIN_6M", "DUR_REASSESS_6M"):
        assert item(result, code)["provisional"] is True
    assert result["questions"] == ["inherited_thrombophilia"]


@pytest.mark.parametrize(
    ("change", "without", "code"),
    [
        ({"inherited_thrombophilia": None}, (), "ASK_THROMBOPHILIA"),
        ({"history_vte": None}, (), "ASK_HISTORY_VTE"),
        ({"dexamethasone_mg_per_cycle": None, "glucocorticoid": True}, (), "ASK_DEX"),
        ({"glucocorticoid": True}, (), "ASK_DEX"),
        ({"regimen": "VRd"}, ("glucocorticoid",), "ASK_DEX"),
        ({"regimen": "硼替佐米+来那度胺+地塞米松方案"}, ("glucocorticoid",), "ASK_DEX"),
    ],
)
def test_withheld_while_an_undetermined_fact_could_change_the_tier(
    change: dict[str, object], without: tuple[str, ...], code: str
) -> None:
    base = patient(
        {"imid": True, "history_superficial_vein_thrombosis": True, "anticardiolipin_antibody": True}
    )
    facts = base | change
    for name in without:
        facts.pop(name)
    result = assess(facts)
    assert result["scores"]["mm_vte"]["settled"] is False
    assert [c for c in codes(result) if not c.startswith("WELLS_")] == [code]
    assert result["questions"][0] in result["scores"]["mm_vte"]["deciding"]


def test_a12_an_abbreviation_never_gives_a_dexamethasone_dose() -> None:
    for name in ("VRd", "KRd", "DRd", "Rd", "PAD", "Vd"):
        assert "dexamethasone_mg_per_cycle" not in assess({"regimen": name})["facts"]


def test_a_regimen_without_dexamethasone_does_not_withhold() -> None:
    facts = patient(TIERS["high"], regimen="VMP", without=("glucocorticoid",)) | {"glucocorticoid": True}
    result = assess(facts)
    assert "PPX_WARFARIN_INR2_3" in codes(result)
    assert item(result, "PPX_WARFARIN_INR2_3")["provisional"] is True


def test_an_undetermined_fact_that_changes_nothing_does_not_withhold() -> None:
    result = assess(patient(TIERS["high"], erythropoietin=None))
    assert result["scores"]["mm_vte"]["settled"] is True
    assert "PPX_WARFARIN_INR2_3" in forward(result)


def test_withheld_does_not_silence_an_emergency() -> None:
    facts = patient({"imid": True, "diabetes": True, "history_vte": None}, active_bleeding=True)
    result = assess(facts)
    assert codes(result)[:2] == ["EMERGENCY", "CONTRA_ACTIVE_BLEED"]


def test_a03_the_open_question_of_active_cancer_is_asked_where_it_flips_the_bleeding_tier() -> None:
    facts = patient(TIERS["low"], active_gastrointestinal_ulcer=True, sex="male", without=("active_cancer",))
    result = assess(facts)
    assert result["scores"]["bleeding"]["deciding"] == ["active_cancer"]
    assert "ASK_ACTIVE_CANCER" in codes(result) and "active_cancer" in result["questions"]


def test_every_advice_item_has_the_shape_of_the_contract() -> None:
    modalities = {"recommend", "option", "consider", "continue", "may_stop", "caution", "avoid"}
    modalities |= {"contraindicated", "reference", "ask", "inform"}
    for facts in (
        patient(TIERS["very_high"], gfr=20),
        patient(TIERS["high"], without=("gfr",)),
        {"vte_event": "pe"},
    ):
        for entry in assess(facts)["advice"]:
            assert {
                "code",
                "modality",
                "provisional",
                "text",
                "drug",
                "doses",
                "rule",
                "source",
            } <= entry.keys()
            assert entry["modality"] in modalities
            assert entry["text"].rstrip().endswith(("。", "）", "？")), entry["text"]
            assert "{" not in entry["text"] and entry["rule"]
            assert set(entry["source"]) == {"section", "table"} and entry["source"]["section"]


def test_the_silent_sentence_is_verbatim() -> None:
    text = item(assess(patient(active_bleeding=True)), "SILENT")["text"]
    assert text == (
        "共识未给出低于6分患者机械预防的具体规定，请个体化评估（建议血液科、药学及相关专科会诊）；"
        "本工具不提供推定剂量。"
    )


def test_hemodynamic_instability_alone_is_an_emergency_first() -> None:
    assert codes(assess({"hemodynamic_instability": True})) == ["EMERGENCY"]
    assert codes(assess(patient(TIERS["high"], hemodynamic_instability=True)))[0] == "EMERGENCY"


def test_normal_kidney_function_without_a_number_is_enough_for_a_dose() -> None:
    for tier, code in (("low", "PPX_ASPIRIN_100"), ("high", "PPX_LMWH_PROPH"), ("very_high", "PPX_RIVA_20")):
        result = assess(patient(TIERS[tier], renal_function_normal=True, without=("gfr",)))
        assert item(result, code)["doses"] and result["questions"] == []
        assert not any(c.startswith("RENAL_") for c in codes(result))


def test_a45_a_measured_gfr_goes_before_a_clearance() -> None:
    result = assess(patient(TIERS["high"], gfr=61, creatinine_clearance_ml_min=29))
    assert not {"WARN_CRCL_VS_GFR", "RENAL_NO_RIVA"} & set(codes(result))


def test_p_b3_only_what_crosses_6_points_holds_back_mechanical_means() -> None:
    # 9 to 15 points: every answer leaves drugs due, which active bleeding forbids
    settled = assess(patient(TIERS["high"], active_bleeding=True, inherited_thrombophilia=None))
    assert {"PPX_MECHANICAL", "SWITCH_WHEN_SAFE"} <= set(codes(settled))
    open_facts = patient({"imid": True}, active_bleeding=True, inherited_thrombophilia=None)
    crossing = assess(open_facts)
    assert not {"PPX_MECHANICAL", "PPX_NONE", "SILENT"} & set(codes(crossing))
    # an unmentioned factor holds nothing back
    unmentioned = assess(patient({"imid": True}, active_bleeding=True, without=("inherited_thrombophilia",)))
    assert {"PPX_NONE", "SILENT"} <= set(codes(unmentioned))


@pytest.mark.parametrize(("tier", "restrained"), [("high", True), ("none", False)])
def test_withheld_a_restraint_speaks_where_drugs_are_due_in_any_case(tier: str, restrained: bool) -> None:
    result = assess(patient(TIERS[tier], platelets_e9_l=40, inherited_thrombophilia=None))
    assert codes(result, "ask") == ["ASK_THROMBOPHILIA"]
    assert ("PLT_INDIVIDUALIZE" in codes(result)) is restrained
    assert not any(code.startswith("PPX_") for code in codes(result))


def test_u3_without_points_nothing_is_said_of_a_tier() -> None:
    assert codes(assess({"atrial_fibrillation": True})) == ["DUR_INDEPENDENT"]
    withheld = assess(
        patient(TIERS["high"], HIGH_BLEEDING, atrial_fibrillation=True, inherited_thrombophilia=None)
    )
    wanted = ["DUR_INDEPENDENT", "BLEED_HIGH_INDIVIDUALIZE", "MM_PREFER_LOW_THROMBOTIC"]
    assert [code for code in codes(withheld) if not code.startswith("WELLS_")] == wanted


@pytest.mark.parametrize(("months", "independent"), [(0, True), (0.5, False), (6, False)])
@pytest.mark.parametrize("drug", [{"current_anticoagulant": "利伐沙班"}, {"on_warfarin": True}])
def test_u3_an_anticoagulant_given_since_prophylaxis_began_is_that_prophylaxis(
    drug: dict[str, object], months: float, independent: bool
) -> None:
    facts = patient(TIERS["high"], without=("current_anticoagulant",)) | drug
    result = assess(facts | {"months_on_prophylaxis": months})
    assert ("DUR_INDEPENDENT" in codes(result)) is independent
    assert ("PPX_WARFARIN_INR2_3" in forward(result)) is not independent


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({}, True),
        ({"atrial_fibrillation": True}, False),
        ({"mechanical_heart_valve": True}, False),
        ({"months_on_prophylaxis": 0}, False),
    ],
)
def test_u3_a_drug_without_a_reason_may_be_the_prophylaxis(facts: dict[str, object], asked: bool) -> None:
    advice = assess(patient(TIERS["high"], facts, current_anticoagulant="利伐沙班"))["advice"]
    text = next(item["text"] for item in advice if item["code"] == "DUR_INDEPENDENT")
    assert ("请说明已预防几个月" in text) is asked


@pytest.mark.parametrize(("settled", "speaks"), [(True, False), (False, True)])
def test_below_6_points_a_restraint_speaks_where_drugs_can_still_result(settled: bool, speaks: bool) -> None:
    without = () if settled else ("inherited_thrombophilia",)
    result = assess(patient(platelets_e9_l=40, without=without))
    assert codes(result)[0] == "PPX_NONE"
    assert ("PLT_INDIVIDUALIZE" in codes(result)) is speaks


@pytest.mark.parametrize(("active", "asked"), [(True, True), (False, False)])
def test_a12_below_6_points_the_dose_of_dexamethasone_is_asked_for_in_treated_myeloma(
    active: bool, asked: bool
) -> None:
    facts = patient(
        {"imid": True}, active_cancer=active, without=("glucocorticoid", "dexamethasone_mg_per_cycle")
    )
    result = assess(facts)
    assert result["questions"][0] == "dexamethasone_mg_per_cycle"
    assert ("ASK_DEX" in codes(result)) is asked
    if asked:
        question = item(result, "ASK_DEX")
        assert question["rule"] == "A12" and question["text"].endswith("（地塞米松每周期总量计2或4分）")


def test_a_dose_is_not_asked_after_where_none_is_put_forward() -> None:
    restrained = assess(patient(TIERS["high"], platelets_e9_l=40, without=("gfr",)))
    assert codes(restrained, "ask") == []
    assert "gfr" in restrained["questions"]


@pytest.mark.parametrize(("ulcer", "asked"), [(True, True), (False, False)])
def test_a03_active_cancer_is_asked_for_only_where_it_decides(ulcer: bool, asked: bool) -> None:
    facts = patient(TIERS["low"], active_gastrointestinal_ulcer=ulcer, sex="male", without=("active_cancer",))
    assert ("ASK_ACTIVE_CANCER" in codes(assess(facts))) is asked


def test_only_what_turns_on_the_points_is_provisional() -> None:
    result = assess(patient({"imid": True}, active_bleeding=True, without=("inherited_thrombophilia",)))
    assert result["scores"]["mm_vte"]["settled"] is False
    provisional = {entry["code"]: entry["provisional"] for entry in result["advice"]}
    assert provisional["PPX_NONE"] and provisional["SILENT"]
    assert not provisional["CONTRA_ACTIVE_BLEED"] and not provisional["MM_PREFER_LOW_THROMBOTIC"]


def test_a_contradiction_is_asked_about_once_under_the_code_of_its_fact() -> None:
    facts = patient(TIERS["high"], glucocorticoid=False, dexamethasone_mg_per_cycle=40)
    result = assess(facts | {"active_cancer": True})
    assert codes(result, "ask") == ["ASK_DEX"]
    warfarin = assess(patient(TIERS["high"], on_warfarin=True, current_anticoagulant="无"))
    assert item(warfarin, "ASK_ON_WARFARIN")["facts"] == ["on_warfarin", "current_anticoagulant"]
