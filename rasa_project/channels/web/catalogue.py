"""What the widget needs to draw a card: labels, units, cut points, wording of corrections, sections."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from scoring import CONTENT_VERSION, FACTS, FactSpec, drug_relations
from scoring.statements import SECTIONS, entries
from scoring.tables import SCALE_NAMES, Scale, points_of, scale

_HERE = Path(__file__).parent


@cache
def catalogue() -> dict[str, Any]:
    """Facts, scales and the widget's own content, as JSON values."""
    content = _read("content.toml")
    return {
        "content_version": CONTENT_VERSION,
        "consent": content["consent"],
        "examples": content["example"],
        "correction_prefix": _read("corrections.toml")["prefix"],
        "facts": {name: _fact(spec) for name, spec in FACTS.items()},
        "scales": {name: _scale(scale(name)) for name in SCALE_NAMES},
    }


@cache
def section(name: str) -> dict[str, Any] | None:
    """The statements of a section of the consensus and the rows of its tables; None when there is none."""
    if name not in SECTIONS:
        return None
    statements = [{"title": entry.title, "text": entry.text} for entry in entries() if entry.section == name]
    tables = [_table(scale(one)) for one in SCALE_NAMES if scale(one).section == name]
    if name == "四":
        rows = [{"label": row["label"], "text": row["text"]} for row in drug_relations()]
        tables.append({"table": 4, "label": "MM 治疗药物与VTE", "rows": rows})
    return {"section": name, "statements": statements, "tables": tables}


def _fact(spec: FactSpec) -> dict[str, Any]:
    wording = _read("corrections.toml")
    shown: dict[str, Any] = {"label": spec.label, "kind": spec.kind}
    if spec.kind == "number":
        shown |= {"unit": spec.unit or "", "min": spec.minimum, "max": spec.maximum}
    if spec.choices:
        shown["choices"] = dict(spec.choices)
    if spec.name not in wording["own_words"]["facts"]:
        shown["say"] = _sentences(spec, wording["default"], wording["fact"].get(spec.name, {}))
    return shown


def _sentences(spec: FactSpec, default: Mapping[str, str], own: Mapping[str, Any]) -> dict[str, str]:
    """The sentence that states each value: by value, or with ``{value}`` for a number."""
    name = own.get("name", spec.label)
    if spec.kind == "number":
        template = own.get("number", default["number"])
        unit = own.get("unit", spec.unit or "")
        return {"number": template.replace("{name}", name).replace("{unit}", unit)}
    if spec.kind == "choice":
        said = own.get("choice", {})
        return {
            value: said.get(value, default["choice"].format(name=name, value=label))
            for value, label in (spec.choices or {}).items()
        }
    return {
        "true": own.get("yes", default["yes"].format(name=name)),
        "false": own.get("no", default["no"].format(name=name)),
    }


def _scale(of: Scale) -> dict[str, Any]:
    tiers = []
    for tier in of.tiers:
        totals = [points_of(total) for total in of.totals if of.tier_of(total).id == tier.id]
        tiers.append({"id": tier.id, "label": tier.label, "from": totals[0], "to": totals[-1]})
    return {
        "label": of.label,
        "lowest": points_of(of.lowest),
        "highest": points_of(of.highest),
        "tiers": tiers,
        "two_level": [{"id": tier.id, "label": tier.label} for tier in of.two_level],
    }


def _table(of: Scale) -> dict[str, Any]:
    rows = [{"label": item.label, "text": f"{item.points:+g}分"} for item in of.items]
    rows += [{"label": tier.label, "text": tier.quote} for tier in of.tiers if tier.quote]
    return {"table": of.table, "label": of.label, "rows": rows}


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))
