"""Typed with blanks: a verdict is on what stands before it, a suspicion on the clot and not on the signs."""

from __future__ import annotations

from typing import Any

import pytest

from rasa_project.evaluation.facts import read_facts


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("DVT待排 左腿肿", "suspected_dvt"),
        ("PE待排 心率112", "suspected_pe"),
        ("DVT 待排 高血压", "suspected_dvt"),
        ("DVT可疑 房颤", "suspected_dvt"),
        ("PE疑似 慢阻肺", "suspected_pe"),
        ("PE疑似，房颤", "suspected_pe"),
        ("左下肢DVT疑似病例", "suspected_dvt"),
        ("DVT需排除 左腿肿", "suspected_dvt"),
        ("DVT不能除外 左腿肿", "suspected_dvt"),
        ("DVT未除外 咯血", "suspected_dvt"),
        ("肺栓塞须进一步鉴别，氧饱和度91%", "suspected_pe"),
        ("DVT已排除 左腿肿", None),
        ("DVT排除 左腿肿", None),
        ("PE已除外 房颤", None),
        ("DVT已排除 PE待排 心率100", "suspected_pe"),
        ("DVT需要抗凝 左腿肿", "dvt"),
        ("PE明确 心率110", "pe"),
    ],
)
def test_the_verdict_is_on_what_stands_before_it(text: str, event: str | None) -> None:
    assert read_facts(text).get("vte_event") == event


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("怀疑DVT 左小腿压痛", {"deep_vein_tenderness": True}),
        ("怀疑左下肢DVT 左小腿肿胀疼痛", {"dvt_signs": True}),
        ("疑似PE 咯血 心率110", {"hemoptysis": True, "heart_rate_bpm": 110}),
        ("不除外DVT 小腿压痛", {"deep_vein_tenderness": True}),
        ("考虑肺栓塞 有咯血", {"hemoptysis": True}),
        ("DVT可疑 房颤", {"atrial_fibrillation": True}),
        ("DVT已排除 糖尿病", {"diabetes": True}),
        ("考虑DVT 咯血待查", {"hemoptysis": None}),
        ("怀疑肺栓塞或咯血", {"hemoptysis": None}),
        ("怀疑DVT PE", {"vte_event": "suspected_pe"}),
    ],
)
def test_what_follows_a_suspicion_was_found(text: str, facts: dict[str, Any]) -> None:
    found = read_facts(text)
    assert {name: found.get(name) for name in facts} == facts


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("今日查肺栓塞，算Wells PE", "suspected_pe"),
        ("排查下肢DVT", "suspected_dvt"),
        ("做CTPA查一下肺栓塞", "suspected_pe"),
        ("查出肺栓塞", "pe"),
        ("超声查见腘静脉血栓", "proximal_dvt"),
        ("昨天查DVT阳性", "dvt"),
        ("超声查DVT未见", None),
    ],
)
def test_what_is_looked_for_is_suspected_and_what_was_found_is_there(text: str, event: str | None) -> None:
    assert read_facts(text).get("vte_event") == event
