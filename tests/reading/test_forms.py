"""Forms and tables: boxes, marks without brackets and rows with bars say the same as plain lines."""

from __future__ import annotations

from typing import Any

import pytest

from rasa_project.reading.normalise import normalise
from rasa_project.reading.reader import read


def facts(text: str) -> dict[str, Any]:
    return {mention.fact: mention.value for mention in read(text).mentions}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a choice among boxes, whatever it is about
        ("性别：□男 ☑女  年龄：60", {"sex": "female", "age_years": 60}),
        ("促红素：□用 ☑未用", {"erythropoietin": False}),
        ("促红素：☑用 □未用", {"erythropoietin": True}),
        ("激素 □是 ☑否", {"glucocorticoid": False}),
        ("遗传性易栓症：□有 □无 ☑未查", {"inherited_thrombophilia": None}),
        ("VTE家族史：□有 ☑无", {"family_history_vte": False}),
        ("VTE家族史：☑有（母亲）□无", {"family_history_vte": True}),
        ("中心静脉导管：☑有（输液港）□无", {"central_venous_catheter": True}),
        ("肝功能不全(INR>1.5)：□是 ☑否", {"hepatic_insufficiency": False}),
        ("中度肾功能不全：☑是 □否（eGFR 41）", {"gfr": 41}),
        # a limit in the item is no value; what was measured stands behind the answer
        ("血小板<50：□是 ☑否（实测 92）", {"platelets_e9_l": 92}),
        ("PLT<50：是，实测42", {"platelets_e9_l": 42}),
        ("血小板<50：☑是 □否", {"platelets_e9_l": None}),
        # one box that is full; cells of a row that are items of a form
        ("易栓症 ☑未查", {"inherited_thrombophilia": None}),
        (
            "年龄 55 | 既往VTE □有 ☑无 | VTE家族史 □有 ☑无 | 糖尿病 ☑有 | 心衰 □有 ☑无",
            {
                "age_years": 55,
                "history_vte": False,
                "family_history_vte": False,
                "diabetes": True,
                "heart_failure_within_1_month": False,
            },
        ),
        # marks without brackets before their items
        (
            "√ 糖尿病\n× 房颤\n√ 慢阻肺",
            {"diabetes": True, "atrial_fibrillation": False, "copd": True},
        ),
        (
            "合并症：√ 糖尿病  × 房颤  √ PICC  × 近期手术",
            {
                "diabetes": True,
                "atrial_fibrillation": False,
                "central_venous_catheter": True,
                "major_surgery_within_1_month": False,
            },
        ),
        ("糖尿病 √ 慢阻肺 × 房颤 ×", {"diabetes": True, "copd": False, "atrial_fibrillation": False}),
        # rows of tables
        ("1|PLT|312|×10⁹/L|125–350\n2|INR|0.98||0.8–1.2", {"platelets_e9_l": 312, "inr": 0.98}),
        ("| 血小板 | 45 | 10^9/L |\n| INR | 1.1 | |", {"platelets_e9_l": 45, "inr": 1.1}),
        ("| 狼疮抗凝物 | 阴性 | |", {"lupus_anticoagulant": False}),
        ("eGFR-EPI|70|mL/min/1.73m²|≥90", {"gfr": 70}),
        ("eGFR(CKD-EPI) 55", {"gfr": 55}),
        ("狼疮抗凝物标准化比值  1.02    0.8-1.2（阴性）", {"lupus_anticoagulant": False}),
        ("狼疮抗凝物 筛查/确认比值|1.41 阳性(+)|—|<1.2", {"lupus_anticoagulant": True}),
        ("抗心磷脂抗体IgG  3.1  GPL  <12（阴性）", {"anticardiolipin_antibody": False}),
        ("抗心磷脂抗体IgG  48  GPL  <12（阴性）", {"anticardiolipin_antibody": None}),
    ],
)  # fmt: skip
def test_a_form_reads_like_plain_lines(text: str, expected: dict[str, Any]) -> None:
    read_facts = facts(text)
    assert {fact: read_facts.get(fact, "absent") for fact in expected} == expected


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("糖尿病：□有 □无", "diabetes"),  # nothing ticked
        ("eGFR-EPI 70", "anthracycline_chemotherapy"),  # the name of a formula
        ("肝功能不全(INR>1.5)：□是 ☑否\n5.风湿病：□是 ☑否", "inr"),
    ],
)
def test_what_a_form_does_not_say(text: str, fact: str) -> None:
    assert fact not in facts(text)


def test_every_character_keeps_its_place() -> None:
    text = "性别：☑男 □女  年龄：77\n1|PLT|312|\n√ 糖尿病 × 房颤 有"
    assert len(normalise(text).text) == len(text)


WELLS = """Wells-DVT评分
活动性肿瘤 1
瘫痪/近期石膏 0
卧床>3d或4周内大手术 1（卧床6天）
深静脉走行压痛 1
全下肢肿胀 0
小腿周径差>3cm 1（4.2cm）
患肢凹陷性水肿 0
浅静脉侧支 0
总分4 高度可能"""
CAPRINI = """Caprini评估
恶性肿瘤 2分【是】
卧床>72h 2分【否】
中心静脉置管 2分【是】
下肢石膏固定 2分【否】
髋、骨盆、下肢骨折 5分【否】
充血性心衰(1月内) 1分【否】
肺功能异常(COPD) 1分【是】
狼疮抗凝物阳性 3分【否】"""


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (
            WELLS,
            {
                "active_cancer": True,
                "paralysis_or_recent_cast": False,
                "bedridden_over_72h": True,
                "major_surgery_within_1_month": None,
                "deep_vein_tenderness": True,
                "entire_leg_swelling": False,
                "calf_swelling_over_3cm": True,
                "unilateral_pitting_edema": False,
                "collateral_superficial_veins": False,
            },
        ),
        (
            CAPRINI,
            {
                "bedridden_over_72h": False,
                "central_venous_catheter": True,
                "paralysis_or_recent_cast": False,
                "fracture_pelvis_hip_femur": False,
                "heart_failure_within_1_month": False,
                "copd": True,
                "lupus_anticoagulant": False,
            },
        ),
        (
            "Wells评分：瘫痪0分，近期卧床0分，深静脉压痛1分，全腿肿胀0分，总分1分",
            {
                "paralysis_or_recent_cast": False,
                "deep_vein_tenderness": True,
                "entire_leg_swelling": False,
            },
        ),
    ],
)
def test_a_score_sheet_says_which_items_are_there(sheet: str, expected: dict[str, Any]) -> None:
    found = facts(sheet)
    assert {name: found.get(name, "not read") for name in expected} == expected


@pytest.mark.parametrize(
    "text",
    [
        "INR 1.2\nPLT 5\n血小板 4\nECOG 1\n合计",
        "Wells评分 3分，出血评分7分，ECOG 1分，疼痛评分2分，总分3分",
        "评分：血小板45，INR 1.1，肌酐 80",
    ],
)
def test_values_are_no_points(text: str) -> None:
    assert normalise(text).text == normalise(text.replace("评分：", "情况：")).text.replace("情况:", "评分:")
    assert ":有" not in normalise(text).text and ":无" not in normalise(text).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("近1月手术或卧床：是", {"major_surgery_within_1_month": None, "bedridden_over_72h": None}),
        ("近1月手术或卧床：否", {"major_surgery_within_1_month": False, "bedridden_over_72h": False}),
        ("其他诊断至少与DVT相当：否", {"alternative_diagnosis_as_likely_as_dvt": False}),
        ("其他诊断至少与DVT相当：是", {"alternative_diagnosis_as_likely_as_dvt": True}),
        ("其他诊断至少与DVT相当：不详", {"alternative_diagnosis_as_likely_as_dvt": None}),
        ("其他诊断≥DVT：否", {"alternative_diagnosis_as_likely_as_dvt": False}),
        ("PE可能性大于其他诊断：否", {"pe_more_likely_than_alternatives": False, "vte_event": "not read"}),
        ("房颤或机械瓣：有", {"atrial_fibrillation": None, "mechanical_heart_valve": None}),
        ("房颤：有，机械瓣：有", {"atrial_fibrillation": True, "mechanical_heart_valve": True}),
    ],
)
def test_the_line_of_a_form_is_said_by_its_answer(text: str, expected: dict[str, Any]) -> None:
    found = facts(text)
    assert {name: found.get(name, "not read") for name in expected} == expected


FIELDS = {
    "糖尿病": "diabetes",
    "PICC": "central_venous_catheter",
    "VTE病史": "history_vte",
    "VTE家族史": "family_history_vte",
    "VTE复发": "recurrent_vte",
    "近1月大手术": "major_surgery_within_1_month",
    "卧床>72h": "bedridden_over_72h",
    "活动性出血": "active_bleeding",
    "活动性消化道溃疡": "active_gastrointestinal_ulcer",
    "心衰（1月内）": "heart_failure_within_1_month",
    "全下肢肿胀": "entire_leg_swelling",
    "狼疮抗凝物": "lupus_anticoagulant",
    "骨盆/髋部/股骨骨折": "fracture_pelvis_hip_femur",
    "促红素": "erythropoietin",
    "卡非佐米": "carfilzomib",
}
NO_ANSWERS = [
    "不详", "待查", "没查过", "/", "？", "——", "N/A", "拒答", "暂缺", "忘了", "没问", "未提供", "资料缺如",
    "暂无资料", "无法评估", "待补充", "说不清", "尚未明确", "unknown",
]  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("answer", NO_ANSWERS)
def test_a_field_without_an_answer_says_neither_yes_nor_no(field: str, answer: str) -> None:
    found = facts(f"{field}：{answer}")
    assert found.get(FIELDS[field]) is None
    assert "vte_event" not in found


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize(("answer", "value"), [("有", True), ("√", True), ("无", False), ("×", False)])
def test_a_field_with_an_answer_says_it(field: str, answer: str, value: bool) -> None:
    assert facts(f"{field}：{answer}").get(FIELDS[field]) in (value, None)


#: Items of the score sheets with what they weigh; each is asked with two others, of which one is there.
SHEET_ITEMS = {
    "卧床>72h": (2, "bedridden_over_72h"),
    "中心静脉导管": (2, "central_venous_catheter"),
    "VTE家族史": (5, "family_history_vte"),
    "VTE病史": (3, "history_vte"),
    "狼疮抗凝物阳性": (4, "lupus_anticoagulant"),
    "骨盆、臀部或股骨骨折": (4, "fracture_pelvis_hip_femur"),
    "浅静脉血栓病史": (3, "history_superficial_vein_thrombosis"),
    "大手术(1个月内)": (2, "major_surgery_within_1_month"),
    "已知易栓症": (3, "inherited_thrombophilia"),
    "瘫痪、轻瘫或近期下肢石膏固定": (1, "paralysis_or_recent_cast"),
    "小腿周径差>3cm": (1, "calf_swelling_over_3cm"),
    "PE较其他诊断可能性更大": (3, "pe_more_likely_than_alternatives"),
    "3个月内出血史": (4, "bleeding_within_3_months"),
    "活动性胃肠道溃疡": (4.5, "active_gastrointestinal_ulcer"),
    "ICU": (2.5, "icu"),
    "风湿病": (2, "rheumatic_disease"),
    "蒽环类": (3, "anthracycline_chemotherapy"),
    "制动≥3天": (3, "immobilized_over_3_days"),
}
SHEET_LAYOUTS = [  # what follows the item: {w} its weight, then yes and no
    ("\n", "{i} {w}分 …… {a}", "√", "0"),
    ("\n", "□{i} {w}分……{a}", "是", "否"),
    ("\n", "{i}（{w}）   {a}", "√", "×"),
    ("\n", "{i}({w}) {a}", "{w}", "0"),
    ("   ", "{i}({w}) {a}", "{w}", "0"),
    ("；", "{i} {a}", "{w}", "0"),
    ("，", "{i}{a}分", "{w}", "0"),
    ("、", "{i}{a}", "1", "0"),
    ("\n", "{i}\t{w}\t{a}", "{w}", "0"),
    ("\n", "| {i} | {w} | {a} |", "√", "×"),
    ("\n", "{i}（{w}分）：{a}", "是", "否"),
    ("\n", "{i} {w}分 {a}", "Y", "N"),
    ("\n", "{i} {w}分（{a}）", "+", "-"),
    ("\n", "{i} {a}", "+", "-"),
    ("  ", "{i} {a}", "有", "无"),
    ("\n", "{i} {w}分 {a}", "☑是 □否", "□是 ☑否"),
    ("\n", "{a} {i} {w}分", "√", "×"),
    ("\n", "{i}：{a}分", "是 {w}", "否 0"),
]


def sheet(layout: tuple[str, str, str, str], item: str, there: bool) -> str:
    between, line, yes, no = layout
    rows = [(item, SHEET_ITEMS[item][0], there), ("糖尿病", 1, True), ("慢阻肺", 1, False)]
    return "VTE评分\n" + between.join(
        line.format(i=name, w=f"{weight:g}", a=(yes if said else no).format(w=f"{weight:g}"))
        for name, weight, said in rows
    )


@pytest.mark.parametrize("item", SHEET_ITEMS)
@pytest.mark.parametrize("layout", SHEET_LAYOUTS, ids=[f"{one[1]}-{one[2]}" for one in SHEET_LAYOUTS])
def test_an_item_of_a_score_sheet_is_there_or_not(layout: tuple[str, str, str, str], item: str) -> None:
    for there in (True, False):
        found = facts(sheet(layout, item, there))
        assert found.get(SHEET_ITEMS[item][1]) in (there, None), there
        assert found.get("diabetes", True) is True
        assert found.get("copd", False) is False


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # columns of marks
        (
            "项目|分值|是|否\n卧床>72h|2|√|\n糖尿病|1||√\n慢阻肺|1||√",
            {"bedridden_over_72h": True, "diabetes": False, "copd": False},
        ),
        # a weight alone is no answer; neither is a mark that offers both
        (
            "Caprini\n卧床>72h（2分） √\n糖尿病（1分）\n慢阻肺（1分）",
            {"bedridden_over_72h": True, "diabetes": "not read"},
        ),
        ("Caprini\n☑ 糖尿病 1分\n□ 慢阻肺 1分", {"diabetes": True, "copd": "not read"}),
        ("Caprini\n糖尿病（1）  √ / ×\n慢阻肺（1）  √ / ×", {"diabetes": None, "copd": None}),
        ("MM-VTE\n狼疮抗凝物阳性（4）  未查\n糖尿病（1） √", {"lupus_anticoagulant": None, "diabetes": True}),
        # the group of ages that is ticked is no age, the limit of an item no value
        ("Padua\n年龄≥70岁 1分 √\nBMI≥30 1分 0\nM蛋白≥30g/L 1分 0", {"age_years": "not read"}),
        # an item that names two things does not say which
        ("急性感染和（或）风湿性疾病：是", {"rheumatic_disease": None}),
        ("急性感染和（或）风湿性疾病：否", {"rheumatic_disease": False}),
        ("急性心肌梗死和（或）缺血性卒中：是", {"acute_myocardial_infarction": None}),
        ("心脏和（或）呼吸衰竭：否", {"heart_failure_within_1_month": False}),
        ("1个月内创伤或手术：是", {"major_surgery_within_1_month": None}),
        ("小腿周径差>3cm：否", {"calf_swelling_over_3cm": False}),
        ("制动≥3天：是", {"immobilized_over_3_days": True}),
        ("大手术（1个月内）：是", {"major_surgery_within_1_month": True}),
    ],
)  # fmt: skip
def test_what_a_score_sheet_says(text: str, expected: dict[str, Any]) -> None:
    found = facts(text)
    assert {name: found.get(name, "not read") for name in expected} == expected


@pytest.mark.parametrize(
    "text",
    [
        "PLT 0，INR 1，ECOG 1，妊娠0次，出血0天，卧床 3 天",
        "诊断：1、脑梗死2、房颤3、糖尿病",
        "地塞米松20mg d1、8、15、22，INR 1.2，BMI 26.7，卡非佐米 27mg/m2",
        "VTE评分 8分，出血评分 7分，血栓风险 3分，水肿 2+，糖尿病 2 型，COPD 3级",
    ],
)
def test_a_number_that_is_a_value_is_no_answer(text: str) -> None:
    plain = normalise(text).text
    assert not [sign for sign in (":有", ":无", "有", "无") if sign in plain]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "VTE史（否）大手术1月内（是，6天前髋关节置换）骨盆/髋/股骨骨折（否）COPD（否）糖尿病（是）",
            {"history_vte": False, "major_surgery_within_1_month": True, "fracture_pelvis_hip_femur": False,
             "copd": False, "diabetes": True},
        ),
        (
            "慢阻肺（无）肾病综合征（不详）房颤（有，阵发性）心梗（无）",
            {"copd": False, "nephrotic_syndrome": None, "atrial_fibrillation": True,
             "acute_myocardial_infarction": False},
        ),
    ],
)  # fmt: skip
def test_answers_in_brackets_close_behind_one_another(text: str, expected: dict[str, Any]) -> None:
    assert {fact: value for fact, value in facts(text).items() if fact in expected} == expected
