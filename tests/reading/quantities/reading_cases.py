"""What the tests of the quantity readers share."""

from __future__ import annotations

from datetime import date

from rasa_project.reading.corrections import put_right
from rasa_project.reading.drugs import read_drugs
from rasa_project.reading.mention import Mention
from rasa_project.reading.normalise import normalise
from rasa_project.reading.quantities.every import read_quantities

TODAY = date(2026, 6, 15)


def quantities(text: str) -> dict[str, Mention]:
    """The quantities read in a message, by fact, after checking that each quotes the user's own words."""
    mentions = read_quantities(put_right(normalise(text)), TODAY)
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
    facts = [mention.fact for mention in mentions]
    assert len(facts) == len(set(facts)), f"a fact twice in {mentions}"
    return {mention.fact: mention for mention in mentions}


def drug_facts(text: str) -> dict[str, Mention]:
    """The facts that follow from the drugs in a message, without the helper mentions."""
    mentions = read_drugs(normalise(text), TODAY)
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
    return {mention.fact: mention for mention in mentions if mention.fact != "drug"}


def drugs_named(text: str) -> list[str]:
    """The identifiers of the drugs named in a message."""
    return [str(mention.value) for mention in read_drugs(normalise(text), TODAY) if mention.fact == "drug"]


def value(text: str, fact: str) -> object:
    """The value of a fact; "absent", or the status where there is no usable value."""
    mention = quantities(text).get(fact)
    if mention is None:
        return "absent"
    return mention.value if mention.status in ("affirmed", "negated") else mention.status
