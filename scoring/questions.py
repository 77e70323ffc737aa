"""Which facts to ask next: those whose answer can still change the decision, the most decisive first.

The decision is what is put forward: advice other than questions and what is shown for reference only. Below 6
points, settled, the bleeding scale adds no more than a remark on the choice of MM therapy and is not asked
for, unless the bleeding score itself was asked for.
"""

from __future__ import annotations

from .diagnosis import dvt_in_question, pe_in_question
from .duration import duration, engaged
from .intervals import single_tiers, tier_masks
from .modifiers import restraints
from .prophylaxis import critical_missing
from .renal import insufficient, known
from .scores import Score
from .situation import Situation, current_anticoagulant, independent_indication
from .tables import SCALE_NAMES
from .treatment import treatment_needs

STANDING = ("atrial_fibrillation", "mechanical_heart_valve", "current_anticoagulant", "current_antiplatelet")


def _wells_pe(result: Score) -> list[str]:
    """Facts that decide either of the two readings of Wells PE."""
    of, state = result.scale, result.interval
    three = tier_masks(of, single_tiers(of.tiers))
    two = tier_masks(of, single_tiers(of.two_level), two_level=True)
    return state.pivotal((*three, *two))


def _tier_questions(situation: Situation) -> list[str]:
    """Facts of table 5 that still matter, given what else is known."""
    case, result = situation.case, situation.mm_vte
    if case.true("active_bleeding"):
        return list(situation.drug_deciding)
    if independent_indication(case) is not None:
        return []
    kidney_matters = insufficient(case) or not known(case)
    if restraints(situation) and not kidney_matters and not situation.withheld:
        return list(situation.drug_deciding)
    return list(result.deciding)


def _safety_questions(situation: Situation) -> tuple[list[str], list[str]]:
    """What must be known before a drug is given: first the critical facts, then everything else."""
    case = situation.case
    if case.true("active_bleeding"):
        return [], []
    rest = [*situation.bleeding.deciding, *(f for f in ("coagulopathy",) if case.unknown(f))]
    if independent_indication(case) is not None:
        # what would restrain prophylaxis restrains the anticoagulation under way as well
        watched = ("active_bleeding", "platelets_e9_l")
        asked = ("bleeding_within_3_months", "current_antiplatelet")
        rest += [f for f in asked if case.unknown(f) and f not in rest]
        return [f for f in watched if case.unknown(f)], rest
    if not situation.drugs_possible:
        # a bleed would end prophylaxis under way
        return [f for f in ("active_bleeding",) if engaged(situation) and case.unknown(f)], []
    critical = critical_missing(situation)
    if situation.mm_vte.tier == "very_high" and not restraints(situation) and case.unknown("weight_kg"):
        critical.append("weight_kg")
    return critical, rest


def _standing_questions(situation: Situation) -> list[str]:
    """Standing indications and drugs already taken, where drugs or their duration are at stake."""
    case = situation.case
    if case.true("active_bleeding") or independent_indication(case) is not None:
        return []
    if not (situation.drugs_possible or engaged(situation)):
        return []
    taken = current_anticoagulant(case) is not None
    return [f for f in STANDING if case.unknown(f) and not (taken and f == "current_anticoagulant")]


def prophylaxis_questions(situation: Situation) -> list[str]:
    """What the prophylaxis branch still turns on."""
    tier = _tier_questions(situation)
    critical, rest = _safety_questions(situation)
    plan = [] if independent_indication(situation.case) else list(duration(situation).needs)
    withheld = [f for f in situation.withheld if f in tier]
    first = [*withheld, *critical, *tier] if situation.drug_tier else [*withheld, *tier, *critical]
    return [*first, *plan, *rest, *_standing_questions(situation)]


def diagnosis_questions(situation: Situation) -> list[str]:
    """What the Wells scores in question still turn on."""
    found = ["hemodynamic_instability"] if situation.event == "suspected_pe" else []
    found = [f for f in found if situation.case.unknown(f)]
    if dvt_in_question(situation):
        found += situation.wells_dvt.deciding
    if pe_in_question(situation):
        found += _wells_pe(situation.wells_pe)
    return found


def _ask_as(situation: Situation, fact: str) -> str:
    """A BMI is asked for by its missing half when one of height and weight is known."""
    case = situation.case
    missing = [f for f in ("height_cm", "weight_kg") if case.unknown(f)]
    return missing[0] if fact == "bmi" and len(missing) == 1 else fact


def questions(situation: Situation) -> list[str]:
    """The facts to ask next; empty when nothing can change the decision any more."""
    found: list[str] = []
    if situation.case.undetermined("vte_event"):
        found.append("vte_event")
    if situation.confirmed:
        found += treatment_needs(situation)
    else:
        found += diagnosis_questions(situation)
        if not situation.suspected and "mm_vte" in situation.shown:
            found += prophylaxis_questions(situation)
    for name in SCALE_NAMES:
        if name in situation.asked:
            found += situation.score(name).deciding
    if "hepatic_insufficiency" in found:
        # whether there is hepatic insufficiency comes first: without it the INR says nothing (A10)
        found = [fact for fact in found if fact not in ("inr", "on_warfarin")]
    return list(dict.fromkeys(_ask_as(situation, fact) for fact in found))
