"""The rows of ``lexicon/judgement.toml`` with its words put in: once for each thrombosis and its own fact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from rasa_project.reading import lexicon

EMBOLISM = "pe_more_likely_than_alternatives"
LEG = "alternative_diagnosis_as_likely_as_dvt"
_NAME = re.compile(r"<([a-z_]+)>")
_PARTY = re.compile(r"(?:<v>|<other>|<any_other>|<named>)(?:<odds>|<chance>)")
_NOTE = "其他诊断可能性不低于PE：按共识不计分"


def rows() -> Iterator[dict[str, Any]]:
    """Rows as those of ``findings.toml``; of an elided thrombosis the reader finds out which it is."""
    table = lexicon.load("judgement")
    words = dict(table["words"])
    level = [*table["level"]["patterns"], *table["level_other_elided"]["patterns"]]
    yield _row(EMBOLISM, "true", table["ahead"]["patterns"], words | {"v": "<pe>"})
    yield _row(EMBOLISM, "false", level, words | {"v": "<pe>"}) | {"note": _NOTE}
    yield _row(LEG, "false", table["ahead"]["patterns"], words | {"v": "<dvt>"})
    yield _row(LEG, "true", level, words | {"v": "<dvt>"})
    either = words | {"v": "(?:<pe>|<dvt>)"}
    yield _row(LEG, "false", table["ahead_elided"]["patterns"], either) | {"elided": True}
    yield _row(LEG, "true", table["level_elided"]["patterns"], either) | {"elided": True}


def _row(fact: str, says: str, patterns: list[str], words: dict[str, str]) -> dict[str, Any]:
    filled = [_fill(pattern, words) for pattern in _by_first_party(patterns)]
    return {"fact": fact, "kind": "statement", "says": says, "denied": "nothing", "patterns": filled}


def _by_first_party(patterns: list[str]) -> Iterator[str]:
    """Patterns that begin with the same party as one: it is then looked for once at each place."""
    groups: dict[str, list[str]] = {}
    for pattern in patterns:
        party = _PARTY.match(pattern)
        groups.setdefault(party[0] if party else "", []).append(pattern[party.end() if party else 0 :])
    for party_words, rests in groups.items():
        yield party_words + "(?:" + "|".join(f"(?:{rest})" for rest in rests) + ")"


def _fill(pattern: str, words: dict[str, str]) -> str:
    while _NAME.search(pattern):
        pattern = _NAME.sub(lambda name: words[name[1]], pattern)
    return pattern
