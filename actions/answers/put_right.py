"""Corrections that do not read as facts by themselves: "3.2g/dl才对", "BMI按27.7算", "不是肝硬化"."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.asked.ellipsis import accepted, called_wrong, corrected_number, fits
from actions.asked.general_words import facts_named
from actions.case import Case, FactValue
from actions.message import Message, Segment
from actions.wording import load
from scoring import FACTS

#: What such a correction may have been taken for.
UNSURE = frozenset(
    {"out_of_scope", "nlu_fallback", "ask_knowledge", "provide_facts", "deny", "affirm", "what_if"}
)
CORRECTION = "correct_facts"
#: Words as short as this name nothing.
_SHORTEST, _LONGEST = 2, 24


def as_correction(case: Case, message: Message) -> Message:
    """The message as a correction of the case, where it has the form of one and tells nothing else."""
    intents = {one.intent for one in message.segments}
    none = (message.answer or {}).get("none_of_above")
    if not case.facts or message.is_bare or none or not intents <= UNSURE | {CORRECTION} or _tells(message):
        return message
    text = message.text.strip()
    if called_wrong(case, text):  # "不对" denies nothing that was asked
        message = replace(message, answer=None)
        return replace(message, intent=CORRECTION, segments=[_corrects(one) for one in message.segments])
    form = _match("value", text) or _match("counted_as", text) or denied_words(text)
    if not form or len(text) > _LONGEST or any(one.question for one in message.segments):
        return message
    if case.pending and denied_words(text) and not retracted(case, message):
        return message  # "没有发热" answers, or tells, what the case does not know
    return replace(message, intent=CORRECTION, segments=[_corrects(one) for one in message.segments])


def _corrects(segment: Segment) -> Segment:
    return replace(segment, intent=CORRECTION)


def right_value(case: Case, message: Message) -> dict[str, FactValue]:
    """The value that is put right: of the one told quantity that it fits, or of the one that is named."""
    text = message.text.strip()
    if value := _match("value", text):
        read = (message.answer or {}).get("values") or {}
        told = {fact: read[fact] for fact in read if fact in case.facts}
        near = {fact: read[fact] for fact in told if fits(case, fact, float(read[fact]))}
        for found in (told, near):
            if len(found) == 1:
                return found
        return corrected_number(case, value["number"]) if not read else {}
    if counted := _match("counted_as", text):
        named = [fact for fact in facts_named(counted["name"]) if FACTS[fact].kind == "number"]
        number = float(counted["number"])
        if len(named) == 1 and _in_its_unit(named[0], counted["unit"]) and accepted(named[0], number):
            return {named[0]: number}
    return {}


def retracted(case: Case, message: Message) -> list[str]:
    """The facts that were read from the words that are now denied: "蜂窝织炎已排除"."""
    words = denied_words(message.text.strip())
    if not words or _tells(message):
        return []
    known = {fact: one.text for fact, one in case.evidence.items() if case.facts.get(fact) is not False}
    exact = [fact for fact, text in known.items() if text == words]
    near = [
        fact
        for fact, text in known.items()
        if len(text) >= _SHORTEST and len(text) <= _LONGEST and (text in words or words in text)
    ]
    return [fact for fact in exact or near if fact in case.facts]


def denied_words(text: str) -> str:
    """What a few words deny: "不是肝硬化", "不对，蜂窝织炎已排除"; empty where they deny nothing."""
    found = _match("denied", text)
    words = (found["before"] or found["behind"] or "").strip() if found else ""
    return words if len(words) >= _SHORTEST else ""


def _tells(message: Message) -> bool:
    return any(not one.get("implied") for one in message.mentions) or bool(message.helpers("emergency"))


def _in_its_unit(fact: str, unit: str) -> bool:
    """Whether a number stands in the fact's own unit: one without any is meant so."""
    own = (FACTS[fact].unit or "").lower()
    return not unit.strip() or unit.strip().lower() in {own, *load("put_right.toml")["units"].get(fact, ())}


def _match(name: str, text: str) -> re.Match[str] | None:
    return re.fullmatch(load("put_right.toml")[name], text, re.IGNORECASE)
