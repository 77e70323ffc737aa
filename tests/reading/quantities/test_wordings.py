"""Families of wordings of numbers and drugs: the same value as records, doctors and relatives write it."""

import pytest

from rasa_project.reading.reader import read

_SAID = [
    ("身高一百七十八", "height_cm", 178),
    ("身高不详", "height_cm", None),
    ("身高未测", "height_cm", None),
    ("身高未量", "height_cm", None),
    ("身高不知道", "height_cm", None),
    ("身高无法测量", "height_cm", None),
    ("身高体重均未测", "height_cm", None),
    ("身高、体重不详", "height_cm", None),
    ("身高没量过", "height_cm", None),
    ("未测身高", "height_cm", None),
    ("身高测不了", "height_cm", None),
    ("体重68还是86搞不清", "weight_kg", None),
    ("体重未称", "weight_kg", None),
    ("M成分36g/L", "m_protein_g_l", 36),
    ("M球蛋白36g/L", "m_protein_g_l", 36),
    ("单克隆峰36g/L", "m_protein_g_l", 36),
    ("萨力多胺", "imid", True),
    ("依普定", "erythropoietin", True),
    ("怡宝3000U", "erythropoietin", True),
    ("利血宝", "erythropoietin", True),
    ("促红针不打", "erythropoietin", False),
    ("地塞米松20mg d1-2、8-9、15-16、22-23/28d", "dexamethasone_mg_per_cycle", 160),
    ("血小板整50", "platelets_e9_l", 50),
    ("血小板只剩50了", "platelets_e9_l", 50),
    ("血小板凝块，重抽", "platelets_e9_l", None),
    ("华法林一直吃着", "on_warfarin", True),
    ("GFR没算", "gfr", None),
    ("Cockcroft-Gault 29ml/min", "creatinine_clearance_ml_min", 29),
    ("CG公式算的清除率29", "creatinine_clearance_ml_min", 29),
    ("肌酐清除率算下来29", "creatinine_clearance_ml_min", 29),
    ("小腿周径双侧均34cm", "calf_difference_cm", 0),
    ("小腿围左右都是33cm", "calf_difference_cm", 0),
    ("窦律99次", "heart_rate_bpm", 99),
    ("心电图窦律，99次/分", "heart_rate_bpm", 99),
    ("窦速99次/分", "heart_rate_bpm", 99),
    ("律齐，99次/分", "heart_rate_bpm", 99),
    ("心率没记", "heart_rate_bpm", None),
    ("脉搏没数", "heart_rate_bpm", None),
    ("心率未记录", "heart_rate_bpm", None),
    ("乙酰水杨酸100mg", "current_antiplatelet", "阿司匹林"),
    ("拜阿在吃", "current_antiplatelet", "阿司匹林"),
    ("打低分子肝素6天了", "lmwh_days", 6),
    ("那屈肝素使用6天", "lmwh_days", 6),
    ("低分子肝素抗凝6天", "lmwh_days", 6),
    ("身高170，体重未测", "height_cm", 170),
    ("身高170，体重未测", "weight_kg", None),
    ("体重60kg或者按体表面积给药", "weight_kg", 60),
    ("促红素打算下周用", "erythropoietin", True),
    ("EPO not given", "erythropoietin", False),
    ("她住院一周了，血小板80", "sex", "female"),
    ("老张头72岁", "sex", "male"),
    ("地米120每周期", "dexamethasone_mg_per_cycle", 120),
    ("地塞米松每周期120 58岁女", "dexamethasone_mg_per_cycle", 120),
    ("地米160一个疗程", "dexamethasone_mg_per_cycle", 160),
    ("地米40每周期3次", "dexamethasone_mg_per_cycle", 120),
    ("地米每周40mg 一个周期3周", "dexamethasone_mg_per_cycle", 120),
    ("地米20mg每周 一周期五周", "dexamethasone_mg_per_cycle", 100),
    ("目前正在抗凝", "current_anticoagulant", "抗凝药（品种未说明）"),
    ("VRd第3程，地塞米松（20mg，每周一次）用到第3疗程", "dexamethasone_mg_per_cycle", 80),
    ("地塞米松20mg每周，10月8日黑便2次", "dexamethasone_mg_per_cycle", 80),
]

_NOT_SAID = [
    ("他爸爸得过血栓", "sex"),
    ("他没用过来那度胺", "sex"),
    ("他今年60岁", "sex"),
    ("她说他没有血栓", "sex"),
    ("那他现在用什么抗凝", "current_anticoagulant"),
    ("目前抗凝用的是哪种", "current_anticoagulant"),
    ("现在在抗凝吗", "current_anticoagulant"),
    ("血小板50，他汀能用吗", "sex"),
    ("身高不高，体重60kg", "height_cm"),
    ("呼吸20次，律齐", "heart_rate_bpm"),
    ("低分子肝素10天前停用", "lmwh_days"),
    ("血小板聚集功能正常", "platelets_e9_l"),
]


def _facts(text: str) -> dict[str, object]:
    return {mention.fact: mention.value for mention in read(text).mentions}


@pytest.mark.parametrize(("text", "fact", "value"), _SAID)
def test_said(text: str, fact: str, value: object) -> None:
    facts = _facts(text)
    assert fact in facts
    assert facts[fact] == value


@pytest.mark.parametrize(("text", "fact"), _NOT_SAID)
def test_not_said(text: str, fact: str) -> None:
    assert fact not in _facts(text)
