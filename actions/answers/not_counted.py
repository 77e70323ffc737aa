"""不算, 不算严重 as a reply: what was told is judged not to count; it takes no step back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from actions.answers.stated_findings import awaits_a_word
from actions.case import Case
from actions.wording import load

Judgement = Literal["not_counted", "not_severe"]


def judgement(text: str) -> Judgement | None:
    """How the whole message judges what was asked about, if it does."""
    words = load("cues.toml")["answers"]
    for kind in ("not_counted", "not_severe"):
        if re.fullmatch(words[kind], text.strip()):
            return kind
    return None


def fact_judged(case: Case, facts: Sequence[str]) -> str | None:
    """The one fact of the question that is judged: the one told of and left open, or the only one asked."""
    told = [fact for fact in facts if awaits_a_word(case, fact)]
    meant = told or list(facts)
    return meant[0] if len(meant) == 1 else None


def is_denied(case: Case, fact: str, judged: Judgement) -> bool:
    """Whether the judgement denies the fact (A46: a trifling bleed is none); else it leaves it unclear.

    A bleed that is not severe may go on all the same: 不算严重 denies no active bleeding.
    """
    trifle = fact == "bleeding_within_3_months" and awaits_a_word(case, fact)
    return judged == "not_counted" or trifle
