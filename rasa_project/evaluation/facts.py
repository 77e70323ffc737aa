"""Facts read against facts annotated: precision, recall, F1 for each fact, and polarity flips."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rasa_project.evaluation.data import FactNote
from rasa_project.reading.drug_names import find_drugs
from rasa_project.reading.reader import read
from rasa_project.reading.regimens import find_regimens
from scoring import FACTS

Reader = Callable[[str], Mapping[str, Any]]
# Names of drugs and regimens: compared where a note was annotated with one, no error where it was not.
_FREE_TEXT = frozenset(name for name, spec in FACTS.items() if spec.kind == "string")


@dataclass
class FactScores:
    """Counts for each fact; a flip is a true fact read as false or the other way round."""

    hits: Counter[str] = field(default_factory=Counter)
    misses: Counter[str] = field(default_factory=Counter)
    extras: Counter[str] = field(default_factory=Counter)
    flips: list[tuple[str, str]] = field(default_factory=list)
    errors: list[tuple[str, str, Any, Any]] = field(default_factory=list)

    # For one fact, or over all of them (micro); 1.0 where there is nothing to divide by.

    def precision(self, fact: str | None = None) -> float:
        """The share of what was read that is right."""
        hits, _, extras = self._counts(fact)
        return hits / (hits + extras) if hits + extras else 1.0

    def recall(self, fact: str | None = None) -> float:
        """The share of what was to be read that was read."""
        hits, misses, _ = self._counts(fact)
        return hits / (hits + misses) if hits + misses else 1.0

    def f1(self, fact: str | None = None) -> float:
        """The harmonic mean of precision and recall."""
        hits, misses, extras = self._counts(fact)
        return 2 * hits / (2 * hits + misses + extras) if hits + misses + extras else 1.0

    def expected(self, fact: str | None = None) -> int:
        """How often it was to be read."""
        hits, misses, _ = self._counts(fact)
        return hits + misses

    def _counts(self, fact: str | None) -> tuple[int, int, int]:
        hits, misses, extras = (
            sum(counts.values()) if fact is None else counts[fact]
            for counts in (self.hits, self.misses, self.extras)
        )
        return hits, misses, extras

    @property
    def facts(self) -> list[str]:
        """Every fact that was expected or read."""
        return sorted({*self.hits, *self.misses, *self.extras})


def read_facts(text: str) -> dict[str, Any]:
    """The contract's facts that the reader finds; None for "mentioned, not known"."""
    found: dict[str, Any] = {}
    for mention in read(text).mentions:
        if mention.fact in FACTS and mention.status != "rejected":
            found[mention.fact] = mention.value
    return found


# What a search for words would do: the word is there, so the fact holds.
_KEYWORDS = {
    "diabetes": "糖尿病",
    "copd": "慢阻肺",
    "history_dvt": "深静脉血栓",
    "family_history_vte": "家族",
    "central_venous_catheter": "PICC",
    "imid": "来那度胺",
    "carfilzomib": "卡非佐米",
    "erythropoietin": "促红",
    "lupus_anticoagulant": "狼疮抗凝物",
    "anticardiolipin_antibody": "抗心磷脂",
    "icu": "ICU",
    "fracture_pelvis_hip_femur": "骨折",
    "bedridden_over_72h": "卧床",
    "active_bleeding": "活动性出血",
    "bleeding_within_3_months": "出血",
    "active_gastrointestinal_ulcer": "溃疡",
    "hemoptysis": "咯血",
    "nephrotic_syndrome": "肾病综合征",
    "rheumatic_disease": "类风湿",
    "atrial_fibrillation": "房颤",
    "heart_failure_within_1_month": "心衰",
    "acute_myocardial_infarction": "心肌梗死",
    "history_superficial_vein_thrombosis": "浅静脉血栓",
    "on_warfarin": "华法林",
    "inherited_thrombophilia": "易栓症",
    "mechanical_heart_valve": "机械瓣",
}


def keyword_facts(text: str) -> dict[str, Any]:
    """The baseline: a keyword makes its fact true."""
    return {fact: True for fact, word in _KEYWORDS.items() if word in text}


def score(notes: Sequence[FactNote], reader: Reader) -> FactScores:
    """Compare what ``reader`` finds in every note with what was annotated."""
    result = FactScores()
    for note in notes:
        found = reader(note.text)
        for fact in {*note.facts, *found}:
            if fact in note.optional or (fact in _FREE_TEXT and fact not in note.facts):
                continue
            _count(result, note, fact, found)
    return result


def _count(result: FactScores, note: FactNote, fact: str, found: Mapping[str, Any]) -> None:
    expected, given = fact in note.facts, fact in found
    if expected and given and _same(note.facts[fact], found[fact]):
        result.hits[fact] += 1
        return
    result.misses[fact] += expected
    result.extras[fact] += given
    result.errors.append((note.text, fact, note.facts.get(fact, "—"), found.get(fact, "—")))
    if expected and given and {note.facts[fact], found[fact]} == {True, False}:
        result.flips.append((note.text, fact))


def _same(expected: Any, given: Any) -> bool:
    if (
        isinstance(expected, (int, float))
        and not isinstance(expected, bool)
        and isinstance(given, (int, float))
    ):
        return abs(expected - given) < 0.05
    if isinstance(expected, str) and isinstance(given, str):
        return _plain_name(expected) == _plain_name(given)
    return bool(expected == given)


def _plain_name(name: str) -> str:
    """A regimen or drug by one name, however it was spelt: "Dara-VRd", "DVRd"; "肝素", "普通肝素"."""
    # "TCD" alone may be another thing; as the value of a regimen it is one
    named = [one for one in find_regimens(f"{name}方案") if one.name is not None]
    if len(named) == 1 and (named[0].start, named[0].end) == (0, len(name)):
        return str(named[0].name).casefold()
    drugs = sorted({one.drug for one in find_drugs(name)})
    return "+".join(drugs) if drugs else name.casefold()
