"""Treatment of VTE: for this patient when there is a case, in general otherwise."""

from __future__ import annotations

from actions.asked.course import asks_about_therapy, asks_only_how_to_treat, therapy_entry
from actions.handlers.assessment import is_about_a_patient, want
from actions.handlers.statements import statement, statement_reply
from actions.message import Segment
from actions.reply.cards import Reply, advice_card
from actions.turn import Turn
from actions.wording import load, say
from scoring import dose_advice, general_treatment

#: Reasons of their own to anticoagulate.
INDEPENDENT = ("atrial_fibrillation", "mechanical_heart_valve")
#: The sections of the consensus on treatment and diagnosis.
TREATMENT = frozenset({"六"})


def treatment(turn: Turn, segment: Segment) -> list[Reply]:
    """The treatment advice of the consensus; with a case, the assessment carries it."""
    never = load("dosing.toml")["thrombolytics"]["drugs"]
    named = [one["value"] for one in turn.message.helpers("drug") if one["value"] in never]
    if named:
        turn.question_settled = not turn.intake.changed
        return [advice_card(dose_advice(drug, "treatment", None, turn.case.facts)) for drug in named]
    if asks_about_therapy(turn.case, segment.text):
        # T10, whatever else is told beside it
        turn.question_settled = not turn.intake.changed
        return [statement_reply(therapy_entry())]
    plain = asks_only_how_to_treat(segment.text)
    known = None if turn.intake.changed or plain else statement(segment.text, TREATMENT)
    if turn.case.facts.get("vte_event"):
        turn.assessment_wanted = True
        return [known] if known else []
    if known:
        turn.question_settled = True
        return [known]
    if any(turn.case.facts.get(fact) for fact in INDEPENDENT):
        # "合并房颤用什么抗凝": what is given for that is not what a clot is treated with
        turn.assessment_wanted = True
        return []
    if is_about_a_patient(turn.assessment()):
        # "要怎么抗凝" of a patient without a VTE: whether and with what to protect
        return want(turn, segment, "mm_vte")
    advice = general_treatment()
    turn.question_settled = not turn.intake.changed
    return [advice_card(advice, say("reply.treatment_general"))]
