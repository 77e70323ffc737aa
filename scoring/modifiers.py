"""What restrains drug prophylaxis: bleeding (P-B), platelets (P-P), drugs already taken (A42)."""

from __future__ import annotations

from dataclasses import dataclass

from .advice import Advice, advise, silent
from .closure import Case
from .facts import names_a_drug
from .situation import Situation, current_anticoagulant, on_prophylaxis
from .standing import special_silent

PLATELET_CUT = 50
INR_TARGET_MOST = 3.0
ASPIRIN, WARFARIN = "阿司匹林", "华法林"


@dataclass(frozen=True)
class Restraint:
    """A reason why the drugs of the tier are shown for reference only, and what is said instead."""

    why: str
    items: tuple[Advice, ...]


def p_b2_high_bleeding(situation: Situation) -> Restraint | None:
    """P-B2, A20: a score of 7 or more without active bleeding gives no order about drugs."""
    if situation.bleeding.tier != "high":
        return None
    points = f"{situation.bleeding.points:g}"
    # A40: a bleed that nobody has ruled out is not called absent
    settled = situation.case.false("active_bleeding")
    key = "BLEED_HIGH_INDIVIDUALIZE" if settled else "BLEED_HIGH_INDIVIDUALIZE.open"
    item = advise(key, points=points)
    return Restraint(f"出血评分{points}分（高风险）", (item,))


def p_p2_low_platelets(situation: Situation) -> Restraint | None:
    """P-P2: platelets below 50."""
    platelets = situation.case.number("platelets_e9_l")
    if platelets is None or platelets >= PLATELET_CUT:
        return None
    return Restraint(f"血小板{platelets:g}×10⁹/L", (advise("PLT_INDIVIDUALIZE", value=f"{platelets:g}"),))


def p_p3_boundary(situation: Situation) -> Restraint | None:
    """P-P3, A21: exactly 50, or above 50 with a coagulopathy, is not covered."""
    case = situation.case
    platelets = case.number("platelets_e9_l")
    if platelets == PLATELET_CUT:
        return Restraint("血小板恰为50×10⁹/L", (advise("PLT_BOUNDARY_50"),))
    if case.true("coagulopathy") and (platelets is None or platelets > PLATELET_CUT):
        return Restraint("出凝血指标异常", (silent("出凝血指标异常患者的药物预防", "P-P3", "五（二）"),))
    return None


def a42_antiplatelet(situation: Situation) -> Restraint | None:
    """A42: no stacking on an antiplatelet drug; aspirin that is the prophylaxis itself is none."""
    drug = situation.case.text("current_antiplatelet")
    if not names_a_drug(drug):
        return None
    prevents = on_prophylaxis(situation.case) or situation.asked == {"duration"}
    if drug == ASPIRIN and prevents and current_anticoagulant(situation.case) is None:
        return None
    item = silent(f"正在使用{drug}者加用VTE预防药物", "A42", "五（三）")
    return Restraint(f"正在使用{drug}，不叠加", (item,))


def t11_not_covered(situation: Situation) -> Restraint | None:
    """2.2, T11: dialysis, pregnancy, HIT and the like are not covered."""
    if not situation.special:
        return None
    items = tuple(special_silent(kind) for kind in situation.special)
    return Restraint("共识未覆盖这种情况", items)


RESTRAINTS = (t11_not_covered, p_b2_high_bleeding, p_p2_low_platelets, p_p3_boundary, a42_antiplatelet)


def restraints(situation: Situation) -> list[Restraint]:
    """Every restraint that is known to apply."""
    return [found for rule in RESTRAINTS if (found := rule(situation)) is not None]


def inr_above_target(case: Case) -> list[Advice]:
    """Warfarin beyond INR 2.0-3.0: whom to turn to, for the consensus has nothing on an overdose."""
    inr = case.number("inr")
    if inr is None or inr <= INR_TARGET_MOST or current_anticoagulant(case) != WARFARIN:
        return []
    return [advise("REFER_CLINICIAN.inr", inr=f"{inr:g}"), silent("抗凝过量的处理", "P-B3", "五（一）")]


def mm_choice(situation: Situation) -> list[Advice]:
    """P-B2, P-B3: the choice of MM therapy at a high bleeding risk or when drugs cannot be given."""
    high = situation.bleeding.tier == "high" or situation.case.true("active_bleeding")
    return [advise("MM_PREFER_LOW_THROMBOTIC")] if high else []
