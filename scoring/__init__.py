"""Scoring and advice by the consensus: pure functions over facts, Python standard library only."""

from .advice import silent as silent_advice
from .assessment import CONTENT_VERSION, assess, course_needs
from .bridging import bridge_advice
from .closure import close
from .compare import differences
from .dosing import dose_advice, dose_drugs, first_phase_days, quote_of
from .facts import FACTS, FactError, FactSpec, denies_a_drug, names_a_drug, validate
from .knowledge import drug_relation, drug_relations, risk_factors, scale
from .named import (
    boundary_flags,
    item_rows,
    level_of,
    levels_within,
    named_tier_advice,
    rows_of,
    tier_drug_advice,
    tier_of_points,
    totals_within,
)
from .orders import Order, order_advice
from .regimens import Regimen, regimen, regimens
from .standing import special_kinds, special_label, special_silent
from .treatment import general_treatment

__all__ = [
    "CONTENT_VERSION",
    "FACTS",
    "FactError",
    "FactSpec",
    "Order",
    "Regimen",
    "assess",
    "boundary_flags",
    "bridge_advice",
    "close",
    "course_needs",
    "denies_a_drug",
    "differences",
    "dose_advice",
    "dose_drugs",
    "drug_relation",
    "drug_relations",
    "first_phase_days",
    "general_treatment",
    "item_rows",
    "level_of",
    "levels_within",
    "named_tier_advice",
    "names_a_drug",
    "order_advice",
    "quote_of",
    "regimen",
    "regimens",
    "risk_factors",
    "rows_of",
    "scale",
    "silent_advice",
    "special_kinds",
    "special_label",
    "special_silent",
    "tier_drug_advice",
    "tier_of_points",
    "totals_within",
    "validate",
]
