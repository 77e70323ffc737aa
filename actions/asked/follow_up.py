"""What a few words go on with after an answer: 那怎么办呢, 那改什么, 什么时候取, 你确定吗, 差几分.

The classifier reads a message by itself, and takes such words for something out of scope. What they are about
is decided by the whole message and what was said before (words in data/follow_ups.toml).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.asked.course import established
from actions.asked.general import GENERAL
from actions.case import Case
from actions.message import ANTITHROMBOTICS, Message, Segment
from actions.told.later_facts import LINE, spoken_of, whole
from scoring import assess

#: The drugs against clots that are taken, and so may be stopped.
IN_USE = ("current_anticoagulant", "current_antiplatelet")
#: Characters of a message that only goes on.
LONGEST = 32
#: What another drug is asked for with, in the place of the one that is taken.
EXCHANGED = "换改替代"
DEXAMETHASONE = "dexamethasone_mg_per_cycle"


def follow_up(case: Case, message: Message) -> Message:
    """The message with what it goes on with as its one question; itself where it goes on with nothing."""
    if message.is_bare or message.helpers("emergency") or len(message.text) > LONGEST:
        return message
    if _supposes_less(case, message):
        told = [replace(one, intent="what_if", question=True) for one in message.segments]
        return replace(message, intent="what_if", segments=told)
    found = _found(case, message)
    if found is None:
        return message
    segment = Segment(0, len(message.text) + 1, message.text, True, GENERAL, 1.0, general=found)
    return replace(message, segments=[segment], intent=GENERAL)


def _supposes_less(case: Case, message: Message) -> bool:
    """ "地塞米松减到20mg": another dose than the one of the case, to be compared before it is adopted."""
    asked = DEXAMETHASONE in (case.pending or {}).get("facts", ())
    known = case.facts.get(DEXAMETHASONE) is not None
    return known and not asked and whole("forms", "less", message.text) is not None


def _found(case: Case, message: Message) -> Mapping[str, Any] | None:
    text = message.text
    if whole("forms", "taken_out", text):
        return _taken_out(case)
    if whole("forms", "as_usual", text) and DEXAMETHASONE in (case.pending or {}).get("facts", ()):
        return {"kind": "unsaid", "of": "dexamethasone"}
    if whole("later", "under_the_skin", text) and spoken_of(case, "route"):
        return {"kind": "unsaid", "of": "route"}
    if not {one["entity"] for one in message.mentions} <= ANTITHROMBOTICS:
        return None
    if _has_said(case) and whole("forms", "sure", text):
        return {"kind": "sure"}
    if whole("forms", "elsewhere", text):
        return {"kind": "other_guideline"}
    if "mm_vte" in _scores(case) and whole("forms", "distance", text):
        return {"kind": "distance"}
    return _what_instead(case, message)


def _taken_out(case: Case) -> Mapping[str, Any] | None:
    """ "什么时候取": of the filter that was spoken of, else of the catheter."""
    if spoken_of(case, "filter"):
        return {"kind": "unsaid", "of": "filter"}
    if case.facts.get(LINE) is True or spoken_of(case, "line"):
        return {"kind": "unsaid", "of": "line"}
    return {"kind": "unsaid", "of": "filter"} if established(case) else None


def _what_instead(case: Case, message: Message) -> Mapping[str, Any] | None:
    stopped = whole("forms", "once_stopped", message.text)
    goes_on = stopped or whole("forms", "instead", message.text)
    if goes_on is None:
        return None
    exchanged = stopped or any(word in message.text for word in EXCHANGED)
    if exchanged and any(_is_taken(case, fact) for fact in IN_USE):
        return {"kind": "once_stopped"}
    before = case.asked_before() or {}
    if before.get("tier") or case.stated or not _has_said(case):
        return None  # the tier that was asked about has its drugs
    return {"kind": "instead"}


def _is_taken(case: Case, fact: str) -> bool:
    return case.facts.get(fact) not in (None, False, "无")


def _has_said(case: Case) -> bool:
    return bool(case.cited or case.facts)


def _scores(case: Case) -> Mapping[str, Any]:
    return assess(case.facts)["scores"] if case.facts else {}
