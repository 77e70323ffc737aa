"""Real medical text beside the repository: no polarity may flip. Skipped where it is not there."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rasa_project.reading.context.status import Assertion, assess
from rasa_project.reading.normalise import normalise
from rasa_project.reading.reader import read_findings

SHARED = Path(__file__).resolve().parents[3] / "shared" / "eval"
TODAY = date(2026, 11, 22)
OWN_FACTS = frozenset(
    {
        "diabetes",
        "copd",
        "history_vte",
        "active_cancer",
        "active_gastrointestinal_ulcer",
        "rheumatic_disease",
        "icu",
        "hemoptysis",
    }
)


def _rows(name: str) -> list[dict[str, Any]]:
    file = SHARED / name
    if not file.exists():
        pytest.skip(f"{name} is not beside the repository")
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _status(said: Assertion) -> str:
    if said.family and not said.negated:
        return "family"
    if said.negated:
        return "absent"
    doubtful = said.uncertain or said.doubtful_denial or said.doubtful_family
    return "uncertain" if doubtful else "present"


def test_status_of_findings() -> None:
    rows = _rows("negation.jsonl")
    wrong, flipped = [], []
    for row in rows:
        text, finding = normalise(row["text"]).text, normalise(row["finding"]).text
        start = text.index(finding)
        status = _status(assess(text, [(start, start + len(finding))])[0])
        expected = "present" if row["status"] == "history" else row["status"]
        if status != expected:
            wrong.append((row["finding"], expected, status))
            if "absent" in (status, expected) and "uncertain" not in (status, expected):
                flipped.append(row["finding"])
    assert flipped == []
    assert len(wrong) / len(rows) <= 0.05, wrong


def test_facts_of_narratives() -> None:
    flipped, missed, total = [], [], 0
    for row in _rows("narratives.jsonl"):
        read = {mention.fact: mention.value for mention in read_findings(row["text"], TODAY)}
        for fact, value in row["facts"].items():
            if fact in OWN_FACTS:
                total += 1
                if fact not in read:
                    missed.append(fact)
                elif read[fact] is (not value):
                    flipped.append((fact, row["text"][:40]))
    assert flipped == []
    assert len(missed) / total <= 0.1, missed
