"""Read one message: every fact in it, its statements and questions, and how it answers a question."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from rasa_project.reading import answers, drugs, emergency, own_summary, quantities
from rasa_project.reading.context.retraction import DENIED_NOTE, WITHDRAWN_NOTE
from rasa_project.reading.findings import bleeding, conditions, denial, immobility, legs, myeloma, thrombosis
from rasa_project.reading.findings.fuzzy import with_guesses
from rasa_project.reading.findings.hits import HYPOTHETICAL_NOTE, Note, read_note
from rasa_project.reading.findings.hits import Reading as Finding
from rasa_project.reading.findings.matching import find
from rasa_project.reading.mention import Mention
from rasa_project.reading.normalise import normalise
from rasa_project.reading.reconcile import explicit, reconcile
from rasa_project.reading.segments import Segment, split, states_case

# A supposition, and what is taken back ("请把糖尿病删掉"), are told apart from what is asked.
_SAID_IN_ANY_CASE = frozenset({HYPOTHETICAL_NOTE, DENIED_NOTE, WITHDRAWN_NOTE})
_ASKED_FOR = re.compile(r"(病?史)?(吗|么|没有|与否)")  # "有出血史吗" asks, whoever it is about


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one message."""

    mentions: list[Mention]
    segments: list[Segment]
    answer: dict[str, Any] | None


def read(text: str, today: date | None = None) -> Reading:
    """Read a message; times are counted from ``today`` (default: the current day)."""
    day = today or date.today()
    from_summary, text = own_summary.take_out(text, day)
    norm = normalise(text)
    segments = split(text)
    note = read_note(norm.text, text, day, with_guesses(norm.text, find(norm.text)))
    findings = [finding for finding in _findings(note) if _stated(note, finding, segments)]
    findings += explicit(denial.read(norm.text, text))
    findings += explicit(quantities.read_quantities(norm, day)) + explicit(drugs.read_drugs(norm, day))
    mentions = _beside(from_summary, reconcile(findings, norm.text))
    return Reading(mentions, segments, answers.read_answer(text))


def _beside(from_summary: list[Mention], others: list[Mention]) -> list[Mention]:
    """What is written beside a pasted summary is newer than the summary."""
    said = {mention.fact for mention in others}
    return sorted(
        [*others, *(one for one in from_summary if one.fact not in said)], key=lambda one: one.start
    )


def read_findings(text: str, today: date | None = None) -> list[Mention]:
    """Only the boolean and choice facts, and emergencies, of a message."""
    norm = normalise(text)
    note = read_note(norm.text, text, today or date.today(), with_guesses(norm.text, find(norm.text)))
    segments = split(text)
    findings = [finding for finding in _findings(note) if _stated(note, finding, segments)]
    return reconcile(findings + explicit(denial.read(norm.text, text)), norm.text)


def _findings(note: Note) -> Iterable[Finding]:
    for module in (conditions, thrombosis, bleeding, immobility, legs, myeloma, emergency):
        yield from module.read(note)


def _stated(note: Note, finding: Finding, segments: list[Segment]) -> bool:
    """Whether a finding is said of the case: not a supposition, not merely asked about."""
    mention = finding.mention
    if mention.note in _SAID_IN_ANY_CASE:
        return True
    segment = next((s for s in segments if s.start <= mention.start < s.end), None)
    if (
        segment is not None
        and segment.question
        and _ASKED_FOR.match(note.text[mention.end : mention.end + 6])
    ):
        return False
    return segment is None or not segment.question or states_case(segment.text, mention.start - segment.start)
