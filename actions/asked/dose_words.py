"""The words of a question that tell prophylaxis from treatment, and the first phase from the later one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.asked.phases import days_given, phase_at
from actions.wording import load
from scoring import first_phase_days

PURPOSES = ("prophylaxis", "treatment")
PHASES = ("later", "initial")
_WEIGHT = re.compile(r"(?<![/\d.])\d+(?:\.\d+)?\s*(?:kg|公斤|千克|斤)", re.IGNORECASE)


def names_a_phase(text: str) -> bool:
    """Whether "第二个月呢" can follow a question about a dose."""
    return word_of(text, PHASES) is not None or days_given(text) is not None


def names_a_purpose(text: str) -> bool:
    """Whether "预防呢" can follow a question about a dose."""
    return word_of(text, PURPOSES) is not None


def phase_of(text: str, drug: str) -> str | None:
    """The phase of treatment with this drug that the words name; ``None`` where they may mean either."""
    first = first_phase_days(drug)
    span = days_given(text)
    if span and first:
        return phase_at(span, first)
    return word_of(text, PHASES)


def weight_not_read(text: str, read: Sequence[str]) -> bool:
    """Whether a weight is named that was not read: an older one must not stand in for it."""
    return any(not any(weight[0] in words for words in read) for weight in _WEIGHT.finditer(text))


def word_of(text: str, kinds: Sequence[str]) -> str | None:
    """The first of the kinds of words (dosing.toml) of which the text has one."""
    words = load("dosing.toml")["words"]
    return next((kind for kind in kinds if any(_has(text, word) for word in words[kind])), None)


def _has(text: str, word: str) -> bool:
    if not word.isascii():
        return word in text
    return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text, re.IGNORECASE) is not None
