"""Questions about an anticoagulant that one statement answers, whatever it is given for: 漏服, 抗Xa."""

from __future__ import annotations

from actions.wording import load, pattern
from scoring import dose_drugs
from scoring.statements import Entry, entries


def subject_of(text: str, drugs: frozenset[str], *, question: bool) -> Entry | None:
    """The statement that answers a question about these ``drugs`` (those named, or spoken of last)."""
    data = load("drug_subjects.toml")
    if not question and not pattern(data["asked"]["words"]).search(text):
        return None
    for row in data["subject"]:
        if pattern(row["words"]).search(text) and _is_meant(row.get("drug"), drugs):
            return next(entry for entry in entries() if entry.id == row["entry"])
    return None


def _is_meant(needed: list[str] | None, drugs: frozenset[str]) -> bool:
    if needed is None:
        return True
    return bool(drugs & (set(dose_drugs()) if needed == ["any"] else set(needed)))
