"""The word lists: readable, used, and of the contract."""

from __future__ import annotations

import re

import pytest

from rasa_project.reading import lexicon
from rasa_project.reading.findings.entries import Entry, entries
from rasa_project.reading.findings.matching import find
from rasa_project.reading.normalise import normalise


def test_terms_are_words_of_the_dictionary() -> None:
    terms = lexicon.terms()
    assert {"糖尿病", "深静脉血栓", "肺栓塞", "狼疮抗凝物"} <= set(terms)
    assert not [term for term in terms if re.search(r"[\s(\[|\\]", term)]


def test_files_are_in_name_order() -> None:
    names = [file.name for file in lexicon.files()]
    assert names == sorted(names)
    assert {"context.toml", "findings.toml"} <= set(names)


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: f"{entry.group}-{entry.fact or entry.kind}")
def test_every_word_is_found_in_itself(entry: Entry) -> None:
    for word in entry.words:
        found = find(normalise(word).text)
        assert found, word
        assert max(match.end for match in found) == len(word), word


def test_conditions_name_facts_and_known_meanings() -> None:
    for row in lexicon.load("findings")["finding"]:
        if row.get("says") != "nothing":
            assert row["fact"]
        assert row.get("says", "true") in {"true", "false", "unknown", "nothing", "only_denied"}
        assert row.get("past", "true") in {"true", "false", "unknown"}
