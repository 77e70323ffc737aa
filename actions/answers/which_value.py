"""Which of two values holds: two results of one quantity, or a BMI beside another height and weight."""

from __future__ import annotations

import re
from collections.abc import Mapping

from actions.case import Case, FactValue
from actions.wording import load
from scoring import FACTS

#: Within so many turns two values that were told are asked about.
RECENT = 3
#: A stated BMI that disagrees by more is a contradiction (contract, section 1).
DISAGREES = 0.5
BODY = ("height_cm", "weight_kg")
_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?")


def matches(name: str, text: str) -> re.Match[str] | None:
    """Whether the whole message has one of the forms of apart.toml."""
    return re.fullmatch(load("apart.toml")["which_value"][name], text.strip(), re.IGNORECASE)


def told_twice(case: Case) -> dict[str, list[float]]:
    """The quantities for which the words that were read give two values, with those values in order."""
    found: dict[str, list[float]] = {}
    for fact, evidence in case.evidence.items():
        if FACTS[fact].kind != "number" or fact not in case.facts or case.turn - evidence.turn > RECENT:
            continue
        known = case.facts[fact]
        words = evidence.text if known is not None else evidence.note or evidence.text
        values = list(dict.fromkeys(float(one) for one in _NUMBER.findall(words)))
        if len(values) == len(("first", "second")) and (known is None or known in values):
            found[fact] = values
    return found


def derived_bmi(case: Case) -> float | None:
    """The BMI of height and weight, where another one was stated."""
    stated = case.facts.get("bmi")
    height, weight = (case.facts.get(one) for one in BODY)
    if not all(isinstance(one, int | float) for one in (stated, height, weight)):
        return None
    bmi = float(weight) / (float(height) / 100) ** 2  # type: ignore[arg-type]
    return bmi if abs(bmi - float(stated)) > DISAGREES else None  # type: ignore[arg-type]


def settled(case: Case, text: str) -> Mapping[str, FactValue]:
    """The value that the message picks of the two; nothing where it picks none."""
    bmi = derived_bmi(case)
    if bmi is not None:
        it_is = matches("it_is", text)
        if matches("by_height", text) or (it_is and abs(float(it_is["number"]) - bmi) <= DISAGREES):
            return {"bmi": round(bmi, 1)}
    twice = told_twice(case)
    if len(twice) == 1:
        ((fact, values),) = twice.items()
        for name, place in (("later", -1), ("earlier", 0)):
            if matches(name, text):
                return {fact: values[place]}
    return {}
