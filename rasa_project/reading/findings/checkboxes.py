"""Tick boxes of forms ("□糖尿病 ☑慢阻肺", "糖尿病□有 ☑无"): a tick counts, an empty box says nothing."""

from __future__ import annotations

import re
from typing import Literal

Ticked = Literal["yes", "no", "empty"]

_CROSSED = re.compile(r"\[ ?[xX×] ?\][^\[☑□☐]*$")
_TICK = re.compile(r"☑|\[ ?[√✓✔vV] ?\]")
EMPTY = r"(?:[□☐◻○〇]|\[ ?\]|\( ?\)|_{2,})"
FULL = r"(?:[☑☒■◼●]|\[ ?[√✓✔xX×vV] ?\])"
BOX = re.compile(f"{EMPTY}|{FULL}")
SECTION = re.compile(
    rf"[:：]\s?(?![有无是否])[^\s:：;；。\n]{{1,14}}{EMPTY}|[:：]\s?(?![有无是否])[^\s:：;；。\n]{{1,14}}{FULL}"
)
"""Behind the title of a group of items: "出血:消化道溃疡□"."""
UNTICKED_IS_NO = re.compile(
    r"(?:未|没有?)(?:打?勾选?|选中?|打√|划√|标注)的?(?:者|项目?|条目|因素)?[,，:]?(?:即|则|为|均|都|皆|全)*(?:无|没有|否|阴性)"
)
"""A remark that makes every empty box of the form a no."""
_YES, _NO = r"(?:有|是|阳性|yes)", r"(?:无|否|没有|阴性|no)"


def _one_option(n: int) -> str:
    box = rf"(?:(?P<empty{n}>{EMPTY})|(?P<full{n}>{FULL}))"
    return rf"\s*{box}\s*(?:(?P<yes{n}>{_YES})|(?P<no{n}>{_NO}))[\s,，/、]*"


_OPTIONS = re.compile(rf"^(?:病?史)?\s*[:：]?{_one_option(1)}(?:{_one_option(2)})?(?![一-龥])", re.IGNORECASE)


def _option_first(n: int) -> str:
    box = rf"(?:(?P<empty{n}>{EMPTY})|(?P<full{n}>{FULL}|[√✓✔]))"
    return rf"\s*(?:(?P<yes{n}>{_YES})|(?P<no{n}>{_NO}))\s?{box}[\s,，/、]*"


_OPTIONS_FIRST = re.compile(rf"^(?:病?史)?\s*[:：]?{_option_first(1)}{_option_first(2)}", re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?:(?P<empty>{EMPTY})|(?P<full>{FULL}))\s*(?:\d+[.、]?\s*)?(?:既往|有|近)?(?:\d+\s*个?(?:月|周|天|年)(?:以?内)?的?)?$"
)
_AFTER = re.compile(rf"^(?:病?史)?\s*[:：]?\s*(?:(?P<empty>{EMPTY})|(?P<full>{FULL}))")
_AFTER_COLON = re.compile(rf"^(?:病?史)?\s*[:：]\s*(?:(?P<empty>{EMPTY})|(?P<full>{FULL}))")
# the form puts "有" for a tick (forms.py)
_TICKED_RIGHT_BEFORE = re.compile(r"(?:^|[\s:：,，;；、(（])[√✓✔有]$")
_BOX_OF_THE_NEXT = re.compile(rf"\s+{EMPTY}\s?(?![有无是否])[^\s,，。;；]")
_BESIDE = re.compile(FULL)
_CROSS = re.compile(r"[xX×]")
# a line that opens with a box has the boxes before their items
_FORM_FIRST = re.compile(rf"[^\w\n]*(?:{EMPTY}|{FULL})")
_HEADING = re.compile(r"^[^:：]{0,16}[:：][\s·-]*$")


def ticked(text: str, start: int, end: int) -> Ticked | None:
    """What the box of the finding at ``[start, end)`` says; None where it has no box.

    A cross is a mark like a tick, unless the same form ticks other boxes: then it says no.
    """
    first = text.rfind("\n", 0, start) + 1
    if (beside := _BESIDE.match(text, end)) and not _FORM_FIRST.match(text, first):
        # "糖尿病[×] 房颤[√]": the box at the very end of an item is its own
        return "no" if _CROSS.search(beside[0]) and _TICK.search(text) else "yes"
    said = _ticked(text, start, end)
    crossed = said == "yes" and _CROSSED.search(text[max(0, start - 20) : start]) and _TICK.search(text)
    return "no" if crossed else said


def _ticked(text: str, start: int, end: int) -> Ticked | None:
    if _TICKED_RIGHT_BEFORE.search(text, max(0, start - 2), start) and _BOX_OF_THE_NEXT.match(text, end):
        return "yes"  # "√糖尿病 □COPD"
    first = max(text.rfind("\n", 0, start), text.rfind("。", 0, start)) + 1
    last = text.find("\n", end)
    rest = text[end : last if last >= 0 else len(text)][:40]
    if options := _OPTIONS_FIRST.match(rest) or _OPTIONS.match(rest):
        return _option(options)
    if after := _AFTER_COLON.match(rest):
        return "yes" if after["full"] else "empty"
    lead = text[first:start]
    box = BOX.search(lead)
    title = lead[: box.start()] if box else ""
    # "护理评估单 □卧床 ☑糖尿病": after a title and a blank the boxes stand before their items.
    titled = title.endswith(" ") and not BOX.search(rest.rstrip()[-3:])
    if box and (not title.strip(" \t·-") or _HEADING.match(title) or titled):
        before = _BEFORE.search(lead)
        return None if before is None else "yes" if before["full"] else "empty"
    after = _AFTER.match(rest)
    return None if after is None else "yes" if after["full"] else "empty"


def _option(options: re.Match[str]) -> Ticked:
    chosen = [n for n in (1, 2) if options[f"full{n}"]]
    if len(chosen) != 1:
        return "empty"
    return "yes" if options[f"yes{chosen[0]}"] else "no"
