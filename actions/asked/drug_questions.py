"""What a few words about a drug ask: "利伐沙班行不行", "第二个月呢" after a question about a dose."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.asked.dose_words import names_a_phase, names_a_purpose
from actions.asked.ellipsis import drug_stopped
from actions.message import Segment
from actions.turn import Turn
from scoring import dose_drugs

#: Questions that a bare drug name or phase repeats, and how long a message with little else is.
DRUG_QUESTIONS = frozenset({"ask_dose", "ask_drug_vte_relation"})
BARE_CHARACTERS = 10
#: What a few words without a verb may be taken for: on their own, naming a phase, naming a purpose.
REPEATABLE = frozenset({"out_of_scope", "nlu_fallback", "ask_knowledge"})
PHASE_LIKE = frozenset({"reassess", "what_if"})
PURPOSE_LIKE = frozenset({"ask_prophylaxis", "ask_treatment"})
#: What is told beside "能用利伐沙班吗" and only bears on the drug.
BESIDE = frozenset(
    {"gfr", "creatinine_clearance_ml_min", "creatinine_umol_l", "renal_function_normal", "platelets_e9_l"}
)
#: "要不要预防" asks whether, not how much for that.
WHETHER = re.compile(r"要不要|用不用|需不需要|该不该|是否|有没有必要|需要|必须|怎么[预治]")
#: Asks whether what is named may be used.
ALLOWED = re.compile(
    r"行[不吗么嘛]|可[以不否].{0,6}[吗么嘛]|可[否不]|能不能|能否|能.{0,6}[吗么嘛]|合适[吗么不]"
)


def about_a_drug(turn: Turn, segment: Segment) -> Segment:
    """ "塞利尼索？" or "第二个月呢" after a question about a drug asks the same of another drug or phase."""
    case = turn.case
    if segment.intent in DRUG_QUESTIONS:
        case.about = segment.intent
    elif segment.intent in ("nlu_fallback", "out_of_scope") and _asks_to_stop(turn, segment):
        # "要不要停来那度胺": what the scores are without it
        return replace(segment, intent="what_if", question=True)
    elif segment.intent == "nlu_fallback" and segment.question and _names_an_anticoagulant(turn, segment):
        # "那能不能换成利伐沙班": what the consensus says of that drug
        return replace(segment, intent="ask_dose")
    elif _asks_whether_allowed(turn, segment):
        case.about = "ask_dose"
        return replace(segment, intent="ask_dose")
    elif case.about and _repeats(turn, segment):
        return replace(segment, intent=case.about, question=True)
    elif segment.question and segment.intent != "what_if":
        case.about = None
    return segment


def _asks_to_stop(turn: Turn, segment: Segment) -> bool:
    drugs = [str(one["value"]) for one in turn.message.helpers("drug", segment)]
    return not turn.intake.changed and bool(drug_stopped(turn.case, segment.text, drugs))


def _asks_whether_allowed(turn: Turn, segment: Segment) -> bool:
    """ "利伐沙班行不行" of a patient: that drug's dose and cautions, not everything again."""
    return (
        segment.intent in {"ask_prophylaxis", "ask_treatment"}
        and ALLOWED.search(segment.text) is not None
        and turn.intake.recorded.keys() <= BESIDE
        and len(turn.message.helpers("drug", segment)) == 1
        and _names_an_anticoagulant(turn, segment)
    )


def _names_an_anticoagulant(turn: Turn, segment: Segment) -> bool:
    return any(one["value"] in dose_drugs() for one in turn.message.helpers("drug", segment))


def _repeats(turn: Turn, segment: Segment) -> bool:
    if len(segment.text.strip()) > BARE_CHARACTERS or turn.intake.changed:
        return False
    nothing_to_vary = segment.intent == "what_if" and not turn.case.facts
    if (segment.intent in REPEATABLE or nothing_to_vary) and turn.message.helpers("drug"):
        return True
    if turn.case.about != "ask_dose":
        return False
    if segment.intent == "what_if" and turn.message.supposed():
        # "110公斤头一个月呢": another weight, for which the dose is another one
        return False
    as_phase = segment.intent in REPEATABLE | PHASE_LIKE and names_a_phase(segment.text)
    as_purpose = segment.intent in REPEATABLE | PURPOSE_LIKE and names_a_purpose(segment.text)
    return as_phase or (as_purpose and not WHETHER.search(segment.text))
