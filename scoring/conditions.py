"""Conditions of the score tables: "imid", "age_years > 75", "sex = male"."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass

_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison of one fact with a constant; a bare name means "the fact is true"."""

    fact: str
    comparison: str
    constant: object

    @classmethod
    def parse(cls, text: str) -> Condition:
        """Read `fact`, `fact > number` or `fact = word`; ValueError for anything else."""
        parts = text.split()
        if len(parts) == 1:
            return cls(parts[0], "=", True)
        fact, comparison, constant = parts
        if comparison in _COMPARISONS:
            return cls(fact, comparison, float(constant))
        if comparison == "=":
            return cls(fact, "=", constant)
        raise ValueError(f"unknown comparison in {text!r}")

    def holds(self, value: object) -> bool:
        """Whether the condition holds for a known value of the fact."""
        if self.comparison == "=":
            return value == self.constant
        return _COMPARISONS[self.comparison](float(value), float(self.constant))  # type: ignore[arg-type]
