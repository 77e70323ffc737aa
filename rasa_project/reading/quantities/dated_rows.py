"""A table of results with a row for each day: the header names the tests, the latest row counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from rasa_project.reading.mention import Mention
from rasa_project.reading.normalise import Normalised
from rasa_project.reading.quantities import numbers
from rasa_project.reading.quantities.assumptions import Assumed, without_unit
from rasa_project.reading.quantities.quantity import FACTS, Quantity, quantity

_ROW = re.compile(
    r"[ \t|]*(?:(?P<h>[01]?\d|2[0-3]):(?P<min>[0-5]\d)(?=[ \t|])|"
    r"(?:(?P<y>\d{4})[-/.年])?(?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?(?:[ \t]+\d{1,2}:\d{2})?(?=[ \t|]))"
)
_CELL = re.compile(r"[^\s|]+")
_NUMBER = re.compile(r"(?P<value>\d+(?:\.\d+)?)[↑↓HL]?")
_FEWEST_TESTS = 2
_SURELY_GRAMS_PER_LITRE = 15
_REMARK = re.compile(r"记录|备注|病情|观察|措施|签")
_VITAL_SIGNS = frozenset({"T", "P", "R", "BP", "SpO2"})


@dataclass(frozen=True, slots=True)
class _Row:
    day: tuple[int, int, int]
    cells: list[tuple[int, int, str]]


def read_dated_rows(message: Normalised, today: date) -> tuple[list[Mention], Normalised]:
    """The values of the latest day, and the message with such tables blanked for other readers."""
    found: list[Mention] = []
    plain = message.text
    for header, rows in _tables(message.text, today):
        for column, label in enumerate(header):
            measured = _measured(label)
            if measured is None:
                continue
            dated = [
                row for row in rows if column < len(row.cells) and _NUMBER.fullmatch(row.cells[column][2])
            ]
            if dated:
                latest = max(dated, key=lambda row: row.day)
                mention = _mention(message, *measured, latest.cells[column])
                if mention.status == "undetermined" and measured[0].fact == "m_protein_g_l":
                    mention = _in_grams_per_litre(
                        mention, latest.cells[column][2], [row.cells[column][2] for row in dated]
                    )
                found.append(mention)
        for row in rows:
            for start, end, cell in row.cells:
                if _NUMBER.fullmatch(cell):  # what a nurse noted beside them stays
                    plain = plain[:start] + " " * (end - start) + plain[end:]
    return found, replace(message, text=plain)


def _tables(text: str, today: date) -> Iterator[tuple[list[str], list[_Row]]]:
    header: list[str] = []
    rows: list[_Row] = []
    at = 0
    for line in text.split("\n"):
        row = _ROW.match(line)
        cells = [(at + c.start(), at + c.end(), c[0]) for c in _CELL.finditer(line, row.end() if row else 0)]
        remark = bool(header and _REMARK.match(header[-1]))
        if (
            row is not None
            and header
            and (len(cells) == len(header) or (remark and len(cells) > len(header)))
        ):
            if row["h"]:
                day = 0, int(row["h"]), int(row["min"])
            else:
                day = int(row["y"] or today.year), int(row["m"]), int(row["d"])
            rows.append(_Row(day, cells))
        else:
            if rows:
                yield header, rows
            labels = [cell for _, _, cell in cells]
            header, rows = (
                labels[1:] if re.fullmatch(r"日期|时间|检[查验]日期", (labels or [""])[0]) else [],
                [],
            )
            if sum(_measured(label) is not None or label in _VITAL_SIGNS for label in header) < _FEWEST_TESTS:
                header = []
        at += len(line) + 1
    if rows:
        yield header, rows


def _measured(label: str) -> tuple[Quantity, str] | None:
    """The quantity that a column's heading names, and the unit in it."""
    if label == "P":
        return quantity("heart_rate_bpm"), ""
    for fact in FACTS:
        named = quantity(fact).label.match(label)
        rest = label[named.end() :] if named else ""
        if named and (not rest or rest[0] in "(["):
            return quantity(fact), rest.strip("()[]")
    return None


def _in_grams_per_litre(mention: Mention, cell: str, column: list[str]) -> Mention:
    """A small M protein below one that can only be in g/L: "39.6 … 2.9"."""
    numbers_ = [float(match["value"]) for one in column if (match := _NUMBER.fullmatch(one))]
    if max(numbers_) < _SURELY_GRAMS_PER_LITRE or (match := _NUMBER.fullmatch(cell)) is None:
        return mention
    return replace(
        mention, value=numbers.tidy(float(match["value"])), status="affirmed", note="按同列 g/L 理解"
    )


def _mention(message: Normalised, of: Quantity, unit: str, cell: tuple[int, int, str]) -> Mention:
    start, end, words = cell
    match = _NUMBER.fullmatch(words)
    number = float(match["value"]) if match else 0.0
    known = next((one for one in of.units if unit and one.pattern.fullmatch(unit)), None)
    read = Assumed(number * known.factor) if known else without_unit(of.fact, number)
    if read.value is not None and not of.low <= read.value <= of.high:
        read = Assumed(None, "rejected", f"{of.name} {numbers.show(number)} 不合常理，请核对")
    value = None if read.value is None else numbers.tidy(read.value)
    words = message.words(start, end)
    return Mention(of.fact, value, words, start, end, read.status, of.unit or None, read.note, read.confirm)
