"""What differs between two assessments, for a comparison card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .facts import FACTS

Assessment = Mapping[str, Any]
ABSENT = "absent"


def _facts(a: Assessment, b: Assessment) -> list[dict[str, Any]]:
    found = []
    for name, spec in FACTS.items():
        before, after = a["facts"].get(name, ABSENT), b["facts"].get(name, ABSENT)
        if before != after:
            found.append(
                {"kind": "fact", "fact": name, "label": spec.label, "before": before, "after": after}
            )
    return found


def _items(name: str, before: Assessment, after: Assessment) -> list[dict[str, Any]]:
    pairs = zip(before["items"], after["items"], strict=True)
    return [
        {
            "kind": "item",
            "scale": name,
            "id": old["id"],
            "label": old["label"],
            "points": old["points"],
            "before": old["status"],
            "after": new["status"],
        }
        for old, new in pairs
        if old["status"] != new["status"]
    ]


def _scores(a: Assessment, b: Assessment) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for name in dict.fromkeys([*a["scores"], *b["scores"]]):
        before, after = a["scores"].get(name), b["scores"].get(name)
        label = (before or after)["label"]
        if before is None or after is None:
            shown = [
                {"points": s["points"], "tier": s["tier"], "range": s["range"]} if s else None
                for s in (before, after)
            ]
            found.append(
                {"kind": "score", "scale": name, "label": label, "before": shown[0], "after": shown[1]}
            )
            continue
        found += _items(name, before, after)
        for key in ("points", "range", "tier", "tier_range", "settled", "two_level"):
            if before.get(key) != after.get(key):
                found.append(
                    {
                        "kind": key,
                        "scale": name,
                        "label": label,
                        "before": before.get(key),
                        "after": after.get(key),
                    }
                )
    return found


def _codes(assessment: Assessment) -> dict[tuple[str, str], str]:
    return {(item["code"], item["modality"]): item["text"] for item in assessment["advice"]}


def _advice(a: Assessment, b: Assessment) -> list[dict[str, Any]]:
    before, after = _codes(a), _codes(b)
    gone = [("removed", key, before[key]) for key in before if key not in after]
    new = [("added", key, after[key]) for key in after if key not in before]
    return [
        {"kind": "advice", "change": change, "code": code, "modality": modality, "text": text}
        for change, (code, modality), text in gone + new
    ]


def differences(a: Assessment, b: Assessment) -> list[dict[str, Any]]:
    """What changes from assessment `a` to `b`: facts, items, points and tiers by scale, advice by code.

    Each entry has a `kind`: fact | item | score | points | range | tier | tier_range | settled | two_level
    (with `before` and `after`) or advice (with `change` added | removed).
    """
    return _facts(a, b) + _scores(a, b) + _advice(a, b)
