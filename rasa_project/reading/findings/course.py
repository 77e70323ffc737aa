"""How a sign or a cast went on after it was named: gone since, taken off, impossible to judge."""

from __future__ import annotations

import re

from rasa_project.reading.context.gone import GONE_NOTE, over
from rasa_project.reading.findings.hits import ASKED, EXPLICIT, Hit, Note

SIGNS = frozenset(
    {
        "deep_vein_tenderness",
        "entire_leg_swelling",
        "calf_swelling_over_3cm",
        "collateral_superficial_veins",
        "limb_threatening_dvt",
    }
)
_RECENT_CAST, _OLD_CAST = 30, 90  # days since it was taken off, since it was put on
_OTHER_VESSELS = re.compile(r"冠|脑|心|门静脉|门脉|肝|食管|胃底|动脉")
_UNJUDGED = re.compile(
    r"\s*(?:因[^,，。;；\n]{0,8})?(?:(?:没法|无法|不能|难以?|不好|未能|没能)(?:判[断定]|评估|确定|检查|配合|看清|观察|辨认|测量)|(?:看|摸|辨|分|查|观察|显示)得?不(?:太)?(?:清楚?|出来?|明白|准)|"
    r"(?:有没有|有无|是否存在?)[,，?？\s]*(?:我|病历|家属|还|也|都|根本)*(?:没有?|未)(?:查|看|摸|量|写|问|记|记录|检查|描述|触诊)|"
    r"(?:还|尚|需|有)?(?:待|等待?)(?:[^,，。;；\n]{0,8})(?:复核|核实|确认|评估|复查|查体|判断|来看|定(?=\s*(?:[,，。;；\n]|$))))"
)
# "三年前脑梗偏瘫，现在走路利索了"
_WALKS_AGAIN = re.compile(
    r"[^。;；\n]{0,6}[,，]\s*(?:现在?|目前|如今|后来|早就|早)(?:都|已经?|能|可)*(?:走路|行走|走|下地|肌力|肢体活动|活动)"
    r"[^,，。;；\n不没未差]{0,4}(?:利索|自如|正常|如常|没问题|恢复|[5五]级)"
)
_LEFT_BEHIND = re.compile(r"(?:遗留|遗有|留有|留下|后遗)[^,，。;；\n]{0,4}$")  # "既往脑梗，遗留右侧偏瘫"
_NOT_PUT_ON = re.compile(
    r"\s*(?:也|并|就|都|倒|还|从来)*(?:没有?|未)(?:打|上|用|固定)过?(?=\s*(?:[,，。;；\n]|$))"
)
_CAST_OFF = re.compile(r"[^。;；\n]{0,12}?(?:拆|取下|去除)(?!线)")
_CAST_OFF_BEFORE = re.compile(r"(?:拆|取|去|拆除|去除|取下|拿掉)(?:了|掉|下)?$")  # "拆石膏已半年"


def sign(note: Note, hit: Hit) -> tuple[str, int, str | None] | None:
    """The level of a sign that is gone, or that could not be judged."""
    words = note.text[hit.start : hit.end]
    if (
        "侧" in words
        and "浅" not in words
        and _OTHER_VESSELS.search(note.text, max(0, hit.start - 40), hit.start)
    ):
        return "nothing", ASKED, None
    if over(note.text, hit.end, words):
        return "false", EXPLICIT, GONE_NOTE
    if _UNJUDGED.match(note.text, hit.end):
        return "unknown", EXPLICIT, "原文无法判断"
    return None


def cast(note: Note, hit: Hit) -> tuple[str, int, str | None] | None:
    """A cast counts while it is on and shortly after; one of years ago says nothing of today."""
    if "石膏" not in note.text[hit.start : hit.end]:
        if _WALKS_AGAIN.match(note.text, hit.end):
            return "false", EXPLICIT, GONE_NOTE
        left = _LEFT_BEHIND.search(note.text, 0, hit.start) and not hit.assertion.resolved
        return ("true", EXPLICIT, None) if left else None
    if _NOT_PUT_ON.match(note.text, hit.end):
        return "false", EXPLICIT, None
    off = _CAST_OFF.match(note.text, hit.end) or _CAST_OFF_BEFORE.search(note.text, 0, hit.start)
    reach = note.sentence_end(hit.end)
    start, end = note.clause(hit.start)
    times = [time for time in note.times if hit.start - 12 <= time.start < reach]
    days = [time.low for time in times if start <= time.start < end] or [time.low for time in times]
    if off is None:
        old = hit.when is not None and hit.when.low > _OLD_CAST
        return ("nothing", EXPLICIT, None) if old else None
    if not days:
        return "nothing", EXPLICIT, None
    if min(days) <= _RECENT_CAST:
        return "true", EXPLICIT, "近期拆除石膏"
    return "false", EXPLICIT, "石膏早已拆除"
