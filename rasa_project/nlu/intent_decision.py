"""From probabilities to intents: the threshold of each segment, and which segment speaks for the message."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rasa_project.nlu.intent_features import Evidence, concepts

FALLBACK = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"
PROVIDE_FACTS = "provide_facts"
CORRECT_FACTS = "correct_facts"

# The most important first: what changes the case, then what is asked, then what is merely told or said.
IMPORTANCE = (
    "new_patient",
    "undo",
    "accept_what_if",
    "what_if",
    "correct_facts",
    "reassess",
    "ask_treatment",
    "ask_dose",
    "ask_duration",
    "ask_prophylaxis",
    "ask_wells_pe",
    "ask_wells_dvt",
    "assess_vte_risk",
    "ask_bleeding_risk",
    "ask_drug_vte_relation",
    "ask_knowledge",
    "ask_why",
    "summary",
    PROVIDE_FACTS,
    OUT_OF_SCOPE,
    "help",
    "skip",
    "unknown_answer",
    "continue",
    "deny",
    "affirm",
    FALLBACK,
    "goodbye",
    "thanks",
    "greeting",
)
# Requests about medicine: only these need a subject the consensus covers.
CLINICAL = frozenset(name for name in IMPORTANCE if name.startswith(("ask_", "assess_"))) - {"ask_why"}


@dataclass(frozen=True, slots=True)
class Choice:
    """The intent a piece of text was given and how sure that is (0–1)."""

    intent: str
    confidence: float


def choose(probabilities: Mapping[str, float], *, threshold: float, text: str, evidence: Evidence) -> Choice:
    """The likeliest intent that the subject allows, or a fallback when it does not reach ``threshold``.

    What the reader of short answers is sure of decides where the words alone do not. A question about
    medicine must name something the consensus covers, unless it is as short as a follow-up is; how much of a
    myeloma drug and for how long it does not say. A sentence about venous clots that names nothing else is
    never declined, at most asked about. What the subject excludes leaves its share to the others.
    """
    if not _SPOKEN.search(text):
        return Choice(FALLBACK, 0.0)
    names, length = _names(text), len(text.strip())
    allowed = dict(probabilities)
    if _is_about_clots(names):
        allowed.pop(OUT_OF_SCOPE)
    elif _is_elsewhere(names) or (not names["subject"] and (names["foreign"] or length > _FOLLOW_UP)):
        allowed = {name: value for name, value in allowed.items() if name not in CLINICAL}
    if names["subject"] & _CHEMOTHERAPY and not names["subject"] & _PREVENTS_OR_IS_CLOT:
        allowed = {name: value for name, value in allowed.items() if name not in _ABOUT_ANTICOAGULANTS}
    if length > _LONGEST_COMMAND and not names["subject"] | names["aspect"]:
        allowed = {name: value for name, value in allowed.items() if name not in _COMMANDS}
    total = sum(allowed.values())
    allowed = {name: value / total for name, value in allowed.items()}
    intent, confidence = max(allowed.items(), key=lambda item: item[1])
    answered = _answer(evidence)
    if answered and (intent in {OUT_OF_SCOPE, *_ANSWERS.values()} or confidence < threshold):
        return Choice(answered, max(confidence, threshold))
    if confidence >= threshold:
        return Choice(intent, confidence)
    elsewhere = allowed.get(OUT_OF_SCOPE, 0.0)
    if length > _WORD_OR_TWO and not names["subject"] and elsewhere >= _SUSPICION:
        return Choice(OUT_OF_SCOPE, elsewhere)
    return Choice(FALLBACK, confidence)


def _names(text: str) -> dict[str, set[str]]:
    found = concepts(text)
    return {
        group: {one.partition(":")[2] for one in found if one.startswith(f"{group}:")}
        for group in ("foreign", "subject", "aspect", "dialogue")
    }


def _is_about_clots(names: Mapping[str, set[str]]) -> bool:
    swollen_leg = {"leg_sign", "one_side"} <= names["subject"] and not names["foreign"] & _OTHER_LEGS
    return swollen_leg or bool(names["subject"] & _CLOTS and not names["foreign"] & _OTHER_MATTERS)


def _is_elsewhere(names: Mapping[str, set[str]]) -> bool:
    """Whether what is named has guidance of its own: another cancer, a dialysis circuit, pregnancy."""
    if names["subject"] & _MYELOMA or "knowledge" in names["aspect"]:
        return False
    if names["foreign"] & _OTHER_GUIDANCE:
        return True
    # A clot of another vessel is named, and none of a vein.
    another = "other_vessel" in names["foreign"] and names["subject"] & _CLOTS == {"clot"}
    return another and "prophylaxis" not in names["subject"]


def _answer(evidence: Evidence) -> str | None:
    """The intent of a message that reads as nothing but an answer."""
    given = [intent for kind, intent in _ANSWERS.items() if kind in evidence.answers]
    if evidence.question or not given:
        return None
    return PROVIDE_FACTS if evidence.facts or evidence.person else given[0]


_SPOKEN = re.compile(r"\w")
_CLOTS = {"vte", "clot", "wells"}
# What makes a message one for this assistant, whatever else it tells.
_COVERED = _CLOTS | {
    "anticoagulant",
    "anticoagulate",
    "imid",
    "myeloma_drug",
    "myeloma",
    "prophylaxis",
    "leg_sign",
}
_OTHER_LEGS = {"animal_plant", "woman_child"}
_OTHER_MATTERS = _OTHER_LEGS | {
    "other_vessel",
    "other_heart",
    "other_anticoagulation",
    "other_cancer",
    "food",
    "money",
    "service",
    "prognosis",
    "drug_leaflet",
    "small_world",
    "myeloma_other",
}
# Matters with guidance of their own, whatever drug or clot is named beside them.
_OTHER_GUIDANCE = {"other_cancer", "other_anticoagulation", "other_score", "woman_child", "animal_plant"}
_CHEMOTHERAPY = {"imid", "myeloma_drug", "steroid"}
_PREVENTS_OR_IS_CLOT = _CLOTS | {"anticoagulant", "anticoagulate", "aspirin", "prophylaxis", "therapy", "catheter"}
_ABOUT_ANTICOAGULANTS = {"ask_dose", "ask_duration", "ask_treatment"}
_MYELOMA = {"myeloma", "imid", "myeloma_drug", "catheter", "leg_sign"}
# What is said to the assistant itself is short.
_COMMANDS = {
    "new_patient",
    "undo",
    "accept_what_if",
    "reassess",
    "ask_why",
    "summary",
    "help",
    "skip",
    "unknown_answer",
    "continue",
    "deny",
    "affirm",
    "goodbye",
    "thanks",
    "greeting",
}
_COURTESIES = {"greeting", "thanks", "goodbye"}
_ANSWERS = {
    "unknown": "unknown_answer",
    "skip": "skip",
    "choices": PROVIDE_FACTS,
    "numbers": PROVIDE_FACTS,
    "none_of_above": "deny",
    "no": "deny",
    "all": "affirm",
    "yes": "affirm",
}
_WORD_OR_TWO = 3
_FOLLOW_UP = 14
_LONGEST_COMMAND = 26
_SUSPICION = 0.1
_EVEN = 0.5
_SURE = 0.7


def message_choice(parts: Sequence[Choice], questions: Sequence[bool], *, whole: Choice, text: str) -> Choice:
    """The choice that speaks for the message ``text``: its most important part, among equals the surest.

    ``questions`` says which parts ask; ``whole`` is the choice for the message read in one piece. It decides
    when no part was understood, when the message is short, when the parts miss that it is about a clot, when
    it corrects something, and when it is surely about something else. A question that is out of scope
    outranks the story around it.
    """
    if not parts or _overrules(whole, questions, text):
        return whole
    sure = [one for one in parts if one.confidence >= _EVEN and one.intent not in _COURTESIES] or parts
    best = min(sure, key=lambda choice: (IMPORTANCE.index(choice.intent), -choice.confidence))
    declined = [
        choice
        for choice, question in zip(parts, questions, strict=True)
        if question and choice.intent == OUT_OF_SCOPE
    ]
    if best.intent == PROVIDE_FACTS and declined:
        best = declined[0]
    if best.intent in {OUT_OF_SCOPE, FALLBACK}:
        unclear = len(text) <= _FOLLOW_UP or any(choice.intent == FALLBACK for choice in parts)
        missed = whole.intent in CLINICAL and _is_about_clots(_names(text))
        if missed or (unclear and whole.intent != FALLBACK):
            return whole
    return best


def _overrules(whole: Choice, questions: Sequence[bool], text: str) -> bool:
    """Whether the message in one piece says more than its parts do."""
    if whole.intent == OUT_OF_SCOPE:
        names = _names(text)
        return _is_elsewhere(names) or (whole.confidence >= _SURE and not names["subject"] & _COVERED)
    return whole.intent == CORRECT_FACTS and whole.confidence >= _EVEN and not any(questions)
