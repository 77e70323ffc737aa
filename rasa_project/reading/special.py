"""Whom the consensus does not cover: dialysis, pregnancy, HIT, children, spinal procedures, a head injury."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rasa_project.reading.asked_whether import names_a_drug
from rasa_project.reading.findings.hits import ASKED, Hit, Note, Reading

HEAD_INJURY = "head_injury"
_RECENT_DAYS = 30
_NOT_OR_NOT_ANY_MORE = re.compile(r"[非未没无不](?:在|是|曾|再|行|做|需要?)?$")
_HEAD = "头部外伤，请确认有无颅内出血"


def read(note: Note) -> Iterator[Reading]:
    """A mention of ``special`` for each state that is said of somebody, or asked about."""
    for hit in note.hits:
        if hit.entry.group != "special":
            continue
        kind = str(hit.entry.data["kind"])
        if not _holds(note, hit):
            if hit.assertion.negated:
                yield Reading(note.mention(hit, "special", kind, "negated"))
            continue
        yield Reading(note.mention(hit, "special", kind, "affirmed"))
        if kind == HEAD_INJURY and names_a_drug(note.text):
            yield Reading(note.mention(hit, "active_bleeding", None, "undetermined", _HEAD), ASKED)


def _holds(note: Note, hit: Hit) -> bool:
    said = hit.assertion
    denied = said.negated or said.doubtful_denial or said.resolved or hit.taken_back
    ended = said.history_word or (hit.when is not None and hit.when.low > _RECENT_DAYS)
    past = ended and hit.entry.data["kind"] != "hit"  # who had it may get it again
    before = _NOT_OR_NOT_ANY_MORE.search(note.text[max(0, hit.start - 4) : hit.start])
    return not (denied or past or said.family or said.hypothetical or before)
