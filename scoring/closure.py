"""What follows from the stated facts: implications, derivations, and contradictions, which become null."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from .facts import FACTS, denies_a_drug, names_a_drug, validate
from .regimens import regimen
from .tables import fact_rows, scale

BMI_TOLERANCE = 0.5
CALF_CUT_CM = 3.0
GFR_CUT = 60.0
# premise true => conclusion true, and conclusion false => premise false
IMPLICATIONS = (
    ("history_dvt", "history_vte"),
    ("bedridden_over_72h", "immobilized_over_3_days"),
)
TREATED_PHASES = ("newly_diagnosed", "induction", "consolidation", "maintenance", "relapse")
THERAPIES = ("imid", "carfilzomib", "anthracycline_chemotherapy", "chemotherapy", "glucocorticoid")


@dataclass
class Case:
    """The closed facts of one patient, and how they came about."""

    facts: dict[str, object]
    stated: frozenset[str]
    derived: dict[str, str] = field(default_factory=dict)
    """Fact -> Chinese basis of a value that was not stated."""
    conflicts: dict[str, str] = field(default_factory=dict)
    """Fact made null by a contradiction -> Chinese explanation."""
    gfr: float | None = None
    """GFR that the rules use, ml/min/1.73 m²; `gfr_from_clearance` when a clearance stands in."""
    gfr_from_clearance: bool = False
    bounds: dict[str, tuple[float, float]] = field(default_factory=dict)
    """Limits that other facts put on an unknown number."""

    def get(self, fact: str) -> object:
        """The closed value, None when it is unknown."""
        return self.facts.get(fact)

    def true(self, fact: str) -> bool:
        """Whether the fact is known to hold."""
        return self.facts.get(fact) is True

    def false(self, fact: str) -> bool:
        """Whether the fact is known not to hold."""
        return self.facts.get(fact) is False

    def unknown(self, fact: str) -> bool:
        """Whether the fact was not mentioned or is undetermined."""
        return self.facts.get(fact) is None

    def undetermined(self, fact: str) -> bool:
        """Whether the fact was mentioned but is undetermined (null)."""
        return fact in self.facts and self.facts[fact] is None

    def open(self, fact: str) -> bool:
        """Whether the fact is unknown and not so because of a contradiction: a conclusion may settle it."""
        return self.facts.get(fact) is None and fact not in self.conflicts

    def number(self, fact: str) -> float | None:
        """A number, None when unknown."""
        value = self.facts.get(fact)
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

    def text(self, fact: str) -> str | None:
        """A string or choice, None when unknown."""
        value = self.facts.get(fact)
        return value if isinstance(value, str) else None

    def derive(self, fact: str, value: object, basis: str) -> None:
        """Set a fact that was not mentioned."""
        self.facts[fact] = value
        self.derived[fact] = basis

    def conflict(self, text: str, *names: str) -> None:
        """Make the facts that contradict each other undetermined."""
        for name in names:
            self.facts[name] = None
            self.conflicts[name] = text
            self.derived.pop(name, None)


def table5_booleans() -> tuple[str, ...]:
    """The booleans that a denial of "other risk factors" answers: those of table 5."""
    return tuple(fact for fact in scale("mm_vte").facts if FACTS[fact].kind == "bool")


def _label(fact: str) -> str:
    return FACTS[fact].label


def _round_age(case: Case) -> None:
    """A11: completed years."""
    age = case.number("age_years")
    if age is not None and age != math.floor(age):
        case.facts["age_years"] = math.floor(age)
        case.derived["age_years"] = f"按周岁计（{age:g}岁取整）"


def bmi(height_cm: float, weight_kg: float) -> float:
    """kg/m² from decimal digits: in binary floats 64 kg at 160 cm would stay below 25."""
    return float(Decimal(str(weight_kg)) * 10_000 / Decimal(str(height_cm)) ** 2)


def _body_mass_index(case: Case) -> None:
    height, weight, stated = case.number("height_cm"), case.number("weight_kg"), case.number("bmi")
    low, high = (float(fact_rows()["bmi"][key]) for key in ("min", "max"))
    if height is None or weight is None:
        rows = fact_rows()
        heights = [height] if height is not None else [rows["height_cm"]["min"], rows["height_cm"]["max"]]
        weights = [weight] if weight is not None else [rows["weight_kg"]["min"], rows["weight_kg"]["max"]]
        indices = [bmi(h, w) for w in weights for h in heights]
        case.bounds["bmi"] = (max(low, min(indices)), min(high, max(indices)))
        return
    computed = bmi(height, weight)
    if stated is not None and abs(stated - computed) > BMI_TOLERANCE:
        case.conflict(f"所述BMI {stated:g}与身高体重计算值{computed:.1f}相差超过0.5", "bmi")
    elif not low <= computed <= high:
        case.conflict(f"由身高{height:g} cm和体重{weight:g} kg算得的BMI {computed:.1f}不合理", "bmi")
    else:
        case.derive("bmi", computed, f"{weight:g} kg ÷ ({height / 100:g} m)²")


def _implications(case: Case) -> None:
    for premise, conclusion in IMPLICATIONS:
        if case.true(premise) and case.false(conclusion):
            case.conflict(f"{_label(premise)}与“无{_label(conclusion)}”矛盾", premise, conclusion)
        elif case.true(premise) and case.open(conclusion):
            case.derive(conclusion, True, f"由“{_label(premise)}”得出")
        elif case.false(conclusion) and case.open(premise):
            case.derive(premise, False, f"由“无{_label(conclusion)}”得出")


def _bleeding(case: Case) -> None:
    """A current bleed is one within 3 months (A46), whatever was said of earlier ones."""
    if case.true("active_bleeding") and not case.true("bleeding_within_3_months"):
        case.derive("bleeding_within_3_months", True, "活动性出血计入3个月内出血史")
    elif case.false("bleeding_within_3_months") and case.open("active_bleeding"):
        case.derive("active_bleeding", False, "由“3个月内无出血”得出")


def _calf(case: Case) -> None:
    difference = case.number("calf_difference_cm")
    if difference is None:
        return
    over = difference > CALF_CUT_CM
    stated = case.get("calf_swelling_over_3cm")
    if case.open("calf_swelling_over_3cm"):
        case.derive("calf_swelling_over_3cm", over, f"周径差{difference:g} cm")
    elif stated is not None and stated is not over:
        text = f"周径差{difference:g} cm与“小腿肿胀大于3 cm：{'是' if stated else '否'}”矛盾"
        case.conflict(text, "calf_difference_cm", "calf_swelling_over_3cm")


def _steroid(case: Case) -> None:
    dose = case.number("dexamethasone_mg_per_cycle")
    if dose is not None and dose > 0:
        if case.false("glucocorticoid"):
            text = f"每周期地塞米松{dose:g} mg与“无糖皮质激素”矛盾"
            case.conflict(text, "dexamethasone_mg_per_cycle", "glucocorticoid")
        elif case.open("glucocorticoid"):
            case.derive("glucocorticoid", True, "由地塞米松用量得出")
    elif case.false("glucocorticoid") and case.open("dexamethasone_mg_per_cycle"):
        case.derive("dexamethasone_mg_per_cycle", 0, "方案中无糖皮质激素")


def _chemotherapy(case: Case) -> None:
    """A14: anthracyclines are chemotherapy, not the other way round."""
    if case.true("anthracycline_chemotherapy") and case.open("chemotherapy"):
        case.derive("chemotherapy", True, "由“蒽环类为主的多药化疗”得出")


def _imid(case: Case) -> None:
    drug = case.get("imid_drug")
    if names_a_drug(drug):
        if case.false("imid"):
            case.conflict(f"使用{drug}与“未用免疫调节剂”矛盾", "imid", "imid_drug")
        elif case.open("imid"):
            case.derive("imid", True, f"使用{drug}")


def _warfarin(case: Case) -> None:
    drug = case.text("current_anticoagulant") or ""
    if "华法林" in drug or "warfarin" in drug.lower():
        if case.false("on_warfarin"):
            case.conflict(f"正在使用{drug}与“未用华法林”矛盾", "on_warfarin", "current_anticoagulant")
        elif case.open("on_warfarin"):
            case.derive("on_warfarin", True, f"正在使用{drug}")
    elif denies_a_drug(drug):
        if case.true("on_warfarin"):
            case.conflict("正在使用华法林与“未用抗凝药”矛盾", "on_warfarin", "current_anticoagulant")
        elif case.open("on_warfarin"):
            case.derive("on_warfarin", False, "目前未用抗凝药")


def _renal(case: Case) -> None:
    """The GFR the rules use: measured, else a creatinine clearance in its place (A45), else normal."""
    measured = case.number("gfr")
    clearance = case.number("creatinine_clearance_ml_min")
    source = "gfr" if measured is not None else "creatinine_clearance_ml_min"
    value = measured if measured is not None else clearance
    if value is not None and value < GFR_CUT and case.true("renal_function_normal"):
        case.conflict(f"{_label(source)}{value:g}与“肾功能正常”矛盾", source, "renal_function_normal")
        return
    case.gfr = value
    case.gfr_from_clearance = measured is None and clearance is not None
    if value is None and case.true("renal_function_normal"):
        case.bounds["gfr"] = (GFR_CUT, float(fact_rows()["gfr"]["max"]))


def _denial(case: Case) -> None:
    if not case.true("other_risk_factors_denied"):
        return
    known = regimen(case.text("regimen"))
    for fact in table5_booleans():
        # a regimen speaks for its own drugs: a denial of "other" factors does not take them out of it
        in_regimen = (
            fact in THERAPIES and case.text("regimen") is not None and (known is None or fact in known.facts)
        )
        if fact not in case.facts and not in_regimen:
            case.derive(fact, False, "否认其他危险因素")


def active_cancer_basis(case: Case) -> str | None:
    """A03: why MM counts as active cancer when that was not stated; None when it cannot be told."""
    phase = case.text("mm_phase")
    if phase in ("smoldering", "off_treatment"):
        return None
    if case.true("mm_active"):
        return "MM处于活动期"
    if phase in TREATED_PHASES:
        return f"MM{(FACTS['mm_phase'].choices or {})[phase]}"
    for fact in THERAPIES:
        if case.true(fact):
            return f"正在或计划接受抗MM治疗（{_label(fact)}）"
    if names_a_drug(case.get("regimen")):
        return f"正在或计划接受抗MM治疗（{case.text('regimen')}）"
    return None


def _active_cancer(case: Case) -> None:
    if "active_cancer" not in case.facts:
        basis = active_cancer_basis(case)
        if basis:
            case.derive("active_cancer", True, basis)


STEPS = (
    _round_age,
    _body_mass_index,
    _implications,
    _bleeding,
    _calf,
    _steroid,
    _chemotherapy,
    _imid,
    _warfarin,
    _renal,
)


def close_case(facts: Mapping[str, object]) -> Case:
    """Validate the facts and draw every conclusion that the contract and the decisions force."""
    validate(facts)
    case = Case(facts=dict(facts), stated=frozenset(facts))
    for step in STEPS:
        step(case)
    _denial(case)
    _implications(case)
    _steroid(case)
    _active_cancer(case)
    case.facts = {name: case.facts[name] for name in FACTS if name in case.facts}
    return case


def close(facts: Mapping[str, object]) -> dict[str, object]:
    """The facts with everything that follows from them, in the order of FACTS; contradictions become null."""
    return close_case(facts).facts
