"""The patient or his family: whether a drug is to be given is for their doctor to say (REFER_CLINICIAN)."""

from __future__ import annotations

import re

from actions.handlers.assessment import next_step
from actions.reply.cards import Reply, advice_card
from actions.told.leg_and_chest import LEG
from actions.turn import Turn
from actions.wording import load, say

#: What a few words on how somebody feels may have been taken for.
UNSURE = frozenset({"out_of_scope", "nlu_fallback", "provide_facts", "ask_wells_pe", "deny", "affirm"})


def lay_answer(turn: Turn) -> list[Reply]:
    """A referral for who asks, not being a clinician, whether to give or to take a drug."""
    words, text = load("urgent.toml")["lay"], turn.message.text
    turn.case.lay = turn.case.lay or re.search(words["speaks"], text) is not None
    drug = turn.message.helpers("drug") or re.search(words["drug"], text)
    if not (turn.case.lay and drug and re.search(words["asks"], text)):
        return []
    return [refer_reply("reply.ask_your_doctor")]


def signs_at_home(turn: Turn) -> list[Reply]:
    """A leg that swells, told by the family: to a doctor first, whatever the scores are (二)."""
    told = {fact for fact, value in turn.intake.recorded.items() if value is not False}
    if turn.alerted or not turn.case.lay or not told & LEG:
        return []
    return [refer_reply("reply.see_a_doctor")]


def refer_reply(key: str) -> Reply:
    """A REFER_CLINICIAN card with this wording."""
    item = {
        "code": "REFER_CLINICIAN", "modality": "recommend", "provisional": False, "drug": None, "doses": [],
        "text": say(key), "rule": "T1", "source": {"section": "六", "table": None},
    }  # fmt: skip
    return advice_card([item])


def symptom_alone(turn: Turn) -> list[Reply]:
    """ "就是有点喘", and nothing besides or nothing but denials: whom to see, and when at once (二)."""
    there = any(one["value"] is not False for one in turn.message.mentions)
    told = turn.message.helpers("symptom") and not there
    asked = {one.intent for one in turn.message.segments}
    if not told or turn.alerted or not asked <= UNSURE:
        return []
    return [refer_reply("reply.see_a_doctor")]


def opening(turn: Turn) -> list[Reply]:
    """ "我是骨髓瘤病人" is no question: it begins a case, and what is needed for it is said."""
    words = load("urgent.toml")["opening"]["words"]
    if turn.intake.changed or not re.fullmatch(words, turn.message.text.strip(), re.IGNORECASE):
        return []
    if turn.case.facts:
        return next_step(turn)
    turn.question_settled = True
    return [Reply(say("reply.begin_case"))]
