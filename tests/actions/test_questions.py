"""Which question comes first."""

import pytest

from actions.case import Case
from actions.questions import next_question
from scoring import assess

OTHER = {
    "wells_dvt": "alternative_diagnosis_as_likely_as_dvt",
    "wells_pe": "pe_more_likely_than_alternatives",
}


@pytest.mark.parametrize(
    ("goal", "sign"), [("wells_dvt", "deep_vein_tenderness"), ("wells_pe", "hemoptysis")]
)
def test_signs_are_asked_for_before_what_else_they_may_mean(goal: str, sign: str) -> None:
    case = Case(goals=[goal])
    question = next_question(assess({}, asked=case.goals), case)
    assert question is not None
    assert sign in question.facts


@pytest.mark.parametrize(
    ("goal", "sign"), [("wells_dvt", "deep_vein_tenderness"), ("wells_pe", "hemoptysis")]
)
def test_with_a_sign_known_the_most_decisive_fact_is_asked_for(goal: str, sign: str) -> None:
    case = Case(goals=[goal], facts={sign: True})
    question = next_question(assess(case.facts, asked=case.goals), case)
    assert question is not None
    assert OTHER[goal] in question.facts
