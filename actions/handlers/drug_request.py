"""A question about an anticoagulant: the bridge, a subject of its own, an order to check, or its dose."""

from __future__ import annotations

from actions.asked.bridge_questions import BRIDGE, asks_about_the_bridge, asks_to_stop
from actions.asked.dose_questions import asks_why_so_much, drugs_meant, question_text
from actions.asked.drug_subjects import subject_of
from actions.handlers.dosing import asked_drugs, dose, one_purpose
from actions.handlers.order_check import check_order
from actions.handlers.statements import statement_reply
from actions.message import Segment
from actions.reply.cards import Reply, advice_card, card, source_name
from actions.turn import Turn
from actions.wording import say
from scoring import bridge_advice, dose_advice, quote_of


def answer(turn: Turn, segment: Segment) -> list[Reply]:
    """The first of these that the question is."""
    if not turn.chosen:
        for subject in (_bridge, _subject, _reason, check_order):
            if replies := subject(turn, segment):
                turn.question_settled = not turn.intake.changed or bool(turn.case.pending)
                return replies
    turn.case.dose_topic = None
    return dose(turn, segment)


def _bridge(turn: Turn, segment: Segment) -> list[Reply]:
    """T4: whether LMWH can be stopped, by both conditions."""
    case = turn.case
    if not asks_about_the_bridge(case, turn.message):
        return []
    stopping = asks_to_stop(turn.message) or bool({"inr", "lmwh_days"} & turn.intake.recorded.keys())
    advice = bridge_advice(case.facts, case.special, stopping=stopping)
    case.dose_topic, case.about, case.drug, case.purpose = BRIDGE, "ask_dose", "warfarin", "treatment"
    missing = [fact for item in advice for fact in item.get("facts", ()) if fact in ("lmwh_days", "inr")]
    case.pending = {"facts": missing, "select": "number", "options": []} if len(missing) == 1 else None
    return [advice_card(advice)]


def _subject(turn: Turn, segment: Segment) -> list[Reply]:
    """What one statement answers whatever the drug is given for."""
    drugs = drugs_meant(turn.case, turn.message)
    entry = subject_of(question_text(turn.message), drugs, question=True)
    if entry is None:
        return []
    turn.case.about = "ask_dose" if drugs else turn.case.about
    asked_drugs(turn, segment)
    return [statement_reply(entry)]


def _reason(turn: Turn, segment: Segment) -> list[Reply]:
    """Why a dose is what it is: the words it is taken from; a reason for them the consensus does not give."""
    case = turn.case
    if not asks_why_so_much(case, turn.message):
        return []
    drug = asked_drugs(turn, segment)[0]
    advice = dose_advice(drug, one_purpose(case.purpose), case.phase, case.facts)
    quotes = {quote_of(item["code"], item["rule"]): source_name(item["source"]) for item in advice}
    lines = [
        say("reply.dose_quote", quote=quote, source=source)
        for quote, source in quotes.items()
        if quote and not any(quote in other for other in quotes if other != quote)
    ]
    if not lines:
        return []
    return [
        card(
            "answer", "\n".join([*lines, say("reply.dose_no_reason")]), {"drug": drug, "quotes": list(quotes)}
        )
    ]
