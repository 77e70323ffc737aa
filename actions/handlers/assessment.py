"""The assessment card, the next question, and the intents that ask for a score."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from actions import labels
from actions.case import FactValue
from actions.handlers.statements import statement
from actions.message import Segment
from actions.questions import Question, is_acute, next_question
from actions.reply.assessment_text import MAX_BYTES, MIN_BYTES, assessment_text
from actions.reply.cards import Reply, action, card
from actions.reply.decision import only_course
from actions.reply.differences_text import change_lines
from actions.reply.echo import echo
from actions.reply.score_text import spelled_out
from actions.turn import Turn
from actions.wording import say
from scoring import assess, differences

#: Cards that answer a question by themselves.
ANSWERS = frozenset({"advice", "answer", "alert"})
#: A wish to be led through an assessment: no statement of the consensus answers it.
REQUEST = re.compile(
    r"(?:请|麻烦|帮忙?|给|我|想要?|要|来|做|开始|再|重新|一下|个|这个|病人|患者|的)*(?:评估|测算|计算|评|算|预测)(?:一下|下|个|一个|出)*"
    r"[^,，。?？吗怎什哪几多]{0,12}(?:风险|评分|分层|得分|分)?(?:一下|吧|呗|评估|评分)?[。!！]?"
)
PATIENT_SCORES = frozenset({"mm_vte", "wells_dvt", "wells_pe"})


def vte_risk(turn: Turn, segment: Segment) -> list[Reply]:
    """VTE risk: the assessment, or the questions that lead to it."""
    return want(turn, segment, "mm_vte")


def prophylaxis(turn: Turn, segment: Segment) -> list[Reply]:
    """Prophylaxis is part of the assessment."""
    return want(turn, segment, "mm_vte")


def bleeding_risk(turn: Turn, segment: Segment) -> list[Reply]:
    """Bleeding risk (table 6)."""
    return want(turn, segment, "bleeding")


def wells_dvt(turn: Turn, segment: Segment) -> list[Reply]:
    """Wells DVT (table 1)."""
    return want(turn, segment, "wells_dvt")


def wells_pe(turn: Turn, segment: Segment) -> list[Reply]:
    """Wells PE (table 2)."""
    return want(turn, segment, "wells_pe")


def want(turn: Turn, segment: Segment, goal: str) -> list[Reply]:
    """Remember what is asked for; without a case, say what the consensus says of it and begin to ask."""
    turn.case.ask_goals([goal])
    if segment.question or not turn.message.mentions_in(segment):
        # "没有出血" among the facts of a case is one of them, whatever else it sounds like.
        turn.focus = goal
    if turn.case.facts:
        turn.assessment_wanted = True
        return []
    asked = segment.question and not REQUEST.fullmatch(segment.text.strip())
    known = statement(segment.text) if asked else None
    return [known] if known else [Reply(say("reply.no_case")), *next_step(turn)]


def assessment_and_next_step(turn: Turn, said: Sequence[Reply] = ()) -> list[Reply]:
    """The assessment of the case as a card, and what follows from it; ``said`` stands before it."""
    answered = any((reply.custom or {}).get("kind") in ANSWERS for reply in said)
    following = next_step(turn, answered=answered)
    room = _room(turn, [*said, *following])
    return [_assessment_reply(turn, room, answered=answered), *following]


def _room(turn: Turn, beside: Sequence[Reply]) -> int:
    """What the assessment's text may have where the channel makes one text of all replies."""
    whole = turn.message.whole_reply_bytes
    if whole is None:
        return MAX_BYTES
    return max(MIN_BYTES, whole - sum(len(f"\n\n{reply.text}".encode()) for reply in beside))


def _assessment_reply(turn: Turn, room: int, *, answered: bool) -> Reply:
    """The assessment with its evidence and what changed, its text within ``room`` bytes."""
    assessment = turn.assessment()
    case = turn.case
    text, case.rest = assessment_text(
        assessment,
        case.evidence,
        recorded=echo(turn.intake.recorded, case.evidence, assessment),
        notices=[*turn.notices, *_notices(turn, assessment)],
        goals=case.goals,
        focus=turn.focus,
        chosen=case.chosen,
        room=room,
        answered=answered,
        as_told=case.stated is not None,
    )
    evidence = {
        fact: {"text": one.text, "turn": one.turn, "note": one.note, "unit": one.unit}
        for fact, one in case.evidence.items()
        if fact in assessment["facts"]
    }
    shown = spelled_out(assessment, case.goals)
    buttons = [action("summary"), action("new_patient")]
    return card("assessment", text, {**assessment, "evidence": evidence, "spelled_out": shown}, buttons)


def _notices(turn: Turn, assessment: dict[str, Any]) -> list[str]:
    """What could not be used, and what changed by this message."""
    intake = turn.intake
    lines = [
        say("assessment.rejected", text=one["text"], note=one.get("note") or labels.fact_name(one["entity"]))
        for one in intake.rejected
    ]
    if turn.case.baseline is not None:
        lines.append(since(turn.case.baseline, assessment))
    elif turn.before is not None:
        # What is new is in the echo; this is about what is no longer as it was said.
        found = differences(turn.before, assessment)
        changes = "；".join(
            change_lines(one for one in found if one["kind"] != "fact" or one["before"] != "absent")
        )
        turn.case.changes = changes or turn.case.changes
        if changes and intake.replaced:
            lines.append(say("assessment.changed", changes=changes))
    return lines


def since(baseline: dict[str, FactValue], assessment: dict[str, Any]) -> str:
    """What has changed since the assessment before a 复评, as far as it is known again."""
    known = assessment["facts"]
    changes = [
        one
        for one in differences(assess(baseline), assessment)
        if one["kind"] != "fact" or one["fact"] in known
    ]
    lines = change_lines(changes)
    return (
        say("reply.since_baseline", changes="；".join(lines)) if lines else say("reply.since_baseline_same")
    )


def next_step(turn: Turn, *, answered: bool = False) -> list[Reply]:
    """The confirmation that is waiting, or the next question that matters; nothing when all is settled."""
    if turn.question_settled:
        return []
    case = turn.case
    if case.confirming:
        return [_confirmation(turn)]
    assessment = turn.assessment()
    question = next_question(assessment, case)
    if question is None:
        case.pending = None
        if is_acute(assessment, case):
            return []
        asked_only = answered and not is_about_a_patient(assessment)  # a figure beside a dosing question
        return [Reply(_nothing_to_ask(turn, assessment))] if turn.intake.changed and not asked_only else []
    case.pending = question.pending()
    return [question_reply(question)]


def is_about_a_patient(assessment: Mapping[str, Any]) -> bool:
    """Whether enough was said for a risk or an event to be in question; a lone GFR or weight is not."""
    return bool(PATIENT_SCORES & assessment["scores"].keys()) or "vte_event" in assessment["facts"]


def _nothing_to_ask(turn: Turn, assessment: dict[str, Any]) -> str:
    if only_course(assessment, turn.case.goals, turn.focus):
        return say("question.course_done")
    if not is_about_a_patient(assessment):
        # A lone figure beside a dosing question is no case that could be settled.
        return say("question.no_patient_yet")
    if assessment["questions"]:
        return say("question.left_open", facts=labels.names(assessment["questions"]))
    return say("question.nothing_left")


def question_reply(question: Question) -> Reply:
    """A question as a card."""
    data = {
        "facts": list(question.facts),
        "select": question.select,
        "options": list(question.options),
        "why": question.why,
        "progress": dict(question.progress),
    }
    return card("question", question.text, data, [action("why")])


def _confirmation(turn: Turn) -> Reply:
    waiting = turn.case.confirming[0]
    same = [one for one in turn.case.confirming if one["text"] == waiting["text"]]
    drugs = [one["value"] for one in same if isinstance(one["value"], str)]
    meaning = "、".join(drugs or [labels.stated(one["fact"], one["value"]) for one in same])
    options = _yes_no(waiting["fact"], waiting["value"])
    text = say("question.head", ask=say("question.confirm", text=waiting["text"], meaning=meaning))
    numbered = [f"{number} {option['title']}" for number, option in enumerate(options, 1)]
    data = {
        "facts": [one["fact"] for one in same],
        "select": "one",
        "options": options,
        "why": say("question.confirm", text=waiting["text"], meaning=meaning),
        "progress": {},
    }
    return card("question", "\n".join([text, *numbered]), data)


def _yes_no(fact: str, value: object) -> Sequence[dict[str, object]]:
    return [
        {"title": say("actions.yes"), "fact": fact, "value": value},
        {"title": say("actions.no"), "fact": fact, "value": None},
    ]
