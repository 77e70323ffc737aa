"""From unread messages to replies: emergencies, answers to questions, the assessment, the next question."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from actions.answers.put_right import CORRECTION, as_correction
from actions.answers.reanswer import value_again
from actions.answers.which_value import settled
from actions.asked.course import established
from actions.asked.course_questions import in_course
from actions.asked.dose_questions import in_context
from actions.asked.drug_questions import about_a_drug
from actions.asked.ellipsis import came_to
from actions.asked.follow_up import follow_up
from actions.asked.general import GENERAL, in_general
from actions.asked.held_back import about_the_covered, held_back
from actions.asked.signs_asked_of import about_signs, see_a_doctor
from actions.case import Case
from actions.handlers import HANDLERS, general
from actions.handlers.apart import answered_apart, by_form
from actions.handlers.assessment import assessment_and_next_step, next_step
from actions.handlers.control import another_patient, reset_wanted, take_over, undo_wanted, what_if_dropped
from actions.handlers.dosing import dose_again, waiting_dose
from actions.handlers.emergency import ask_about_bleeding, emergency_reply
from actions.handlers.lay import lay_answer, opening, signs_at_home, symptom_alone
from actions.handlers.order_check import order_again
from actions.handlers.reassess import nothing_before
from actions.handlers.recall import cited, recall, recall_wanted
from actions.handlers.remarks import remarks
from actions.handlers.smoldering import smoldering
from actions.handlers.urgent import urgent_answer
from actions.handlers.what_if import not_adopted
from actions.message import Message, Segment
from actions.patients.former_patients import another_is_meant, note_labels, told_anew
from actions.reply.cards import Reply
from actions.told.later_facts import told_of
from actions.told.leg_pain import complete_signs, told_of_pain
from actions.turn import Turn, begin, catch_up
from actions.wording import say

#: Intents that only make sense as an answer to the bot, or add nothing once facts were read.
ANSWER_INTENTS = frozenset({"affirm", "deny", "unknown_answer", "skip", "provide_facts", "nlu_fallback"})

#: Several questions of these in one message are several answers, not one.
EACH = frozenset({GENERAL, "ask_knowledge", "ask_drug_vte_relation"})

#: What is answered by a card that gives the reasons of a score.
SCORED = frozenset({"ask_bleeding_risk", "assess_vte_risk", "ask_wells_dvt", "ask_wells_pe"})
BARE_WHY = 6
#: Answers that need no reading where nothing was asked.
NOTHING_TO_ADD = ("none_of_above", "no", "skip", "unknown")


def converse(
    case: Case, messages: Sequence[Message], *, new_session: bool = False
) -> tuple[Case, list[Reply]]:
    """Take the turn of the last message; messages missed before it are folded into the case first."""
    *missed, current = messages
    before: dict[str, Any] | None = None
    notices = [say("reply.session")] if new_session else []
    if missed and catch_up(case, missed):
        notices.append(say("reply.recovered"))
    if not notices and (said := answered_apart(case, current)) is not None:
        case.turn += 1
        case.read_until = current.timestamp
        return case, said
    if (named := another_is_meant(case, current)) and not (reset_wanted(current) or told_anew(current)):
        return case, _of_another(case, current, named)
    if reset_wanted(current):
        case = case.fresh()
        notices.append(say("reply.new_patient_started"))
    elif another_patient(case, current) or (named and told_anew(current)):
        before, case = case.remember(), case.fresh()
        notices.append(say("reply.another_patient"))
    told = came_to(case, current.text) or settled(case, current.text) or value_again(case, current)
    told = told or told_of(case, current.text) or told_of_pain(case, current.text)
    if not told and (undo_wanted(current) or what_if_dropped(case, current)):
        return case, _undo(case, current)
    if (recalled := recall_wanted(current)) is not None:
        case.turn += 1
        case.read_until = current.timestamp
        return case, [*recall(case, recalled), *next_step(Turn(case, current))]
    note_labels(case, current)
    turn = begin(case, current, _interpreted)
    if told:
        take_over(turn, told)
    complete_signs(turn.case, turn.intake, current.timestamp)
    if before is not None:
        # One 撤销 gives the former case back, not the empty one in between.
        case.undo = []
        case.push_undo(before)
    if turn.intake.changed:
        notices += nothing_before(current, first=turn.before is None)
    turn.notices = [*notices, *not_adopted(turn), *turn.notices]
    replies = emergency_reply(turn)
    turn.alerted = bool(replies)
    turn.question_settled = turn.alerted and (turn.new_alert or not turn.intake.changed)
    at_once = [] if told else _at_once(turn)
    asked = [] if told or at_once else _questions(turn)
    if not any(segment.intent == "ask_dose" for segment in asked) and not (turn.alerted or turn.special):
        replies += waiting_dose(turn) or order_again(turn) or dose_again(turn)
    replies += at_once or signs_at_home(turn)
    for segment in asked:
        held = held_back(turn, segment)
        held = see_a_doctor(turn, segment) if held is None else held
        handler = general.answer if segment.general is not None else HANDLERS[segment.intent]
        replies += handler(turn, segment) if held is None else held
    if turn.intake.changed and not asked and not turn.alerted:
        replies += general.stated_scores(turn)
        replies += smoldering(turn)
    replies += remarks(turn)
    replies = list({reply.text: reply for reply in replies}.values())
    if turn.intake.changed or turn.assessment_wanted:
        replies += assessment_and_next_step(turn, replies)
        replies += ask_about_bleeding(turn)
    elif turn.notices:
        replies.append(Reply("\n".join(turn.notices)))
        replies += next_step(turn)
    if not replies:
        replies = _not_understood(turn)
    turn.case.cited = cited(replies) or turn.case.cited
    return turn.case, replies


def _interpreted(case: Case, message: Message) -> Message:
    going_on = follow_up(case, message)
    if going_on is not message:
        return going_on
    formal = by_form(case, message)
    if formal.segments is not message.segments:
        return formal
    read = in_course(case, as_correction(case, message))
    if read.intent == CORRECTION or read.segments is not message.segments:
        return read
    return in_context(case, in_general(case, read))


def _at_once(turn: Turn) -> list[Reply]:
    """What comes before any question: an emergency that stands open, who asks, a case that only begins."""
    for answer in (urgent_answer, lay_answer, opening, symptom_alone):
        if replies := answer(turn):
            turn.question_settled = turn.question_settled or not turn.intake.changed
            return replies
    return []


def _questions(turn: Turn) -> list[Segment]:
    """The segments that ask for something, one an intent (of knowledge each), in the order of the message."""
    if turn.chosen:
        chosen = turn.chosen
        return [Segment(0, 0, chosen.get("question", turn.message.text), True, chosen["intent"], 1.0)]
    if turn.message.is_bare or (turn.answered and not any(one.question for one in turn.message.segments)):
        return []
    if turn.emergency_ended and not any(one.question for one in turn.message.segments):
        return []
    understood = turn.intake.changed or turn.notices
    asking: dict[tuple[str, int], Segment] = {}
    for segment in turn.message.segments:
        for rule in (about_a_drug, about_signs, about_the_covered):
            segment = rule(turn, segment)
        known = segment.intent in HANDLERS or segment.general is not None
        if segment.intent in ANSWER_INTENTS or not known:
            continue
        told = turn.intake.changed and turn.message.mentions_in(segment)
        if segment.intent == "out_of_scope" and ((understood and not segment.question) or told):
            continue  # "血小板40怎么办": the card says what follows
        named = turn.message.helpers("drug", segment)
        if segment.intent == "out_of_scope" and turn.intake.changed and named and established(turn.case):
            continue  # "PE确诊 65kg 怎么打 要不要停来那": the card of the treatment says it
        if segment.intent == "ask_why" and SCORED & {intent for intent, _ in asking} and _bare_why(segment):
            continue  # "出血评分多少？为什么": the score is shown with its reasons
        asking.setdefault((segment.intent, segment.start if segment.intent in EACH else 0), segment)
    return list(asking.values())


def _bare_why(segment: Segment) -> bool:
    return len(segment.text.strip(" ？?。，,呢啊")) <= BARE_WHY


def _of_another(case: Case, message: Message, named: str) -> list[Reply]:
    """Nothing is recorded of a patient who is not the one of the case; an emergency comes first."""
    alerts = emergency_reply(begin(deepcopy(case), message, _interpreted))
    case.turn += 1
    case.read_until = message.timestamp
    return [*alerts, Reply(say("recall.of_another", named=named)), *next_step(Turn(case, message))]


def _undo(case: Case, message: Message) -> list[Reply]:
    case.turn += 1
    case.read_until = message.timestamp
    if case.drop_what_if():
        return [Reply(say("reply.what_if_dropped")), *next_step(Turn(case, message))]
    if not case.pop_undo():
        return [Reply(say("reply.undo_none"))]
    turn = Turn(case, message, notices=[say("reply.undo")])
    if not case.facts:
        return [Reply(say("reply.undo"))]
    return assessment_and_next_step(turn)


def _not_understood(turn: Turn) -> list[Reply]:
    if turn.case.pending or turn.case.confirming:
        turn.assessment_wanted = False
        question = next_step(turn)
        if question:
            return [Reply(say("reply.answer_unclear")), *question]
    if turn.case.facts and any((turn.message.answer or {}).get(one) for one in NOTHING_TO_ADD):
        return [Reply(say("question.why_none"))]
    return [Reply(say("reply.fallback"))]
