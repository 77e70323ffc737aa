"""General knowledge only: for users of whom nobody knows that they are clinicians."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from actions.message import Message

#: What asks about a patient, even when no fact of one is named.
_PATIENT_INTENTS = frozenset(
    {
        "assess_vte_risk", "ask_wells_dvt", "ask_wells_pe", "ask_bleeding_risk", "ask_prophylaxis",
        "ask_dose", "ask_duration", "ask_treatment", "what_if", "accept_what_if", "correct_facts",
        "reassess", "summary",
    }
)  # fmt: skip
#: What is answered with what somebody can do here.
_INTRODUCTIONS = frozenset({"greeting", "help"})
#: Advice cards that decline.
_DECLINING = frozenset({"OUT_OF_SCOPE", "REFER_CLINICIAN", "SILENT"})


def parsed_message(text: str, parsed: Mapping[str, Any]) -> Message:
    """The message as the actions would see it."""
    return Message.from_event({"text": text, "parse_data": parsed})


def is_about_a_patient(message: Message) -> bool:
    """Whether a message states facts of a patient or asks for advice on one."""
    intents = {segment.intent for segment in message.segments}
    return bool(message.about_the_patient() or intents & _PATIENT_INTENTS)


def is_introduction(message: Message) -> bool:
    """Whether a message only says hello or asks for help; the bot's own answer would invite a case."""
    return {segment.intent for segment in message.segments} <= _INTRODUCTIONS


def is_emergency(message: Message) -> bool:
    """Whether a message speaks of an emergency."""
    return bool(message.helpers("emergency"))


def only_general(replies: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The replies without anything that could be advice on a patient."""
    return [reply for reply in replies if _is_general(reply.get("custom") or {})]


def _is_general(card: Mapping[str, Any]) -> bool:
    kind, data = card.get("kind"), card.get("data", {})
    if kind == "advice":
        return all(item["code"] in _DECLINING for item in data["advice"])
    if kind == "question":
        return not data["facts"]
    return kind in (None, "answer")
