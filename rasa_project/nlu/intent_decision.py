"""From probabilities to intents: the threshold of each segment, and which segment speaks for the message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FALLBACK = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"
PROVIDE_FACTS = "provide_facts"

# The most important first: what changes the case, then what is asked, then what is merely told or said.
IMPORTANCE = (
    "new_patient", "undo", "accept_what_if", "what_if", "correct_facts", "reassess",
    "ask_treatment", "ask_dose", "ask_duration", "ask_prophylaxis", "ask_wells_pe", "ask_wells_dvt",
    "assess_vte_risk", "ask_bleeding_risk", "ask_drug_vte_relation", "ask_knowledge", "ask_why", "summary",
    PROVIDE_FACTS, OUT_OF_SCOPE, "help", "skip", "unknown_answer", "continue", "deny", "affirm",
    FALLBACK, "goodbye", "thanks", "greeting",
)
# Requests about medicine: only these need a subject the consensus covers.
CLINICAL = frozenset(name for name in IMPORTANCE if name.startswith(("ask_", "assess_"))) - {"ask_why"}


@dataclass(frozen=True, slots=True)
class Choice:
    """The intent a piece of text was given and how sure that is (0–1)."""

    intent: str
    confidence: float


def choose(probabilities: Mapping[str, float], *, threshold: float, subject: bool, foreign: bool,
           length: int) -> Choice:
    """The likeliest intent, or a fallback when none reaches ``threshold``.

    A question about medicine must name something the consensus covers (``subject``), unless it is as short
    as a follow-up is (``length`` characters) and names nothing else (``foreign``). When it does not, and
    when the likeliest intent is unsure, the sentence is out of scope if that is at all likely.
    """
    intent, confidence = max(probabilities.items(), key=lambda item: item[1])
    misplaced = intent in CLINICAL and not subject and (foreign or length > _FOLLOW_UP)
    if confidence >= threshold and not misplaced:
        return Choice(intent, confidence)
    elsewhere = probabilities.get(OUT_OF_SCOPE, 0.0)
    if not subject and length > _WORD_OR_TWO and (misplaced or elsewhere >= _SUSPICION):
        return Choice(OUT_OF_SCOPE, elsewhere)
    return Choice(FALLBACK, confidence)


_WORD_OR_TWO = 3
_FOLLOW_UP = 14
_SUSPICION = 0.1


def message_choice(parts: Sequence[Choice], questions: Sequence[bool], *, whole: Choice) -> Choice:
    """The choice that speaks for the message: its most important part, among equals the surest.

    ``questions`` says which parts ask; ``whole`` is the choice for the message read in one piece, which
    decides when no part was understood. A question that is out of scope outranks the story around it.
    """
    if not parts:
        return whole
    best = min(parts, key=lambda choice: (IMPORTANCE.index(choice.intent), -choice.confidence))
    unclear = any(choice.intent == FALLBACK for choice in parts)
    if best.intent in {OUT_OF_SCOPE, FALLBACK} and unclear and whole.intent != FALLBACK:
        return whole
    declined = [choice for choice, question in zip(parts, questions, strict=True)
                if question and choice.intent == OUT_OF_SCOPE]
    return declined[0] if best.intent == PROVIDE_FACTS and declined else best
