"""Two patients in one message: nothing of it is a fact, for of which of them it tells cannot be said."""

from __future__ import annotations

import re

from actions.case import Case
from actions.message import Message
from actions.wording import load

#: Between two ages that are told there lies more than a birthday.
YEARS_APART = 2
#: A reply to "which of them" is as short as this.
SHORT = 12


def tells_of_two(message: Message) -> bool:
    """Whether the message gives the facts of more than one patient."""
    words = load("apart.toml")["two_patients"]
    text = message.text
    if re.search(words["relatives"], text) or re.search(words["corrected"], text):
        return False
    people = {(_age(one), _sex(one)) for one in re.finditer(words["person"], text, re.IGNORECASE)}
    ages, sexes = {age for age, _ in people}, {sex for _, sex in people}
    several = len(people) > 1 and max(ages) - min(ages) >= YEARS_APART
    if several and len(sexes) > 1:
        return True
    labels = {one[0] for one in re.finditer(words["label"], text, re.IGNORECASE)}
    # the numbers of beds are masked before a message is read
    labels |= {str(one.start()) for one in re.finditer(words["masked"], text)}
    named = re.search(words["several"], text) is not None
    return (several and (len(labels) > 1 or named)) or (named and len(labels) > 1 and bool(message.mentions))


def asks_for_one(case: Case, message: Message) -> bool:
    """Whether the message only picks one of the two that were told of: "先看B", "第二个"."""
    waiting = case.pending is not None and "patients" in case.pending
    stated = [one for one in message.mentions if not one.get("implied")]
    picks = re.fullmatch(load("apart.toml")["two_patients"]["picks"], message.text.strip(), re.IGNORECASE)
    return waiting and len(message.text) <= SHORT and not stated and picks is not None


def _age(person: re.Match[str]) -> int:
    return int(person["age"] or person["age_after"])


def _sex(person: re.Match[str]) -> str:
    return person["sex"] or person["sex_after"]
