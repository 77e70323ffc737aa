"""What is asked while an emergency or a bleed stands open is answered in words, never passed over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from actions.asked.general_words import clot_named
from actions.handlers.statements import statement_of
from actions.reply.cards import Reply, advice_card
from actions.turn import Turn
from actions.wording import load
from scoring import assess, dose_drugs, silent_advice

#: Characters of one question.
LONGEST = 40
OPEN = ("EMERGENCY", "CONTRA_", "REFER_CLINICIAN")
BLEEDING = ("CONTRA_", "REFER_CLINICIAN")
#: What holds of anybody's bleeding.
IN_GENERAL = frozenset({"EMERGENCY", "CONTRA_ACTIVE_BLEED"})
REPERFUSION = "reperfusion"
RESTART, STOP = "restart", "stop"


def urgent_answer(turn: Turn) -> list[Reply]:
    """What to do now, whether to stop, when to take up again; nothing where no emergency is open."""
    kind = _kind(turn)
    if kind is None:
        return []
    if kind["id"] == STOP and _has_bled(turn, on_a_drug=True):
        kind = _named(RESTART)
    advice = turn.assessment()["advice"]
    bleeds = any(item["code"].startswith(BLEEDING) for item in advice)
    resumes = kind["id"] == RESTART and _has_bled(turn, on_a_drug=False)
    urgent = not kind.get("bleeding") and _is_open(turn, advice)
    if not (bleeds or resumes or urgent):
        return _bleeding_in_general(turn, kind)
    found = [item for item in advice if item["code"].startswith(tuple(kind.get("codes", ())))]
    if "silent" in kind:
        said = silent_advice(kind["silent"], kind["rule"], kind["section"])
        found += [said] if said["text"] not in {item["text"] for item in found} else []
    replies = [statement_of(entry) for entry in kind.get("entries", ())]
    embolism = _embolism(turn, kind)
    if embolism:
        found = [item for item in found if item["code"] != "DX_DDIMER_IMAGING"]
    replies += [advice_card(found)] if found else []
    return [*replies, *embolism]


def _bleeding_in_general(turn: Turn, kind: Mapping[str, Any]) -> list[Reply]:
    """ "出血 MM 怎么办" of nobody in particular: what bleeding forbids, and what it leaves (P-B3)."""
    bleeds = re.search(load("cues.toml")["special"]["bleeds"], turn.message.text)
    if kind["id"] != "what_to_do" or turn.case.facts or not bleeds or clot_named(turn.message.text):
        return []
    advice = assess({"active_bleeding": True}, asked=["mm_vte"])["advice"]
    return [advice_card([item for item in advice if item["code"] in IN_GENERAL])]


def _kind(turn: Turn) -> Mapping[str, Any] | None:
    """Which of these questions the message is; none where it is of another matter."""
    text, words = turn.message.text, load("urgent.toml")
    if len(text) > LONGEST or re.search(words["other_matter"]["words"], text):
        return None
    if any(one["value"] not in dose_drugs() for one in turn.message.helpers("drug")):
        return None
    return next((one for one in _kinds() if re.search(one["words"], text, re.IGNORECASE)), None)


def _kinds() -> list[Mapping[str, Any]]:
    kinds: list[Mapping[str, Any]] = load("urgent.toml")["question"]
    return kinds


def _named(name: str) -> Mapping[str, Any]:
    return next(one for one in _kinds() if one["id"] == name)


def _is_open(turn: Turn, advice: list[Mapping[str, Any]]) -> bool:
    """Whether an emergency was told of before; of a new one the alert itself says what to do."""
    known = (turn.before or {}).get("advice", ())
    urgent = any(item["code"].startswith(OPEN) for item in known) and any(
        item["code"].startswith(OPEN) for item in advice
    )
    return urgent or (bool(turn.case.emergency) and not turn.message.helpers("emergency"))


def _has_bled(turn: Turn, *, on_a_drug: bool) -> bool:
    """A bleed that is over: an anticoagulant is taken up again, or not; ``on_a_drug``: of who takes one."""
    facts = turn.case.facts
    bled = facts.get("bleeding_within_3_months") is True and facts.get("active_bleeding") is not True
    taken = facts.get("current_anticoagulant") not in (None, "无") or facts.get("vte_event")
    return bled and bool(taken or not on_a_drug)


def _embolism(turn: Turn, kind: Mapping[str, Any]) -> list[Reply]:
    """What is done of an embolism that is only suspected: how it is found, and T5; never beside a bleed."""
    facts, case = turn.case.facts, turn.case
    event = facts.get("vte_event")
    established = isinstance(event, str) and not event.startswith("suspected")
    bleeds = facts.get("active_bleeding", False) is not False
    in_question = case.breathless or event == "suspected_pe" or facts.get("limb_threatening_dvt") is True
    if kind["id"] != "what_to_do" or established or bleeds or not in_question:
        return []
    unstable = facts.get("hemodynamic_instability") is True or facts.get("limb_threatening_dvt") is True
    return [_found_by(turn), *([statement_of(REPERFUSION)] if unstable else [])]


def _found_by(turn: Turn) -> Reply:
    """D5, whatever else the case is about."""
    advice = assess(turn.case.facts, asked=["wells_pe"])["advice"]
    return advice_card([item for item in advice if item["code"] == "DX_DDIMER_IMAGING"])
