"""Dosing schedules: how often a dose is given in one cycle."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rasa_project.reading.quantities import numbers

_LIST_ITEM = r"\d{1,2}(?:\s*[-~至到]\s*(?:d|D)?\s*\d{1,2})?"
# A number with a unit that no dose has is no day of a cycle and goes on about no drug: "d1,8，75kg".
NOT_OF_A_DOSE = (
    r"(?![\d.]*\s*(?:%|岁|kg|公斤|千克|斤|cm|厘米|公分|米|m(?![a-z])|万|k/|[×x*]\s*10|g/|ml|[uμ]mol|"
    r"次/分|bpm|mmhg|iu|u(?![a-z])|分(?!次)))"
)
_NOT_A_DAY = rf"(?![\d.]*\s*(?:mg|毫克)){NOT_OF_A_DOSE}"
# "d1-4，28天": no cycle gives a dose on its 28th day; that is its length.
_LENGTH = r"(?!(?:28|35|42)\s*[天日])"
_DAYS = re.compile(
    rf"(?<![a-z])(?:d(?:ays?)?\.?\s*|第(?!\s*\d{{1,2}}\s*个?(?:疗程|周期|程|轮|线|期))\s*)(?P<list>{_LIST_ITEM}(?:\s*[,，、/和及与.\s]\s*(?:及|和)?\s*(?:第|d)?\s*{_LENGTH}{_LIST_ITEM}{_NOT_A_DAY})*)\s*(?:天|日|d(?![a-z]))?|"
    rf"(?<![\d.a-z])(?P<list2>{_LIST_ITEM}(?:\s*[,，、]\s*{_LENGTH}{_LIST_ITEM}{_NOT_A_DAY})+)\s*(?:天|日|d(?![a-z]))",
    re.I,
)
_LENGTH_LAST = re.compile(r"[,，]\s*21\s*(?:天|日|d)$", re.I)
_TIMES = re.compile(
    r"(?:每|一)\s*个?(?:疗程|周期|程)\s*(?:总?共|就|用|打|吃|服|给)*\s*(?P<each_cycle>\d{1,2}|[一二两三四五六七八九十]{1,2})\s*(?:次|回|趟|天)|"
    r"(?<!\d)(?:14|21|28|35|42)\s*(?:天|日|d)\s*(?:内|里|共|用|打|吃|给)*\s*(?P<in_cycle>\d{1,2}|[一二两三四五六七八九十]{1,2})\s*次|"
    r"(?:[×x*]|共|连用|连续|连|用|服)\s*(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})\s*(?P<unit>天|日|d(?![a-z])|次|周|w(?![a-z])|剂)|"
    r"[×x*]\s*(?P<bare>\d{1,2})(?![\d.])(?!\s*(?:mg|片|周期|疗程|个))|"
    r"(?<![第\d.a-z日天周每])(?<!便)(?<!血)(?<!痰)(?P<n2>\d{1,2}|[一二两三四五六七八九十]{1,2})\s*(?P<unit2>天|次)(?!\s*(?:前|内|后|/\s*(?:天|日|周|d)|为?[1一]?个?(?:周期|疗程)|一?周期|方案))",
    re.I,
)
_WEEKLY_TWICE = re.compile(
    r"(?<![a-z])(?:biw|twice\s*(?:weekly|(?:a|per|every|each)\s*week)|twice\s*/\s*w(?:ee)?k|2x\s*/?\s*w(?:ee)?k(?:ly)?)(?![a-z])|"
    r"[2两二]\s*(?:次|天|日)\s*/\s*(?:每|一|1)?\s*(?:周(?!期)|w(?:ee)?k?(?![a-z]))|(?:每|一)周\s*(?:连用|连续|打|吃|用|服)?\s*(?:[2两二]\s*(?:次|天|日)|周?[一二三四五六日]\s*[、,，和及/]\s*周?[一二三四五六日])",
    re.I,
)
# "每周三次", "tiw": with a blank between, "每周 4次" may as well count the doses of the cycle
_WEEKLY_MORE = re.compile(
    r"(?<![a-z])(?P<tiw>tiw|(?:thrice|three\s*times)\s*(?:weekly|(?:a|per|every|each)\s*week))(?![a-z])|"
    r"(?:每|一)个?(?:周(?!期)|星期|礼拜)(?:连用|连续|[打吃用服给])?(?P<n>[3-6三四五六])\s*(?:次|天|回)|"
    r"(?P<n2>[3-6三四五六])\s*(?:次|天|日)\s*/\s*(?:每|一|1)?\s*(?:周(?!期)|w(?:ee)?k?(?![a-z]))",
    re.I,
)
_BIWEEKLY = re.compile(r"(?<![a-z])q2w(?![a-z])|每\s*(?:2|两|二)\s*周|隔周", re.I)
_WEEK = r"(?:周(?!期)|星期|礼拜)"
# A weekly amount as it is said: "一周四十", "一个礼拜二十毫克"; "一周后" is no amount.
_A_WEEK = (
    rf"(?:一|1)\s*个?{_WEEK}(?=\s*(?:吃|用|打|服|是|给|共)*\s*"
    r"(?:$|\d{1,2}(?![\d.次天])|[一二三四五六七八九]?十[一二三四五六七八九]?(?![次天])))"
)
_WEEKLY = re.compile(
    rf"{_A_WEEK}|(?:一|1)\s*个?{_WEEK}\s*(?:打|吃|用|服)?\s*(?:1|一)\s*[次趟回]|每\s*个?\s*(?:星期|礼拜)|"
    r"(?<![a-z])(?:q\s*\.?\s*w|qwk|weekly|q1w|/\s*w(?:eek|k)?)(?![a-z])|/\s*周|每\s*1?\s*个?(?:周|星期|礼拜)(?!期)\s*(?:(?:就|只|仅|才|都|也|固定)*(?:这|那|[吃打用服])?\s?[1一]\s*[次回]|[一二三四五六日天](?!次|十))?|周(?:1|一)次",
    re.I,
)
_PER_DAY = re.compile(
    r"(?<![a-z])(?P<bid>bid|q12h)(?![a-z])|(?<![a-z])(?P<tid>tid|q8h)(?![a-z])|(?:每[日天]|一[日天]|/\s*[日天])\s*(?P<n>[2两二3三])\s*次",
    re.I,
)
CYCLE = re.compile(
    # "d1-2、8-9、15-16、22-23/28d"
    r"(?<=\d)\s?/\s?(?P<s>21|28|35|42)\s?d(?![a-z])|(?P<d>14|21|28|35|42)\s*-?\s*(?:天|日|days?|d(?![a-z]))\s*(?:为|是|/|一|1|的|每)*\s*(?:个)?\s*(?:周期|疗程|一?程|方案|cycle)|(?<![a-z])q\s*(?P<q>14|21|28|35)\s*d(?![a-z])|"
    r"(?:每|[一1每]个?(?:周期|疗程)(?:是|为)?|周期为?|疗程为?|周期[:=])\s*(?P<e>14|21|28|35)\s*(?:天|日|d)|(?:[一1每]个?|的)(?:周期|疗程)(?:是|为|有|共|[:：\s])*(?P<w3>[3-6]|[三四五六])\s*(?:周(?!期)|个?(?:星期|礼拜))(?!\s*[,，]?\s*[一1两2每]?\s*次)|(?P<w>[2-6]|[两二三四五六])\s*(?:周|个(?:周|星期|礼拜))\s*(?:为|是|算|/|一|1|的)*\s*(?:个)?\s*(?:周期|疗程|方案)|每\s*(?P<w2>[3-6]|[三四五六])\s*周\s*(?:为|重复|一|1)",
    re.I,
)
# The length of the cycle alone behind a schedule: "20mg 每周一次，28天", "40mg d1-4（28天）".
_LENGTH_ALONE = re.compile(
    r"(?:[\s,，(:]|为|按|是)*(?P<days>14|21|28|35|42)\s*(?:天|日|d(?![a-z]))(?=\s*(?:[),，。;；]|$)|\s)", re.I
)
_EACH = re.compile(r"qw|/\s*次|每周", re.I)
# "连三周歇一周", "打两周，停一周": the weeks of a cycle in which doses are given.
_ON_AND_OFF = re.compile(
    r"(?:(?:用|服|打|吃|连)+\s*|(?<=[\s,，])|^)(?P<on>[1-4一二两三四])\s*个?(?:周|星期|礼拜)\s*[,，]?\s*[停歇休]息?\s*[12一二两]\s*个?(?:周|星期|礼拜)"
)
# "每周2次 21天一疗程打2周": the weeks of a stated cycle in which it is given
_WEEKS_ON = re.compile(
    r"(?<![已经])(?:只|就|共|连)*(?:用|服|打|吃|给)\s*(?P<on>[1-4一二两三四])\s*(?:周(?!期)|个?(?:星期|礼拜))(?!\s*(?:[,，]?\s*[停歇休]|一次|1次|了|后|前))"
)
# "每周两次 连用3周", "biw x 2wk", "d1,2 ×4周": the weeks in which it is given, whatever the cycle's length
_FOR_WEEKS = re.compile(
    r"(?:(?<![已经])(?:[×x*]|共|连用|连续(?:用|服|打|吃)?|连|(?<![a-z])for)\s*|(?:^|(?<=[\s,，]))(?<!每\s))(?P<weeks>[1-6一二两三四五六])\s*"
    r"(?:周(?!期)|个(?:周(?!期)|星期|礼拜)|w(?:ee)?k?s?(?![a-z]))(?!\s*(?:[,，]?\s*[停歇休]|[一1两2]\s*次|了|后|前|为|内|以|时|复|一?个?(?:周期|疗程)))",
    re.I,
)
# "d1,2 每周重复", "第1-2天 每周": the days of a week, not of the cycle; "每周一次" is another matter
_EVERY_WEEK = re.compile(
    r"每\s*个?\s*(?:周|星期|礼拜)(?!期)(?!\s*[一二三四五六日天1-6两])|(?<![a-z])(?:weekly|(?:every|each|of)\s(?:each\s)?week)(?![a-z])|/\s*周",
    re.I,
)
_WEEK_BEHIND = re.compile(rf"[\s,，]*(?:{_EVERY_WEEK.pattern})\s*(?:重复|[,，。;；)]|$|\s)", re.I)
_ONCE_BEHIND = re.compile(r"\s*(?:qw(?![a-z])|每周一次)", re.I)
# "每周 4次": four times a week, or weekly four times
_EITHER_WAY = re.compile(r"(?:每|一)个?(?:周(?!期)|星期|礼拜)\s+[3-6三四五六]\s*(?:次|天|回)")
# "逢周一吃", "每周二、周五", "周一周二吃"; "上周三" and "周一开始" are single days
_WEEKDAY = r"[一二三四五六日天](?!\s*[次回趟针片粒天共个]|十|毫克)"
_WEEKDAYS = re.compile(
    rf"(?<![上下本这半\d一二两三四五六])(?:每个?|逢|每逢)*{_WEEK}(?P<days>{_WEEKDAY}(?:\s*[、,，和及与/]?\s*(?:每|逢)*{_WEEK}?{_WEEKDAY})*)"
    r"(?!\s*(?:起|开始|复查|门诊|入院|出院|查|再|刚|才|要|准备))"
)
_ON_THAT_DAY = re.compile(r"\s*(?:固定|都)?[吃服打用](?![过了])")
# "第一到四天，第八到十一天"
_SPOKEN_DAYS = re.compile(
    r"第\s*[一二三四五六七八九十]{1,3}(?:\s*[到至~\-、,，和及]\s*第?\s*[一二三四五六七八九十]{1,3})*(?=\s*[天日])"
)
_SPOKEN_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}")
_EACH_CYCLE = re.compile(
    r"(?:每|一)\s*个?(?:疗程|周期|程)\s*(?:总?共|就|要|用|打|吃|服|给)*\s*(?:\d{1,2}|[一二两三四五六七八九十]{1,2})\s*(?:次|回|趟|天)"
)
_JOINING = re.compile(
    r"(?:[\s,，:的给予用服吃打各约为是]|(?:早|午|晚|晨)(?:饭|餐)?[前后上起]|睡前|上午|下午|顿服|固定|每次|一次|每回|每[天日]|静滴|静注|静脉|口服|注射)*"
)
_CHINESE_DIGITS = {"二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_WEEKS_ASSUMED = 4
_CYCLE_DAYS = (21, 28, 35, 42)
_DAILY = re.compile(r"每[天日]|一[天日]|(?<![a-z])(?:qd|bid|tid|qod)(?![a-z])|/\s*[天日d]", re.I)
_DAYS_OF_A_WEEK = 7
_FEW_DAYS = 3  # days of one week that may come again every week; of "d1-4" a week is the cycle's


@dataclass(frozen=True, slots=True)
class Frequency:
    """How many doses a cycle holds, how that reads, and whether it hangs on the length of the cycle."""

    count: int
    words: str  # "4 次", "8 天"
    by_week: bool = False


def schedule_follows(words: str) -> bool:
    """Whether a schedule opens these words, so that the amount before them was a single dose."""
    rest = words.lstrip(" ,，(")
    return bool(_DAYS.match(rest) or _TIMES.match(rest) or _EACH.match(rest))


def _days_of(found: re.Match[str]) -> set[int]:
    """The days of a list; a 21 at the end of "d1,4,8,11，21天" is the length of the cycle."""
    listed = found["list"] or found["list2"]
    length = found["list"] and found[0][0] in "dD" and _LENGTH_LAST.search(found[0])
    return _days(listed[: listed.rindex("21")] if length else listed)


def _days(listed: str) -> set[int]:
    days: set[int] = set()
    for item in re.finditer(r"(\d{1,2})(?:\s*[-~至到]\s*[dD]?\s*(\d{1,2}))?", listed):
        first, last = int(item[1]), int(item[2] or item[1])
        days.update(range(first, last + 1) if first <= last else (first, last))
    return days


def cycle_weeks(text: str) -> tuple[int, bool]:
    """The weeks of a cycle, and whether they were stated (otherwise the usual 28 days)."""
    match = CYCLE.search(text)
    if match is None:
        return _WEEKS_ASSUMED, False
    days = match["s"] or match["d"] or match["q"] or match["e"]
    if days:
        return int(days) // 7, True
    weeks = match["w"] or match["w2"] or match["w3"]
    return _CHINESE_DIGITS.get(weeks) or int(weeks), True


def length_behind(schedule: str) -> tuple[int, int, int] | None:
    """Where a bare length of the cycle stands behind a schedule, "每周一次，28天", and its weeks."""
    for pattern in (_WEEKLY_MORE, _WEEKLY_TWICE, _WEEKLY, _DAYS):
        if (given := pattern.search(schedule)) is None:
            continue
        if (alone := _LENGTH_ALONE.match(schedule, given.end())) is not None:
            return *alone.span(), int(alone["days"]) // _DAYS_OF_A_WEEK
    return None


def frequency(schedule: str, weeks: int) -> Frequency | None:
    """The doses in a cycle of ``weeks`` weeks, None when the schedule does not say."""
    schedule = _SPOKEN_DAYS.sub(_in_digits, schedule)
    if (days := _DAYS.search(schedule)) is not None:
        listed = _days_of(days)
        following = schedule[days.end() :]
        while (more := _DAYS.match(following.lstrip(" ,，、和及"))) is not None:
            listed |= _days_of(more)
            following = following.lstrip(" ,，、和及")[more.end() :]
        # "40mg (d15，方案每周一次，共4次)": one day beside a frequency is the day on which it was given
        single = len(listed) == 1 and _WEEKLY.search(schedule) is not None
        if listed and max(listed) <= _DAYS_OF_A_WEEK and len(listed) <= _FEW_DAYS:
            rest = schedule[: days.start()] + " " + following
            if (repeated := _weeks_of_days(rest, weeks)) is not None:
                each, times_over = len(listed), repeated[0]
                words = f"{each * times_over} 天（每周 {each} 天 × {times_over} 周）"
                return Frequency(each * times_over, words, by_week=repeated[1])
        if len(listed) > _FEW_DAYS and max(listed) <= _DAYS_OF_A_WEEK and _WEEK_BEHIND.match(following):
            return None  # "d1-4 每周": of the cycle or of each week
        if len(listed) > 1 and max(listed) <= _DAYS_OF_A_WEEK and _ONCE_BEHIND.match(following):
            return None  # "d1,2 qw": two days a week, or one
        if listed and max(listed) <= 42 and not single:
            return Frequency(len(listed), f"{len(listed)} 天")
    if _EITHER_WAY.search(schedule):
        return None
    days_of_week = _days_of_week(schedule)
    if (on := _ON_AND_OFF.search(schedule)) is not None:
        weeks_on = int(numbers.parse(on["on"]) or 0)
        a_week = days_of_week or (2 if _WEEKLY_TWICE.search(schedule) else 1)
        return Frequency(
            a_week * weeks_on, f"{a_week * weeks_on} 次（每周 {a_week} 次，用 {weeks_on} 周后停）"
        )
    if (a_week := days_of_week or _times_a_week(schedule)) > 0:
        unit, told_weeks = "天" if days_of_week else "次", _for_weeks(schedule, weeks)
        count = a_week * (told_weeks or weeks)
        words = f"{count} 次（每周 {a_week} {unit} × {told_weeks or weeks} 周）"
        return Frequency(count, words, by_week=told_weeks is None)
    if _BIWEEKLY.search(schedule):
        return Frequency(weeks // 2, f"{weeks // 2} 次（每 2 周 1 次）", by_week=True)
    # "qw × 3" counts doses; "每周一次" is the frequency itself.
    weekly = _WEEKLY.search(schedule)
    times = _TIMES.search(_WEEKLY.sub(" ", schedule))
    if times is not None:
        number = numbers.parse(
            times["each_cycle"] or times["in_cycle"] or times["n"] or times["n2"] or times["bare"] or ""
        )
        # "40mg 28天": how long a cycle is, which says not how often
        length = times["unit2"] == "天" and number in _CYCLE_DAYS and not _DAILY.search(schedule)
        if number and not length:
            unit = times["unit"] or times["unit2"] or "次"
            label = {"d": "天", "日": "天", "周": "次", "w": "次", "剂": "次"}.get(unit.lower(), unit)
            return Frequency(int(number), f"{int(number)} {label}")
    if weekly is not None:
        return Frequency(weeks, f"{weeks} 次（每周 1 次 × {weeks} 周）", by_week=True)
    return None


def _times_a_week(schedule: str) -> int:
    """How often a week, where it is more than once; 0 where that is not said."""
    if (more := _WEEKLY_MORE.search(schedule)) is not None:
        return 3 if more["tiw"] else int(numbers.parse(more["n"] or more["n2"]) or 0)
    return 2 if _WEEKLY_TWICE.search(schedule) else 0


def _for_weeks(schedule: str, weeks: int) -> int | None:
    """The weeks for which it is given: "每周两次 连用3周"; more than a cycle has are those of several."""
    told = _FOR_WEEKS.search(schedule)
    number = int(numbers.parse(told["weeks"]) or 0) if told else 0
    return number if 0 < number <= weeks else None


def _weeks_of_days(rest: str, weeks: int) -> tuple[int, bool] | None:
    """How many weeks repeat the listed days, and whether that hangs on the cycle; None where none do."""
    number = _for_weeks(rest, weeks)
    if number is not None:
        return number, False
    return (weeks, True) if _EVERY_WEEK.search(rest) else None


def weeks_on(given: Frequency, schedule: str, weeks: int) -> Frequency:
    """The doses of the weeks in which it is given, where those are fewer than the weeks of the cycle."""
    on = _WEEKS_ON.search(schedule) if given.by_week else None
    number = int(numbers.parse(on["on"]) or 0) if on else 0
    if not 0 < number < weeks:
        return given
    count = given.count * number // weeks
    return Frequency(count, f"{count} 次（{weeks} 周一周期，用 {number} 周）")


def _in_digits(match: re.Match[str]) -> str:
    return _SPOKEN_NUMBER.sub(lambda number: f"{int(numbers.parse(number[0]) or 0)}", match[0])


def _days_of_week(schedule: str) -> int:
    """How many days of the week are named: of "周一周二吃" two."""
    named = _WEEKDAYS.search(schedule)
    if named is None:
        return 0
    count = len(re.findall(r"[一二三四五六日天]", re.sub(_WEEK, "", named["days"])))
    # "周三上午用过一次": a single day is a schedule only where it is said to be every week's
    weekly = count > 1 or named[0][0] in "每逢" or _ON_THAT_DAY.match(schedule, named.end())
    return count if weekly else 0


def weekly_days(given: Frequency, schedule: str, lead: str, weeks: int) -> Frequency:
    """ "每周20mg，连用2天": a few days that the words before the dose repeat every week."""
    few = given.count < _DAYS_OF_A_WEEK and given.words.endswith("天") and not given.by_week
    if not few or _DAYS.search(schedule) or _WEEKLY.search(lead) is None:
        return given
    count = given.count * weeks
    return Frequency(count, f"{count} 天（每周 {given.count} 天 × {weeks} 周）", by_week=True)


def per_day(schedule: str) -> int:
    """Doses on one day of treatment."""
    match = _PER_DAY.search(schedule)
    if match is None:
        return 1
    return 3 if match["tid"] or match["n"] in ("3", "三") else 2


def schedule_before(lead: str) -> str:
    """The schedule that stands directly before the name or dose: "第1、8、15、22天地塞米松", "每周40mg"."""
    lead = CYCLE.sub(" ", lead)
    for pattern in (_DAYS, _WEEKDAYS, _WEEKLY_TWICE, _BIWEEKLY, _EACH_CYCLE, _WEEKLY):
        for match in pattern.finditer(lead):
            dated = pattern is _WEEKDAYS and not _days_of_week(lead[match.start() :])
            if not dated and _JOINING.fullmatch(lead, match.end()):
                return match[0]
    return ""
