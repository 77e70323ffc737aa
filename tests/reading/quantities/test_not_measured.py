"""Values that are not known, not to be used, or measured anew; limits that stand before the result."""

from __future__ import annotations

from typing import Any

import pytest

from rasa_project.reading.reader import read


def facts(text: str) -> dict[str, Any]:
    return {mention.fact: mention.value for mention in read(text).mentions}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("血小板多少不知道，没抽", "platelets_e9_l"),
        ("eGFR多少我忘了", "gfr"),
        ("肌酐2.1mg/dl，还没查肾小球滤过率", "gfr"),
        ("体重没称", "weight_kg"),
        ("心衰啥时候的记不清", "heart_failure_within_1_month"),
    ],
)
def test_a_value_that_nobody_knows_is_undetermined(text: str, fact: str) -> None:
    assert facts(text).get(fact, "absent") is None


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("M蛋白36是外院单子上的，单位搞混了别用。我们自己做的是3.2g/dl", "m_protein_g_l", 32),
        ("血小板23是凝血管抽的，不准，今天重新抽的是88", "platelets_e9_l", 88),
        ("eGFR 25那张作废，复查61", "gfr", 61),
        ("体重写72，称了一下只有62", "weight_kg", 62),
        ("身高记的170，今天量了一下才163", "height_cm", 163),
        ("血小板写的120，复查52", "platelets_e9_l", 52),
        # a limit before its value
        ("eGFR >90 38", "gfr", 38),
        ("PLT >100 45↓", "platelets_e9_l", 45),
        # as spoken
        ("体重呢六十二点五公斤", "weight_kg", 62.5),
        ("脉搏我数的一分钟一百三", "heart_rate_bpm", 130),
        ("GFR est 52", "gfr", 52),
        # nothing is taken back here
        ("血小板88，昨天量的血压不准，今天120/80", "platelets_e9_l", 88),
        ("eGFR >90，38岁", "renal_function_normal", True),
    ],
)
def test_the_value_that_holds(text: str, fact: str, value: float) -> None:
    assert facts(text).get(fact) == value


@pytest.mark.parametrize("text", ["左小腿打着石膏呢", "左小腿还打着石膏呢"])
def test_a_statement_may_end_in_a_particle(text: str) -> None:
    assert facts(text).get("paralysis_or_recent_cast") is True


def test_a_question_with_the_same_particle_stays_one() -> None:
    assert [segment.question for segment in read("那利伐沙班呢").segments] == [True]


def test_what_stands_before_a_word_to_disregard_it_counts_for_nothing() -> None:
    text = "3床，男，61，血小板39，有肺栓塞史。\n以上3床不用管\n8床，女，57岁，血小板154，既往无VTE。"
    read_facts = facts(text)
    expected = {"sex": "female", "age_years": 57, "platelets_e9_l": 154, "history_vte": False}
    assert {fact: read_facts.get(fact) for fact in expected} == expected


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("问：利伐沙班怎么吃？答：一天20毫克。问：腿肿吗？答：不肿。", "current_anticoagulant", "利伐沙班"),
        ("利伐沙班怎么吃？20mg还是15mg一次？", "current_anticoagulant", None),
        ("Wt 60 kg. HR 84. 家属问要不要抗凝", "heart_rate_bpm", 84),
        ("L calf 39.5 cm vs R 36 cm", "calf_difference_cm", 3.5),
        ("姑娘：婆婆，你幾多歲呀？婆婆：八十五。姑娘：有冇糖尿病？婆婆：冇。", "age_years", 85),
    ],
)  # fmt: skip
def test_numbers_and_drugs_of_transcripts_and_english_notes(text: str, fact: str, value: Any) -> None:
    assert facts(text).get(fact) == value
