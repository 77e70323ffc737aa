"""Decision table 2.4, cell by cell."""

from __future__ import annotations

import pytest
from scoring_cases import TIERS, codes, forward, item, patient

from scoring import assess, course_needs

NO_DRUGS = {"imid": False, "glucocorticoid": False, "chemotherapy": False}
ALONE = NO_DRUGS | {"imid": True}
WITH_STEROID = ALONE | {"glucocorticoid": True, "dexamethasone_mg_per_cycle": 80}
WITH_CHEMO = ALONE | {"chemotherapy": True}
STEROID_ONLY = NO_DRUGS | {"glucocorticoid": True, "dexamethasone_mg_per_cycle": 80}
CHEMO_ONLY = NO_DRUGS | {"chemotherapy": True}
DECISIONS = {"DUR_STOP_OK", "DUR_CONSIDER_STOP", "DUR_CONTINUE", "DUR_RELAPSE_AS_NEW", "DUR_INDIVIDUALIZE"}

CELLS = [
    ("U5", "cr", "consolidation", NO_DRUGS, {"DUR_STOP_OK"}, False),
    ("U5", "scr", "maintenance", NO_DRUGS, {"DUR_STOP_OK"}, False),
    ("U5", "cr", "maintenance", CHEMO_ONLY, {"DUR_STOP_OK"}, False),
    ("A32", "cr", "consolidation", CHEMO_ONLY, set(), True),
    ("A32", "cr", "consolidation", ALONE, set(), True),
    ("U7", "cr", "maintenance", ALONE, {"DUR_CONSIDER_STOP"}, False),
    ("U7", "scr", "maintenance", ALONE, {"DUR_CONSIDER_STOP"}, False),
    ("U6", "cr", "consolidation", WITH_STEROID, {"DUR_CONTINUE"}, False),
    ("U6", "scr", "consolidation", WITH_CHEMO, {"DUR_CONTINUE"}, False),
    ("U2", "cr", "maintenance", WITH_STEROID, {"DUR_CONTINUE"}, True),
    ("U2", "cr", "maintenance", WITH_CHEMO, {"DUR_CONTINUE"}, True),
    ("A32", "cr", "consolidation", STEROID_ONLY, set(), True),
    ("A32", "cr", "maintenance", STEROID_ONLY, set(), True),
    ("U4", "vgpr", "maintenance", NO_DRUGS, set(), True),
    ("U4", "pr", "maintenance", ALONE, set(), True),
    ("U2", "pr", "consolidation", WITH_STEROID, {"DUR_CONTINUE"}, False),
    ("U2", "sd", "maintenance", WITH_CHEMO, {"DUR_CONTINUE"}, False),
    ("U4", "mr", "consolidation", STEROID_ONLY, set(), True),
    ("U8", "pd", "relapse", WITH_STEROID, {"DUR_RELAPSE_AS_NEW"}, False),
    ("U8", "cr", "relapse", NO_DRUGS, {"DUR_RELAPSE_AS_NEW"}, False),
    ("U4", "cr", "off_treatment", NO_DRUGS, set(), True),
]


@pytest.mark.parametrize(("rule", "response", "phase", "drugs", "decisions", "silent"), CELLS)
def test_u2_u4_u5_u6_u7_u8_a31_a32_after_six_months(
    rule: str, response: str, phase: str, drugs: dict[str, object], decisions: set[str], silent: bool
) -> None:
    facts = patient(drugs, mm_response=response, mm_phase=phase, months_on_prophylaxis=6)
    result = assess(facts)
    assert DECISIONS & set(codes(result)) == decisions
    assert ("SILENT" in codes(result)) is silent
    assert not any(e["provisional"] for e in result["advice"])
    assert result["questions"] == []
    if rule.startswith("U") and decisions:
        assert item(result, next(iter(decisions)))["rule"] == rule


def test_a31_modalities_are_kept_apart() -> None:
    def one(phase: str, drugs: dict[str, object], code: str) -> dict[str, object]:
        return item(assess(patient(drugs, mm_response="cr", mm_phase=phase, months_on_prophylaxis=8)), code)

    stop = one("maintenance", NO_DRUGS, "DUR_STOP_OK")
    consider = one("maintenance", ALONE, "DUR_CONSIDER_STOP")
    go_on = one("consolidation", WITH_STEROID, "DUR_CONTINUE")
    assert (stop["modality"], consider["modality"], go_on["modality"]) == ("may_stop", "consider", "continue")
    assert (
        "：可停止" in str(stop["text"])
        and "可考虑停止" in str(consider["text"])
        and "应继续" in str(go_on["text"])
    )


@pytest.mark.parametrize(("months", "stops"), [(5.9, False), (6, True), (6.1, True)])
@pytest.mark.parametrize(("drugs", "code"), [(NO_DRUGS, "DUR_STOP_OK"), (ALONE, "DUR_CONSIDER_STOP")])
def test_u1_a28_no_stopping_before_six_months(
    drugs: dict[str, object], code: str, months: float, stops: bool
) -> None:
    result = assess(patient(drugs, mm_response="cr", mm_phase="maintenance", months_on_prophylaxis=months))
    assert (code in codes(result)) is stops
    assert ("DUR_MIN_6M" in codes(result)) is not stops
    if not stops:
        text = item(result, "DUR_MIN_6M")["text"]
        assert "未满6个月" in text and "两处表述需综合" in text


def test_a28_unknown_months_are_asked_for_before_stopping() -> None:
    result = assess(patient(NO_DRUGS, mm_response="cr", mm_phase="maintenance"))
    assert "DUR_STOP_OK" not in codes(result)
    assert "ASK_MONTHS" in codes(result) and result["questions"] == ["months_on_prophylaxis"]


@pytest.mark.parametrize(("drugs", "code"), [(NO_DRUGS, "DUR_STOP_OK"), (ALONE, "DUR_CONSIDER_STOP")])
def test_a30_an_individual_factor_is_named_and_stops_the_stopping(
    drugs: dict[str, object], code: str
) -> None:
    facts = patient(drugs, mm_response="cr", mm_phase="maintenance", months_on_prophylaxis=9, age_years=60)
    result = assess(facts)
    assert code not in codes(result)
    text = item(result, "DUR_INDIVIDUALIZE")["text"]
    assert "年龄60～75岁" in text and "表1" in text and "个体化" in text


def test_a30_treatment_factors_do_not_block_stopping() -> None:
    facts = patient(NO_DRUGS, mm_response="cr", mm_phase="maintenance", months_on_prophylaxis=9)
    assert "DUR_STOP_OK" in codes(assess(facts | {"central_venous_catheter": True}))


@pytest.mark.parametrize("fact", ["atrial_fibrillation", "mechanical_heart_valve"])
def test_u3_a30_a_standing_indication_blocks_stopping(fact: str) -> None:
    facts = patient(NO_DRUGS, {fact: True}, mm_response="cr", mm_phase="maintenance", months_on_prophylaxis=9)
    result = assess(facts)
    assert "DUR_INDEPENDENT" in forward(result)
    assert not DECISIONS & set(codes(result))


@pytest.mark.parametrize("fact", ["atrial_fibrillation", "mechanical_heart_valve", "history_vte", "copd"])
def test_a30_unknown_is_not_none_present(fact: str) -> None:
    facts = patient(
        NO_DRUGS, mm_response="cr", mm_phase="maintenance", months_on_prophylaxis=9, without=(fact,)
    )
    result = assess(facts)
    assert item(result, "DUR_STOP_OK")["provisional"] is True
    assert "前提" in item(result, "DUR_STOP_OK")["text"]
    assert fact in result["questions"]


def test_u6_needs_no_months() -> None:
    result = assess(patient(WITH_STEROID, mm_response="cr", mm_phase="consolidation"))
    assert {"DUR_CONTINUE", "DUR_MIN_6M"} <= set(codes(result))


@pytest.mark.parametrize(
    ("phase", "drugs", "missing"),
    [
        ("maintenance", NO_DRUGS, "imid"),
        ("maintenance", NO_DRUGS, "glucocorticoid"),
        ("consolidation", ALONE, "glucocorticoid"),
        ("consolidation", ALONE, "chemotherapy"),
    ],
)
def test_an_open_drug_is_asked_for(phase: str, drugs: dict[str, object], missing: str) -> None:
    facts = patient(drugs, mm_response="cr", mm_phase=phase, months_on_prophylaxis=9)
    facts |= {"dexamethasone_mg_per_cycle": 0}
    facts.pop(missing)
    result = assess(facts)
    assert missing in result["questions"]
    assert not {"DUR_STOP_OK", "DUR_CONSIDER_STOP", "DUR_CONTINUE"} & set(codes(result))


def test_u7_a_partner_in_the_regimen_is_not_an_imid_alone() -> None:
    facts = patient(ALONE, mm_response="cr", mm_phase="maintenance", months_on_prophylaxis=9)
    assert "DUR_CONSIDER_STOP" in codes(assess(facts | {"regimen": "来那度胺"}))
    assert "DUR_CONSIDER_STOP" not in codes(assess(facts | {"regimen": "VR"}))
    assert "DUR_CONSIDER_STOP" not in codes(assess(facts | {"carfilzomib": True}))


def test_u1_started_prophylaxis_goes_on_for_six_months() -> None:
    for tier in ("low", "high", "very_high"):
        assert {"DUR_MIN_6M", "DUR_REASSESS_6M"} <= set(codes(assess(patient(TIERS[tier]))))


def test_u8_a37_relapse_of_myeloma_is_scored_anew() -> None:
    result = assess(patient(TIERS["high"], mm_phase="relapse"))
    assert {"DUR_RELAPSE_AS_NEW", "PPX_WARFARIN_INR2_3"} <= forward(result)
    assert "TX_LONGTERM_RECUR" not in codes(result)


def test_prophylaxis_that_may_stop_is_shown_for_reference_only() -> None:
    facts = patient(NO_DRUGS, mm_response="cr", mm_phase="maintenance", months_on_prophylaxis=9)
    facts |= {"central_venous_catheter": True, "carfilzomib": True, "anthracycline_chemotherapy": True}
    result = assess(facts)
    assert result["scores"]["mm_vte"]["tier"] == "low"
    assert item(result, "PPX_ASPIRIN_100")["modality"] == "reference"


def test_prophylaxis_already_given_is_no_indication_of_its_own() -> None:
    facts = patient(ALONE, mm_response="cr", mm_phase="maintenance", months_on_prophylaxis=9)
    result = assess(facts | {"current_anticoagulant": "利伐沙班"})
    assert "DUR_CONSIDER_STOP" in codes(result) and "DUR_INDEPENDENT" not in codes(result)


def test_duration_can_be_asked_about_without_any_fact() -> None:
    result = assess({}, asked=("duration",))
    assert "DUR_MIN_6M" in codes(result)
    assert "months_on_prophylaxis" in result["questions"]


OPEN_DOSE = WITH_STEROID | {"regimen": "VRd", "dexamethasone_mg_per_cycle": None, "history_vte": True}


@pytest.mark.parametrize(
    ("response", "phase", "code"),
    [
        ("scr", "consolidation", "DUR_CONTINUE"),
        ("pr", "consolidation", "DUR_CONTINUE"),
        ("pd", "relapse", "DUR_RELAPSE_AS_NEW"),
    ],
)
def test_u6_u2_u8_the_duration_of_prophylaxis_under_way_is_stated_while_the_drug_is_withheld(
    response: str, phase: str, code: str
) -> None:
    facts = patient(OPEN_DOSE, mm_response=response, mm_phase=phase, months_on_prophylaxis=7)
    result = assess(facts)
    assert not {c for c in codes(result) if c.startswith("PPX_")}
    assert "ASK_DEX" in codes(result) and item(result, code)["provisional"] is True
    without = patient(OPEN_DOSE, mm_response=response, mm_phase=phase)
    assert code not in codes(assess(without))
    assert code in codes(assess(without, asked=("duration",))) or code == "DUR_CONTINUE"


@pytest.mark.parametrize(("fact", "asked"), [("chemotherapy", True), ("carfilzomib", False)])
def test_u7_open_chemotherapy_is_asked_for_before_an_imid_counts_as_alone(fact: str, asked: bool) -> None:
    facts = patient(ALONE, mm_response="cr", mm_phase="maintenance", months_on_prophylaxis=9)
    result = assess(facts | {fact: None})
    assert "DUR_CONSIDER_STOP" in codes(result)
    assert ("chemotherapy" in result["questions"]) is asked


@pytest.mark.parametrize(
    ("fact", "engaged"),
    [
        ({"months_on_prophylaxis": 1}, True),
        ({"months_on_prophylaxis": 0}, True),
        ({"mm_response": "pr"}, True),
        ({"mm_phase": "consolidation"}, True),
        ({"mm_phase": "maintenance"}, True),
        ({"mm_phase": "relapse"}, True),
        # nobody has begun a prophylaxis that six months could be told of
        ({"mm_phase": "off_treatment"}, False),
        ({"mm_phase": "newly_diagnosed"}, False),
        ({"mm_phase": "induction"}, False),
        ({"mm_phase": "smoldering"}, False),
    ],
)
def test_duration_is_in_question_after_induction_or_once_prophylaxis_has_begun(
    fact: dict[str, object], engaged: bool
) -> None:
    # below 6 points nothing else speaks of duration
    assert ("DUR_MIN_6M" in codes(assess(patient(fact)))) is engaged


@pytest.mark.parametrize(("months", "minimum"), [(None, True), (5.9, True), (6, False)])
@pytest.mark.parametrize(
    ("phase", "drugs"),
    [("consolidation", WITH_STEROID), ("consolidation", ALONE), ("maintenance", STEROID_ONLY)],
)
def test_u1_the_minimum_is_stated_until_six_months_are_full(
    phase: str, drugs: dict[str, object], months: float | None, minimum: bool
) -> None:
    result = assess(patient(drugs, mm_response="cr", mm_phase=phase, months_on_prophylaxis=months))
    assert ("DUR_MIN_6M" in codes(result)) is minimum


@pytest.mark.parametrize(
    ("phase", "missing", "asked"),
    [
        (
            "consolidation",
            ("imid", "glucocorticoid", "chemotherapy"),
            ("imid", "glucocorticoid", "chemotherapy"),
        ),
        ("maintenance", ("imid", "glucocorticoid", "chemotherapy"), ("imid", "glucocorticoid")),
    ],
)
def test_a32_chemotherapy_matters_beside_an_open_imid_in_consolidation_only(
    phase: str, missing: tuple[str, ...], asked: tuple[str, ...]
) -> None:
    facts = patient(mm_response="cr", mm_phase=phase, dexamethasone_mg_per_cycle=0, without=missing)
    result = assess(facts)
    assert tuple(item(result, "ASK_IMID")["facts"]) == asked
    assert item(result, "ASK_IMID")["rule"] == "A32"
    assert result["questions"] == [*asked, "months_on_prophylaxis"]


@pytest.mark.parametrize(
    ("chemotherapy", "code"), [(None, "DUR_STOP_OK"), (False, "DUR_STOP_OK"), (True, "SILENT")]
)
def test_u5_a32_consolidation_without_an_imid_turns_on_chemotherapy(
    chemotherapy: bool | None, code: str
) -> None:
    facts = patient(NO_DRUGS, mm_response="cr", mm_phase="consolidation", months_on_prophylaxis=9)
    result = assess(facts | {"chemotherapy": chemotherapy})
    assert code in codes(result)
    assert result["questions"] == (["chemotherapy"] if chemotherapy is None else [])
    if code == "DUR_STOP_OK":
        assert item(result, code)["provisional"] is (chemotherapy is None)
        assert "巩固治疗阶段" in item(result, code)["text"]


@pytest.mark.parametrize("change", [{"months_on_prophylaxis": 3}, {"diabetes": True}])
def test_u5_what_stopping_turns_on_is_asked_for_even_while_it_cannot_be_advised(
    change: dict[str, object],
) -> None:
    facts = patient(NO_DRUGS, mm_response="cr", mm_phase="consolidation", months_on_prophylaxis=9)
    assert assess(facts | change | {"chemotherapy": None})["questions"] == ["chemotherapy"]


@pytest.mark.parametrize(
    ("drugs", "open_facts", "asked"),
    [
        (WITH_CHEMO, ("mm_response",), ["mm_response"]),
        (WITH_CHEMO, ("mm_phase",), ["mm_phase"]),
        (NO_DRUGS, ("mm_response",), ["mm_response"]),
        (NO_DRUGS, ("glucocorticoid", "chemotherapy"), []),
        (ALONE, ("chemotherapy",), ["chemotherapy"]),
        (ALONE, ("mm_response", "glucocorticoid"), ["mm_response", "glucocorticoid"]),
    ],
)
def test_u2_u4_after_six_months_without_cr_what_combined_therapy_turns_on_is_asked_for(
    drugs: dict[str, object], open_facts: tuple[str, ...], asked: list[str]
) -> None:
    facts = patient(drugs, mm_response="pr", mm_phase="maintenance", months_on_prophylaxis=6)
    facts |= {"dexamethasone_mg_per_cycle": 0}
    result = assess(facts | dict.fromkeys(open_facts))
    assert result["questions"] == asked
    # the silent sentence names the situation and needs both of its parts
    assert ("SILENT" in codes(result)) is (drugs is not WITH_CHEMO and "mm_response" not in open_facts)


def test_u7_of_a_regimen_what_was_stopped_is_no_partner() -> None:
    facts = patient(ALONE, regimen="Rd", mm_response="cr", mm_phase="maintenance", months_on_prophylaxis=8)
    assert "DUR_CONSIDER_STOP" in codes(assess(facts))
    assert "DUR_CONSIDER_STOP" not in codes(assess(facts | {"regimen": "VRd"}))


def test_a42_aspirin_that_is_the_prophylaxis_is_no_drug_beside_it() -> None:
    facts = patient(ALONE, history_vte=True, current_antiplatelet="阿司匹林", months_on_prophylaxis=8)
    assert not [one for one in assess(facts)["advice"] if one["rule"] == "A42"]
    del facts["months_on_prophylaxis"]
    assert [one for one in assess(facts)["advice"] if one["rule"] == "A42"]


def test_course_needs_are_asked_one_after_another() -> None:
    facts: dict[str, object] = {"mm_response": "cr", "mm_phase": "maintenance", "imid": False}
    assert course_needs(facts)[0] == "glucocorticoid"
    facts |= {"glucocorticoid": False}
    assert course_needs(facts)[0] == "months_on_prophylaxis"
    facts |= {"months_on_prophylaxis": 7}
    assert course_needs(facts)[:2] == ["atrial_fibrillation", "mechanical_heart_valve"]
    assert course_needs(facts | {"atrial_fibrillation": True}) == []
    assert course_needs(facts | {"vte_event": "dvt"}) == []
