"""Whose clot it is in a note typed in key words, and clots that were had."""

from __future__ import annotations

from typing import Any

import pytest
from told import ABSENT, check


@pytest.mark.parametrize(
    "text",
    [
        "姐姐产后肺栓塞 70岁 骨髓瘤 VRd",
        "弟弟40岁DVT 骨髓瘤 70岁 VRd 女",
        "妹妹有肺栓塞史，骨髓瘤，70岁，男",
        "奶奶DVT走了 骨髓瘤 60岁 女 Rd",
        "女儿肺栓塞 MM 71岁",
        "外公下肢静脉血栓去世 MM 58岁",
    ],
)
def test_of_the_relative(text: str) -> None:
    check(text, {"family_history_vte": True, "vte_event": ABSENT})


@pytest.mark.parametrize(
    "text", ["妈妈肺栓塞 骨髓瘤 66岁", "姐姐DVT 骨髓瘤 66岁 Rd", "妈妈有DVT 骨髓瘤 66岁"]
)
def test_of_either(text: str) -> None:
    check(text, {"family_history_vte": None, "vte_event": ABSENT})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("患者家属 妈妈确诊肺栓塞 依诺肝素打多久", {"vte_event": "pe", "family_history_vte": ABSENT}),
        ("妈妈今天查出肺栓塞 骨髓瘤 66岁", {"vte_event": "pe", "age_years": 66}),
        ("妈妈得了肺栓塞 66岁 骨髓瘤 现在住院", {"vte_event": "pe", "age_years": 66}),
        ("妈妈肺栓塞 骨髓瘤 66岁 怎么办", {"vte_event": "pe", "family_history_vte": ABSENT}),
    ],
)
def test_of_the_patient_whom_a_relative_asks_for(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("肺栓塞得过 MM 70岁 Rd", {"history_vte": True, "vte_event": ABSENT}),
        ("DVT以前有过，骨髓瘤，70岁", {"history_dvt": True, "vte_event": ABSENT}),
        ("2年前DVT 抗凝3月停 MM 复发 拟DPd 70岁",
         {"history_dvt": True, "vte_event": ABSENT, "mm_phase": "relapse"}),
        ("左腿DVT 骨髓瘤 70岁 来那度胺", {"vte_event": "dvt"}),
    ],
)  # fmt: skip
def test_had_and_there(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)
