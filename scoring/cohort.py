"""Many patients: JSON Lines and CSV, scored on every core, in the order of the input."""

from __future__ import annotations

import csv
import gc
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from .assessment import assess
from .facts import FACTS, FactError, denies_a_drug
from .scores import render_row
from .tables import SCALE_NAMES
from .tables import scale as load_scale

T = TypeVar("T")
R = TypeVar("R")
CHUNK = 500
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": "))
PARALLEL_FROM = 2000
IDENTIFIERS = frozenset({"id", "patient_id", "编号"})
TRUE_WORDS = frozenset({"true", "1", "yes", "y", "是", "有", "阳性"})
FALSE_WORDS = frozenset({"false", "0", "no", "n", "否", "无", "阴性"})
NULL_WORDS = frozenset({"null", "none", "na", "n/a", "unknown", "不清楚", "未知", "不详", "待查"})
RANGES = frozenset({"range", "tier_range"})
SCORE_COLUMNS = ("points", "tier", "settled", "range", "tier_range", "deciding")


class InputError(ValueError):
    """Input that is not the JSON object of facts, or not a table, that was expected."""


def parse_facts(text: str) -> dict[str, object]:
    """One JSON object of facts; InputError for anything else."""

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) != len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            raise InputError(f"{twice}: 同一事实出现两次")
        return found

    try:
        facts = json.loads(text, object_pairs_hook=once)
    except InputError:
        raise
    except (ValueError, RecursionError) as error:  # a number with too many digits is a plain ValueError
        raise InputError(f"不是有效的JSON：{error}") from error
    if not isinstance(facts, dict):
        raise InputError(f"应为一个JSON对象，而不是 {type(facts).__name__}")
    return facts


def dump(value: object) -> str:
    """JSON on one line, Chinese as it is."""
    return _ENCODER.encode(value)


@cache
def _row_text(scale: str, row: str, status: str) -> str:
    item = next(item for item in load_scale(scale).items if item.id == row)
    return dump(render_row(item, status))


def dump_assessment(assessment: Mapping[str, Any]) -> str:
    """`dump` of an assessment, faster: the rows of the tables are written once and kept."""
    scores = assessment["scores"]
    # a marker stands in for the rows; inside a string its quotation marks would be escaped
    text = dump({**assessment, "scores": {name: {**body, "items": name} for name, body in scores.items()}})
    for name, body in scores.items():
        rows = ", ".join([_row_text(name, row["id"], row["status"]) for row in body["items"]])
        text = text.replace(f'"items": "{name}"', f'"items": [{rows}]', 1)
    return text


def assess_line(line: str) -> str:
    """One line of JSON Lines: the assessment, or an object with `error` (and `fact` when one is to blame)."""
    try:
        return dump_assessment(assess(parse_facts(line)))
    except FactError as error:
        return dump({"error": str(error), "fact": error.fact})
    except InputError as error:
        return dump({"error": str(error)})


def _cell(name: str, text: str) -> object:
    """A CSV cell as a fact; what cannot be read is handed on as text for the validation to refuse."""
    word = text.strip()
    low = word.lower()
    spec = FACTS.get(name)
    if spec is None:
        return word
    if low in NULL_WORDS and not (spec.kind == "string" and denies_a_drug(word)):
        return None
    if spec.kind == "string":
        return word
    if spec.kind == "bool":
        return True if low in TRUE_WORDS else False if low in FALSE_WORDS else word
    if spec.kind == "number":
        try:
            return float(word) if "." in word or "e" in low else int(word)
        except ValueError:
            return word
    chosen = {label: key for key, label in (spec.choices or {}).items()}
    return chosen.get(word, low)


def assess_row(row: Mapping[str, str]) -> dict[str, str]:
    """One CSV row: its columns and those of `result_columns`."""
    facts = {
        name: _cell(name, text)
        for name, text in row.items()
        if name not in IDENTIFIERS and text is not None and text.strip()
    }
    result = dict.fromkeys(result_columns(), "")
    try:
        assessment = assess(facts)
    except FactError as error:
        return {**row, **result, "error": str(error)}
    for name, body in assessment["scores"].items():
        for column in SCORE_COLUMNS:
            separator = ".." if column in RANGES else ";"
            result[f"{name}_{column}"] = _plain(body[column], separator)
        if "two_level" in body:
            result[f"{name}_two_level"] = body["two_level"]
    result["advice"] = ";".join(item["code"] for item in assessment["advice"])
    result["provisional"] = _plain(any(item["provisional"] for item in assessment["advice"]))
    result["questions"] = ";".join(assessment["questions"])
    result["content_version"] = assessment["content_version"]
    return {**row, **result}


def _plain(value: Any, separator: str = ";") -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return separator.join(str(entry) for entry in value)
    return str(value)


def result_columns() -> list[str]:
    """The columns that scoring adds to a CSV file."""
    columns = [f"{name}_{column}" for name in SCALE_NAMES for column in SCORE_COLUMNS]
    columns.insert(columns.index("wells_pe_settled"), "wells_pe_two_level")
    return [*columns, "advice", "provisional", "questions", "content_version", "error"]


def _workers() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(function: Callable[[T], R], work: list[T]) -> Iterator[R]:
    """Apply a function to every entry, in order; on every core once it is worth starting them."""
    if len(work) < PARALLEL_FROM or _workers() == 1:
        yield from map(function, work)
        return
    # scoring makes no reference cycles: looking for them would cost a tenth of the time
    with get_context("spawn").Pool(_workers(), initializer=gc.disable) as pool:
        yield from pool.imap(function, work, chunksize=CHUNK)


def read_table(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Header and rows of a CSV file (UTF-8, with or without BOM); InputError when it has none."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="", restkey="多余列")
            reader.fieldnames = [name.strip() for name in reader.fieldnames or []]
            rows = [
                {key: ",".join(v) if isinstance(v, list) else v for key, v in row.items()} for row in reader
            ]
            header = list(reader.fieldnames or [])
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: {error}") from error
    if not header:
        raise InputError(f"{path}: 没有表头")
    if len(set(header)) != len(header):
        raise InputError(f"{path}: 表头有重复的列")
    return header, rows


def write_table(path: Path, header: Iterable[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write a CSV file whole or not at all."""
    columns = list(dict.fromkeys([*header, *result_columns()]))
    partial = path.with_name(f"{path.name}.partial")
    try:
        with partial.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        partial.replace(path)
    except OSError as error:
        raise InputError(f"{path}: {error}") from error
    finally:
        partial.unlink(missing_ok=True)
