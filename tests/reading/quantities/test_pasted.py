"""Text pasted from elsewhere: tables of results, decimal commas, abbreviations, lines of treatment."""

from __future__ import annotations

import pytest

from .reading_cases import drug_facts, quantities, value

_TABLE = """项目 结果 单位 参考范围
血小板计数(PLT) 44 ↓ 10^9/L 125-350
肌酐(CREA)\t132\t↑\tumol/L\t57-97
估算肾小球滤过率 48.2 ml/min/1.73m2 >90
INR 1.1 0.8-1.2
M蛋白 32.5 g/L 0-0"""


def test_a_table_of_results() -> None:
    read = quantities(_TABLE)
    assert {fact: read[fact].value for fact in read} == {
        "platelets_e9_l": 44,
        "creatinine_umol_l": 132,
        "gfr": 48.2,
        "inr": 1.1,
        "m_protein_g_l": 32.5,
    }


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("BMI 26,4", "bmi", 26.4),
        ("体质指数24,95，eGFR 59,5", "bmi", 24.95),
        ("体质指数24,95，eGFR 59,5", "gfr", 59.5),
        ("血小板 5,6万", "platelets_e9_l", 56),
    ],
)
def test_a_decimal_comma_is_confirmed(text: str, fact: str, expected: float) -> None:
    mention = quantities(text)[fact]
    assert (mention.value, mention.confirm) == (expected, True)


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("PLT 60,80", "platelets_e9_l", "undetermined"),
        ("PLT 60,5天前PLT 90", "platelets_e9_l", 60),
        ("昨日PLT 32，今日输板后56", "platelets_e9_l", 56),
        ("M蛋白 IgG-κ 42.3g/L", "m_protein_g_l", 42.3),
        ("心率快，120多", "age_years", "absent"),
        ("60多岁", "age_years", "undetermined"),
        ("患者，男，6\n8岁", "age_years", "absent"),
        ("dexa 40 mg once weekly, 28-day cycle", "dexamethasone_mg_per_cycle", 160),
    ],
)
def test_pasted_values(text: str, fact: str, expected: object) -> None:
    assert value(text, fact) == expected


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("eGFR(CKD-EPI) 54.3", {}),
        ("沙利度胺100mg qn po（已停半年）", {"imid": False, "imid_drug": "无"}),
        ("反应停吃了2年停了", {"imid": False, "imid_drug": "无"}),
        ("PAD*4 → ASCT → R维持", {"anthracycline_chemotherapy": False, "imid": True, "regimen": "R"}),
        ("已行6疗程VRD，现R单药维持", {"imid": True, "regimen": "R"}),
    ],
)
def test_pasted_drugs(text: str, facts: dict[str, object]) -> None:
    read = drug_facts(text)
    implied = ("imid_drug", "glucocorticoid", "chemotherapy")
    kept = {fact: read[fact].value for fact in read if fact not in implied}
    assert kept == {fact: said for fact, said in facts.items() if fact != "imid_drug"}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("药师：阿司匹林肠溶片0.1g qd", {"current_antiplatelet": "阿司匹林"}),
        ("来那度胺因皮疹停药3月余，现恢复10mg", {"imid": True}),
        ("不考虑用来那度胺", {"imid": False}),
        ("暂不考虑使用卡非佐米", {"carfilzomib": False}),
        ("没打算用促红素", {"erythropoietin": False}),
        ("不愿打克赛", {"current_anticoagulant": "无"}),
        ("考虑换用泊马度胺", {"imid": True}),
        ("Vd方案 3周期后 改 Kd", {"regimen": "Kd", "carfilzomib": True}),
    ],
)
def test_shorthand_of_drugs(text: str, facts: dict[str, object]) -> None:
    read = drug_facts(text)
    implied = ("imid_drug", "glucocorticoid", "chemotherapy")
    assert {fact: read[fact].value for fact in read if fact not in implied} == facts


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("DEX 40mg d1,8,15,22 (>75岁减为20mg)", "dexamethasone_mg_per_cycle", 160),
        ("DEX 40mg d1,8,15,22 (>75岁减为20mg)", "age_years", "absent"),
        ("年龄 70+", "age_years", "undetermined"),
        ("Age: 71, Sex: M, Weight: 72 kg", "sex", "male"),
        ("肌酐清除率（CG公式）45ml/min", "creatinine_clearance_ml_min", 45),
        ("肾功能：轻度异常", "renal_function_normal", False),
        ("LMWH day6", "lmwh_days", 6),
    ],
)
def test_shorthand_of_quantities(text: str, fact: str, expected: object) -> None:
    assert value(text, fact) == expected


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("血小板计数    125-350    43 L", "platelets_e9_l", 43),
        ("肌酐\t57-111\t156↑", "creatinine_umol_l", 156),
        ("血小板    10^9/L    43    125-350", "platelets_e9_l", 43),
        ("血小板 43~60", "platelets_e9_l", "undetermined"),
    ],
)
def test_a_range_or_unit_in_a_column_of_its_own_is_no_result(text: str, fact: str, expected: object) -> None:
    assert value(text, fact) == expected
