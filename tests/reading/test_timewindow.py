"""Time expressions in days before today."""

from __future__ import annotations

from datetime import date

import pytest

from rasa_project.reading.timewindow import find_times, number

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "kind", "low", "high"),
    [
        ("3周前", "ago", 21, 21),
        ("半年前", "ago", 182.5, 182.5),
        ("上月", "ago", 1, 61),
        ("昨天", "ago", 1, 1),
        ("2016年", "ago", 3613, 3978),
        ("2026年10月", "ago", 21, 52),
        ("3月余前", "ago", 90.5, 120),
        ("术后第10天", "ago", 10, 10),
        ("近1月", "within", 0, 30),
        ("1月前", "ago", 30, 30),
        ("近3个月内", "within", 0, 90),
        ("10余天前", "ago", 10.5, 20),
        ("1年半前", "ago", 547.5, 547.5),
        ("2026-10-05", "ago", 48, 48),
        ("10月5日", "ago", 48, 48),
        ("12月5日", "ago", 352, 352),
        ("2021.2.14", "ago", 2107, 2107),
        ("POD3", "ago", 3, 3),
        ("5天", "duration", 5, 5),
        ("两三天", "duration", 2, 3),
        ("十余年", "duration", 3650.5, 7300),
        ("3d前", "ago", 3, 3),
        ("近期", "within", 0, 30),
        ("72小时", "duration", 3, 3),
        ("一周", "duration", 7, 7),
        ("28天内", "within", 0, 28),
    ],
)
def test_time(text: str, kind: str, low: float, high: float) -> None:
    (time,) = find_times(text, TODAY)
    assert (time.kind, time.low, time.high) == (kind, pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize("text", ["20mg/d", "血小板45", "2030年", "13月40日", "无", "1.73m2"])
def test_no_time(text: str) -> None:
    assert find_times(text, TODAY) == []


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("半", (0.5, 0.5)),
        ("十", (10, 10)),
        ("十二", (12, 12)),
        ("三十", (30, 30)),
        ("二十五", (25, 25)),
        ("几", (2, 9)),
        ("十几", (11, 19)),
        ("两", (2, 2)),
        ("百", None),
    ],
)
def test_number(word: str, value: tuple[float, float] | None) -> None:
    assert number(word) == value
