"""A message of a patient who is not the one of the case: nothing of it may change the case."""

from __future__ import annotations

import re

from actions.case import Case
from actions.message import Message
from actions.wording import load

CHINESE_NUMBERS = str.maketrans("一二三四五", "12345")


def _labels(text: str) -> dict[str, str]:
    """What tells patients apart in the text (张三, 病例1), each with the words it was written in."""
    found = re.finditer(load("cues.toml")["former"]["label"], text)
    return {re.sub(r"\s", "", one[0]).translate(CHINESE_NUMBERS).upper(): one[0] for one in found}


def note_labels(case: Case, message: Message) -> None:
    """Remember what this patient is called."""
    labels = _labels(message.text)
    case.labels += [label for label in labels if label not in case.labels]
    case.former = [label for label in case.former if label not in labels]


def another_is_meant(case: Case, message: Message) -> str:
    """The words by which the message names a patient other than the one of the case; empty if it does not."""
    if case.former or case.labels:
        for label, words in _labels(message.text).items():
            if label not in case.labels and (case.labels or label in case.former):
                return words
    if case.left and (back := re.match(load("cues.toml")["former"]["back"], message.text.strip())):
        return back["who"]
    return ""


def told_anew(message: Message) -> bool:
    """Whether the message gives a patient's case from the beginning, not a word more of it."""
    stated = {one["entity"] for one in message.about_the_patient() if one["value"] is not None}
    return {"age_years", "sex"} <= stated
