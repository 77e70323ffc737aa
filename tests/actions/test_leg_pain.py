"""Pain told in a word after a swollen leg (A08): swelling and pain together are the signs of a DVT."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from actions.case import Case
from actions.conversation import converse
from actions.message import Message
from actions.told.leg_pain import told_of_pain
from rasa_project.reading.reader import read

Build = Callable[..., Message]


def told(message: Message, text: str) -> Message:
    entities = [mention.as_entity("test") for mention in read(text).mentions]
    segment = replace(message.segments[0], text=text, end=len(text), question=False)
    return replace(message, text=text, entities=entities, segments=[segment])


@pytest.fixture
def swollen(message: Build) -> Case:
    case, _ = converse(Case(), [told(message(), "怀疑左腿DVT，左腿肿")])
    assert case.facts["dvt_signs"] is None
    return case


@pytest.mark.parametrize(
    "text",
    [
        "有压痛", "疼", "痛", "有疼痛", "腿疼", "按着疼", "小腿按压痛", "有点胀痛", "挺疼的", "压痛(+)",
        "压痛阳性", "左腿也疼", "走路疼", "局部压痛明显", "患者有触痛。",
    ],
)  # fmt: skip
def test_pain_completes_the_signs(swollen: Case, text: str) -> None:
    assert told_of_pain(swollen, text) == {"dvt_signs": True}


@pytest.mark.parametrize("text", ["不疼", "没有疼痛", "无疼痛", "腿不痛", "他不疼", "疼痛(-)", "否认疼痛"])
def test_without_pain_there_are_no_signs(swollen: Case, text: str) -> None:
    assert told_of_pain(swollen, text) == {"dvt_signs": False}


@pytest.mark.parametrize("text", ["没有压痛", "无明显压痛", "压痛阴性", "按压不疼", "未触及压痛", "触痛无"])
def test_without_tenderness_the_leg_may_still_hurt(swollen: Case, text: str) -> None:
    assert told_of_pain(swollen, text) == {"deep_vein_tenderness": False}


@pytest.mark.parametrize("text", ["胸痛", "腰痛", "肚子疼", "骨痛", "疼吗", "不知道疼不疼", "没有"])
def test_other_pains_and_questions_tell_nothing_of_the_leg(swollen: Case, text: str) -> None:
    assert told_of_pain(swollen, text) == {}


def test_without_a_swollen_leg_pain_alone_is_no_sign() -> None:
    assert told_of_pain(Case(), "有压痛") == {}


@pytest.mark.parametrize("first", ["怀疑左腿DVT，左腿肿", "怀疑左腿DVT，左小腿压痛"])
def test_swelling_and_tenderness_make_the_signs_in_either_order(message: Build, first: str) -> None:
    second = "左小腿压痛" if first.endswith("肿") else "左腿肿"
    case, _ = converse(Case(), [told(message(), first)])
    assert case.facts.get("dvt_signs") is None
    case, _ = converse(case, [told(message(), second)])
    assert case.facts["dvt_signs"] is True
