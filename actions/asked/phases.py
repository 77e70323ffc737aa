"""How long a drug has been given, in the words of a question: "打满一个月了", "第5周", "3周以后"."""

from __future__ import annotations

import re

_NUMERALS = {
    "半": 0.5,
    "一": 1,
    "两": 2,
    "俩": 2,
    "仨": 3,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
}
_UNITS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30, "day": 1, "week": 7, "month": 30}
_NUMBER = r"(?P<number>\d+|十[一二三四五六七八九]|[一两俩仨二三四五六七八九十半])"
_UNIT = r"\s*个?(?P<unit>天|日|周|星期|礼拜|月)"
_NTH = re.compile(rf"(?:第|头|前|首)\s*{_NUMBER}{_UNIT}(?P<after>以后|之后|过后|后)?")
_FIRST = re.compile(r"首(?P<unit>月|周|日)")
_NUMBER2, _UNIT2 = _NUMBER.replace("number", "number2"), _UNIT.replace("unit", "unit2")
_GIVEN = re.compile(
    rf"(?:(?P<lead>满|[吃用打服]了?满?|注射了?|到了?)\s*{_NUMBER}{_UNIT}|"
    rf"{_NUMBER2}{_UNIT2}(?:了|以后|之后|过后|后|满))"
)
_ENGLISH = re.compile(
    r"(?:after|for|post)\s*(?P<number>\d+)\s*(?P<unit>day|week|month)s?|(?P<unit2>day|week|month)\s*(?P<number2>\d+)",
    re.I,
)


def days_given(text: str) -> tuple[float, float] | None:
    """The first and the last day that the words may mean; ``None`` where they say nothing of it."""
    if nth := _NTH.search(text):
        unit, number = _UNITS[nth["unit"]], _value(nth["number"])
        if nth["after"]:
            return number * unit, number * unit
        first = 0.0 if nth[0][0] != "第" else (number - 1) * unit
        return first, number * unit
    if first_unit := _FIRST.search(text):
        return 0.0, _UNITS[first_unit["unit"]]
    if given := _GIVEN.search(text):
        days = _value(given["number"] or given["number2"]) * _UNITS[given["unit"] or given["unit2"]]
        return days, days
    if english := _ENGLISH.search(text):
        if english["number"]:
            days = float(english["number"]) * _UNITS[english["unit"].lower()]
            return days, days
        unit, number = _UNITS[english["unit2"].lower()], float(english["number2"])
        return (number - 1) * unit, number * unit
    return None


def is_a_stage(text: str) -> bool:
    """Whether a stage of the treatment is named ("第二个月", "首月"), not merely how long it has lasted."""
    return bool(_NTH.search(text) or _FIRST.search(text))


def day_of(text: str) -> float | None:
    """The day that a message names: "第6天", "打了4天了"."""
    span = days_given(text)
    return span[1] if span else None


def phase_at(span: tuple[float, float], first_phase_days: float) -> str | None:
    """The phase that these days lie in; ``None`` where they may lie in either."""
    low, high = span
    if low >= first_phase_days:
        return "later"
    return "initial" if high <= first_phase_days else None


def _value(number: str) -> float:
    if number.isdigit():
        return float(number)
    if len(number) == 2:
        return 10.0 + _NUMERALS[number[1]]
    return float(_NUMERALS[number])
