"""Read one message: every fact in it, its statements and questions, and how it answers a question."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from rasa_project.reading import answers, drugs, emergency, own_summary, special, unsaid
from rasa_project.reading.asked_whether import has_happened
from rasa_project.reading.context.retraction import DENIED_NOTE, WITHDRAWN_NOTE
from rasa_project.reading.corrections import put_right
from rasa_project.reading.findings import (
    bleeding,
    conditions,
    denial,
    immobility,
    judgement,
    legs,
    myeloma,
    organs,
    thrombosis,
)
from rasa_project.reading.findings.catheter import TUBE_THERE_NOTE
from rasa_project.reading.findings.either import undecided
from rasa_project.reading.findings.fuzzy import with_guesses
from rasa_project.reading.findings.hits import Note, read_note
from rasa_project.reading.findings.hits import Reading as Finding
from rasa_project.reading.findings.matching import find
from rasa_project.reading.mention import HYPOTHETICAL_NOTE, Mention
from rasa_project.reading.normalise import Normalised, normalise
from rasa_project.reading.note_day import note_day
from rasa_project.reading.quantities.every import read_quantities
from rasa_project.reading.reconcile import explicit, reconcile
from rasa_project.reading.segments import Segment, split, states_case
from rasa_project.reading.supposed_end import is_supposed_end
from rasa_project.reading.wrapped import join

# A supposition, and what is taken back ("请把糖尿病删掉"), are told apart from what is asked.
_SAID_IN_ANY_CASE = frozenset(
    {HYPOTHETICAL_NOTE, DENIED_NOTE, WITHDRAWN_NOTE, TUBE_THERE_NOTE, immobility.ANSWERED_NOTE}
)
# Facts of a time window: in a note with a date of its own the window ends there.
_COUNTED_FROM_TODAY = frozenset(
    {
        "major_surgery_within_1_month",
        "immobilized_or_surgery_within_4_weeks",
        "heart_failure_within_1_month",
        "acute_myocardial_infarction",
        "bleeding_within_3_months",
    }
)

# "有出血史吗", "有糖尿病没" ask, whoever it is about
_ASKED_FOR = re.compile(
    r"(病?史)?(吗|么|没有|与否|(没|冇|不|否)[咯啦勒呢啊呀嘛哈哦哟喽]*(?=\s|[,，。;；!！?？]|$))"
)

# "出血3分", "PE 4分" name a score by what it is of; "出血史4分" is an item of one, and told
_NAMES_SCORE = re.compile(
    r"\s*(?:风险|评分|评估|得分|总分|wells)*\s*(?:为|是|有|算|[:：=])?\s*(?:\d+(?:\.\d+)?|几|多少)\s*分(?![钟之])",
    re.IGNORECASE,
)
# What keeps anticoagulants from being given, and what is asked to be done of a clot all the same
_AGAINST_DRUGS = frozenset({"active_bleeding", "bleeding_within_3_months", "anticoagulation_contraindicated"})
_WHAT_TO_DO = re.compile(
    r"(?:形成|症)?(?:的)?(?:病人|患者)?[,，\s]?(?:到底|现在|目前|应该?|该|要|又|还|需要|是不是|是否|能不能|能否|可不可以|可否)*"
    r"(?:(?:怎么|咋个?|如何|怎样)(?:办|处理|治|抗凝|用药|整|弄|搞|是好)|"
    r"要不要|能不能|能否|可否|用不用|放不放|抗不抗|(?:放|置|上|装)?(?:静脉)?滤器|抗凝|治疗|处理|溶栓|取栓)"
)
_TO_COME = re.compile(
    r"(?:预防|防止?|避免|发生|会(?:得|有|长)?|得|长|出现|有没有|是不是|会不会|风险)\s*(?:下肢|深部|静脉)*$"
)
_SCORES_OF = frozenset({"active_bleeding", "bleeding_within_3_months", "vte_event"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one message."""

    mentions: list[Mention]
    segments: list[Segment]
    answer: dict[str, Any] | None


def read(text: str, today: date | None = None) -> Reading:
    """Read a message; times are counted from ``today`` (default: the current day), or from the note's own."""
    from_summary, rest = own_summary.take_out(text, today or date.today())
    joined = join(rest)
    norm = put_right(normalise(joined.text))
    day, written = _reference_day(norm, today)
    findings = [*_stated_findings(norm, day), *explicit(denial.read(norm.text, norm.original))]
    findings += explicit(read_quantities(norm, day)) + explicit(drugs.read_drugs(norm, day))
    findings += unsaid.read(norm)
    said = [joined.restore(_as_of(mention, written)) for mention in reconcile(findings, norm.text)]
    return Reading(_beside(from_summary, said), split(rest), answers.read_answer(rest))


def _reference_day(norm: Normalised, today: date | None) -> tuple[date, date | None]:
    """The day that times are counted from, and the note's own day where it is another than today."""
    now = today or date.today()
    written = note_day(norm.text, now)
    return (written, written) if written not in (None, now) else (now, None)


def _as_of(mention: Mention, written: date | None) -> Mention:
    """The mention with a word on the note's day, where that day decides what it says."""
    if written is None or mention.fact not in _COUNTED_FROM_TODAY or mention.value is not True:
        return mention
    return replace(mention, note="；".join(filter(None, (mention.note, f"按病历日期{written}计"))))


def _stated_findings(norm: Normalised, day: date) -> list[Finding]:
    note = read_note(norm.text, norm.original, day, with_guesses(norm.text, find(norm.text)))
    segments = split(norm.original)
    every = list(_findings(note))
    found = [finding for finding in every if _stated(note, finding, segments)]
    found += _clot_asked_about(norm.text, every, found)
    found = [finding for finding in found if not is_supposed_end(finding.mention, norm.text)]
    return undecided(found, norm.text)


def _clot_asked_about(text: str, every: list[Finding], told: list[Finding]) -> list[Finding]:
    """ "脑出血1周，近端DVT怎么办": who bleeds, or must not be given anticoagulants, has the clot as well."""
    against = any(one.mention.fact in _AGAINST_DRUGS and one.mention.value is not False for one in told)
    if not against or any(one.mention.fact == "vte_event" for one in told):
        return []
    clots = [one for one in every if one.mention.fact == "vte_event" and one.mention.value is not None]
    return [
        one
        for one in clots
        if _WHAT_TO_DO.match(text, one.mention.end) and not _TO_COME.search(text, 0, one.mention.start)
    ]


def _beside(from_summary: list[Mention], others: list[Mention]) -> list[Mention]:
    """What is written beside a pasted summary is newer than the summary."""
    said = {mention.fact for mention in others}
    return sorted(
        [*others, *(one for one in from_summary if one.fact not in said)], key=lambda one: one.start
    )


def read_findings(text: str, today: date | None = None) -> list[Mention]:
    """Only the boolean and choice facts, and emergencies, of a message."""
    norm = normalise(text)
    day, _ = _reference_day(norm, today)
    findings = _stated_findings(norm, day)
    return reconcile(findings + explicit(denial.read(norm.text, text)), norm.text)


def _findings(note: Note) -> Iterable[Finding]:
    for module in (
        conditions,
        organs,
        judgement,
        thrombosis,
        bleeding,
        immobility,
        legs,
        myeloma,
        emergency,
        special,
    ):
        yield from module.read(note)


def _stated(note: Note, finding: Finding, segments: list[Segment]) -> bool:
    """Whether a finding is said of the case: not a supposition, not merely asked about."""
    mention = finding.mention
    if mention.note in _SAID_IN_ANY_CASE or mention.fact == "special":
        return True
    if mention.fact == "emergency" and has_happened(note.text, mention.end):
        return True
    scored = mention.fact in _SCORES_OF and mention.value is not False
    if scored and _NAMES_SCORE.match(note.text, mention.end):
        return "史" in note.text[mention.start : mention.end]
    segment = next((s for s in segments if s.start <= mention.start < s.end), None)
    if (
        segment is not None
        and segment.question
        and _ASKED_FOR.match(note.text[mention.end : mention.end + 6])
    ):
        return False
    return segment is None or not segment.question or states_case(segment.text, mention.start - segment.start)
