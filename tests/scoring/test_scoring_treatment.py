"""Decision table 2.5 and diagnosis (2.1)."""

from __future__ import annotations

from typing import Any

import pytest
from scoring_cases import codes, forward, item, patient

from scoring import assess, general_treatment
from scoring.statements import entries

EVENTS = ("dvt", "proximal_dvt", "distal_dvt", "pe")
DRUGS = {"TX_RIVA", "TX_ENOX", "TX_DALT", "TX_WARF_BRIDGE"}
READY = {
    "anticoagulation_contraindicated": False,
    "recurrent_vte": False,
    "mm_active": False,
    "hemodynamic_instability": False,
    "limb_threatening_dvt": False,
}


@pytest.mark.parametrize("event", EVENTS)
def test_t0_t1_established_vte_is_anticoagulated_promptly(event: str) -> None:
    result = assess(patient(READY, vte_event=event))
    assert codes(result)[0] == "TX_START_PROMPT"
    assert DRUGS | {"TX_DUR_3_6M", "TX_MM_CHANGE"} <= forward(result)
    assert all(item(result, code)["modality"] == "option" for code in DRUGS)
    assert not any(code.startswith(("PPX_", "DUR_", "DX_")) for code in codes(result))
    assert result["questions"] == []
    text = item(result, "TX_START_PROMPT")["text"]
    assert "肿瘤相关VTE" in text and "尽快启动" in text


def test_t2_rivaroxaban_in_two_phases() -> None:
    doses = item(assess(patient(READY, vte_event="pe")), "TX_RIVA")["doses"]
    assert [(d["amount"], d["interval_h"], d["days"]) for d in doses] == [(15, 12, 21), (20, 24, None)]


@pytest.mark.parametrize(
    ("code", "weight", "expected"),
    [
        ("TX_ENOX", 58, [(58, "mg", 12, 30), (87, "mg", 24, None)]),
        ("TX_ENOX", 65.5, [(65.5, "mg", 12, 30), (98.3, "mg", 24, None)]),
        ("TX_DALT", 58, [(11600, "U", 24, 30), (8700, "U", 24, None)]),
    ],
)
def test_t3a_t3b_a33_heparins_by_weight(code: str, weight: float, expected: list[tuple[object, ...]]) -> None:
    doses = item(assess(patient(READY, vte_event="pe", weight_kg=weight)), code)["doses"]
    assert [(d["amount"], d["unit"], d["interval_h"], d["days"]) for d in doses] == expected
    assert all(f"× {weight:g} kg = {d['amount']}" in d["formula"] for d in doses)


@pytest.mark.parametrize(("weight", "warned"), [(90, False), (90.1, True)])
def test_a34_dalteparin_above_the_labels_daily_cap(weight: float, warned: bool) -> None:
    text = item(assess(patient(READY, vte_event="pe", weight_kg=weight)), "TX_DALT")["text"]
    assert ("说明书单日上限" in text) is warned


def test_no_amount_by_weight_without_a_weight() -> None:
    result = assess(patient(READY, vte_event="dvt", without=("weight_kg",)))
    assert item(result, "TX_ENOX")["doses"] == [] and item(result, "TX_DALT")["doses"] == []
    assert item(result, "TX_WARF_BRIDGE")["doses"] == []
    assert "ASK_WEIGHT" in codes(result) and "weight_kg" in result["questions"]


@pytest.mark.parametrize(
    ("days", "inr", "ready"),
    [(4, 2.5, False), (5, 1.99, False), (5, 2.0, True), (6, 3.0, True), (4, 1.0, False)],
)
def test_t4_a36_both_conditions_end_the_bridge(days: float, inr: float, ready: bool) -> None:
    text = item(assess(patient(READY, vte_event="pe", lmwh_days=days, inr=inr)), "TX_WARF_BRIDGE")["text"]
    assert ("可过渡到华法林单药" in text.split("调整剂量。")[1]) is ready
    assert ("尚不能停用LMWH" in text) is not ready


def test_t4_without_days_or_inr_nothing_is_said_about_the_bridge() -> None:
    text = item(assess(patient(READY, vte_event="pe", inr=2.5)), "TX_WARF_BRIDGE")["text"]
    assert text.endswith("调整剂量。")


@pytest.mark.parametrize(
    ("event", "fact", "acts"),
    [
        ("pe", "hemodynamic_instability", True),
        ("proximal_dvt", "limb_threatening_dvt", True),
        ("dvt", "limb_threatening_dvt", True),
        ("pe", "limb_threatening_dvt", False),
        ("proximal_dvt", "hemodynamic_instability", False),
    ],
)
def test_t5_a39_reperfusion_never_with_a_dose(event: str, fact: str, acts: bool) -> None:
    result = assess(patient(READY, {fact: True}, vte_event=event))
    assert codes(result)[0] == "EMERGENCY"
    assert ("TX_REPERFUSION" in codes(result)) is acts
    if acts:
        reperfusion = item(result, "TX_REPERFUSION")
        assert reperfusion["doses"] == [] and "在抗凝的同时" in reperfusion["text"]
        assert any("溶栓药物剂量" in e["text"] for e in result["advice"] if e["code"] == "SILENT")


@pytest.mark.parametrize(
    ("event", "filtered", "code"),
    [
        ("proximal_dvt", True, None),
        ("pe", True, None),
        ("distal_dvt", False, "SILENT"),
        ("dvt", False, "ASK_DVT_SITE"),
    ],
)
@pytest.mark.parametrize("reason", ["anticoagulation_contraindicated", "active_bleeding"])
def test_t6_a38_filter_when_anticoagulation_is_contraindicated(
    event: str, filtered: bool, code: str | None, reason: str
) -> None:
    result = assess(patient(READY, {reason: True}, vte_event=event))
    assert ("TX_FILTER" in codes(result)) is filtered
    assert not (DRUGS | {"TX_START_PROMPT"}) & set(codes(result))
    assert "TX_CONTRAINDICATED" in codes(result)
    if code:
        assert code in codes(result)
    assert ("CONTRA_ACTIVE_BLEED" in codes(result)) is (reason == "active_bleeding")


def test_t5_and_t6_together_do_not_speak_of_anticoagulation() -> None:
    facts = patient(READY, vte_event="pe", hemodynamic_instability=True, active_bleeding=True)
    assert "抗凝的同时" not in item(assess(facts), "TX_REPERFUSION")["text"]


@pytest.mark.parametrize("bleeds", [True, None])
def test_t5_beside_a_bleed_told_of_nothing_is_said_of_lysis_or_anticoagulation(bleeds: bool | None) -> None:
    facts = patient(READY, vte_event="pe", hemodynamic_instability=True)
    result = assess(facts | {"active_bleeding": bleeds, "bleeding_within_3_months": True})
    assert "抗凝的同时" not in item(result, "TX_REPERFUSION")["text"]
    assert any("包括出血时可否溶栓" in one["text"] for one in result["advice"])


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"gfr": 22}, "未按GFR<30调整"),
        ({"platelets_e9_l": 40}, "血小板未超过50"),
        ({"gfr": 80, "platelets_e9_l": 120}, None),
    ],
)
def test_t4_t11_the_heparin_of_the_bridge_stands_as_heparin_does(
    facts: dict[str, object], said: str | None
) -> None:
    text = item(assess(patient(READY, facts, vte_event="pe")), "TX_WARF_BRIDGE")["text"]
    assert ("其中LMWH的剂量" in text) is (said is not None)
    assert said is None or said in text


def test_t7_at_least_three_to_six_months() -> None:
    assert "3～6个月" in item(assess(patient(READY, vte_event="dvt")), "TX_DUR_3_6M")["text"]


@pytest.mark.parametrize(
    ("facts", "active"),
    [
        ({"mm_active": True}, True),
        ({"mm_active": False}, False),
        ({"mm_active": None, "mm_phase": "relapse"}, True),
        ({"mm_active": None, "mm_phase": "newly_diagnosed"}, True),
        ({"mm_active": None, "mm_phase": "maintenance"}, False),
        ({"mm_active": None, "mm_response": "pd"}, True),
        ({"mm_active": False, "mm_phase": "relapse"}, False),
    ],
)
def test_t8_longer_while_myeloma_is_active(facts: dict[str, object], active: bool) -> None:
    result = assess(patient(READY, facts, vte_event="dvt"))
    assert ("TX_DUR_GT6M_ACTIVE" in codes(result)) is active
    known = facts["mm_active"] is not None or active
    assert ("mm_active" in result["questions"]) is not known


def test_t9_a37_recurrence_of_vte_is_not_relapse_of_myeloma() -> None:
    assert "TX_LONGTERM_RECUR" in codes(assess(patient(READY, vte_event="dvt", recurrent_vte=True)))
    relapse = assess(patient(READY, vte_event="dvt", mm_phase="relapse"))
    assert "TX_LONGTERM_RECUR" not in codes(relapse)


def test_t10_change_of_therapy_is_cautious() -> None:
    change = item(assess(patient(READY, vte_event="dvt")), "TX_MM_CHANGE")
    assert change["modality"] == "caution" and "尚无研究" in change["text"]


@pytest.mark.parametrize(("gfr", "severe"), [(29.9, True), (30, False)])
def test_t11_a35_severe_renal_insufficiency_is_not_covered(gfr: float, severe: bool) -> None:
    result = assess(patient(READY, vte_event="dvt", gfr=gfr))
    assert (item(result, "TX_RIVA")["modality"] == "caution") is severe
    assert ("RENAL_NO_RIVA" in codes(result)) is severe
    assert ("SILENT" in codes(result)) is severe
    if severe:
        assert "仅在预防部分" in item(result, "RENAL_NO_RIVA")["text"]


@pytest.mark.parametrize(("platelets", "silent"), [(49.9, True), (50, False)])
def test_t11_low_platelets_are_not_covered(platelets: float, silent: bool) -> None:
    result = assess(patient(READY, vte_event="dvt", platelets_e9_l=platelets))
    assert ("SILENT" in codes(result)) is silent


def test_an_open_contraindication_is_asked_for_and_makes_the_start_provisional() -> None:
    result = assess({"vte_event": "pe", "weight_kg": 58})
    assert item(result, "TX_START_PROMPT")["provisional"] is True
    assert "ASK_CONTRAINDICATION" in codes(result)
    wanted = {
        "hemodynamic_instability",
        "active_bleeding",
        "anticoagulation_contraindicated",
        "platelets_e9_l",
        "gfr",
    }
    assert wanted | {"recurrent_vte", "mm_active"} == set(result["questions"])


SIGNS = ("entire_leg_swelling", "deep_vein_tenderness", "collateral_superficial_veins")


@pytest.mark.parametrize(("count", "flagged"), [(1, False), (2, True), (3, False)])
def test_d1_d2_a01_the_threshold_is_flagged_at_two(count: int, flagged: bool) -> None:
    result = assess(patient(dict.fromkeys(SIGNS[:count], True), vte_event="suspected_dvt"))
    assert ("WELLS_DVT_THRESHOLD_FLAG" in codes(result)) is flagged
    text = item(result, "DX_DDIMER_IMAGING")["text"]
    assert ("有助于排除" in text) is (count == 1)
    assert ("不足以排除" in text) is (count > 1)


@pytest.mark.parametrize(
    ("facts", "gap", "helps"),
    [
        ({"hemoptysis": True}, False, True),
        ({"history_vte": True}, True, True),
        ({"hemoptysis": True, "active_cancer": True}, False, False),
        ({"dvt_signs": True, "history_vte": True}, False, False),
    ],
)
def test_d3_d4_d5_d6_a02_a41_pulmonary_embolism(facts: dict[str, object], gap: bool, helps: bool) -> None:
    result = assess(patient(facts, vte_event="suspected_pe", hemodynamic_instability=False))
    assert ("WELLS_PE_GAP_FLAG" in codes(result)) is gap
    assert ("有助于排除" in item(result, "DX_DDIMER_IMAGING")["text"]) is helps
    assert result["questions"] == []
    if gap:
        flag = item(result, "WELLS_PE_GAP_FLAG")["text"]
        assert "按原始量表（<2）属低，共识未覆盖1.5分" in flag and "不可能" in flag


def test_suspicion_puts_no_drug_forward() -> None:
    result = assess(patient({"history_vte": True, "imid": True}, vte_event="suspected_dvt"))
    assert not any(code.startswith(("PPX_", "TX_", "DUR_")) for code in forward(result))


def test_suspected_pe_with_instability_is_an_emergency_first() -> None:
    result = assess({"vte_event": "suspected_pe", "hemodynamic_instability": True})
    assert codes(result)[:2] == ["EMERGENCY", "DX_DDIMER_IMAGING"]
    assert "hemodynamic_instability" not in result["questions"]


def test_suspected_event_with_active_bleeding_is_contraindicated() -> None:
    result = assess({"vte_event": "suspected_pe", "active_bleeding": True})
    assert {"EMERGENCY", "CONTRA_ACTIVE_BLEED"} <= set(codes(result))


def test_a05_a09_values_exactly_at_a_strict_cut_are_noted() -> None:
    calf = assess({"calf_difference_cm": 3})
    assert "WELLS_DVT_NEAR_MISS" in codes(calf)
    assert "WELLS_DVT_NEAR_MISS" not in codes(assess({"calf_difference_cm": 3.1}))
    assert "WELLS_PE_NEAR_MISS" in codes(assess({"heart_rate_bpm": 100}))
    assert "WELLS_PE_NEAR_MISS" not in codes(assess({"heart_rate_bpm": 101}))


def test_a06_an_open_alternative_diagnosis_is_asked_for() -> None:
    signs = dict.fromkeys(SIGNS, True)
    result = assess(patient(signs, alternative_diagnosis_as_likely_as_dvt=None, vte_event="suspected_dvt"))
    assert "ASK_ALT_DX" in codes(result)
    assert result["questions"] == ["alternative_diagnosis_as_likely_as_dvt"]
    assert "ASK_ALT_DX" not in codes(assess(patient(signs, vte_event="suspected_dvt")))


def test_a03_active_cancer_is_asked_for_where_it_decides_a_wells_score() -> None:
    result = assess(
        patient(dict.fromkeys(SIGNS[:2], True), vte_event="suspected_dvt", without=("active_cancer",))
    )
    assert "ASK_ACTIVE_CANCER" in codes(result)


def test_history_alone_does_not_open_a_diagnosis() -> None:
    result = assess({"history_dvt": True, "active_cancer": True})
    assert "wells_dvt" in result["scores"]
    assert not {"DX_DDIMER_IMAGING", "WELLS_DVT_THRESHOLD_FLAG"} & set(codes(result))


def test_an_undetermined_event_is_asked_for() -> None:
    assert assess({"vte_event": None, "age_years": 60})["questions"][0] == "vte_event"


def test_denied_signs_raise_no_suspicion_and_a_sign_does() -> None:
    denied = {"entire_leg_swelling": False, "hemoptysis": False, "heart_rate_bpm": 82}
    assert codes(assess(denied)) == []
    assert codes(assess(denied | {"entire_leg_swelling": True}))[0] == "DX_DDIMER_IMAGING"
    assert codes(assess(denied | {"hemoptysis": None}))[0] == "DX_DDIMER_IMAGING"
    assert "DX_DDIMER_IMAGING" in codes(assess({}, asked=("wells_dvt",)))
    assert "DX_DDIMER_IMAGING" in codes(assess({}, asked=("wells_pe",)))


def test_a02_the_gap_is_flagged_wherever_the_score_is_in_use() -> None:
    assert "WELLS_PE_GAP_FLAG" in codes(assess(patient(heart_rate_bpm=110)))
    assert "WELLS_PE_GAP_FLAG" not in codes(assess({"history_vte": True}))
    assert "WELLS_PE_GAP_FLAG" not in codes(assess(patient(heart_rate_bpm=110, vte_event="pe")))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("dvt_differential", ("腘窝囊肿", "蜂窝织炎", "淋巴管炎")),
        ("pe_differential", ("肺炎", "气胸", "心肌梗死")),
    ],
)
def test_d7_the_differential_diagnoses_of_section_3_are_stated(name: str, words: tuple[str, ...]) -> None:
    entry = next(entry for entry in entries() if entry.id == name)
    assert entry.section == "三"
    assert all(word in entry.text for word in words)


@pytest.mark.parametrize(("response", "asked"), [("cr", False), ("scr", False), ("pr", True), (None, True)])
def test_t8_activity_is_not_asked_for_in_complete_remission(response: str | None, asked: bool) -> None:
    result = assess(patient(READY, vte_event="dvt", mm_active=None, mm_response=response))
    assert ("mm_active" in result["questions"]) is asked
    assert "TX_DUR_GT6M_ACTIVE" not in codes(result)


def test_t6_the_site_of_a_dvt_is_asked_for_by_its_own_code() -> None:
    result = assess(patient(READY, vte_event="dvt", anticoagulation_contraindicated=True))
    assert codes(result, "ask") == ["ASK_DVT_SITE"]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"history_dvt": True, "active_cancer": True}, "WELLS_DVT_THRESHOLD_FLAG"),
        ({"history_vte": True}, "WELLS_PE_GAP_FLAG"),
    ],
)
def test_a01_a02_flags_follow_a_suspicion_a_question_or_a_finding(
    facts: dict[str, object], code: str
) -> None:
    name, event, finding = {
        "WELLS_DVT_THRESHOLD_FLAG": ("wells_dvt", "suspected_dvt", {"calf_difference_cm": 1}),
        "WELLS_PE_GAP_FLAG": ("wells_pe", "suspected_pe", {"heart_rate_bpm": 70}),
    }[code]
    assert code not in codes(assess(facts))
    assert code in codes(assess(facts | {"vte_event": event}))
    assert code in codes(assess(facts, asked=(name,)))
    assert code in codes(assess(facts | finding))


@pytest.mark.parametrize(
    ("dvt_open", "pe_open", "said"),
    [(False, False, False), (True, False, True), (False, True, True), (True, True, True)],
)
def test_d6_the_dimer_helps_only_once_every_score_in_question_is_settled(
    dvt_open: bool, pe_open: bool, said: bool
) -> None:
    open_facts = ("collateral_superficial_veins", "entire_leg_swelling") if dvt_open else ()
    open_facts += ("pe_more_likely_than_alternatives",) if pe_open else ()
    facts = patient(
        deep_vein_tenderness=True,
        vte_event="suspected_pe",
        hemodynamic_instability=False,
        without=open_facts,
    )
    text = item(assess(facts), "DX_DDIMER_IMAGING")["text"]
    assert ("评分尚未确定" in text) is said


def test_d6_a_score_that_is_not_in_question_settles_nothing() -> None:
    pe = patient(vte_event="suspected_pe", hemodynamic_instability=False, without=("deep_vein_tenderness",))
    pe |= {"history_dvt": True, "history_vte": True, "active_cancer": True}
    pe.pop("calf_swelling_over_3cm")
    result = assess(pe)
    assert result["scores"]["wells_dvt"]["settled"] is False
    assert "评分尚未确定" not in item(result, "DX_DDIMER_IMAGING")["text"]


BED = {"immobilized_over_3_days": True, "immobilized_or_surgery_within_4_weeks": True}


@pytest.mark.parametrize(
    ("facts", "event", "other"),
    [
        # Wells DVT 2 or 3, Wells PE 3 or 4: only the first crosses a cut
        ({"history_dvt": True, "history_vte": True} | BED, "suspected_dvt", "suspected_pe"),
        # Wells PE 1.5 or 2.5, Wells DVT 0 or 1
        ({"heart_rate_bpm": 101}, "suspected_pe", "suspected_dvt"),
    ],
)
def test_a03_active_cancer_is_asked_for_only_by_the_score_in_question(
    facts: dict[str, object], event: str, other: str
) -> None:
    case = patient(facts, hemodynamic_instability=False, without=("active_cancer",))
    assert "ASK_ACTIVE_CANCER" in codes(assess(case | {"vte_event": event}))
    assert "ASK_ACTIVE_CANCER" not in codes(assess(case | {"vte_event": other}))


@pytest.mark.parametrize("event", EVENTS)
def test_t6_a_contraindication_that_is_known_is_not_asked_for_again(event: str) -> None:
    facts = patient(
        READY, vte_event=event, active_bleeding=True, without=("anticoagulation_contraindicated",)
    )
    assert assess(facts)["questions"] == (["vte_event"] if event == "dvt" else [])
    unstable = facts | {"hemodynamic_instability": None, "limb_threatening_dvt": None}
    first = "hemodynamic_instability" if event == "pe" else "limb_threatening_dvt"
    assert first in assess(unstable)["questions"]


def test_t9_an_earlier_clot_is_asked_about_and_not_taken_for_recurrence() -> None:
    asked = [one for one in _course({"history_dvt": True}) if one["code"] == "TX_LONGTERM_RECUR"]
    assert [(one["provisional"], "如本次" in one["text"]) for one in asked] == [(True, True)]
    known = [one for one in _course({"recurrent_vte": True}) if one["code"] == "TX_LONGTERM_RECUR"]
    assert [one["provisional"] for one in known] == [False]
    for denied in ({"history_dvt": True, "recurrent_vte": False}, {}):
        assert not [one for one in _course(denied) if one["code"] == "TX_LONGTERM_RECUR"]


def _course(facts: dict[str, object]) -> list[dict[str, Any]]:
    return list(assess({"vte_event": "dvt", **facts})["advice"])


def test_what_holds_for_every_clot_calls_nobodys_established() -> None:
    advice = general_treatment()
    assert {"TX_START_PROMPT", "TX_RIVA", "TX_ENOX", "TX_DALT", "TX_WARF_BRIDGE", "TX_DUR_3_6M"} <= {
        one["code"] for one in advice
    }
    assert not any("已确诊" in one["text"] for one in advice)


def test_t7_of_a_treatment_in_course_nothing_is_started() -> None:
    facts = {"vte_event": "pe", "current_anticoagulant": "利伐沙班", "mm_active": True}
    going_on = codes(assess(facts, asked=("duration",)))
    assert {"TX_DUR_3_6M", "TX_DUR_GT6M_ACTIVE"} <= set(going_on)
    assert not {"TX_START_PROMPT", "TX_RIVA", "TX_ENOX"} & set(going_on)
    assert "TX_START_PROMPT" in codes(assess(facts))
    assert "TX_START_PROMPT" in codes(assess({"vte_event": "pe"}, asked=("duration",)))
