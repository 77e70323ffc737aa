"""One mention per fact: a correction wins, a contradiction is handed on as undetermined."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from rasa_project.reading.mention import Mention
from rasa_project.reading.normalise import Normalised

_CORRECTED = re.compile(
    r"更正|纠正|不对|(?:说|写|打|弄|搞|记|输|看)错|错了|应为|应该是|不是[^。;\n]{0,14}(?:而?是)"
)
# "血小板一百三，那是隔壁床的": a value of another patient.
_OF_ANOTHER = re.compile(
    r"[^,，。;；\n]{0,4}[,，(]?\s*(?:那|这|其实)*(?:是|为|属于?)?(?:隔壁|邻床|旁边|别人|别的(?:患者|病人|床)|其他(?:患者|病人|床)|另一(?:个|位|床)?(?:患者|病人|床)?)[^,，。;；\n]{0,4}的"
)
# Platelets clumped in EDTA are counted too few.
_CLUMPED = re.compile(
    r"[^,，。;；\n]{0,16}(?:(?:edta|乙二胺四乙酸)[^,，。;；\n]{0,10}(?:聚集|假性|依赖)|假性(?:减少|降低|减低))",
    re.I,
)
_CLUMPED_NOTE = "血小板聚集（EDTA假性减低），请以枸橼酸管复测值为准"
_SEVERAL = frozenset({"drug"})


def settle(message: Normalised, mentions: Iterable[Mention]) -> list[Mention]:
    """In reading order, with at most one mention per fact (helper ``drug`` mentions aside)."""
    own = (mention for mention in mentions if not _OF_ANOTHER.match(message.text, mention.end))
    ordered = sorted(
        (_doubted(message, mention) for mention in own), key=lambda mention: (mention.start, mention.end)
    )
    by_fact: dict[str, list[Mention]] = {}
    kept: list[Mention] = []
    for mention in ordered:
        if mention.fact in _SEVERAL:
            kept.append(mention)
        else:
            by_fact.setdefault(mention.fact, []).append(mention)
    kept += [_one(message, group) for group in by_fact.values()]
    return sorted(kept, key=lambda mention: (mention.start, mention.end))


def _doubted(message: Normalised, mention: Mention) -> Mention:
    if mention.fact == "platelets_e9_l" and _CLUMPED.match(message.text, mention.end):
        return replace(mention, value=None, status="undetermined", note=_CLUMPED_NOTE)
    return mention


def _one(message: Normalised, group: list[Mention]) -> Mention:
    said = [mention for mention in group if mention.status in ("affirmed", "negated")]
    if not said:
        return group[-1]
    # A value with no doubt about it beats the same fact read with one.
    firm = [mention for mention in said if not mention.confirm] or said
    if len({mention.value for mention in firm}) == 1:
        return firm[0]
    first, last = firm[0], firm[-1]
    if _CORRECTED.search(message.text[first.start : last.end]):
        return last
    words = "、".join(dict.fromkeys(f"“{mention.text.strip()}”" for mention in firm))
    return replace(last, value=None, status="undetermined", note=f"前后不一致（{words}），请确认")
