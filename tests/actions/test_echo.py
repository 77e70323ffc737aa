"""What was understood is said back; what a score already quotes is not said twice."""

from __future__ import annotations

from typing import Any

import pytest

from actions.case import Evidence
from actions.reply.echo import echo
from scoring import assess


def line(words: dict[str, str], notes: dict[str, str] | None = None, **facts: Any) -> str:
    evidence = {
        fact: Evidence(words.get(fact, "x"), 1, 1.0, (notes or {}).get(fact)) for fact in facts
    }  # fmt: skip
    return echo(facts, evidence, assess(facts))


def test_a_number_in_another_unit_is_said_in_the_unit_understood() -> None:
    assert "38 g/L" in line({"m_protein_g_l": "M蛋白3.8g/dl"}, m_protein_g_l=38)


def test_a_number_that_a_score_quotes_as_it_was_typed_is_not_repeated() -> None:
    assert line({"m_protein_g_l": "M蛋白38g/L"}, m_protein_g_l=38) == ""
    assert "8 g/L" in line({"m_protein_g_l": "M蛋白8g/L"}, m_protein_g_l=8)


def test_arithmetic_is_always_said() -> None:
    told = line(
        {"dexamethasone_mg_per_cycle": "地塞米松40mg d1,8,15,22"},
        {"dexamethasone_mg_per_cycle": "40 mg × 4 天 = 160 mg"},
        dexamethasone_mg_per_cycle=160,
    )
    assert "160 mg（40 mg × 4 天 = 160 mg）" in told


@pytest.mark.parametrize(
    ("value", "said"),
    [(False, "无：糖尿病"), (None, "不明确：糖尿病"), (True, "")],
    ids=["no", "unknown", "yes"],
)
def test_denied_and_unknown_are_said_present_is_quoted_by_the_score(value: bool | None, said: str) -> None:
    assert said in line({"diabetes": "糖尿病"}, diabetes=value, age_years=50)


def test_facts_with_one_answer_and_one_assumption_stand_together() -> None:
    note = "小结写于2026-10-01，现况请重新确认"
    told = line({}, {"gfr": note, "inr": note}, gfr=None, inr=None)
    assert told.count(note) == 1


def test_no_drug_is_a_denial() -> None:
    assert "无：正在使用的抗凝药" in line({}, current_anticoagulant="无")
