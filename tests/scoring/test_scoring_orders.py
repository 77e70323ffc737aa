"""An order beside the doses of the consensus: agreement, difference, and where nothing can be said."""

import pytest

from scoring import Order, order_advice


def codes(advice):
    return [item["code"] for item in advice]


def verdict(advice):
    return next(item for item in advice if item["code"].startswith("ORDER_"))


@pytest.mark.parametrize(
    ("drug", "order", "facts"),
    [
        ("rivaroxaban", Order(10, "mg", 24), {}),
        ("rivaroxaban", Order(15, "mg", 12), {}),
        ("enoxaparin", Order(40, "mg", 24), {}),
        ("enoxaparin", Order(58, "mg", 12), {"weight_kg": 58}),
        ("enoxaparin", Order(87, "mg", 24), {"weight_kg": 58}),
        ("enoxaparin", Order(1.5, "mg", 24, per_kg=True), {}),
        ("dalteparin", Order(7500, "U", 24), {"weight_kg": 50}),
        ("aspirin", Order(100, "mg", 24), {}),
        ("aspirin", Order(100, "mg"), {}),
    ],
)
def test_t2_t3_a_dose_of_the_consensus_agrees(drug, order, facts) -> None:
    assert verdict(order_advice(drug, order, None, None, facts))["code"] == "ORDER_AGREES"


@pytest.mark.parametrize(
    ("drug", "order", "facts", "words"),
    [
        ("rivaroxaban", Order(15, "mg", 24), {}, "不一致"),
        ("rivaroxaban", Order(10, "mg", 12), {}, "医嘱少5 mg"),
        ("enoxaparin", Order(60, "mg", 12), {"weight_kg": 55}, "按共识为55 mg，医嘱多5 mg（9.1%）"),
        ("enoxaparin", Order(2, "mg", 12, per_kg=True), {}, "没有给出"),
        ("dalteparin", Order(5000, "U", 12), {"weight_kg": 50}, "没有给出"),
    ],
)
def test_t2_t3_another_amount_or_interval_differs(drug, order, facts, words) -> None:
    item = verdict(order_advice(drug, order, None, None, facts))
    assert item["code"] == "ORDER_DIFFERS" and words in item["text"]
    assert item["doses"] == []


@pytest.mark.parametrize(
    ("drug", "order", "facts"),
    [
        ("enoxaparin", Order(60, "mg", 12), {}),
        ("enoxaparin", Order(0.6, "ml", 12), {"weight_kg": 58}),
        ("enoxaparin", Order(1, "piece", 24), {"weight_kg": 58}),
        ("warfarin", Order(3, "mg", 24), {}),
        ("enoxaparin", Order(6000, "U", 12), {"weight_kg": 60}),
        ("dalteparin", Order(60, "mg", 24), {"weight_kg": 60}),
    ],
)
def test_a40_without_what_it_takes_no_verdict_is_given(drug, order, facts) -> None:
    assert verdict(order_advice(drug, order, None, None, facts))["code"] == "ORDER_NOT_CHECKED"


@pytest.mark.parametrize(
    ("drug", "facts"),
    [
        ("enoxaparin", {"active_bleeding": True}),
        ("rivaroxaban", {"anticoagulation_contraindicated": True}),
        ("rivaroxaban", {"gfr": 28, "imid": True, "age_years": 78}),
    ],
)
def test_p_b3_p2s_an_order_of_what_is_not_to_be_given_is_against_the_consensus(drug, facts) -> None:
    item = verdict(order_advice(drug, Order(10, "mg", 24), "prophylaxis", None, facts))
    assert item["code"] == "ORDER_AGAINST" and "不符合共识" in item["text"]


def test_p_p2_where_the_dose_is_for_reference_the_order_is_not_simply_right() -> None:
    advice = order_advice("enoxaparin", Order(40, "mg", 24), "prophylaxis", None, {"platelets_e9_l": 30})
    assert verdict(advice)["code"] == "ORDER_AGREES.reference".partition(".")[0]
    assert "仅供参考" in verdict(advice)["text"]
    assert codes(advice).index("PLT_INDIVIDUALIZE") < codes(advice).index("ORDER_AGREES")


@pytest.mark.parametrize("drug", ["nadroparin", "apixaban", "urokinase", "clopidogrel"])
def test_t11_a39_an_order_of_a_drug_without_a_dose_is_met_with_silence(drug) -> None:
    assert codes(order_advice(drug, Order(5, "mg", 12), None, None, {})) == ["SILENT"]
