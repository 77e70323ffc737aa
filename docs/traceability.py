"""Write docs/traceability.md: every rule and anomaly of the clinical decisions, its code and its tests.

Run ``python docs/traceability.py``; ``--check`` exits 1 when the file is not what the sources say, or when
an id has no code or no test.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "traceability.md"
CODE = ("scoring", "actions", "rasa_project")
TESTS = ("tests",)
SUFFIXES = (".py", ".toml", ".yml", ".yaml")

IDS = (
    *(f"A{number:02}" for number in range(1, 47)),
    *(f"D{number}" for number in range(1, 8)),
    *("P0", "P1", "P1r", "P2", "P2s", "P3", "P3s"),
    *(f"P-B{number}" for number in range(1, 5)),
    *(f"P-P{number}" for number in range(1, 4)),
    *("P-M", "P-T"),
    *(f"U{number}" for number in range(1, 9)),
    *("T0", "T1", "T2", "T3a", "T3b", "T4", "T5", "T6", "T7", "T8", "T9", "T10", "T11"),
)
ID = re.compile(
    r"(?<![A-Za-z0-9_-])("
    + "|".join(sorted(map(re.escape, IDS), key=len, reverse=True))
    + r")(?![A-Za-z0-9])"
)
FUNCTION = re.compile(r"\s*(?:async )?def (\w+)")
IN_NAMES = {rule.lower().replace("-", "_"): rule for rule in IDS}
NAME_ID = re.compile(r"(?<![a-z0-9])(" + "|".join(sorted(IN_NAMES, key=len, reverse=True)) + r")(?![a-z0-9])")
SHOWN = 4


def places(folders: tuple[str, ...]) -> dict[str, list[str]]:
    """For each id, where it stands: ``file: definition`` for Python, ``file`` for data."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for path in _files(folders):
        text = path.read_text(encoding="utf-8")
        owner = _definitions(text) if path.suffix == ".py" else {}
        for number, line in enumerate(text.splitlines(), 1):
            for rule in _ids(line):
                name = owner.get(number)
                place = path.relative_to(ROOT).as_posix() + (f": {name}" if name else "")
                found[rule][place] = None
    return {rule: list(where) for rule, where in found.items()}


def _ids(line: str) -> list[str]:
    """The ids on a line; in a function's name `a01`, `p_b2` and `t3a` stand for A01, P-B2 and T3a."""
    found = [match[1] for match in ID.finditer(line)]
    if name := FUNCTION.match(line):
        found += [IN_NAMES[match[1]] for match in NAME_ID.finditer(name[1])]
    return found


def _files(folders: tuple[str, ...]) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in SUFFIXES and "__pycache__" not in path.parts:
                yield path


def _definitions(source: str) -> dict[int, str]:
    """The innermost function or class of each line."""
    owner: dict[int, str] = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for line in range(node.lineno, (node.end_lineno or node.lineno) + 1):
                owner[line] = node.name
    return owner


def render() -> tuple[str, list[str]]:
    """The table as markdown, and the ids that lack code or a test."""
    code, tests = places(CODE), places(TESTS)
    lines = [
        "# Traceability",
        "",
        "Every anomaly (A), diagnosis (D), prophylaxis (P), duration (U) and treatment (T) rule of the",
        "clinical decisions, where it is implemented and where it is tested. Written by",
        "`python docs/traceability.py`; a test fails when this file is out of date or a line is empty.",
        "",
        "| id | code | tests |",
        "|---|---|---|",
    ]
    missing = []
    for rule in IDS:
        in_code, in_tests = code.get(rule, []), tests.get(rule, [])
        if not in_code or not in_tests:
            missing.append(rule)
        lines.append(f"| {rule} | {_cell(in_code)} | {_cell(in_tests)} |")
    return "\n".join(lines) + "\n", missing


def _cell(where: list[str]) -> str:
    """At most SHOWN places: functions and data before whole modules, a module only where nothing in it is."""
    inside = {place.partition(":")[0] for place in where if ": " in place}
    places = [place for place in where if ": " in place or place not in inside]
    more = f"<br>+{len(places) - SHOWN}" if len(places) > SHOWN else ""
    return "<br>".join(f"`{place}`" for place in places[:SHOWN]) + more


def main() -> int:
    """Write the table, or with --check compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    table, missing = render()
    if missing:
        print("without code or test:", ", ".join(missing), file=sys.stderr)
    if not check:
        TABLE.write_text(table, encoding="utf-8")
        return 0
    stale = not TABLE.exists() or TABLE.read_text(encoding="utf-8") != table
    if stale:
        print("docs/traceability.md is out of date: run python docs/traceability.py", file=sys.stderr)
    return 1 if stale or missing else 0


if __name__ == "__main__":
    sys.exit(main())
