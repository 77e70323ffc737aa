"""What is excepted from a denial, awaited results, one drug of a class, questions in natural words."""

from __future__ import annotations

from typing import Any

import pytest

from actions import labels
from actions.answers.excepted import with_exceptions
from actions.answers.harmless import only_harmless
from actions.answers.pending import answer_pending
from actions.case import Case, Evidence
from actions.intake import fold
from actions.questions import question_of
from scoring import FACTS, assess

AWAITED = {
    "facts": ["lupus_anticoagulant"],
    "select": "one",
    "options": [
        {"title": "是", "fact": "lupus_anticoagulant", "value": True},
        {"title": "否", "fact": "lupus_anticoagulant", "value": False},
    ],
}


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("都没有，就是有点高血压", True),
        ("除了高血压没有别的", True),
        ("都没有，不过有高血脂和痛风", True),
        ("都没有，不过有高血脂和肝不好", False),
        ("除了老胃病都没有", False),
        ("都没有", False),
    ],
)
def test_what_bears_on_no_table_excepts_nothing(text: str, harmless: bool) -> None:
    assert only_harmless(text) is harmless


@pytest.mark.parametrize(
    ("note", "text", "no", "facts"),
    [
        ("尚无明确结果", "没有", True, {"lupus_anticoagulant": None}),
        ("尚无明确结果", "还没有", False, {"lupus_anticoagulant": None}),
        ("尚无明确结果", "阴性", True, {"lupus_anticoagulant": False}),
        ("请确认", "没有", True, {"lupus_anticoagulant": False}),
    ],
)
def test_none_of_a_result_that_is_awaited(
    message: Any, note: str, text: str, no: bool, facts: dict[str, Any]
) -> None:
    case = Case(pending=AWAITED)
    case.set("lupus_anticoagulant", None, Evidence("狼疮抗凝物", 1, 1.0, note))
    answered = answer_pending(case, message(text, answer={"no": no}))
    assert answered.understood and case.facts == facts


def _told(fact: str, value: Any, status: str, *drugs: str) -> dict[str, Any]:
    return {"entity": fact, "value": value, "text": "…", "status": status, "drugs": list(drugs)}


@pytest.mark.parametrize(
    ("fact", "value", "known", "denied", "left"),
    [
        ("glucocorticoid", True, ["prednisone"], ["dexamethasone"], True),
        ("glucocorticoid", True, ["dexamethasone"], ["dexamethasone"], False),
        ("glucocorticoid", True, ["prednisone"], [], False),
        ("glucocorticoid", True, [], ["dexamethasone"], False),
        ("imid", True, ["lenalidomide"], ["thalidomide"], True),
    ],
)
def test_one_drug_denied_leaves_another_of_its_class(
    fact: str, value: Any, known: list[str], denied: list[str], left: bool
) -> None:
    case = Case()
    fold(case, [_told(fact, value, "affirmed", *known)], 1.0)
    intake = fold(case, [_told(fact, False, "negated", *denied)], 2.0)
    assert case.facts[fact] is left and intake.changed


def test_the_name_of_a_drug_stays_beside_another_that_is_denied() -> None:
    case = Case()
    fold(case, [_told("imid_drug", "来那度胺", "affirmed", "lenalidomide")], 1.0)
    fold(case, [_told("imid_drug", "无", "negated", "thalidomide")], 2.0)
    assert case.facts["imid_drug"] == "来那度胺"


@pytest.mark.parametrize(
    ("text", "present"),
    [
        ("没有，糖尿病除外", True),
        ("都没有 糖尿病例外", True),
        ("没有，糖尿病已除外", False),
        ("糖尿病除外", False),
    ],
)
def test_what_is_excepted_behind_its_name_is_present(message: Any, text: str, present: bool) -> None:
    start = text.index("糖尿病")
    read = {"entity": "diabetes", "value": False, "status": "negated", "start": start, "end": start + 3}
    assert with_exceptions({"select": "many"}, message(text), [read])[0]["value"] is present
    assert with_exceptions(None, message(text), [read])[0]["value"] is False


@pytest.mark.parametrize("fact", [name for name, spec in FACTS.items() if spec.kind == "bool"])
def test_a_question_for_one_fact_is_natural(fact: str) -> None:
    question = question_of(fact, assess({}))
    assert question.text.count("是否") <= 1
    assert not any(
        words in question.text for words in ("有有", "是否有是", "是否有需要", "是否有正在", "是否有入住")
    )
    assert not labels.fact_name(fact).startswith("有")


def test_a_state_is_said_to_be_so_or_not() -> None:
    assert labels.stated("on_warfarin", False) == "正在使用华法林：否"
    assert labels.stated("diabetes", True) == "糖尿病：有"
    assert labels.stated("icu", None) == "入住重症监护病房（ICU）：不明确"
