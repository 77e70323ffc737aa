"""A correction of the last answer, by the numbers of its options: "不对，第一个没有", "说错了，都没有"."""

from __future__ import annotations

import re

from actions.answers.pending import Answered, options_told
from actions.case import Case, Evidence, FactValue
from actions.intake import record
from actions.message import Message
from actions.wording import load

#: For so many turns the options of a question that was answered can still be meant.
RECENT = 2


def takes_back(message: Message) -> bool:
    """Whether the message begins by calling wrong what was said."""
    return re.match(load("cues.toml")["answers"]["wrong"], message.text.strip()) is not None


def value_again(case: Case, message: Message) -> dict[str, FactValue]:
    """ "不对 是25万": the one quantity of the case that such a value, with its unit, can be of."""
    read = (message.answer or {}).get("values") or {}
    told = [one for one in message.mentions if not one.get("implied")]
    if told or not takes_back(message) or not re.search(r"[^\d\s。.!！]\W*$", message.text.strip()):
        return {}
    meant = {fact: value for fact, value in read.items() if isinstance(case.facts.get(fact), int | float)}
    return dict(meant) if len(meant) == 1 else {}


def answer_again(case: Case, message: Message) -> Answered:
    """The options told apart once more; those that are not mentioned keep their first answer."""
    last, none = case.answered, load("cues.toml")["answers"]["none"]
    if last is None or case.turn - last["turn"] > RECENT or not takes_back(message):
        return Answered()
    pending, answer = last["pending"], message.answer or {}
    values: dict[str, FactValue] = {}
    if answer.get("picked"):
        values = options_told(pending, answer)
    elif re.search(none, message.text):
        values = {fact: no for one in pending["options"] for fact, no in one.get("sets", {}).items()}
    result = Answered(understood=bool(values))
    for fact, value in values.items():
        record(case, fact, value, Evidence(message.text, case.turn, message.timestamp), result.intake)
    return result
