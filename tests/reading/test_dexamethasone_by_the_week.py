"""Dexamethasone given several times a week, for some weeks, or otherwise in another cycle."""

from __future__ import annotations

import pytest
from told import check

_DEX = "dexamethasone_mg_per_cycle"


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("地米20 d1,2 ×3周 70岁 VRd", 120),
        ("地塞米松10mg d1、d2 每周重复 28天一周期", 80),
        ("地塞米松20mg d1,2/周 4周", 160),
        ("地塞米松 20mg d1-2，每周一次硼替佐米", 40),
        ("地塞米松20mg d1,2 每3周重复", 40),
        ("地塞米松40mg d1 qw", 160),
        ("地塞米松20mg 3次/周 28天", 240),
        ("地塞米松10mg 每周三次 21天", 90),
        ("地塞米松20mg 每周三 28天一周期", 80),
        ("dex 20mg tiw q21d", 180),
        ("dex 20 mg twice a week, 28-day cycle", 160),
        ("地塞米松20mg 2次/周 21天一周期", 120),
        ("地塞米松20mg 每周两次 共2周 VTD", 80),
        ("dex 20mg biw x 3wk q28d VRd", 120),
        ("地塞米松20mg 每周两次 已用3周", 160),
        ("地塞米松20mg每周两次，3周后复查", 160),
        ("地塞米松20mg 每周两次 x 4周 q21d", 120),
        ("地塞米松40mg qw 2周 休1周", 80),
        ("地塞米松首周期40mg qw 目前20mg qw 28天", 80),
        ("地塞米松40mg d1,8，20mg d15,22", 120),
        ("地塞米松40mg qw，第2周期来那度胺25mg", 160),
        ("地塞米松 40mg（75岁以上20mg）每周一次 68岁 28天", 160),
        ("78岁 地塞米松20mg（75岁以上20mg）qw", 80),
    ],
)
def test_total(text: str, total: int) -> None:
    check(text, {_DEX: total})


@pytest.mark.parametrize(
    "text",
    [
        "地塞米松C1 40mg qw，C2起20mg qw",
        "地塞米松第1周期40mg每周，第2周期起20mg每周",
        "地塞米松前两周40mg qw，后两周20mg qw",
        "dex 40 qw C1，C3开始20 qw",
        "76岁 Rd 地塞米松40mg qw（>75岁减为20mg）",
        "地塞米松40mg qw，>75岁20mg，80岁",
        "地塞米松40mg 每周 3次",
        "地塞米松20mg d1-4 每周",
        "地塞米松20mg d1,2 qw",
    ],
)
def test_asked(text: str) -> None:
    check(text, {_DEX: None})


def test_the_letter_of_days_is_no_daratumumab() -> None:
    check("28d VRd 70岁", {"regimen": "VRd"})
    check("D VRd 70岁", {"regimen": "DVRd"})
