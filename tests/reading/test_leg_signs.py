"""Swelling, pain and pitting of the legs: which leg they are said of, and where neither is there."""

from __future__ import annotations

from typing import Any

import pytest

from rasa_project.reading.reader import read

_UNSAID = "not mentioned"


def _fact(text: str, fact: str) -> Any:
    return next((mention.value for mention in read(text).mentions if mention.fact == fact), _UNSAID)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("左小腿比右边粗4公分，按着疼", True),
        ("右小腿围37.5cm，左小腿围33.5cm，腓肠肌压痛", True),
        ("右小腿围34.5cm，左小腿围33.9cm，腓肠肌压痛", _UNSAID),  # the same girth but for the tape
        ("左下肢弥漫肿胀，皮肤紧绷，触痛明显", True),
        ("两条腿没有肿也没有痛", False),
        ("双腿既不胀也不疼", False),
        ("右下肢不肿，无压痛，左下肢不肿，无压痛", False),
        ("左小腿无肿，按压不痛；右小腿同", False),
        ("右腿不肿不痛", _UNSAID),  # of the left nothing is said
        ("右侧小腿肌间静脉血栓形成，临床无明显肿痛", False),
        ("穿刺处无明显肿痛", _UNSAID),
        ("左腿肿，右腿不肿不痛", None),
    ],
)
def test_dvt_signs(text: str, value: object) -> None:
    assert _fact(text, "dvt_signs") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("左腿按下去有坑右腿没有", True),
        ("左小腿有压痛右小腿没有，左侧凹陷性水肿", True),
        ("左腿按不出坑", False),
        ("右小腿凹陷性水肿已退，按不出坑", False),
        ("两条腿都肿，按着一坑一坑的", False),
        ("腓肠肌压痛（+）凹肿左侧，右侧正常", True),
        ("左侧小腿周径三十九右侧三十四点五有凹陷性水肿就左边有右边没有", True),
        ("下肢凹陷性水肿，右侧有，左侧无", True),
        ("凹陷水肿R(+)，L(-)", True),
        ("凹陷水肿L(+)，R(+)", False),
        ("凹陷性水肿左边没有右边也没有", False),
        ("凹陷性水肿只有左边有", True),
        ("皮肤发亮，按压凹陷，右侧无", True),
        ("左踝肿为主、指凹性，右踝不肿", True),
        ("腿肿是两边都有", False),
        ("水肿是两边都有，前面写单侧不对", False),
        ("腿两边都有点肿", False),
        ("腿都肿咯，两只脚一样粗", False),
    ],
)
def test_pitting(text: str, value: bool) -> None:
    assert _fact(text, "unilateral_pitting_edema") is value
