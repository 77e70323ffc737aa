"""Whose numbers they are: the patient's, the speaker's, or a relative's; and what laypeople leave out."""

from __future__ import annotations

import time

import pytest

from .reading_cases import quantities, value


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "我今年45岁体重80公斤，想问我妈的情况，她70岁，骨髓瘤，50公斤",
            {"age_years": 70, "sex": "female", "weight_kg": 50},
        ),
        (
            "我爸今年七十六了，刚查出多发性骨髓瘤，他个子一米七，一百六十斤。我妈以前腿上长过血栓",
            {"age_years": 76, "sex": "male", "height_cm": 170, "weight_kg": 80},
        ),
        ("我妈骨髓瘤，我50岁，她体重52kg", {"sex": "female", "weight_kg": 52}),
        ("我爸68岁，我妈72岁得了骨髓瘤", {"age_years": 72, "sex": "female"}),
        ("我得了骨髓瘤，我爸60岁时得过血栓，我今年48岁", {"age_years": 48}),
        ("我今年48岁，骨髓瘤，体重60kg", {"age_years": 48, "weight_kg": 60}),
        ("患者65岁，我父亲的同事，骨髓瘤", {"age_years": 65}),
        ("患者女儿诉体重52kg", {"weight_kg": 52}),
        ("妈妈今年七十七", {"age_years": 77, "sex": "female"}),
        ("爸爸七十八了", {"age_years": 78, "sex": "male"}),
        ("你好，奶奶85了，她刚查出来骨髓瘤", {"age_years": 85, "sex": "female"}),
        ("爷爷今年80，我想问一下，他有骨髓瘤", {"age_years": 80, "sex": "male"}),
        ("我今年45，我爸骨髓瘤，他72了", {"age_years": 72, "sex": "male"}),
        ("我妈今年七十七，我爸八十了", {"age_years": 77, "sex": "female"}),
        ("他妈妈今年77，患者50岁", {"age_years": 50}),
        ("患者，女，65岁，母亲78岁，体健", {"age_years": 65, "sex": "female"}),
        ("丈夫60岁，体健。患者58岁", {"age_years": 58}),
        ("5床 李奶奶 88岁 54kg", {"age_years": 88, "weight_kg": 54, "sex": "female"}),
        ("我是患者的女儿。我爸今年69，查出来骨髓瘤，我妈有风湿", {"age_years": 69, "sex": "male"}),
        ("女/55/60kg/160cm", {"sex": "female", "age_years": 55, "weight_kg": 60, "height_cm": 160}),
        ("老太太八十六", {"age_years": 86, "sex": "female"}),
        ("她七十二", {"age_years": 72, "sex": "female"}),
        ("病人六十八了", {"age_years": 68}),
        ("我爸78了", {"age_years": 78}),
    ],
)
def test_only_the_patients_numbers(text: str, facts: dict[str, object]) -> None:
    read = quantities(text)
    assert {fact: read[fact].value for fact in read} == facts


@pytest.mark.parametrize(
    "text",
    ["我爸以前得过血栓", "我妈60岁时得过肺栓塞", "我爸高血压", "我妈78岁得过血栓", "母亲70岁，有肺栓塞史"],
)
def test_a_relatives_history_says_nothing_of_the_patients_sex(text: str) -> None:
    assert quantities(text) == {}


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("8床 男 64 MM 左手留置针在位", "age_years", 64),
        ("姓名：李某  性别：女  年龄：77岁\n诊断：多发性骨髓瘤", "age_years", 77),
        ("今年六十三", "age_years", 63),
        ("六十三岁一米六二一百三十斤左右", "height_cm", 162),
        ("六十三岁一米六二一百三十斤左右", "weight_kg", 65),
        ("一米六，一百二十斤", "height_cm", 160),
        ("个子一米七五", "height_cm", 175),
        ("身高一米六十五", "height_cm", 165),
        ("身高1720cm", "height_cm", "rejected"),
        ("六十一公斤半", "weight_kg", 61.5),
        ("体重61公斤半", "weight_kg", 61.5),
        ("体重一百二十斤半", "weight_kg", 60.25),
        ("体重减了十斤", "weight_kg", "absent"),
        ("每天吃一百斤大米", "weight_kg", "absent"),
    ],
)
def test_what_laypeople_leave_out(text: str, fact: str, expected: object) -> None:
    assert value(text, fact) == expected


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("肌酐 (57-111) 95 umol/L", "creatinine_umol_l", 95),
        ("血小板(125-350)：44", "platelets_e9_l", 44),
        ("血小板结果还没出来", "platelets_e9_l", "undetermined"),
        ("血小板待报", "platelets_e9_l", "undetermined"),
        ("血小板五六万", "platelets_e9_l", "undetermined"),
        ("血小板十几万", "platelets_e9_l", "undetermined"),
        ("血小板只有几万", "platelets_e9_l", "undetermined"),
        ("血小板八十九", "platelets_e9_l", 89),
        ("血小板十二万", "platelets_e9_l", 120),
    ],
)
def test_results_awaited_vague_or_behind_their_range(text: str, fact: str, expected: object) -> None:
    assert value(text, fact) == expected


def test_odd_input_stays_quick() -> None:
    """Repetition must not make the search for the patient quadratic."""
    for text in ("骨髓瘤" * 3000, "我妈骨髓瘤" + "体重50kg，他" * 800, "我" * 6000 + "骨髓瘤"):
        begun = time.process_time()
        quantities(text[:8000])
        assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("上一个病人血小板28，这个病人96", "platelets_e9_l", 96),
        ("上一个病人血小板28，这个病人血小板96", "platelets_e9_l", 96),
        ("邻床血小板28，本床血小板96", "platelets_e9_l", 96),
        ("供者心率104，患者心率86", "heart_rate_bpm", 86),
        ("刚才那个患者体重90kg，现在这个52kg", "weight_kg", 52),
        ("另一个患者eGFR 22，本例eGFR 66", "gfr", 66),
        ("老伴体重90kg，患者体重52kg", "weight_kg", 52),
        ("患者女儿说体重52kg", "weight_kg", 52),
        ("我妈体重52kg，骨髓瘤", "weight_kg", 52),
    ],
)
def test_the_values_of_another_are_not_the_patients(text: str, fact: str, expected: object) -> None:
    assert value(text, fact) == expected
