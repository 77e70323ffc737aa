"""Numbers as they are told in haste: later values, what is awaited, slips put right, homophones."""

from __future__ import annotations

from typing import Any

import pytest

from rasa_project.reading.reader import read

ABSENT = "absent"
PLT, CR, KG = "platelets_e9_l", "creatinine_umol_l", "weight_kg"


def value(text: str, fact: str) -> Any:
    return {mention.fact: mention.value for mention in read(text).mentions}.get(fact, ABSENT)


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("血小板曾到过15，现105", PLT, 105),
        ("血小板从210掉到45，肺炎好了又反弹到130", PLT, 130),
        ("输了血小板1个治疗量，输前18，输后40", PLT, 40),
        ("输板前11，输板后36", PLT, 36),
        ("昨天输了板，输前9 输后27", PLT, 27),
        ("没输过板", PLT, ABSENT),
        ("肌酐386，补液后剩130", CR, 130),
        ("肌酐386，血红蛋白输血后升至90", CR, 386),
        ("M蛋白12，肌酐化疗后降至98", "m_protein_g_l", 12),
        ("初诊M蛋白48g/L，4疗程后只剩3.1g/L", "m_protein_g_l", 3.1),
        ("肌酐由入ICU时256降至137", CR, 137),
        ("体重72kg 今早空腹称71kg", KG, 71),
        ("入院体重72kg，今日量血压120/70", KG, 72),
        ("肌酐88，今天称62公斤", CR, 88),
        ("小腿周径差5cm，溶栓后现差2cm", "calf_difference_cm", 2),
        ("小腿周径差4cm，今30床", "calf_difference_cm", 4),
    ],
)
def test_the_later_value_of_the_same_quantity(text: str, fact: str, expected: Any) -> None:
    assert value(text, fact) == expected


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("eGFR抽了，结果明天出", "gfr"),
        ("INR送检了，报告没出", "inr"),
        ("INR单子找不到了", "inr"),
        ("肌酐的化验单没带", CR),
        ("血小板明天复查", PLT),
        ("血小板标本凝固了，重抽", PLT),
        ("CrCl尿还在留", "creatinine_clearance_ml_min"),
        ("心率一直没显示出来", "heart_rate_bpm"),
        ("体重瘦了8斤，现在多少没称", KG),
        ("称不了体重，卧床", KG),
        ("没法量身高", "height_cm"),
        ("小腿周径还没测", "calf_difference_cm"),
        ("没量腿围", "calf_difference_cm"),
    ],
)
def test_what_is_awaited_or_cannot_be_told_is_undetermined(text: str, fact: str) -> None:
    assert value(text, fact) is None


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("血小板标本溶血，重抽是88", PLT, 88),
        ("肌酐下午测110", CR, 110),
        ("INR 2.1，结果明天出的是肌酐", "inr", 2.1),
        ("体重掉了10斤，未查肌酐", KG, ABSENT),
        ("血小板查了，没有出血", PLT, ABSENT),
        ("上臂周径没量", "calf_difference_cm", ABSENT),
    ],
)
def test_what_is_known_or_not_spoken_of_is_not_asked(text: str, fact: str, expected: Any) -> None:
    assert value(text, fact) == expected


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("M蛋白4.6g/dl，打错了，3.6", "m_protein_g_l", 36),
        ("M蛋白不是3.6g/dl，是3.2", "m_protein_g_l", 32),
        ("M蛋白4.6g/dl，打错了，是36g/L", "m_protein_g_l", 36),
        ("血小板4.5万，写错了是5.4", PLT, 54),
        ("血小板4.5万，应为45", PLT, 45),
        ("体重130斤，打错了，120", KG, 60),
        ("血小板报错了，不是12，漏了个0，120", PLT, 120),
        ("体重小数点点错了，不是725，是72.5kg", KG, 72.5),
        ("M蛋白3.5g/L，小数点打错，35g/L", "m_protein_g_l", 35),
        ("心率说反了 不是89是98", "heart_rate_bpm", 98),
    ],
)
def test_a_slip_put_right_keeps_its_unit(text: str, fact: str, expected: float) -> None:
    assert value(text, fact) == expected


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("血小板不多，66", PLT, 66),
        ("肌肝88", CR, 88),
        ("肌干一百二十", CR, 120),
        ("心肌肝功能正常", CR, ABSENT),
        ("血小板八十二M蛋白三十三", PLT, 82),
        ("个子不高，155公分，重51kg", KG, 51),
        ("比入院重了3kg", KG, ABSENT),
        ("腰子没毛病", "renal_function_normal", True),
        ("腰子不行了", "renal_function_normal", False),
        ("肾功能：Cr 66 BUN 4.3 UA 300，均正常", "renal_function_normal", True),
        ("肾功能：肌酐 166，肝功能、凝血均正常", "renal_function_normal", ABSENT),
        ("肾功能:尿素 12 肌酐 210 均不正常", "renal_function_normal", ABSENT),
        ("两侧腿肚子等粗", "calf_difference_cm", 0),
        ("左腿肚子肿，量了一下差4公分", "calf_difference_cm", 4),
        ("大腿肿，量了差5公分", "calf_difference_cm", ABSENT),
        ("华法林照旧吃着", "current_anticoagulant", "华法林"),
        ("M蛋白升到28，考虑复发", "mm_phase", "relapse"),
        ("IgG回升，未复发", "mm_phase", ABSENT),
    ],
)
def test_everyday_words(text: str, fact: str, expected: Any) -> None:
    assert value(text, fact) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("下周就满60岁，男", 59),
        ("还差三个月满76岁", 75),
        ("再过两个月就八十了", 79),
        ("明年满75岁", None),
        ("上个月刚满75岁", 75),
        ("已满60岁", 60),
        ("还差两天满21天疗程", ABSENT),
        ("虚岁83周岁82", 82),
        ("虚岁83", None),
        ("家父姓李，六十有八，MM", 68),
        ("85岁以上加几分？", ABSENT),
        ("问下60到75岁的算几分", ABSENT),
    ],
)
def test_age_to_come_nominal_and_asked_of_a_class(text: str, expected: int | str | None) -> None:
    assert value(text, "age_years") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("阿婆今年七十九，住12床", "female"),
        ("她老公90公斤，她自己58公斤", "female"),
        ("他老婆血小板80，他自己血小板30", "male"),
        ("隔壁床心率130，我爸心率82", "male"),
        ("系统录成女，本人是男的，系统录错了，66岁", "male"),
        ("首页写女，67岁", "female"),
    ],
)
def test_sex_by_who_is_spoken_of(text: str, expected: str) -> None:
    assert value(text, "sex") == expected


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        # pasted sheets
        ("采样日期 9-02 9-09 9-16\nPLT 140 92 51\nCr 88 94 99", PLT, 51),
        ("项目：血小板（电阻抗法）  结果：67  提示：L", PLT, 67),
        ("PLT：4/1 30；4/5 41；4/9（今）58", PLT, 58),
        ("身高(cm):166 体重(kg):70.5", "height_cm", 166),
        # English beside Chinese
        ("INR was 3.1, now 2.0", "inr", 2.0),
        ("plt dropped from 130 to 44 今天 recheck 60", PLT, 60),
        ("eGFR pending", "gfr", None),
        ("plt wnl", PLT, None),
        # slips
        ("血小板写的是19，手误，91", PLT, 91),
        ("心率不是87，看成呼吸了，是107", "heart_rate_bpm", 107),
        ("体重呃六十六不是是五十五公斤", KG, 55),
        ("血小板从十一升到三十四，哦不是，四十三", PLT, 43),
        ("四床血小板报回来是二十八哦不对是八十二没有出血", PLT, 82),
        ("BMI算错，应是24.0", "bmi", 24),
        ("肌酐抄串行了，实际92", CR, 92),
        ("PLT 6万多点（具体63）", PLT, 63),
        ("小腿差值不是4，是2.5cm", "calf_difference_cm", 2.5),
        # then and now, and whose
        ("年轻时90公斤，现在只剩66", KG, 66),
        ("M蛋白由完全缓解时的0升至26g/L", "m_protein_g_l", 26),
        ("早上脉搏140多，打完针96", "heart_rate_bpm", 96),
        ("输了三次板，从9升到55", PLT, 55),
        ("家属自己心率118急的，患者84", "heart_rate_bpm", 84),
        ("家属自己心率118急的，患者84", "age_years", ABSENT),
        ("上一位病人小腿粗5cm，这位只差2cm", "calf_difference_cm", 2),
        ("血小板复查中", PLT, None),
        ("肌酐：溶血，退检", CR, None),
        ("男的六十一血小板十二万", "age_years", 61),
        ("我妈七十二，血小板掉到两万多点", "sex", "female"),
    ],
)
def test_other_registers(text: str, fact: str, expected: Any) -> None:
    assert value(text, fact) == expected
