"""Advice items as the contract shows them, worded from data/advice.toml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .facts import FACTS
from .tables import read_toml

Advice = dict[str, Any]

ASK_CODES = {
    "dexamethasone_mg_per_cycle": "ASK_DEX",
    "gfr": "ASK_GFR",
    "platelets_e9_l": "ASK_PLT",
    "active_bleeding": "ASK_BLEEDING",
    "bleeding_within_3_months": "ASK_BLEEDING",
    "weight_kg": "ASK_WEIGHT",
    "active_cancer": "ASK_ACTIVE_CANCER",
    "alternative_diagnosis_as_likely_as_dvt": "ASK_ALT_DX",
    "inherited_thrombophilia": "ASK_THROMBOPHILIA",
    "bmi": "ASK_BMI",
    "anticoagulation_contraindicated": "ASK_CONTRAINDICATION",
    "months_on_prophylaxis": "ASK_MONTHS",
    "vte_event": "ASK_DVT_SITE",
}
ASK_SECTIONS = {"A06": "二", "A28": "五（三）", "A32": "五（三）", "U4": "五（三）", "A22": "五（二）"}


def _source(section: str, table: int | None) -> dict[str, Any]:
    return {"section": section, "table": table}


def advise(
    key: str,
    *,
    modality: str | None = None,
    doses: Iterable[Mapping[str, Any]] = (),
    provisional: bool = False,
    code: str | None = None,
    drug: str | None = None,
    source: tuple[str, str, int | None] | None = None,
    **fields: str,
) -> Advice:
    """One advice item from its wording; `source` replaces rule, section and table, `fields` fill the text."""
    row = read_toml("advice")[key]
    if source is None:
        source = row["rule"].format(**fields), row["section"], row.get("table")
    rule, section, table = source
    return {
        "code": code or row.get("code") or key.partition(".")[0],
        "modality": modality or row["modality"],
        "provisional": provisional,
        "text": row["text"].format(**fields),
        "drug": drug or row.get("drug"),
        "doses": [dict(dose) for dose in doses],
        "rule": rule,
        "source": _source(section, table),
    }


def silent_sentence(situation: str) -> str:
    """The fixed sentence for what the consensus does not say."""
    return str(read_toml("advice")["silent"]).replace("{情形}", situation)


def silent(situation: str, rule: str, section: str, *, drug: str | None = None) -> Advice:
    """An advice item that says that the consensus is silent."""
    text = silent_sentence(situation)
    return advise("SILENT", drug=drug, source=(rule, section, None), silent=text)


def ask(facts: Iterable[str], why: str, *, code: str | None = None, rule: str = "A40") -> Advice:
    """An advice item that asks for facts; its code follows from the first."""
    names = list(facts)
    question = "".join(FACTS[name].question for name in names)
    chosen = code or ASK_CODES.get(names[0], f"ASK_{names[0].upper()}")
    source = (rule, ASK_SECTIONS.get(rule, "六" if rule.startswith("T") else "五（一）"), None)
    item = advise("ASK", code=chosen, source=source, question=question, why=why)
    item["facts"] = names
    return item
