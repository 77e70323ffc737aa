"""Treatment and person as they are told in passing: doubted, given up, replaced, somebody else's."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rasa_project.reading.reader import read

TODAY = date(2026, 6, 15)
ABSENT = "absent"


def _facts(text: str) -> dict[str, Any]:
    mentions = [mention for mention in read(text, TODAY).mentions if mention.status != "rejected"]
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
    return {mention.fact: mention.value for mention in mentions}


def _check(text: str, expected: dict[str, Any]) -> None:
    found = _facts(text)
    assert {fact: found.get(fact, ABSENT) for fact in expected} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("有没有用过来那度胺，外院病历查不到", {"imid": None}),
        ("卡非佐米上不上，等主任周四定", {"carfilzomib": None}),
        ("促红针打没打，病人自己说不上来", {"erythropoietin": None}),
        ("来那度胺停没停，记不清", {"imid": None}),
        ("吃没吃华法林，等家里送药盒来看", {"on_warfarin": None}),
        ("化不化疗，家里还没商量好", {"chemotherapy": None}),
        ("有没有用过来那度胺？", {"imid": ABSENT}),
        ("没有用过来那度胺，方案等主任定", {"imid": False}),
        ("是否使用激素：无", {"glucocorticoid": False}),
    ],
)
def test_whether_it_is_taken_is_not_known(text: str, expected: dict[str, Any]) -> None:
    _check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("后续方案等MDT讨论后再定", {"regimen": None}),
        ("外院打的什么方案？病人讲不出来", {"regimen": None}),
        ("方案VRd，抗凝方案待定", {"regimen": "VRd"}),
        ("疗效还没评，等骨穿回报", {"mm_response": None}),
        ("疗效VGPR", {"mm_response": "vgpr"}),
        ("预防用药起始日期不详", {"months_on_prophylaxis": None}),
        ("低分子肝素打几天了？单子上没记", {"lmwh_days": None}),
        ("在吃抗凝药，叫什么名字说不上", {"current_anticoagulant": None}),
        ("地塞米松在用，每程多少量不详", {"glucocorticoid": True, "dexamethasone_mg_per_cycle": None}),
        ("年龄不详，男性", {"age_years": None, "sex": "male"}),
    ],
)
def test_what_is_said_not_to_be_known_is_asked_about(text: str, expected: dict[str, Any]) -> None:
    _check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("沙利度胺上礼拜停了，现在就硼替佐米加地米", {"imid": False, "glucocorticoid": True}),
        ("阿霉素这程去掉，只留硼替佐米", {"anthracycline_chemotherapy": False}),
        ("阿霉素没去掉", {"anthracycline_chemotherapy": True}),
        ("本程不带激素", {"glucocorticoid": False}),
        ("dex已off", {"glucocorticoid": False}),
        ("“表柔比星用了吗？”“没用。”", {"anthracycline_chemotherapy": False}),
        ("“表柔比星用了吗？”“用了。”", {"anthracycline_chemotherapy": True}),
        ("华法林？早就不吃了", {"on_warfarin": False}),
        ("华法林？吃着呢", {"on_warfarin": True}),
        ("沙利度胺吃了两周，现在换成泊马度胺", {"imid": True, "imid_drug": "泊马度胺"}),
        ("医嘱里的VRd开错，实为VCD", {"regimen": "VCD"}),
        ("阿司匹林要去掉吗", {"current_antiplatelet": ABSENT}),
    ],
)
def test_given_up_or_going_on(text: str, expected: dict[str, Any]) -> None:
    _check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今拔除PICC改外周留置针", False),
        ("PICC血培养阳性，今拔除PICC", False),
        ("CVC堵了拔掉，又从左锁骨下重穿一根", True),
        ("PICC已拔除，准备重新置管", True),
        ("PICC已拔，未再置管", False),
        ("无血栓史右侧颈内静脉置管", None),
    ],
)
def test_catheters_that_come_and_go(text: str, expected: bool | None) -> None:
    _check(text, {"central_venous_catheter": expected})
