"""Drugs that are given, paused, ended or begun again, and how long they have been given."""

from __future__ import annotations

from typing import Any

import pytest
from told import ABSENT, check


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a denial right behind a drug is of the next one
        ("口服反应停75mg未用地塞米松", {"imid": True, "glucocorticoid": False}),
        ("来那度胺15mg没加地米", {"imid": True, "glucocorticoid": False}),
        ("来那度胺15mg没加量", {"imid": True}),
        ("来那度胺上周起没用", {"imid": False}),
        # all of them were stopped
        ("DRd治疗后进展，已停用所有抗骨髓瘤药物", {"imid": False}),
        ("前年用泊马度胺，如今什么骨髓瘤药都不用", {"imid": False}),
        ("DRd治疗中，不要停用全部抗骨髓瘤药", {"imid": True}),
        ("来那度胺25mg治疗中，建议停用全部抗骨髓瘤药", {"imid": True}),
        ("曾停用全部骨髓瘤药半年，3月起来那度胺10mg", {"imid": True}),
        # together with another
        ("阿司匹林100mg qd，随沙利度胺一并停用", {"imid": False, "current_antiplatelet": "无"}),
        ("利伐沙班10mg qd，与来那度胺一起吃", {"imid": True, "current_anticoagulant": "利伐沙班"}),
        # denied twice
        ("并不是没用来那度胺，一直在吃", {"imid": True}),
        ("沙利度胺继续，激素倒停了", {"imid": True, "glucocorticoid": False}),
        ("促红素—本周停用", {"erythropoietin": False}),
        ("促红素—每周一次", {"erythropoietin": True}),
        # a pause that is over
        ("华法林因拔牙停过三天", {"on_warfarin": True}),
        ("华法林停过两次，现已停用", {"on_warfarin": False}),
        ("去年吃华法林，今年初改成阿哌沙班", {"on_warfarin": False, "current_anticoagulant": "阿哌沙班"}),
        ("利伐沙班吃了半年，可以停了吧", {"current_anticoagulant": "利伐沙班"}),
        ("利伐沙班吃了半年，停了", {"current_anticoagulant": "无"}),
        ("利伐沙班10mg每日，胃镜前2天停利伐沙班", {"current_anticoagulant": "利伐沙班"}),
        ("没有输液港 就是口服来那度胺", {"central_venous_catheter": False, "imid": True}),
        ("没有用过沙利度胺、来那度胺", {"imid": False}),
    ],
)
def test_who_is_denied_by_what_stands_beside_a_drug(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("终身华法林，INR 2.2", {"on_warfarin": True}),
        ("华法林终身禁用", {"on_warfarin": ABSENT}),
        ("Warfarin：因房颤", {"on_warfarin": True}),
        ("Aspirin EC 75mg", {"current_antiplatelet": "阿司匹林"}),
        ("那屈肝素术后12小时起用", {"current_anticoagulant": "那屈肝素"}),
        ("依诺肝素拟术后使用", {"current_anticoagulant": ABSENT}),
        ("肝素已泵入", {"current_anticoagulant": "普通肝素"}),
        ("昨晚给了半量达肝素", {"current_anticoagulant": "达肝素"}),
        ("力伐沙班吃两个月了", {"current_anticoagulant": "利伐沙班"}),
        ("利伐沙班需吃两个月", {"current_anticoagulant": ABSENT}),
        ("用华法林行不", {"on_warfarin": ABSENT}),
        ("Epoetin每周一针", {"erythropoietin": True}),
        ("沙利度胺加环磷", {"imid": True, "chemotherapy": True}),
        ("上次记的来那度胺是错的", {"imid": None}),
    ],
)
def test_plain_signs_that_a_drug_is_given(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rd维持中进展，2月前换泊马度胺", {"imid_drug": "泊马度胺", "regimen": ABSENT}),
        ("1线 PAD×4 2线 拟DRd", {"regimen": "DRd"}),
        ("VRd进展；拟Kd", {"regimen": "Kd", "imid": False}),
        ("VRd维持中", {"regimen": "VRd"}),
    ],
)
def test_the_regimen_that_follows(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("已吃阿哌沙班七个月", 7),
        ("已吃阿哌沙班七个月，去年肺栓塞", ABSENT),
        ("拜阿司匹林100mg（开始于2025年8月，至今10个月）", 10),
        ("拜瑞妥10mg qd 自诱导起一直服用，共6月", 6),
        ("抗凝已用4个月", 4),
        ("左腿DVT，抗凝已用4个月", ABSENT),
    ],
)
def test_months_of_prophylaxis(text: str, months: object) -> None:
    check(text, {"months_on_prophylaxis": months})


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("达肝素5000U q12h，已打第1针", 1),
        ("依诺肝素40mg每日一次（6天）", 6),
        ("那屈肝素术后24h起用，今第4天", 4),
        ("依诺肝素60mg bid，三周后复查", ABSENT),
        ("低分子肝素预防打满6个月", ABSENT),
    ],
)
def test_days_of_heparin(text: str, days: object) -> None:
    check(text, {"lmwh_days": days})


@pytest.mark.parametrize(
    ("text", "dose"),
    [
        ("地塞米松（每周20mg，28天一周期），第3周期第9天", 80),
        ("地塞米松20mg d1,8,15,22，C3D9", 80),
        ("地塞米松20mg qw（>70岁者10mg；患者66岁，按20mg）", 80),
        ("地塞米松40mg qw（>75岁者20mg；患者78岁，按20mg）", None),
        ("Dex 20mg已给（d8，方案每周一次）", 80),
        ("地米每周期由160mg减到80mg", 80),
        ("地塞米松每周期总量一百二没变", 120),
        ("硼替佐米每周一次，地塞米松每次20mg，当天，四周一疗程", 80),
        ("地塞米松每次20mg，当天", None),
        ("VRd 地米每周期120 家族史没有", 120),
    ],
)
def test_dexamethasone_in_the_ways_of_a_ward(text: str, dose: object) -> None:
    check(text, {"dexamethasone_mg_per_cycle": dose})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("骨髓瘤 1.生存：是 2.复发：是", {"mm_phase": "relapse"}),
        ("骨髓瘤停药三年没复发", {"mm_phase": "off_treatment"}),
        ("骨髓瘤移植后一年复发", {"mm_phase": "relapse"}),
        ("MM，现平台期维持", {"mm_phase": "maintenance"}),
        ("Revlimid維持中", {"mm_phase": "maintenance"}),
        ("MM, off treatment两年", {"mm_phase": "off_treatment"}),
        ("MM, newly diagnosed", {"mm_phase": "newly_diagnosed"}),
        ("VRd C3, in PR.", {"mm_response": "pr"}),
        ("最佳疗效VGPR", {"mm_response": "vgpr"}),
        ("最佳疗效VGPR，5月进展后停药", {"mm_response": "pd"}),
    ],
)
def test_phase_and_response(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("来那度胺还吃吗？答：停了三周了", {"imid": False}),
        ("来那度胺还吃吗？答：还在吃", {"imid": True}),
        ("是否使用促红素？答：用过，3月停了", {"erythropoietin": False}),
        ("是否使用促红素？答：没用", {"erythropoietin": False}),
        ("是否使用促红素？答：在用", {"erythropoietin": True}),
        ("阿司匹林还能吃吗？没有出血", {"current_antiplatelet": ABSENT}),
        ("糖尿病：无 激素：有", {"diabetes": False, "glucocorticoid": True}),
        ("糖尿病：有 激素：无", {"diabetes": True, "glucocorticoid": False}),
        ("高血压：无 来那度胺 25mg", {"imid": True}),
        ("用药：无来那度胺", {"imid": False}),
        ("家属自行代购来那度胺，每天一粒", {"imid": True}),
        ("依诺肝素40mg qd，白蛋白升至30后停", {"current_anticoagulant": "依诺肝素"}),
        ("依诺肝素40mg qd，上周出院后停", {"current_anticoagulant": "无"}),
    ],
)
def test_asked_and_told(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)
