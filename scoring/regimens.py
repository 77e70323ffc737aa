"""Regimen abbreviations and the drugs they stand for; never a dose (A12)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .tables import read_toml

_NOISE = re.compile(r"[\s\-－—·]+")
_TAIL = re.compile(r"(方案|化疗|治疗|诱导|巩固|维持)+$")


@dataclass(frozen=True, slots=True)
class Regimen:
    """One regimen: `drugs` by English name, `facts` of the contract that its drugs make true."""

    name: str
    drugs: tuple[str, ...]
    aliases: tuple[str, ...]
    facts: frozenset[str]

    @property
    def contains_dexamethasone(self) -> bool:
        """Whether dexamethasone is one of its drugs."""
        return "dexamethasone" in self.drugs


def _key(text: str) -> str:
    return _NOISE.sub("", text.strip()).replace("＋", "+")


@cache
def regimens() -> dict[str, Regimen]:
    """Every known regimen by its usual abbreviation."""
    raw = read_toml("regimens")
    known = {}
    for row in raw["regimen"]:
        facts = {raw["drug"][drug]["fact"] for drug in row["drugs"] if "fact" in raw["drug"][drug]}
        if "anthracycline_chemotherapy" in facts:
            facts.add("chemotherapy")
        known[row["name"]] = Regimen(
            row["name"], tuple(row["drugs"]), tuple(row.get("aliases", ())), frozenset(facts)
        )
    return known


@cache
def drug_labels() -> dict[str, str]:
    """English name of each drug of the regimens -> Chinese name."""
    return {name: row["label"] for name, row in read_toml("regimens")["drug"].items()}


@cache
def _by_spelling() -> tuple[dict[str, Regimen], dict[str, Regimen]]:
    exact: dict[str, Regimen] = {}
    folded: dict[str, Regimen | None] = {}
    for entry in regimens().values():
        for spelling in (entry.name, *entry.aliases):
            key = _key(spelling)
            exact.setdefault(key, entry)
            low = key.lower()
            # VAD and VAd, DVD and DVd are different regimens: only an unambiguous spelling is folded
            folded[low] = entry if folded.get(low, entry) is entry else None
    return exact, {key: entry for key, entry in folded.items() if entry is not None}


def regimen(text: str | None) -> Regimen | None:
    """The regimen that an abbreviation or Chinese spelling names; None when it is not known or ambiguous."""
    if text is None:
        return None
    key = _TAIL.sub("", _key(text)) or _key(text)
    exact, folded = _by_spelling()
    return exact.get(key) or exact.get(_key(text)) or folded.get(key.lower())


def drug_facts(known: Regimen) -> dict[str, str | None]:
    """The drugs of a regimen and the fact that each makes true; None for a drug without one."""
    rows = read_toml("regimens")["drug"]
    return {drug: rows[drug].get("fact") for drug in known.drugs}
