"""The tables as data: the paper's arithmetic, its rows and its words."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from scoring.conditions import Condition
from scoring.tables import SCALE_NAMES, TableError, build_scale, fact_rows, read_toml, scale

CONSENSUS = Path(__file__).parents[2].parent / "shared" / "clinical" / "consensus-2022.txt"

COLUMNS = {
    "mm_vte": [6, 5, 5, 4, 4, 3, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 4, 4, 2, 3, 2, 2, 1],
    "bleeding": [4.5, 4, 4, 3.5, 2.5, 2.5, 2.5, 2, 2, 2, 1.5, 1, 1],
    "wells_dvt": [1, 1, 1, 1, 1, 1, 1, 1, 1, -2],
    "wells_pe": [3, 3, 1.5, 1.5, 1.5, 1, 1],
}


@pytest.mark.parametrize("name", SCALE_NAMES)
def test_points_stand_in_the_order_of_the_paper(name: str) -> None:
    assert [item.points for item in scale(name).items] == COLUMNS[name]


@pytest.mark.parametrize(
    ("name", "lowest", "highest"),
    [("mm_vte", 0, 58), ("bleeding", 0, 30.5), ("wells_dvt", -2, 9), ("wells_pe", 0, 12.5)],
)
def test_range_of_each_scale(name: str, lowest: float, highest: float) -> None:
    assert (scale(name).lowest / 2, scale(name).highest / 2) == (lowest, highest)


def test_a02_attainable_totals_of_wells_pe() -> None:
    expected = [0, 1, *(n / 2 for n in range(3, 24)), 12.5]
    assert [total / 2 for total in scale("wells_pe").totals] == expected


def test_mm_vte_totals_are_integers_without_gap() -> None:
    assert [total / 2 for total in scale("mm_vte").totals] == list(range(59))


@pytest.mark.parametrize("name", SCALE_NAMES)
def test_only_the_declared_gap_is_a_gap(name: str) -> None:
    gaps = [total / 2 for total in scale(name).totals if scale(name).tier_of(total).declared_gap]
    assert gaps == ([1.5] if name == "wells_pe" else [])


def changed(name: str, change: dict[str, Any], row: int, table: str = "item") -> dict[str, Any]:
    raw = copy.deepcopy(read_toml(name))
    raw[table][row] |= change
    return raw


@pytest.mark.parametrize(
    ("name", "change", "row", "table"),
    [
        ("mm_vte", {"points": 7}, 0, "item"),
        ("bleeding", {"points": 4}, 0, "item"),
        ("wells_dvt", {"points": -1}, 9, "item"),
        ("wells_pe", {"points": 2}, 0, "item"),
        ("mm_vte", {"points": 4.25}, 3, "item"),
        ("mm_vte", {"at_most": 7}, 1, "tier"),
        ("bleeding", {"at_least": 6}, 1, "tier"),
        ("wells_pe", {"below": 1.5}, 1, "tier"),
        ("wells_pe", {"at_most": 4.5}, 0, "two_level"),
    ],
)
def test_a_wrong_table_does_not_load(name: str, change: dict[str, Any], row: int, table: str) -> None:
    with pytest.raises(TableError):
        build_scale(changed(name, change, row, table), fact_rows())


@pytest.mark.parametrize(
    ("name", "change", "row", "table", "message"),
    [
        ("mm_vte", {"points": 4.25}, 0, "item", "inherited_thrombophilia: 4.25 is not a multiple of half"),
        (
            "mm_vte",
            {"points": 7},
            0,
            "item",
            r"mm_vte: totals run over \[0, 59\], the paper's over \[0, 58\]",
        ),
        ("mm_vte", {"at_most": 7}, 1, "tier", "mm_vte: 8.0 points belong to no tier"),
        ("mm_vte", {"at_most": 9}, 1, "tier", r"mm_vte: 9.0 points belong to \['low', 'high'\]"),
    ],
)
def test_the_error_of_a_wrong_table_says_where_it_is_wrong(
    name: str, change: dict[str, Any], row: int, table: str, message: str
) -> None:
    with pytest.raises(TableError, match=f"^{message}"):
        build_scale(changed(name, change, row, table), fact_rows())


def test_a_wrong_group_maximum_does_not_load() -> None:
    raw = copy.deepcopy(read_toml("mm_vte"))
    raw["group_max"]["treatment"] = 17
    with pytest.raises(TableError, match=r"^mm_vte: treatment reaches 16.0, not 17$"):
        build_scale(raw, fact_rows())


def test_a_wrong_profile_does_not_load() -> None:
    raw = copy.deepcopy(read_toml("wells_dvt"))
    raw["profile"]["wells2003"][1]["at_least"] = 3
    with pytest.raises(TableError, match=r"^wells_dvt: 2.0 points belong to no tier"):
        build_scale(raw, fact_rows())


def test_a_condition_with_an_unknown_comparison_does_not_load() -> None:
    with pytest.raises(ValueError, match=r"^unknown comparison in 'age_years ~ 60'$"):
        Condition.parse("age_years ~ 60")


def quotations() -> list[tuple[str, str]]:
    found = [(name, item.quote) for name in SCALE_NAMES for item in scale(name).items]
    found += [
        (name, t.quote)
        for name in SCALE_NAMES
        for t in (*scale(name).tiers, *scale(name).two_level)
        if t.quote
    ]
    found += [(row["id"], row["quote"]) for row in read_toml("doses")["dose"]]
    found += [(f"table 4 {row['drug']}", row["quote"]) for row in read_toml("knowledge")["table4"]]
    found += [
        ("table 3", factor) for g in read_toml("knowledge")["table3"]["group"] for factor in g["factors"]
    ]
    return found


def squeeze(text: str) -> str:
    """Without blanks, line breaks and bracketed citations, which the PDF extraction put anywhere."""
    plain = "".join(text.split())
    for opening, closing in ("[]", "［］"):
        while opening in plain:
            start = plain.index(opening)
            plain = plain[:start] + plain[plain.index(closing, start) + 1 :]
    return plain


@pytest.mark.skipif(not CONSENSUS.exists(), reason="the consensus is not at hand")
def test_every_quotation_stands_in_the_consensus() -> None:
    text = squeeze(CONSENSUS.read_text(encoding="utf-8"))
    missing = [(where, quote) for where, quote in quotations() if squeeze(quote) not in text]
    assert missing == []
