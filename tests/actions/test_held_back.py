"""What withholds a dose: alerts, bleeding in doubt, and patients whom the consensus does not cover."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from actions.case import Case
from actions.conversation import converse
from actions.message import Message
from actions.reply.cards import Reply
from actions.reply.summary import summary_text
from rasa_project.reading.reader import read
from scoring import assess

Build = Callable[..., Message]


def told(message: Message, text: str, *, question: bool = False) -> Message:
    """The message with what is read in a text, and the text as its only segment."""
    entities = [mention.as_entity("test") for mention in read(text).mentions]
    segment = replace(message.segments[0], text=text, end=len(text), question=question)
    return replace(message, text=text, entities=entities, segments=[segment])


def advice(replies: list[Reply]) -> list[Mapping[str, Any]]:
    return [item for reply in replies if reply.custom for item in reply.custom["data"].get("advice", ())]


def amounts(replies: list[Reply]) -> list[float]:
    return [dose["amount"] for item in advice(replies) for dose in item["doses"]]


@pytest.mark.parametrize("state", ["透析患者", "HIT患者", "孕妇", "儿童患者"])
def test_a_state_is_remembered_until_the_next_patient(message: Build, state: str) -> None:
    case, _ = converse(Case(), [told(message(), f"{state}，体重60kg")])
    asks = told(message(intent="ask_dose"), "依诺肝素治疗量多少", question=True)
    case, replies = converse(case, [asks])
    assert any("本工具不提供推定剂量" in item["text"] for item in advice(replies))
    assert amounts(replies) == []
    assert case.fresh().special == []


def test_a_state_that_is_denied_is_no_longer_kept(message: Build) -> None:
    case, _ = converse(Case(), [told(message(), "透析患者，体重60kg")])
    assert case.special == ["dialysis"]
    case, _ = converse(case, [told(message(), "没有透析，体重60kg")])
    assert case.special == []


def test_a_state_goes_with_the_step_that_is_taken_back(message: Build) -> None:
    case, _ = converse(Case(), [told(message(), "透析患者，体重60kg")])
    assert case.pop_undo()
    assert case.special == []


def test_what_is_only_asked_about_is_not_kept(message: Build) -> None:
    case, replies = converse(Case(), [told(message(intent="ask_dose"), "透析能用依诺肝素吗", question=True)])
    assert case.special == []
    assert any(item["code"] == "SILENT" for item in advice(replies))


@pytest.mark.parametrize("kind", ["dialysis", "pregnancy", "hit", "child", "head_injury"])
def test_a_pasted_summary_gives_the_state_again(kind: str) -> None:
    case = Case(facts={"weight_kg": 60}, special=[kind])
    text = summary_text(case, assess(case.facts, special=case.special), date(2026, 11, 23))
    assert {m.value for m in read(text, date(2026, 11, 23)).mentions if m.fact == "special"} == {kind}


def test_bleeding_in_doubt_beside_a_drug_is_an_alert_with_one_question(message: Build) -> None:
    asked = told(message(intent="ask_dose"), "痰里带血依诺肝素还打吗", question=True)
    case, replies = converse(Case(), [asked])
    kinds = [reply.custom["kind"] for reply in replies if reply.custom]
    assert kinds == ["alert", "assessment", "question"]
    assert case.pending is not None
    assert case.pending["facts"] == ["active_bleeding"]


def test_bleeding_that_is_denied_lets_the_dose_be_given(message: Build) -> None:
    asked = told(message(intent="ask_dose"), "没有出血，依诺肝素治疗量60kg多少", question=True)
    _, replies = converse(Case(), [asked])
    assert 60 in amounts(replies)
