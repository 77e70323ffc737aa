"""Before a message is folded into the case: which of its parts ask in general.

What such a part names is no fact of a patient (contract, section 4: only what is stated is). What it asks is
found by the rules of general_kinds.py; what fits none of them is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.asked.general_kinds import (
    ANSWERED_ELSEWHERE,
    BESIDE_A_TIER,
    KNOWLEDGE,
    NUMBERS,
    OF_A_PATIENT,
    OF_BLEEDING,
    VERY_SHORT,
    Found,
    named_drugs,
    of_item,
    of_level,
    of_mm_therapy,
    of_pair,
    of_regimens,
    of_relation,
    of_result,
    of_silent,
    of_stated_scores,
    of_subject,
    of_tier,
)
from actions.asked.general_words import (
    asks,
    clot_named,
    has,
    in_figures,
    of_another_illness,
    subject_of,
    tier_named,
)
from actions.asked.general_words import facts_named as facts_in
from actions.asked.knowledge import find
from actions.case import Case
from actions.message import Message, Segment
from actions.wording import load

GENERAL = "ask_general"
_ASKING = re.compile(r"^那么?|怎么[办样]|咋[办样]|怎么处理|[呢啊呀吗\s?？。]+$")
#: What steers the conversation is no question in general.
STEERING = frozenset(
    {
        "new_patient", "undo", "accept_what_if", "correct_facts", "reassess", "summary", "continue",
        "greeting", "thanks", "goodbye", "skip",
    }
)  # fmt: skip
#: What may be told in the same breath as the question it belongs to: "INR 1.5 肝硬化 算分不".
OF_THE_LIVER = frozenset({"inr", "hepatic_insufficiency", "on_warfarin"})
UNSURE = frozenset({"out_of_scope", "nlu_fallback", "provide_facts", "ask_knowledge"})
#: What follows on a subject names none of its own.
A_FOLLOW_UP = 5
#: Lengths in characters.
SHORT = 36


def in_general(case: Case, message: Message) -> Message:
    """The message, its questions in general marked: each answered, and nothing in them taken for a fact."""
    message = _without_scores(message)
    if message.is_bare or _is_urgent(message) or _steers(message) or _is_foreign(message):
        return message
    if len(message.text) <= SHORT and (found := of_tier(case, message)):
        return _marked_whole(message, found)
    if found := of_result(message) or of_silent(case, message.text) or of_regimens(case, message):
        return _marked_whole(message, found)
    if found := of_mm_therapy(case, message):
        return _marked_whole(message, found)
    if found := of_stated_scores(case, message):
        return _marked_whole(message, found)
    if found := _of_a_total(case, message):
        return _without_hints(_marked_whole(message, found))
    if len(message.segments) > 1 and (found := _of_whole(case, message)):
        return _without_hints(_marked_whole(message, found))
    segments: list[Segment] = []
    about = ""
    for segment in message.segments:
        found = _of_segment(case, message, segment, about)
        if segments and has("pronoun", segment.text):
            found = segments[-1].general  # "跟这个药有关系吗": the same question once more
        about = clot_named(segment.text) or about
        segments.append(_marked(segment, found) if found else _covered(case, segment))
    return _without_hints(replace(message, segments=segments))


def _is_urgent(message: Message) -> bool:
    """Whether an emergency, bleeding or what the consensus does not cover is told: that comes first."""
    told = [*message.helpers("emergency"), *message.helpers("special")]
    bleeds = [one for one in message.mentions if one["entity"] in OF_BLEEDING]
    return any(one["status"] != "negated" for one in told) or any(one["value"] is not False for one in bleeds)


def _without_scores(message: Message) -> Message:
    """ "VTE 14 出血 2" tells scores: neither a clot nor a bleed."""
    both = [has(name, message.text) for name in ("score_of_clots", "score_of_bleeding")]
    spans = [found.span() for found in both if found]
    if not both[0] or not spans:
        return message
    kept = [
        one
        for one in message.entities
        if one["entity"] not in OF_BLEEDING | {"vte_event", "history_vte"}
        or not any(start <= one["start"] < end for start, end in spans)
    ]
    return replace(message, entities=kept)


def _steers(message: Message) -> bool:
    """Whether the message steers the conversation; a table that is asked for is no summary of the case."""
    steering = {one.intent for one in message.segments} & STEERING
    return bool(steering) and not (steering == {"summary"} and has("table", message.text))


def _is_foreign(message: Message) -> bool:
    """Whether it is about what has guidance of its own, or a drug whose dose is never given."""
    if set(named_drugs(message)) & set(load("dosing.toml")["thrombolytics"]["drugs"]):
        return True
    ours = has("of_myeloma", message.text) or of_another_illness(message.text)
    counted = has("arterial_in_family", message.text.strip())
    return has("foreign", message.text) is not None and not (ours or counted)


def _without_hints(message: Message) -> Message:
    """Beside a question in general, "她" opens no case: what is only implied is no reason to."""
    if not any(one.general is not None for one in message.segments):
        return message
    return replace(message, entities=[one for one in message.entities if not one.get("implied")])


def _marked(segment: Segment, found: Mapping[str, Any]) -> Segment:
    return replace(segment, intent=GENERAL, question=True, general=found)


def _marked_whole(message: Message, found: Mapping[str, Any]) -> Message:
    beyond = len(message.text) + 1
    marked = _marked(Segment(0, beyond, message.text, True, GENERAL, 1.0), found)
    if found["kind"] != "stated":
        return replace(message, segments=[marked])
    # the facts beside scores that are told are facts of the case all the same
    told = [replace(one, intent="provide_facts") for one in message.segments]
    return replace(message, segments=[*told, replace(marked, start=beyond, end=beyond)])


def _covered(case: Case, segment: Segment) -> Segment:
    """Prevention of clots in myeloma is not out of scope for another illness that is named beside it."""
    if segment.intent in UNSURE and has("how_long_in_english", segment.text):
        return replace(segment, intent="ask_duration", question=True)
    if case.facts and has("what_is_advised", segment.text.strip()):
        return replace(segment, intent="ask_prophylaxis", question=True)
    asked = segment.intent == "out_of_scope" and has("prevent", segment.text)
    if asked and has("of_mm", segment.text) and has("of_clots", segment.text):
        return replace(segment, intent="ask_prophylaxis")
    return segment


def _whole(message: Message) -> Segment:
    return Segment(0, len(message.text) + 1, message.text, True, "ask_knowledge", 1.0)


def _of_a_total(case: Case, message: Message) -> Found:
    """A total and nothing else that is told, of whomever: "他是10分，算高危吗"."""
    told = {one["entity"] for one in message.mentions if not one.get("implied")}
    of_a_score = told <= {"vte_event"} and has("scale_words", message.text) if told else True
    if not of_a_score or len(message.text) > SHORT or has("how_long", message.text):
        return None
    if not asks(message.text, question=False) or (case.facts and has("how_counted", message.text)):
        return None
    steers = any(one.intent in ANSWERED_ELSEWHERE - {"ask_why"} for one in message.segments)
    return None if steers else of_level(case, message, _whole(message))


def _of_whole(case: Case, message: Message) -> Found:
    """A short message that was cut in two but is one question: "INR 1.5 肝硬化 算分不"."""
    whole, told = _whole(message), {one["entity"] for one in message.mentions}
    if len(message.text) > SHORT or sum(one.question for one in message.segments) > 1:
        return None
    if not _may_be_general(case, message, whole):
        return None
    if found := of_subject(case, message, whole):
        return found
    if has("each", whole.text) and (found := of_relation(case, message, whole)):
        return found
    return of_item(case, message, whole) if told and told <= OF_THE_LIVER else None


def _of_segment(case: Case, message: Message, segment: Segment, about: str) -> Found:
    if not _may_be_general(case, message, segment):
        return None
    for rule in (of_pair, of_level, of_item, of_relation, of_subject, _follow_up):
        if found := rule(case, message, segment):
            return found
    return _of_statement(case, message, segment, about)


def _may_be_general(case: Case, message: Message, segment: Segment) -> bool:
    """Whether the part asks, and neither tells of somebody nor asks how this patient was counted."""
    named = {one["entity"] for one in message.mentions_in(segment)}
    if {"age_years", "sex"} <= named or "regimen" in named:
        return False
    if has("personal", segment.text) and not has("of_relatives", segment.text):
        return False
    if case.facts and has("how_counted", segment.text):
        return False
    return asks(segment.text, question=segment.question)


def _follow_up(case: Case, message: Message, segment: Segment) -> Found:
    """A few words that go on with what was asked in general just before."""
    before, text = case.asked_before(), in_figures(segment.text)
    supposed = case.facts and segment.intent == "what_if" and message.mentions
    if before is None or len(text) > VERY_SHORT or supposed:
        return None
    if has("bare_why", text):
        return None if case.pending else {**before, "kind": "reason"}
    if has("then_what", text) and before.get("tier"):
        return {"kind": "tier", "tier": before["tier"], "facts": {}, "drugs": []}
    if not has("goes_on", text) or segment.intent == "ask_duration":
        return None
    if tier := tier_named(text):
        return {"kind": "tier", "tier": tier, "facts": {}, "drugs": before.get("drugs", [])}
    values = {one["entity"]: one["value"] for one in message.mentions_in(segment) if one["value"] is not None}
    if before["kind"] == "tier" and values and values.keys() <= BESIDE_A_TIER and not case.facts:
        # "血小板51呢": the same tier with another value
        return {**before, "facts": {**before["facts"], **values}}
    if before["kind"] == "item" and (values or facts_in(text)):
        merged = {**(before.get("values") or {}), **values}
        return {
            "kind": "item",
            "values": merged,
            "named": sorted(facts_in(text)),
            "scale": before.get("scale"),
        }
    return None if values or segment.intent == "ask_dose" else _on_the_same(str(before["question"]), text)


def _on_the_same(question: str, text: str) -> Found:
    """ "低于五十怎么办" after a question about the platelets."""
    found = has("followed_up", question)
    subject = clot_named(question) or (found[0] if found else "")
    own = _ASKING.sub("", text)
    if subject and len(own) <= A_FOLLOW_UP and len(find(f"{subject}{text}")) == 1:
        return {"kind": "statement", "question": f"{subject}{text}"}
    return None


def _of_statement(case: Case, message: Message, segment: Segment, about: str) -> Found:
    """What a statement of the consensus answers, asked of nobody."""
    own = (case.facts or message.mentions) and has("own_score", segment.text)
    if segment.intent in ANSWERED_ELSEWHERE or len(segment.text) > SHORT or own:
        return None
    told = {one["entity"] for one in message.mentions_in(segment) if one["value"] is not None}
    known = segment.intent in KNOWLEDGE
    if told & (NUMBERS | {"sex"}) or not (known or has("in_general", segment.text)):
        return None
    question = segment.text if clot_named(segment.text) else f"{about}{segment.text}"
    if entries := subject_of(question, drug=False):
        return {"kind": "subject", "entries": list(entries)}
    question = question if find(question) else segment.text
    found = find(question)
    if not found and not (known and told):
        return None
    if segment.intent in OF_A_PATIENT and len(found) != 1:
        return None
    unsure = segment.intent in ("out_of_scope", "nlu_fallback", "provide_facts")
    if unsure and (len(found) != 1 or not clot_named(segment.text)):
        return None
    return {"kind": "statement", "question": question}
