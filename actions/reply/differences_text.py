"""The differences between two assessments, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from actions import labels
from actions.wording import load, say


def change_lines(differences: Iterable[Mapping[str, Any]]) -> list[str]:
    """Facts with old and new value, scores with old and new points and tier; advice is in the card."""
    found = list(differences)
    lines = [_fact(one) for one in found if one["kind"] == "fact"]
    for scale in dict.fromkeys(one["scale"] for one in found if one["kind"] in ("points", "tier")):
        changed = {one["kind"]: one for one in found if one.get("scale") == scale}
        parts = []
        if "points" in changed:
            before, after = changed["points"]["before"], changed["points"]["after"]
            parts.append(say("changes.points", before=labels.points(before), after=labels.points(after)))
        if "tier" in changed:
            before, after = changed["tier"]["before"], changed["tier"]["after"]
            names = (labels.tier_name(scale, before), labels.tier_name(scale, after))
            parts.append(say("changes.tier", before=names[0], after=names[1]))
        lines.append(labels.score_name(scale) + "，".join(parts))
    return lines


def _fact(one: Mapping[str, Any]) -> str:
    return say(
        "changes.fact",
        label=one["label"],
        before=_value(one["fact"], one["before"]),
        after=_value(one["fact"], one["after"]),
    )


def _value(fact: str, value: Any) -> str:
    if value == "absent":
        return str(load("wording.toml")["values"]["absent"])
    return labels.value_name(fact, value)
