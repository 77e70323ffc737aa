"""Drug names in a message: exact, and misspelt by one character."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from rasa_project.reading.lexicon import load

_MIN_FUZZY = 4  # Chinese characters; a shorter name is one letter away from too many words
_MIN_BROKEN = 3  # characters of a name that a blank may stand in
_LONGEST_HALF = 6  # characters of it on one side of the blank
_SLIPPED = re.compile(r"(?<=[\u4e00-\u9fff]) {1,2}(?=[\u4e00-\u9fff])")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_LATIN_WORD = re.compile(r"(?<![A-Za-z])[A-Za-z]{7,}(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class DrugName:
    """A drug named at ``[start, end)``; ``note`` says what a misspelling was taken for."""

    drug: str
    start: int
    end: int
    note: str | None = None


@cache
def drugs() -> dict[str, dict[str, Any]]:
    """The drug table, by identifier."""
    return load("drugs")


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One way to write a drug; ``lead`` is the first character, by which it is looked up."""

    pattern: re.Pattern[str]
    drug: str
    typo: bool
    length: int


@cache
def _exact() -> tuple[re.Pattern[str], dict[str, tuple[_Spelling, ...]]]:
    """The characters a name can begin with, and the spellings of each, longest first.

    One alternation of every name would try hundreds of branches at each character.
    """
    by_first: dict[str, list[_Spelling]] = {}

    def add(word: str, written: str, drug: str, flags: re.RegexFlag = re.NOFLAG, typo: bool = False) -> None:
        plain = re.sub(r"^(?:\(\?<[^)]*\))+", "", word)
        spelling = _Spelling(re.compile(written, flags), drug, typo, len(plain))
        firsts = {plain[0].lower(), plain[0].upper()} if plain[0].isascii() else {plain[0]}
        for first in firsts:
            by_first.setdefault(first, []).append(spelling)

    for drug, row in drugs().items():
        for word in row.get("names", []):
            add(word, word, drug)
        for word in row.get("typos", []):
            add(word, word, drug, typo=True)
        for word in row.get("latin", []):
            add(word, rf"(?<![A-Za-z]){word}(?![A-Za-z])", drug, re.IGNORECASE)
        for word in row.get("cased", []):
            add(word, rf"(?<![A-Za-z\d]){word}(?![A-Za-z\d])", drug)
    starts = re.compile("[" + "".join(map(re.escape, by_first)) + "]")
    return starts, {
        first: tuple(sorted(rows, key=lambda row: -row.length)) for first, rows in by_first.items()
    }


@cache
def _fuzzy_names() -> dict[str, str]:
    return {
        word: drug
        for drug, row in drugs().items()
        if not row.get("group")
        for word in row.get("names", [])
        if len(word) >= _MIN_FUZZY and re.fullmatch(r"[\u4e00-\u9fff]+", word)
    }


@cache
def _bigrams() -> dict[str, tuple[tuple[str, int], ...]]:
    """Every two neighbouring characters of the long names, and where in which name they stand."""
    places: dict[str, list[tuple[str, int]]] = {}
    for word in _fuzzy_names():
        for index in range(len(word) - 1):
            places.setdefault(word[index : index + 2], []).append((word, index))
    return {pair: tuple(at) for pair, at in places.items()}


@cache
def _latin_names() -> dict[str, str]:
    return {
        word: drug
        for drug, row in drugs().items()
        if not row.get("group")
        for word in row.get("latin", [])
        if len(word) >= 7 and word.isalpha()
    }


def find_drugs(text: str) -> list[DrugName]:
    """Every drug named in a normalised text, in order and without overlap."""
    starts, spellings = _exact()
    found: list[DrugName] = []
    position = 0
    while (start := starts.search(text, position)) is not None:
        position = start.end()
        for spelling in spellings[start[0]]:
            if (match := spelling.pattern.match(text, start.start())) is not None:
                label = drugs()[spelling.drug]["label"]
                note = f"“{match[0]}”按{label}理解，请确认" if spelling.typo else None
                found.append(DrugName(spelling.drug, match.start(), match.end(), note))
                position = match.end()
                break
    broken = _broken(text, [(name.start, name.end) for name in found if name.end - name.start > 2])
    found = [name for name in found if _free([(own.start, own.end) for own in broken], name.start, name.end)]
    found += broken
    # A two-character name inside a longer misspelt one gives way to it: "依若肝素" is not "肝素".
    taken = [(name.start, name.end) for name in found if name.end - name.start > 2]
    guesses = _misspelt_chinese(text, taken) + _misspelt_latin(text, taken)
    found = [
        name for name in found if _free([(guess.start, guess.end) for guess in guesses], name.start, name.end)
    ] + guesses
    return sorted(found, key=lambda name: name.start)


def _broken(text: str, taken: list[tuple[int, int]]) -> list[DrugName]:
    """Names of three characters and more that a blank has slipped into: "华 法林", "来那 度胺"."""
    starts, spellings = _exact()
    found: list[DrugName] = []
    for slip in _SLIPPED.finditer(text):
        low = max(0, slip.start() - _LONGEST_HALF)
        near = text[low : slip.end() + _LONGEST_HALF]
        at = [low + index for index, character in enumerate(near) if character != " "]
        joined = near.replace(" ", "")
        for start in starts.finditer(joined):
            for spelling in spellings[start[0]]:
                match = spelling.pattern.match(joined, start.start())
                if match is None or len(match[0]) < _MIN_BROKEN or not _CHINESE.fullmatch(match[0]):
                    continue
                first, last = at[match.start()], at[match.end() - 1] + 1
                if first <= slip.start() < last and _free(taken, first, last):
                    found.append(DrugName(spelling.drug, first, last))
                    taken.append((first, last))
                break
    return found


def specific(names: list[DrugName]) -> list[DrugName]:
    """The names without "抗凝" and "抗血小板", which as often say what another drug is given for."""
    return [name for name in names if name.drug not in ("anticoagulant", "antiplatelet")]


def _free(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    return not any(start < last and first < end for first, last in taken)


def _misspelt_chinese(text: str, taken: list[tuple[int, int]]) -> list[DrugName]:
    places = _bigrams()
    found: list[DrugName] = []
    for position in range(len(text) - 1):
        for word, index in places.get(text[position : position + 2], ()):
            start = position - index
            end = start + len(word)
            if start < 0 or end > len(text) or not _free(taken, start, end):
                continue
            written = text[start:end]
            if (
                re.fullmatch(r"[\u4e00-\u9fff]+", written)
                and OSA.distance(written, word, score_cutoff=1) == 1
            ):
                drug = _fuzzy_names()[word]
                found.append(DrugName(drug, start, end, f"“{written}”按{word}理解，请确认"))
                taken.append((start, end))
                break
    return found


def _misspelt_latin(text: str, taken: list[tuple[int, int]]) -> list[DrugName]:
    found: list[DrugName] = []
    for match in _LATIN_WORD.finditer(text):
        if not _free(taken, *match.span()):
            continue
        best = extractOne(
            match[0].lower(), _latin_names().keys(), scorer=OSA.normalized_similarity, score_cutoff=0.82
        )
        if best is not None:
            drug = _latin_names()[best[0]]
            found.append(DrugName(drug, *match.span(), f"“{match[0]}”按{drugs()[drug]['label']}理解，请确认"))
            taken.append(match.span())
    return found
