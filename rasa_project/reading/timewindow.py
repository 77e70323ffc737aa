"""Time expressions, counted in days before today, and durations in days.

A month counts 30 days and a year 365, as the windows of the tables do ("1个月内" = 30 days).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from rasa_project.reading import lexicon

Kind = Literal["ago", "within", "duration"]

_UNIT_DAYS = {
    "小时": 1 / 24,
    "h": 1 / 24,
    "分钟": 1 / 1440,
    "天": 1,
    "日": 1,
    "d": 1,
    "周": 7,
    "w": 7,
    "星期": 7,
    "礼拜": 7,
    "月": 30,
    "年": 365,
    "岁": 365,
}
_DIGITS = {
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "俩": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_SPOKEN: dict[str, list[int]] = lexicon.load("time")["days_ago"]
VAGUE_RECENT = frozenset(lexicon.load("time")["recent"])
_NUMBER = r"(?:\d+(?:\.\d+)?|[零一二两俩三四五六七八九十百半几数]+)"
_LENGTH = (
    rf"(?P<n>{_NUMBER})\s*(?P<more>余|多|来|\+|几)?\s*个?(?P<more3>多|余|来)?(?P<half>半)?(?P<u>小时(?!尿|动态|心电|血压监)|分钟|天|日|周|星期|礼拜|月|年|[dw](?![a-z])|h(?![a-z]|尿|动态|心电|血压监))"
    r"(?P<more2>余|多|半)?"
)
_PATTERN = re.compile(
    r"(?<!\d)(?P<date>(?P<y>(?:19|20)\d\d)(?:年|[./-](?=\d))(?:(?P<m>\d{1,2})(?:月|[./-](?=\d)|(?!\d))"
    r"(?:(?P<dd>\d{1,2})(?:[日号]|(?![\d年月周个天]))|))?)"
    # "2018左腿DVT", "08年骨折术后"
    r"|(?<![^\s,，。;；、:(（和及])(?P<stuck>(?:19|20)\d\d)(?=(?:[左右双]侧?)?(?:下肢|小腿|腿|肺栓|肺动脉|深静脉|[股髂腘腓]|肌间|dvt|vte|pe(?![a-z])|血栓))"
    r"|(?<![\d.满第近过])(?P<short>0\d|9[5-9])年(?:(?P<m7>\d{1,2})月)?(?![前来内间以之多余半龄])"
    r"|(?:pod|术后d)\s*(?P<pod>\d+)"
    # "(2018)"; in shorthand the year may stand alone behind the name of a clot: "DVT 2014, PE 2016"
    r"|(?:(?<=[(（])(?=\d{4}[)）])|(?<=(?:vt|te|pe) )|(?<=[栓塞成症] ))(?P<bare>(?:19|20)\d\d)"
    r"(?=\s*(?:[,，。;；、)）\n]|$|\s(?!i?u|m[gl])[a-z]))"
    r"|(?P<md>(?P<m2>\d{1,2})月(?P<d2>\d{1,2})[日号])"
    r"|(?P<dash>(?<![\d\-.:/])(?P<m4>0\d|1[0-2])-(?P<d4>[0-2]\d|3[01])(?=[日号]?\s*(?:在|于|行|因|予|起|出现|突发|发现|复查|术|全麻|急诊|入|置|确诊|[)）])))"
    # "5月份", "七月初", "(7月)": the month of the calendar, no length
    r"|(?P<month>(?<![\d./年个第零一二两三四五六七八九十])(?P<m6>1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十])"
    r"(?:月份|月[初底末](?!始)|月[上中下]旬|(?<=[(（]\d)月(?=[)）])|(?<=[(（]1\d)月(?=[)）])))"
    r"|(?P<monthword>上个?月|本月|这个月)(?P<d5>\d{1,2}|[一二两三四五六七八九十]{1,3})[日号]"
    r"|(?P<part>上个?月)(?P<third>[初中底末]|[上中下]旬)"
    r"|(?:上(?:个)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天]))(?![\d点])"
    r"|(?P<yearword>去年|前年|今年)(?:(?P<m3>\d{1,2})月|初|底|年底)?"
    rf"|(?P<spoken>{'|'.join(sorted(_SPOKEN, key=len, reverse=True))})"
    # "最近三个月" is a length, not merely lately
    rf"(?!(?<=最近)\s*{_NUMBER}\s*个?(?:天|日|周|星期|礼拜|月|年))"
    rf"|(?:(?P<pre>距今(?:已有?|约|大约|不到|不足|未满)?|近|最近|过去|这|后第?|术后第?|(?<![术之以日月年天周期疗化院提目当生病])前(?=[\d一二两三四五六七八九十几]))\s*)?(?:{_LENGTH})\s*(?P<post>余前|多前|之前|以前|前|之内|以内|内|以来|来)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Time:
    """A time at ``[start, end)`` of the text: ``low`` to ``high`` days ago, or days long."""

    start: int
    end: int
    kind: Kind
    low: float
    high: float


def number(text: str) -> tuple[float, float] | None:
    """The least and greatest value a number word can mean; ``几``/``数`` mean 2 to 9."""
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return float(text), float(text)
    if text == "半":
        return 0.5, 0.5
    if text in {"几", "数"}:
        return 2, 9
    if match := re.fullmatch(r"([一二两三四五六七八九])?十([一二三四五六七八九几])?", text):
        tens = 10 * (_DIGITS[match[1]] if match[1] else 1)
        if match[2] == "几":
            return tens + 1, tens + 9
        ones = _DIGITS[match[2]] if match[2] else 0
        return tens + ones, tens + ones
    if len(text) == 2 and all(char in _DIGITS for char in text):  # 两三天
        return _DIGITS[text[0]], _DIGITS[text[1]]
    if len(text) == 1 and text in _DIGITS:
        return _DIGITS[text], _DIGITS[text]
    return None


def find_times(text: str, today: date) -> list[Time]:
    """Every time expression of a normalised text, in order."""
    return [time for match in _PATTERN.finditer(text) if (time := _time(match, today))]


def _time(match: re.Match[str], today: date) -> Time | None:
    start, end = match.span()
    if match["date"]:
        return _calendar(start, end, today, int(match["y"]), match["m"], match["dd"])
    if match["bare"]:
        return _calendar(start, end, today, int(match["bare"]), None, None)
    if match["stuck"]:
        return _calendar(start, end, today, int(match["stuck"]), None, None)
    if match["short"]:
        year = int(match["short"])
        return _calendar(start, end, today, year + (1900 if year > 90 else 2000), match["m7"], None)
    if match["md"]:
        return _month_and_day(start, end, today, int(match["m2"]), int(match["d2"]))
    if match["dash"]:
        return _month_and_day(start, end, today, int(match["m4"]), int(match["d4"]))
    if match["month"]:
        return _month(match, today)
    if match["monthword"]:
        return _this_or_last_month(match, today)
    if match["part"]:
        return _part_of_last_month(match, today)
    if match["weekday"]:
        return _last_week(match, today)
    if match["yearword"]:
        year = today.year - {"今年": 0, "去年": 1, "前年": 2}[match["yearword"]]
        return _calendar(start, end, today, year, match["m3"], None)
    if match["pod"]:
        return Time(start, end, "ago", int(match["pod"]), int(match["pod"]))
    if match["spoken"]:
        low, high = _SPOKEN[match["spoken"]]
        return Time(start, end, "within" if match["spoken"] in VAGUE_RECENT else "ago", low, high)
    return _length(match)


def _length(match: re.Match[str]) -> Time | None:
    value = number(match["n"])
    if value is None:
        return None
    unit = _UNIT_DAYS[match["u"].lower()]
    low, high = value[0] * unit, value[1] * unit
    if match["half"] or match["more2"] == "半":
        low, high = low + unit / 2, high + unit / 2
    elif match["more"] or match["more3"] or match["more2"] or (match["post"] or "").startswith(("余", "多")):
        tens = value[0] >= 10 and value[0] % 10 == 0
        low, high = low + min(1, unit) * 0.5, high + (unit * 10 if tens else unit)
    pre, post = (match["pre"] or "").lower(), match["post"] or ""
    kind: Kind = "duration"
    if pre == "过去" and match.string.startswith("了", match.end()):
        kind = "ago"  # "手术过去四个月了"
    elif pre.startswith("距今"):
        kind, low = "ago", 0 if pre[2:] in ("不到", "不足", "未满") else low
    elif pre == "前" and not post:
        # "前两个礼拜": that long ago, or at some time since
        kind, low = "ago", high / 2
    elif post.endswith("前") or pre.startswith(("后", "术后")):
        kind = "ago"
    elif post or pre:
        kind, low = "within", 0
    return Time(match.start(), match.end(), kind, low, high)


def _calendar(
    start: int, end: int, today: date, year: int, month: str | None, day: str | None
) -> Time | None:
    try:
        first = date(year, int(month or 1), int(day or 1))
        if day:
            last = first
        elif month:
            last = date(year + int(month) // 12, int(month) % 12 + 1, 1)
        else:
            last = date(year, 12, 31)
    except ValueError:
        return None
    low, high = (today - last).days, (today - first).days
    if high < 0:
        return None
    return Time(start, end, "ago", max(low, 0), high)


def _month_and_day(start: int, end: int, today: date, month: int, day: int) -> Time | None:
    try:
        when = date(today.year, month, day)
        if when > today:
            when = date(today.year - 1, month, day)
    except ValueError:
        return None
    return Time(start, end, "ago", (today - when).days, (today - when).days)


def _month(match: re.Match[str], today: date) -> Time | None:
    """The last such month that has begun: "5月份", "七月初"."""
    month = number(match["m6"])
    if month is None:
        return None
    year = today.year if int(month[0]) <= today.month else today.year - 1
    return _calendar(*match.span(), today, year, str(int(month[0])), None)


def _last_week(match: re.Match[str], today: date) -> Time:
    """ "上周三": the day of the calendar week before this one."""
    weekday = "一二三四五六日".index(match["weekday"].replace("天", "日"))
    days = today.weekday() + 7 - weekday
    return Time(*match.span(), "ago", days, days)


def _part_of_last_month(match: re.Match[str], today: date) -> Time:
    """ "上个月底", "上月初": a part of the month before this one."""
    last = date(today.year, today.month, 1) - timedelta(days=1)
    first, end = {"初": (1, 10), "上": (1, 10), "中": (11, 20)}.get(
        match["third"][0], (21 if match["third"] == "下旬" else 25, last.day)
    )
    days = ((today - last.replace(day=day)).days for day in (end, first))
    return Time(*match.span(), "ago", *days)


def _this_or_last_month(match: re.Match[str], today: date) -> Time | None:
    """ "上个月27日", "本月3号"."""
    last = match["monthword"].startswith("上")
    year, month = (
        (today.year - (today.month == 1), today.month - 1 or 12) if last else (today.year, today.month)
    )
    day = number(match["d5"])
    return _calendar(*match.span(), today, year, str(month), str(int(day[0]))) if day else None
