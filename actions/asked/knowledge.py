"""Find the statement of the consensus that answers a question: weighted overlap of words, nothing learned."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from scoring.statements import SECTIONS, Entry, anchors, entries, synonyms

# A best match at least this similar, and this far ahead of the second, is the answer (0–1).
_CONFIDENT = 0.42
_AHEAD = 0.05
# Below this nothing was found; between the two the user chooses.
_PLAUSIBLE = 0.30
# What an anchor of the question that a key does not share leaves of their similarity.
_UNSHARED = 0.6

_WORDS = re.compile(r"[a-z][a-z0-9-]*|\d+(?:\.\d+)?|[一-鿿]+|[<>≤≥]")
_FILLERS = re.compile(
    r"请问一下|请问|想问一下|想问|想知道|帮我|麻烦|医生|大夫|你好|您好|老师|我想|一下|谢谢|的话|到底|究竟|"
    r"患者|病人|[吗呢啊呀吧嘛么了的]"
)
_PLATELETS = re.compile(r"(?:血小板|plt)(?:计数)?[^\d，。？?大小于低高正刚等<>≥≤]{0,3}(\d+)(?:×10.{1,3}l)?")
_GFR = re.compile(r"gfr[^\d，。？?大小于低高<>≥≤]{0,3}(\d+)(?!\s*[~～到至-])")

_COMPARISONS = (
    (re.compile(r"<=?|≤|低于|不到|少于"), "小于"),
    (re.compile(r">=?|≥|高于|超过|多于"), "大于"),
    (re.compile(r"(?<=\d)\s*[~～-]\s*(?=\d)"), "到"),
)


def find(question: str, limit: int = 3, sections: Collection[str] = SECTIONS) -> list[Entry]:
    """The entry that answers ``question``; up to ``limit`` when several may; empty when none does.

    ``sections`` are those of the consensus that may answer it.
    """
    asked = _understood(question)
    if not asked.weights:
        return []
    ranked = sorted(
        (
            (_similarity(asked, candidate), candidate.entry)
            for candidate in _index()
            if candidate.entry.section in sections
        ),
        key=lambda pair: (-pair[0], pair[1].id),
    )
    best = ranked[0][0]
    if best < _PLAUSIBLE:
        return []
    if best >= _CONFIDENT and best - ranked[1][0] >= _AHEAD:
        return [ranked[0][1]]
    return [entry for similarity, entry in ranked[:limit] if similarity >= max(_PLAUSIBLE, best - 2 * _AHEAD)]


@dataclass(frozen=True, slots=True)
class _Question:
    weights: Mapping[str, float]
    anchors: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Candidate:
    entry: Entry
    keys: tuple[_Question, ...]


def _similarity(asked: _Question, candidate: _Candidate) -> float:
    return max(
        sum(weight * key.weights.get(gram, 0.0) for gram, weight in asked.weights.items())
        * _UNSHARED ** len(asked.anchors - key.anchors)
        for key in candidate.keys
    )


@cache
def _index() -> tuple[_Candidate, ...]:
    return tuple(
        _Candidate(entry, tuple(_understood(question) for question in entry.questions)) for entry in entries()
    )


@lru_cache(maxsize=4096)
def _understood(text: str) -> _Question:
    plain = canonical(text)
    return _Question(_vector(text), frozenset(anchor for anchor in anchors() if anchor in plain))


@cache
def _document_frequency() -> Counter[str]:
    return Counter(
        gram for entry in entries() for gram in {g for question in entry.questions for g in _grams(question)}
    )


def _vector(text: str) -> Mapping[str, float]:
    """Inverse-document-frequency weights of the grams of ``text``, of length 1."""
    frequency, total = _document_frequency(), len(entries())
    weights = {
        gram: (1 + math.log(count)) * math.log(1 + total / (1 + frequency[gram])) * _worth(gram)
        for gram, count in Counter(_grams(text)).items()
    }
    norm = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {gram: weight / norm for gram, weight in weights.items()} if norm else {}


def _worth(gram: str) -> float:
    # A whole Latin word ("dvt") says as much as several Chinese characters; one character says little.
    return 1.5 if gram.isascii() else 0.5 if len(gram) == 1 else 1.0


def _grams(text: str) -> list[str]:
    grams: list[str] = []
    for word in _WORDS.findall(canonical(text)):
        grams.append(word) if word.isascii() else grams.extend(
            [*word, *(word[start : start + 2] for start in range(len(word) - 1))]
        )
    return grams


@cache
def _synonym_pattern() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word, _ in synonyms()))


def canonical(text: str) -> str:
    """The question in the words the keys use, without fillers, numbers replaced by the range they fall in."""
    plain = unicodedata.normalize("NFKC", text).lower()
    meaning = dict(synonyms())
    plain = _synonym_pattern().sub(lambda match: f" {meaning[match.group()].lower()} ", plain)
    for pattern, word in _COMPARISONS:
        plain = pattern.sub(word, plain)
    plain = _PLATELETS.sub(lambda match: f"血小板{_against(float(match.group(1)), 50)}50 ", plain)
    plain = _GFR.sub(lambda match: f"gfr{_gfr_range(float(match.group(1)))} ", plain)
    return _FILLERS.sub("", plain)


def _against(value: float, limit: float) -> str:
    return "小于" if value < limit else "大于" if value > limit else "等于"


def _gfr_range(value: float) -> str:
    return "小于30" if value < 30 else " 30到59" if value < 60 else "大于60"
