"""Emergencies are answered first of all."""

from __future__ import annotations

from typing import Any

from actions.handlers.assessment import question_reply
from actions.handlers.control import take_over
from actions.handlers.emergency_over import blood_was_coughed, is_over
from actions.questions import question_of
from actions.reply.cards import Reply, card
from actions.told.leg_and_chest import chest_beside_a_clot
from actions.turn import Turn
from actions.wording import say
from scoring import dose_advice, dose_drugs

BLEEDING = "active_bleeding"
BLEEDS = frozenset({"major_bleeding", "massive_hemoptysis"})
#: Behind them a bleed is looked for before anything is given.
MAY_BE_BLEEDS = frozenset({"intracranial", "hemoglobin_drop"})
CHEST, BESIDE_A_CLOT, SYNCOPE = "sudden_dyspnea", "chest_beside_clot", "syncope"
#: Below this, or on an anticoagulant, or after a headache, a loss of consciousness may be a bleed.
FEW_PLATELETS = 50
#: What "便血了咋整" is taken for.
WHAT_TO_DO = frozenset({"out_of_scope", "nlu_fallback", "ask_treatment"})


def emergency_reply(turn: Turn) -> list[Reply]:
    """An alert card when this message tells of an emergency; nothing otherwise."""
    if is_over(turn):
        return []
    kinds = list(dict.fromkeys(one["value"] for one in turn.message.helpers("emergency")))
    kinds += [BESIDE_A_CLOT] if chest_beside_a_clot(turn) and CHEST not in kinds else []
    _bleeds_now(turn)
    blood_was_coughed(turn)
    turn.case.breathless = turn.case.breathless or CHEST in kinds
    advice = []
    if turn.intake.changed or kinds:
        advice = [item for item in turn.assessment()["advice"] if item["code"] == "EMERGENCY"]
    known = {item["text"] for item in (turn.before or {}).get("advice", ()) if item["code"] == "EMERGENCY"}
    new = [item for item in advice if item["text"] not in known]
    if not kinds and not new:
        return _bleeding_beside_a_drug(turn) or _still_there(turn)
    texts = [say(f"emergency.{kind}") for kind in kinds] + [item["text"] for item in new]
    open_bleeding = _open_bleeding(turn)
    texts += [item["text"] for item in open_bleeding]
    text = say("reply.emergency", texts="\n".join(dict.fromkeys(texts)))
    items = advice or [_item(texts[0])]
    data = {"code": "EMERGENCY", "emergencies": kinds, "advice": [*items, *open_bleeding]}
    turn.case.emergency = "" if advice else texts[0]
    turn.new_alert = True
    return [card("alert", text, data)]


def _bleeds_now(turn: Turn) -> None:
    """A bleed that calls for help goes on until it has stopped; a coma may be one (P-B3, 2.0-4)."""
    if turn.case.facts.get(BLEEDING) is not None:
        return
    if any(one["value"] in BLEEDS for one in turn.message.helpers("emergency")):
        take_over(turn, {BLEEDING: True})
    elif BLEEDING not in turn.case.facts and _may_be_a_bleed(turn):
        take_over(turn, {BLEEDING: None})


def _still_there(turn: Turn) -> list[Reply]:
    """An emergency is said again with every answer until it is said to be over."""
    if not turn.case.emergency:
        return []
    text = say("reply.emergency_still", text=turn.case.emergency)
    item = _item(turn.case.emergency)
    return [card("alert", text, {"code": "EMERGENCY", "emergencies": [], "advice": [item]})]


def _item(text: str) -> dict[str, Any]:
    return {
        "code": "EMERGENCY", "modality": "recommend", "provisional": False, "text": text,
        "drug": None, "doses": [], "rule": "T5", "source": {"section": "六", "table": None},
    }  # fmt: skip


def _bleeding_beside_a_drug(turn: Turn) -> list[Reply]:
    """P-B3, A46: who asks of a drug while he tells of blood is asked how much, before anything else."""
    advice = _open_bleeding(turn)
    if not advice:
        return []
    turn.new_alert = True
    text = say("reply.bleeding_first", texts="\n".join(item["text"] for item in advice))
    return [card("alert", text, {"code": advice[0]["code"], "emergencies": [], "advice": advice})]


def _open_bleeding(turn: Turn) -> list[dict[str, Any]]:
    """What is said of bleeding of which it is not known whether it goes on, beside a drug or an emergency."""
    told = BLEEDING in turn.intake.recorded and turn.intake.recorded[BLEEDING] is None
    drug = any(one["value"] in dose_drugs() for one in turn.message.helpers("drug"))
    what_to_do = any(one.question and one.intent in WHAT_TO_DO for one in turn.message.segments)
    if not told or not (drug or what_to_do):
        return []
    advice = dose_advice("lmwh", None, None, turn.case.facts)
    return [item for item in advice if item["code"] == "CONTRA_BLEED_OPEN"]


def ask_about_bleeding(turn: Turn) -> list[Reply]:
    """The one question that an alert leaves: whether it bleeds, or still does."""
    facts = turn.case.facts
    said = turn.alerted or BLEEDING in turn.intake.recorded
    if not said or turn.case.pending or BLEEDING not in facts or facts[BLEEDING] is not None:
        return []
    question = question_of(BLEEDING, turn.assessment())
    turn.case.pending = question.pending()
    return [question_reply(question)]


def _may_be_a_bleed(turn: Turn) -> bool:
    """A fall of the haemoglobin, a headache that alarms; a faint with few platelets or on a drug (2.0-4)."""
    kinds = {one["value"] for one in turn.message.helpers("emergency")}
    if kinds & MAY_BE_BLEEDS:
        return True
    if SYNCOPE not in kinds:
        return False
    facts = turn.case.facts
    platelets = facts.get("platelets_e9_l")
    few = isinstance(platelets, (int, float)) and platelets < FEW_PLATELETS
    return few or bool(facts.get("current_anticoagulant")) or "头痛" in turn.message.text
