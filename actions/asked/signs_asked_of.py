"""What to do about a swollen leg or short breath that was told of: the scores for it, and where to turn."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.message import Segment
from actions.reply.cards import Reply, advice_card
from actions.reply.score_text import EVENT_FACTS
from actions.told.leg_and_chest import LEG
from actions.turn import Turn
from actions.wording import load, say

UNSURE = frozenset({"out_of_scope", "nlu_fallback"})
#: What "腿肿了一条，要紧吗" may have been taken for.
WHETHER_GRAVE = UNSURE | {
    "provide_facts", "ask_knowledge", "assess_vte_risk", "ask_treatment", "ask_wells_dvt", "ask_wells_pe",
}  # fmt: skip
_DENIED = False


def about_signs(turn: Turn, segment: Segment) -> Segment:
    """ "我妈骨髓瘤腿肿了咋办": of a leg that was told of in the same message, its score is what is asked."""
    if segment.intent in WHETHER_GRAVE and re.search(load("cues.toml")["see_a_doctor"], segment.text):
        return replace(segment, intent="out_of_scope", question=True)
    told = {fact for fact, value in turn.intake.recorded.items() if value is not _DENIED}
    if segment.intent in UNSURE and segment.question and told & LEG:
        return replace(segment, intent="ask_wells_dvt")
    return segment


def see_a_doctor(turn: Turn, segment: Segment) -> list[Reply] | None:
    """ "要不要去医院" after signs of a clot: yes, and what is done there (二); None without any."""
    case = turn.case
    signs = any(case.facts.get(fact, _DENIED) is not _DENIED for fact in EVENT_FACTS)
    if segment.intent not in UNSURE or not signs:
        return None
    if not re.search(load("cues.toml")["see_a_doctor"], segment.text):
        return None
    diagnosis = [item for item in turn.assessment()["advice"] if item["code"] == "DX_DDIMER_IMAGING"]
    refer = {
        "code": "REFER_CLINICIAN", "modality": "recommend", "provisional": False, "drug": None, "doses": [],
        "text": say("reply.see_a_doctor"), "rule": "D5", "source": {"section": "二", "table": None},
    }  # fmt: skip
    turn.question_settled = not turn.intake.changed
    return [advice_card([refer, *diagnosis])]
