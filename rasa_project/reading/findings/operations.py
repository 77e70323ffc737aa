"""Operations, each against its own time window (A04, A05)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rasa_project.reading.findings.hits import ASKED, EXCLUDED, Hit, Note, Reading
from rasa_project.reading.mention import Status
from rasa_project.reading.timewindow import Time

FOUR_WEEKS, SURGERY = "immobilized_or_surgery_within_4_weeks", "major_surgery_within_1_month"
KINDS = frozenset({"major", "surgery", "unsure_surgery"})
_BODY_NOTE = "按大型手术计，如为小手术请更正"
_POSTOPERATIVE = re.compile(r"术后|pod", re.IGNORECASE)
_PLANNED_NOTE = "手术为计划中、尚未实施，不计分（A04）"
_TOLD_BETWEEN = 4  # characters that make a clause of their own
_LONG_AGO_DAYS = 300  # an operation of past years says nothing of the last month
_DAY_AFTER_REACH = 6  # characters between an operation and the day after it
_LATIN_REACH = 40
_HAN = re.compile(r"[\u4e00-\u9fff。;；\n]")
# "全髋关节置换，到今天刚好十六天"
_IN_BRACKETS = re.compile(r"[(（](?:近|最近|过去)?")
_NTH_DAY = re.compile(r"(?:手?术)?后?(?:今天?|已经?|现在?|是)*第(?=[\d一二三四五六七八九十])")
_UNTIL_TODAY = re.compile(r"术?[,，]?\s?[到至](?:今天?|现在|目前)(?:刚好|正好|已经?|有|是|共|整整|快)*\s?")
_REFUSED = re.compile(r"拒绝(行|接受|做)?\s*$")
_OPENED = re.compile(
    r"全麻|全身麻醉|剖腹|开腹|开胸|开颅|历?时?[\d一二两三四五六七八]+(?:\.\d)?个?(?:多)?小时"
)
_LARGE_REACH = 14
_LARGE = re.compile(r"(大|重大|骨科|全麻|开胸|开腹|开颅)")


def facts_of(
    note: Note,
    hit: Hit,
    facts: tuple[str, ...],
    value: bool | None,
    reason: str | None = None,
    weight: int = 2,
) -> Iterator[Reading]:
    status: Status = "undetermined" if value is None else "affirmed" if value else "negated"
    for fact in facts:
        yield Reading(note.mention(hit, fact, value, status, reason), weight)


def surgery(note: Note, hit: Hit) -> Iterator[Reading]:
    said, kind = hit.assertion, hit.entry.kind
    if _REFUSED.search(note.text[max(0, hit.start - 8) : hit.start]):
        return  # that says nothing of an earlier operation
    if said.negated or said.doubtful_denial:
        if not said.negated or said.uncertain:
            yield from facts_of(note, hit, (SURGERY,), None, "不能确定是否被否认")
        elif kind != "unsure_surgery" and not (
            hit.when and not covers_month(hit.when) and not _of_another(note, hit, hit.when)
        ):
            yield from facts_of(note, hit, (SURGERY,), False)
        return
    if said.uncertain:
        yield from facts_of(note, hit, (SURGERY,), None, "原文不确定，请确认近1个月内有无大手术")
        return
    start, _ = note.clause(hit.start)
    # "6天前骨折，拟周四手术": of a plan the time of another clause says nothing
    done = hit.when is not None and hit.when.kind == "ago" and hit.when.high > 0 and hit.when.start >= start
    if said.planned and not done:
        # It denies no earlier operation: the user is told, and the fact stays as it was.
        yield Reading(note.mention(hit, SURGERY, None, "rejected", _PLANNED_NOTE), ASKED)
        return
    yield from _past_surgery(note, hit)


def _of_another(note: Note, hit: Hit, when: Time) -> bool:
    """ "近2周因骨折卧床 无手术", "前几天烫了腿，没开过刀": the time is of what is told between."""
    between = [other for other in note.hits if when.end <= other.start and other.end <= hit.start]
    if any(
        other.entry.group == "immobility" and not (other.assertion.negated or other.assertion.doubtful_denial)
        for other in between
    ):
        return True
    _, end = note.clause(when.start)
    denied = any(other.assertion.negated and other.start < end for other in between)
    told = note.text[when.end : end]
    return end <= hit.start and not denied and len(told) >= _TOLD_BETWEEN


def covers_month(when: Time) -> bool:
    """Whether a denial for that time holds for the last month: "上个月没开过刀", "近一个月无手术"."""
    return when.high >= 27 and (when.kind != "ago" or when.low <= 1)


def _past_surgery(note: Note, hit: Hit) -> Iterator[Reading]:
    if note.text[hit.start : hit.end] == "术后" and not _dates_itself(note, hit):
        return
    when = hit.when or since(note, hit)
    unsure = hit.entry.kind == "unsure_surgery" and not _was_large(note, hit)
    if when is None:
        yield from facts_of(
            note, hit, (SURGERY, FOUR_WEEKS), None, "手术未写明时间，请确认是否在1个月内", ASKED
        )
        return
    if when.low > _LONG_AGO_DAYS:
        return
    if when.low > 30:
        reason = "手术在1个月以前，不计分" + ("（原始Wells量表为12周内）" if when.low <= 84 else "")
        yield from facts_of(note, hit, (SURGERY,), False, reason, EXCLUDED)
    elif when.high > 30:
        yield from facts_of(note, hit, (SURGERY,), None, "请确认手术是否在1个月内")
    elif unsure:
        yield from facts_of(note, hit, (SURGERY,), None, "请确认是否属于大型手术")
    else:
        large = hit.entry.kind == "major" or _LARGE.search(note.text[hit.start : hit.end])
        yield from facts_of(note, hit, (SURGERY,), True, None if large else _BODY_NOTE)
    if when.low > 31:
        yield from facts_of(note, hit, (FOUR_WEEKS,), False, "手术在4周以前", ASKED)
    elif when.high > 28:
        yield from facts_of(note, hit, (FOUR_WEEKS,), None, "请确认手术是否在4周（28天）内")
    else:
        yield from facts_of(note, hit, (FOUR_WEEKS,), True)


def _was_large(note: Note, hit: Hit) -> bool:
    """Whether the sentence tells that it was no small one: opened, under general anaesthesia, for hours."""
    end = note.sentence_end(hit.end)
    return (
        _OPENED.search(note.text, max(0, hit.start - _LARGE_REACH), min(end, hit.end + _LARGE_REACH))
        is not None
    )


def _dates_itself(note: Note, hit: Hit) -> bool:
    """Whether a bare "术后" gives a time ("术后10天") and no named operation stands before it."""
    if note.text[max(0, hit.start - 1) : hit.start] in ("至", "到"):
        return False  # "利伐沙班用至术后35天": how long it is to go on
    named = any(
        other.entry.group == "immobility" and other is not hit and 0 <= hit.start - other.end <= 20
        for other in note.hits
    )
    return not named and any(hit.start <= time.start <= hit.end + 1 for time in note.times)


def since(note: Note, hit: Hit) -> Time | None:
    """ "术后10天", "手术史3年", "已手术，术后第5天": the length after an operation is the time since it."""
    if (bracket := _IN_BRACKETS.match(note.text, hit.end)) is not None:  # "大手术(1个月内)"
        within = [t for t in note.times if t.start == bracket.end() and t.kind == "within"]
        if within:
            return within[0]
    counted = _NTH_DAY.match(note.text, hit.end)
    until_today = _UNTIL_TODAY.match(note.text, hit.end)
    for time in note.times:
        if counted is not None and time.start == counted.end() and time.kind == "duration":
            return Time(time.start, time.end, "ago", time.low, time.high)
        if until_today is not None and time.start == until_today.end() and time.kind == "duration":
            return Time(time.start, time.end, "ago", time.low, time.high)
        reach = (
            _DAY_AFTER_REACH if _HAN.search(note.text, hit.end, max(hit.end, time.start)) else _LATIN_REACH
        )
        if 0 <= time.start - hit.end <= reach and _POSTOPERATIVE.match(note.text, time.start):
            return time
    if hit.lasting is None or hit.lasting.high < 1:
        return None
    return Time(hit.lasting.start, hit.lasting.end, "ago", hit.lasting.low, hit.lasting.high)
