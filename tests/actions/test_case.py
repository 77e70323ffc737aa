"""The case survives the slots unchanged, and nothing of it reaches the next patient."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from actions.case import LOG_SLOT, UNDETERMINED, UNDO_DEPTH, Case, Evidence
from scoring import FACTS

VALUES = {"bool": st.booleans(), "number": st.integers(0, 20) | st.floats(0, 20), "string": st.just("VRd")}


def any_facts() -> st.SearchStrategy[dict[str, Any]]:
    each = {
        name: st.none() | (st.sampled_from(sorted(spec.choices)) if spec.choices else VALUES[spec.kind])
        for name, spec in FACTS.items()
    }
    return st.fixed_dictionaries({}, optional=each)


def slots_after(case: Case, before: dict[str, Any]) -> dict[str, Any]:
    return {**before, **{event["name"]: event["value"] for event in case.slot_events(before)}}


@settings(deadline=None)
@given(any_facts())
def test_round_trip_through_the_slots(facts: dict[str, Any]) -> None:
    case = Case(facts=facts, evidence={fact: Evidence("…", 1, 2.0) for fact in facts}, turn=3)
    slots = slots_after(case, {})
    assert Case.load(slots) == case
    assert case.slot_events(slots) == []


def test_undetermined_is_not_unmentioned() -> None:
    slots = slots_after(Case(facts={"imid": None}), {})
    assert slots["imid"] == UNDETERMINED
    assert Case.load(slots).facts == {"imid": None}


def test_false_and_zero_are_values() -> None:
    slots = slots_after(Case(facts={"imid": False, "dexamethasone_mg_per_cycle": 0}), {})
    assert Case.load(slots).facts == {"imid": False, "dexamethasone_mg_per_cycle": 0}


def test_the_next_patient_starts_clean() -> None:
    case = Case(facts={"imid": True}, evidence={"imid": Evidence("…", 1, 2.0)}, turn=4, read_until=9.0)
    slots = slots_after(case, {})
    after = slots_after(case.fresh(), slots)
    assert all(after[fact] is None for fact in FACTS if fact in after)
    assert "…" not in str(after[LOG_SLOT])


def test_undo_gives_the_facts_back() -> None:
    case = Case(facts={"weight_kg": 60, "copd": True})
    before = case.remember()
    case.set("weight_kg", 70, Evidence("70", 2, 0.0))
    case.set("imid", True, Evidence("来那度胺", 2, 0.0))
    case.push_undo(before)
    assert case.pop_undo()
    assert case.facts == {"weight_kg": 60, "copd": True}
    assert "imid" not in case.evidence
    assert not case.pop_undo()


def test_the_log_of_a_long_conversation_stays_small() -> None:
    case = Case(facts={fact: True for fact, spec in FACTS.items() if spec.kind == "bool"})
    sizes = []
    for turn in range(60):
        before = case.remember()
        case.set("weight_kg", 60 + turn, Evidence(f"体重{60 + turn}", turn, 0.0))
        case.push_undo(before)
        sizes.append(len(str(slots_after(case, {})[LOG_SLOT])))
    assert sizes[-1] < sizes[UNDO_DEPTH] * 1.1


def test_a_what_if_is_dropped_before_anything_is_undone() -> None:
    case = Case(turn=1)
    before = case.remember()
    case.set("copd", False, Evidence("无", 1, 0.0))
    case.push_undo(before)
    case.turn = 2
    case.what_if, case.what_if_turn = {"erythropoietin": True}, 2
    assert case.drop_what_if()
    assert case.facts == {"copd": False}
    assert not case.drop_what_if()
    assert case.pop_undo()


def test_what_was_said_after_a_what_if_is_undone_first() -> None:
    case = Case(turn=3, what_if={"erythropoietin": True}, what_if_turn=2)
    before = case.remember()
    case.set("copd", False, Evidence("无", 3, 0.0))
    case.push_undo(before)
    assert not case.drop_what_if()
