"""Questions that end in 不 or 没, values that are only a range, and denials of their own finding alone."""

from __future__ import annotations

from typing import Any

import pytest
from told import ABSENT, TODAY, check

from rasa_project.reading.reader import read


@pytest.mark.parametrize(
    "text",
    [
        "我外婆能吃拜瑞妥不",
        "我外婆能吃拜瑞妥不咯",
        "血小板52能打克赛没",
        "现在可以停华法林冇",
        "要加阿司匹林不，血小板80",
        "阿司匹林100mg能吃不",
        "该上依诺肝素没 体重60kg",
        "在吃利伐沙班没",
        "还打低分子肝素不",
    ],
)
def test_a_question_that_ends_in_no_denies_no_drug(text: str) -> None:
    check(text, {"current_anticoagulant": ABSENT, "current_antiplatelet": ABSENT, "on_warfarin": ABSENT})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("能用泊马度胺不", {"imid": ABSENT}),
        ("沙利度胺可以吃不", {"imid": ABSENT}),
        ("用了激素没", {"glucocorticoid": ABSENT, "dexamethasone_mg_per_cycle": ABSENT}),
        ("该打促红素不咯", {"erythropoietin": ABSENT}),
        ("68岁 有慢阻肺没", {"copd": ABSENT}),
        ("有慢阻肺没有", {"copd": False}),
        ("没吃阿司匹林", {"current_antiplatelet": "无"}),
        ("依诺肝素没打", {"current_anticoagulant": "无"}),
        ("来那度胺没用", {"imid": False}),
        ("不吃华法林", {"on_warfarin": False}),
        ("在吃华法林，糖尿病没有", {"on_warfarin": True, "diabetes": False}),
        ("老年患者用激素要当心什么", {"glucocorticoid": ABSENT}),
        ("这位患者用激素要当心什么", {"glucocorticoid": True}),
        ("71岁患者用沙利度胺怎么预防血栓", {"imid": True}),
    ],
)
def test_what_is_asked_is_no_fact(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sCR 泊马度胺单药维持 预防9个月 58岁 可以停吗", {"imid": True, "mm_response": "scr"}),
        (
            "KRd 地米每周期80 GFR 52 依诺肝素打多少",
            {"imid": True, "dexamethasone_mg_per_cycle": 80, "gfr": 52},
        ),
        ("dex每疗程240 plt 88", {"dexamethasone_mg_per_cycle": 240, "platelets_e9_l": 88}),
        ("地米每周期40mg d1,8,15", {"dexamethasone_mg_per_cycle": 120}),
        ("Dex 40mg/次 每周1次 28天一疗程打3周", {"dexamethasone_mg_per_cycle": 120}),
        ("Dex 20mg 每周2次 21天一疗程打2周", {"dexamethasone_mg_per_cycle": 80}),
        ("Dex 20mg 每周2次 21天一疗程", {"dexamethasone_mg_per_cycle": 120}),
    ],
)
def test_the_case_before_the_question(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("血小板一百五六", "platelets_e9_l"),
        ("血小板三万二三", "platelets_e9_l"),
        ("体重一百四五十斤", "weight_kg"),
        ("一百四五十斤", "weight_kg"),
        ("50-54kg 达肝素治疗量", "weight_kg"),
        ("七十到八十公斤 用依诺肝素", "weight_kg"),
        ("七十多公斤", "weight_kg"),
        ("INR 两点几", "inr"),
        ("血小板 -7", "platelets_e9_l"),
        ("GFR -40", "gfr"),
    ],
)
def test_a_value_that_is_none_is_asked_for(text: str, fact: str) -> None:
    mention = next(one for one in read(text, TODAY).mentions if one.fact == fact)
    assert (mention.value, mention.status) == (None, "undetermined")
    assert "请" in (mention.note or "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一百四十五斤", {"weight_kg": 72.5}),
        ("血小板一百五十", {"platelets_e9_l": 150}),
        ("瘦了10-15斤", {"weight_kg": ABSENT}),
        ("60-70kg的病人打多少", {"weight_kg": ABSENT}),
        ("他爱人一百六七十斤，本人52公斤", {"weight_kg": 52}),
    ],
)
def test_plain_weights_stay(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("既往：2014年肺栓塞，口服华法林1年", {"on_warfarin": False, "history_vte": True}),
        ("6年前DVT，予利伐沙班3个月", {"current_anticoagulant": "无"}),
        ("2014年肺栓塞，口服华法林至今", {"on_warfarin": True}),
        ("2014年肺栓塞，口服华法林半年，现在还在吃", {"on_warfarin": True}),
        ("3个月前DVT，口服利伐沙班3个月", {"current_anticoagulant": "利伐沙班"}),
        ("既往：房颤，口服华法林3年", {"on_warfarin": True}),
        ("因在吃华法林没查蛋白S", {"on_warfarin": True}),
        ("没在吃华法林", {"on_warfarin": False}),
        ("INR 2.7（华法林）", {"on_warfarin": True, "inr": 2.7}),
        ("INR 2.7(未服华法林)", {"on_warfarin": False}),
        ("INR目标2.5（华法林）", {"on_warfarin": ABSENT}),
    ],
)
def test_a_course_of_former_years_and_one_that_goes_on(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CVC有 要拔吗", {"central_venous_catheter": True}),
        ("输液港右侧有，需要取出吗", {"central_venous_catheter": True}),
        ("有CVC 前天刚拔", {"central_venous_catheter": False}),
        ("有CVC 下周拔", {"central_venous_catheter": True}),
        ("手上的港拔了", {"central_venous_catheter": False}),
        ("胸口的港还在", {"central_venous_catheter": True}),
        ("出血禁忌没有 plt 71", {"bleeding_within_3_months": False, "platelets_e9_l": 71}),
        ("有出血禁忌", {"bleeding_within_3_months": None, "active_bleeding": None}),
        ("无出血 骨髓瘤复发", {"bleeding_within_3_months": False, "mm_phase": "relapse"}),
        ("没有出血 MM还在活动期", {"active_bleeding": False, "mm_active": True}),
        ("没有出血 MM没有复发", {"mm_phase": ABSENT}),
        ("没有糖尿病 慢阻肺", {"diabetes": False, "copd": False}),
        ("房颤没有慢阻肺是有的", {"atrial_fibrillation": False, "copd": True}),
        ("糖尿病有的房颤没有", {"diabetes": True, "atrial_fibrillation": False}),
        ("前面那个女的算几分", {"sex": ABSENT}),
        ("那个女的 66岁", {"sex": "female"}),
        ("刚确诊糖尿病", {"mm_phase": ABSENT, "diabetes": True}),
        ("新诊断MM 糖尿病", {"mm_phase": "newly_diagnosed", "diabetes": True}),
        ("血栓家族史无特殊", {"family_history_vte": False}),
        ("家族史无殊", {"family_history_vte": False}),
        ("家族史无特殊，舅舅得过深静脉血栓", {"family_history_vte": True}),
        ("β2GP1阳性", {"anticardiolipin_antibody": None}),
        ("β2GP1阴性", {"anticardiolipin_antibody": ABSENT}),
        ("β2GP1阳性，抗心磷脂抗体阴性", {"anticardiolipin_antibody": False}),
    ],
)
def test_each_word_belongs_to_its_own(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("沿静脉有压痛", {"deep_vein_tenderness": True}),
        ("沿浅静脉压痛", {"deep_vein_tenderness": ABSENT}),
        ("右小腿肿5cm MM化疗", {"active_cancer": True}),
        ("右小腿肿5cm MM化疗中", {"chemotherapy": True}),
        ("MM化疗已结束3年", {"active_cancer": ABSENT}),
        ("右下肢全腿肿胀伴疼痛", {"entire_leg_swelling": True, "dvt_signs": True}),
        ("全腿无肿胀疼痛", {"entire_leg_swelling": False, "dvt_signs": ABSENT}),
        ("丹毒不排除", {"alternative_diagnosis_as_likely_as_dvt": None}),
        ("房颤不排除", {"atrial_fibrillation": None}),
    ],
)
def test_signs_of_a_wells_score_in_shorthand(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)
