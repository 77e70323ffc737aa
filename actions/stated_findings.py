"""都没有 to a list is no answer to what was told before: a finding that awaits a word is asked by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.case import Case, FactValue


def not_wiped_out(
    case: Case, pending: Mapping[str, Any], values: Mapping[str, FactValue]
) -> tuple[dict[str, FactValue], list[str]]:
    """The values without the denials of findings that were told, and the words those were told in.

    What was said not to be known ("不清楚") is no finding; a question for one fact by itself settles it.
    """
    if pending["select"] != "many":
        return dict(values), []
    kept = [fact for fact, value in values.items() if value is False and awaits_a_word(case, fact)]
    words = list(dict.fromkeys(case.evidence[fact].text for fact in kept))
    return {fact: value for fact, value in values.items() if fact not in kept}, words


def awaits_a_word(case: Case, fact: str) -> bool:
    """Whether the fact was told of without being settled: "PT延长", "牙龈出血"."""
    known = case.evidence.get(fact)
    undetermined = fact in case.facts and case.facts[fact] is None
    return undetermined and fact not in case.declined and known is not None and bool(known.note)
