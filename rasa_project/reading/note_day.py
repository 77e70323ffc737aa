"""The day on which a pasted note was written: its "3 days ago" and its dates count from there."""

from __future__ import annotations

import re
from datetime import date, timedelta

_YEAR = r"(?:(?P<y>20\d\d)\s*[-/.年]\s*)"
_DAY = r"(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*[日号]?"
_DATED = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rf"(?<![\d])今[天日]?\s*(?:是|为)?\s*[(]?\s*{_YEAR}?{_DAY}",
        rf"(?:现在|目前)是\s*{_YEAR}?{_DAY}",
        r"今[天日]?\s*(?:就?是|为)?\s*(?:(?:这个?|本)月的?)?\s*(?P<d>\d{1,2})[日号]",
        rf"出院(?:日期|时间)\s*:?\s*{_YEAR}{_DAY}",
        rf"(?:记录|就诊|复诊|评估|查房|会诊|书写|填表|检查|转科|转出)(?:日期|时间)\s*:?\s*{_YEAR}{_DAY}",
        rf"^\W*[^\d\n:;。,，]{{0,12}}(?:记录|小结|病历|会诊|病程)\s*{_YEAR}{_DAY}",
        rf"至今\s*[(]\s*{_YEAR}?{_DAY}\s*[)]",
        rf"^\s*{_YEAR}{_DAY}\s*(?:\d{{1,2}}:\d{{2}}|$)",
        rf"入院(?:日期|时间)\s*:?\s*{_YEAR}{_DAY}",
        rf"于\s*{_YEAR}{_DAY}[^,，。;；\n]{{0,12}}(?:入院|来诊|就诊|收入)",
    )
)
# "12月3日行…术，今为术后第8天": the day is that many days after the operation.
_AFTER_OPERATION = re.compile(
    rf"(?<![\d./-]){_YEAR}?{_DAY}[^。\n]{{0,50}}?术[^。\n]{{0,30}}?(?:今|现|目前)[^,，。\n]{{0,4}}术后第?(?P<n>\d{{1,3}})[天日]"
)
_FULL_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=\s*[-/.年]\s*\d)")


def note_day(text: str, today: date) -> date | None:
    """The day a normalised note gives as its own, None where it gives none or one to come."""
    for pattern in _DATED:
        found = [day for match in pattern.finditer(text) if (day := _day(match, text, today)) is not None]
        if found:
            return max(found)
    operation = _AFTER_OPERATION.search(text)
    performed = _day(operation, text, today) if operation else None
    if operation is None or performed is None:
        return None
    day = performed + timedelta(days=int(operation["n"]))
    return day if day <= today else None


def _day(match: re.Match[str], text: str, today: date) -> date | None:
    if "m" not in match.groupdict():
        return _latest(int(match["d"]), today)
    years = [int(year) for year in _FULL_YEAR.findall(text)]
    year = int(match["y"]) if match["y"] else max((y for y in years if y <= today.year), default=today.year)
    try:
        day = date(year, int(match["m"]), int(match["d"]))
        if day > today and not match["y"]:
            day = date(year - 1, day.month, day.day)
    except ValueError:
        return None
    return day if day <= today else None


def _latest(day: int, today: date) -> date | None:
    """The latest date with this day of the month: "今天19日"."""
    back = (today - timedelta(days=past) for past in range(62))
    return next((one for one in back if one.day == day), None)
