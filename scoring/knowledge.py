"""Tables 3 and 4 and the four scales, for display."""

from __future__ import annotations

from typing import Any

from .tables import Tier, points_of, read_toml
from .tables import scale as load_scale


def risk_factors() -> dict[str, Any]:
    """Table 3: groups of risk factors as the consensus lists them."""
    table = read_toml("knowledge")["table3"]
    groups = [{"label": row["label"], "factors": list(row["factors"])} for row in table["group"]]
    return {"title": table["title"], "groups": groups, "source": {"section": "四", "table": 3}}


def drug_relation(drug: str) -> dict[str, Any] | None:
    """P-M: the row of table 4 for a drug (English id or Chinese name); None when the table has no such row.

    `raises` is True, False, or None where the consensus gives no verdict; `text` is its wording.
    """
    for row in read_toml("knowledge")["table4"]:
        if drug in (row["drug"], row["label"], *row.get("aliases", ())):
            return {
                "drug": row["drug"],
                "label": row["label"],
                "raises": row.get("raises"),
                "text": row.get("corrected", row["quote"]),
                "rule": "P-M",
                "source": {"section": "四", "table": 4},
            }
    return None


def drug_relations() -> list[dict[str, Any]]:
    """All rows of table 4 in their order."""
    return [
        found for row in read_toml("knowledge")["table4"] if (found := drug_relation(row["drug"])) is not None
    ]


def _tier(tier: Tier) -> dict[str, Any]:
    bounds = {key: getattr(tier, key) for key in ("at_least", "over", "at_most", "below")}
    limits = {key: value for key, value in bounds.items() if value is not None}
    return {
        "id": tier.id,
        "label": tier.label,
        "rate": tier.rate,
        "quote": tier.quote,
        "declared_gap": tier.declared_gap,
        **limits,
    }


def scale(name: str) -> dict[str, Any]:
    """A scale for display: items, points, cut points and quotations; KeyError for an unknown name."""
    of = load_scale(name)
    items = [
        {
            "id": item.id,
            "label": item.label,
            "points": item.points,
            "group": of.group_labels.get(item.group or ""),
            "facts": list(item.facts),
            "quote": item.quote,
        }
        for item in of.items
    ]
    return {
        "name": of.name,
        "label": of.label,
        "range": [points_of(of.lowest), points_of(of.highest)],
        "items": items,
        "tiers": [_tier(tier) for tier in of.tiers],
        "two_level": [_tier(tier) for tier in of.two_level],
        "profiles": {key: [_tier(tier) for tier in tiers] for key, tiers in of.profiles.items()},
        "note": of.note,
        "source": {"section": of.section, "table": of.table},
    }
