"""How long prophylaxis goes on: rules U1-U8 with A28-A32."""

from __future__ import annotations

from dataclasses import dataclass

from .advice import Advice, advise, ask, silent
from .closure import Case
from .facts import FACTS
from .regimens import drug_facts, regimen
from .situation import Situation, independent_indication

MINIMUM_MONTHS = 6
#: So many open factors are named one by one.
FEW = 4
COMPLETE = ("cr", "scr")
# what would make an IMiD not the only drug
IMID_PARTNERS = ("glucocorticoid", "chemotherapy", "carfilzomib")
#: Prophylaxis is then only to begin: nothing is asked on stopping it.
BEGINNING = ("newly_diagnosed", "induction")
STANDING = ("atrial_fibrillation", "mechanical_heart_valve")
# A31: "may stop", "may consider stopping" and "should continue" are kept apart
STOP_WORDS = {"U5": "可停止", "U7": "可考虑停止"}
STOP_KEYS = {"U5": "DUR_STOP_OK", "U7": "DUR_CONSIDER_STOP"}


@dataclass(frozen=True)
class Duration:
    """Advice on duration, the facts it still needs, and whether prophylaxis may stop now."""

    items: tuple[Advice, ...] = ()
    needs: tuple[str, ...] = ()
    may_stop: bool = False


def engaged(situation: Situation) -> bool:
    """Whether duration is in question at all."""
    case = situation.case
    return (
        "duration" in situation.asked
        or case.number("months_on_prophylaxis") is not None
        or case.text("mm_response") is not None
        or case.text("mm_phase") in ("consolidation", "maintenance", "relapse", "off_treatment")
    )


def combined_therapy(case: Case) -> bool:
    """IMiD with a steroid or with chemotherapy."""
    return case.true("imid") and (case.true("glucocorticoid") or case.true("chemotherapy"))


def _imid_alone(case: Case) -> bool:
    """Whether no drug is known to be given beside the IMiD; of a regimen, what was stopped is not given."""
    known = regimen(case.text("regimen"))
    if known is not None:
        beside = [fact for fact in drug_facts(known).values() if fact != "imid"]
        if any(fact is None or not case.false(fact) for fact in beside):
            return False
    return not any(case.true(fact) for fact in IMID_PARTNERS)


def _cell(case: Case) -> tuple[str, tuple[str, ...]]:
    """The row of table 2.4 for CR/sCR in consolidation or maintenance: rule, and facts that could move it.

    The rule is U2, U5, U6, U7, "silent", or "open" while a fact that it turns on is unknown.
    """
    consolidation = case.text("mm_phase") == "consolidation"
    if case.unknown("imid") or (
        case.unknown("glucocorticoid") and not (consolidation and combined_therapy(case))
    ):
        partners = ("glucocorticoid", "chemotherapy") if consolidation else ("glucocorticoid",)
        return "open", tuple(f for f in ("imid", *partners) if case.unknown(f))
    if case.false("imid"):
        if case.true("glucocorticoid"):
            return "silent", ()
        if consolidation and not case.false("chemotherapy"):
            return ("silent", ()) if case.true("chemotherapy") else ("U5", ("chemotherapy",))
        return "U5", ()
    if consolidation:
        if combined_therapy(case):
            return "U6", ()
        return ("silent", ()) if case.false("chemotherapy") else ("open", ("chemotherapy",))
    if _imid_alone(case):
        named = regimen(case.text("regimen")) is not None
        return "U7", tuple(fact for fact in IMID_PARTNERS if case.unknown(fact) and not named)
    return "U2", ()


def _stop(rule: str, situation: Situation, needs: tuple[str, ...]) -> Duration:
    """U5 or U7 under A28 (six months first) and A30 (no individual factor, no standing indication)."""
    case, word = situation.case, STOP_WORDS[rule]
    months = case.number("months_on_prophylaxis")
    if months is None:
        item = ask(["months_on_prophylaxis"], f"满6个月后方可判断是否{word}", rule="A28")
        return Duration((advise("DUR_MIN_6M"), item), ("months_on_prophylaxis", *needs))
    if months < MINIMUM_MONTHS:
        return Duration((advise("DUR_MIN_6M.conflict", months=f"{months:g}", stop=word),), needs)
    individual = [item for item in situation.mm_vte.scale.items if item.group == "individual"]
    present = [item.label for item in individual if situation.mm_vte.present(item.id)]
    reassess = advise("DUR_REASSESS_6M")
    standing = tuple(f for f in STANDING if case.unknown(f))
    if present:
        item = advise("DUR_INDIVIDUALIZE", rule=rule, stop=word, factors="、".join(present))
        return Duration((item, reassess), (*standing, *needs))
    status = situation.mm_vte.interval.status
    open_facts = [f for item in individual if status[item.id] == "unknown" for f in item.facts]
    open_facts = list(dict.fromkeys([*standing, *needs, *open_facts]))
    condition = ""
    if open_facts:
        named = [FACTS[f].label for f in dict.fromkeys([*STANDING, *needs]) if f in open_facts]
        rest = [FACTS[f].label for f in open_facts if FACTS[f].label not in named]
        which = f"（{'、'.join(rest)}）" if len(rest) <= FEW else ""
        named += [f"表5个体因素{len(rest)}项{which}"] if rest else []
        condition = f"前提：{'、'.join(named)}尚未明确，须均为无。"
    phase = "巩固治疗" if case.text("mm_phase") == "consolidation" else "维持治疗"
    item = advise(STOP_KEYS[rule], provisional=bool(open_facts), condition=condition, phase=phase)
    return Duration((item, reassess), tuple(open_facts), may_stop=not open_facts)


def _situation_text(case: Case) -> str:
    parts = []
    for fact in ("mm_response", "mm_phase"):
        value = case.text(fact)
        if value:
            parts.append((FACTS[fact].choices or {})[value])
    drugs = [FACTS[f].label for f in ("imid", "glucocorticoid", "chemotherapy") if case.true(f)]
    return "、".join(parts) + (f"、方案含{'+'.join(drugs)}" if drugs else "") + "时VTE预防疗程"


def _complete_response(situation: Situation) -> Duration:
    case = situation.case
    months = case.number("months_on_prophylaxis")
    rule, needs = _cell(case)
    minimum = () if months is not None and months >= MINIMUM_MONTHS else (advise("DUR_MIN_6M"),)
    if rule in STOP_WORDS:
        return _stop(rule, situation, needs)
    if rule == "U6":
        return Duration((advise("DUR_CONTINUE"), *minimum))
    if rule == "open":
        item = ask(needs, "是否含IMiD、糖皮质激素决定预防能否停止", rule="A32")
        return Duration((*minimum, item), (*needs, *(("months_on_prophylaxis",) if months is None else ())))
    quiet = silent(_situation_text(case), "A32", "五（三）")
    if combined_therapy(case):
        return Duration((advise("DUR_CONTINUE.long_term"), quiet, *minimum))
    return Duration((*minimum, quiet, advise("DUR_REASSESS_6M")))


def _other_response(situation: Situation) -> Duration:
    """Less than CR, or a phase or response that is not known: U1, U2, U4."""
    case = situation.case
    months = case.number("months_on_prophylaxis")
    needs = [f for f in ("months_on_prophylaxis", "mm_response", "mm_phase") if case.unknown(f)]
    if months is None or months < MINIMUM_MONTHS:
        items = [advise("DUR_MIN_6M"), advise("DUR_REASSESS_6M")]
        beginning = case.text("mm_phase") in BEGINNING and not case.text("mm_response")
        if beginning:
            return Duration(tuple(items))
        if months is None and "duration" in situation.asked:
            items.append(ask(needs, "疗效、治疗阶段和已预防的时间决定预防能否停止", rule="U4"))
        return Duration(tuple(items), tuple(needs))
    if combined_therapy(case):
        return Duration((advise("DUR_CONTINUE.long_term"), advise("DUR_REASSESS_6M")), tuple(needs))
    needs += [
        f for f in ("imid", "glucocorticoid", "chemotherapy") if case.unknown(f) and not case.false("imid")
    ]
    items = [advise("DUR_REASSESS_6M")]
    open_ = [f for f in ("mm_response", "mm_phase") if case.unknown(f)]
    if open_ and "duration" in situation.asked:
        items.append(ask(open_, "疗效和治疗阶段决定预防能否停止", rule="U4"))
    if case.text("mm_response") is not None and case.text("mm_phase") is not None:
        items.append(silent(_situation_text(case), "U4", "五（三）"))
    return Duration(tuple(items), tuple(needs))


def duration(situation: Situation) -> Duration:
    """Advice on duration when it is in question; nothing otherwise."""
    case = situation.case
    if not engaged(situation):
        return Duration()
    if case.text("mm_phase") == "relapse":
        return Duration((advise("DUR_RELAPSE_AS_NEW"), advise("DUR_MIN_6M"), advise("DUR_REASSESS_6M")))
    if case.text("mm_response") in COMPLETE and case.text("mm_phase") in ("consolidation", "maintenance"):
        return _complete_response(situation)
    return _other_response(situation)


def duration_needs(situation: Situation) -> tuple[str, ...]:
    """What the duration rules alone still turn on, in the order of asking; nothing once they have decided.

    A standing indication (U3), an established VTE and a bleed are decided elsewhere.
    """
    case = situation.case
    if situation.confirmed or situation.suspected or case.true("active_bleeding"):
        return ()
    if independent_indication(case):
        return ()
    unsettled = (fact for fact in STANDING if case.undetermined(fact))
    return (*unsettled, *duration(situation).needs)
