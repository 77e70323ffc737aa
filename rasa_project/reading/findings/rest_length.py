"""How long somebody has lain or been kept still, wherever the note tells it."""

from __future__ import annotations

import re

from rasa_project.reading.findings.hits import Hit, Note
from rasa_project.reading.findings.operations import KINDS, since
from rasa_project.reading.timewindow import VAGUE_RECENT, Time

_LYING_SINCE_DAYS = 60  # who lies "still" longer than that after an operation is asked
_SINCE_OPERATION = re.compile(
    r"(?:术后(?:至今|一直|即|起|开始|绝对|持续)|(?<=[,，。;；\s])(?:目前|现在?)?(?:仍|依然|还|(?=[尚暂]未))(?:需|在)?)[^,，。;；]{0,6}$"
)
_ONLY_SINCE = re.compile(r"(?:才|刚|开始)+$")  # "昨天才躺下的", "上周三开始卧床"
_EVER_SINCE = re.compile(r"^(?:术后)?(?:一直|始终|至今|到现在|到今天|从|(?:尚|仍|还|暂|目前|现)未)|^术后")
_NOT_UP_YET = re.compile(r"[^,，。;；\n]{0,3}(?:[从一]直?)?(?:未|没有?)(?:能|曾)?(?:下|离)过?(?:床|地)")
_YES_SINCE = re.compile(r"\s*:?\s*(是|有)\s*[,(]\s*(已|约|共|近)?")
_NTH_DAY = re.compile(r"\s?(?:第\s?)?d\s?(?P<n>\d{1,3})(?![\d.])", re.IGNORECASE)
# "石膏外固定第12天，患肢制动": the clause before gives the length
_FIXED_BEFORE = re.compile(
    r"(?:石膏|支具|夹板|外固定|牵引)[^,，。;；\n]{0,6}?(?:第|已|满|约|有)*(?P<length>[\d一二两三四五六七八九十半]+\s?个?(?:多)?(?:天|日|周|月|星期))(?:了|余|多)?[,，]$"
)
# "从18号躺到24号", "5号起卧床，今天12号", "周一躺到周日", "11月3日摔倒后卧床，11月15日仍不能下地"
_DAY = (
    r"(?:(?:(?P<m{0}>\d{{1,2}})月)?(?P<d{0}>\d{{1,2}})[日号]|(?<![\d.])(?P<n{0}>1[0-2]|0?[1-9])[./](?P<e{0}>[0-3]?\d)(?![\d.])|"
    r"(?:周|星期|礼拜)(?P<w{0}>[一二三四五六日天]))"
)
_SECOND_DAY = re.sub(r"\?P<\w+>", "?:", _DAY.format(2))
_FROM_TO = re.compile(
    rf"{_DAY.format(1)}(?:[早晚]上?|上午|下午|中午|夜里)?(?:开始|就|起|一直|,|，)*"
    r"(?P<rest>[^,，。;；\n\d]{1,8}?)(?:[到至]现在|至今)?"
    r"(?:[到至]|[,，;；(（](?:[^,，。;；\n\d]{0,8}[,，])?今[天日](?:是|为)?|"
    rf"[,，;；](?:[到至])?(?={_SECOND_DAY}[^,，。;；\n]{{0,8}}(?:仍|还|依然|尚|恢复|下床|下地|能下|起床|离床|解除)))"
    rf"{_DAY.format(2)}"
)
_MONTH_DAYS, _WEEK = 30, "一二三四五六日"
# "躺在床上，起不来，半个多月了": a clause that is nothing but a length of time.
_THEN_FOR = re.compile(
    r"[,，](?:我?(?:想想|算算|看看)[,，]|[嗯呃哦]+[,，])?(?:[^,，。;；\n]{0,2}(?:起|下|动|翻)不[^,，。;；\n]{1,4}[,，])?"
    r"(?:[^,，。;；\n]{0,10}(?:开始|起)[,，])?(?:电话|门诊)?(?:随访|回访|查房|交班)?(?:电话|时)?"
    r"(?:已经?|都|有|快|大概|约|得|怕|差不多|[到至]今[天日儿]?个?|[到至](?:现在|目前)|今[天日儿]?个?|目前|现在?|是|第|算|整|足足|满|才|仅|还|刚|不到|不足|未满)*"
)
_SHORT_OF = re.compile(r"不到|不足|未满")
_FOR_SO_LONG = re.compile(r"(?:了|左右|多|余|啦|咯)*\s*(?=[,，。;；!\n]|$)")

# "躺了几天记不清了", "卧床多久说法不一"
LENGTH_UNKNOWN = re.compile(
    r"了?(?:多久|多长时间|几天|多少天|多少日子)了?[^,，。;；?？\n]{0,8}"
    r"(?:问不|说不|不清|不知|不详|记不|不晓|不明|说法不一|各说|不一致)"
)
# "问：卧床多久了？答：今天第二天"
_HOW_LONG = re.compile(
    r"了?(?:多久|多长时间|几天|多少天|多少日子)了?[?？,，。\s]*(?:(?:患者|病人|家属)?(?:回?答|说|诉)[:：]?)?[,，\s]*"
    r"(?:已经?|都|有|快|大概|约|差不多|今[天日]|到今[天日]|是|才|刚|第)*"
)
_STAY = re.compile(
    r"(?:住院|入院|入科|入住|住进来|(?:住|入|转入?)?\s?(?:icu|ccu|监护室|重症))(?:以来|至今|后|已经?|第|了|有|都|共|约|快|整整|满|\s)*"
    r"(?=[\d一二两三四五六七八九十半])",
    re.IGNORECASE,
)
_ALL_THE_TIME = re.compile(r"一直|持续|始终|全程|期间|从[未没]|[没未][^,，。;；\n]{0,3}过")
_TO_THIS_DAY = re.compile(r"(?:休息|制动)?(?:至今|到(?:现在|今天|目前))")
_FROM_ADMISSION = re.compile(
    r"(?:入院|住院|入科|转入|住进来)(?:之?后|即|起|时|当[日天]|以来|期间)+(?:予以?|嘱|给予)?[^,，。;；\n未没不]{0,4}$"
)


def _from_to(note: Note, hit: Hit) -> Time | None:
    for told in _FROM_TO.finditer(note.text, max(0, hit.start - 16)):
        if told.start() > hit.start:
            return None
        if not told.start("rest") <= hit.start <= told.end("rest"):
            continue
        if told["w1"] and told["w2"]:
            days = (
                _WEEK.index(told["w2"].replace("天", "日")) - _WEEK.index(told["w1"].replace("天", "日"))
            ) % 7
        elif (first := told["d1"] or told["e1"]) and (last := told["d2"] or told["e2"]):
            month, then = told["m1"] or told["n1"], told["m2"] or told["n2"]
            months = int(then) - int(month) if month and then else 0
            days = (months % 12) * _MONTH_DAYS + int(last) - int(first)
            days += _MONTH_DAYS if days < 0 else 0
        else:
            continue
        return Time(hit.start, hit.end, "duration", days, days)
    return None


def length_of(note: Note, hit: Hit) -> Time | None:
    """How long the rest lasts: "卧床5天", "已5天未下床", "近2周卧床"."""
    start, end = note.clause(hit.start)
    if (counted := _from_to(note, hit)) is not None:
        return counted
    if re.search(r"每[天日]", note.text[start : hit.start]):
        return None  # "每天卧床20小时": hours a day, not days
    if hit.lasting is not None:
        between = note.text[hit.end : hit.lasting.start]
        if re.search(r"(不|未|没|小于|<|少于)", between):
            return Time(hit.lasting.start, hit.lasting.end, "duration", 0, hit.lasting.high - 0.5)
        if re.search(r"(超过|大于|>|多于|逾)", between):
            return Time(
                hit.lasting.start, hit.lasting.end, "duration", hit.lasting.low + 0.5, hit.lasting.high + 0.5
            )
        return hit.lasting
    for time in note.times:
        vague = note.text[time.start : time.end] in VAGUE_RECENT  # "最近卧床" gives no number of days
        if start <= time.start < end and time.kind in {"duration", "within"} and not vague:
            length = time.high if time.kind == "within" else time.low
            return Time(time.start, time.end, "duration", length, time.high)
    stated = _YES_SINCE.match(note.text, hit.end)  # "制动：是，已5天"
    if stated is not None:
        following = [t for t in note.times if t.start == stated.end() and t.kind == "duration"]
        if following:
            return following[0]
    if (nth := _NTH_DAY.match(note.text, hit.end)) is not None:  # "绝对卧床D5"
        return Time(nth.start(), nth.end(), "duration", int(nth["n"]), int(nth["n"]))
    fixed = _FIXED_BEFORE.search(note.text, 0, start)
    for time in note.times if fixed else ():
        if fixed and time.start == fixed.start("length") and time.kind == "duration":
            return time  # "石膏外固定第12天，患肢制动"
    then = _THEN_FOR.match(note.text, end)
    for time in note.times if then else ():
        if (
            then
            and time.start == then.end()
            and time.kind == "duration"
            and _FOR_SO_LONG.match(note.text, time.end)
        ):
            short = _SHORT_OF.search(then[0])
            return Time(time.start, time.end, "duration", 0, time.high - 0.5) if short else time
    if (told := _since_admission(note, hit)) is not None:
        return told
    ever_since = _EVER_SINCE.match(note.text[hit.start : hit.end])
    ever_since = ever_since or _NOT_UP_YET.match(note.text, hit.end)
    ever_since = (
        ever_since
        or _ALL_THE_TIME.search(note.text, start, hit.end)
        or _TO_THIS_DAY.match(note.text, hit.end)
    )
    if ever_since or _SINCE_OPERATION.search(note.text[max(0, start - 1) : hit.start]):
        operated = _since_operation(note, hit)
        if operated is not None:
            return operated
    earlier = hit.when is not None and hit.when.end <= hit.start
    begun = earlier and _ONLY_SINCE.search(note.text, 0, hit.start)
    if hit.when is not None and begun and hit.when.kind == "ago":
        return Time(hit.when.start, hit.when.end, "duration", hit.when.low, hit.when.high)
    if hit.when is not None and earlier and hit.when.kind == "ago" and reaches_today(note, hit):
        return Time(hit.when.start, hit.when.end, "duration", hit.when.low, hit.when.high)
    return None


def answered(note: Note, hit: Hit) -> Time | None:
    """ "问：卧床多久了？答：今天第二天": the length is the answer."""
    asked = _HOW_LONG.match(note.text, hit.end)
    return next((t for t in note.times if asked and t.start == asked.end() and t.kind == "duration"), None)


def _since_admission(note: Note, hit: Hit) -> Time | None:
    """ "入院后绝对卧床，今日住院第9天", "ICU第5天，持续卧床": as long as the stay, if all the time."""
    start, _ = note.clause(hit.start)
    first = max(note.text.rfind(stop, 0, hit.start) for stop in "。;；\n") + 1
    lasted = _ALL_THE_TIME.search(note.text, start, hit.end)
    began = _FROM_ADMISSION.search(note.text, first, hit.start)
    for stay in _STAY.finditer(note.text, first, note.sentence_end(hit.end)):
        if not (began if stay.start() >= hit.end else lasted):
            continue
        told = next((t for t in note.times if t.start == stay.end() and t.kind == "duration"), None)
        if told is not None:
            return told
    return None


def _since_operation(note: Note, hit: Hit) -> Time | None:
    """ "术后至今绝对卧床": as long as the operation that the note dates is past."""
    operations = [
        other
        for other in note.hits
        if other.entry.group == "immobility"
        and other.entry.kind in KINDS
        and not (other.assertion.negated or other.assertion.planned or other.assertion.family)
    ]
    dated = [o.when or since(note, o) for o in operations if note.text[o.start : o.end] != "术后"]
    dated += [
        t for o in operations for t in note.times if o.start <= t.start <= o.end + 1 and t.kind == "ago"
    ]
    recent = [when for when in dated if when is not None and when.high <= _LYING_SINCE_DAYS]
    known = min(recent, key=lambda when: when.high - when.low, default=None)  # "第4天" before "本月"
    return Time(hit.start, hit.end, "duration", known.low, known.high) if known else None


_REACHES_TODAY = re.compile(r"至今|到现在|一直|以来|起|(?:以后|之后|后)(?:就|便)(?:再也?)?[没未不]")


def reaches_today(note: Note, hit: Hit) -> bool:
    start, end = note.clause(hit.start)
    return bool(_REACHES_TODAY.search(note.text[start : end + 6]))
