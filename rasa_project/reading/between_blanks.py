"""Drugs typed in one line with blanks: where a denial, a stop or a past is over before the next drug.

"无激素 来那度胺25mg", "停用阿司匹林 Rd", "既往房颤 服达比加群": what has an object of its own before the
blank does not go on to what is named behind it. Nor is the week off of a course a stop.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rasa_project.reading import usage_cues as cues
from rasa_project.reading.drug_names import DrugName, drugs
from rasa_project.reading.regimens import RegimenName

MASK = cues.MASK
_OVER = ";"
_NUMBER = r"(?:\d{1,2}|[一二两三四五六七]|十四|二十一)"
_SPAN = rf"{_NUMBER}\s?个?(?:周(?!期)|星期|礼拜|[天日]|[dw](?![a-z]))"
_REST = (
    r"(?:停药?|停用|休息|休|歇)\s?(?:[1-47]|14|[一二两三四七]|十四)\s?"
    r"个?(?:周(?!期)|星期|礼拜|[天日]|[dw](?![a-z]))(?!\s?(?:了|前|后|余|多|半|未|没))"
)
# "d1-21 停7天", "用2周停1周": the days without the drug are part of the course
_COURSE = (
    rf"(?:d\s?1\s?[-~至到]\s?d?\s?(?:14|21)|第?\s?1\s?[-~至到]\s?第?\s?(?:14|21)\s?[天日]|"
    rf"(?:连续?|每周期)?(?:[吃用服打]|口服|使用|服用)\s?{_SPAN}|(?<=[\s,，、g{MASK}dq次吃用服打])(?:21|14|二十一|十四|[23两二三](?=\s?个?[周星礼w]))\s?个?(?:周(?!期)|星期|礼拜|[天日]|[dw](?![a-z])))"
)
_DAYS_OFF = re.compile(rf"{_COURSE}\s?[,，、]?\s?(?:之?后|再|然后|就)?(?P<rest>{_REST})", re.I)
_ON_ONLY = re.compile(r"(?:连续?|每周期)?(?:[吃用服打]|口服|使用|服用)(?=\s?[\d一二两三四])")

# Illnesses for which a drug is taken for good; of a former clot the drug may be over with it.
_LASTING_ILLNESS = (
    r"(?:脑梗塞?|脑梗死|脑卒中|卒中|中风|腔梗|tia|房颤|心房颤动|房扑|af|冠心病|冠脉支架|心梗|心肌梗[死塞]|心绞痛|支架|pci|搭桥|"
    r"(?:机械|人工)?瓣膜?(?:置换|病)?|颈动脉斑块|动脉(?:粥样)?硬化|外周动脉病|高血压病?|糖尿病|高脂血症|慢阻肺|copd|心衰|心功能不全|肾病|甲亢|甲减|痛风)"
    r"(?:术后|病史|史|置入|植入|\d{1,2}\s?年余?|[一二两三四五六七八九十]+年余?|\d)*"
)
_PAST = r"(?:既往|曾经?|以前|之前|过去|先前|原来?)"
# "既往脑梗 现用◇", "既往房颤、服◇"
_PAST_ILLNESS = re.compile(
    rf"{_PAST}(?:病?史|患|有|得过|的|[:：\s])*(?:[^{MASK},，。;；\n停曾过]{{0,16}}?[、\s])?{_LASTING_ILLNESS}(?P<sep>\s*[、\s]\s*)"
    rf"(?=(?:现在?|目前|长期|一直|规律|正?在|还在|每[天日])*(?:口服|服用|使用|应用|[用服吃打])?(?:着|的是)?\s?{MASK})",
    re.I,
)
_PAST_WORD = re.compile(_PAST)
_PAST_OVER = re.compile(rf"{_LASTING_ILLNESS}\s|\d\s?岁\s", re.I)
# What a stop or a past is of where it is of no one drug: "停药 VRd", "既往一线 VRd"
_NO_OBJECT = re.compile(
    r"(?:药物?|化疗|治疗|方案|用药|了|过|掉|用|使用|应用|[\d.年月日号/~-]|[一二两三四五六七八九十]+|线|个|周|天|前|后|曾|于|在|外院|当地|给予|予|[:：、,\s])*"
)
# What tells of the drug behind the blank that it is given.
_GIVEN = re.compile(
    r"\s?(?:片|胶囊|针)?\s?(?:\d+(?:\.\d+)?\s?(?:mg|毫克|g(?![a-z]))|\d{1,3}(?:\.\d)?\s?(?:qd|qn|qod|qw|biw|bid|d\d|每[天日周])|d\s?1\s?[-~,、]|qd|qn|qod|qw|"
    r"维持|单药|巩固|诱导|正?在[用吃服打]|还在|[用吃服打]着|继续|照[打用吃服]|方案|治疗中|每[天日晚周]|第\s?[\d一二三四五六]+\s?(?:程|周期|疗程))",
    re.I,
)
_JOINED = re.compile(r"\s?[+和及加、/]?\s?")
# "利伐沙班可以吗 来那度胺10mg": the question is over
_ASKED_BEFORE = re.compile(rf"(?<=吗)\s(?={MASK})")
_PARTS = re.compile(r"[\s、]$")
_NEEDS_PROOF = ("anticoagulant", "antiplatelet")
_NOT_GIVEN = ("stopped", "never", "asked")
_Item = DrugName | RegimenName
_VERB_BEFORE = re.compile(
    r"(?:(?:现在?|目前|正?在|继续|拟)+|(?:现在?|目前|正?在|继续|拟)*(?:口服|服用|使用|应用|给予|[用服吃打予])(?:着|的是)?)\s?$"
)


def ended(masked: str, names: Sequence[DrugName], named: Sequence[RegimenName]) -> str:
    """The masked text, as long as before, parted where a blank ends what was said before it."""
    masked = _DAYS_OFF.sub(_no_stop, masked)
    masked = _ASKED_BEFORE.sub("?", masked)
    for illness in _PAST_ILLNESS.finditer(masked):
        masked = _put(masked, illness.start("sep"), illness.end("sep"), _OVER)
    items: list[_Item] = [*names, *named]
    items.sort(key=lambda item: item.start)
    for index, item in enumerate(items):
        masked = _before(masked, items, index, item)
    return masked


def _no_stop(course: re.Match[str]) -> str:
    words = _ON_ONLY.sub(lambda verb: "·" * len(verb[0]), course[0])
    rest = len(course["rest"])
    return words[:-rest] + "·" * rest


def _put(masked: str, start: int, end: int, sign: str) -> str:
    return masked[:start] + sign + " " * (end - start - 1) + masked[end:]


def _before(masked: str, items: Sequence[_Item], index: int, item: _Item) -> str:
    """The text parted before one name, if a denial or a stop with an object of its own stands before it."""
    first = max(masked.rfind(stop, 0, item.start) for stop in cues.STOP_CHARACTERS) + 1
    verb = _VERB_BEFORE.search(masked, first, item.start)
    at = verb.start() if verb else item.start
    lead = masked[first:at]
    if not lead.strip() or not _PARTS.search(lead):
        return masked
    cue = max(cues.CUES.finditer(lead), key=re.Match.end, default=None)
    if cue is None or cue.lastgroup not in _NOT_GIVEN or not lead[cue.end() :].strip(" 、"):
        return masked
    before = [one for one in items[:index] if one.start >= first + cue.end()]
    sign = _sign(masked, lead, cue, before, items[index:])
    blank = first + len(lead.rstrip(" 、"))
    return masked if sign is None else _put(masked, blank, at, sign)


def _sign(
    masked: str, lead: str, cue: re.Match[str], before: Sequence[_Item], items: Sequence[_Item]
) -> str | None:
    """How the text is parted before the first of the items; None where it goes on."""
    kind, listed = _kind(items[0]), lead.rstrip().endswith("、")
    if kind in map(_kind, before):
        return None  # "未用来那度胺 沙利度胺"
    told = lead[cue.end() :]
    given = _is_given(masked, items)
    if cue.lastgroup == "asked":  # "能不能用阿司匹林 PLT 66 地塞米松20mg qw"
        return _OVER if given and before and not listed and kind not in _NEEDS_PROOF else None
    if listed:  # "无激素、来那度胺25mg"; else the denial is of the list
        return _listed(cue, before, items, told, given)
    if cue.lastgroup == "stopped" and _PAST_WORD.match(cue[0]):
        return _OVER if _PAST_OVER.search(told) else None
    if cue.lastgroup == "stopped" and _NO_OBJECT.fullmatch(told):
        return None
    if kind == "regimen" or (kind in _NEEDS_PROOF and not _is_class(items[0])):
        return _OVER
    if given or (not before and cues.BLANK_AFTER_FINDING.search(told)):
        return _OVER  # "无血栓 来那度胺"
    return None if _is_class(items[0]) else cues.UNCLEAR


def _listed(
    cue: re.Match[str], before: Sequence[_Item], items: Sequence[_Item], told: str, given: bool
) -> str | None:
    steroid = [_kind(one) for one in before] == ["glucocorticoid"] and cue[0] == "无"
    if not steroid or any(character.isdigit() for character in told) or _is_class(items[0]):
        return None
    return cues.UNCLEAR if given else None


def _is_given(masked: str, items: Sequence[_Item]) -> bool:
    """Whether a dose, a schedule or a drug that nobody would deny stands behind the name or its list."""
    for index, item in enumerate(items):
        if index and not _JOINED.fullmatch(masked, items[index - 1].end, item.start):
            return False
        if _GIVEN.match(masked, item.end) or _is_plain(item):
            return True
    return False


def _is_plain(item: _Item) -> bool:
    """Of a drug against the myeloma that no score counts nobody says that it is not given."""
    return isinstance(item, DrugName) and bool(drugs()[item.drug].get("myeloma"))


def _is_class(item: _Item) -> bool:
    return isinstance(item, DrugName) and bool(drugs()[item.drug].get("group"))


def _kind(item: _Item) -> str:
    return str(drugs()[item.drug]["kind"]) if isinstance(item, DrugName) else "regimen"
