"""Treatment of established VTE: rules T0-T11 with A33-A39."""

from __future__ import annotations

from .advice import Advice, advise, ask, silent
from .closure import Case, close_case
from .dosing import dose_row, dose_text, doses, weight_warnings
from .facts import FACTS
from .renal import gfr_text, known, severe
from .situation import Situation, current_anticoagulant
from .standing import special_silent, standing

PROXIMAL_OR_PE = ("proximal_dvt", "pe")
ACTIVE_PHASES = ("newly_diagnosed", "induction", "relapse")
RIVAROXABAN = ("rivaroxaban_15_initial", "rivaroxaban_20_later")
ENOXAPARIN = ("enoxaparin_1mgkg_initial", "enoxaparin_1_5mgkg_later")
DALTEPARIN = ("dalteparin_200_initial", "dalteparin_150_later")
BRIDGE = ("enoxaparin_1mgkg_initial", "dalteparin_200_initial")
BRIDGE_DAYS = 5
BRIDGE_INR = 2.0


def contraindicated(case: Case) -> bool:
    """Whether anticoagulation is known to be contraindicated."""
    return case.true("anticoagulation_contraindicated") or case.true("active_bleeding")


def _open_contraindication(case: Case) -> list[str]:
    return [f for f in ("anticoagulation_contraindicated", "active_bleeding") if case.unknown(f)]


def t1_start(situation: Situation) -> Advice:
    """T0, T1: start promptly when nothing speaks against it."""
    case = situation.case
    missing = _open_contraindication(case)
    condition = f"前提：{'、'.join(FACTS[f].label for f in missing)}尚未明确。" if missing else ""
    event = (FACTS["vte_event"].choices or {})[str(situation.event)]
    return advise("TX_START_PROMPT", provisional=bool(missing), event=f"已确诊{event}", condition=condition)


def t2_rivaroxaban(case: Case) -> list[Advice]:
    """T2, A35: rivaroxaban, with caution below GFR 30, which the treatment section does not cover."""
    items = [_option("TX_RIVA", RIVAROXABAN, case)]
    if severe(case):
        items.append(advise("RENAL_NO_RIVA.treatment", value=gfr_text(case)))
    return items


def t3_heparins(case: Case) -> list[Advice]:
    """T3a, T3b, A33, A34: enoxaparin and dalteparin by kg, first month and after."""
    return [_option("TX_ENOX", ENOXAPARIN, case), _option("TX_DALT", DALTEPARIN, case)]


def _option(key: str, identities: tuple[str, ...], case: Case) -> Advice:
    """A drug with its doses as they stand for this patient (A10, T11)."""
    weight = case.number("weight_kg")
    stands = standing(dose_row(identities[0]), case, None)
    amounts = doses(identities, weight) if stands.amounts else []
    return advise(
        key,
        modality=stands.modality,
        doses=amounts,
        dose=dose_text(identities, weight if amounts else None),
        warnings=(weight_warnings(identities, weight) if stands.wording else "") + stands.says,
    )


def t4_warfarin(case: Case) -> Advice:
    """T4, A36: both conditions of the bridge; days counted from the first LMWH dose."""
    days, inr, weight = case.number("lmwh_days"), case.number("inr"), case.number("weight_kg")
    stands = standing(dose_row(BRIDGE[0]), case, None)
    bridge = [entry | {"days": None} for entry in doses(BRIDGE, weight)] if stands.amounts else []
    state = f"其中LMWH的剂量：{stands.says}" if stands.says else ""
    if days is not None and inr is not None:
        met = days >= BRIDGE_DAYS and inr >= BRIDGE_INR
        state += f"目前LMWH第{days:g}天、INR {inr:g}：" + (
            "两项条件均已满足，可过渡到华法林单药。" if met else "两项条件须同时满足，尚不能停用LMWH。"
        )
    return advise("TX_WARF_BRIDGE", doses=bridge, state=state)


def t5_reperfusion(situation: Situation) -> list[Advice]:
    """T5: PE with haemodynamic instability, or massive DVT with severe swelling or threatened limb."""
    case = situation.case
    together = "" if contraindicated(case) or case.undetermined("active_bleeding") else "在抗凝的同时"
    items = []
    if situation.event == "pe" and case.true("hemodynamic_instability"):
        items.append(advise("TX_REPERFUSION", why="PE伴血流动力学异常", together=together))
    elif situation.event != "pe" and case.true("limb_threatening_dvt"):
        items.append(
            advise("TX_REPERFUSION", why="大面积DVT伴严重症状性肿胀或危及下肢的缺血", together=together)
        )
    if items:
        bleeds = case.true("active_bleeding") or case.undetermined("active_bleeding")
        open_point = "（包括出血时可否溶栓）" if bleeds else ""
        items.append(silent(f"溶栓药物剂量、时间窗及禁忌证{open_point}", "T5", "六"))
    return items


def t6_filter(situation: Situation) -> list[Advice]:
    """T6, A38: a filter may be considered for proximal DVT or PE when anticoagulation is contraindicated."""
    items = [advise("TX_CONTRAINDICATED")]
    if situation.event in PROXIMAL_OR_PE:
        items.append(advise("TX_FILTER"))
    elif situation.event == "distal_dvt":
        items.append(silent("远端DVT存在抗凝禁忌证时", "T6", "六"))
    else:
        items.append(ask(["vte_event"], "近端DVT有抗凝禁忌证时可考虑静脉滤器", rule="T6"))
    return items


def active_basis(case: Case) -> str | None:
    """Why MM counts as active for T8; None when it is not known to be."""
    if case.get("mm_active") is not None:
        return "如所述" if case.true("mm_active") else None
    phase = case.text("mm_phase")
    if phase in ACTIVE_PHASES:
        return (FACTS["mm_phase"].choices or {})[phase]
    return "疾病进展" if case.text("mm_response") == "pd" else None


def activity_open(case: Case) -> bool:
    """Whether it is still unknown if MM is active."""
    return (
        active_basis(case) is None
        and case.unknown("mm_active")
        and case.text("mm_response") not in ("cr", "scr")
    )


def t7_t8_t9_duration(case: Case) -> list[Advice]:
    """T7, T8, T9, A37: at least 3-6 months; longer while MM is active; long-term after VTE recurs."""
    items = [advise("TX_DUR_3_6M")]
    basis = active_basis(case)
    if basis:
        items.append(advise("TX_DUR_GT6M_ACTIVE", why=basis))
    if case.true("recurrent_vte"):
        items.append(advise("TX_LONGTERM_RECUR"))
    elif case.unknown("recurrent_vte") and case.true("history_vte"):
        items.append(advise("TX_LONGTERM_RECUR.open", provisional=True))
    return items


def t11_silent(case: Case) -> list[Advice]:
    """T11, A35: what the treatment section does not cover, as far as it bears on the case."""
    items = []
    platelets = case.number("platelets_e9_l")
    if severe(case):
        items.append(silent("GFR<30时VTE治疗的抗凝药物剂量调整", "T11", "六"))
    if platelets is not None and platelets < 50:
        items.append(silent("血小板<50×10⁹/L时VTE的抗凝治疗", "T11", "六"))
    return items


def _asks(situation: Situation) -> list[Advice]:
    case = situation.case
    items = []
    missing = _open_contraindication(case)
    if missing:
        items.append(ask(missing, "有禁忌证时不启动抗凝", rule="T1"))
    if case.unknown("weight_kg"):
        items.append(ask(["weight_kg"], "LMWH按体重计算剂量", rule="T3a"))
    if case.unknown("platelets_e9_l"):
        items.append(ask(["platelets_e9_l"], "<50×10⁹/L时共识未规定治疗用药", rule="T11"))
    if not known(case):
        items.append(ask(["gfr"], "GFR<30时共识未规定治疗用药", rule="T11"))
    return items


def treatment(situation: Situation) -> list[Advice]:
    """Advice on an established VTE."""
    case = situation.case
    items = t5_reperfusion(situation)
    if contraindicated(case):
        if case.true("active_bleeding"):
            items.append(advise("CONTRA_ACTIVE_BLEED"))
        return [*items, *t6_filter(situation), advise("TX_MM_CHANGE")]
    if case.undetermined("active_bleeding"):
        # A40: no drug is put forward while a bleed that was told of is not settled
        return [advise("CONTRA_BLEED_OPEN"), *items, advise("TX_MM_CHANGE"), *_asks(situation)]
    if situation.special:
        held = [special_silent(kind) for kind in situation.special]
        return [
            *held,
            t1_start(situation),
            *items,
            *t7_t8_t9_duration(case),
            advise("TX_MM_CHANGE"),
            *_asks(situation),
        ]
    if in_course(situation):
        return [*items, *t7_t8_t9_duration(case), advise("TX_MM_CHANGE"), *t11_silent(case)]
    items = [t1_start(situation), *items, *t2_rivaroxaban(case), *t3_heparins(case), t4_warfarin(case)]
    items += t7_t8_t9_duration(case)
    items += [advise("TX_MM_CHANGE"), *t11_silent(case)]
    return items + _asks(situation)


def in_course(situation: Situation) -> bool:
    """Whether it is asked how long a treatment that was begun goes on (T7, T8): nothing is to be started."""
    asked = situation.asked
    return (
        "duration" in asked and "treatment" not in asked and current_anticoagulant(situation.case) is not None
    )


def general_treatment() -> list[Advice]:
    """What holds for every MM-related VTE (T0-T4, T7, T10): nobody's event is called established."""
    case = close_case({})
    start = advise("TX_START_PROMPT", event="MM相关VTE", condition="")
    items = [start, *t2_rivaroxaban(case), *t3_heparins(case), t4_warfarin(case)]
    return [*items, advise("TX_DUR_3_6M"), advise("TX_MM_CHANGE")]


def treatment_needs(situation: Situation) -> list[str]:
    """Facts that the treatment rules still turn on."""
    case = situation.case
    needs = []
    if situation.event == "pe":
        needs.append("hemodynamic_instability")
    else:
        needs.append("limb_threatening_dvt")
    needs += ["active_bleeding", "anticoagulation_contraindicated"]
    if contraindicated(case):
        extra = ["vte_event"] if situation.event == "dvt" else []
        return extra + [f for f in needs if case.unknown(f) and f != "anticoagulation_contraindicated"]
    needs += ["weight_kg", "platelets_e9_l", "recurrent_vte"]
    found = [f for f in needs if case.unknown(f)]
    found += [] if known(case) else ["gfr"]
    return found + (["mm_active"] if activity_open(case) else [])
