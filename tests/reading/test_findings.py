"""Sentences as clinicians write them, fact by fact: presence, denial, doubt, time and person."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rasa_project.reading.mention import Mention
from rasa_project.reading.reader import read_findings

TODAY = date(2026, 11, 22)
CASES = Path(__file__).with_name("cases")


def _cases() -> Iterator[Any]:
    for file in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]:
            text = case.pop("text")
            yield pytest.param(text, case, id=f"{file.stem}-{text}")


def _value(mention: Mention | None) -> object:
    if mention is None:
        return "absent"
    if mention.status == "rejected":
        return "rejected"
    return "?" if mention.status == "undetermined" else mention.value


@pytest.mark.parametrize(("text", "expected"), _cases())
def test_sentence(text: str, expected: dict[str, object]) -> None:
    first: dict[str, Mention] = {}
    for mention in read_findings(text, TODAY):
        first.setdefault(mention.fact, mention)
    assert {fact: _value(first.get(fact)) for fact in expected} == expected


def test_misspelt_finding_must_be_confirmed() -> None:
    (mention,) = read_findings("肺栓赛", TODAY)
    assert (mention.fact, mention.value, mention.confirm) == ("vte_event", "pe", True)


def test_exact_spelling_needs_no_confirmation() -> None:
    (mention,) = read_findings("确诊肺栓塞", TODAY)
    assert not mention.confirm


def test_words_and_offsets_are_the_users() -> None:
    text = "否認ＣＯＰＤ，既往糖尿病"
    for mention in read_findings(text, TODAY):
        assert mention.text == text[mention.start : mention.end]


def test_supposition_is_marked() -> None:
    mentions = read_findings("如果患者有糖尿病，评分会变成多少？", TODAY)
    assert [(m.fact, m.note) for m in mentions] == [("diabetes", "假设")]
