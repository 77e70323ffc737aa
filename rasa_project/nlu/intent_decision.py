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


def choose(probabilities: Mapping[str, float], *, threshold: float, domain: bool, length: int) -> Choice:
    """The likeliest intent, or a fallback when none reaches ``threshold``.

    Unsure about a sentence that names nothing the consensus covers (``domain`` false, more than a word or
    two of ``length`` characters) means out of scope; unsure about any other means asking.
    """
    intent, confidence = max(probabilities.items(), key=lambda item: item[1])
    if confidence >= threshold:
        return Choice(intent, confidence)
    if not domain and length > _WORD_OR_TWO and probabilities.get(OUT_OF_SCOPE, 0.0) >= _SUSPICION:
        return Choice(OUT_OF_SCOPE, probabilities[OUT_OF_SCOPE])
    return Choice(FALLBACK, confidence)


_WORD_OR_TWO = 3
_SUSPICION = 0.1


def most_important(choices: Sequence[Choice]) -> Choice:
    """The choice that speaks for the whole message; among equals, the surest."""
    return min(choices, key=lambda choice: (IMPORTANCE.index(choice.intent), -choice.confidence))
