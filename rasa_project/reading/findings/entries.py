"""The lexicon as entries to look for, each with the group that interprets it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from rasa_project.reading import lexicon
from rasa_project.reading.findings import judgement_words

_SOURCES = {  # lexicon file and table in it -> group
    ("findings", "finding"): "condition",
    ("thrombosis", "event"): "thrombosis",
    ("bleeding", "bleed"): "bleeding",
    ("immobility", "entry"): "immobility",
    ("signs", "sign"): "sign",
    ("myeloma", "phase"): "phase",
    ("myeloma", "response"): "response",
    ("myeloma", "activity"): "activity",
    ("myeloma", "treatment"): "treatment",
    ("emergency", "emergency"): "emergency",
    ("special", "state"): "special",
}
# These are said with words that also name a condition: "肺栓塞复发" is a pulmonary embolism too,
# "股骨骨折内固定术" a fracture and an operation.
_OVERLAY_GROUPS = frozenset({"emergency", "treatment", "special"})
_OVERLAY_FACTS = frozenset(
    {
        "recurrent_vte",
        "hemodynamic_instability",
        "limb_threatening_dvt",
        "hemoptysis",
        "fracture_pelvis_hip_femur",
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One row of a lexicon table; ``data`` holds its columns besides the words."""

    group: str
    words: tuple[str, ...]
    pattern: re.Pattern[str] | None
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def fact(self) -> str:
        return str(self.data.get("fact", ""))

    @property
    def kind(self) -> str:
        return str(self.data.get("kind") or self.data.get("level") or "")

    @property
    def overlay(self) -> bool:
        """Whether a hit stands beside, not instead of, another hit on the same words."""
        return self.group in _OVERLAY_GROUPS or self.fact in _OVERLAY_FACTS

    @property
    def layer(self) -> int:
        """Hits of different layers stand beside each other: in "咯血300ml" the emergency and the finding."""
        return 2 if self.group == "emergency" else int(self.overlay)

    @property
    def lookalike(self) -> bool:
        return self.data.get("says") == "nothing"


@cache
def entries() -> tuple[Entry, ...]:
    """Every entry of the finding lexicons."""
    return tuple(_read())


def _read() -> Iterator[Entry]:
    tables = [(group, lexicon.load(name)[table]) for (name, table), group in _SOURCES.items()]
    for group, rows in [*tables, ("judgement", list(judgement_words.rows()))]:
        for row in rows:
            data = {key: value for key, value in row.items() if key not in {"terms", "patterns"}}
            patterns = row.get("patterns", [])
            yield Entry(
                group=group,
                words=tuple(row.get("terms", [])),
                pattern=re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)
                if patterns
                else None,
                data=data,
            )
