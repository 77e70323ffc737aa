"""Word lists of the lexicon as patterns, and tables with a column for each day."""

from __future__ import annotations

import re

_DATE = r"(?:(?P<y>\d{4})\s?[-/.年]\s?)?(?P<m>\d{1,2})\s?[-/.月]\s?(?P<d>\d{1,2})\s?[日号]?"
_DATE_CELL = re.compile(rf"(?<![\d.])(?:{_DATE})(?![\d.])")
_LABEL_CELL = (
    r"(?:(?:(?:检[验查测]|化验|采样|采集|报告|送检)?(?:日期|时间)|"
    r"(?:检[验查测]|化验)?项目|指标|检[查验]|名称|化验)[|\s:]+)?"
)
_UNNAMED_DATE = re.sub(r"[?]P<.>", "?:", _DATE)
_HEADER = re.compile(rf"[|\s]*{_LABEL_CELL}(?:{_UNNAMED_DATE}[|\s]*){{2,8}}(?:[|\s]*(?:参考|单位)[^\n\d]*)?")
_RULE = re.compile(r"[|\s:+-]*")
_CELL = re.compile(r"(?<=[|\s])[<>]?\d+(?:\.\d+)?(?=\s?[↑↓HL]?(?:[|\s]|$))")
_DECEMBER = 12


def alternation(words: list[str]) -> str:
    """A regex alternation of literal or pattern words, longest first."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


def latest_column(text: str) -> str:
    """The text, as long as before, with only the latest of several columns of dates left in its rows."""
    if "\n" not in text:
        return text
    lines = text.split("\n")
    days: list[tuple[int, int, int]] = []
    for number, line in enumerate(lines):
        if _HEADER.fullmatch(line):
            cells = [match.groupdict() for match in _DATE_CELL.finditer(line)]
            days = [(int(cell["y"] or 0), int(cell["m"]), int(cell["d"])) for cell in cells]
            # "12/28  1/4": without years the table runs over the turn of the year
            turned = any(day[1] == _DECEMBER for day in days) and any(day[1] == 1 for day in days)
            days = [(day[0] or int(turned and day[1] == 1), *day[1:]) for day in days]
        elif len(days) > 1 and not _RULE.fullmatch(line):
            found = list(_CELL.finditer(line))[: len(days)]
            if len(found) < len(days):
                days = []
                continue
            kept = days.index(max(days))
            for place, cell in enumerate(found):
                if place != kept:
                    line = line[: cell.start()] + " " * len(cell[0]) + line[cell.end() :]
            lines[number] = line
    return "\n".join(lines)
