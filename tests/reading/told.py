"""What the tests share that say which facts a text tells."""

from __future__ import annotations

from datetime import date
from typing import Any

from rasa_project.reading.reader import read

TODAY = date(2026, 6, 15)
ABSENT = "absent"


def facts(text: str) -> dict[str, Any]:
    """The facts that are read, after checking that each quotes the user's own words."""
    mentions = [mention for mention in read(text, TODAY).mentions if mention.status != "rejected"]
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
    return {mention.fact: mention.value for mention in mentions}


def check(text: str, expected: dict[str, Any]) -> None:
    """Each expected fact has its value; ``ABSENT`` says that it must not be read at all."""
    found = facts(text)
    assert {fact: found.get(fact, ABSENT) for fact in expected} == expected
