"""Bed rest and immobilisation, each against its own time window (A05, A09)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rasa_project.reading.findings.hits import ASKED, EXCLUDED, Hit, Note, Reading
from rasa_project.reading.findings.operations import (
    FOUR_WEEKS,
    KINDS,
    SURGERY,
    covers_month,
    facts_of,
    since,
    surgery,
)
from rasa_project.reading.timewindow import VAGUE_RECENT, Time

_BED, _STILL = "bedridden_over_72h", "immobilized_over_3_days"
_BOUNDARY = "恰为3天：共识为大于3天（72 h），不计分"
_FOUR_WEEKS_DAYS = 28
_LYING_SINCE_DAYS = 60  # who lies "still" longer than that after an operation is asked
_SINCE_OPERATION = re.compile(
    r"(?:术后(?:至今|一直|即|起|开始|绝对|持续)|(?<=[,，。;；\s])(?:目前|现在?)?(?:仍|依然|还)(?:需|在)?)[^,，。;；]{0,6}$"
)
_ONLY_SINCE = re.compile(r"(?:才|刚|开始)+$")  # "昨天才躺下的", "上周三开始卧床"
_LIES_NOW = re.compile(r"现(?!病)|目前|仍|还在|正在|如今")
_EVER_SINCE = re.compile(r"^(?:术后)?(?:一直|始终|至今|到现在|到今天|从)|^术后")
_NOT_UP_YET = re.compile(r"[^,，。;；\n]{0,3}(?:[从一]直?)?(?:未|没有?)(?:能|曾)?(?:下|离)过?(?:床|地)")
_YES_SINCE = re.compile(r"\s*:?\s*(是|有)\s*[,(]\s*(已|约|共|近)?")
_NTH_DAY = re.compile(r"\s?(?:第\s?)?d\s?(?P<n>\d{1,3})(?![\d.])", re.IGNORECASE)
# "石膏外固定第12天，患肢制动": the clause before gives the length
_FIXED_BEFORE = re.compile(
    r"(?:石膏|支具|夹板|外固定|牵引)[^,，。;；\n]{0,6}?(?:第|已|满|约|有)*(?P<length>[\d一二两三四五六七八九十半]+\s?个?(?:多)?(?:天|日|周|月|星期))(?:了|余|多)?[,，]$"
)
# "卧床5天，周一已恢复下床": who is up again lies no more
_NOT_YET = "未没不无难拟预计划准备待限禁避勿若如等试明下说需应属,，。;；\n"
_BACK_UP = re.compile(
    rf"(?:[^。;；\n]{{0,30}}?[,，、]|[^{_NOT_YET}]{{0,14}}?后)[^{_NOT_YET}]{{0,8}}?"
    rf"(?:已|现|目前|恢复|逐[步渐]|开始|昨|今|前天|这[周两几]|周[一二三四五六日天]|[\d一二三四五六七八九十][日号天]|每[天日]|热退后|好转后|后来)"
    rf"[^{_NOT_YET}]{{0,12}}?(?:下床|下地|离床|起床活动|行走|步行|走路|能走|自[己由行]?走|走动|走几圈|[拄扶]拐|散步|去厕所|正常活动|活动自如|上班)"
    r"(?!受限|困难|不便|[^,，。;；\n]{0,6}(?:未|失败|不成|前|的?风险))(?![^。;；\n]{0,30}(?:又|再|仍|重新)[^,，。;；\n]{0,4}(?:卧床|躺|制动))"
)
_LIFTED = re.compile(r"(?<![未没])(?:解除|结束|取消)$")
_ENCOURAGED = re.compile(r"(?:鼓励|嘱|建议|指导|督促)[^,，。;；\n]{0,8}$")
_UNABLE = re.compile(r"(?:不能|无法|没法|未能|不可|难以)(?:完全)?$")
_LATELY = re.compile(r"昨|今[天日晨]|前天|这[周两几]|周[一二三四五六日天]")
_STILL_LIES = re.compile(r"(?:仍|还|继续|依然)[^,，。;；\n]{0,4}$")
# "从18号躺到24号", "5号起卧床，今天12号", "周一躺到周日"
_FROM_TO = re.compile(
    r"(?:(?:(?P<m1>\d{1,2})月)?(?P<d1>\d{1,2})[日号]|周(?P<w1>[一二三四五六日天]))(?:开始|就|起|一直|,|，)*"
    r"(?P<rest>[^,，。;；\n\d]{1,8}?)(?:[到至]现在|至今)?"
    r"(?:[到至]|[,，;；(（](?:[^,，。;；\n\d]{0,8}[,，])?今[天日](?:是|为)?)"
    r"(?:(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})[日号]|周(?P<w2>[一二三四五六日天]))"
)
_MONTH_DAYS, _WEEK = 30, "一二三四五六日"
# "躺在床上，起不来，半个多月了": a clause that is nothing but a length of time.
_THEN_FOR = re.compile(
    r"[,，](?:我?(?:想想|算算|看看)[,，]|[嗯呃哦]+[,，])?(?:[^,，。;；\n]{0,2}(?:起|下|动|翻)不[^,，。;；\n]{1,4}[,，])?(?:已经?|都|有|快|大概|约|得|怕|差不多|[到至]今天?|[到至]现在|今天?|是|第|算|整整|足足|满)*"
)
_FOR_SO_LONG = re.compile(r"(?:了|左右|多|余|啦|咯)*\s*(?=[,，。;；!\n]|$)")


def read(note: Note) -> Iterator[Reading]:
    """The readings of every bed rest, immobilisation and operation of the note."""
    for hit in note.hits:
        if hit.entry.group != "immobility":
            continue
        said = hit.assertion
        if said.family or said.generic or said.doubtful_family or hit.entry.kind == "minor":
            continue
        if hit.entry.kind in KINDS:
            yield from surgery(note, hit)
        else:
            yield from _rest(note, hit)
    yield from _neither(note)


def _neither(note: Note) -> Iterator[Reading]:
    """ "此后再没动过手术，近四周也没有制动": neither, told one after the other."""
    denied = [
        hit
        for hit in note.hits
        if hit.entry.group == "immobility"
        and hit.assertion.negated
        and not (hit.assertion.uncertain or hit.assertion.family or hit.assertion.generic)
    ]
    operations = [
        hit
        for hit in denied
        if hit.entry.kind in {"major", "surgery"} and (hit.when is None or covers_month(hit.when))
    ]
    for rest in denied:
        lately = rest.when is not None and rest.when.kind == "within" and rest.when.high >= _FOUR_WEEKS_DAYS
        if rest.entry.kind in {"immobilised", "bedrest"} and lately and operations:
            yield from facts_of(note, rest, (FOUR_WEEKS,), False, weight=EXCLUDED)


def _rest(note: Note, hit: Hit) -> Iterator[Reading]:
    said, kind = hit.assertion, hit.entry.kind
    sure_denial = said.negated and not said.uncertain
    if kind == "mobile":
        start, _ = note.clause(hit.start)
        if _ENCOURAGED.search(note.text, start, hit.start):
            return
        if sure_denial or _UNABLE.search(note.text, start, hit.start):
            yield from facts_of(note, hit, (_BED, _STILL), None, "活动受限，请说明卧床或制动天数")
        elif not (said.uncertain or said.doubtful_denial or said.historical or said.planned):
            yield from facts_of(note, hit, (_BED, _STILL), False)
        return
    if kind == "none_4w":
        yield from facts_of(note, hit, (FOUR_WEEKS,), False)
        yield from facts_of(note, hit, (SURGERY, _BED, _STILL), False, weight=EXCLUDED)
        return
    if kind == "unknown_4w":
        yield from facts_of(note, hit, (FOUR_WEEKS,), None, "原文为不详")
        return
    facts = {
        "bedrest": (_BED, _STILL),
        "long_bedrest": (_BED, _STILL),
        "bedrest_72h": (_BED, _STILL),
        "immobilised": (_STILL,),
        "immobilised_3d": (_STILL,),
        "statement_4w": (FOUR_WEEKS,),
    }[kind]
    if said.negated or said.doubtful_denial:
        if sure_denial:
            short = kind == "statement_4w" and hit.when is not None and hit.when.high < 27
            yield from facts_of(note, hit, facts[:1], None if short else False)
            # "牵引制动4天，不属于卧床": who is not in bed may still be immobilised.
            yield from facts_of(note, hit, facts[1:], False, weight=EXCLUDED)
        else:
            yield from facts_of(note, hit, facts, None, "不能确定是否被否认")
    elif said.uncertain:
        yield from facts_of(note, hit, facts, None, "原文为可疑、待查或不详")
    elif kind == "statement_4w":
        yield from facts_of(note, hit, facts, True)
    else:
        yield from _lasting_rest(note, hit, facts)


def _lasting_rest(note: Note, hit: Hit, facts: tuple[str, ...]) -> Iterator[Reading]:
    length = _length(note, hit)
    up = _BACK_UP.match(note.text, hit.end) or _LIFTED.search(note.text, 0, hit.start)
    if up is not None and not hit.assertion.planned:
        yield from facts_of(note, hit, facts, False, "现已下床")
        if length is not None and length.low > 3 and _LATELY.search(up[0]):
            yield from facts_of(note, hit, (FOUR_WEEKS,), True, weight=ASKED)
        return
    if length is None and _told_with_length(note, hit):
        return
    if (
        hit.when is not None
        and hit.when.kind == "ago"
        and hit.when.low > 28
        and not _reaches_today(note, hit)
        and not _LIES_NOW.search(note.text[note.clause(hit.start)[0] : hit.start])
        and not (hit.entry.kind == "long_bedrest" and hit.when.end <= note.clause(hit.start)[0])
    ):
        reason = "制动或卧床发生在4周以前，请确认目前情况"
        yield from facts_of(note, hit, (*facts, FOUR_WEEKS), False, reason, EXCLUDED)
        return
    if hit.assertion.resolved and not (length is not None and length.high < 3):
        yield from facts_of(note, hit, facts, None, "请确认目前是否仍卧床或制动")
        return
    settled = hit.entry.kind in {"long_bedrest", "bedrest_72h", "immobilised_3d"}
    planned = hit.assertion.planned
    if settled or (length is not None and length.low > 3):
        yield from facts_of(note, hit, facts, True, "预计卧床超过72 h" if planned else None)
        if not planned:
            yield from facts_of(note, hit, (FOUR_WEEKS,), True)
    elif length is None:
        yield from facts_of(note, hit, facts, None, "请说明卧床或制动天数（是否超过3天）")
    elif length.high < 3 or (length.high == 3 and length.low < 3):
        yield from facts_of(note, hit, facts, False, "未超过3天")
        yield from facts_of(note, hit, (FOUR_WEEKS,), None, "制动不足3天，是否计入请确认", ASKED)
    elif length.low == length.high == 3:
        yield from facts_of(note, hit, facts, False, _BOUNDARY)
        yield from facts_of(note, hit, (FOUR_WEEKS,), True, "制动满3天")
    else:
        yield from facts_of(note, hit, facts, None, "请说明卧床或制动是否超过3天")


def _told_with_length(note: Note, hit: Hit) -> bool:
    """ "卧床7天，现仍卧床": that it goes on takes nothing from the length told before."""
    if _STILL_LIES.search(note.text, note.clause(hit.start)[0], hit.start) is None:
        return False
    return any(
        other.entry.kind == hit.entry.kind
        and other.end <= hit.start
        and not (other.assertion.negated or other.assertion.family or other.assertion.uncertain)
        and _length(note, other) is not None
        for other in note.hits
    )


def _from_to(note: Note, hit: Hit) -> Time | None:
    for told in _FROM_TO.finditer(note.text, max(0, hit.start - 16)):
        if told.start() > hit.start:
            return None
        if not told.start("rest") <= hit.start <= told.end("rest"):
            continue
        if told["w1"] and told["w2"]:
            first, last = (_WEEK.index(told[day].replace("天", "日")) for day in ("w1", "w2"))
            days = (last - first) % 7
        elif told["d1"] and told["d2"]:
            months = int(told["m2"]) - int(told["m1"]) if told["m1"] and told["m2"] else 0
            days = (months % 12) * _MONTH_DAYS + int(told["d2"]) - int(told["d1"])
            days += _MONTH_DAYS if days < 0 else 0
        else:
            continue
        return Time(hit.start, hit.end, "duration", days, days)
    return None


def _length(note: Note, hit: Hit) -> Time | None:
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
            return time
    ever_since = _EVER_SINCE.match(note.text[hit.start : hit.end])
    ever_since = ever_since or _NOT_UP_YET.match(note.text, hit.end)
    if ever_since or _SINCE_OPERATION.search(note.text[max(0, start - 1) : hit.start]):
        operated = _since_operation(note, hit)
        if operated is not None:
            return operated
    earlier = hit.when is not None and hit.when.end <= hit.start
    begun = earlier and _ONLY_SINCE.search(note.text, 0, hit.start)
    if hit.when is not None and begun and hit.when.kind == "ago":
        return Time(hit.when.start, hit.when.end, "duration", hit.when.low, hit.when.high)
    if hit.when is not None and earlier and hit.when.kind == "ago" and _reaches_today(note, hit):
        return Time(hit.when.start, hit.when.end, "duration", hit.when.low, hit.when.high)
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


def _reaches_today(note: Note, hit: Hit) -> bool:
    start, end = note.clause(hit.start)
    return bool(_REACHES_TODAY.search(note.text[start : end + 6]))
