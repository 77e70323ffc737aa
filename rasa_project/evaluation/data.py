"""The held-out sets, and the public questions where they lie beside the project."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
TRAINING_FOLDER = ROOT / "data" / "nlu"
EVALUATION_FOLDER = ROOT / "tests" / "evaluation"
#: The held-out sets, in the order in which they were written. The first was looked at while errors were
#: mended, the second is there to be looked at, the third is only ever scored.
SETS = {"first": "", "development": "_dev", "sealed": "_sealed"}
SEALED = "sealed"
#: Real sentences from public sources; evaluation only, not part of the repository.
QUESTIONS_FILE = ROOT.parent / "shared" / "eval" / "questions.jsonl"

# The intent names of the public questions in ours.
_OUR_NAMES = {
    "treatment_question": ("ask_treatment",),
    "symptom_or_diagnosis_question": ("ask_knowledge", "ask_wells_dvt", "ask_wells_pe"),
    "dvt_wells": ("ask_wells_dvt", "ask_knowledge"),
    "vte_risk_assessment": ("assess_vte_risk", "ask_knowledge"),
    "dosing_question": ("ask_dose",),
    "duration_question": ("ask_duration",),
    "bleeding_risk": ("ask_bleeding_risk", "ask_knowledge"),
    "prophylaxis_recommendation": ("ask_prophylaxis",),
    "out_of_scope": ("out_of_scope",),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, every intent that fits it (the first is the gold), and whether it must (not) be declined.

    ``scope`` is ``core`` (never decline), ``out`` (decline) or ``adjacent`` (both are defensible).
    """

    text: str
    intents: tuple[str, ...]
    scope: str


@dataclass(frozen=True, slots=True)
class FactNote:
    """A note, the facts it states (None: mentioned but undetermined), and facts it may be read to imply."""

    text: str
    facts: Mapping[str, Any]
    optional: frozenset[str]


def training_sentences() -> list[tuple[str, str]]:
    """(sentence, intent) of every training file."""
    return [
        (line.removeprefix("- "), block["intent"])
        for file in sorted(TRAINING_FOLDER.glob("*.yml"))
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]
        for line in block["examples"].splitlines()
    ]


def held_out(name: str = "first") -> list[Sentence]:
    """The sentences of one of ``SETS``; "several" sentences have no single gold intent."""
    sentences = []
    file = EVALUATION_FOLDER / f"intents{SETS[name]}.yml"
    for intent, lines in yaml.safe_load(file.read_text(encoding="utf-8")).items():
        for line in lines:
            text, *accepted = line.split(" | ")
            gold = () if intent == "several" else (intent,)
            sentences.append(
                Sentence(text, (*gold, *accepted), "out" if intent == "out_of_scope" else "core")
            )
    return sentences


def public_questions() -> list[Sentence]:
    """The real questions, empty where the file is absent."""
    if not QUESTIONS_FILE.exists():
        return []
    rows = [json.loads(line) for line in QUESTIONS_FILE.read_text(encoding="utf-8").splitlines()]
    return [
        Sentence(
            row["text"],
            tuple(name for theirs in (row["intent"], *row["also_accepted"]) for name in _OUR_NAMES[theirs]),
            row["scope"] if row["scope"] in {"core", "adjacent"} else "out",
        )
        for row in rows
    ]


def fact_notes(name: str = "first") -> list[FactNote]:
    """The annotated notes of one of ``SETS``."""
    file = EVALUATION_FOLDER / f"facts{SETS[name]}.jsonl"
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [FactNote(row["text"], row["facts"], frozenset(row.get("optional", ()))) for row in rows]
