"""From unread messages to replies: emergencies, answers to questions, the assessment, the next question."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from actions.cards import Reply
from actions.case import Case
from actions.drug_questions import about_a_drug
from actions.handlers import HANDLERS
from actions.handlers.assessment import assessment_and_next_step, next_step
from actions.handlers.control import another_patient, reset_wanted, undo_wanted
from actions.handlers.dosing import waiting_dose
from actions.handlers.emergency import emergency_reply
from actions.message import Message, Segment
from actions.turn import Turn, begin, catch_up
from actions.wording import say

#: Intents that only make sense as an answer to the bot, or add nothing once facts were read.
ANSWER_INTENTS = frozenset({"affirm", "deny", "unknown_answer", "skip", "provide_facts", "nlu_fallback"})


def converse(
    case: Case, messages: Sequence[Message], *, new_session: bool = False
) -> tuple[Case, list[Reply]]:
    """Take the turn of the last message; messages missed before it are folded into the case first."""
    *missed, current = messages
    before: dict[str, Any] | None = None
    notices = [say("reply.session")] if new_session else []
    if missed and catch_up(case, missed):
        notices.append(say("reply.recovered"))
    if reset_wanted(current):
        case = case.fresh()
        notices.append(say("reply.new_patient_started"))
    elif another_patient(case, current):
        before, case = case.remember(), case.fresh()
        notices.append(say("reply.another_patient"))
    if undo_wanted(current):
        return case, _undo(case, current)
    turn = begin(case, current)
    if before is not None:
        # One 撤销 gives the former case back, not the empty one in between.
        case.undo = []
        case.push_undo(before)
    turn.notices = [*notices, *turn.notices]
    replies = emergency_reply(turn)
    asked = _questions(turn)
    if not any(segment.intent == "ask_dose" for segment in asked):
        replies += waiting_dose(turn)
    for segment in asked:
        replies += HANDLERS[segment.intent](turn, segment)
    if turn.intake.changed or turn.assessment_wanted:
        replies += assessment_and_next_step(turn, replies)
    elif turn.notices:
        replies.append(Reply("\n".join(turn.notices)))
        replies += next_step(turn)
    if not replies:
        replies = _not_understood(turn)
    return turn.case, replies


def _questions(turn: Turn) -> list[Segment]:
    """The segments that ask for something, one an intent, in the order of the message."""
    if turn.chosen:
        chosen = turn.chosen
        return [Segment(0, 0, chosen.get("question", turn.message.text), True, chosen["intent"], 1.0)]
    if turn.message.is_bare or (turn.answered and not any(one.question for one in turn.message.segments)):
        return []
    understood = turn.intake.changed or turn.notices
    asking: dict[str, Segment] = {}
    for segment in map(partial(about_a_drug, turn), turn.message.segments):
        if segment.intent in ANSWER_INTENTS or segment.intent not in HANDLERS:
            continue
        if segment.intent == "out_of_scope" and understood and not segment.question:
            continue
        asking.setdefault(segment.intent, segment)
    return list(asking.values())


def _undo(case: Case, message: Message) -> list[Reply]:
    case.turn += 1
    case.read_until = message.timestamp
    if not case.pop_undo():
        return [Reply(say("reply.undo_none"))]
    turn = Turn(case, message, notices=[say("reply.undo")])
    if not case.facts:
        return [Reply(say("reply.undo"))]
    return assessment_and_next_step(turn)


def _not_understood(turn: Turn) -> list[Reply]:
    if turn.case.pending:
        turn.assessment_wanted = False
        question = next_step(turn)
        if question:
            return [Reply(say("reply.answer_unclear")), *question]
    return [Reply(say("reply.fallback"))]
