"""The words of a question in general (actions/data/general.toml), and what they name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from actions.asked.bounds import bound_of, tier_within
from actions.wording import load, pattern
from scoring import dose_drugs, regimen

_NUMERALS = {
    "一": "1", "二": "2", "两": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8",
    "九": "9", "零": "0",
}  # fmt: skip
_TENS = re.compile(r"([一二两三四五六七八九])?十([一二三四五六七八九])?(?=[分岁呢以到至~，。\s]|怎|咋|$)")
_UNIT = re.compile(r"([一二两三四五六七八九零])(?=分(?!之|钟|级|层|组|类))")
_ABBREVIATION = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9-]{1,8}(?![A-Za-z0-9])")
_CLOTS = (
    ("PE", r"肺栓塞?|(?<![a-z])pe(?![a-z])|肺梗"),
    ("DVT", r"(?<![a-z])dvt(?![a-z])|深静脉血栓"),
)


def has(name: str, text: str) -> re.Match[str] | None:
    """Where the words of one name are in a text."""
    return pattern(load("general.toml")["words"][name]).search(text)


def in_figures(text: str) -> str:
    """The text with the small numbers of a question (五十, 九分) in figures."""
    text = _TENS.sub(lambda m: f"{_NUMERALS.get(m[1] or '一')}{_NUMERALS.get(m[2] or '零')}", text)
    return _UNIT.sub(lambda m: _NUMERALS[m[1]], text)


def tier_named(text: str) -> str | None:
    """The tier of MM-VTE that is named, if one; none where several are, for all of them are asked about."""
    found = [tier for tier, words in load("general.toml")["tiers"].items() if pattern(words).search(text)]
    return found[0] if len(found) == 1 else None


def tier_meant(text: str) -> str | None:
    """The tier of MM-VTE that is named, or that a total has: "13分", not "出血7分" nor a total of Wells."""
    if tier := tier_named(text):
        return tier
    text = in_figures(text)
    found = has("points", text)
    if found is None or found[2] or has("stated_bleeding", text) or has("wells_words", text):
        return None
    return tier_within("mm_vte", float(found[1]), bound_of(text, found))


def asks(text: str, *, question: bool) -> bool:
    """Whether a piece of text asks for something, with or without a question mark."""
    return question or any(has(name, text) is not None for name in ("asks", "topic", "table"))


def subject_of(text: str, *, drug: bool) -> tuple[str, ...]:
    """The statements that answer a question in these words; ``drug``: whether a myeloma drug is named."""
    for row in load("general.toml")["subject"]:
        if drug and row.get("without_drug"):
            continue
        if "unless" in row and pattern(row["unless"]).search(text):
            continue
        if pattern(row["words"]).search(text):
            return tuple(row["entries"])
    return ()


def contraindicated(text: str) -> dict[str, Any] | None:
    """What stands against the drugs of a tier and is no fact their rules read: for the fixed sentence."""
    for row in load("general.toml")["beside_a_tier"]:
        if pattern(row["words"]).search(text) and not pattern(row["unless"]).search(text):
            return {key: row[key] for key in ("situation", "rule", "section", "entries") if key in row}
    return None


def silent_row(text: str, *, treated: bool) -> dict[str, Any] | None:
    """What of the words of ``[[silent]]`` the consensus does not say, for the fixed sentence."""
    for row in load("general.toml")["silent"]:
        unless = row.get("unless")
        if (row.get("treated") and not treated) or (unless and pattern(unless).search(text)):
            continue
        if pattern(row["words"]).search(text):
            return {key: row[key] for key in ("situation", "rule", "section", "entries") if key in row}
    return None


def regimens_named(text: str) -> list[str]:
    """The regimens that a text names by their abbreviations, each once."""
    words = _ABBREVIATION.findall(text)
    known = [found.name for word in words if (found := regimen(word))]
    return list(dict.fromkeys(known))


def of_another_illness(text: str) -> bool:
    """Whether it is asked for patients with another illness, myeloma not being named."""
    words: Mapping[str, Any] = load("general.toml")["elsewhere"]
    return bool(pattern(words["words"]).search(text)) and not pattern(words["myeloma"]).search(text)


def facts_named(text: str) -> set[str]:
    """The facts that items rest on which the words name (explain.toml)."""
    return {fact for fact, words in load("explain.toml")["facts"].items() if pattern(words).search(text)}


def clot_named(text: str) -> str:
    """DVT, PE or VTE where one is named: what the next question of the same message is about."""
    for name, words in _CLOTS:
        if pattern(words).search(text):
            return name
    return "VTE" if pattern(r"vte|静脉血栓|血栓").search(text) else ""


def anticoagulants(drugs: list[str]) -> list[str]:
    """Of the drugs named, those that prevent or treat a clot, each once."""
    return list(dict.fromkeys(drug for drug in drugs if drug in dose_drugs() or drug in ("lmwh", "doac")))
