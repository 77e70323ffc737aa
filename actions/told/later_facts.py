"""Facts told in a few words about what was spoken of before: "刚拔", "正好30天", "都没变"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from actions.case import Case, Evidence, FactValue
from actions.intake import Intake, record
from actions.message import Message
from actions.wording import load, pattern

LINE = "central_venous_catheter"
SURGERY, FOUR_WEEKS = "major_surgery_within_1_month", "immobilized_or_surgery_within_4_weeks"
_NUMERALS = {
    "半": 0.5, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30, "个月": 30, "年": 365}
#: A04: a month; A09: four weeks, and the days that may be either.
MONTH, WEEKS, NOT_CLEAR = 30, 28, 31


def _words() -> Any:
    return load("follow_ups.toml")


def whole(table: str, name: str, text: str) -> re.Match[str] | None:
    """Whether the whole message has this form of follow_ups.toml."""
    return pattern(_words()[table][name]).fullmatch(text.strip())


def spoken_of(case: Case, name: str) -> bool:
    """Whether the answer of the turn before, or its question, was about this."""
    before = case.asked if case.asked and case.turn - case.asked_turn <= 1 else {}
    said = " ".join([str(before.get("question", "")), *case.cited])
    return pattern(_words()["spoken_of"][name]).search(said) is not None


def told_of(case: Case, text: str) -> dict[str, FactValue]:
    """What a message of a few words tells of the catheter or the operation spoken of; else nothing."""
    return of_the_line(case, text) or of_the_operation(case, text) or as_before(case, text)


def of_the_line(case: Case, text: str) -> dict[str, FactValue]:
    """ "拔了" of the catheter that is in place or was asked about (A16)."""
    asked = (case.pending or {}).get("facts") == [LINE]
    there = case.facts.get(LINE) is True
    if not (there or asked or (case.facts and spoken_of(case, "line"))):
        return {}
    if whole("later", "pulled", text):
        return {LINE: False}
    port = pattern(_words()["later"]["skin_or_port"]).search(text)
    changed = port and whole("later", "under_the_skin", text) and not spoken_of(case, "route")
    return {LINE: True} if changed or whole("later", "still_in", text) else {}


def of_the_operation(case: Case, text: str) -> dict[str, FactValue]:
    """ "正好30天" of an operation whose time is asked for (A04, A09)."""
    known = case.evidence.get(SURGERY)
    asked = set((case.pending or {}).get("facts", ())) <= {SURGERY, FOUR_WEEKS} and case.pending
    open_still = SURGERY in case.facts and case.facts[SURGERY] is None
    if not (asked or open_still) or "facts" not in (case.pending or {"facts": ()}):
        return {}
    if known and _words()["later"]["too_small"] in (known.note or ""):
        return {}
    days = _days(text)
    if days is None:
        return {}
    facts: dict[str, FactValue] = {SURGERY: days <= MONTH}
    if case.facts.get(FOUR_WEEKS) is not True:
        facts[FOUR_WEEKS] = True if days <= WEEKS else None if days <= NOT_CLEAR else False
    return facts


def _days(text: str) -> float | None:
    found = whole("later", "since", text)
    if found is None:
        return None
    number = float(found["n"]) if found["n"].isdigit() else _figure(found["n"])
    more = "多" in found["unit"] or found["more"]
    return None if number is None else number * _DAYS[found["unit"].replace("多", "")] + (1 if more else 0)


def _figure(numerals: str) -> float | None:
    """ "十", "二十一": the number that the numerals write; None where they write none."""
    if numerals in _NUMERALS:
        return float(_NUMERALS[numerals])
    tens, ten, units = numerals.partition("十")
    if not ten or not {tens or "一", units or "一"} <= _NUMERALS.keys():
        return None
    return _NUMERALS[tens or "一"] * 10.0 + (_NUMERALS[units] if units else 0)


def as_before(case: Case, text: str) -> dict[str, FactValue]:
    """ "都没变" in a 复评: what was asked for again is as it was before."""
    return _again(case, None) if case.baseline and whole("unchanged", "all", text) else {}


def beside(case: Case, text: str) -> dict[str, FactValue]:
    """ "血小板80，GFR没变，其余同前" in a 复评: what of it stays as it was."""
    if not case.baseline:
        return {}
    words = {fact: words for fact, words in load("explain.toml")["facts"].items() if fact in case.baseline}
    same = _words()["unchanged"]["named"]
    named = {fact for fact, one in words.items() if pattern(f"(?:{one}){same}").search(text)}
    if pattern(_words()["unchanged"]["rest"]).search(text):
        # what is named besides is told anew, whether it was understood or not
        rest = {fact for fact in case.baseline if fact in named or not _names(words, fact, text)}
        return _again(case, rest)
    return _again(case, named) if named else {}


def _names(words: Mapping[str, str], fact: str, text: str) -> bool:
    return fact in words and pattern(words[fact]).search(text) is not None


def _again(case: Case, named: set[str] | None) -> dict[str, FactValue]:
    """The facts before the 复评 that are asked for again; not what time has taken out of its window."""
    before: Mapping[str, FactValue] = case.baseline or {}
    windowed = _words()["unchanged"]["windowed"]
    return {
        fact: value
        for fact, value in before.items()
        if fact not in case.facts
        and value is not None
        and (named is None or fact in named)
        and not (fact in windowed and value is True)
    }


def record_again(case: Case, values: Mapping[str, FactValue], message: Message) -> Intake:
    """Record values that a message tells without giving them once more."""
    intake = Intake()
    for fact, value in values.items():
        record(case, fact, value, Evidence(message.text, case.turn, message.timestamp), intake)
    return intake
