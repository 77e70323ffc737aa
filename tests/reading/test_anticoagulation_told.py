"""Anticoagulants, antiplatelets and how long they have been given, as they are told in passing."""

from __future__ import annotations

from typing import Any

import pytest
from told import ABSENT, check


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("依诺肝素打了6天多了", 6),
        ("低分子肝素皮下注射四天了", 4),
        ("达肝素皮下注射5天", 5),
        ("达肝素5000U qd，起始日为6号，至今天14号为第9天", 9),
        ("5月2日起依诺肝素，今5月8日，第7天", 7),
        ("低分子肝素今天第3天", 3),
        ("克赛 x 12d", 12),
        ("依诺肝素40mg qd x 14d，无出血", 14),
        ("依诺肝素打了7天改华法林", 7),
        # what is given up, planned, asked, or the time of something else
        ("依诺肝素打了两周嫌疼换的利伐沙班10mg", ABSENT),
        ("依诺肝素用了10天已停", ABSENT),
        ("依诺肝素60mg q12h 10天后复查", ABSENT),
        ("拟用依诺肝素10天", ABSENT),
        ("用依诺肝素后多久可以换利伐沙班", ABSENT),
    ],
)
def test_days_of_lmwh(text: str, days: Any) -> None:
    check(text, {"lmwh_days": days})


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("拜阿司匹林0.1 一天一次，从开始泊马度胺到现在8个月", 8),
        ("阿司匹林100mg 每晚一次，自诱导起至今9个月", 9),
        ("口服阿司匹林100mg预防VTE，计10个月", 10),
        ("利伐沙班10mg预防，共计7个月", 7),
        ("预防先用依诺肝素，后改利伐沙班，总共8个月", 8),
        ("血栓预防起先是克赛，后来换的利伐沙班10mg，前前后后加起来20个月", 20),
        ("一年前就开始阿司匹林预防，一直没断", 12),
        ("8个月前开始用利伐沙班10mg预防，至今", 8),
        ("预防用药：阿哌沙班2.5mg bid，自2025-10起，至今8个月", 8),
        ("利伐沙班吃了3个月，预防血栓", 3),
        # advised, still to come, or over
        ("计划利伐沙班10mg预防，计划6个月", ABSENT),
        ("预防性抗凝总共要打6个月", ABSENT),
        ("建议预防用药一共6个月", ABSENT),
        ("半年前开始口服阿司匹林预防血栓，上个月停了", ABSENT),
    ],
)
def test_months_of_prophylaxis(text: str, months: Any) -> None:
    check(text, {"months_on_prophylaxis": months})


@pytest.mark.parametrize(
    ("text", "drug"),
    [
        ("速碧林今天打第一针", "那屈肝素"),
        ("克赛昨晚打了首针", "依诺肝素"),
        ("enoxaparin d5, no bleeding", "依诺肝素"),
        ("5月2日起依诺肝素，今5月8日", "依诺肝素"),
        ("昨日起停华法林，今起依诺肝素", "依诺肝素"),
        ("血栓预防一开始是克赛，打了半个月嫌麻烦换的利伐沙班10mg，现在继续", "利伐沙班"),
        ("现在吃利伐沙班，还是华法林更好", "利伐沙班"),
        ("依诺肝素用了5天后多久可以换利伐沙班", "依诺肝素"),
        ("目前用依诺肝素，多久后可以换利伐沙班", "依诺肝素"),
        ("肚皮针（低分子）打了一个礼拜，昨天起不打了", "无"),
        ("利伐沙班吃了3个月，现在不吃了", "无"),
        # to come, or only asked
        ("明早起低分子肝素0.4ml", ABSENT),
        ("下周起华法林2.5mg", ABSENT),
        ("达肝素准备明天打第一针", ABSENT),
        ("肺栓塞患者用依诺肝素后多久可以换利伐沙班", ABSENT),
        ("用利伐沙班还是华法林", ABSENT),
        ("吃的是利伐沙班还是阿哌沙班，待核", None),
    ],
)
def test_anticoagulant_in_use(text: str, drug: Any) -> None:
    check(text, {"current_anticoagulant": drug})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("吲哚布芬100mg bid", {"current_antiplatelet": "吲哚布芬"}),
        ("潘生丁25mg tid", {"current_antiplatelet": "双嘧达莫"}),
        ("停用西洛他唑", {"current_antiplatelet": "无"}),
        ("是不是华法林不清楚", {"on_warfarin": None}),
        ("是不是来那度胺记不清了", {"imid": None}),
        ("促红素打过现在没打", {"erythropoietin": False}),
        ("促红素打过两针现在还在打", {"erythropoietin": True}),
        ("促红素也打过后来血红蛋白上来就停了", {"erythropoietin": False}),
        ("促红素今日未用（医嘱已停）", {"erythropoietin": False}),
        ("促红素今日未打（忘了）", {"erythropoietin": True}),
        ("未使用紅血球生成素", {"erythropoietin": False}),
        ("血清EPO 60 mIU/ml，未用外源性", {"erythropoietin": False}),
        ("血清EPO 60 mIU/ml，予外源性EPO", {"erythropoietin": True}),
        ("激素自移植后未再用", {"glucocorticoid": False}),
        ("来那度胺从去年起就没再吃", {"imid": False}),
        ("VRd诱导4程，ASCT，来那度胺维持，未再用激素", {"imid": True, "glucocorticoid": False}),
        ("来那度胺维持两年，现在什么药都没用", {"imid": False}),
        ("S-VRd方案第2程", {"regimen": "VRd", "imid": True}),
        ("VRd巩固2疗程。今复发，拟行KRd方案", {"regimen": "KRd", "carfilzomib": True}),
        ("骨髓瘤疗效误写作CR", {"creatinine_umol_l": ABSENT}),
        ("MM CR1，移植后", {"creatinine_umol_l": ABSENT, "mm_response": "cr"}),
        ("疗效VGPR→CR（2程→4程）", {"creatinine_umol_l": ABSENT, "mm_response": "cr"}),
        ("Cr1.2mg/dl", {"creatinine_umol_l": 106.08, "mm_response": ABSENT}),
        ("疗效评价 未评", {"mm_response": None}),
        ("今日骨穿，依诺肝素停一次，明日继续", {"current_anticoagulant": "依诺肝素"}),
        ("依诺肝素停一周", {"current_anticoagulant": "无"}),
        ("阿司匹林、氯吡格雷双抗中", {"current_antiplatelet": "阿司匹林、氯吡格雷"}),
    ],
)
def test_drugs_told_in_passing(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # whose dose is kept or changed is taken
        ("INR 2.4，华法林剂量先不变", {"on_warfarin": True, "current_anticoagulant": "华法林"}),
        ("INR 1.5→2.2，华法林不调", {"on_warfarin": True, "inr": 2.2}),
        ("INR 1.7，华法林昨天加到3mg", {"on_warfarin": True}),
        ("INR 3.6，华法林减半片", {"on_warfarin": True}),
        ("华法林要不要加量", {"on_warfarin": ABSENT}),
        # what is wished for is not yet taken, and the one beside it still is
        ("家属想换达比加群，华法林先不动", {"current_anticoagulant": "华法林"}),
        ("患者要求改用利伐沙班，目前还是华法林", {"current_anticoagulant": "华法林"}),
        ("希望改服阿哌沙班", {"current_anticoagulant": ABSENT}),
        # during, in its place, as a field, in answer to a question
        ("阿哌沙班规律口服期间又发DVT", {"current_anticoagulant": "阿哌沙班"}),
        ("HIT，停依诺肝素，改比伐芦定泵入", {"current_anticoagulant": "比伐芦定"}),
        ("阿加曲班替代，PLT 55", {"current_anticoagulant": "阿加曲班"}),
        ("抗血小板：氯吡格雷；抗凝：无", {"current_antiplatelet": "氯吡格雷", "current_anticoagulant": "无"}),
        ("建议抗凝：利伐沙班", {"current_anticoagulant": ABSENT}),
        ("吃的利伐沙班？不是，是华法林", {"current_anticoagulant": "华法林"}),
        ("阿司匹林预防血栓已4个月", {"current_antiplatelet": "阿司匹林", "months_on_prophylaxis": 4}),
        # what has been given, whatever is advised
        ("建议那屈肝素0.4ml q12h，至少7天后换口服，目前已用3天", {"lmwh_days": 3}),
        ("建议依诺肝素60mg q12h", {"current_anticoagulant": ABSENT, "lmwh_days": ABSENT}),
        ("依诺肝素还打着，第5天", {"current_anticoagulant": "依诺肝素", "lmwh_days": 5}),
        ("克塞0.4一天两次", {"current_anticoagulant": "依诺肝素"}),
        # contraindications are no drugs
        ("无抗凝及取栓禁忌", {"current_anticoagulant": ABSENT, "anticoagulation_contraindicated": False}),
        (
            "有没有抗凝禁忌，等会诊",
            {"current_anticoagulant": ABSENT, "anticoagulation_contraindicated": None},
        ),
        # what it turned out to be
        (
            "说吃的是利伐沙班，看了药盒其实是阿司匹林",
            {"current_antiplatelet": "阿司匹林", "current_anticoagulant": "无"},
        ),
        # what it was not changed for
        ("华法林吃了六年，INR 2.1，不换利伐沙班", {"current_anticoagulant": "华法林", "on_warfarin": True}),
        ("一直服利伐沙班，不改华法林", {"current_anticoagulant": "利伐沙班", "on_warfarin": False}),
        ("华法林停了，换DOAC", {"current_anticoagulant": "直接口服抗凝剂", "on_warfarin": False}),
        # the last of several results
        ("近两次INR 1.9、2.7", {"inr": 2.7}),
        ("最近四次INR：1.4、1.8、2.2、2.0", {"inr": 2}),
    ],
)
def test_taken_wished_for_or_advised(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)
