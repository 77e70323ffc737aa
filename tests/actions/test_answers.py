"""Short answers are read against the question that was put."""

from collections.abc import Callable

import pytest

from actions.answers.pending import answer_confirmation, answer_pending
from actions.case import Case, Evidence
from actions.message import Message

MANY = {
    "facts": ["diabetes", "copd", "history_vte"],
    "select": "many",
    "options": [
        {"title": "糖尿病", "fact": "diabetes", "value": True},
        {"title": "COPD", "fact": "copd", "value": True},
        {"title": "VTE病史", "fact": "history_vte", "value": True},
        {
            "title": "以上均无",
            "sets": {"diabetes": False, "copd": False, "history_vte": False},
            "exclusive": True,
        },
    ],
}
YES_NO = {
    "facts": ["active_cancer"],
    "select": "one",
    "options": [
        {"title": "是", "fact": "active_cancer", "value": True},
        {"title": "否", "fact": "active_cancer", "value": False},
    ],
}
NUMBERS = {"facts": ["platelets_e9_l", "gfr"], "select": "number", "options": []}


@pytest.mark.parametrize(
    ("pending", "answer", "facts"),
    [
        (MANY, {"choices": [1, 3]}, {"diabetes": True, "copd": False, "history_vte": True}),
        (MANY, {"none_of_above": True}, {"diabetes": False, "copd": False, "history_vte": False}),
        (MANY, {"numbers": [0.0]}, {"diabetes": False, "copd": False, "history_vte": False}),
        (MANY, {"all": True}, {"diabetes": True, "copd": True, "history_vte": True}),
        (MANY, {"unknown": True}, {"diabetes": None, "copd": None, "history_vte": None}),
        (MANY, {"choices": [7]}, {}),
        (
            MANY,
            {"choices": [1], "rest_denied": True},
            {"diabetes": True, "copd": False, "history_vte": False},
        ),
        (MANY, {"yes": True}, {}),
        (YES_NO, {"yes": True}, {"active_cancer": True}),
        (YES_NO, {"no": True}, {"active_cancer": False}),
        (YES_NO, {"choices": [2]}, {"active_cancer": False}),
        (NUMBERS, {"numbers": [45.0, 60.0]}, {"platelets_e9_l": 45.0, "gfr": 60.0}),
        (NUMBERS, {"skip": True}, {}),
        (NUMBERS, {"numbers": [1.0, 3.0], "choices": [1, 3]}, {}),
        (NUMBERS, {"numbers": [45.0, 600.0]}, {}),
    ],
)
def test_answer(message, pending, answer, facts) -> None:
    case = Case(pending=pending)
    answer_pending(case, message("…", answer=answer))
    assert case.facts == facts


def test_one_number_for_two_questions_is_not_guessed(message) -> None:
    case = Case(pending=NUMBERS)
    answered = answer_pending(case, message("45", answer={"numbers": [45.0], "choices": [45]}))
    assert case.facts == {}
    assert answered.notices


def test_a_number_out_of_range_is_asked_about_not_used(message) -> None:
    case = Case(pending={"facts": ["gfr"], "select": "number", "options": []})
    answered = answer_pending(case, message("900", answer={"numbers": [900.0]}))
    assert case.facts == {}
    assert "0–200" in answered.notices[0]


def test_only_one_of_the_list_denies_the_rest(message) -> None:
    case = Case(pending=MANY)
    answer_pending(case, message("只有糖尿病", answer={"only": True}, diabetes=True))
    assert case.facts == {"copd": False, "history_vte": False}


def test_naming_one_of_the_list_says_nothing_of_the_rest(message) -> None:
    case = Case(pending=MANY)
    answer_pending(case, message("有糖尿病", answer={"yes": True}, diabetes=True))
    assert case.facts == {}


def test_skipping_leaves_a_fact_unmentioned_and_unasked(message) -> None:
    case = Case(pending=YES_NO)
    answer_pending(case, message("跳过", answer={"skip": True}))
    assert case.facts == {}
    assert case.declined == ["active_cancer"]


WAITING = {"fact": "imid", "value": True, "text": "来那杜胺", "note": None}


@pytest.mark.parametrize(("answer", "facts"), [({"yes": True}, {"imid": True}), ({"no": True}, {})])
def test_a_fuzzy_match_counts_only_when_confirmed(message, answer, facts) -> None:
    case = Case(facts={"imid": None}, evidence={"imid": Evidence("来那杜胺", 1, 0.0)}, confirming=[WAITING])
    assert answer_confirmation(case, message("…", answer=answer)).understood
    assert case.facts == facts
    assert case.confirming == []


def test_what_is_ticked_is_not_denied_by_what_it_implies(message: Callable[..., Message]) -> None:
    facts = ["active_bleeding", "bleeding_within_3_months", "icu"]
    options = [{"title": fact, "fact": fact, "value": True} for fact in facts]
    none = {"title": "以上均无", "sets": dict.fromkeys(facts, False), "exclusive": True}
    case = Case(pending={"facts": facts, "select": "many", "options": [*options, none]})
    answered = answer_pending(case, message("1", answer={"choices": [1]}))
    assert answered.intake.recorded == {"active_bleeding": True, "icu": False}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("没有禁忌", {"anticoagulation_contraindicated": False}),
        ("无明确禁忌证", {"anticoagulation_contraindicated": False}),
        ("有禁忌", {"anticoagulation_contraindicated": True}),
        ("首次", {"recurrent_vte": False}),
        ("第二次了", {"recurrent_vte": True}),
        ("不是复发", {"recurrent_vte": False}),
        ("第一次，没有禁忌", {"recurrent_vte": False, "anticoagulation_contraindicated": False}),
    ],
)
def test_a_few_words_answer_the_question_that_was_put(
    message: Callable[..., Message], text: str, expected: dict[str, bool]
) -> None:
    facts = ["limb_threatening_dvt", "anticoagulation_contraindicated", "recurrent_vte"]
    case = Case(pending={"facts": facts, "select": "many", "options": []})
    answered = answer_pending(case, message(text))
    assert answered.understood and answered.intake.recorded == expected


@pytest.mark.parametrize("answer", [{"none_of_above": True, "no": True}, {"yes": True}, {"choices": [1]}])
def test_a_question_for_values_says_so(message: Callable[..., Message], answer: dict[str, object]) -> None:
    case = Case(pending=NUMBERS)
    result = answer_pending(case, message("…", answer=answer))
    assert not case.facts and not result.understood
    assert "数值" in result.notices[0]


def test_none_of_the_above_does_not_reject_a_misspelt_name(message: Callable[..., Message]) -> None:
    waiting = [{"fact": "imid_drug", "value": "来那度胺", "text": "来拿度胺", "note": None}]
    case = Case(facts={"imid_drug": None}, confirming=waiting)
    assert not answer_confirmation(
        case, message("以上均无", answer={"none_of_above": True, "no": True})
    ).understood
    assert case.confirming


PE_ASKED = {
    "facts": ["pe_more_likely_than_alternatives"],
    "select": "one",
    "options": [
        {"title": "是", "fact": "pe_more_likely_than_alternatives", "value": True},
        {"title": "否", "fact": "pe_more_likely_than_alternatives", "value": False},
    ],
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("没有其他诊断", True),
        ("其他诊断可能性低", True),
        ("PE最有可能", True),
        ("其他诊断更可能", False),
        ("肺炎更可能", False),
        ("一样可能", False),
        # nothing is more likely, and something may be as likely (A07)
        ("没有其他更像的诊断", None),
        ("没有其他诊断更可能", None),
    ],
)
def test_how_likely_pe_is(message: Callable[..., Message], text: str, value: bool | None) -> None:
    case = Case(pending=PE_ASKED)
    answer_pending(case, message(text))
    assert case.facts.get("pe_more_likely_than_alternatives") is value
