"""What the bot does for each intent: one function each, in the file of its subject."""

from __future__ import annotations

from collections.abc import Callable

from actions.handlers import (
    assessment,
    control,
    drug_request,
    duration,
    explain,
    knowledge,
    reassess,
    scope,
    treatment,
    what_if,
)
from actions.message import Segment
from actions.reply.cards import Reply
from actions.turn import Turn

Handler = Callable[[Turn, Segment], list[Reply]]

HANDLERS: dict[str, Handler] = {
    "assess_vte_risk": assessment.vte_risk,
    "ask_wells_dvt": assessment.wells_dvt,
    "ask_wells_pe": assessment.wells_pe,
    "ask_bleeding_risk": assessment.bleeding_risk,
    "ask_prophylaxis": assessment.prophylaxis,
    "reassess": reassess.reassess,
    "continue": control.carry_on,
    "new_patient": control.new_patient,
    "correct_facts": control.correct,
    "summary": control.summary,
    "ask_why": explain.why,
    "help": control.show_help,
    "greeting": control.greeting,
    "thanks": control.thanks,
    "goodbye": control.goodbye,
    "ask_dose": drug_request.answer,
    "ask_duration": duration.duration,
    "ask_treatment": treatment.treatment,
    "ask_drug_vte_relation": knowledge.drug_relation_reply,
    "ask_knowledge": knowledge.knowledge,
    "what_if": what_if.what_if,
    "accept_what_if": what_if.accept,
    "out_of_scope": scope.decline,
}
