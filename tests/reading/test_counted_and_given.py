"""Girths, fractures and rest, what is given and what is not, values and whose they are: each both ways."""

from __future__ import annotations

from typing import Any

import pytest
from told import ABSENT, check

FRACTURE, BED = "fracture_pelvis_hip_femur", "bedridden_over_72h"
LIKELIER, CALF, OVER = (
    "alternative_diagnosis_as_likely_as_dvt",
    "calf_difference_cm",
    "calf_swelling_over_3cm",
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("左坐骨支、左髋臼后柱见多发骨折线", {FRACTURE: True}),
        ("右股骨大转子可见骨折线影", {FRACTURE: True}),
        ("左股骨干骨皮质中断", {FRACTURE: True}),
        ("双侧股骨及骨盆诸骨未见骨折线", {FRACTURE: False}),
        ("髋臼倒没裂，胸12塌了", {FRACTURE: False}),
        ("股骨干可疑骨折线", {FRACTURE: None}),
        ("四肢活动自如", {BED: ABSENT}),
        ("床上活动自如", {BED: ABSENT}),
        ("日常活动自如", {BED: False}),
        ("卧床，24h尿蛋白2g", {BED: None}),
        ("卧床24h", {BED: False}),
        ("两边小腿都量了36", {CALF: 0}),
        ("双小腿均量过，没写多少", {CALF: ABSENT}),
        ("右小腿围径比左侧多4厘米", {CALF: 4, OVER: ABSENT}),
        ("右小腿较左侧多2.5cm，没超过3cm", {CALF: 2.5, OVER: False}),
        ("左小腿比右侧粗5cm，大腿没超过3cm", {CALF: 5, OVER: ABSENT}),
        ("右侧腹股沟见怒张浅静脉", {"collateral_superficial_veins": True}),
        ("未见怒张浅静脉", {"collateral_superficial_veins": False}),
    ],
)
def test_legs_and_rest(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("蜂窝织炎比DVT更能解释右腿肿", {LIKELIER: True}),
        ("DVT比肌肉拉伤更能解释右腿肿", {LIKELIER: False}),
        ("没有其他病更像，主要怕下肢血栓", {LIKELIER: False, "vte_event": "suspected_dvt"}),
        ("有没有别的病更像", {LIKELIER: ABSENT}),
        ("DVT打分，石膏这条给1分", {"vte_event": ABSENT}),
        ("DVT计分表", {"vte_event": ABSENT}),
        ("左腿DVT，抗凝中", {"vte_event": "dvt"}),
        ("咯血是三年前的事，这回没有咯血", {"hemoptysis": False}),
        ("去年没有咯血，这次有咯血", {"hemoptysis": True}),
    ],
)
def test_what_is_likelier(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("蒽环一律没上", {"anthracycline_chemotherapy": False}),
        ("激素一概没用过", {"glucocorticoid": False}),
        ("多柔比星一直在用", {"anthracycline_chemotherapy": True}),
        ("化疗没做，口服来那度胺", {"chemotherapy": False, "imid": True}),
        ("化疗没用，病情又进展了", {"chemotherapy": ABSENT}),
        ("化疗还没上，等下周", {"chemotherapy": ABSENT}),
        ("大剂量美法仑预处理", {"chemotherapy": True}),
        ("大剂量美法仑用不用？", {"chemotherapy": ABSENT}),
        ("氯吡格雷每早一片", {"current_antiplatelet": "氯吡格雷"}),
        ("阿司匹林临睡吗", {"current_antiplatelet": ABSENT}),
        ("依诺肝素每12小时一针", {"current_anticoagulant": "依诺肝素"}),
        ("无抗凝药，只有阿司匹林", {"current_antiplatelet": "阿司匹林", "current_anticoagulant": "无"}),
        ("家里只有阿司匹林", {"current_antiplatelet": ABSENT}),
        ("只有阿司匹林行吗", {"current_antiplatelet": ABSENT}),
        ("那屈肝素用药第8天", {"current_anticoagulant": "那屈肝素", "lmwh_days": 8}),
        ("达比加群110mg bid预防抗凝，到这个月正好半年", {"months_on_prophylaxis": 6}),
        ("VRd是12床的，本床用的是VTD", {"regimen": "VTD", "imid_drug": "沙利度胺"}),
        ("12床是PAD，本床是VTD", {"regimen": "VTD", "anthracycline_chemotherapy": ABSENT}),
        ("12床 PAD第2程", {"regimen": "PAD"}),
        ("Continue maintenance with lenalidomide", {"mm_phase": "maintenance"}),
        ("妈妈打的促红素，腿肿了", {"sex": "female", "erythropoietin": True}),
        ("爸爸吃的华法林，我来那度胺25mg", {"sex": ABSENT, "on_warfarin": ABSENT}),
    ],
)
def test_given_or_not(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


DEX = "dexamethasone_mg_per_cycle"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("激素原来40mg每周，现减为20mg每周一次，28天一周期", {DEX: 80}),
        ("激素20mg d1,8,15,22", {DEX: 80}),
        ("激素10mg qd", {DEX: ABSENT}),
        ("泼尼松，激素20mg每周一次", {DEX: ABSENT}),
        ("激素停了，原20mg每周一次", {DEX: ABSENT}),
        ("一个疗程地塞米松的总量嘛，三百二十毫克", {DEX: 320}),
        ("地塞米松总量，大概160mg", {DEX: 160}),
        ("地塞米松每疗程总量呢，一百六十毫克", {DEX: 160, "glucocorticoid": True}),
        ("地塞米松呢，20mg可以吗", {"glucocorticoid": ABSENT}),
        ("地塞米松二十毫克一周一次四周一个疗程泊马渡胺四毫克", {DEX: 80, "imid_drug": "泊马度胺"}),
    ],
)
def test_the_steroid_of_a_cycle(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("75kgGFR30", {"weight_kg": 75, "gfr": 30}),
        ("165cm60kgPLT88", {"height_cm": 165, "weight_kg": 60, "platelets_e9_l": 88}),
        ("男/61岁/170cm/66kg/血小板 140", {"weight_kg": 66, "platelets_e9_l": 140}),
        ("依诺肝素1mg/kg/12h", {"weight_kg": ABSENT}),
        ("每12小时一次，72公斤", {"weight_kg": 72}),
        ("每次举20公斤哑铃", {"weight_kg": ABSENT}),
        ("62岁，168的个头", {"height_cm": 168}),
        ("板板三万六", {"platelets_e9_l": 36}),
        ("PLT标本凝了，报告没出", {"platelets_e9_l": None}),
        ("INR标本溶血，重抽出来是2.2", {"inr": 2.2}),
        ("入院时HR 121，现已转为窦律，HR 70", {"heart_rate_bpm": 70}),
        ("昨日PLT 12，今晨输过板，PLT 40", {"platelets_e9_l": 40}),
        ("PLT 12，PLT 40", {"platelets_e9_l": None}),
    ],
)
def test_values_and_their_neighbours(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)
