"""Dosing questions in one line: which drug, for what, in which phase, for this patient."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from actions.cards import Reply, advice_card
from actions.handlers.menus import menu
from actions.handlers.scope import decline
from actions.message import Segment
from actions.turn import Turn
from actions.wording import load, say
from scoring import dose_advice, dose_drugs

#: 他 and 她 are the patient, whose dose is another question.
PRONOUN = re.compile(r"它|其(?!他|它)|(这|那|该|此)(个|种)?药")


def dose(turn: Turn, segment: Segment) -> list[Reply]:
    """The dose of a drug, or one short choice when drug or purpose is open."""
    drugs = asked_drugs(turn, segment)
    if not drugs and turn.case.drug and PRONOUN.search(segment.text):
        # "那它的剂量呢" of a drug against myeloma
        return decline(turn, segment)
    if not drugs:
        options = [{"title": one["title"], "intent": "ask_dose", "drug": one["id"]} for one in _drugs()]
        return [menu(turn, say("reply.drug_choice"), options)]
    purpose = turn.chosen.get("purpose") or _word(_about(turn, segment), ("prophylaxis", "treatment"))
    replies = _understood(turn, segment)
    for drug in drugs:
        replies += _one_drug(turn, segment, drug, purpose)
    turn.question_settled = not turn.intake.changed or bool(turn.case.pending)
    return replies


def _about(turn: Turn, segment: Segment) -> str:
    """The words that say what the dose is for: "依诺肝素治疗量，58公斤打多少" names that before it asks."""
    elsewhere = turn.message.helpers("drug") and not turn.message.helpers("drug", segment)
    return turn.message.text if elsewhere else segment.text


def _understood(turn: Turn, segment: Segment) -> list[Reply]:
    """How a misspelt name was taken, said before any dose: another drug would have another one."""
    notes = dict.fromkeys(one["note"] for one in turn.message.helpers("drug", segment) if one.get("confirm"))
    return [Reply(say("reply.drug_understood", notes="；".join(notes)))] if notes else []


def asked_drugs(turn: Turn, segment: Segment) -> list[str]:
    """The drugs that the question names; for a pronoun or an ellipsis, the last one spoken of."""
    if turn.chosen.get("drug"):
        named = [turn.chosen["drug"]]
    else:
        spoken = turn.message.helpers("drug", segment) or turn.message.helpers("drug")
        named = list(dict.fromkeys(one["value"] for one in spoken if one["value"] in dose_drugs()))
    if not named and turn.case.drug in dose_drugs():
        named = [turn.case.drug]
    if named:
        turn.case.drug = named[-1]
    return named


def _one_drug(turn: Turn, segment: Segment, drug: str, purpose: str | None) -> list[Reply]:
    purposes = _purposes(drug)
    if purpose is None and len(purposes) > 1 and not _settled_by_facts(turn):
        if turn.case.purpose and turn.case.drug == drug and _is_follow_up(turn, segment):
            purpose = turn.case.purpose
        else:
            titles = load("dosing.toml")["purpose_titles"]
            options = [
                {"title": titles[one], "intent": "ask_dose", "drug": drug, "purpose": one,
                 "question": segment.text} for one in purposes
            ]  # fmt: skip
            return [*_cautions(turn, drug), menu(turn, say("reply.purpose_choice"), options)]
    purpose = purpose or _purpose_from_facts(turn) or (purposes[0] if len(purposes) == 1 else None)
    turn.case.purpose = purpose
    return [_dose_card(turn, drug, purpose, _word(_about(turn, segment), ("later", "initial")))]


def _dose_card(turn: Turn, drug: str, purpose: str | None, phase: str | None) -> Reply:
    advice = dose_advice(drug, purpose, phase, turn.case.facts)
    weight_missing = any(item["code"] == "ASK_WEIGHT" for item in advice)
    turn.case.dose_waiting = {"drug": drug, "purpose": purpose, "phase": phase} if weight_missing else None
    if weight_missing:
        # "65" is then the weight.
        turn.case.pending = {"facts": ["weight_kg"], "select": "number", "options": []}
    return advice_card(advice)


def waiting_dose(turn: Turn) -> list[Reply]:
    """The dose that was asked for before the weight was known."""
    waiting = turn.case.dose_waiting
    if not waiting or "weight_kg" not in turn.intake.recorded:
        return []
    return [_dose_card(turn, waiting["drug"], waiting["purpose"], waiting["phase"])]


def _cautions(turn: Turn, drug: str) -> list[Reply]:
    """What speaks against the drug whatever it is for; the purpose decides only the dose."""
    advice = dose_advice(drug, None, None, turn.case.facts)
    against = [item for item in advice if item["code"].startswith(("RENAL_", "PLT_", "CONTRA_", "SILENT"))]
    return [advice_card(against)] if against else []


def _settled_by_facts(turn: Turn) -> bool:
    return _purpose_from_facts(turn) is not None


def _purpose_from_facts(turn: Turn) -> str | None:
    """An established VTE is treated; without one, a patient whose points call for drugs is protected."""
    event = turn.case.facts.get("vte_event")
    if isinstance(event, str):
        return None if event.startswith("suspected") else "treatment"
    score = turn.assessment()["scores"].get("mm_vte")
    return "prophylaxis" if score and score["settled"] and score["tier"] != "none" else None


def _is_follow_up(turn: Turn, segment: Segment) -> bool:
    return not turn.message.helpers("drug")


def _purposes(drug: str) -> Sequence[str]:
    for one in _drugs():
        if one["id"] == drug:
            purposes: Sequence[str] = one["purposes"]
            return purposes
    classes = load("dosing.toml")["classes"]
    return sorted({purpose for member in classes.get(drug, ()) for purpose in _purposes(member)})


def _drugs() -> list[dict[str, Any]]:
    drugs: list[dict[str, Any]] = load("dosing.toml")["drug"]
    return drugs


def names_a_phase(text: str) -> bool:
    """Whether "第二个月呢" can follow a question about a dose."""
    return _word(text, ("later", "initial")) is not None


def names_a_purpose(text: str) -> bool:
    """Whether "预防呢" can follow a question about a dose."""
    return _word(text, ("prophylaxis", "treatment")) is not None


def _word(text: str, kinds: Sequence[str]) -> str | None:
    words = load("dosing.toml")["words"]
    return next((kind for kind in kinds if any(word in text for word in words[kind])), None)
