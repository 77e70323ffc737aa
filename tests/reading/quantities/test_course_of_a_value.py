"""Which of several results counts: the last of a series, of the day, after treatment, after a recount."""

from __future__ import annotations

import pytest

from .reading_cases import quantities, value


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("M蛋白初诊时52.1 g/L，经VCD诱导3个周期后降至4.4 g/L", "m_protein_g_l", 4.4),
        ("M蛋白 66 g/L，血浆置换2次后 41 g/L", "m_protein_g_l", 41),
        ("肌酐 310（2023-11）→ 最新 144（02）", "creatinine_umol_l", 144),
        ("肌酐三次：201、177、150μmol/L（今）", "creatinine_umol_l", 150),
        ("INR序列：1.2, 1.7, 2.4（今日）", "inr", 2.4),
        ("血小板两次，第一次40第二次58", "platelets_e9_l", 58),
        ("PLT 90，化疗后五天降到33，昨天又回到61", "platelets_e9_l", 61),
        ("INR 4.1，华法林先不吃，今早2.2", "inr", 2.2),
        ("06:10 HR 132，BP 80/50。补液。08:40 BP 110/70，HR 96", "heart_rate_bpm", 96),
        ("23:30 心率128。00:50 心率101", "heart_rate_bpm", 101),
        ("14:20 心率90。07:00 心率118", "heart_rate_bpm", None),
        ("血小板（见聚集）机测 31，枸橼酸管复测 120", "platelets_e9_l", 120),
        ("PLT 22（涂片成堆，人工计数 88）", "platelets_e9_l", 88),
        ("肌酐 1.3 mg/dl？——单位误，应为 130 μmol/L", "creatinine_umol_l", 130),
        ("体重118，单位是斤", "weight_kg", 59),
        ("INR前天4.4↑，输血浆后今早降到1.9", "inr", 1.9),
        ("血小板最低11，用TPO后现74", "platelets_e9_l", 74),
        ("最低时血小板12，打了特比澳，现在88", "platelets_e9_l", 88),
        ("血小板输注前7，输后1小时31", "platelets_e9_l", 31),
        ("血小板输注前7 输后24h 19", "platelets_e9_l", 19),
        ("EDTA依赖血小板聚集，枸橼酸管复查171", "platelets_e9_l", 171),
        ("血小板聚集，手工计数95", "platelets_e9_l", 95),
        ("PLT 5/4为44，5/7为71", "platelets_e9_l", 71),
        ("肌酐近两次分别为144、121", "creatinine_umol_l", 121),
        ("血小板一直偏低，近三次分别为41、38、52", "platelets_e9_l", 52),
        # other quantities, and numbers that are no results, do not follow
        ("血小板45，予输板后Hb升至88", "platelets_e9_l", 45),
        ("M蛋白40 g/L，经VRd后IgG降至12 g/L", "m_protein_g_l", 40),
        ("PLT 45，INR 1.2（今日）", "platelets_e9_l", 45),
        ("血小板今日80，入院时45", "platelets_e9_l", 80),
        ("血小板 33（手工复核）", "platelets_e9_l", 33),
        ("血小板两次输注", "platelets_e9_l", "absent"),
    ],
)
def test_the_value_that_counts(text: str, fact: str, expected: object) -> None:
    if expected is None:
        assert quantities(text)[fact].status == "undetermined"
    else:
        assert value(text, fact) == expected


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("血小板<50 — 否（71）", "platelets_e9_l", 71),
        ("血小板<50 是（38）", "platelets_e9_l", 38),
        ("血小板<50 0（最近值 80）", "platelets_e9_l", 80),
        ("CrCl<30 - 否（实测52）", "creatinine_clearance_ml_min", 52),
        ("要是血小板跌到30以下还能打吗 现在是66", "platelets_e9_l", 66),
        ("INR目标2-3 昨测2.8", "inr", 2.8),
        ("血小板呢？ 用户：114。", "platelets_e9_l", 114),
        ("〔体重指数〕24.3", "bmi", 24.3),
        ("paraprotein 19 g/L", "m_protein_g_l", 19),
        ("血小板也不是58，是85", "platelets_e9_l", 85),
        ("3床男血小板20不用管，5床女血小板90", "platelets_e9_l", 90),
    ],
)
def test_a_value_in_a_remark_or_an_answer(text: str, fact: str, expected: object) -> None:
    assert value(text, fact) == expected


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("BP 118/70，P 82，体重 50 kg", 82),
        ("血压88/50，脉118", 118),
        ("EKG：NSR 70", 70),
        ("心慌，一分钟 108跳", 108),
        ("心率（手表）91", 91),
        ("心率不快80", 80),
        ("脉沉细，静脉120ml/h", "absent"),
        ("BP 118/70，P53突变", "absent"),
        ("P16阳性", "absent"),
    ],
)
def test_a_pulse_without_its_label(text: str, rate: object) -> None:
    assert value(text, "heart_rate_bpm") == rate


def test_a_sheet_by_the_clock() -> None:
    text = "时间 T P R 记录\n09:00 36.5 92 20 平稳\n15:00 36.8 104 22 气促\n21:00 36.6 84 18 缓解"
    assert value(text, "heart_rate_bpm") == 84


def test_a_column_of_m_protein_without_unit() -> None:
    text = "日期 PLT M蛋白\n2025-01-03 80 31.2\n2025-03-05 150 3.1"
    assert value(text, "m_protein_g_l") == 3.1
    assert quantities("日期 PLT M蛋白\n2025-01-03 80 4.2\n2025-03-05 150 3.1")["m_protein_g_l"].value is None
