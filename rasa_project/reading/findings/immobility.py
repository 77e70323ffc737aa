"""Bed rest and immobilisation, each against its own time window (A05, A09)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from rasa_project.reading.findings.hits import ASKED, EXCLUDED, Hit, Note, Reading
from rasa_project.reading.findings.operations import (
    FOUR_WEEKS,
    KINDS,
    SURGERY,
    covers_month,
    facts_of,
    surgery,
)
from rasa_project.reading.findings.rest_length import LENGTH_UNKNOWN, answered, length_of, reaches_today

_BED, _STILL = "bedridden_over_72h", "immobilized_over_3_days"
_BOUNDARY = "恰为3天：共识为大于3天（72 h），不计分"
_FOUR_WEEKS_DAYS = 28
_LIES_NOW = re.compile(r"现(?!病)|目前|仍|还在|正在|如今")
# "卧床5天，周一已恢复下床": who is up again lies no more
_NOT_YET = "未没不无难拟预计划准备待限禁避勿若如等试明下说需应属,，。;；\n"
_BACK_UP = re.compile(
    rf"(?:[^。;；\n]{{0,30}}?[,，、]|[^{_NOT_YET}]{{0,14}}?后)[^{_NOT_YET}]{{0,8}}?"
    rf"(?:已|现|目前|恢复|逐[步渐]|开始|昨|今|前天|这[周两几]|周[一二三四五六日天]|[\d一二三四五六七八九十][日号天]|\d[./]\d{{1,2}}|每[天日]|天天|热退后|好转后|后来|但|(?=在[^,，。;；\n未没不]{{1,8}}(?:搀扶|扶持|扶助|陪同|协助|帮助|辅助|保护)下)|自行|自己|擅自|私自|偷偷)"
    rf"(?:[^,，。;；\n未没不难需要拟计预准限禁]{{0,9}}(?:搀扶|扶持|扶助|陪同|协助|帮助|辅助|保护)下)?[^{_NOT_YET}]{{0,12}}?(?:下床|下地|离床|起床活动|行走|步行|走路|能走|自[己由行]?走|走动|走几圈|[拄扶]拐|散步|去厕所|正常活动|活动自如|上班|恢复活动|下楼|遛弯|溜达|转悠|下来走|练走|干活)"
    r"(?!受限|困难|不便|[^,，。;；\n]{0,6}(?:未|失败|不成|前|的?风险))(?![^。;；\n]{0,30}(?:又|再|仍|重新)[^,，。;；\n]{0,4}(?:卧床|躺|制动))"
)
_LIFTED = re.compile(r"(?<![未没])(?:解除|结束|取消)$")
_ENDED = re.compile(r"(?:史|期|状态|医嘱|休息)?(?:现|均)?已(?:经|于[^,，。;；\n]{0,8})?(?:结束|解除|取消)")
# "下地行走已4天，此前卧床6周"
_BEFORE_THAT = re.compile(r"(?:在?此前|在?此之前|(?<!就诊)之前|先前|原先|前期|早先|起初)[^,，。;；\n]{0,12}$")
# "腰不疼了能下楼了": what is denied is gone, the walking is not
_SOMETHING_GONE = re.compile(
    r"(?:[不没][^,，。;；\n不没]{1,4}了(?:现在|就|也|又|都)*|"
    r"(?:没有?|未|无)(?:再|曾)?(?:卧过?床|躺|制动)[^,，。;；\n]{0,2}[,，\s])$"
)
# "三个月前能走", "伤前行走自如": that was then
_ONCE = re.compile(
    r"(?:[天日周月年]前|(?:发?病|受?伤|术|摔倒?|跌倒|骨折|中风|起病)(?:以|之)?前|以前|从前|原来)(?:还|尚|都|一直|可|能|日常|平时|均)*$"
)
_ABOUT = re.compile(r"(?:大概|大约|估计|可能)(?:也?就|有|得|快|都)*\s?(?=[\d一二两三四五六七八九十半几])")
_DOUBT = re.compile(r"可能|疑|不[清详明知]|[?？]|是否|待|好像|似乎|大概|估计")
_JOINED = re.compile(r"(?:后遗症|状态|病史)?[,，]\s?(?:目前|现|一直|常年|仍|并)?")
ANSWERED_NOTE = "按原文的问答"
_ENCOURAGED = re.compile(r"(?:鼓励|嘱|建议|指导|督促)[^,，。;；\n]{0,8}$")
_UNABLE = re.compile(r"(?:不能|无法|没法|未能|不可|难以)(?:完全)?$")
_LATELY = re.compile(r"昨|今[天日晨]|前天|这[周两几]|周[一二三四五六日天]")
_STILL_LIES = re.compile(r"(?:仍|还|继续|依然)[^,，。;；\n]{0,4}$")


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
    hit = _beside_what_is_there(note, _merely_about(note, hit))
    said, kind = hit.assertion, hit.entry.kind
    sure_denial = said.negated and not said.uncertain
    if kind == "mobile":
        start, _ = note.clause(hit.start)
        if _ENCOURAGED.search(note.text, start, hit.start) or _ONCE.search(note.text, start, hit.start):
            return
        if _SOMETHING_GONE.search(note.text, start, hit.start):
            yield from facts_of(note, hit, (_BED, _STILL), False)
        elif sure_denial or _UNABLE.search(note.text, start, hit.start):
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
    if (told := answered(note, hit)) is not None or LENGTH_UNKNOWN.match(note.text, hit.end):
        lies = None if told is None or told.low <= 3 <= told.high else told.low > 3
        yield from facts_of(note, hit, facts, lies, ANSWERED_NOTE)
    elif said.negated or said.doubtful_denial:
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
    length = length_of(note, hit)
    up = _BACK_UP.match(note.text, hit.end) or _ENDED.match(note.text, hit.end)
    up = up or _LIFTED.search(note.text, 0, hit.start) or _up_since(note, hit)
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
        and not reaches_today(note, hit)
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


def _merely_about(note: Note, hit: Hit) -> Hit:
    """ "大概半个月没站起来": it is the length that is not exact."""
    start, end = note.clause(hit.start)
    exact = _ABOUT.sub("", note.text[start:end])
    if not hit.assertion.uncertain or len(exact) == end - start or _DOUBT.search(exact):
        return hit
    return replace(hit, assertion=replace(hit.assertion, uncertain=False))


def _beside_what_is_there(note: Note, hit: Hit) -> Hit:
    """ "现无出血，遗留右侧偏瘫，长期卧床": behind what is there the denial reaches no further."""
    before = next((other for other in reversed(note.hits) if other.end <= hit.start), None)
    if before is None or not hit.assertion.doubtful_denial or hit.assertion.negated:
        return hit
    said = before.assertion
    there = before.entry.fact == "paralysis_or_recent_cast" and not (
        said.negated or said.doubtful_denial or said.uncertain or said.family or said.generic
    )
    joined = _JOINED.fullmatch(note.text, before.end, hit.start)
    return replace(hit, assertion=replace(said, negated=False)) if there and joined else hit


def _up_since(note: Note, hit: Hit) -> re.Match[str] | None:
    """ "下地行走已4天，此前卧床6周": he who walks now lay before that."""
    start, _ = note.clause(hit.start)
    first = max(note.text.rfind(stop, 0, start) for stop in "。;；\n") + 1
    walks = any(
        other.entry.kind == "mobile" and first <= other.start < start and not other.assertion.negated
        for other in note.hits
    )
    return _BEFORE_THAT.search(note.text, start, hit.start) if walks else None


def _told_with_length(note: Note, hit: Hit) -> bool:
    """ "卧床7天，现仍卧床": that it goes on takes nothing from the length told before."""
    if _STILL_LIES.search(note.text, note.clause(hit.start)[0], hit.start) is None:
        return False
    return any(
        other.entry.kind == hit.entry.kind
        and other.end <= hit.start
        and not (other.assertion.negated or other.assertion.family or other.assertion.uncertain)
        and length_of(note, other) is not None
        for other in note.hits
    )
