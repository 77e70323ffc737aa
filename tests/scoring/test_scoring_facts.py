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
