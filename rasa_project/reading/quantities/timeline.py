"""Which of several values of one quantity is the present one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

T = TypeVar("T")

EXTREME = r"最低点?时?|最高时?|最差时?|谷值|峰值|最快时?|最慢时?|nadir|最低降至"
CORRECTED = r"(?:更|纠|改|修|订)正(?:[为成到]|一下)?|修?改[为成到]|其实|实[为是]|实际上?|正确(?:的|值)?"
NOW = (
    r"(?<![a-z])(?:now|today|currently|recheck(?:ed)?|repeat(?:ed)?)(?![a-z])|(?:打|吃|用|输)完(?:针|药|液|血|板)?(?:之?后)?(?=[是为降到剩\s]{0,3}\d|$)|(?:血小)?板后(?=\s*[:为是查测复]*\s*\d|$)|出院(?:时|前|当[日天])|(?:两|[一二三四五六七八九\d]{1,2})\s?个?(?:疗程|周期|程)(?:治疗|化疗)?后|出院(?!时|前|后|记录|诊断|带药|医嘱|方案|科|至今)|这[次回](?!的)|今日|今天|今晨|今早|今晚|目前|现在|现为|现是|现(?!病史)|当前|最新|最近一次|最近|近日|近期|复查后?|复测后?|复检后?|本次|此次|本周|这周|本月|这个月|刚才|刚(?!好)|"
    rf"(?:(?:化疗|治疗|用药|停药|输注|输板|输血小板|输血|输完?|补液|水化|血浆置换|透析|激素|升板)(?:\d+(?:次|个?疗程|个?周期|[天周u]))?|术|对症|随)后(?:[\d一二两三四五六七八九十半]+(?:天|日|周|个?月|小时|h(?![a-z])|分钟|min(?![a-z])))?|后来|随后|"
    r"(?:给?予|静推|口服|应用|使用)[^\d,，。;；\n]{1,10}后(?:复[查测])?|"
    rf"静息(?:时|状态下?)?|安静时|休息时|[\d一二两三四五六七八九十半]+\s*(?:天|日|周|个?月)(?:之)?后|{CORRECTED}|应为|应该是|而是|"
    r"(?:不对|(?:说|写|打|记|弄|搞|输)错了?|错了)[,，]?\s*(?:应该?)?[是为]?|今"
)
PAST = (
    r"昨[晨晚]|昨(?=[\s:为是]*\d)|(?<![a-z])(?:was|baseline|initially|previously)(?![a-z])|(?:血小)?板前(?=\s*[:为是查测]*\s*\d|$)|(?:原|误|错|之前)(?:写|记|报|录|填)[为成的了]?|(?:写|记|录|填|输)成|(?:转?入(?:科|icu|ICU|CCU|急诊)|确诊|诊断|发病|起病|来诊|就诊|复发|出事|最初|(?:完全)?缓解|停药)时|入院时|入院|[初首]诊时?|来院时?|昨日|昨天|前天|前日|上次|上个?(?:周|星期|礼拜)|上月|上个月|去年|前年|之前|此前|先前|以前|"
    r"到过|(?:治疗|化疗|用药|发病|起病|患病|术|移植|透析|水化|输[注板血]?)前|既往|原来|原先|原|较(?:前次?|上次|入院时?|昨[日天]|基线)?(?=\s*\d)|第一次(?=[\s:是为]*(?:\d|$))|起初|最初|开始时?|基线|曾|当时|"
    r"[\d一二两三四五六七八九十半]+\s*(?:余|多)?(?:天|日|周|个?月|年|d|w)(?:余|多)?(?:之|以)?前"
)
TREND = (
    r"回(?:落|归)?(?:至|到)|(?:回|上)?升(?:高)?(?:至|到|为)|(?:下)?降(?:低)?(?:至|到|为)|(?:恢复|减少|减轻|减|增加|增|涨|翻倍|翻了?[一两1-9]?番|变|掉|跌|瘦|胖|长|反弹|回弹|回调|飙升?|蹿升?|窜升?|冲|攀升|爬升?|滑落?|缓解|改善|好转|纠正)(?:至|到|为|成)|(?:只|仅|还)?剩下?|"
    r"-{1,2}>|=>|→|➔|➜|第[二三四五六]次(?=[\s:是为]*(?:\d|$))|(?<![a-z])to(?![a-z])|至|到"
)
DATE = r"(?:(?P<y>\d{4})\s*[-/.年]\s*)?(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*(?:日|号)"
DATE_FILL = (
    r"(?:\d{4}\s*[-/.年]\s*)?\d{1,2}\s*月\s*\d{1,2}\s*[日号]?|"
    r"\d{4}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}(?!\d)|\d{1,2}/\d{1,2}(?=\s+\d|\s?[为是:]\s?\d|\)\s*:?\s*\d|\s?\(今[日天]?\)\s?\d)"
)

_EXTREME, _NOW, _PAST = re.compile(EXTREME, re.I), re.compile(NOW), re.compile(PAST)
_TREND = re.compile(r"[至到为成剩]|(?<![a-z])to(?![a-z])|>|→|➔|➜|第[二三四五六]次")
_STEP = re.compile(TREND)
# "3月5日", "2026-3-5"; a bare "8.15" is a date only where it opens the clause.
_DAY = re.compile(
    r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?|(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})(?!\d)|"
    r"^[\s:,，;、(]*(\d{1,2})\s*[-/.]\s*(\d{1,2})(?=\s|[:日号)为是])"
)


_SEVERAL_VISITS = 2


@dataclass(frozen=True, slots=True)
class When:
    """When a value was measured: ``now``, ``past``, ``extreme``, ``trend``, ``dated`` or ``plain``."""

    kind: str
    day: tuple[int, int, int] = (0, 0, 0)


def when(words: str, today: date) -> When:
    """Read the time words that stand before a value."""
    if _EXTREME.search(words):
        return When("extreme")
    days = list(_DAY.finditer(words))
    if days:
        *year, month, day = (int(group) for group in days[-1].groups() if group)
        return When("dated", (year[0] if year else today.year, month, day))
    # The word closest to the value speaks: "治疗前…, 目前65", "最近一次入院32".
    last = max(
        (
            (match.end(), kind)
            for kind, pattern in (("now", _NOW), ("past", _PAST), ("trend", _TREND))
            for match in pattern.finditer(words)
        ),
        default=(0, "plain"),
    )
    return When(last[1])


_VISIT = re.compile(
    r"(?:[①-⑳]|(?<=[。;\n])|^)\s*(?:(20\d\d)\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?=\s*[:,，]?\s*"
    r"(?:首诊|复诊|再诊|初诊|就诊|随访|复查|门诊|入院|住院|查|[:,，]))"
)


def visit(text: str, position: int, today: date) -> When | None:
    """The day of the visit that a position of a list of dated visits belongs to; None outside such a list."""
    visits = list(_VISIT.finditer(text))
    before = [match for match in visits if match.start() < position]
    if len(visits) < _SEVERAL_VISITS or not before:
        return None
    return When("dated", (int(before[-1][1] or today.year), int(before[-1][2]), int(before[-1][3])))


def present(values: list[tuple[When, T]]) -> list[T]:
    """The values that can stand for the present, in order; several when nothing orders them."""

    def of(kind: str) -> list[tuple[When, T]]:
        return [item for item in values if item[0].kind == kind]

    if now := of("now"):
        # "复查由2.1升至19.4": the step that follows the present value is the present one.
        following = values[values.index(now[-1]) + 1 :]
        steps = [item for item in following if item[0].kind == "trend"]
        return [steps[-1][1] if steps and following[0] is steps[0] else now[-1][1]]
    if dated := of("dated"):
        return [max(dated, key=lambda item: item[0].day)[1]]
    if trend := of("trend"):
        return [trend[-1][1]]
    if plain := of("plain"):
        return [value for _, value in plain]
    if past := of("past"):
        return [past[-1][1]]
    return [value for _, value in values]


# "120，血红蛋白写错了，是90" is another quantity.
_NAMED = (
    r"蛋白|细胞|血小板|血红|中性|[收舒][缩张]压|周径|剂量|疗程|病程|血糖|肌酐|滤过|心率|体重|身高|年龄|"
    r"血压|体温|二聚体|[a-zA-Z]{2}"
)
_NAMED_QUANTITY = (
    r"蛋白|细胞|血小板|血红|中性|[收舒][缩张]压|周径|血糖|肌酐|滤过|心率|体重|身高|年龄|血压|体温|二聚体|轻链|尿|"
    r"(?<![a-z])(?:hb|hgb|wbc|anc|plt|inr|s?cr|e?gfr|ccr|hr|bp|ldh|crp|alt|ast|alb|ig[gamd]|flc|bnp|d-d)(?![a-z])"
)
_ARROW = re.compile(r"\s?[↑↓]{1,3}")
_LATER = re.compile(
    rf"\s*[,，、;；(]?(?:(?!{_NAMED})[^\d,，。;；\n()]){{0,10}}?(?=(?:{NOW}|昨[日天晨晚]?|上个?(?:周|月|星期|礼拜)|上次|前[日天])(?:[\s:为是至到后又已仅只才回涨落跌昨]|下?降|上?升|恢复|回升|下降|空腹|晨起|自?测|再?称|复?查)*\d)|"
    # "初诊48.6 g/L，经D-VRd诱导4周期后降至3.2 g/L"
    rf"\s*[,，;；]\s*(?=[经予行用给])(?:(?!{_NAMED_QUANTITY})[^,，。;；\n()]){{1,24}}?(?=(?:下?降|上?升|回升|恢复|减少?)(?:低|高)?[至到]\s*\d)|"
    # "入院肌酐386，水化加化疗两程后降至118", "初诊M蛋白55，两程VRd后剩12.4g/L"
    rf"\s*[,，;；]\s*(?:(?!{_NAMED_QUANTITY})[^,，。;；\n()]){{1,24}}?后(?:现|今|已|又|就|便|才|则|都|复查|复测)*"
    r"(?=(?:(?:下?降|上?升|回升|恢复|减少?|反弹|回落|[掉跌涨落回])(?:低|高)?[至到为]|[只仅还]?剩下?)\s*\d)|"
    # "从210掉到45，肺炎好了又反弹到130"
    rf"\s*[,，;；]\s*(?:(?!{_NAMED_QUANTITY})[^,，。;；\n()\d]){{0,12}}?"
    r"(?=(?:反弹|回弹|回升|恢复|[又再](?:[下上]?[升降掉跌涨])(?:低|高)?)[至到为]\s*\d)|"
    # "血小板最低15，用TPO后现62"
    rf"\s*[,，;；]\s*(?:(?!{_NAMED_QUANTITY})[^,，。;；\n()]){{1,24}}?后(?=(?:现在?|目前|今[日天晨早])(?:已经?|又|才|为|是|有|约|[升涨回降][到至])*\s*\d)|"
    # "INR 3.8，华法林停过两天，今早2.4", "最低15，用了艾曲波帕，现已103"
    rf"\s*[,，;；](?:(?!{_NAMED_QUANTITY})[^\d,，。;；\n()]){{1,12}}[,，]\s*(?=(?:今[早晨日天]|昨[日天]|现在?|目前)(?:复?查|测)?(?:已经?|又|才|为|是|有|约|[升涨回降]?[到至])*\s*\d)",
    re.I,
)


def later(text: str, position: int) -> int:
    """Where a later value of the same quantity may begin: "32，经输注后今日65"; else ``position``."""
    arrow = _ARROW.match(text, position)
    start = arrow.end() if arrow else position  # "INR上周3.9↑，今晨降到1.6"
    match = _LATER.match(text, start)
    return match.end() if match else position


_DAY_AFTER = re.compile(
    r"\s*\(\s*(?:(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?)\s*\)"
    r"(?:\s*[,，、;]\s*(?=\d))?"
)
_DAY_WORD_AFTER = re.compile(
    r"\s*\(\s*(今|昨|前|[^()\d,，]{1,6}[前后])[日天晨]?\s*\)(?:\s*[,，、;→]?\s*(?=\d))?"
)


def day_after(text: str, position: int, today: date) -> tuple[When, int] | None:
    """The day in brackets after a value, "28(3.1)、88(3.8)", and where the next value may begin."""
    if word := _DAY_WORD_AFTER.match(text, position):
        return When("now" if word[1][-1] in "今后" else "past"), word.end()
    match = _DAY_AFTER.match(text, position)
    if match is None:
        return None
    if match[4]:
        return When("dated", (int(match[4]), int(match[5]), 0)), match.end()  # "205（2024-03）"
    return When("dated", (int(match[1] or today.year), int(match[2]), int(match[3]))), match.end()


def leads_on(words: str) -> bool:
    """Whether the words between two values say that the second is the same quantity at another time."""
    return bool(
        _NOW.search(words)
        or _PAST.search(words)
        or _EXTREME.search(words)
        or _STEP.search(words)
        or _DAY.search(words)
    )
