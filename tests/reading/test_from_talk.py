"""Wordings that were misread in trial conversations with the bot."""

from __future__ import annotations

from typing import Any

import pytest
from told import ABSENT, check


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("地米40mg每周 28天 71岁 男", 160),
        ("地塞米松20mg qw 21天 62公斤", 60),
        ("地米40mg d1-4 28天 PICC在位", 160),
        ("地米4mg qd 28天", 112),
        ("地米40mg 28天 71岁", None),  # how long a cycle is says not how often
        ("地米总量160 GFR 90", 160),
        ("地塞米松总量：120，血小板88", 120),
    ],
)
def test_the_length_of_a_cycle_is_no_number_of_doses(text: str, total: float | None) -> None:
    check(text, {"dexamethasone_mg_per_cycle": total})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("最可能就是PE", {"vte_event": "suspected_pe", "pe_more_likely_than_alternatives": True}),
        ("应该就是肺栓塞了", {"vte_event": "suspected_pe"}),
        ("考虑就是DVT", {"vte_event": "suspected_dvt"}),
        ("CTPA确诊就是PE", {"vte_event": "pe"}),
        ("无VTE史 无家族史", {"history_vte": False, "family_history_vte": False}),
        ("有DVT史，否认家族史", {"history_dvt": True, "family_history_vte": False}),
        ("无VTE史，高血压，有家族史", {"family_history_vte": ABSENT}),
    ],
)
def test_what_is_likely_is_not_found_yet(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PICC因感染拔除未再置", {"central_venous_catheter": False}),
        ("港取出后未重新植入", {"central_venous_catheter": False}),
        ("PICC拔了，后又重新置入", {"central_venous_catheter": True}),
        ("导管：无；抗凝：华法林", {"central_venous_catheter": False}),
        ("从没插过任何导管", {"central_venous_catheter": False}),
        ("中心静脉未置，走外周", {"central_venous_catheter": False}),
        ("上个月十八号摔了以后就没下过床", {"bedridden_over_72h": True}),
        ("去年摔伤后卧床一个月，以后能走了", {"bedridden_over_72h": False}),
        ("生活完全自理，步行入院", {"bedridden_over_72h": False}),
        ("生活不能自理", {"bedridden_over_72h": ABSENT}),
        ("能自行如厕、散步", {"bedridden_over_72h": False}),
        ("不能自己上厕所，卧床5天", {"bedridden_over_72h": True}),
    ],
)
def test_tubes_and_beds_that_are_left_for_good(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)
