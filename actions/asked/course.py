"""Questions on how long, and on the myeloma drugs beside a clot: what they name, and what answers them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.case import Case, FactValue
from actions.wording import load, pattern
from scoring.statements import Entry, entries

#: What the rules on how long prophylaxis goes on (U1-U8) are about.
COURSE = frozenset({"mm_response", "mm_phase", "months_on_prophylaxis"})
#: What bears on how long an established VTE is treated (T7-T9).
TREATMENT_COURSE = frozenset(
    {"recurrent_vte", "history_vte", "history_dvt", "mm_active", "mm_response", "mm_phase"}
)
_NUMERALS = {
    "半": 0.5, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    "十": 10, "十一": 11, "十二": 12,
}  # fmt: skip
DURATION, TREATMENT = "ask_duration", "ask_treatment"


def _data() -> Any:
    return load("course.toml")


def has(key: str, text: str) -> bool:
    """Whether the text holds the words of this key of course.toml."""
    return pattern(_data()[key]).search(text) is not None


def named(text: str) -> dict[str, FactValue]:
    """The facts that a question names: "VGPR呢", "房颤病人呢"."""
    found: dict[str, FactValue] = {}
    for row in _data()["named"]:
        if row["fact"] not in found and pattern(row["words"]).search(text):
            found[row["fact"]] = row["value"]
    return found


def answers(text: str) -> list[Entry]:
    """The statements on how long that answer a question about patients in general."""
    matched: list[str] = []
    ids: list[str] = []
    for row in _data()["answer"]:
        if set(row.get("unless", ())) & set(matched):
            continue
        if any(pattern(words).search(text) for words in row.get("without", ())):
            continue
        if all(pattern(words).search(text) for words in row["words"]):
            matched.append(row["id"])
            ids += row["entries"]
    by_id = {entry.id: entry for entry in entries()}
    return [by_id[one] for one in dict.fromkeys(ids)]


def is_on_stopping(found: list[Entry]) -> bool:
    """Whether the statements are those on stopping, which six months come before (A28)."""
    return any(entry.id in ("duration_stop", "duration_consider_stop") for entry in found)


def asks_about_therapy(case: Case, text: str) -> bool:
    """T10: whether the drugs against the myeloma go on after a clot."""
    words = _data()["therapy"]
    told = (text[: one.start()] for one in pattern(words["clot"]).finditer(text))
    clot = established(case) is not None or any(not pattern(words["denied"]).search(one) for one in told)
    if not clot or pattern(words["not_meant"]).search(text):
        return False
    return bool(pattern(words["drugs"]).search(text) and pattern(words["asks"]).search(text))


def therapy_entry() -> Entry:
    """T10 in the words of the consensus."""
    return next(entry for entry in entries() if entry.id == _data()["therapy"]["entry"])


def asks_only_how_to_treat(text: str) -> bool:
    """Whether nothing is named but an event, and how to treat it."""
    words = _data()["plain_treatment"]
    return bool(pattern(words["ask"]).search(text)) and not pattern(words["filler"]).sub("", text)


def established(case: Case) -> str | None:
    """The established VTE of the case, if one."""
    event = case.facts.get("vte_event")
    return event if isinstance(event, str) and not event.startswith("suspected") else None


def on_treatment_course(before: Mapping[str, Any] | None, changed: Mapping[str, FactValue]) -> bool:
    """Whether of an established VTE nothing changes but how long it is treated (T7-T9)."""
    event = (before or {}).get("facts", {}).get("vte_event")
    known = isinstance(event, str) and not event.startswith("suspected")
    return known and bool(changed) and changed.keys() <= TREATMENT_COURSE


def is_course_alone(assessment: Mapping[str, Any]) -> bool:
    """Whether response and months of prophylaxis are told, and nothing that bears on a score or an event."""
    facts = assessment["facts"]
    told = facts.get("mm_response") is not None and facts.get("months_on_prophylaxis") is not None
    return told and "mm_vte" not in assessment["scores"] and "vte_event" not in facts


def months_named(text: str) -> float | None:
    """The months that a question names: "CR 4个月能停吗"."""
    words = _data()["months"]["words"]
    found = pattern(words).search(text)
    if found is None:
        return None
    number = _NUMERALS.get(found["n"]) or float(found["n"])
    return number * (12 if found["unit"] == "年" else 1)
