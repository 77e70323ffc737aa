"""The file of statements: what it may hold, and what keeps it from loading."""

from __future__ import annotations

from typing import Any

import pytest

from scoring import drug_relations
from scoring.statements import Entry, KnowledgeError, entries

ENTRY = {"id": "one", "title": "何为一", "keys": ["一"], "text": "一。", "section": "一"}
OTHER = {"id": "two", "title": "何为二", "keys": ["二"], "text": "二。", "section": "六"}


def load(monkeypatch: pytest.MonkeyPatch, *rows: dict[str, Any]) -> tuple[Entry, ...]:
    """What a file with these entries gives."""
    monkeypatch.setattr("scoring.statements._document", lambda: {"entry": list(rows)})
    return entries.__wrapped__()


def test_an_entry_has_its_questions_its_place_and_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = load(monkeypatch, ENTRY, OTHER | {"table": 6, "silent": True})
    assert one == Entry("one", "何为一", ("一",), "一。", "一", table=None, rows=None, silent=False)
    assert one.questions == ("何为一", "一") and one.answer == "一。"
    assert (two.table, two.silent) == (6, True)


def test_the_rows_of_table_4_belong_to_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    (one,) = load(monkeypatch, ENTRY | {"table": 4, "rows": "table4"})
    lines = one.answer.split("\n")
    assert lines[0] == "一。" and len(lines) == 12
    assert lines[1] == f"· {drug_relations()[0]['label']}：{drug_relations()[0]['text']}"


@pytest.mark.parametrize("field", ["id", "title", "keys", "text", "section"])
def test_an_entry_without_a_field_does_not_load(monkeypatch: pytest.MonkeyPatch, field: str) -> None:
    row = {key: value for key, value in ENTRY.items() if key != field}
    with pytest.raises(KnowledgeError, match=rf"^{'[?]' if field == 'id' else 'one'}: missing .*'{field}'"):
        load(monkeypatch, row)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"dose": "40 mg"}, r"^one: unknown fields \['dose'\]$"),
        ({"section": "七"}, "^one: unknown section '七'$"),
        ({"table": 0}, "^one: there is no table 0$"),
        ({"table": 7}, "^one: there is no table 7$"),
        ({"rows": "table5"}, "^one: unknown rows 'table5'$"),
    ],
)
def test_an_entry_with_a_wrong_field_does_not_load(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], message: str
) -> None:
    with pytest.raises(KnowledgeError, match=message):
        load(monkeypatch, OTHER, ENTRY | change)


@pytest.mark.parametrize("table", [1, 6])
def test_tables_1_to_6_exist(monkeypatch: pytest.MonkeyPatch, table: int) -> None:
    assert load(monkeypatch, ENTRY | {"table": table})[0].table == table


@pytest.mark.parametrize("change", [{"title": "一"}, {"keys": ["何为一"]}])
def test_a_question_belongs_to_one_entry(monkeypatch: pytest.MonkeyPatch, change: dict[str, Any]) -> None:
    with pytest.raises(KnowledgeError, match=r"^two: '.*一' already belongs to one$"):
        load(monkeypatch, ENTRY, OTHER | change)


def test_an_id_belongs_to_one_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(KnowledgeError, match=r"^an id is used twice$"):
        load(monkeypatch, ENTRY, OTHER | {"id": "one"})
