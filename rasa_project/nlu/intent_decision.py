"""From probabilities to the intent of a piece of text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rasa_project.nlu.command import is_command
from rasa_project.nlu.intent_features import Evidence
from rasa_project.nlu.intent_subject import (
    Names,
    asks,
    has_no_subject,
    is_about_clots,
    is_chemotherapy,
    is_covered,
    is_elsewhere,
    is_follow_up,
    is_heart_only,
    is_prevention_in_myeloma,
    names_in,
)

FALLBACK = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"
PROVIDE_FACTS = "provide_facts"

# Requests about medicine, the most important first: only these need a subject the consensus covers.
CLINICAL = (
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
)
# Probabilities (0–1) and lengths in characters.
CERTAIN = 0.85
_BEYOND_DOUBT = 0.93
_SUSPICION = 0.2
_WORD_OR_TWO = 3
_LONGEST_COMMAND = 26


@dataclass(frozen=True, slots=True)
class Choice:
    """The intent a piece of text was given and how sure that is (0–1)."""

    intent: str
    confidence: float


def choose(
    probabilities: Mapping[str, float], *, threshold: float, text: str, message: str, evidence: Evidence
) -> Choice:
    """The likeliest intent that the subject allows, or a fallback when it does not reach ``threshold``.

    ``text`` is the part of the ``message`` that ``probabilities`` are of. What the reader of short answers is
    sure of decides where the words alone do not. A question about medicine must name something the consensus
    covers, unless it is as short as a follow-up is, and nothing that has guidance of its own; how much of a
    myeloma drug and for how long the consensus does not say. A sentence about venous clots that names nothing
    else is never declined, at most asked about. What the subject excludes leaves its share to the others.
    """
    if is_command(text) or not _SPOKEN.search(text):
        return Choice(FALLBACK, 0.0)
    names = names_in(text)
    excluded = _excluded(names, text, message)
    if evidence.facts and not evidence.question and not asks(names):
        # "70岁女性，DVT" states: only what is surely a request is one, and a mere part never asks for Wells.
        needed = _BEYOND_DOUBT if evidence.facts > 1 else CERTAIN
        unsure = {name for name in CLINICAL if probabilities.get(name, 0.0) < needed}
        excluded |= unsure if text == message else unsure | _WELLS
        happened = _HAPPENED.search(text) or (not evidence.drugs and _CAME_TO.search(text))
        if happened and not _SUPPOSES.search(text):
            excluded.add("what_if")  # "血小板升到65了" tells
        told = is_follow_up(text) or (is_covered(names) and not evidence.person)
        if told and not names["foreign"]:
            excluded.add(OUT_OF_SCOPE)
    if evidence.question and probabilities.get(PROVIDE_FACTS, 0.0) < CERTAIN:
        excluded.add(PROVIDE_FACTS)
    left = {name: value for name, value in probabilities.items() if name not in excluded}
    total = sum(left.values())
    intent, confidence = max(((name, value / total) for name, value in left.items()), key=lambda one: one[1])
    answered = _answer(evidence)
    if answered and (intent in {OUT_OF_SCOPE, *_ANSWERS.values()} or confidence < threshold):
        return Choice(answered, max(confidence, threshold))
    if confidence >= threshold:
        return Choice(intent, confidence)
    elsewhere = left.get(OUT_OF_SCOPE, 0.0) / total
    if len(text.strip()) > _WORD_OR_TWO and not names["subject"] and elsewhere >= _SUSPICION:
        return Choice(OUT_OF_SCOPE, elsewhere)
    return Choice(FALLBACK, confidence)


def _excluded(names: Names, text: str, message: str) -> set[str]:
    """The intents that the subject rules out."""
    excluded: set[str] = set()
    elsewhere = is_elsewhere(names_in(message))
    if (is_about_clots(names) and not elsewhere) or is_prevention_in_myeloma(names):
        excluded.add(OUT_OF_SCOPE)
    elif elsewhere or has_no_subject(names, text):
        excluded.update(CLINICAL)
    if is_chemotherapy(names):
        excluded |= {"ask_dose", "ask_duration", "ask_treatment"}
    if is_heart_only(names):
        excluded |= {"ask_dose", "ask_treatment"}
    if len(text.strip()) > _LONGEST_COMMAND and not names["subject"] | names["aspect"]:
        excluded |= _COMMANDS
    return excluded


def _answer(evidence: Evidence) -> str | None:
    """The intent of a message that reads as nothing but an answer."""
    given = [intent for kind, intent in _ANSWERS.items() if kind in evidence.answers]
    if evidence.question or not given:
        return None
    return PROVIDE_FACTS if evidence.facts else given[0]


_SPOKEN = re.compile(r"\w")
# What has happened is told, unless a word supposes it; a drug that is stopped, or added, may be either.
_HAPPENED = re.compile(r"了[。!！\s]*$")
_CAME_TO = re.compile(r"(?:升|降|掉|跌|涨|恢复|回)(?:到|至|为)\s*\d+(?:\.\d+)?\s*万?\s*$")
_SUPPOSES = re.compile(
    r"如|假|设|若|要是|万一|倘|的话|呢|[?？]|换|改|停|加|减|拔|拿掉|去掉|撤|不[用打吃上]|[只单]用|会|怎么?样|咋|"
    r"当|按|试|看|几分|多少|比"
)
_WELLS = {"ask_wells_dvt", "ask_wells_pe"}
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
