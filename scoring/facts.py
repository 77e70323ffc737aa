"""The facts of the contract: names, kinds, units, accepted ranges, and their validation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from .tables import fact_rows

MAX_TEXT = 200


class FactError(ValueError):
    """A fact that is unknown, of the wrong type or out of range. `fact` names it."""

    def __init__(self, fact: str, message: str) -> None:
        super().__init__(message)
        self.fact = fact


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One fact: `kind` is bool, number, choice or string; numbers have a unit and an accepted range."""

    name: str
    kind: str
    label: str
    question: str
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    choices: Mapping[str, str] | None = None

    @property
    def accepted(self) -> str:
        """What the fact accepts, in words."""
        if self.kind == "number":
            return f"{self.minimum:g}–{self.maximum:g} {self.unit}".strip()
        if self.kind == "choice":
            return " | ".join(self.choices or ())
        return "true | false" if self.kind == "bool" else f"非空文字，不超过{MAX_TEXT}字"


def _load() -> dict[str, FactSpec]:
    return {
        name: FactSpec(
            name=name,
            kind=row["kind"],
            label=row["label"],
            question=row["question"],
            unit=row.get("unit"),
            minimum=row.get("min"),
            maximum=row.get("max"),
            choices=row.get("choices"),
        )
        for name, row in fact_rows().items()
    }


FACTS: dict[str, FactSpec] = _load()
NO_DRUG = frozenset({"无", "没有", "未用", "未使用", "否", "none", "no"})


def _fits(spec: FactSpec, value: object) -> bool:
    if spec.kind == "bool":
        return isinstance(value, bool)
    if spec.kind == "string":
        return isinstance(value, str) and 0 < len(value.strip()) <= MAX_TEXT
    if spec.kind == "choice":
        return isinstance(value, str) and value in (spec.choices or ())
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    # NaN and infinities fail the comparison, and so do integers too large for a float
    return spec.minimum is not None and spec.maximum is not None and spec.minimum <= value <= spec.maximum


def _shown(value: object) -> str:
    """A refused value as it stands in JSON, cut to 80 characters."""
    try:
        text = json.dumps(value, ensure_ascii=False, default=repr)
    except ValueError:  # more digits than Python converts
        text = f"{type(value).__name__}"
    return text if len(text) <= 80 else text[:77] + "..."


def validate(facts: Mapping[str, object]) -> None:
    """Raise FactError for the first fact that is unknown, of the wrong type or out of range; null is fine."""
    for name, value in facts.items():
        spec = FACTS.get(name)
        if spec is None:
            raise FactError(str(name), f"{name}: 未知的事实名（值 {_shown(value)}；可用的事实名见 --help）")
        if value is not None and not _fits(spec, value):
            raise FactError(name, f"{name}: 值 {_shown(value)} 不被接受；接受范围：{spec.accepted}")


def names_a_drug(value: object) -> bool:
    """Whether a drug fact (current_anticoagulant …) names a drug rather than saying that there is none."""
    return isinstance(value, str) and value.strip().lower() not in NO_DRUG


def denies_a_drug(value: object) -> bool:
    """Whether a drug fact says that no such drug is taken."""
    return isinstance(value, str) and value.strip().lower() in NO_DRUG
