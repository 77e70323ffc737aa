"""Cut a message into statements and questions.

A request ("请评估血栓风险") counts as a question: it asks for something and states no fact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rasa_project.reading import lexicon
from rasa_project.reading.normalise import normalise

_SENTENCE = re.compile(r"(?:[^。;；!！?？\n]|[?？](?=\s*[)）、/]))+(?:[。;；!！?？\n]+\s*)*|[。;；!！?？\n]+\s*")
_CLAUSE = re.compile(r"[^,，]*(?:[,，]|$)")
_MARK = re.compile(r"[?？]")
_DOUBTED_DIAGNOSIS = re.compile(
    r"(考虑|疑|待排|诊断|[:：、])[^,，。]{0,12}$|^\s*\S{0,12}(血栓|栓塞|出血|骨折|梗死|衰竭|dvt|pe)\s*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece ``[start, end)`` of the message; ``text`` in the user's own words."""

    start: int
    end: int
    text: str
    question: bool


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(lexicon.load("segments")[name], re.IGNORECASE)


def split(text: str) -> list[Segment]:
    """The statements and questions of a message, in order, covering all but blank text."""
    plain = normalise(text).text
    pieces: list[tuple[int, int, str]] = []
    for sentence in _SENTENCE.finditer(plain):
        pieces += _cut(plain, *sentence.span())
    merged: list[tuple[int, int, str]] = []
    for start, end, label in pieces:
        if merged and label == merged[-1][2] == "statement":
            merged[-1] = (merged[-1][0], end, label)
        else:
            merged.append((start, end, label))
    segments = []
    for start, end, label in merged:
        words = text[start:end]
        if words.strip() and re.search(r"\w", words):
            lead = len(words) - len(words.lstrip())
            segments.append(Segment(start + lead, start + len(words.rstrip()), words.strip(), label == "question"))
    return segments


def _cut(plain: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """One sentence as labelled pieces: "statement", "question" or "command"."""
    clauses = [
        (start + m.start(), start + m.end()) for m in _CLAUSE.finditer(plain[start:end]) if m.end() > m.start()
    ]
    labels = [_label(plain[a:b]) for a, b in clauses]
    if _MARK.search(plain[start:end].rstrip()[-2:]) and "question" not in labels:
        if not (_DOUBTED_DIAGNOSIS.search(plain[clauses[-1][0] : end].rstrip("?？\n ")) and end - start > 2):
            labels[-1] = "question"
    for index in range(len(labels) - 2, -1, -1):
        if labels[index + 1] == "question" and _pattern("condition").search(plain[slice(*clauses[index])]):
            labels[index] = "question"
    pieces: list[tuple[int, int, str]] = []
    for (a, b), label in zip(clauses, labels, strict=True):
        if pieces and pieces[-1][2] == label and label != "command":
            pieces[-1] = (pieces[-1][0], b, label)
        elif pieces and pieces[-1][2] == "command" and label == "statement" and len(plain[slice(*pieces[-1][:2])]) > 5:
            pieces[-1] = (pieces[-1][0], b, "command")
        else:
            pieces.append((a, b, label))
    return pieces


def _label(clause: str) -> str:
    if _pattern("question").search(clause) or _pattern("request").search(clause):
        return "question"
    return "command" if _pattern("command").search(clause) else "statement"


def states_case(text: str, position: int) -> bool:
    """Whether a question states what stands at ``position`` of it as a fact of a case."""
    plain = normalise(text).text
    if _pattern("generic_patients").search(plain):
        return False
    return bool(_pattern("anchor").search(plain[:position]))
