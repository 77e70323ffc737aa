"""Recall on real notes, where the shared collection is at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .reading_cases import quantities

_NARRATIVES = Path(__file__).resolve().parents[4] / "shared" / "eval" / "narratives.jsonl"
_FACTS = frozenset(
    {
        "age_years",
        "sex",
        "height_cm",
        "weight_kg",
        "bmi",
        "platelets_e9_l",
        "inr",
        "gfr",
        "creatinine_umol_l",
        "heart_rate_bpm",
    }
)


@pytest.mark.skipif(not _NARRATIVES.exists(), reason="the shared collection is not at hand")
def test_every_annotated_quantity_is_read() -> None:
    wrong = []
    for line in _NARRATIVES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        read = quantities(row["text"])
        for fact in _FACTS & row["facts"].keys():
            if fact not in read or read[fact].value != row["facts"][fact]:
                wrong.append((fact, row["facts"][fact], read.get(fact), row["text"][:60]))
    assert not wrong
