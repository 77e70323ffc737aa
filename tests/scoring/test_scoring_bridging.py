"""T4: LMWH is stopped when it was given for at least 5 days and the INR is at least 2.0, both."""

import pytest

from scoring import bridge_advice


@pytest.mark.parametrize(
    ("days", "inr", "begins"),
    [
        (4, 2.3, "还不能停用"),
        (5, 1.9, "还不能停用"),
        (4, 1.9, "还不能停用"),
        (5, 2.0, "可以停用"),
        (7, 2.4, "可以停用"),
        (4, None, "还不能停用"),
        (None, 1.9, "还不能停用"),
        (7, None, "向华法林过渡时能否停用LMWH尚不能判定"),
        (None, 2.4, "向华法林过渡时能否停用LMWH尚不能判定"),
        (None, None, "向华法林过渡时能否停用LMWH尚不能判定"),
    ],
)
def test_t4_a36_both_conditions(days, inr, begins) -> None:
    facts = {name: value for name, value in (("lmwh_days", days), ("inr", inr)) if value is not None}
    advice = bridge_advice(facts, stopping=True)
    assert advice[0]["text"].startswith(begins)
    asked = {fact for item in advice for fact in item.get("facts", ())}
    assert asked == {"lmwh_days", "inr"} - facts.keys()


def test_t4_the_lmwh_until_then_by_weight_and_not_without() -> None:
    text = "".join(item["text"] for item in bridge_advice({"weight_kg": 70}))
    assert "70 mg" in text and "14000 U" in text
    assert all(not item["doses"] for item in bridge_advice({}))
    met = bridge_advice({"weight_kg": 70, "lmwh_days": 6, "inr": 2.4}, stopping=True)
    assert all(not item["doses"] for item in met)


def test_t4_bleeding_ends_the_question() -> None:
    advice = bridge_advice(
        {"active_bleeding": True, "lmwh_days": 6, "inr": 2.5, "weight_kg": 70}, stopping=True
    )
    assert advice[0]["code"] == "CONTRA_ACTIVE_BLEED"
    assert not any(item["doses"] for item in advice)
    assert not any("可以停用" in item["text"] for item in advice)


def lmwh_doses(**facts: object) -> list[str]:
    return [item["text"] for item in bridge_advice({"weight_kg": 58, **facts}) if item["doses"]]


@pytest.mark.parametrize(("gfr", "marked"), [(29, True), (30, False)])
def test_t11_a35_the_lmwh_until_then_says_that_it_is_not_adjusted_below_30(gfr: int, marked: bool) -> None:
    assert [("未按GFR<30调整" in text) for text in lmwh_doses(gfr=gfr)] == [marked]
    silent = [item for item in bridge_advice({"weight_kg": 58, "gfr": gfr}) if item["code"] == "SILENT"]
    assert bool(silent) is marked


def test_a45_no_lmwh_dose_while_only_a_creatinine_is_known() -> None:
    assert lmwh_doses(creatinine_umol_l=300) == []


@pytest.mark.parametrize(("platelets", "marked"), [(49, True), (50, False)])
def test_p_p2_the_lmwh_until_then_is_for_reference_below_50(platelets: int, marked: bool) -> None:
    assert [("须个体化，仅供参考" in text) for text in lmwh_doses(platelets_e9_l=platelets)] == [marked]


def test_t11_no_lmwh_dose_for_a_patient_whom_the_consensus_does_not_cover() -> None:
    advice = bridge_advice({"weight_kg": 58}, ["hit"])
    assert not any(item["doses"] for item in advice)
