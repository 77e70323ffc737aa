"""Steering the conversation: new patient, undo, summary, why, help, and courtesy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from actions.assessment_text import fit
from actions.cards import Reply, action, card
from actions.handlers.assessment import next_step
from actions.message import Message, Segment
from actions.questions import next_question
from actions.summary import summary_text
from actions.turn import Turn
from actions.wording import say

#: The hospitals' wall clock: mainland China keeps one time zone, without summer time.
CHINA = timezone(timedelta(hours=8))


def reset_wanted(message: Message) -> bool:
    """Does the message begin a new patient?"""
    return any(segment.intent == "new_patient" for segment in message.segments)


def undo_wanted(message: Message) -> bool:
    """Is the whole message a wish to take the last step back?"""
    return message.intent == "undo" and not message.about_the_patient()


def new_patient(turn: Turn, segment: Segment) -> list[Reply]:
    """The case is already empty (the conversation resets it first); say so."""
    turn.question_settled = not turn.intake.changed
    if turn.intake.changed:
        turn.notices.insert(0, say("reply.new_patient").split("。")[0] + "。")
        return []
    return [Reply(say("reply.new_patient"))]


def correct(turn: Turn, segment: Segment) -> list[Reply]:
    """A correction that named its facts has been folded in; otherwise ask for the right value."""
    return [] if turn.intake.changed else [Reply(say("reply.correct_how"))]


def summary(turn: Turn, segment: Segment) -> list[Reply]:
    """小结: text for the medical record."""
    if not turn.case.facts:
        return [Reply(say("reply.no_case"))]
    today = datetime.fromtimestamp(turn.message.timestamp, UTC).astimezone(CHINA).date()
    text = summary_text(turn.case, turn.assessment(), today)
    return [card("answer", text, {"summary": text}, [action("new_patient")])]


def why(turn: Turn, segment: Segment) -> list[Reply]:
    """为什么问: what the answer to the pending question can change."""
    question = next_question(turn.assessment(), turn.case) if turn.case.pending else None
    if question is None:
        return [Reply(say("question.why_none"))]
    answer = card("answer", question.why, {"why": question.why, "facts": list(question.facts)})
    return [answer, *next_step(turn)]


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
    return [] if turn.intake.changed or len(turn.message.segments) > 1 else [Reply(say("reply.greeting"))]


def thanks(turn: Turn, segment: Segment) -> list[Reply]:
    """Thanks; silent when the message already has an answer."""
    return [] if turn.intake.changed else [Reply(say("reply.thanks"))]


def goodbye(turn: Turn, segment: Segment) -> list[Reply]:
    """Goodbye."""
    return [Reply(say("reply.goodbye"))]
