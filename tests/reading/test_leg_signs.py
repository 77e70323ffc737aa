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


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("浮肿呢两侧是对称的", False),
        ("两条腿水肿 两边差不多", False),
        ("凹陷性水肿，双侧对称", False),
        ("两个小腿都肿 一按有坑", False),
        ("下肢无水肿", False),
        ("右髋骨折，下肢无水肿", _UNSAID),  # which leg?
        ("右腿没有凹陷性水肿，左腿有", True),
        ("右腿没有凹陷性水肿，左腿也没有", False),
        ("只右边凹陷水肿 左边没有", True),
        ("小腿肿，按着有坑，只有左腿这样", True),
        ("膝盖以下都肿 按着有坑 只右腿", True),
        ("左小腿浮肿，不痛，右侧正常，按之凹陷", True),
        ("左小腿浮肿，按下去没有坑", False),
        ("右小腿按压留坑", True),
        ("左小腿指压留痕", True),
        ("除右腿凹陷性水肿外，均无异常", True),
        ("L下肢凹陷性水肿", True),
    ],
)
def test_pitting_of_one_leg_or_of_both(text: str, value: object) -> None:
    assert _fact(text, "unilateral_pitting_edema") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("右腿又疼又肿", True),
        ("左下肢痛、肿5天", True),
        ("右小腿捏着就疼还肿", True),
        ("左小腿较对侧粗，腓肠肌压痛", True),
        ("右下肢“丹毒？”红肿热痛两天", True),
        ("右腿肿，不痛", False),
        ("左腿不痛，无肿", _UNSAID),
        ("双小腿等粗，无压痛", False),
        ("双小腿等粗", _UNSAID),
        ("小腿围：左37cm，右33cm", _UNSAID),
    ],
)
def test_swelling_beside_pain(text: str, value: object) -> None:
    assert _fact(text, "dvt_signs") == value


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("右腿从脚踝一直肿到大腿根", "entire_leg_swelling", True),
        ("左下肢自足背至腹股沟肿胀", "entire_leg_swelling", True),
        ("右大腿、小腿、足背均肿胀", "entire_leg_swelling", True),
        ("双侧大腿、小腿、足背均肿胀", "entire_leg_swelling", _UNSAID),
        ("肿胀局限于右小腿", "entire_leg_swelling", False),
        ("大腿没事 就小腿肿", "entire_leg_swelling", False),
        ("腓肠肌原有压痛，现无压痛", "deep_vein_tenderness", False),
        ("腓肠肌压痛，现大腿无压痛", "deep_vein_tenderness", True),
        ("左侧腓肠肌无压痛，右侧腓肠肌压痛明显", "deep_vein_tenderness", True),
        ("侧支没见", "collateral_superficial_veins", False),
        ("压痛没有 侧支没有", "collateral_superficial_veins", False),
        ("左下肢肿，侧支循环形成", "collateral_superficial_veins", True),
        ("冠脉造影：右冠闭塞，侧支循环形成", "collateral_superficial_veins", _UNSAID),
        ("脑出血，遗留右侧偏瘫", "paralysis_or_recent_cast", True),
        ("脑出血，遗留右侧偏瘫，现在走路正常", "paralysis_or_recent_cast", False),
        ("石膏没打", "paralysis_or_recent_cast", False),
        ("髂股静脉血栓，腿怕是保不住了", "limb_threatening_dvt", True),
        ("腿没有保不住的危险", "limb_threatening_dvt", False),
        ("血压升不上来", "hemodynamic_instability", True),
        ("去甲肾上腺素泵入", "hemodynamic_instability", True),
        ("血压不低", "hemodynamic_instability", False),
    ],
)
def test_other_signs_as_told(text: str, fact: str, value: object) -> None:
    assert _fact(text, fact) == value


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("小腿围还没来得及量", "calf_difference_cm"),
        ("DVT体征有没有？病历没写", "dvt_signs"),
        ("是否有其他诊断更像，报告还没出", "alternative_diagnosis_as_likely_as_dvt"),
        ("PE和肺炎哪个更像，还没定", "pe_more_likely_than_alternatives"),
        ("是不是肺栓塞比别的病可能性大，会诊还没定", "pe_more_likely_than_alternatives"),
    ],
)
def test_what_is_left_open_is_asked(text: str, fact: str) -> None:
    assert _fact(text, fact) is None
