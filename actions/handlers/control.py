"""Steering the conversation: new patient, undo, summary, help, and courtesy."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone

from actions.answers.not_counted import judgement
from actions.answers.put_right import retracted, right_value
from actions.asked.ellipsis import corrected_number
from actions.case import Case, Evidence, FactValue
from actions.handlers.assessment import next_step
from actions.handlers.dosing import waiting_dose
from actions.intake import record
from actions.labels import names
from actions.message import Message, Segment
from actions.reply.assessment_text import fit
from actions.reply.cards import Reply, action, card
from actions.reply.summary import summary_text
from actions.turn import Turn
from actions.wording import load, say

#: A guess must not throw a case away.
CERTAIN = 0.8
#: The hospitals' wall clock: mainland China keeps one time zone, without summer time.
CHINA = timezone(timedelta(hours=8))


def reset_wanted(message: Message) -> bool:
    """Does the message begin a new patient?"""
    goes_back = re.match(load("cues.toml")["former"]["back"], message.text.strip()) is not None
    if not goes_back and any(
        one.intent == "new_patient" and one.confidence >= CERTAIN for one in message.segments
    ):
        return True
    return message.text.strip().startswith(tuple(load("cues.toml")["new_patient"]))


def another_patient(case: Case, message: Message) -> bool:
    """Does the message describe somebody who cannot be the patient of this case?

    A pasted note with another sex, or with age and sex where the age differs, is the next patient even if
    nobody says so: mixing two patients is the worst mistake that can be made here.
    """
    if message.intent in ("correct_facts", "what_if") or (case.pending and message.answer):
        return False
    stated = {one["entity"]: one["value"] for one in message.about_the_patient() if one["value"] is not None}
    if not {"age_years", "sex"} <= stated.keys() or not {"age_years", "sex"} & case.facts.keys():
        return False
    return any(
        fact in case.facts and case.facts[fact] not in (None, stated[fact]) for fact in ("age_years", "sex")
    )


def undo_wanted(message: Message) -> bool:
    """Is the whole message a wish to take the last step back?"""
    undoes = message.intent == "undo" and not message.about_the_patient()
    return undoes and judgement(message.text) is None


def what_if_dropped(case: Case, message: Message) -> bool:
    """不加了, 还是原来的: after a what-if, that it is to stay a supposition."""
    if case.what_if is None or message.about_the_patient():
        return False
    return re.fullmatch(load("cues.toml")["drop_what_if"], message.text.strip()) is not None


def new_patient(turn: Turn, segment: Segment) -> list[Reply]:
    """The case is already empty (the conversation resets it first); say so."""
    if not reset_wanted(turn.message):
        return []
    turn.question_settled = not turn.intake.changed
    if turn.intake.changed:
        return []
    turn.notices.clear()
    return [Reply(say("reply.new_patient"))]


def take_over(turn: Turn, values: Mapping[str, FactValue]) -> None:
    """Record values that the message tells without their names."""
    before = turn.case.remember()
    evidence = Evidence(turn.message.text, turn.case.turn, turn.message.timestamp)
    for fact, value in values.items():
        record(turn.case, fact, value, evidence, turn.intake)
    turn.case.push_undo(before)


def correct(turn: Turn, segment: Segment) -> list[Reply]:
    """A correction that named its facts has been folded in; otherwise ask for the right value."""
    if turn.intake.changed:
        return []
    case, message = turn.case, turn.message
    if values := corrected_number(case, message.text) or right_value(case, message):
        take_over(turn, values)
        return waiting_dose(turn)
    if facts := retracted(case, message):
        _take_back(turn, facts)
        return []
    return [Reply(say("reply.correct_how")), *next_step(turn)]


def _take_back(turn: Turn, facts: Sequence[str]) -> None:
    """Forget facts whose words were denied: what they stood for is open again, not denied (A40)."""
    before = turn.case.remember()
    words = "、".join(dict.fromkeys(turn.case.evidence[fact].text for fact in facts))
    for fact in facts:
        del turn.case.facts[fact], turn.case.evidence[fact]
    turn.case.pending = None
    turn.case.push_undo(before)
    turn.notices.append(say("reply.taken_back", words=words, facts=names(facts)))
    turn.assessment_wanted = True


def summary(turn: Turn, segment: Segment) -> list[Reply]:
    """小结: text for the medical record."""
    if not turn.case.facts:
        return [Reply(say("reply.no_case"))]
    today = datetime.fromtimestamp(turn.message.timestamp, UTC).astimezone(CHINA).date()
    text = summary_text(turn.case, turn.assessment(), today)
    return [card("answer", text, {"summary": text}, [action("new_patient")])]


def carry_on(turn: Turn, segment: Segment) -> list[Reply]:
    """继续: the rest of the last answer, or back to the assessment and its next question."""
    if turn.case.rest:
        text, turn.case.rest = fit([(0, turn.case.rest)], say("assessment.limits"))
        return [Reply(text)]
    if not turn.case.facts:
        return [Reply(say("reply.no_case"))]
    turn.assessment_wanted = True
    return []


def show_help(turn: Turn, segment: Segment) -> list[Reply]:
    """帮助."""
    return [Reply(say("reply.help"))]


def greeting(turn: Turn, segment: Segment) -> list[Reply]:
    """Hello; silent when the message already has an answer."""
    more = any(one.intent != segment.intent for one in turn.message.segments)
    return [] if turn.intake.changed or more else [Reply(say("reply.greeting"))]


def thanks(turn: Turn, segment: Segment) -> list[Reply]:
    """Thanks; silent when the message already has an answer."""
    return [] if turn.intake.changed else [Reply(say("reply.thanks"))]


def goodbye(turn: Turn, segment: Segment) -> list[Reply]:
    """Goodbye; while a question is open, 没了 and 就这些 say that there is no more."""
    more_to_say = bool(turn.case.pending or turn.case.facts)
    if more_to_say and not re.search(load("urgent.toml")["farewell"]["words"], turn.message.text, re.I):
        turn.assessment_wanted = bool(turn.case.facts)
        return []
    return [Reply(say("reply.goodbye"))]
