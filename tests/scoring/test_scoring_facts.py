"""Validation of facts: names, types and accepted ranges."""

from __future__ import annotations

import math

import pytest

from scoring import FACTS, FactError, assess, validate

NUMBERS = [name for name, spec in FACTS.items() if spec.kind == "number"]


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_are_accepted_up_to_both_ends_and_not_beyond(name: str) -> None:
    spec = FACTS[name]
    assert spec.minimum is not None and spec.maximum is not None
    validate({name: spec.minimum})
    validate({name: spec.maximum})
    for outside in (spec.minimum - 0.01, spec.maximum + 0.01):
        with pytest.raises(FactError) as caught:
            validate({name: outside})
        assert caught.value.fact == name
        for part in (name, repr(outside), spec.accepted):
            assert part in str(caught.value)


@pytest.mark.parametrize("name", FACTS)
def test_null_is_accepted_for_every_fact(name: str) -> None:
    assert assess({name: None})["facts"][name] is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("imid", 1),
        ("imid", "true"),
        ("age_years", "67"),
        ("age_years", True),
        ("age_years", math.nan),
        ("platelets_e9_l", math.inf),
        pytest.param("platelets_e9_l", 10**400, id="too large for a float"),
        pytest.param("platelets_e9_l", 10**5000, id="too many digits"),
        ("sex", "男"),
        ("mm_response", "CR"),
        ("regimen", ""),
        ("regimen", "   "),
        ("regimen", 3),
        ("regimen", "V" * 201),
        ("imid_drug", ["来那度胺"]),
        ("vte_event", "stroke"),
    ],
)
def test_wrong_types_are_refused(name: str, value: object) -> None:
    with pytest.raises(FactError) as caught:
        validate({name: value})
    assert caught.value.fact == name


def test_an_unknown_fact_is_refused_by_name() -> None:
    with pytest.raises(FactError, match="shoe_size") as caught:
        validate({"age_years": 67, "shoe_size": 42})
    assert caught.value.fact == "shoe_size"


def test_every_fact_has_a_label_and_a_question() -> None:
    for spec in FACTS.values():
        assert spec.label and spec.question.endswith(("？", "。"))
        assert "\n" not in spec.accepted


def test_a_text_is_accepted_up_to_200_characters() -> None:
    validate({"regimen": "V" * 200})
    with pytest.raises(FactError):
        validate({"regimen": "V" * 201})


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("男", '值 "男" 不被接受'),
        ("x" * 78, f'值 "{"x" * 78}" 不被接受'),
        ("x" * 79, f'值 "{"x" * 76}... 不被接受'),
        ({"male"}, "值 \"{'male'}\" 不被接受"),
        pytest.param(10**5000, "值 int 不被接受", id="too many digits"),
    ],
)
def test_a_refused_value_is_shown_as_json_in_80_characters_at_most(value: object, shown: str) -> None:
    with pytest.raises(FactError) as caught:
        validate({"sex": value})
    assert shown in str(caught.value)


def test_an_unknown_fact_is_refused_with_its_value() -> None:
    with pytest.raises(FactError, match="值 42"):
        validate({"shoe_size": 42})


@pytest.mark.parametrize("word", ["无", "没有", "未使用", "None", "NONE", " no "])
def test_a_word_for_no_drug_is_no_drug(word: str) -> None:
    for fact in ("current_anticoagulant", "current_antiplatelet"):
        assert assess({"age_years": 67, fact: word})["advice"] == assess({"age_years": 67})["advice"]
    assert assess({"current_anticoagulant": word})["facts"]["on_warfarin"] is False


@pytest.mark.parametrize(
    ("name", "accepted"),
    [
        ("gfr", "0–200 ml/min/1.73 m²"),
        ("inr", "0.5–20"),
        ("sex", "male | female"),
        ("imid", "true | false"),
        ("regimen", "非空文字，不超过200字"),
    ],
)
def test_what_a_fact_accepts_is_told_with_its_unit(name: str, accepted: str) -> None:
    assert (FACTS[name].name, FACTS[name].accepted) == (name, accepted)
