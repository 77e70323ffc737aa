"""Which part of a message speaks for it, and the parts in accord with the message in one piece."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_project.nlu.intent_decision import CERTAIN, CLINICAL, FALLBACK, OUT_OF_SCOPE, PROVIDE_FACTS, Choice
from rasa_project.nlu.intent_subject import is_about_clots, is_covered, is_elsewhere, is_follow_up, names_in

# The most important first: what changes the case, then what is asked, then what is merely told or said.
IMPORTANCE = (
    "new_patient",
    "undo",
    "accept_what_if",
    "what_if",
    "correct_facts",
    "reassess",
    *CLINICAL,
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
CORRECT_FACTS = "correct_facts"
# What a message in one piece must not hide.
_CHANGES_CASE = {"new_patient", "undo", "accept_what_if", "what_if", CORRECT_FACTS}
# What a message in one piece must not make of parts that say more.
_TOLD = {PROVIDE_FACTS, FALLBACK, "affirm", "deny", "unknown_answer", "skip"}
_COURTESIES = {"greeting", "thanks", "goodbye"}
# Probabilities (0–1) and lengths in characters.
_EVEN = 0.5
_SURE = 0.7
_ONE_REQUEST = 40


def settle(
    parts: Sequence[Choice], questions: Sequence[bool], *, whole: Choice, text: str
) -> tuple[Choice, list[Choice]]:
    """The choice that speaks for the message ``text``, and the choices of its parts in accord with it.

    ``questions`` says which parts ask; ``whole`` is the choice for the message read in one piece. Where that
    says more than the parts do, those that disagree follow it: the ones that ask, or else the last one that
    does not tell, are given its choice, and the others only tell.
    """
    if not parts or not _overrules(whole, parts, questions, text):
        return message_choice(parts, questions, whole=whole, text=text), list(parts)
    asking = [place for place, asks in enumerate(questions) if asks]
    untold = [place for place, one in enumerate(parts) if one.intent != PROVIDE_FACTS]
    places = asking or untold[-1:] or [len(parts) - 1]
    told = Choice(PROVIDE_FACTS, whole.confidence)
    return whole, [
        one if one.intent == whole.intent else whole if place in places else told
        for place, one in enumerate(parts)
    ]


def message_choice(parts: Sequence[Choice], questions: Sequence[bool], *, whole: Choice, text: str) -> Choice:
    """The most important part of the message, among equals the surest.

    The message in one piece decides when no part was understood, when it is short, and when the parts miss
    that it is about a clot. A question that is out of scope outranks the story around it, and anything
    outranks the courtesies around it.
    """
    if not parts:
        return whole
    sure = [one for one in parts if one.confidence >= _EVEN and one.intent not in _COURTESIES]
    if not any(choice.intent != PROVIDE_FACTS for choice in sure):
        sure = list(parts)
    best = min(sure, key=lambda choice: (IMPORTANCE.index(choice.intent), -choice.confidence))
    declined = [
        choice
        for choice, question in zip(parts, questions, strict=True)
        if question and choice.intent == OUT_OF_SCOPE
    ]
    if best.intent == PROVIDE_FACTS and declined:
        best = declined[0]
    if best.intent in {OUT_OF_SCOPE, FALLBACK}:
        unclear = is_follow_up(text) or any(choice.intent == FALLBACK for choice in parts)
        missed = whole.intent in CLINICAL and is_about_clots(names_in(text))
        if missed or (unclear and whole.intent != FALLBACK):
            return whole
    return best


def _overrules(whole: Choice, parts: Sequence[Choice], questions: Sequence[bool], text: str) -> bool:
    """Whether the message in one piece says more than its parts do."""
    if whole.intent == OUT_OF_SCOPE:
        names = names_in(text)
        if whole.confidence >= CERTAIN and any(one.intent == OUT_OF_SCOPE for one in parts):
            # "房颤CHA2DS2-VASc 4分，达比加群150还是110": another story, whose question only sounds like ours
            return True
        return is_elsewhere(names) or (whole.confidence >= _SURE and not is_covered(names))
    if any(one.intent in _CHANGES_CASE - {whole.intent} and one.confidence >= _SURE for one in parts):
        return False
    if whole.intent == CORRECT_FACTS:
        return whole.confidence >= _EVEN and not any(questions)
    one_request = len(text) <= _ONE_REQUEST and sum(questions) <= 1 and whole.intent not in _TOLD
    return one_request and whole.confidence >= CERTAIN
