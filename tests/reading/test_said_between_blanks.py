"""Typed with blanks: what is said of a finding up to a blank is of that finding, not of the next."""

from __future__ import annotations

from typing import Any

import pytest

from rasa_project.evaluation.facts import read_facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("糖尿病未诊断 慢阻肺", {"diabetes": False, "copd": True}),
        ("慢阻肺没得过 房颤", {"copd": False, "atrial_fibrillation": True}),
        ("房颤从未有过 糖尿病", {"atrial_fibrillation": False, "diabetes": True}),
        ("房颤不考虑 糖尿病", {"atrial_fibrillation": False, "diabetes": True}),
        ("肾病综合征不支持 房颤", {"nephrotic_syndrome": False, "atrial_fibrillation": True}),
        ("咯血未出现 糖尿病", {"hemoptysis": False, "diabetes": True}),
        ("咯血否认 左腿肿", {"hemoptysis": False}),
        ("糖尿病史否认 左下肢肿", {"diabetes": False}),
        ("机械瓣否认 小腿压痛", {"mechanical_heart_valve": False}),
        ("PICC未置 糖尿病", {"central_venous_catheter": False, "diabetes": True}),
        ("PICC没放 房颤", {"central_venous_catheter": False, "atrial_fibrillation": True}),
        ("PICC没拔 房颤", {"central_venous_catheter": True, "atrial_fibrillation": True}),
        ("PICC拔除 房颤", {"central_venous_catheter": False, "atrial_fibrillation": True}),
        ("糖尿病否认 房颤", {"diabetes": False, "atrial_fibrillation": True}),
        ("房颤待查 糖尿病", {"atrial_fibrillation": None, "diabetes": True}),
        ("狼疮抗凝物未回 糖尿病", {"lupus_anticoagulant": None, "diabetes": True}),
        # before a comma as before a blank
        ("PICC未置，慢阻肺", {"central_venous_catheter": False, "copd": True}),
        # what stands before the finding reaches on
        ("无糖尿病 房颤", {"diabetes": False, "atrial_fibrillation": False}),
        ("否认糖尿病 慢阻肺 房颤", {"diabetes": False, "copd": False, "atrial_fibrillation": False}),
    ],
)
def test_what_is_said_up_to_a_blank_is_of_the_finding_before(text: str, facts: dict[str, Any]) -> None:
    found = read_facts(text)
    assert {name: found.get(name, "unread") for name in facts} == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("没有心脏病有慢阻肺", {"copd": True}),
        ("否认肝病史有房颤", {"atrial_fibrillation": True}),
        ("没有糖尿病抽烟二十年有慢阻肺", {"diabetes": False, "copd": True}),
        ("父亲得过深静脉血栓本人没有", {"family_history_vte": True}),
        ("父亲没有血栓", {"family_history_vte": False}),
        ("否认近三年有房颤", {"atrial_fibrillation": False}),
    ],
)
def test_dictated_without_a_stop(text: str, facts: dict[str, Any]) -> None:
    found = read_facts(text)
    assert {name: found.get(name, "unread") for name in facts} == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("肿瘤史否认 房颤", {"atrial_fibrillation": True}),
        ("石膏未打 左腿肿", {"paralysis_or_recent_cast": False}),
        ("输液港没埋 卧床4天", {"central_venous_catheter": False, "bedridden_over_72h": True}),
        ("DVT不太像 左腿肿", {"vte_event": None}),
        ("激素没用 房颤无 糖尿病", {"atrial_fibrillation": False, "diabetes": True}),
    ],
)
def test_what_is_said_of_a_drug_is_not_of_the_next_finding(text: str, facts: dict[str, Any]) -> None:
    found = read_facts(text)
    assert {name: found.get(name) for name in facts} == facts


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("激素没用 糖尿病", "diabetes"),
        ("EPO未用 糖尿病", "diabetes"),
        ("利伐沙班没吃 房颤", "atrial_fibrillation"),
    ],
)
def test_a_drug_that_is_not_taken_denies_no_finding_behind_a_blank(text: str, fact: str) -> None:
    assert read_facts(text).get(fact) is not False
