"""Prophylaxis by tier, kidney function and restraint: rules P0-P3s, P-B3, U3, A20-A27, A29."""

from __future__ import annotations

from collections.abc import Sequence

from .advice import Advice, advise, ask, silent
from .closure import Case
from .dosing import dose_text, doses, weight_warnings
from .duration import STANDING, Duration, combined_therapy, duration
from .facts import FACTS
from .modifiers import PLATELET_CUT, inr_above_target, mm_choice, restraints
from .renal import gfr_text, insufficient, known, moderate, severe
from .situation import DEX, Situation, independent_indication, on_prophylaxis

LONG_TERM = (
    "共识第五（三）部分另述“对于长期使用 IMiD、多药化疗、糖皮质激素等联合治疗的患者，建议持续VTE药物预防”，"
    "指已有指征者的疗程，是否开始以表5为准。"
)
OPTION_LABELS = {
    "PPX_ASPIRIN_100": "阿司匹林",
    "PPX_WARFARIN_INR2_3": "华法林",
    "PPX_LMWH_PROPH": "预防剂量LMWH（如依诺肝素）",
    "PPX_LMWH_THER": "治疗剂量LMWH（如依诺肝素）",
    "PPX_RIVA_10": "预防剂量利伐沙班",
    "PPX_RIVA_20": "治疗剂量利伐沙班",
}
DOSES = {
    "PPX_ASPIRIN_100": ("aspirin_100",),
    "PPX_WARFARIN_INR2_3": ("warfarin_prophylaxis",),
    "PPX_LMWH_PROPH": ("enoxaparin_40",),
    "PPX_LMWH_THER": ("enoxaparin_1mgkg_prophylaxis",),
    "PPX_RIVA_10": ("rivaroxaban_10",),
    "PPX_RIVA_20": ("rivaroxaban_20_prophylaxis",),
}
PER_KG = frozenset({"PPX_LMWH_THER"})
THERAPEUTIC = frozenset({"PPX_LMWH_THER", "PPX_RIVA_20"})
TIER_TEXT = {"low": "低危（6～8分）", "high": "高危（9～12分）", "very_high": "极高危（≥13分）"}


def critical_missing(situation: Situation) -> list[str]:
    """Order of evaluation, step 4: facts that must be known before a dose is named (weight apart)."""
    case = situation.case
    missing = [DEX] if DEX in situation.mm_vte.deciding else []
    missing += [f for f in ("active_bleeding", "platelets_e9_l") if case.unknown(f)]
    missing += [] if known(case) else ["gfr"]
    missing += ["bleeding_within_3_months"] if case.unknown("bleeding_within_3_months") else []
    return missing


def tier_options(tier: str, case: Case) -> list[str]:
    """Wording keys of the drugs that the tier puts forward, after the kidney rules."""
    if tier == "low":
        renal = insufficient(case)
        return ["PPX_ASPIRIN_100.renal", "PPX_WARFARIN_INR2_3.renal"] if renal else ["PPX_ASPIRIN_100"]
    if tier == "high":
        if severe(case):
            return ["PPX_WARFARIN_INR2_3", "PPX_LMWH_PROPH.renal"]
        return ["PPX_WARFARIN_INR2_3", "PPX_LMWH_PROPH", "PPX_RIVA_10"]
    return ["PPX_LMWH_THER.renal"] if severe(case) else ["PPX_LMWH_THER", "PPX_RIVA_20"]


def _option(key: str, situation: Situation, missing: list[str]) -> Advice:
    code = key.partition(".")[0]
    case = situation.case
    weight = case.number("weight_kg")
    if key in ("PPX_LMWH_PROPH.renal", "PPX_LMWH_THER.renal"):
        return advise(key)
    needed = [FACTS[fact].label for fact in missing]
    needed += [FACTS["weight_kg"].label] if code in PER_KG and weight is None else []
    # A27: a therapeutic dose for prevention needs the bleeding score as well
    needed += ["出血评分（表6）"] if code in THERAPEUTIC and not situation.bleeding.settled else []
    if needed:
        labels = "、".join(needed)
        return advise(key, dose=f"（须先明确{labels}，暂不列剂量）")
    text = dose_text(DOSES[code], weight) + weight_warnings(DOSES[code], weight)
    # what is said with a reservation has its dose in brackets, not run on
    dose = f"（{text}）" if key.endswith(".renal") else f" {text}"
    return advise(key, doses=doses(DOSES[code], weight), dose=dose)


def p1r_renal_aspirin(case: Case) -> list[Advice]:
    """P1r, A23: aspirin with caution when the kidney function is impaired."""
    return [advise("RENAL_ASPIRIN_CAUTION", value=gfr_text(case))] if insufficient(case) else []


def p2s_p3s_severe_renal(tier: str, case: Case) -> list[Advice]:
    """P2s, P3s, A22: GFR <30 in the high tiers; 30-59 is not covered."""
    rule = "P2s" if tier == "high" else "P3s"
    if moderate(case):
        return [silent("GFR 30～59时LMWH、利伐沙班预防剂量调整", rule[:2], "五（二）")]
    if not severe(case):
        return []
    value = gfr_text(case)
    items = [
        advise("RENAL_NO_RIVA", value=value, rule=rule),
        advise("RENAL_LMWH_REDUCE", value=value, rule=rule),
        advise("RENAL_ANTIXA", rule=rule),
        silent("GFR<30时LMWH预防减量幅度", rule, "五（二）"),
    ]
    if tier == "very_high":
        situation = "极高危伴GFR<30时改用华法林（共识未将华法林列为极高危选项，可由医师评估）"
        items.append(silent(situation, rule, "五（二）", drug="warfarin"))
    return items


def _renal(tier: str, case: Case) -> list[Advice]:
    return p1r_renal_aspirin(case) if tier == "low" else p2s_p3s_severe_renal(tier, case)


def _references(situation: Situation, why: str) -> list[Advice]:
    tier = situation.mm_vte.tier
    codes = [key.partition(".")[0] for key in tier_options(tier, situation.case)]
    rule = {"low": "P1", "high": "P2", "very_high": "P3"}[tier]
    return [
        advise(
            "REFERENCE",
            code=code,
            source=(rule, "五（一）", 5),
            drug=str(advise_drug(code)),
            tier=TIER_TEXT[tier],
            option=OPTION_LABELS[code],
            why=why,
        )
        for code in codes
    ]


def advise_drug(code: str) -> str:
    """The drug id that a prophylaxis code is about."""
    return {
        "PPX_ASPIRIN_100": "aspirin",
        "PPX_WARFARIN_INR2_3": "warfarin",
        "PPX_LMWH_PROPH": "enoxaparin",
        "PPX_LMWH_THER": "enoxaparin",
        "PPX_RIVA_10": "rivaroxaban",
        "PPX_RIVA_20": "rivaroxaban",
    }[code]


def p0_none(situation: Situation, *, modality: str | None = None) -> Advice:
    """P0, A24, A29: below 6 no drug, aspirin included; both sentences where they pull apart."""
    long_term = LONG_TERM if combined_therapy(situation.case) else ""
    return advise("PPX_NONE", modality=modality, long_term=long_term)


def p_b3_active_bleeding(situation: Situation) -> list[Advice]:
    """P-B3, P-B4: drugs are contraindicated; mechanical means from 6 points on, below that not covered."""
    items: list[Advice] = [advise("CONTRA_ACTIVE_BLEED")]
    # without drugs only the step at 6 points matters, so only what could cross it holds advice back
    withheld = set(situation.withheld) & set(situation.drug_deciding)
    if "mm_vte" in situation.shown and not situation.drug_tier:
        if not withheld:
            items += [p0_none(situation), silent("低于6分患者机械预防", "P-B3", "五（一）")]
    elif not withheld:
        items += [advise("PPX_MECHANICAL"), advise("SWITCH_WHEN_SAFE")]
    return items + mm_choice(situation)


def u3_independent(situation: Situation, why: str) -> list[Advice]:
    """U3: anticoagulation has its own indication or is being given: no stacking, the tier for reference."""
    items = _standing_anticoagulant(situation.case, why)
    items += [found for rule in restraints(situation) for found in rule.items]
    if "mm_vte" not in situation.shown or situation.withheld:
        return items + mm_choice(situation)
    if situation.drug_tier:
        items += _references(situation, why)
    else:
        items.append(p0_none(situation, modality="reference"))
    return items + mm_choice(situation)


def _standing_anticoagulant(case: Case, why: str) -> list[Advice]:
    """U3 beside bleeding: "go on" is never said of a drug that somebody bleeds on (P-B3, P-B4)."""
    coughs_blood = case.true("hemoptysis") and not case.false("active_bleeding")
    if case.undetermined("active_bleeding") or coughs_blood:
        return [advise("CONTRA_BLEED_OPEN")]
    if case.true("bleeding_within_3_months"):
        restart = silent("出血停止后恢复抗凝或药物预防的时机", "P-B4", "五（一）")
        return [
            advise("DUR_INDEPENDENT.bled", why=why, reason="3个月内有出血"),
            advise("SWITCH_WHEN_SAFE"),
            restart,
        ]
    if case.undetermined("bleeding_within_3_months"):
        return [advise("DUR_INDEPENDENT.bled", why=why, reason="出血情况待核实")]
    if inr_above_target(case):
        return [advise("DUR_INDEPENDENT.bled", why=why, reason="INR高于目标范围")]
    # a drug without a word on what it is for may be the prophylaxis itself
    told = any(case.true(fact) for fact in STANDING) or case.number("months_on_prophylaxis") is not None
    return [advise("DUR_INDEPENDENT" if told else "DUR_INDEPENDENT.drug", why=why)]


def _drug_tier(situation: Situation, plan: Duration) -> list[Advice]:
    """P1-P3s with the restraints: the most restrictive speaks."""
    case, tier = situation.case, situation.mm_vte.tier
    held = restraints(situation)
    items = [found for rule in held for found in rule.items]
    if held or plan.may_stop:
        why = "；".join(rule.why for rule in held) or "缓解后预防可停止或可考虑停止"
        items += _renal(tier, case)
        return items + _references(situation, why)
    missing = critical_missing(situation)
    items = [_option(key, situation, missing) for key in tier_options(tier, case)]
    items += _renal(tier, case) + p_p1_platelets(case)
    if tier in ("high", "very_high"):
        items.append(advise(f"PPX_ASPIRIN_100.{tier}"))
    return items


def p_p1_platelets(case: Case) -> list[Advice]:
    """P-P1: above 50 with neither coagulopathy nor active bleeding the doses usually stay as they are."""
    platelets = case.number("platelets_e9_l")
    if platelets is None or platelets <= PLATELET_CUT:
        return []
    if not (case.false("coagulopathy") and case.false("active_bleeding")):
        return []
    return [advise("PLT_NO_ADJUSTMENT", value=f"{platelets:g}")]


def critical_asks(situation: Situation) -> list[Advice]:
    """One question for each critical fact that is missing."""
    missing = critical_missing(situation)
    bleeding = [f for f in missing if f in ("active_bleeding", "bleeding_within_3_months")]
    items = [ask([DEX], "地塞米松每周期总量计2或4分", rule="A12")] if DEX in missing else []
    if bleeding:
        items.append(ask(bleeding, "活动性出血为药物预防禁忌，出血史计4分", rule="A20"))
    if "platelets_e9_l" in missing:
        items.append(ask(["platelets_e9_l"], "<50×10⁹/L须个体化", rule="A21"))
    if "gfr" in missing:
        items.append(ask(["gfr"], "GFR<30影响LMWH、利伐沙班，<60慎用阿司匹林", rule="A22"))
    if situation.mm_vte.tier == "very_high" and situation.case.unknown("weight_kg"):
        items.append(ask(["weight_kg"], "治疗剂量LMWH按体重计算", rule="A27"))
    if "active_cancer" in situation.bleeding.deciding:
        items.append(ask(["active_cancer"], "是否计为活动性肿瘤影响出血分级", rule="A03"))
    return items


def _course(situation: Situation, items: Sequence[Advice]) -> list[Advice]:
    """The duration below 6 points: off treatment, U1 and U4 are not told of what nobody has begun."""
    off_treatment = situation.case.text("mm_phase") == "off_treatment"
    if not off_treatment or on_prophylaxis(situation.case) or "duration" in situation.asked:
        return list(items)
    return [item for item in items if item["code"] not in ("DUR_MIN_6M", "DUR_REASSESS_6M")]


def _withheld(situation: Situation) -> list[Advice]:
    """Nothing but the questions while an undetermined fact could change the tier."""
    names = [entry.label for entry in situation.mm_vte.scale.tiers if entry.id in situation.mm_vte.tiers]
    why = f"可使VTE分层在{'、'.join(names)}之间改变，答复前不给出预防用药建议"
    items = [ask([fact], why, rule="A12" if fact == DEX else "A40") for fact in situation.withheld]
    if "none" not in situation.mm_vte.tiers:
        items = [found for rule in restraints(situation) for found in rule.items] + items
    return items


def prophylaxis(situation: Situation) -> list[Advice]:
    """Advice on prophylaxis for a patient without a VTE in question; empty when nothing bears on it."""
    case = situation.case
    plan = duration(situation)
    if case.true("active_bleeding"):
        return p_b3_active_bleeding(situation)
    why = independent_indication(case)
    if why is not None:
        return u3_independent(situation, why)
    if "mm_vte" not in situation.shown:
        loose = [found for rule in restraints(situation) for found in rule.items]
        return loose + mm_choice(situation) + list(plan.items)
    if situation.withheld:
        # how long prophylaxis under way goes on does not turn on the points
        course = plan.items if on_prophylaxis(case) or "duration" in situation.asked else ()
        return _withheld(situation) + mm_choice(situation) + list(course)
    if not situation.drug_tier:
        items = [p0_none(situation)]
        if situation.drugs_possible:
            items += [found for rule in restraints(situation) for found in rule.items]
            if DEX in situation.mm_vte.deciding and case.true("active_cancer"):
                items.append(ask([DEX], "地塞米松每周期总量计2或4分", rule="A12"))
        return items + mm_choice(situation) + _course(situation, plan.items)
    items = _drug_tier(situation, plan) + mm_choice(situation)
    asks = [] if restraints(situation) or plan.may_stop else critical_asks(situation)
    # U1 is told of what is put forward, not beside drugs that are only shown
    begun = [] if restraints(situation) else [advise("DUR_MIN_6M"), advise("DUR_REASSESS_6M")]
    advised = list(plan.items) or begun
    return items + advised + [advise("MONITOR_DYNAMIC")] + asks
