"""Orders beside the doses of the consensus: one drug, or each of several and their combination."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from actions.asked.dose_questions import order_in, orders_in, question_text
from actions.asked.orders import CHECK
from actions.handlers.dosing import (
    ANY_PURPOSE,
    asked_drugs,
    bears_on_dose,
    drug_titles,
    known_facts,
    one_purpose,
    purpose_of,
    stated_phase,
    understood,
)
from actions.message import Segment
from actions.reply.cards import Reply, advice_card
from actions.turn import Turn
from actions.wording import say
from scoring import Order, order_advice, silent_advice

#: "依诺肝素40mg还是利伐沙班10mg": one or the other, or one after the other.
_NOT_AT_ONCE = re.compile(
    r"还是|或|改|换|停|之后|然后|序贯|(?<![a-z])(?:or|then|switch)(?![a-z])", re.IGNORECASE
)
#: T4: warfarin is begun with LMWH.
_BRIDGED = frozenset({"enoxaparin", "dalteparin", "lmwh", "warfarin"})
_SEVERAL = 2


def check_order(turn: Turn, segment: Segment) -> list[Reply]:
    """What the consensus says of the order that the message asks about; nothing where it asks about none."""
    order = order_in(turn.message)
    if order is None or not CHECK.search(question_text(turn.message)):
        return []
    drugs = asked_drugs(turn, segment)
    if not drugs:
        return []
    orders = orders_in(turn.message) if len(drugs) >= _SEVERAL else {drugs[0]: order}
    case = turn.case
    case.about, case.dose_topic, case.checked_turn = "ask_dose", None, case.turn
    asked = [_remembered(turn, segment, drug, one) for drug, one in orders.items()]
    case.dose_given = {"asked": asked, "together": _together(drugs, turn.message.text), "turn": case.turn}
    return [*understood(turn, segment), checked(turn, case.dose_given)]


def _remembered(turn: Turn, segment: Segment, drug: str, order: Order) -> dict[str, Any]:
    case, purpose = turn.case, purpose_of(turn, segment, drug)
    # "吃了两周了" is a phase only of treatment
    phase = stated_phase(turn, segment, drug) if purpose else None
    case.drug, case.purpose, case.phase = drug, purpose or ANY_PURPOSE, phase
    return {"drug": drug, "purpose": purpose, "phase": phase, "order": asdict(order)}


def _together(drugs: list[str], text: str) -> list[str]:
    """The drugs that are ordered at once, of which the consensus says nothing (A42)."""
    bridged = "warfarin" in drugs and set(drugs) <= _BRIDGED
    return [] if len(drugs) < _SEVERAL or bridged or _NOT_AT_ONCE.search(text) else drugs


def order_again(turn: Turn) -> list[Reply]:
    """The orders that were checked a few turns ago, where kidney, platelets or a bleed are told since."""
    given = turn.case.dose_given
    if not given or "together" not in given or not bears_on_dose(turn, given):
        return []
    turn.case.dose_given = {**given, "turn": turn.case.turn}
    return [checked(turn, given)]


def checked(turn: Turn, given: Mapping[str, Any]) -> Reply:
    """The orders beside the doses of the consensus, with the facts that are known now."""
    advice: list[dict[str, Any]] = []
    if given["together"]:
        drugs = "与".join(drug_titles(turn, given["together"]))
        advice.append(silent_advice(say("general.together", drugs=drugs), "A42", "五（三）"))
    for one in given["asked"]:
        found: list[dict[str, Any]] = order_advice(
            one["drug"], Order(**one["order"]), one_purpose(one["purpose"]), one["phase"], known_facts(turn)
        )
        advice += [item for item in found if item not in advice]
    return advice_card(advice, say("reply.order_each")) if given["together"] else advice_card(advice)
