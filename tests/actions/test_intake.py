"""What is only implied ("他") gives way to what was stated; what is stated later counts."""

from typing import Any

from actions.case import Case
from actions.intake import fold


def sex(value: str, *, implied: bool) -> list[dict[str, Any]]:
    return [{"entity": "sex", "value": value, "text": "…", "status": "affirmed", "implied": implied}]


def test_a_pronoun_does_not_change_the_sex_that_was_stated() -> None:
    case = Case()
    fold(case, sex("female", implied=False), 0.0)
    intake = fold(case, sex("male", implied=True), 1.0)
    assert case.facts == {"sex": "female"}
    assert not intake.recorded


def test_a_pronoun_tells_the_sex_that_nobody_stated() -> None:
    case = Case()
    assert fold(case, sex("male", implied=True), 0.0).recorded == {"sex": "male"}


def test_what_was_implied_gives_way() -> None:
    case = Case()
    fold(case, sex("male", implied=True), 0.0)
    fold(case, sex("female", implied=True), 1.0)
    assert case.facts == {"sex": "female"}
    fold(case, sex("male", implied=False), 2.0)
    assert case.facts == {"sex": "male"}


def test_what_is_known_to_be_unknown_may_be_implied() -> None:
    case = Case(facts={"sex": None})
    fold(case, sex("male", implied=True), 0.0)
    assert case.facts == {"sex": "male"}
