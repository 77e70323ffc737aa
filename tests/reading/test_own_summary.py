"""Our own 小结, pasted back: every fact as it was, nothing from its scores, advice or open points."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.case import Case
from actions.reply.summary import summary_text
from rasa_project.reading.reader import read
from scoring import FACTS, assess

WRITTEN = date(2026, 11, 22)
FACTS_OF_A_CASE = {
    "age_years": 73, "sex": "female", "history_vte": True, "diabetes": False, "imid": True, "regimen": "DRd",
    "platelets_e9_l": 112, "active_bleeding": False, "months_on_prophylaxis": 3, "mm_response": "vgpr",
    "current_anticoagulant": "利伐沙班", "copd": None,
}  # fmt: skip


def value_of(name: str) -> st.SearchStrategy[Any]:
    spec = FACTS[name]
    if spec.kind == "bool":
        return st.none() | st.booleans()
    if spec.kind == "string":
        return st.sampled_from(["来那度胺", "VRd", "利伐沙班", "阿司匹林100mg"])
    if spec.choices:
        return st.sampled_from(list(spec.choices))
    return st.integers(math.ceil(spec.minimum or 0), int(min(spec.maximum or 100, 1000))).map(float)


CASES = st.lists(st.sampled_from(list(FACTS)), min_size=1, max_size=25, unique=True).flatmap(
    lambda names: st.fixed_dictionaries({name: value_of(name) for name in names})
)


def summary(facts: dict[str, Any]) -> str:
    return summary_text(Case(facts=facts), assess(facts), WRITTEN)


def facts_read(text: str, today: date = WRITTEN) -> dict[str, Any]:
    return {one.fact: one.value for one in read(text, today).mentions if one.fact in FACTS}


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(CASES)
def test_a_summary_reads_back_as_the_facts_it_was_written_from(facts: dict[str, Any]) -> None:
    # What was unclear and follows from another fact is no longer unclear: 来那度胺 is an immunomodulator.
    known = assess(facts)["facts"]
    stated = {fact: known.get(fact) if value is None else value for fact, value in facts.items()}
    assert facts_read(summary(facts)) == stated


def test_line_breaks_lost_in_pasting_change_nothing() -> None:
    assert facts_read(summary(FACTS_OF_A_CASE).replace("\n", " ")) == FACTS_OF_A_CASE


def test_what_is_still_open_is_not_read_as_present() -> None:
    text = summary({"age_years": 73, "imid": True})
    assert "待明确" in text and "糖尿病" in text
    assert set(facts_read(text)) == {"age_years", "imid"}


def test_of_an_old_summary_what_may_have_changed_is_asked_again() -> None:
    later = facts_read(summary(FACTS_OF_A_CASE), WRITTEN + timedelta(days=60))
    for fact in ("platelets_e9_l", "active_bleeding", "months_on_prophylaxis", "mm_response"):
        assert later[fact] is None
    assert later["history_vte"] is True and later["diabetes"] is False and later["age_years"] == 73


@pytest.mark.parametrize("beside", ["现在血小板95", "血小板今天95×10⁹/L"])
def test_what_is_written_beside_the_summary_is_newer(beside: str) -> None:
    assert facts_read(f"{summary(FACTS_OF_A_CASE)}\n{beside}")["platelets_e9_l"] == 95
    assert facts_read(f"{beside}\n{summary(FACTS_OF_A_CASE)}")["platelets_e9_l"] == 95


def test_the_words_of_a_fact_are_the_words_of_the_summary() -> None:
    text = "上次的：" + summary(FACTS_OF_A_CASE)
    for mention in read(text, WRITTEN).mentions:
        assert text[mention.start : mention.end].strip() == mention.text
