"""Lines of treatment: what a relapse ends, a regimen put right, drugs not known of, fields in brackets."""

from __future__ import annotations

from typing import Any

import pytest
from told import ABSENT, check


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("来那度胺维持，生化进展→DKd", {"imid": False, "regimen": "DKd", "carfilzomib": True}),
        ("沙利度胺维持2年，2023年进展，→KPd", {"imid_drug": "泊马度胺", "regimen": "KPd"}),
        ("IRd 5程后疾病进展。现三线KPd第3周期", {"imid_drug": "泊马度胺", "regimen": "KPd"}),
        ("反应停维持一年。上月复发，改用卡非佐米、来那度胺、地塞米松", {"imid_drug": "来那度胺"}),
        ("泊马度胺治疗中进展 -> XVd", {"imid": False, "regimen": "XVd"}),
        ("IRd耐药，换Dara单药", {"imid": False}),
        ("沙利度胺维持两年后复发，目前Kd", {"imid": False, "regimen": "Kd"}),
        ("CTX口服中进展，换成来那度胺", {"chemotherapy": False, "imid": True}),
        ("来那度胺维持中进展，加用达雷妥尤单抗", {"imid": True}),
        ("来那度胺维持中进展，能换泊马度胺吗", {"imid_drug": "来那度胺"}),
        ("来那度胺维持，复查无进展，改为隔日一次", {"imid": True}),
        ("来那度胺维持，DVT复发，改用依诺肝素", {"imid": True}),
        ("沙利度胺维持至2021年，此后观察", {"imid": False}),
        ("来那度胺口服至去年", {"imid": False}),
        ("来那度胺维持至今", {"imid": True}),
        ("最初用VRd，后来Rd", {"regimen": "Rd"}),
        ("刚开始吃的沙利度胺，手麻，现在来那度胺", {"imid_drug": "来那度胺"}),
        ("起初打的卡非佐米，现在只打万珂", {"carfilzomib": False}),
        ("从一开始就用来那度胺", {"imid": True}),
        ("Relapsed after KRd, now on DPd C2", {"regimen": "DPd", "imid_drug": "泊马度胺"}),
        ("refractory to lenalidomide, on Kd", {"imid": False, "regimen": "Kd"}),
        ("没用过任何度胺类药物", {"imid": False}),
        ("方案里不含度胺类", {"imid": False}),
        ("度胺类药物有血栓风险吗", {"imid": ABSENT}),
        ("激素已减完", {"glucocorticoid": False}),
        ("下周一开始Rd", {"imid": True, "regimen": "Rd"}),
    ],
)
def test_a_line_that_took_the_place_of_another(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("VTd写错了，是VCd", {"imid": False, "regimen": "VCD"}),
        ("方案VRd录入有误，应为Vd", {"imid": False, "regimen": "Vd"}),
        ("泊马度胺写错了，其实用的是来那度胺", {"imid": True, "imid_drug": "来那度胺"}),
        ("卡非佐米打错了，应该是伊沙佐米", {"carfilzomib": False}),
        ("沙利度胺写错了", {"imid": None}),
        ("应该是VCd，不是VTd", {"imid": False, "regimen": "VCD"}),
        ("应该是来那度胺吧", {"imid": ABSENT}),
        ("不是KRd，用的Kd", {"imid": False, "carfilzomib": True, "regimen": "Kd"}),
        ("不是DRd，现在用的是DVd", {"imid": False, "regimen": "DVd"}),
        ("打的升血小板针，不是促红素", {"erythropoietin": False}),
        ("吃的是甲钴胺不是沙利度胺", {"imid": False}),
        ("用的罗沙司他，不是EPO", {"erythropoietin": False}),
    ],
)
def test_a_drug_put_right(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("外院处方里有没有来那度胺，儿子说不清", {"imid": None}),
        ("外院用药可能含沙利度胺，待核对", {"imid": None}),
        ("以前好像吃过反应停", {"imid": None}),
        ("可能需要用来那度胺", {"imid": ABSENT}),
        ("有没有来那度胺", {"imid": ABSENT}),
        ("是否使用IMiD：否 是否使用EPO：是", {"imid": False, "erythropoietin": True}),
        ("是否用激素：否 是否化疗：是", {"glucocorticoid": False}),
    ],
)
def test_a_drug_of_which_it_is_not_known(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("【促红素】否 【输液港】已拔", {"erythropoietin": False, "central_venous_catheter": False}),
        ("【方案】VRd 【疗效】PR 【糖尿病】无 【房颤】有", {"mm_response": "pr", "diabetes": False}),
        ("【来那度胺】未用", {"imid": False}),
        ("〖华法林〗无", {"on_warfarin": False}),
        ("【血小板】45 【INR】1.2", {"platelets_e9_l": 45, "inr": 1.2}),
        ("[姓名]，女，66岁", {"sex": "female", "age_years": 66}),
    ],
)
def test_fields_named_in_square_brackets(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("M2方案第2程", {"regimen": "M2", "chemotherapy": True, "glucocorticoid": True}),
        ("拟行KRD-PACE一程", {"regimen": "KRd-PACE", "carfilzomib": True, "imid": True}),
        ("VRD-PACE", {"regimen": "VRd-PACE", "anthracycline_chemotherapy": True, "imid": True}),
        ("PDD方案第2程", {"regimen": "VDd", "anthracycline_chemotherapy": True}),
        ("PTD方案3程", {"regimen": "VTD", "imid_drug": "沙利度胺"}),
        ("CTD（环磷酰胺+沙利度胺+地塞米松）", {"regimen": "CTD", "chemotherapy": True}),
        ("MP（马法兰、泼尼松）口服", {"regimen": "MP", "chemotherapy": True}),
        ("PR（来那度胺维持中）", {"regimen": ABSENT}),
        ("停阿霉素，余VD照旧", {"regimen": "Vd", "anthracycline_chemotherapy": False}),
        ("加来那度胺，其余BD不变", {"imid": True, "glucocorticoid": True}),
        ("阿哌沙班2.5mg bd", {"regimen": ABSENT}),
    ],
)
def test_regimens_by_name(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "mg"),
    [
        ("万珂+地塞米松，不含IMiD，每周期120mg", 120),
        ("硼替佐米+Dex，没用来那度胺，一个疗程160mg", 160),
        ("地米在用，环磷酰胺每周期900mg", ABSENT),
        ("泼尼松在用，每周期240mg", ABSENT),
        ("来那度胺25mg d1-14，地塞米松20mg", None),
        ("来那度胺10mg d1-21，每周地塞米松20mg", 80),
        ("来那度胺25mg d1-21，40mg地塞米松每周一次", 160),
        ("万珂 qw×4，来那度胺25mg d1-14，地塞米松20mg 万珂当日及次日", 160),
        ("卡非佐米 d1,2,8,9，来那度胺25mg，地塞米松10mg当天", 40),
        ("地米每疗程4天，每天20mg", 80),
        ("地塞米松一个疗程打8次，每次10", 80),
        ("强的松龙50mg/天", ABSENT),
        ("甲强龙80mg qd ×3天", ABSENT),
        ("来那度胺+地塞米松，后者每周20mg", 80),
        ("地塞米松第一周期每周40mg，现第4周期每周10mg", 40),
        ("地塞米松40mg每周，现第3周期", 160),
        ("地塞米松10mg中午已服，d1、2、8、9都是10mg", 40),
        ("地米20mg今早已服，每周就这一次", 80),
        ("地塞米松40mg每周只吃一次", 160),
        ("地塞米松不是每周20mg，是硼替佐米当天和次日各20mg，d1、2、8、9", 80),
    ],
)
def test_dexamethasone_told_beside_other_things(text: str, mg: float | str) -> None:
    check(text, {"dexamethasone_mg_per_cycle": mg})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("M蛋白翻了一番至38g/L", {"m_protein_g_l": 38}),
        ("M蛋白翻倍到52g/L", {"m_protein_g_l": 52}),
        ("auto-HSCT术后8个月", {"major_surgery_within_1_month": ABSENT}),
        ("爷爷82岁每天吃沙利度胺", {"sex": "male", "age_years": 82, "imid": True}),
        ("妈妈70岁正在打万珂", {"sex": "female", "age_years": 70}),
        ("奶奶76岁时每周打针，我骨髓瘤", {"age_years": ABSENT}),
    ],
)
def test_what_stands_beside_the_treatment(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


NOTHING_GIVEN = {
    "imid": False,
    "carfilzomib": False,
    "anthracycline_chemotherapy": False,
    "chemotherapy": False,
    "glucocorticoid": False,
    "mm_phase": "off_treatment",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("来那度胺5mg维持，去年生化进展→KCd", {"mm_phase": "relapse", "imid": False}),
        ("移植后复发，改用DPd", {"mm_phase": "relapse", "regimen": "DPd"}),
        ("R维持期间病情进展，现DKd第1程", {"mm_phase": "relapse", "imid": False}),
        ("复发后KPd 4程，现泊马度胺维持", {"mm_phase": "maintenance"}),
        ("兆珂每月一次维持", {"mm_phase": "maintenance"}),
        ("瑞复美（来那度胺）10mg qod 维持", {"mm_phase": "maintenance"}),
        ("KPd维持第3个月", {"mm_phase": "maintenance"}),
        ("骨髓瘤CR，没有用药一年", {**NOTHING_GIVEN, "active_cancer": False, "mm_response": "cr"}),
        ("移植后三年多没吃药了", NOTHING_GIVEN),
        ("MM缓解，不用药两年了", NOTHING_GIVEN),
        ("VGPR，目前无药", NOTHING_GIVEN),
        ("停止治疗后没有用药", NOTHING_GIVEN),
        ("VRd 6程后CR，没有用药14个月", NOTHING_GIVEN),
        ("移植后一直没用药维持", {"mm_phase": "off_treatment", "carfilzomib": ABSENT}),
        ("来那度胺维持中，血栓没有用药预防", {"imid": True, "mm_phase": "maintenance"}),
        ("来那度胺维持，三年前DVT，现在没有用药", {"imid": True, "mm_phase": "maintenance"}),
        ("来那度胺25mg，糖尿病没吃药两年", {"imid": True, "mm_phase": ABSENT}),
        ("Rd维持两年，CR，现在没有用药", NOTHING_GIVEN),
        ("没有用药，停药两年", NOTHING_GIVEN),
        ("停药观察一年", {"mm_phase": "off_treatment", "imid": ABSENT}),
        ("确诊3个月，未治疗", {"mm_phase": ABSENT}),
        ("缓解停药1年半", {"mm_phase": "off_treatment", "active_cancer": False}),
        ("骨髓瘤缓解后停药两年", {"mm_phase": "off_treatment", "active_cancer": False}),
        ("未缓解，停药两年", {"active_cancer": ABSENT}),
        ("缓解停药2月", {"mm_phase": "off_treatment", "active_cancer": ABSENT}),
        ("MM完全缓解停药3年", {"mm_response": "cr", "active_cancer": False}),
        ("骨髓瘤CR后停药", {"mm_response": "cr", "mm_phase": "off_treatment"}),
        ("骨髓瘤的新病人", {"mm_phase": "newly_diagnosed"}),
        ("疾病缓解，无活动性证据", {"mm_active": False}),
        ("M蛋白回升，判定疾病进展", {"mm_response": "pd"}),
        ("骨穿后评估为进展", {"mm_response": "pd"}),
        ("Kd两程，疗效报告未回", {"mm_response": None}),
        ("疗效没法判断", {"mm_response": None}),
        ("疗效评价：PR？待复核确认", {"mm_response": None}),
        ("疗效评估未达CR", {"mm_response": ABSENT}),
    ],
)
def test_phase_and_response(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)
