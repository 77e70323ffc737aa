"""Whole notes: long summaries, shorthand and lay language, read together with numbers and drugs."""

from __future__ import annotations

from datetime import date

import pytest

from rasa_project.reading.reader import read

TODAY = date(2026, 11, 22)

SUMMARY = (
    "患者王某，男，71岁，因“腰背部疼痛3月余，加重伴活动受限2周”入院。3月前无明显诱因出现腰背部疼痛，休息后可缓解，"
    "未予重视；2周前疼痛加重，翻身困难，长期卧床。外院MRI提示T11、L1、L3椎体压缩性骨折，考虑多发性骨髓瘤可能。"
    "诊断：多发性骨髓瘤 IgG-κ型 DS IIIA期 ISS II期。既往史：高血压病15年，2型糖尿病8年，口服二甲双胍；"
    "3年前因左下肢深静脉血栓形成住院，抗凝半年后停用；否认冠心病、慢性阻塞性肺疾病、脑血管病史，否认肝炎、结核病史，"
    "5年前行胆囊切除术，否认外伤史、输血史。家族史：父亲因肺栓塞去世，母亲健在。查体：双下肢无水肿。"
    "已于右侧上肢置入PICC。近3月无出血史，无消化道溃疡病史，无风湿性疾病，凝血功能正常，肝功能正常。"
)
SHORTHAND = "女 66y NDMM DM(+) COPD(-) AF(-) PICC(+) 既往DVT(-) 家族VTE(-) 卧床5d 无出血"
LAY = "老太太骨髓瘤，去年腿上长过血栓，没有糖尿病，现在用来那度胺，要不要吃阿司匹林？"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            SUMMARY,
            {
                "age_years": 71,
                "sex": "male",
                "diabetes": True,
                "copd": False,
                "history_dvt": True,
                "history_vte": True,
                "family_history_vte": True,
                "bedridden_over_72h": True,
                "fracture_pelvis_hip_femur": False,
                "central_venous_catheter": True,
                "bleeding_within_3_months": False,
                "active_gastrointestinal_ulcer": False,
                "rheumatic_disease": False,
                "coagulopathy": False,
                "hepatic_insufficiency": False,
                "dvt_signs": False,
            },
            id="summary",
        ),
        pytest.param(
            SHORTHAND,
            {
                "mm_phase": "newly_diagnosed",
                "diabetes": True,
                "copd": False,
                "atrial_fibrillation": False,
                "central_venous_catheter": True,
                "history_dvt": False,
                "family_history_vte": False,
                "bedridden_over_72h": True,
                "bleeding_within_3_months": False,
                "active_bleeding": False,
            },
            id="shorthand",
        ),
        pytest.param(
            LAY, {"history_dvt": True, "history_vte": True, "diabetes": False, "imid": True}, id="lay"
        ),
    ],
)
def test_note(text: str, expected: dict[str, object]) -> None:
    facts = {mention.fact: mention.value for mention in read(text, TODAY).mentions}
    assert {fact: facts.get(fact, "absent") for fact in expected} == expected


def test_nothing_is_invented_in_the_summary() -> None:
    facts = {mention.fact for mention in read(SUMMARY, TODAY).mentions}
    assert not facts & {"vte_event", "emergency", "icu", "active_cancer", "active_bleeding", "mm_response"}


def test_one_mention_per_fact() -> None:
    facts = [
        m.fact
        for m in read(SUMMARY + SUMMARY, TODAY).mentions
        if m.fact not in {"drug", "topic", "emergency", "special"}
    ]
    assert len(facts) == len(set(facts))


@pytest.mark.parametrize("text", ["", " ", "。", "？？？", "\n", "a", "😀", "，" * 500, "无" * 200, "(" * 50])
def test_nothing_to_read(text: str) -> None:
    assert read(text, TODAY).mentions == []
