"""What withholds the answer to a question about a drug: bleeding that was told of, an emergency, and patients
whom the consensus does not cover (decisions 2.0 and 2.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.asked.general_words import clot_named
from actions.message import Segment
from actions.reply.cards import Reply, advice_card, card
from actions.turn import Turn
from actions.wording import load, say
from scoring import assess, dose_advice, dose_drugs, special_kinds, special_silent

#: What a question that names a drug may have been taken for.
UNSURE = frozenset(
    {"out_of_scope", "nlu_fallback", "ask_knowledge", "ask_duration", "ask_treatment", "ask_prophylaxis"}
)
#: What is asked of a clot, where bleeding beside it leaves no dose to be listed.
OF_A_CLOT = frozenset({"ask_treatment", "ask_prophylaxis"})
BESIDE_BLEEDING = ("CONTRA_", "TX_CONTRAINDICATED", "TX_FILTER", "ASK_DVT_SITE")
#: What is answered without the drug's dose: what speaks against it.
AGAINST = ("CONTRA_", "SILENT", "RENAL_", "PLT_")


def about_the_covered(turn: Turn, segment: Segment) -> Segment:
    """ "未怀孕，依诺肝素打多少": what is denied puts no question about a drug out of scope."""
    denied = any(one["status"] == "negated" for one in turn.message.helpers("special"))
    if segment.intent == "out_of_scope" and segment.question and denied and _drugs(turn, segment):
        return replace(segment, intent="ask_dose")
    return segment


def held_back(turn: Turn, segment: Segment) -> list[Reply] | None:
    """The answer to a question about a drug that must not be dosed; None where nothing withholds it."""
    drugs = _drugs(turn, segment)
    asks = segment.intent == "ask_dose" or (segment.intent == "what_if" and turn.case.about == "ask_dose")
    if turn.alerted:
        return _beside_the_alert(turn, segment, drugs, asks=asks)
    if asks and (bleeding := _bleeding(turn)):
        return bleeding
    if asks and (general := _bleeding_in_general(turn, segment)):
        return general
    if segment.intent in OF_A_CLOT and (beside := _clot_beside_bleeding(turn, segment)):
        return beside
    if turn.case.special or turn.special:
        return _not_covered(turn, segment, drugs, asks=asks)
    return None


def _drugs(turn: Turn, segment: Segment) -> list[str]:
    named = turn.message.helpers("drug", segment) or turn.message.helpers("drug")
    found = list(dict.fromkeys(one["value"] for one in named if one["value"] in dose_drugs()))
    return found or ([turn.case.drug] if turn.case.drug in dose_drugs() and not named else [])


def _beside_the_alert(turn: Turn, segment: Segment, drugs: list[str], *, asks: bool) -> list[Reply] | None:
    """The alert has answered; of an emergency without bleeding it remains to be said that nothing is said."""
    if segment.intent in ("out_of_scope", "nlu_fallback") or (turn.new_alert and not turn.case.facts):
        return []
    if segment.intent == "ask_treatment" and not turn.case.facts.get("vte_event"):
        return []  # "患者吐血怎么处理" asks of the bleeding, not of a clot
    if not asks and not (drugs and segment.intent in UNSURE):
        return None
    facts = turn.case.facts
    event = facts.get("vte_event")
    established = isinstance(event, str) and not event.startswith("suspected")
    if established and not turn.new_alert and drugs:
        return _bleeding(turn) or None  # a clot that was found is treated, below the reminder
    if established or facts.get("active_bleeding", False) is not False:
        return []
    return [advice_card([special_silent("emergency", _label(turn, drug)) for drug in drugs])] if drugs else []


def _bleeding(turn: Turn) -> list[Reply]:
    """P-B3, A40: no dose while bleeding goes on, nor while it is not known whether it does."""
    advice = dose_advice("lmwh", None, None, turn.case.facts)
    against = [item for item in advice if item["code"].startswith("CONTRA_")]
    if not against:
        return []
    turn.assessment_wanted = True
    return [advice_card(against)]


def _bleeding_in_general(turn: Turn, segment: Segment) -> list[Reply]:
    """ "出血的时候能用依诺肝素吗": nobody's bleeding, and all the same what is asked about (P-B3)."""
    if not re.search(load("cues.toml")["special"]["bleeding"], segment.text):
        return []
    advice = dose_advice("lmwh", None, None, {"active_bleeding": True})
    turn.question_settled = True
    return [advice_card([item for item in advice if item["code"].startswith("CONTRA_")])]


def _clot_beside_bleeding(turn: Turn, segment: Segment) -> list[Reply]:
    """ "DVT合并活动性出血怎么处理": no anticoagulants, but what bleeding forbids and leaves (P-B3, T6)."""
    bleeds = re.search(load("cues.toml")["special"]["bleeds"], segment.text)
    clot = clot_named(segment.text)
    if turn.case.facts or not (bleeds and clot):
        return []
    event = "pe" if clot == "PE" else "dvt"
    advice = assess({"vte_event": event, "active_bleeding": True})["advice"]
    items = [item for item in advice if item["code"].startswith(BESIDE_BLEEDING)]
    turn.question_settled = True
    text = say("reply.bleeding_first", texts="\n".join(item["text"] for item in items))
    return [card("alert", text, {"code": items[0]["code"], "emergencies": [], "advice": items})]


def _not_covered(turn: Turn, segment: Segment, drugs: list[str], *, asks: bool) -> list[Reply] | None:
    """T11: the fixed sentence for whom the consensus does not cover, instead of a dose."""
    kinds = list(dict.fromkeys([*turn.special, *turn.case.special]))
    if drugs and (asks or (turn.special and segment.intent in UNSURE)):
        held = [drug for drug in drugs if any(special_kinds(one, kinds) for one in _members(drug))]
        turn.case.drug = drugs[-1]
        turn.question_settled = turn.question_settled or bool(held)
        return [advice_card(_against(turn, drug, kinds)) for drug in held] or None
    if turn.special and segment.intent in UNSURE and _about_clots(turn, segment):
        turn.question_settled = True
        return [advice_card([special_silent(kind) for kind in turn.special])]
    return None


def _against(turn: Turn, drug: str, kinds: list[str]) -> list[dict[str, Any]]:
    advice = dose_advice(drug, None, None, turn.case.facts, kinds)
    return [item for item in advice if item["code"].startswith(AGAINST)]


def _members(drug: str) -> list[str]:
    members: Mapping[str, list[str]] = load("dosing.toml")["classes"]
    return list(members.get(drug, [drug]))


def _about_clots(turn: Turn, segment: Segment) -> bool:
    own = load("cues.toml")["special"]
    if re.fullmatch(own["goes_on"], segment.text.strip()):
        return True  # "透析病人呢": of such patients, what is spoken of all along
    return "hit" in turn.special or re.search(own["clots"], segment.text, re.IGNORECASE) is not None


def _label(turn: Turn, drug: str) -> str:
    words = [one["text"] for one in turn.message.helpers("drug") if one["value"] == drug]
    return words[0] if words else drug
