"""An order as it was written, beside the doses of the consensus: the same, or another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .advice import Advice, advise
from .dosing import dose_advice, drug_label
from .tables import read_toml

#: Of a dose by kg the arithmetic has one decimal.
_SAME = 0.05
_INTERVALS = {6: "每日4次", 8: "每日3次", 12: "每日2次", 24: "每日1次", 48: "隔日1次"}


@dataclass(frozen=True, slots=True)
class Order:
    """What is written: an amount, how often, by kg or not; ``unit`` is mg, U, ml or piece."""

    amount: float
    unit: str
    interval_h: int | None = None
    per_kg: bool = False


def order_advice(
    drug: str, order: Order, purpose: str | None, phase: str | None, facts: Mapping[str, object]
) -> list[Advice]:
    """What speaks against the drug, whether the order is a dose of the consensus, and the doses themselves.

    KeyError for an unknown drug, ValueError for an unknown purpose or phase, FactError for bad facts.
    """
    advice = dose_advice(drug, purpose, phase, facts)
    rows = [item for item in advice if item["code"].startswith("DOSE_")]
    if not rows:
        return advice
    same = [item for item in rows if _agrees(item, order)]
    verdict = _verdict(drug, order, rows, same)
    cautions = [item for item in advice if item not in rows and "facts" not in item]
    asks = [item for item in advice if "facts" in item]
    return [*cautions, verdict, *(same or rows), *asks]


def _verdict(drug: str, order: Order, rows: list[Advice], same: list[Advice]) -> Advice:
    written = f"{drug_label(drug)}{_written(order)}"
    drugs = [item["drug"] for item in rows]
    if same:
        often = "" if order.interval_h else "（给药间隔未写明）"
        fits = any(item["modality"] != "reference" for item in same)
        key = "ORDER_AGREES" if fits else "ORDER_AGREES.reference"
        return advise(
            key, drug=drugs[0], order=written, often=often, where=_where(same), source=_source(same[0])
        )
    if all(item["modality"] in ("contraindicated", "avoid") for item in rows):
        return advise("ORDER_AGAINST", drug=drugs[0], order=written, source=_source(rows[0]))
    if why := _not_comparable(order, rows):
        return advise("ORDER_NOT_CHECKED", drug=drugs[0], order=written, why=why, source=_source(rows[0]))
    return advise(
        "ORDER_DIFFERS",
        drug=drugs[0],
        order=written,
        difference=_difference(order, rows),
        source=_source(rows[0]),
    )


def _where(items: list[Advice]) -> str:
    """What the doses are for, as their own lines begin."""
    return "、".join(dict.fromkeys(f"“{item['text'].partition('：')[0]}”" for item in items))


def _source(item: Mapping[str, Any]) -> tuple[str, str, int | None]:
    return item["rule"], item["source"]["section"], item["source"]["table"]


def _not_comparable(order: Order, rows: list[Advice]) -> str:
    """Why nothing can be said of the order, empty where something can."""
    if order.unit in ("ml", "piece"):
        return "共识按mg或U给出剂量，未涉及规格和浓度，请写明mg或U。"
    if all(_by_inr(item) for item in rows):
        return "共识按INR 2.0～3.0调整华法林，不规定毫克数。"
    if all(_row(item).get("unit") not in (None, order.unit) for item in rows):
        return f"共识给出的剂量以{_row(rows[0])['unit']}计，未给出与{order.unit}的换算。"
    if not order.per_kg and any(_per_kg(item) is not None and not item["doses"] for item in rows):
        return "共识按体重给出剂量，缺少实际体重或须个体化，不能核对用量。"
    if not any(item["doses"] for item in rows) and not order.per_kg:
        return "本例的剂量共识未给出。"
    return ""


def _difference(order: Order, rows: list[Advice]) -> str:
    """By how much an order of the same interval differs, else that the interval is another one."""
    lines = []
    for item in rows:
        for dose in item["doses"]:
            if (
                order.per_kg
                or dose["unit"] != order.unit
                or order.interval_h not in (None, dose["interval_h"])
            ):
                continue
            gap = order.amount - dose["amount"]
            more = "多" if gap > 0 else "少"
            lines.append(
                f"按共识为{dose['amount']:g} {dose['unit']}，医嘱{more}{abs(gap):g} {dose['unit']}"
                f"（{abs(gap) / dose['amount']:.1%}）"
            )
    if lines:
        rounding = "；共识未给出取整的规定" if any(_per_kg(item) is not None for item in rows) else ""
        return "；".join(dict.fromkeys(lines)) + rounding
    return "用量与给药间隔的这一组合共识没有给出"


def _agrees(item: Mapping[str, Any], order: Order) -> bool:
    if item["modality"] in ("contraindicated", "avoid"):
        return False
    if order.per_kg:
        per_kg = _row(item)
        return (
            per_kg.get("per_kg") == order.amount
            and per_kg["unit"] == order.unit
            and order.interval_h in (None, per_kg["interval_h"])
        )
    return any(
        abs(dose["amount"] - order.amount) <= _SAME
        and dose["unit"] == order.unit
        and order.interval_h in (None, dose["interval_h"])
        for dose in item["doses"]
    )


def _row(item: Mapping[str, Any]) -> dict[str, Any]:
    """The row of doses.toml that an item was made of."""
    return next(
        row
        for row in read_toml("doses")["dose"]
        if row["code"] == item["code"] and row["rule"] == item["rule"]
    )


def _per_kg(item: Mapping[str, Any]) -> float | None:
    return _row(item).get("per_kg")


def _by_inr(item: Mapping[str, Any]) -> bool:
    return "target_inr" in _row(item)


def _written(order: Order) -> str:
    unit = {"piece": "支（片）"}.get(order.unit, order.unit)
    often = _INTERVALS.get(order.interval_h or 0, "")
    return f" {order.amount:g} {unit}" + ("/kg" if order.per_kg else "") + (f"，{often}" if often else "")
