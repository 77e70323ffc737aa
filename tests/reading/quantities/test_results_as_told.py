"""Results as they are told: not yet back, of last week, back to a value, normal in words."""

from __future__ import annotations

import pytest

from .reading_cases import drug_facts, quantities, value


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("INR回到1.1", "inr", 1.1),
        ("INR控制在2.6", "inr", 2.6),
        ("INR维持在2.2左右", "inr", 2.2),
        ("心率刚好100", "heart_rate_bpm", 100),
        ("刚测心率98", "heart_rate_bpm", 98),
        ("血小板县里化验4.9万", "platelets_e9_l", 49),
        ("血小板那个23是上周的，今天复查升到61了", "platelets_e9_l", 61),
        ("血小板45是昨天的，今天没抽", "platelets_e9_l", 45),
        ("肺腺癌EGFR 19外显子缺失，eGFR 58", "gfr", 58),
        ("EGFR突变阳性，GFR 62", "gfr", 62),
        ("左小腿围38，右边34.5", "calf_difference_cm", 3.5),
        ("左边小腿周径35，右边小腿周径35.5", "calf_difference_cm", 0.5),
    ],
)
def test_a_result_in_everyday_words(text: str, fact: str, expected: object) -> None:
    assert value(text, fact) == expected


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("血肌酐1.5mg/dl，eGFR暂未出", "gfr"),
        ("血小板尚未报", "platelets_e9_l"),
        ("尿素氮肌酐没结果", "creatinine_umol_l"),
        ("肾功能正常，血小板也正常", "platelets_e9_l"),
    ],
)
def test_a_result_without_a_number_is_asked_for(text: str, fact: str) -> None:
    mention = quantities(text)[fact]
    assert (mention.status, mention.value) == ("undetermined", None)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("建议INR控制在2.0～3.0", "inr"),
        ("EGFR 21外显子L858R突变", "gfr"),
        ("抗心磷脂抗体IgG 48 GPL，阳性", "m_protein_g_l"),
        ("抗心磷脂抗体IgM 42 U/ml", "m_protein_g_l"),
    ],
)
def test_an_aim_a_gene_and_an_antibody_are_no_results(text: str, fact: str) -> None:
    assert fact not in quantities(text)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("每日口服阿司匹林100mg，共6个月", 6),
        ("预防性利伐沙班10mg/d服用至今14个月", 14),
        ("预防性阿司匹林100mg服用9个月", 9),
        ("拜阿司匹林100mg qd已坚持8个月", 8),
        ("预防抗凝，那屈肝素0.4ml qd打了3个月", 3),
    ],
)
def test_months_of_prophylaxis_after_a_dose(text: str, months: float) -> None:
    assert value(text, "months_on_prophylaxis") == months


@pytest.mark.parametrize("text", ["阿司匹林停了3个月", "阿司匹林至少吃6个月", "阿司匹林100mg，3个月后复查"])
def test_no_months_of_prophylaxis(text: str) -> None:
    assert "months_on_prophylaxis" not in quantities(text)


@pytest.mark.parametrize("text", ["患侧小腿比健侧粗，大于3cm", "右小腿肿胀疼痛5天（比左侧粗超过3cm）"])
def test_more_than_three_centimetres_after_a_break(text: str) -> None:
    assert value(text, "calf_swelling_over_3cm") is True


@pytest.mark.parametrize(
    "text",
    ["地塞米松已于第9周期起停用", "地塞米松过完年就不吃了", "激素上个月起就不吃了", "激素从第3疗程起已停"],
)
def test_a_drug_stopped_since_then(text: str) -> None:
    assert drug_facts(text)["glucocorticoid"].value is False


def test_a_drug_for_life_is_taken() -> None:
    assert drug_facts("机械瓣，华法林终身")["current_anticoagulant"].value == "华法林"


def test_the_days_of_a_drug_given_for_prevention_are_no_months() -> None:
    facts = quantities("预防血栓：依诺肝素20 mg qd，第9天")
    assert "months_on_prophylaxis" not in facts


def test_a_drug_stopped_beside_its_regimen_is_stopped() -> None:
    assert drug_facts("D-Rd方案维持第14周期，地塞米松已于第9周期起停用")["glucocorticoid"].value is False


def test_what_follows_the_full_stop_does_not_limit_the_stop() -> None:
    assert drug_facts("来那度胺维持，入院后来那度胺停用。住院期间无出血")["imid"].value is False
    assert drug_facts("来那度胺治疗中，感染期间停用来那度胺一周")["imid"].value is True


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("肌酐报告出来了，是1.6mg/dl", "creatinine_umol_l", 141.44),
        ("血小板结果回来了，是44", "platelets_e9_l", 44),
        ("INR出结果了是1.9", "inr", 1.9),
        ("鸡肝一百四十二", "creatinine_umol_l", 142),
        ("机酐98", "creatinine_umol_l", 98),
        ("鸡肝清除率三十一", "creatinine_clearance_ml_min", 31),
        ("电泳见M带，定量没回", "m_protein_g_l", "undetermined"),
        ("见M蛋白条带，未定量", "m_protein_g_l", "undetermined"),
        ("体重：卧床未称", "weight_kg", "undetermined"),
        ("吃了鸡肝两块", "creatinine_umol_l", "absent"),
        ("血小板5月3日46，5月9日58", "platelets_e9_l", 58),
    ],
)
def test_a_result_that_has_come_misheard_or_not_measured(text: str, fact: str, expected: object) -> None:
    assert value(text, fact) == expected
