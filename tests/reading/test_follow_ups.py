"""Short follow-ups after a case: values that came back, drugs begun or held, corrections."""

from __future__ import annotations

from typing import Any

import pytest
from told import ABSENT, check


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("血小板回来了，71，又掉了", {"platelets_e9_l": 71}),
        ("血小板刚回，71", {"platelets_e9_l": 71}),
        ("血肌酐出来了 126", {"creatinine_umol_l": 126}),
        ("肌酐涨上去了，210", {"creatinine_umol_l": 210}),
        ("补一个eGFR，53", {"gfr": 53}),
        ("INR，1.4", {"inr": 1.4}),
        ("体重刚量过，66公斤", {"weight_kg": 66}),
        ("心率慢下来了，82", {"heart_rate_bpm": 82}),
        ("PLT测了三遍都是52", {"platelets_e9_l": 52}),
        ("心跳我数了一下，92", {"heart_rate_bpm": 92}),
        ("体重60kg，P 72，双下肢不肿", {"heart_rate_bpm": 72}),
        ("eGFR，待回", {"gfr": None}),
        ("血小板还没回来，3天了", {"platelets_e9_l": None}),
        ("血小板降了，3天", {"platelets_e9_l": ABSENT}),
        ("血小板查了，5天前", {"platelets_e9_l": ABSENT}),
        ("eGFR，44岁女性", {"gfr": ABSENT, "age_years": 44}),
        ("血小板15，申请血小板2个治疗量", {"platelets_e9_l": 15}),
        ("p53突变，P 53", {"heart_rate_bpm": ABSENT}),
    ],
)
def test_a_value_that_came_back(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("狼疮抗凝物结果出来了，阳性", {"lupus_anticoagulant": True}),
        (
            "抗心磷脂抗体报告回了，阴性，狼疮抗凝物还没出",
            {"anticardiolipin_antibody": False, "lupus_anticoagulant": None},
        ),
        ("心磷脂也没出", {"anticardiolipin_antibody": None}),
        ("糖尿病没有，狼疮抗凝物阴性", {"diabetes": False, "lupus_anticoagulant": False}),
        ("v Leiden纯合，外院测的", {"inherited_thrombophilia": True}),
    ],
)
def test_a_result_that_came_back(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("低分子肝素前天开始打的，今天第3天", {"current_anticoagulant": "低分子肝素", "lmwh_days": 3}),
        ("那屈肝素今早打的", {"current_anticoagulant": "那屈肝素"}),
        ("依诺先hold，血小板26", {"current_anticoagulant": "无", "platelets_e9_l": 26}),
        ("阿司匹林已hold", {"current_antiplatelet": "无"}),
        ("利伐沙班要hold几天", {"current_anticoagulant": ABSENT}),
        ("要不要hold利伐沙班", {"current_anticoagulant": ABSENT}),
        ("华法林服用半年后停用", {"on_warfarin": False}),
        ("促红素血红蛋白到115就停了", {"erythropoietin": False}),
        ("促红素打着，Hb到120就停", {"erythropoietin": True}),
        ("第2程VRd刚打完，下程继续", {"imid": True, "regimen": "VRd"}),
        ("上一程PAD结束了，下周第三程", {"anthracycline_chemotherapy": True}),
        ("第二程VRd停了", {"imid": False}),
        ("地米减到每周20了", {"dexamethasone_mg_per_cycle": 80}),
        ("地塞米松40mg每周，已嘱改20mg每周", {"dexamethasone_mg_per_cycle": 80}),
        (
            "每天吃来那度胺一粒，每个礼拜一吃40毫克地塞米松",
            {"dexamethasone_mg_per_cycle": 160, "imid": True},
        ),
        ("on Rev 10 mg maintenance", {"imid_drug": "来那度胺", "mm_phase": "maintenance"}),
        ("方案见rev 2", {"imid": ABSENT}),
        ("利伐沙班10mg每日一次，随餐，已用3个月", {"months_on_prophylaxis": 3}),
        ("住院予依诺肝素40mg qd，出院带药：利伐沙班10mg qd", {"current_anticoagulant": "利伐沙班"}),
        ("术后予低分子肝素，出院带药：钙片", {"current_anticoagulant": "低分子肝素"}),
        ("家属诉在服阿司匹林，无黑便", {"current_antiplatelet": "阿司匹林"}),
        ("家属在服阿司匹林", {"current_antiplatelet": ABSENT}),
    ],
)
def test_drugs_begun_held_and_over(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“体重81kg”系录入错误，实测68.5kg", {"weight_kg": 68.5}),
        ("“无糖尿病”有误，患者有糖尿病10年", {"diabetes": True}),
        ("“既往无静脉血栓”有误，2019年右下肢腓静脉血栓", {"history_dvt": True}),
        ("没有糖尿病，写错了", {"diabetes": False}),
        ("原写“沙利度胺”系笔误，实际为泊马度胺4mg", {"imid_drug": "泊马度胺"}),
        ("女的，刚才写成男了", {"sex": "female"}),
        ("患者76岁，非67岁", {"age_years": 76}),
        ("地米40mg每周（75岁以上应减）", {"age_years": ABSENT}),
        ("类风湿那个是误诊", {"rheumatic_disease": False}),
        ("与3床不同，3床有房颤、用华法林；本例窦律", {"atrial_fibrillation": ABSENT, "on_warfarin": ABSENT}),
        ("别和2床搞混，2床血小板20，我们这个血小板120", {"platelets_e9_l": 120}),
        ("12床，70岁，房颤；该患者PLT 45", {"atrial_fibrillation": True, "platelets_e9_l": 45}),
    ],
)
def test_corrections(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("没有血栓史也没有家族史", {"history_vte": False, "family_history_vte": False}),
        ("有DVT史也有家族史", {"history_dvt": True, "family_history_vte": True}),
        ("没有房颤也没有血栓家族史", {"atrial_fibrillation": False, "family_history_vte": False}),
        ("没得过血栓，爸妈兄弟也没有", {"history_vte": False, "family_history_vte": False}),
        ("母亲糖尿病 父亲健在 狼疮抗凝物待回", {"diabetes": ABSENT, "lupus_anticoagulant": None}),
        ("其父有DVT史。本人目前未发生过血栓", {"family_history_vte": True, "history_vte": False}),
        ("他妹妹腿上也是栓了", {"family_history_vte": True}),
        ("左腿上栓了", {"vte_event": "dvt"}),
        ("老奶奶82岁，一米五三", {"age_years": 82, "height_cm": 153}),
        ("病人三十多岁坐飞机后得过肺栓塞", {"age_years": ABSENT, "history_vte": True}),
        ("病人三十多岁，得过肺栓塞", {"age_years": None, "history_vte": True}),
        ("无活动性出血 无出血史", {"active_bleeding": False, "bleeding_within_3_months": False}),
        ("咳了两口血痰", {"hemoptysis": True, "active_bleeding": ABSENT}),
        ("消化道出血仍在进展", {"active_bleeding": True}),
        ("鼻血填塞后止住了", {"bleeding_within_3_months": True}),
        ("骨髓瘤两年，上个月查又复发了", {"mm_phase": "relapse"}),
        ("股骨颈昨天断的，还没手术", {"fracture_pelvis_hip_femur": True}),
        ("平躺一个礼拜了，没下过床", {"bedridden_over_72h": True}),
        ("小腿肿 更像丹毒 可能性至少不低于DVT", {"alternative_diagnosis_as_likely_as_dvt": True}),
        ("上个月20号做的股骨头置换 今天是这个月2号", {"major_surgery_within_1_month": True}),
        ("心衰上个月初犯的", {"heart_failure_within_1_month": False}),
        ("心衰上个月底犯的", {"heart_failure_within_1_month": True}),
        ("引流管里没多少血，肌酐清除率65，能不能打那屈", {"creatinine_clearance_ml_min": 65}),
        ("没咳血 心率96 PICC拔了 沙利度胺一天两颗 要不要来医院", {"heart_rate_bpm": 96, "imid": True}),
    ],
)
def test_two_facts_at_once(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)
