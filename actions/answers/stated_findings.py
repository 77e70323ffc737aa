"""都没有 to a list is no answer to what was told before: a finding that awaits a word is asked by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from actions.case import Case, FactValue
from actions.wording import load

#: The reader's notes on a test whose result is not there.
NO_RESULT = re.compile("尚无|未写明结果")


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


def without_result(case: Case, pending: Mapping[str, Any], text: str) -> list[str]:
    """The facts that a bare 没有 would deny although their results are not there: it may as well say that."""
    bare = re.fullmatch(load("cues.toml")["answers"]["no_result"], text.strip())
    if pending["select"] != "one" or bare is None:
        return []
    return [fact for fact in pending["facts"] if _has_no_result(case, fact)]


def _has_no_result(case: Case, fact: str) -> bool:
    return awaits_a_word(case, fact) and NO_RESULT.search(case.evidence[fact].note or "") is not None


def awaits_a_word(case: Case, fact: str) -> bool:
    """Whether the fact was told of without being settled: "PT延长", "牙龈出血"."""
    known = case.evidence.get(fact)
    undetermined = fact in case.facts and case.facts[fact] is None
    return undetermined and fact not in case.declined and known is not None and bool(known.note)
