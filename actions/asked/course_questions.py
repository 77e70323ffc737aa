"""Before a message is folded into the case: which of its words ask how long, or what of the myeloma drugs.

The classifier reads a message by itself. That "VGPR呢" varies the case, that "来那度胺停不停" is asked of
a patient with a clot, and that "CR停预防的条件" is asked of nobody in particular, is decided here by rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.asked.course import (
    COURSE,
    DURATION,
    TREATMENT,
    answers,
    asks_about_therapy,
    established,
    has,
    months_named,
    named,
)
from actions.case import Case, FactValue
from actions.message import ANTITHROMBOTICS, HYPOTHETICAL, IN_USE, Message, Segment
from actions.wording import load
from scoring import FACTS, dose_drugs

#: Intents that name the question no better than the words do.
UNSURE = frozenset(
    {
        "ask_duration", "ask_treatment", "ask_prophylaxis", "ask_knowledge", "ask_why", "ask_dose",
        "ask_drug_vte_relation", "assess_vte_risk", "what_if", "reassess", "provide_facts", "out_of_scope",
        "nlu_fallback", "affirm", "deny", "help", "ask_bleeding_risk", "continue",
    }
)  # fmt: skip
#: What a general question may name without being the story of a patient.
NAMEABLE = frozenset(
    {
        "mm_response", "mm_phase", "mm_active", "recurrent_vte", "history_vte", "imid", "imid_drug",
        "regimen", "glucocorticoid", "chemotherapy", "carfilzomib", "current_anticoagulant",
        "current_antiplatelet", "atrial_fibrillation", "mechanical_heart_valve", "on_warfarin",
    }
)  # fmt: skip
#: What is taken against clots, and a clot of the past.
IN_USE_FACTS = frozenset({"current_anticoagulant", "on_warfarin"})
PAST_CLOTS = frozenset({"history_vte", "history_dvt"})
#: How the reader calls an anticoagulant that is not named.
UNNAMED = "抗凝药（品种未说明）"
#: Reasons to take what prevents clots that are not the myeloma.
REASONS = ("atrial_fibrillation", "mechanical_heart_valve")
THERAPY = ("imid", "regimen", "carfilzomib", "glucocorticoid", "chemotherapy")
SHORT = 16
#: Bytes: 40 Chinese characters, or a sentence in English.
LONGEST = 120


def in_course(case: Case, message: Message) -> Message:
    """The message, its segments given the intent that these rules make them."""
    if message.is_bare or message.helpers("emergency"):
        return message
    message = _with_recurrence(case, _with_months(case, _without_asked_drug(message)))
    message = _asking_to_prevent(_with_treated_clot(case, message))
    if any(one.intent not in UNSURE for one in message.segments):
        return message
    if _of_therapy(case, message):
        return _asking(message, TREATMENT)
    if _of_stopping(case, message) or _of_a_drug(case, message):
        return _asking(message, DURATION)
    if facts := _varied(case, message):
        return _supposing(message, facts)
    if _of_nobody(case, message):
        return _general(message)
    return message


def _without_asked_drug(message: Message) -> Message:
    """ "PE确诊后用利伐沙班要打多久": the drug is asked about, not taken."""
    if len(message.segments) > 1 or message.intent != DURATION or not has("how_long", message.text):
        return message
    if IN_USE.search(message.text) or has("goes_on", message.text):
        return message
    left = [one for one in message.entities if one["entity"] not in ANTITHROMBOTICS]
    return replace(message, entities=left)


def _with_months(case: Case, message: Message) -> Message:
    """ "吃了8个月阿司匹林" while it is asked how long: so long prophylaxis has gone on."""
    asked = "months_on_prophylaxis" in (case.pending or {}).get("facts", ())
    asked |= (case.topic or {}).get("intent") == DURATION and not message.helpers("drug")
    clause = has("months_clause", message.text) and not message.helpers("drug")  # else of that drug
    clause = clause and (asked or "duration" in case.goals)
    if established(case) or (len(message.text) > SHORT and not clause):
        return message
    told = [one for one in message.mentions if one["entity"] == "months_on_prophylaxis"]
    drugs = {one["value"] for one in message.helpers("drug")} & set(dose_drugs())
    taken = drugs or has("so_long", message.text)
    # of a patient whose myeloma is treated, and who has no other reason for it
    protected = drugs and has("so_long", message.text) and any(case.facts.get(one) for one in THERAPY)
    protected = protected and not any(case.facts.get(one) for one in REASONS)
    if not (asked or "duration" in case.goals or protected):
        return message
    months = months_named(message.text)
    if told or months is None or not (asked or taken) or any(one.question for one in message.segments):
        return message
    note = None if asked or "duration" in case.goals else load("course.toml")["months"]["taken_as"]
    mention = {**_mention(message, "months_on_prophylaxis", months), "note": note, "unit": "月"}
    return replace(message, entities=[*message.entities, mention])


def _with_recurrence(case: Case, message: Message) -> Message:
    """ "首次" of an established VTE, whatever was asked last (T9)."""
    if established(case) is None or case.facts.get("recurrent_vte") is not None or message.mentions:
        return message
    first = has("first_time", message.text)
    if not first and not has("again", message.text):
        return message
    mention = {**_mention(message, "recurrent_vte", not first), "note": None}
    segments = [replace(one, intent="provide_facts") for one in message.segments]
    return replace(message, intent="provide_facts", entities=[*message.entities, mention], segments=segments)


def _with_treated_clot(case: Case, message: Message) -> Message:
    """ "之前PE已抗凝3个月还要继续吗": a clot that is treated, not one of the past (T7)."""
    clot = named(message.text).get("vte_event")
    treated = has("treated_so_long", message.text) and has("asks_on", message.text)
    if clot is None or not treated or has("treated_before", message.text) or has("denied", message.text):
        return message
    told = {one["entity"] for one in message.mentions}
    general = not (case.facts or told or has("of_one", message.text))
    if general or established(case) or message.intent == "what_if":
        return message
    facts: dict[str, FactValue] = {} if "vte_event" in told else {"vte_event": clot}
    if not told & IN_USE_FACTS and not any(case.facts.get(fact) for fact in IN_USE_FACTS):
        facts["current_anticoagulant"] = _taken_now(message)
    kept = [one for one in message.entities if one["entity"] not in PAST_CLOTS]
    added = [{**_mention(message, fact, value), "note": None} for fact, value in facts.items()]
    return replace(message, entities=[*kept, *added])


def _taken_now(message: Message) -> str:
    """The anticoagulant that the message names as taken, in its own words; else that it is not named."""
    drugs = [one["text"] for one in message.helpers("drug") if one["value"] in dose_drugs()]
    return str(drugs[0]) if drugs else UNNAMED


def _asking_to_prevent(message: Message) -> Message:
    """ "既往DVT抗凝6个月后停药，现拟用来那度胺，要预防吗": whether to begin, not how long."""
    last = message.segments[-1]
    after = has("treated_so_long", message.text) and has("treated_before", message.text)
    whether = has("whether_to_prevent", last.text) or (after and has("prevent_after", last.text))
    if last.intent != DURATION or not whether or "预防" in message.text.replace(last.text, ""):
        return message
    told = [
        replace(one, intent="provide_facts") if one.intent == DURATION else one
        for one in message.segments[:-1]
    ]
    return replace(
        message, intent="ask_prophylaxis", segments=[*told, replace(last, intent="ask_prophylaxis")]
    )


def _of_therapy(case: Case, message: Message) -> bool:
    if not asks_about_therapy(case, message.text):
        return False
    if message.intent == "what_if" and not (established(case) and case.facts.get("imid") is None):
        return False
    return not any(one["value"] in dose_drugs() for one in message.helpers("drug"))


def _of_stopping(case: Case, message: Message) -> bool:
    """ "CR了 预防才3个月 能停吗": a part that asks of nothing but stopping, beside facts of the course."""
    told = COURSE & ({one["entity"] for one in message.mentions} | case.facts.keys())
    last = message.segments[-1]
    unsure = last.intent in ("out_of_scope", "nlu_fallback", "ask_knowledge", "what_if")
    return bool(told) and unsure and has("stopping", last.text)


def _of_a_drug(case: Case, message: Message) -> bool:
    """ "CR了还要打低分子吗": whether the drug goes on, in the words of the rules, not how much of it."""
    drugs = {one["value"] for one in message.helpers("drug")} & set(dose_drugs())
    said = {"mm_response", "mm_phase"} & named(message.text).keys()
    asks = has("goes_on", message.text) and not has("not_goes_on", message.text)
    question = any(one.question for one in message.segments)
    return bool(drugs and said and asks and question) and established(case) is None


def _asking(message: Message, intent: str) -> Message:
    """The last part that asks is the question; the others tell."""
    asking = [place for place, one in enumerate(message.segments) if one.question]
    place = asking[-1] if asking else len(message.segments) - 1
    segments = [
        replace(one, intent=intent, question=True)
        if index == place
        else replace(one, intent="provide_facts")
        if one.intent in ("out_of_scope", "nlu_fallback")
        else one
        for index, one in enumerate(message.segments)
    ]
    return replace(message, intent=intent, segments=segments)


def _varied(case: Case, message: Message) -> dict[str, FactValue]:
    if len(message.text) > SHORT or message.helpers("drug"):
        return {}
    if not (established(case) or COURSE & case.facts.keys()) or case.about == "ask_dose":
        return {}
    return supposed(case, message.text)


def supposed(case: Case, text: str) -> dict[str, FactValue]:
    """What a few words suppose of this case: another response, phase, indication, or fewer months."""
    if not has("varies", text) or has("not_varied", text):
        return {}
    facts = named(text)
    facts.pop("vte_event", None)
    treated = established(case) is not None
    if not facts and "复发" in text:
        facts = {"recurrent_vte": True} if treated else {"mm_phase": "relapse"}
    months = months_named(text)
    if not facts and months and not treated and "duration" in case.goals:
        facts = {"months_on_prophylaxis": months}
    return {fact: value for fact, value in facts.items() if case.facts.get(fact) != value}


def _supposing(message: Message, facts: Mapping[str, FactValue]) -> Message:
    end = len(message.text)
    entities = [one for one in message.entities if one["entity"] not in FACTS]
    entities += [_mention(message, fact, value) for fact, value in facts.items()]
    segment = Segment(0, end + 1, message.text, True, "what_if", 1.0)
    return replace(message, intent="what_if", entities=entities, segments=[segment])


def _mention(message: Message, fact: str, value: FactValue) -> dict[str, Any]:
    status = "negated" if value is False else "affirmed"
    return {
        "entity": fact, "value": value, "text": message.text, "start": 0, "end": len(message.text),
        "status": status, "unit": None, "note": HYPOTHETICAL, "confirm": False,
    }  # fmt: skip


def _of_nobody(case: Case, message: Message) -> bool:
    """A question of patients in general: it names no figure, and nothing was told of a patient."""
    if (
        COURSE & case.facts.keys()
        or established(case)
        or len(message.text.encode()) > LONGEST
        or case.pending
    ):
        return False
    if not {one["entity"] for one in message.mentions} <= NAMEABLE or len(message.segments) > 1:
        return False
    if message.intent in ("provide_facts", "what_if") and not (
        message.segments[0].question or has("general", message.text)
    ):
        return False
    return has("asks", message.text) and bool(answers(message.text))


def _general(message: Message) -> Message:
    """The whole message asks; what it names is of nobody in particular."""
    segment = Segment(0, len(message.text) + 1, message.text, True, DURATION, 1.0)
    entities = [one for one in message.entities if one["entity"] not in FACTS]
    return replace(message, intent=DURATION, entities=entities, segments=[segment])
