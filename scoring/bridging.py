"""From LMWH to warfarin: whether both conditions of the consensus are met, and what is given until then."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from .advice import Advice, advise, ask, silent
from .closure import Case, close_case
from .dosing import dose, dose_advice, dose_row
from .renal import severe
from .standing import standing
from .treatment import BRIDGE, BRIDGE_DAYS, BRIDGE_INR


def bridge_advice(
    facts: Mapping[str, object], special: Collection[str] = (), *, stopping: bool = False
) -> list[Advice]:
    """T4: the rule, its state on the day and INR that are known, and the LMWH dose by weight.

    ``special``: ids of special.toml, what the consensus does not cover; ``stopping``: it is asked whether
    LMWH can be stopped, so that what is unknown is asked for.
    """
    case = close_case(facts)
    rule = dose_advice("warfarin", "treatment", None, facts, special)
    days, inr = case.number("lmwh_days"), case.number("inr")
    lmwh = _lmwh_by_weight(case, special)
    if case.true("active_bleeding") or (not stopping and days is None and inr is None):
        return [*rule, *lmwh]
    shown = [item for item in rule if "facts" not in item and item["code"] != "SILENT"]
    state = t4_state(days, inr)
    until_then = lmwh if state["modality"] != "option" else []
    return [state, *shown, *until_then, *_open(days, inr)]


def t4_state(days: float | None, inr: float | None) -> Advice:
    """T4, A36: at least 5 days of LMWH and an INR of at least 2.0, both."""
    known = [met for met in (_met(days, BRIDGE_DAYS), _met(inr, BRIDGE_INR)) if met is not None]
    key = "no" if False in known else "yes" if len(known) == 2 else "open"
    return advise(
        f"BRIDGE.{key}",
        days="未提供" if days is None else f"第{days:g}天{_mark(_met(days, BRIDGE_DAYS))}",
        inr="未提供" if inr is None else f"{inr:g}{_mark(_met(inr, BRIDGE_INR))}",
    )


def _met(value: float | None, needed: float) -> bool | None:
    return None if value is None else value >= needed


def _mark(met: bool | None) -> str:
    return "（已满足）" if met else "（未满足）"


def _open(days: float | None, inr: float | None) -> list[Advice]:
    missing = [name for name, value in (("lmwh_days", days), ("inr", inr)) if value is None]
    return [ask(missing, "两项条件须同时满足", rule="T4")] if missing else []


def _lmwh_by_weight(case: Case, special: Collection[str]) -> list[Advice]:
    """LMWH by weight until then, as far as it stands for this patient (A35, A45, T11)."""
    rows = [dose_row(identity) for identity in BRIDGE]
    stands = [standing(row, case, None, special) for row in rows]
    given = [found | {"days": None} for row in rows if (found := dose(row["id"], case.number("weight_kg")))]
    if not given or not all(one.amounts and one.wording for one in stands):
        return []
    enoxaparin, dalteparin = (str(one["formula"]) for one in given)
    item = advise("BRIDGE.lmwh", doses=given, enoxaparin=enoxaparin, dalteparin=dalteparin)
    item["modality"] = stands[0].modality
    item["text"] += "".join(dict.fromkeys(one.says for one in stands))
    silence = [silent("GFR<30时LMWH治疗剂量调整", "T11", "六")] if severe(case) else []
    return [*silence, item]
