"""The statements of the consensus as data: what it says, where, and what it leaves open."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .knowledge import drug_relations

_FILE = Path(__file__).parent / "data" / "statements.toml"
SECTIONS = frozenset({"前言", "一", "二", "三", "四", "五（一）", "五（二）", "五（三）", "六"})
_FIELDS = {"id", "title", "keys", "text", "section", "table", "rows", "silent"}


class KnowledgeError(ValueError):
    """An entry lacks a field, has an unknown one, or repeats another's id or question."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement: the question it answers, the answer, and its place in the consensus.

    ``table`` is 1–6 or None; ``rows`` names the table whose rows belong to the answer, or None;
    ``silent`` is true when the answer is that the consensus gives no rule.
    """

    id: str
    title: str
    keys: tuple[str, ...]
    text: str
    section: str
    table: int | None = None
    rows: str | None = None
    silent: bool = False

    @property
    def questions(self) -> tuple[str, ...]:
        """Every known way to ask for this entry."""
        return (self.title, *self.keys)

    @property
    def answer(self) -> str:
        """The whole answer: the text, and the rows of the table that belong to it, one a line."""
        rows = [f"· {row['label']}：{row['text']}" for row in drug_relations()] if self.rows else []
        return "\n".join([self.text, *rows])


@cache
def entries() -> tuple[Entry, ...]:
    """Every entry of ``data/statements.toml``. Raises KnowledgeError when the file is inconsistent."""
    return _checked(_document()["entry"])


@cache
def synonyms() -> tuple[tuple[str, str], ...]:
    """Lower-case word → the word the questions use, the longest word first."""
    return tuple(sorted(_document()["synonyms"].items(), key=lambda pair: (-len(pair[0]), pair[0])))


@cache
def anchors() -> tuple[str, ...]:
    """Lower-case words that the answer must share with the question."""
    return tuple(_document()["anchors"])


@cache
def _document() -> Mapping[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def _checked(raw: list[Mapping[str, Any]]) -> tuple[Entry, ...]:
    made: list[Entry] = []
    asked: dict[str, str] = {}
    for fields in raw:
        name = fields.get("id", "?")
        if unknown := set(fields) - _FIELDS:
            raise KnowledgeError(f"{name}: unknown fields {sorted(unknown)}")
        if missing := {"id", "title", "keys", "text", "section"} - set(fields):
            raise KnowledgeError(f"{name}: missing fields {sorted(missing)}")
        entry = Entry(**{**fields, "keys": tuple(fields["keys"])})
        if entry.section not in SECTIONS:
            raise KnowledgeError(f"{name}: unknown section {entry.section!r}")
        if entry.table is not None and entry.table not in range(1, 7):
            raise KnowledgeError(f"{name}: there is no table {entry.table}")
        if entry.rows not in {None, "table4"}:
            raise KnowledgeError(f"{name}: unknown rows {entry.rows!r}")
        for question in entry.questions:
            if question in asked:
                raise KnowledgeError(f"{name}: {question!r} already belongs to {asked[question]}")
            asked[question] = name
        made.append(entry)
    if len({entry.id for entry in made}) != len(made):
        raise KnowledgeError("an id is used twice")
    return tuple(made)
