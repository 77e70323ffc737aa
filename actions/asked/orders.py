"""An order written in a question: "60mg q12h，对吗"."""

from __future__ import annotations

import re

from scoring import Order

#: Asks whether what is written is right.
CHECK = re.compile(
    r"对[吗不么嘛没]|对不对|正确[吗么]?|是否(正确|合适|合理|妥当|恰当)|合理[吗么不]?|合适[吗么不]|恰当|妥[吗不]|有没有(问题|错)|没(问题|错)[吧吗]|"
    r"(可以|能)(这么|这样)?[打用吃服上]?[吗么不嘛]|可[否不]|行[吗不么嘛]|够[吗不么]|够不够|[中成][吗不]|这么[吃打用服]|[大多高少小低][吗么不]|要不要(改|调)|核对|核实|^医嘱|审方|核查|帮.{0,4}看|审(一下|核)|"
    r"(?<![a-z])(ok|right|correct|appropriate|check)(?![a-z])",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>(?:mg|ml|万?\s*(?:u|iu))(?![a-z]|\s?/\s?d?l)|毫克|毫升|万?\s*单位|支|片|粒|针)"
    r"(?P<per>\s*(?:/|每|per)\s*(?:kg|公斤|千克))?",
    re.IGNORECASE,
)
_WEIGHT_FIRST = re.compile(r"每(公斤|千克)\s*$")
_UNITS = {"mg": "mg", "毫克": "mg", "u": "U", "iu": "U", "单位": "U", "ml": "ml", "毫升": "ml"}
_TIMES = {"一": 1, "1": 1, "两": 2, "二": 2, "2": 2, "三": 3, "3": 3, "四": 4, "4": 4}
_OFTEN = (
    (re.compile(r"(?<![a-z])bid(?![a-z])|q\s*12\s*h?|早晚|每?12个?小时|隔12|twice", re.IGNORECASE), 12),
    (
        re.compile(
            r"(?<![a-z])(qd|qn|od)(?![a-z])|q\s*24\s*h?|每?24个?小时|once|daily|每[晚早]|睡前|/\s*(d(?![a-z])|天|日)",
            re.IGNORECASE,
        ),
        24,
    ),
    (re.compile(r"(?<![a-z])tid(?![a-z])|q\s*8\s*h?|每?8个?小时", re.IGNORECASE), 8),
    (re.compile(r"(?<![a-z])qid(?![a-z])|q\s*6\s*h?|每?6个?小时", re.IGNORECASE), 6),
    (re.compile(r"(?<![a-z])qod(?![a-z])|隔[日天]", re.IGNORECASE), 48),
)
_A_DAY = re.compile(
    r"(?:一|每|1)?(?:天|日)(?:吃|打|服|用)?\s*(?P<times>[一两二三四1-4])\s*(?:次|回|针|顿|遍)"
)


def stated_order(text: str, start: int = 0) -> Order | None:
    """The first amount behind ``start`` and how often it is given; ``None`` where no amount stands there."""
    amount = _AMOUNT.search(text, start)
    if amount is None:
        return None
    number, written = float(amount["number"]), re.sub(r"\s", "", amount["unit"].lower())
    if written.startswith("万"):
        number, unit = number * 10000, "U"
    else:
        unit = _UNITS.get(written, "piece")
    per_kg = bool(amount["per"]) or bool(_WEIGHT_FIRST.search(text[: amount.start()]))
    return Order(number, unit, _interval(text), per_kg)


def _interval(text: str) -> int | None:
    if daily := _A_DAY.search(text):
        return 24 // _TIMES[daily["times"]]
    return next((hours for words, hours in _OFTEN if words.search(text)), None)
