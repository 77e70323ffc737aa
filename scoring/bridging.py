"""From LMWH to warfarin: whether both conditions of the consensus are met, and what is given until then."""

from __future__ import annotations

from collections.abc import Mapping

from .advice import Advice, advise, ask
from .closure import Case, close_case
from .dosing import dose, dose_advice
from .treatment import BRIDGE, BRIDGE_DAYS, BRIDGE_INR


def bridge_advice(facts: Mapping[str, object], *, stopping: bool = False) -> list[Advice]:
    """T4: the rule, its state on the day and INR that are known, and the LMWH dose by weight.

    ``stopping``: it is asked whether LMWH can be stopped, so that what is unknown is asked for.
    """
    case = close_case(facts)
    rule = dose_advice("warfarin", "treatment", None, facts)
    days, inr = case.number("lmwh_days"), case.number("inr")
    lmwh = _lmwh_by_weight(case)
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


def _lmwh_by_weight(case: Case) -> list[Advice]:
    weight = case.number("weight_kg")
    given = [found | {"days": None} for identity in BRIDGE if (found := dose(identity, weight))]
    if not given or case.true("active_bleeding") or case.true("anticoagulation_contraindicated"):
        return []
    enoxaparin, dalteparin = (str(one["formula"]) for one in given)
    return [advise("BRIDGE.lmwh", doses=given, enoxaparin=enoxaparin, dalteparin=dalteparin)]
