"""What the intent classifier sees of a sentence: characters, words, and the concepts it mentions."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations, pairwise
from pathlib import Path

from rasa_project.reading.normalise import normalise

CONCEPTS_FILE = Path(__file__).with_name("intent_concepts.toml")
_DIGITS = re.compile(r"\d+(?:[.]\d+)?")
_BLANKS = re.compile(r"\s+")
_PUNCTUATION = re.compile(r"[，,。.！!；;：:、~…\"'()（）【】\[\]<>《》·]+")
_LONGEST_CHARACTER_RUN = 3
# Present in sentences about anything at all.
_EMPTY_DIALOGUE = {
    "question",
    "yes_no_question",
    "negation",
    "number",
    "cause",
    "symptom",
    "examination",
    "established",
    "how_to_treat",
    "which_drug",
    "definition",
}


@cache
def _concepts() -> tuple[tuple[str, tuple[tuple[str, re.Pattern[str]], ...]], ...]:
    groups = tomllib.loads(CONCEPTS_FILE.read_text(encoding="utf-8"))
    return tuple(
        (
            group,
            tuple(
                (name, re.compile("|".join(sorted(patterns, key=len, reverse=True))))
                for name, patterns in concepts.items()
            ),
        )
        for group, concepts in groups.items()
    )


def plain(text: str) -> str:
    """The text as the features see it: simplified, lower case, every number written 0."""
    return _DIGITS.sub("0", normalise(text).text.lower())


@dataclass(frozen=True, slots=True)
class _Reading:
    concepts: frozenset[str]
    frame: str


# One letter for each kind of thing, so that sentences of one shape look alike whatever the drug.
_FRAME_LETTERS = {
    "subject:anticoagulant": "A",
    "subject:aspirin": "A",
    "subject:imid": "M",
    "subject:myeloma_drug": "M",
    "subject:steroid": "M",
    "subject:vte": "V",
    "subject:clot": "V",
    "aspect:lab": "L",
    "subject:risk_history": "H",
    "subject:heart_indication": "H",
    "subject:catheter": "H",
    "subject:leg_sign": "S",
    "subject:arm_sign": "S",
    "subject:chest_sign": "S",
    "subject:myeloma": "B",
}


@lru_cache(maxsize=1024)
def _read(text: str) -> _Reading:
    searched = _BLANKS.sub(" ", plain(text).strip())
    found: set[str] = set()
    letters: list[tuple[int, int, str]] = []
    for group, members in _concepts():
        hits = [(name, match.span()) for name, pattern in members for match in pattern.finditer(searched)]
        found |= {f"{group}:{name}" for name, _ in hits}
        for name, (start, end) in hits:
            if group == "foreign":
                searched = searched[:start] + "#" * (end - start) + searched[end:]
            elif letter := _FRAME_LETTERS.get(f"{group}:{name}"):
                letters.append((start, end, letter))
    frame, position = [], 0
    for start, end, letter in sorted(letters, key=lambda hit: (hit[0], -hit[1])):
        if start >= position:
            frame += [searched[position:start], letter]
            position = end
    frame.append(searched[position:])
    return _Reading(frozenset(found), re.sub("#+", "F", "".join(frame)))


def concepts(text: str) -> frozenset[str]:
    """``group:name`` of every concept in ``text``; what a foreign concept covers counts for nothing else."""
    return _read(text).concepts


@dataclass(frozen=True, slots=True)
class Evidence:
    """What other readers found in the sentence: a question?, how many facts, how it reads as an answer.

    ``person``: no facts but somebody's age or sex, which patients of every ward state.
    """

    question: bool
    facts: int
    person: bool = False
    drugs: int = 0
    answers: frozenset[str] = frozenset()


def document(text: str, words: Iterable[str], evidence: Evidence) -> str:
    """The features of a sentence as blank-separated tokens.

    ``c:`` characters, ``f:`` characters with drugs, clots and findings reduced to their kind, ``w:`` words,
    ``k:`` concepts and pairs of concepts, ``e:`` the evidence of other readers.
    """
    reading = _read(text)
    characters = _outlined(plain(text))
    tokens = [f"c:{gram}" for gram in _grams(characters)]
    tokens += [f"f:{gram}" for gram in _grams(_outlined(reading.frame))]
    spoken = [_BLANKS.sub("_", word) for word in (plain(word).strip() for word in words) if word]
    tokens += [f"w:{word}" for word in spoken]
    tokens += [f"w:{first}+{second}" for first, second in pairwise(spoken)]
    tokens += _concept_tokens(reading.concepts)
    return " ".join(tokens + _evidence_tokens(evidence, len(characters) - 2))


def _concept_tokens(found: frozenset[str]) -> list[str]:
    names = {
        group: sorted(concept.partition(":")[2] for concept in found if concept.startswith(f"{group}:"))
        for group in ("foreign", "subject", "aspect", "dialogue")
    }
    tokens = [f"k:{concept}" for concept in sorted(found)]
    tokens += [f"k:{group}={min(len(names[group]), 2)}" for group in ("foreign", "subject", "aspect")]
    telling = [name for name in names["dialogue"] if name not in _EMPTY_DIALOGUE]
    if not names["subject"] and not names["aspect"] and not telling:
        tokens.append("k:nothing")
    related = [*names["subject"], *names["aspect"], *names["dialogue"]]
    return tokens + [f"k:{first}&{second}" for first, second in combinations(related, 2)]


def _evidence_tokens(evidence: Evidence, length: int) -> list[str]:
    kind = "question" if evidence.question else "statement"
    facts, size = min(evidence.facts, 2), "tiny" if length <= 2 else "short" if length <= 5 else "long"
    return [
        f"e:{kind}",
        f"e:facts={facts}",
        f"e:{kind}&facts={facts}",
        f"e:size={size}",
        f"e:drugs={min(evidence.drugs, 1)}",
        f"e:person={evidence.person}",
        *(f"e:answer={one}" for one in sorted(evidence.answers)),
    ]


def _outlined(text: str) -> str:
    return "^" + _PUNCTUATION.sub("|", _BLANKS.sub("_", text.strip())) + "$"


def _grams(text: str) -> list[str]:
    return [
        text[start : start + length]
        for length in range(1, _LONGEST_CHARACTER_RUN + 1)
        for start in range(len(text) - length + 1)
    ]
