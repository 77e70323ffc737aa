"""Doses: the consensus's own amounts, by kg of actual body weight where it says so, with the arithmetic."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from .advice import Advice, advise, ask, silent, silent_sentence
from .closure import Case, close_case
from .facts import names_a_drug
from .renal import gfr_text, insufficient, known, moderate, renal_flags, severe
from .scores import Score, score
from .standing import HEPARINS, TIER_LABELS, special_kinds, special_silent, standing
from .tables import read_toml

WEIGHT_LIMITS_KG = (40, 120)
DALTEPARIN_LABEL_MAXIMUM_U = 18000
PURPOSE_LABELS = {"prophylaxis": "预防", "treatment": "治疗"}


def dose_row(identity: str) -> dict[str, Any]:
    """One row of doses.toml by its id."""
    return next(row for row in read_toml("doses")["dose"] if row["id"] == identity)


def dose_drugs() -> tuple[str, ...]:
    """The drugs that a dose can be asked for, those without a dose in the consensus included."""
    return tuple(read_toml("doses")["drug"])


def first_phase_days(drug: str) -> int | None:
    """How long the first phase of treatment with a drug lasts; ``None`` where there is only one."""
    members = read_toml("doses")["drug"][drug].get("members", [drug])
    days = [row["days"] for row in read_toml("doses")["dose"] if row["drug"] in members and "days" in row]
    return days[0] if days else None


def quote_of(code: str, rule: str) -> str:
    """The words of the consensus that a dose is taken from; empty for what is no dose."""
    rows = read_toml("doses")["dose"]
    return next((row["quote"] for row in rows if (row["code"], row["rule"]) == (code, rule)), "")


def drug_label(drug: str) -> str:
    """Chinese name of a drug that a dose can be asked for; KeyError for another."""
    return str(read_toml("doses")["drug"][drug]["label"])


def _amount(per_kg: float, weight_kg: float) -> float | int:
    """Product to one decimal, halves up, from decimal digits."""
    exact = Decimal(str(per_kg)) * Decimal(str(weight_kg))
    rounded = float(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))
    return int(rounded) if rounded.is_integer() else rounded


def dose(identity: str, weight_kg: float | None = None) -> dict[str, Any] | None:
    """A dose with its amount; by kg exact to one decimal with the formula, None without a weight."""
    row = dose_row(identity)
    if "target_inr" in row:
        return None
    result = {"amount": row.get("amount"), "unit": row["unit"], "interval_h": row["interval_h"]}
    result |= {"days": row.get("days"), "formula": None}
    if "per_kg" in row:
        if weight_kg is None:
            return None
        result["amount"] = _amount(row["per_kg"], weight_kg)
        unit = row["unit"]
        result["formula"] = f"{row['per_kg']:g} {unit}/kg × {weight_kg:g} kg = {result['amount']} {unit}"
    return result


def doses(identities: tuple[str, ...], weight_kg: float | None) -> list[dict[str, Any]]:
    """The doses that can be given as amounts."""
    return [found for found in (dose(identity, weight_kg) for identity in identities) if found is not None]


def dose_text(identities: tuple[str, ...], weight_kg: float | None) -> str:
    """The consensus's wording of the doses, each with its arithmetic where a weight is known."""
    parts = []
    for identity in identities:
        row, found = dose_row(identity), dose(identity, weight_kg)
        arithmetic = f"（{found['formula']}）" if found and found["formula"] else ""
        parts.append(row["wording"] + arithmetic)
    return "；".join(parts)


def weight_warnings(identities: tuple[str, ...], weight_kg: float | None) -> str:
    """What must be said about a dose by kg: an extreme or missing weight, the label's cap (A34)."""
    rows = [dose_row(identity) for identity in identities]
    if not any("per_kg" in row for row in rows):
        return ""
    if weight_kg is None:
        return "缺少实际体重，不计算具体剂量。"
    text = ""
    low, high = WEIGHT_LIMITS_KG
    if not low <= weight_kg <= high:
        text += f"体重{weight_kg:g} kg在40～120 kg之外，共识未给出体重上下限，请核对。"
    if any(r["drug"] == "dalteparin" and r["per_kg"] * weight_kg > DALTEPARIN_LABEL_MAXIMUM_U for r in rows):
        text += "超过说明书单日上限18000 U（共识未写）。"
    return text


def _matching(drug: str, purpose: str | None, phase: str | None) -> list[dict[str, Any]]:
    rows = [row for row in read_toml("doses")["dose"] if row["drug"] == drug]
    if purpose is not None:
        rows = [row for row in rows if row["purpose"] == purpose]
    if phase is not None:
        rows = [row for row in rows if row.get("phase", phase) == phase]
    return rows


def _before_therapeutic_prevention(row: Mapping[str, Any], case: Case) -> list[str]:
    """A27: what must be known before the dose of treatment is reckoned for prevention."""
    if row["purpose"] != "prophylaxis" or row.get("tier") != "very_high":
        return []
    open_facts = [fact for fact in ("platelets_e9_l", "active_bleeding") if case.unknown(fact)]
    return open_facts + ([] if known(case) else ["gfr"])


def _dose_item(
    row: Mapping[str, Any], case: Case, tier: str | None, special: Collection[str], *, asked: bool = False
) -> Advice:
    weight, identities = case.number("weight_kg"), (row["id"],)
    stands = standing(row, case, tier, special)
    amounts = doses(identities, weight) if stands.amounts else []
    open_facts = _before_therapeutic_prevention(row, case) if asked else []
    amounts = [] if open_facts else amounts
    where = PURPOSE_LABELS[row["purpose"]]
    if "tier" in row:
        where = f"{TIER_LABELS[row['tier']]}{where}"
    wording = row["wording"] if stands.wording else read_toml("doses")["standing"]["withheld"]
    if amounts and amounts[0]["formula"]:
        wording += f"（{amounts[0]['formula']}）"
    extra = weight_warnings(identities, weight) if stands.wording else ""
    extra += _beside_target(row, case)
    return advise(
        "DOSE",
        code=row["code"],
        modality=stands.modality,
        doses=amounts,
        drug=row["drug"],
        source=(row["rule"], row["section"], None),
        name=drug_label(row["drug"]),
        purpose=where,
        dose=wording,
        warnings=extra + stands.says,
    )


def _beside_target(row: Mapping[str, Any], case: Case) -> str:
    """That the INR of a patient on warfarin lies beside its target."""
    inr, target = case.number("inr"), row.get("target_inr")
    if target is None or inr is None or case.false("on_warfarin"):
        return ""
    low, high = target
    key = "inr_low" if inr < low else "inr_high" if inr > high else None
    return str(read_toml("doses")["standing"][key]).format(inr=f"{inr:g}") if key else ""


def _of_an_open_tier(items: list[Advice], rows: list[dict[str, Any]], result: Score) -> None:
    """Doses of another tier than the one reckoned so far say so (A40)."""
    if result.settled or not result.points or result.tier == "none":
        return
    for item, row in zip(items, rows, strict=True):
        of = row.get("tier")
        if of and of != result.tier and item["modality"] == "option" and row["drug"] != "warfarin":
            span = "～".join(TIER_LABELS.get(tier, "低于6分") for tier in (result.tiers[0], result.tiers[-1]))
            item["text"] += str(read_toml("doses")["standing"]["tier_open"]).format(
                tier=TIER_LABELS[result.tier], tiers=span, of=TIER_LABELS[of]
            )


def _cautions(drugs: list[str], purposes: set[str], case: Case) -> list[Advice]:
    """Kidney, platelets and bleeding as they bear on the drugs asked for."""
    items: list[Advice] = []
    platelets = case.number("platelets_e9_l")
    if case.true("active_bleeding"):
        items.append(advise("CONTRA_ACTIVE_BLEED"))
    elif case.undetermined("active_bleeding"):
        items.append(advise("CONTRA_BLEED_OPEN"))
    if platelets is not None and platelets < 50:
        items.append(advise("PLT_INDIVIDUALIZE", value=f"{platelets:g}"))
    elif platelets == 50:
        items.append(advise("PLT_BOUNDARY_50"))
    heparins = HEPARINS & set(drugs)
    if moderate(case) and "prophylaxis" in purposes and (heparins or "rivaroxaban" in drugs):
        items.append(silent("GFR 30～59时LMWH、利伐沙班预防剂量调整", "P2", "五（二）"))
    if severe(case):
        if "prophylaxis" in purposes and "rivaroxaban" in drugs:
            items.append(advise("RENAL_NO_RIVA", value=gfr_text(case), rule="P2s"))
        if "treatment" in purposes and "rivaroxaban" in drugs:
            items.append(advise("RENAL_NO_RIVA.treatment", value=gfr_text(case)))
        if "prophylaxis" in purposes and heparins:
            items.append(advise("RENAL_LMWH_REDUCE", value=gfr_text(case), rule="P2s"))
            items.append(advise("RENAL_ANTIXA", rule="P2s"))
        if "treatment" in purposes and heparins:
            items.append(silent("GFR<30时LMWH治疗剂量调整", "T11", "六"))
    if "aspirin" in drugs and insufficient(case):
        items.append(advise("RENAL_ASPIRIN_CAUTION", value=gfr_text(case)))
    if case.gfr_from_clearance and (heparins or {"aspirin", "rivaroxaban"} & set(drugs)):
        # whatever the kidney says here, it is said of a clearance and not of a GFR (A45)
        items += renal_flags(case)
    return items + [a42_no_stacking(taken) for taken in _added_to(drugs, purposes, case)]


def a42_no_stacking(taken: str) -> Advice:
    """A42: nothing is said about adding to an antithrombotic drug already taken."""
    return silent(f"已在使用{taken}时加用其他抗栓药物", "A42", "五（三）")


def _added_to(drugs: list[str], purposes: set[str], case: Case) -> list[str]:
    """The drugs already taken, in words, that a dose asked for would be added to.

    A drug is not added to itself, and warfarin for treatment is meant to be given with LMWH at first (T4).
    """
    entries = read_toml("doses")["drug"]
    same = [name for drug in drugs for name in (entries[drug]["label"], drug)]
    if "warfarin" in drugs and "treatment" in purposes:
        same += entries["lmwh"]["names"]
    stated = [case.text(fact) for fact in ("current_anticoagulant", "current_antiplatelet")]
    taken = [drug for drug in stated if drug is not None and names_a_drug(drug)]
    return [drug for drug in taken if not any(name.lower() in drug.lower() for name in same)]


def _missing(drugs: list[str], rows: list[dict[str, Any]], case: Case) -> list[Advice]:
    items: list[Advice] = []
    if any("per_kg" in row for row in rows) and case.unknown("weight_kg"):
        items.append(ask(["weight_kg"], "按体重计算剂量"))
    anticoagulants = set(drugs) - {"aspirin"}
    if case.unknown("platelets_e9_l"):
        items.append(ask(["platelets_e9_l"], "血小板<50须个体化"))
    if not known(case):
        why = "GFR<30时LMWH、利伐沙班须调整" if anticoagulants else "肾功能不全时慎用阿司匹林"
        items.append(ask(["gfr"], why))
    bleeding = [f for f in ("active_bleeding", "bleeding_within_3_months") if case.unknown(f)]
    if bleeding:
        items.append(ask(bleeding, "活动性出血为禁忌"))
    return items


def _no_dose(drug: str, reason: str, purpose: str | None) -> list[Advice]:
    label = drug_label(drug)
    aim = PURPOSE_LABELS.get(purpose or "", "")
    sentence = silent_sentence(f"{label}{aim}剂量")
    if reason == "doac":
        return [advise("DOAC_ONLY_RIVA", drug=drug, silent=sentence)]
    if reason == "antiplatelet":
        return [silent(f"{label}用于MM相关VTE{aim}", "A24", "五（一）", drug=drug)]
    rule = "A39" if reason == "thrombolytic" else "T11"
    return [silent(f"{label}{aim}剂量", rule, "六", drug=drug)]


def dose_advice(
    drug: str,
    purpose: str | None,
    phase: str | None,
    facts: Mapping[str, object],
    special: Collection[str] = (),
    tier_asked: str | None = None,
) -> list[Advice]:
    """Answer a question about a dose.

    drug: an id of doses.toml; purpose: prophylaxis | treatment | None (the case decides, else both);
    phase: initial | later | None; special: ids of special.toml, what the consensus does not cover;
    tier_asked: only the dose of that tier. Amounts by kg only with a known weight. KeyError for an
    unknown drug, ValueError for an unknown purpose or phase, FactError for bad facts.
    """
    if purpose not in (None, "prophylaxis", "treatment") or phase not in (None, "initial", "later"):
        raise ValueError(f"purpose {purpose!r}, phase {phase!r}")
    entry = read_toml("doses")["drug"][drug]
    case = close_case(facts)
    if "silent" in entry:
        return _no_dose(drug, entry["silent"], purpose)
    event = case.text("vte_event")
    if purpose is None and phase is not None:
        purpose = "treatment"
    if purpose is None and event is not None and not event.startswith("suspected"):
        purpose = "treatment"
    result = score("mm_vte", case)
    tier = result.tier if result.settled else None
    drugs = list(entry.get("members", [drug]))
    items: list[Advice] = []
    rows: list[dict[str, Any]] = []
    for member in drugs:
        found = _matching(member, purpose, phase)
        if tier_asked is not None:
            found = [row for row in found if row.get("tier") == tier_asked]
        rows += found
        # A24: aspirin is not for a patient whose tier is open but can be no lower than high
        at_least = result.tier if member == "aspirin" and not result.can_be("none", "low") else None
        doses_of = [
            _dose_item(row, case, tier or at_least, special, asked=tier_asked is not None) for row in found
        ]
        if tier_asked is None:
            _of_an_open_tier(doses_of, found, result)
        items += doses_of
        if not found:
            aim = PURPOSE_LABELS[purpose] if purpose else ""
            items.append(silent(f"{drug_label(member)}{aim}剂量", "T11", "六", drug=member))
    if drug == "doac":
        sentence = "其他DOAC共识未给出剂量。"
        items.append(advise("DOAC_ONLY_RIVA", drug="doac", silent=sentence))
    if not rows:
        return items
    purposes = {row["purpose"] for row in rows}
    asks = [] if case.true("active_bleeding") else _missing(drugs, rows, case)
    kinds = list(dict.fromkeys(kind for one in drugs for kind in special_kinds(one, special)))
    not_covered = [special_silent(kind, drug_label(drug)) for kind in kinds]
    return _cautions(drugs, purposes, case) + not_covered + items + asks
