"""Asked back, still to come, one of a class, a clot beside a bleed: what is read and what is not."""

from __future__ import annotations

from typing import Any

import pytest

from rasa_project.reading.reader import read
from scoring import FACTS


def facts(text: str) -> dict[str, Any]:
    return {one.fact: one.value for one in read(text).mentions if one.fact in FACTS}


@pytest.mark.parametrize("text", ["no bleeding?", "No active bleeding?", "没有出血？", "没有出血吗"])
def test_what_is_asked_back_is_no_statement(text: str) -> None:
    reading = read(text)
    assert facts(text) == {} and reading.segments[0].question
    assert not (reading.answer or {}).get("no")


@pytest.mark.parametrize("text", ["no bleeding", "没有出血"])
def test_what_is_denied_is(text: str) -> None:
    assert facts(text)["active_bleeding"] is False


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("抗凝禁忌（脑出血1周）的近端DVT怎么办", "proximal_dvt"),
        ("脑出血1周，近端DVT怎么办", "proximal_dvt"),
        ("抗凝禁忌，肺栓塞怎么办", "pe"),
        ("正在便血，下肢DVT要不要抗凝", "dvt"),
        ("黑便，如何预防DVT", None),
        ("便血了，会得DVT吗", None),
        ("昨天便血，DVT的症状是什么", None),
        ("便血中，PE如何诊断", None),
        ("近端DVT怎么办", None),
    ],
)
def test_a_clot_that_is_asked_about_beside_a_bleed(text: str, event: str | None) -> None:
    assert facts(text).get("vte_event") == event


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("来那度胺下周停", True),
        ("来那度胺明天开始停", True),
        ("来那度胺吃完这个疗程就停", True),
        ("来那度胺再吃两周停", True),
        ("来那度胺月底停", True),
        ("来那度胺上周停", False),
        ("来那度胺3月底停", False),
        ("来那度胺今天停了", False),
        ("来那度胺用完两个疗程后停用", False),
    ],
)
def test_a_stop_that_is_still_to_come(text: str, taken: bool) -> None:
    assert facts(text)["imid"] is taken


@pytest.mark.parametrize("text", ["来那度胺今天停了", "今天停了来那度胺", "来那度胺昨日停用", "来那度胺刚停"])
def test_a_drug_that_was_just_stopped_is_not_left_out_unsaid(text: str) -> None:
    note = next(one.note for one in read(text).mentions if one.fact == "imid")
    assert "刚停用" in (note or "")


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("泼尼松，没用地塞米松", {"glucocorticoid": True, "dexamethasone_mg_per_cycle": 0}),
        ("MP方案，没用地塞米松", {"glucocorticoid": True, "dexamethasone_mg_per_cycle": 0}),
        ("没用地塞米松", {"glucocorticoid": False, "dexamethasone_mg_per_cycle": 0}),
        ("地塞米松40mg qw，泼尼松没用", {"glucocorticoid": True, "dexamethasone_mg_per_cycle": 160}),
    ],
)
def test_one_steroid_is_denied_beside_another(text: str, read_as: dict[str, Any]) -> None:
    assert read_as.items() <= facts(text).items()


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("没有房颤和瓣膜病", "mechanical_heart_valve", False),
        ("没有瓣膜病和房颤", "atrial_fibrillation", False),
        ("否认房颤及心脏瓣膜病史", "mechanical_heart_valve", False),
        ("非瓣膜病性房颤", "atrial_fibrillation", True),
        ("肿瘤在治疗中", "active_cancer", True),
        ("肿瘤正在治疗", "active_cancer", True),
        ("无出血，易栓症筛查待回", "inherited_thrombophilia", None),
    ],
)
def test_each_is_read(text: str, fact: str, value: bool | None) -> None:
    assert facts(text)[fact] is value


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("有心脏瓣膜病", "mechanical_heart_valve"),
        ("肿瘤没在治疗", "active_cancer"),
        ("他父亲肿瘤在治疗", "active_cancer"),
    ],
)
def test_nothing_is_read(text: str, fact: str) -> None:
    assert facts(text).get(fact) is None
