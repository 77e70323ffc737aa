"""What was understood of a message, said back: numbers with units and arithmetic, the rest by its answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from actions import labels
from actions.case import Evidence, FactValue
from actions.reply.score_text import quoted_facts
from actions.wording import say
from scoring import denies_a_drug


def echo(
    recorded: Mapping[str, FactValue], evidence: Mapping[str, Evidence], assessment: Mapping[str, Any]
) -> str:
    """One line for the facts of a message; empty without any.

    What a score shows in the user's own words right below is not said twice.
    """
    quoted = quoted_facts(assessment) & evidence.keys()
    stated: list[str] = []
    by_answer: dict[tuple[str, str], list[str]] = {}
    for fact, value in recorded.items():
        note = _note(evidence.get(fact))
        if not note and _is_quoted(fact, value, evidence, quoted):
            continue
        if isinstance(value, str) and denies_a_drug(value):
            by_answer.setdefault((labels.answer_word(fact, False), note), []).append(labels.fact_name(fact))
        elif value is None or isinstance(value, bool):
            by_answer.setdefault((labels.answer_word(fact, value), note), []).append(labels.fact_name(fact))
        else:
            stated.append(labels.stated(fact, value) + note)
    stated += [labels.answered(word, names) + note for (word, note), names in by_answer.items()]
    return say("assessment.recorded", facts="；".join(stated)) if stated else ""


def _note(evidence: Evidence | None) -> str:
    return f"（{evidence.note}）" if evidence and evidence.note else ""


def _is_quoted(
    fact: str, value: FactValue, evidence: Mapping[str, Evidence], quoted: Collection[str]
) -> bool:
    if isinstance(value, str):
        return any(value in evidence[one].text for one in quoted)
    if fact not in quoted or value is None:
        return False
    if isinstance(value, bool):
        return value
    # a number that was converted (3.8 g/dl) is said in the unit understood
    return re.search(rf"(?<![\d.]){re.escape(f'{value:g}')}(?![\d.])", evidence[fact].text) is not None
