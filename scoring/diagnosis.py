"""Diagnosis of suspected VTE: rules D1 to D6 with A01, A02, A05, A09, A41.

D7, what to tell a VTE from, is a statement of the consensus: dvt_differential and pe_differential.
"""

from __future__ import annotations

from .advice import Advice, advise, ask
from .scores import Score
from .situation import Situation

DVT_SIGNS = frozenset(
    {
        "paralysis_or_recent_cast",
        "deep_vein_tenderness",
        "entire_leg_swelling",
        "calf_swelling_over_3cm",
        "unilateral_pitting_edema",
        "collateral_superficial_veins",
        "alternative_diagnosis_as_likely_as_dvt",
    }
)
#: A08: swelling and pain of a leg, an item of Wells PE that is a reason to think of DVT.
LEG_SIGNS = frozenset({"dvt_signs"})
PE_SIGNS = frozenset({"dvt_signs", "hemoptysis", "pe_more_likely_than_alternatives"})
# mentioned with any value, these say that a leg or a chest has been looked at and the score means something
DVT_FINDINGS = DVT_SIGNS | {"calf_difference_cm"}
PE_FINDINGS = PE_SIGNS | {"heart_rate_bpm"}


def _wanted(situation: Situation, event: str, name: str) -> bool:
    return situation.event == event or name in situation.asked


def _suspect(situation: Situation, signs: frozenset[str]) -> bool:
    """Whether a sign is present or undetermined; signs that are denied raise no suspicion."""
    return any(sign in situation.case.facts and not situation.case.false(sign) for sign in signs)


def dvt_in_question(situation: Situation) -> bool:
    """Whether a DVT is being looked for: suspected, its score asked for, or a sign of it not denied."""
    return _wanted(situation, "suspected_dvt", "wells_dvt") or _suspect(situation, DVT_SIGNS | LEG_SIGNS)


def pe_in_question(situation: Situation) -> bool:
    """Whether a PE is being looked for: suspected, its score asked for, or a sign of it not denied."""
    return _wanted(situation, "suspected_pe", "wells_pe") or _suspect(situation, PE_SIGNS)


def d1_threshold_flag(result: Score) -> list[Advice]:
    """D1, A01: flag the total where the consensus and the scale it cites disagree."""
    known = result.interval.known
    original = result.scale.tier_in("wells2003", known).id
    return [advise("WELLS_DVT_THRESHOLD_FLAG")] if original != result.tier else []


def d3_gap_flag(result: Score) -> list[Advice]:
    """D3, A02: flag a total that no level covers, with the two-level reading (D4)."""
    if result.tier != "gap":
        return []
    two = result.scale.tier_of(result.interval.known, two_level=True)
    return [advise("WELLS_PE_GAP_FLAG", two_level=two.label)]


def d6_dimer(likely: bool, settled: bool) -> str:
    """D6 with A41: a normal D-dimer helps to exclude only where the clinical probability is low."""
    if likely:
        return "临床可能性较高时，D-二聚体正常不足以排除，建议影像学检查。"
    if not settled:
        return "评分尚未确定：仅在可能性低（不可能）时，D-二聚体正常有助于排除诊断；否则建议影像学检查。"
    return "临床可能性低（不可能）时，D-二聚体正常有助于排除诊断，但不能仅凭评分排除。"


def _likely(situation: Situation, dvt: bool, pe: bool) -> bool:
    at_threshold = bool(d1_threshold_flag(situation.wells_dvt))
    pe_tier = situation.wells_pe.tier
    return (dvt and (situation.wells_dvt.tier == "likely" or at_threshold)) or (
        pe and pe_tier not in ("low", "gap")
    )


def near_misses(situation: Situation) -> list[Advice]:
    """A05, A09: values exactly at a strict cut, which the original scale or another reading would count."""
    items = []
    if situation.case.number("calf_difference_cm") == 3:
        items.append(advise("WELLS_DVT_NEAR_MISS"))
    if situation.case.number("heart_rate_bpm") == 100:
        items.append(advise("WELLS_PE_NEAR_MISS"))
    return items


def threshold_flags(situation: Situation) -> list[Advice]:
    """The totals that the consensus and the original scales read differently, where the score is in use."""
    if situation.confirmed:
        return []
    mentioned = situation.case.stated
    items = []
    leg = bool(mentioned & DVT_FINDINGS) or _suspect(situation, LEG_SIGNS)
    if leg or _wanted(situation, "suspected_dvt", "wells_dvt"):
        items += d1_threshold_flag(situation.wells_dvt)
    if mentioned & PE_FINDINGS or _wanted(situation, "suspected_pe", "wells_pe"):
        items += d3_gap_flag(situation.wells_pe)
    return items + near_misses(situation)


def diagnosis(situation: Situation) -> list[Advice]:
    """Advice on a VTE that is being looked for; empty when none is."""
    dvt, pe = dvt_in_question(situation), pe_in_question(situation)
    if not (dvt or pe):
        return []
    settled = (not dvt or situation.wells_dvt.settled) and (not pe or situation.wells_pe.settled)
    items = [advise("DX_DDIMER_IMAGING", dimer=d6_dimer(_likely(situation, dvt, pe), settled))]
    alternative = "alternative_diagnosis_as_likely_as_dvt"
    if dvt and alternative in situation.wells_dvt.deciding:
        items.append(ask([alternative], "该项为-2分，可改变DVT可能性", rule="A06"))
    deciding = [*(situation.wells_dvt.deciding if dvt else ()), *(situation.wells_pe.deciding if pe else ())]
    if "active_cancer" in deciding:
        items.append(ask(["active_cancer"], "MM是否计为活动性肿瘤可改变Wells分级", rule="A03"))
    return items
