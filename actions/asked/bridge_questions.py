"""Whether a message asks about the way from LMWH to warfarin, and the day of it that it names."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.asked.phases import day_of
from actions.case import Case
from actions.message import TOLD, Message

BRIDGE = "bridge"
HEPARINS = frozenset({"enoxaparin", "dalteparin", "lmwh", "nadroparin", "unfractionated_heparin"})
#: What belongs to the prevention of clots, whose end is another question.
_PREVENTION = frozenset({"months_on_prophylaxis", "mm_response", "mm_phase"})
_BLEEDING = frozenset({"active_bleeding", "hemoptysis"})
_STOPS = re.compile(
    r"停|撤|不打了|还(要|用|需要?)?(继续)?打|继续打|单用|单药|只吃|光吃|过渡|转成?华法林|换成?华法林|stop|discontinue",
    re.IGNORECASE,
)
_BRIDGES = re.compile(r"桥接|过渡|重叠|衔接|bridg|overlap", re.IGNORECASE)
_TOGETHER = re.compile(r"同时|一起|一块|合用|联用|先[打用]|together|along with", re.IGNORECASE)
_ASKS = re.compile(r"吗|么|不|没|怎|咋|如何|几|多|能|可|要|[?？]|can|when", re.IGNORECASE)
_SHORT = 40
#: LMWH given for so long may be the beginning of warfarin; after months the end of treatment is meant.
_FIRST_DAYS = 21
#: Bleeding, an operation and prevention have answers of their own.
_ANOTHER_MATTER = re.compile(
    r"(?<![无没认未])([便呕咯尿吐流]血|黑便)|术[前后中]|手术|穿刺|麻醉|预防|拔牙|镜检"
)
#: What a message may tell that goes on with the bridge.
_STATE = frozenset({"inr", "lmwh_days", "weight_kg"})
_TOLD = _STATE | {"current_anticoagulant", "on_warfarin"}


def asks_about_the_bridge(case: Case, message: Message) -> bool:
    """ "打了4天依诺肝素，INR 2.3，能停吗"; after such a question, "第6天 INR 1.8"."""
    facts = {one["entity"] for one in message.mentions}
    bleeds = any(one["entity"] in _BLEEDING and one["value"] is not False for one in message.mentions)
    preventing = _PREVENTION & case.facts.keys() and not case.facts.get("vte_event")
    if preventing or bleeds or facts & _PREVENTION or _ANOTHER_MATTER.search(_asked_in(message)):
        return False
    if case.dose_topic == BRIDGE and _goes_on(case, message, facts):
        return True
    drugs = {one["value"] for one in message.helpers("drug")}
    asks = any(one.question for one in message.segments) or bool(_ASKS.search(message.text))
    warfarin = "warfarin" in drugs or bool(case.facts.get("on_warfarin"))
    # "用依诺肝素3天，INR 1.6，怎么桥接": the INR says that it is warfarin which LMWH leads to
    leads_to_warfarin = warfarin or ("inr" in facts and bool(drugs & HEPARINS))
    if leads_to_warfarin and asks and _BRIDGES.search(message.text):
        return True
    if {"warfarin"} < drugs & (HEPARINS | {"warfarin"}) and asks and _TOGETHER.search(_asked_in(message)):
        return True
    day = day_of(message.text)
    first_days = day is not None and day <= _FIRST_DAYS
    stops = asks_to_stop(message) and bool(drugs & HEPARINS)
    return asks and stops and (warfarin or "inr" in facts or first_days)


def asks_to_stop(message: Message) -> bool:
    """Whether it asks for the end of LMWH, and not only how warfarin is begun."""
    return _STOPS.search(_asked_in(message)) is not None


def _asked_in(message: Message) -> str:
    """A short message as a whole; of a case with its question the question."""
    if len(message.text) <= _SHORT:
        return message.text
    return "".join(one.text for one in message.segments if one.question)


def _goes_on(case: Case, message: Message, facts: set[str]) -> bool:
    if len(message.text) > _SHORT or not facts <= _TOLD:
        return False
    pending = case.pending or {}
    if not set(pending.get("facts", ())) <= _STATE and pending.get("select") == "number":
        return False
    drugs = {one["value"] for one in message.helpers("drug")}
    said = bool(facts & _STATE) or day_of(message.text) is not None
    return drugs <= HEPARINS | {"warfarin", "anticoagulant"} and (said or bool(_STOPS.search(message.text)))


def with_the_day(case: Case, message: Message) -> Message:
    """The message with the day of LMWH as a fact, named without the drug too: "已经打了4天了", "第6天"."""
    day = day_of(message.text)
    if any(one["entity"] == "lmwh_days" for one in message.mentions):
        entities = [{**one, TOLD: True} if one["entity"] == "lmwh_days" else one for one in message.entities]
        return replace(message, entities=entities)
    if day is None:
        return message
    named = {
        "entity": "lmwh_days", "value": int(day), "text": message.text.strip()[:24], "start": 0,
        "end": len(message.text), "status": "affirmed", "unit": "天", "note": None, "confirm": False,
        TOLD: True,
    }  # fmt: skip
    return replace(message, entities=[*message.entities, named])
