"""Options of a question told apart by their numbers: "前两个有，其他没有", "1有2没有3不知道".

Plain lists ("1 3", "选二和四") are choices (``answers``); here every option has an answer of its own.
What else stands between them ("有12，没别的，准备放PICC") is left to the reader of facts.
"""

from __future__ import annotations

import re
from typing import Any, Literal

from rasa_project.reading.quantities import numbers

Rest = Literal["no", "yes", "unknown"]

_N = r"(?:\d{1,2}(?!\d)|[一二三四五六七八九十]{1,2})"
_COUNT = r"(?:[2-9]|[两二三四五六七八九])"
_CLASSIFIER = r"(?:个|项|条|号|种|样|选项)?"
_RANGE = rf"第?{_N}{_CLASSIFIER}\s?(?:-|~|到|至)\s?第?{_N}{_CLASSIFIER}"
_ITEM = rf"(?:(?P<edge>[前后]){_COUNT}(?:个|项|条|样|种)?|{_RANGE}|第?{_N}{_CLASSIFIER})"
_AND = r"(?:\s?(?:[、/,，和及与跟]|以及|还有)\s?|\s)"
_ALL = r"(?:这[两几些]?[个项]?|都|均|全|皆|也|还|倒|应该|肯定|确实)*"
_UNKNOWN = (
    r"(?:不太?(?:清楚|知道|确定|晓得|记得|了解|好说)|不详|不明|说不(?:清楚?|准|好)|记不(?:清楚?|得)|拿不准|"
    r"没有?(?:查|测|做|问|验|检查|化验)过?|未(?:查|测|做|问|知)|待(?:查|定|回报?|复查)|再(?:问|查)[问查一下]*|不一定|没数)"
)
_NO = r"(?:没有?|无|否|不是|不存在|不符合?|没得|阴性|[(]-[)]|[×✗])"
_YES = r"(?:有|是|符合|存在|阳性|[(][+][)]|[√✓对])"
_TAIL = r"(?:这[个些]?(?:情况|问题)?|这回事|过|的|了|啊|呢|吧|哦|情况|问题|病史)*"
_SAID = (
    rf"{_ALL}(?:(?P<unknown>{_UNKNOWN})|(?P<no>{_NO})|(?P<yes>{_YES})){_TAIL}"
    r"(?=\s*(?:[,，。;；、!！\s\d第前后①-⑳]|其[他它余]|别的|[剩余]|后[面边]|$))"
)
_PICKED = re.compile(rf"(?P<items>{_ITEM}(?:{_AND}{_ITEM})*)\s?{_SAID}".replace("(?P<edge>[前后])", "[前后]"))
# "无2", "没有3和4", "有第2个": a count ("有2个", "有2型糖尿病") is no option.
_NUMBERED = rf"(?:第{_N}{_CLASSIFIER}|{_N}(?:号|项)?)"
_SAID_FIRST = re.compile(
    rf"(?:(?P<unknown>不(?:清楚|知道|确定))|(?P<no>没有?|无|不是|否认)|(?P<yes>只?有|是|选))\s?"
    rf"(?P<items>{_NUMBERED}(?:{_AND}{_NUMBERED})*){_TAIL}(?=\s*(?:[,，。;；、!！]|$))"
)
_OTHERS = r"(?:其[他它余]|别)的?"
_REST = re.compile(
    rf"(?:其[他它余]|别|剩下?|余下?|另外|后[面边])的?(?:几|那)?{_CLASSIFIER}(?:情况|问题|因素|选项|都|各)*\s?{_SAID}"
)
# "没别的", "无其他": nothing else.
_NO_OTHERS = re.compile(
    rf"(?:再|就|都|也)*(?:没有?|无|否认)(?:有|什么)?{_OTHERS}(?:情况|问题|因素|选项|各项)?(?:了|啦|吧|呢)*"
    r"(?=\s*(?:[,，。;；、!！]|$))"
)
_CLAUSE = re.compile(r"[^,，。;；!！]+")
_EXCEPTS = re.compile(r"除|但|不过|只是|或")
_ALL_BUT = re.compile(
    rf"(?:(?:以上|上述)?(?:都|均|全)(?:没有?|无)[,，\s]*)?除(?:了|去)?(?P<items>{_ITEM}(?:{_AND}{_ITEM})*)(?:{_ALL}(?P<unknown>{_UNKNOWN}))?(?:以外|之外|外)?[,，\s]*"
    r"(?:(?:其[他它余]|别)的?)?(?:(?:都|均|全|皆)*(?:没有?|无|否认?))?".replace("(?P<edge>[前后])", "[前后]")
)
_BETWEEN = re.compile(r"(?:[\s,，。;；、!！]|然后|但是?|而|不过|就|患者|病人|他|她|我|嗯|哦)*")
_ONE = re.compile(rf"{_N}")
_EDGE = re.compile(rf"(?P<edge>[前后])(?P<count>{_COUNT})")
_SPAN = re.compile(rf"第?(?P<low>{_N}){_CLASSIFIER}\s?(?:-|~|到|至)\s?第?(?P<high>{_N})")
_EACH = re.compile(rf"{_ITEM}".replace("(?P<edge>[前后])", "[前后]"))


def read_picked(text: str) -> dict[str, Any] | None:
    """``picked``: numbers of options with True, False or None; ``rest``: what is said of the others.

    A number below zero counts from the end ("后两个": -2, -1). ``left``: there are clauses of another kind
    besides. None unless a clause names an option by its number.
    """
    if (excepted := _ALL_BUT.fullmatch(text)) is not None:
        return {
            "picked": [
                {"numbers": _numbers(excepted["items"]), "value": None if excepted["unknown"] else True}
            ],
            "rest": "no",
            "left": False,
        }
    picked: list[dict[str, Any]] = []
    rest: Rest | None = None
    left = first = False
    position = _BETWEEN.match(text).end()  # type: ignore[union-attr]
    while position < len(text):
        if (others := _REST.match(text, position)) is not None:
            rest, position = _said(others), others.end()
        elif (others := _NO_OTHERS.match(text, position)) is not None:
            rest, position = "no", others.end()
        elif (one := _PICKED.match(text, position) or _SAID_FIRST.match(text, position)) is not None:
            first |= one.re is _SAID_FIRST and bool(one["yes"])
            value = {"yes": True, "no": False, "unknown": None}[_said(one)]
            picked.append({"numbers": _numbers(one["items"]), "value": value})
            position = one.end()
        elif (other := _CLAUSE.match(text, position)) is not None and not _EXCEPTS.search(other[0]):
            left, position = True, other.end()
        else:
            return None
        position = _BETWEEN.match(text, position).end()  # type: ignore[union-attr]
    if not picked or (first and len(picked) == 1 and rest is None and not left):
        return None  # "有12" may as well be a quantity
    return {"picked": picked, "rest": rest, "left": left}


def read_rest(text: str) -> Rest | None:
    """What is said of "the others" anywhere in an answer: "房颤有，其他没有", "没有出血，其他没问"."""
    found = list(_REST.finditer(text))
    if found:
        return _said(found[-1])
    return "no" if _NO_OTHERS.search(text) else None


def without_rest(text: str) -> str:
    """The answer without what it says of the others."""
    return _NO_OTHERS.sub(" ", _REST.sub(" ", text))


def _said(match: re.Match[str]) -> Rest:
    return "unknown" if match["unknown"] else "no" if match["no"] else "yes"


def _numbers(items: str) -> list[int]:
    chosen: list[int] = []
    for item in _EACH.findall(items):
        if (edge := _EDGE.match(item)) is not None:
            count = _whole(edge["count"])
            chosen += range(1, count + 1) if edge["edge"] == "前" else range(-count, 0)
        elif (span := _SPAN.match(item)) is not None:
            chosen += range(_whole(span["low"]), _whole(span["high"]) + 1)
        else:
            chosen += [_whole(number) for number in _ONE.findall(item)]
    return chosen


def _whole(number: str) -> int:
    return int(numbers.parse(number) or 0)
