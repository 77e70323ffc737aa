"""How a dose of the consensus stands for this patient: put forward, for reference, withheld, ruled out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from .advice import Advice, silent
from .closure import Case
from .renal import insufficient, known, severe
from .scores import score
from .tables import read_toml

HEPARINS = frozenset({"enoxaparin", "dalteparin"})
TIER_LABELS = {"low": "低危", "high": "高危", "very_high": "极高危"}
PLATELET_CUT = 50
_STRICTNESS = ("option", "reference", "caution", "avoid")


@dataclass(frozen=True)
class Standing:
    """The modality of a dose, what is said behind it, and whether amounts and wording may be shown."""

    modality: str
    says: str = ""
    amounts: bool = True
    wording: bool = True


def _says(key: str, **fields: str) -> str:
    return str(read_toml("doses")["standing"][key]).format(**fields)


def special_kinds(drug: str, special: Collection[str]) -> list[str]:
    """Of what the consensus does not cover, what bears on a drug (decisions 2.2, T11)."""
    rows = read_toml("special")
    return [kind for kind in special if drug in rows[kind].get("drugs", [drug])]


def special_label(kind: str) -> str:
    """Chinese name of what the consensus does not cover."""
    return str(read_toml("special")[kind]["label"])


def special_silent(kind: str, drug: str | None = None) -> Advice:
    """The fixed sentence for a patient whom the consensus does not cover; `drug` in words."""
    label = special_label(kind)
    return silent(f"{label}使用{drug}" if drug else f"{label}的抗凝用药", "T11", "六")


def _ruled_out(row: Mapping[str, Any], case: Case, special: Collection[str]) -> Standing | None:
    """What withholds the dose altogether: bleeding or a contraindication, doubt about it, no word on it."""
    if case.true("active_bleeding") or case.true("anticoagulation_contraindicated"):
        return Standing("contraindicated", _says("contraindicated"), amounts=False, wording=False)
    if case.undetermined("active_bleeding"):
        # A40: what was mentioned and is not settled is never taken for "no"
        return Standing("caution", _says("bleeding_open"), amounts=False, wording=False)
    if special_kinds(row["drug"], special):
        return Standing("caution", _says("special"), amounts=False, wording=False)
    return None


def _kidney(row: Mapping[str, Any], case: Case) -> Standing | None:
    """A22, A35, A45: GFR <30, or a kidney that is known to be impaired by no GFR."""
    drug, prevents = row["drug"], row["purpose"] == "prophylaxis"
    if drug == "rivaroxaban" and severe(case):
        return Standing("avoid", _says("avoid"), amounts=False) if prevents else Standing("caution")
    if drug in HEPARINS and severe(case):
        if prevents:
            return Standing("option", _says("renal_reduce"), amounts=False)
        return Standing("reference", _says("renal_reference"))
    renal = drug in HEPARINS | {"rivaroxaban"} and not known(case)
    if renal and (insufficient(case) or case.number("creatinine_umol_l") is not None):
        return Standing("caution", _says("gfr_needed"), amounts=False, wording=False)
    return None


def _individual(row: Mapping[str, Any], case: Case) -> Standing | None:
    """P-P2, P-P3, P-B2, T11: where it is individualized or not covered, the usual dose is a reference."""
    prevents = row["purpose"] == "prophylaxis"
    platelets = case.number("platelets_e9_l")
    if platelets is not None and (platelets < PLATELET_CUT or (prevents and platelets == PLATELET_CUT)):
        return Standing("reference", _says("platelets"))
    if prevents and case.true("coagulopathy"):
        return Standing("reference", _says("coagulopathy"))
    if prevents and score("bleeding", case).tier == "high":
        return Standing("reference", _says("bleeding_high"))
    return None


def _tier(row: Mapping[str, Any], tier: str | None) -> Standing | None:
    """A dose of another tier than the patient's; warfarin stands in for aspirin at a low risk (P1r)."""
    if row["purpose"] != "prophylaxis" or tier is None or row["tier"] == tier:
        return None
    if row["drug"] == "warfarin" and tier == "low":
        return None
    if row["drug"] == "aspirin" and tier != "none":
        return Standing("avoid", _says("avoid"), amounts=False)
    return Standing("reference", _says("tier", tier=TIER_LABELS.get(tier, "低于6分")))


def standing(row: Mapping[str, Any], case: Case, tier: str | None, special: Collection[str] = ()) -> Standing:
    """The most restrictive standing of a dose (order of evaluation, 2.0)."""
    ruled_out = _ruled_out(row, case, special)
    if ruled_out is not None:
        return ruled_out
    found = [one for one in (_kidney(row, case), _individual(row, case), _tier(row, tier)) if one is not None]
    strictest = max((one.modality for one in found), key=_STRICTNESS.index, default=_STRICTNESS[0])
    if strictest == "avoid":
        # A24: of aspirin not even the words of the dose, for the consensus has none above a low risk
        return Standing("avoid", _says("avoid"), amounts=False, wording=row["drug"] != "aspirin")
    says = "".join(dict.fromkeys(one.says for one in found))
    return Standing(strictest, says, all(one.amounts for one in found), all(one.wording for one in found))
