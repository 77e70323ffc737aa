"""What the form of the whole message answers, before anything is folded: two patients, chat, which value."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.answers.which_value import derived_bmi, matches, told_twice
from actions.asked.general import GENERAL
from actions.case import Case
from actions.labels import fact_name, stated
from actions.message import Message, Segment
from actions.patients.two_patients import asks_for_one, tells_of_two
from actions.reply.cards import Reply
from actions.wording import load, say

CHAT = {"rude": "chat.rude", "machine": "chat.machine", "praise": "chat.praise"}


def answered_apart(case: Case, message: Message) -> list[Reply] | None:
    """The reply to such a message; None for every other one."""
    if message.helpers("emergency"):
        return None
    if tells_of_two(message) or asks_for_one(case, message):
        case.pending = {"patients": True}
        return [Reply(say("reply.one_patient"))]
    if (talk := _chat(case, message)) is not None:
        return [Reply(talk)]
    if matches("asks", message.text) and (lines := _which(case)):
        return [Reply("\n".join(lines))]
    return None


def by_form(case: Case, message: Message) -> Message:
    """The message with what a word or two ask for: 所以？, 用药 after a case was told, or a mere MM."""
    words, text = load("apart.toml")["asked"], message.text.strip()
    whole = Segment(0, len(message.text), message.text, True, "assess_vte_risk", 1.0)
    if case.facts and re.fullmatch(words["conclusion"], text, re.IGNORECASE):
        return replace(message, segments=[replace(whole, intent=GENERAL, general={"kind": "conclusion"})])
    if re.fullmatch(words["myeloma"], text, re.IGNORECASE):
        return replace(message, segments=[whole])
    return message


def _chat(case: Case, message: Message) -> str | None:
    words = load("apart.toml")["chat"]
    for kind, key in CHAT.items():
        if re.fullmatch(words[kind], message.text.strip(), re.IGNORECASE):
            return say(key)
    of_nobody = not (case.facts or case.stated) and re.fullmatch(words["own_score"], message.text.strip())
    return say("reply.no_case") if of_nobody else None


def _which(case: Case) -> list[str]:
    """Which of two values is used, and how to say another."""
    lines = []
    if (bmi := derived_bmi(case)) is not None:
        lines.append(say("which_value.bmi", stated=stated("bmi", case.facts["bmi"]), derived=f"{bmi:.1f}"))
    for fact in told_twice(case):
        words, value = case.evidence[fact].text, case.facts[fact]
        if value is None:
            lines.append(say("which_value.open", fact=fact_name(fact), words=words))
        else:
            lines.append(say("which_value.used", fact=stated(fact, value), words=words))
    return lines
