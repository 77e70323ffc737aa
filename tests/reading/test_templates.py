"""Every finding and drug in every plain way of denying, doubting and affirming it: never its opposite."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from rasa_project.reading.reader import read

WAYS = tomllib.loads(Path(__file__).with_name("templates.toml").read_text(encoding="utf-8"))


def value(text: str, fact: str) -> object:
    return {one.fact: one.value for one in read(text).mentions}.get(fact)


@pytest.mark.parametrize("name", WAYS["findings"])
def test_a_finding_is_never_its_opposite(name: str) -> None:
    fact = WAYS["findings"][name]
    denied = {way.format(name): value(way.format(name), fact) for way in WAYS["denied"]}
    assert {text: said for text, said in denied.items() if said not in (False, None)} == {}
    doubted = {way.format(name): value(way.format(name), fact) for way in WAYS["doubted"]}
    suspected = ("suspected_dvt", "suspected_pe", None)
    assert {text: said for text, said in doubted.items() if said not in suspected} == {}


@pytest.mark.parametrize("name", WAYS["drugs"])
def test_a_drug_is_never_its_opposite(name: str) -> None:
    fact = WAYS["drugs"][name]
    absent = {way.format(name): value(way.format(name), fact) for way in WAYS["not_taken"]}
    assert {text: said for text, said in absent.items() if said is True} == {}
    present = {way.format(name): value(way.format(name), fact) for way in WAYS["taken"]}
    assert {text: said for text, said in present.items() if said is False} == {}
    open_ = {way.format(name): value(way.format(name), fact) for way in WAYS["not_known"]}
    assert {text: said for text, said in open_.items() if said is not None} == {}
