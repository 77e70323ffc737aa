"""Scoring and advice by the consensus: pure functions over facts, Python standard library only."""

from .assessment import CONTENT_VERSION, assess
from .closure import close
from .compare import differences
from .dosing import dose_advice, dose_drugs
from .facts import FACTS, FactError, FactSpec, denies_a_drug, validate
from .knowledge import drug_relation, drug_relations, risk_factors, scale
from .regimens import Regimen, regimen, regimens

__all__ = [
    "CONTENT_VERSION",
    "FACTS",
    "FactError",
    "FactSpec",
    "Regimen",
    "assess",
    "close",
    "denies_a_drug",
    "differences",
    "dose_advice",
    "dose_drugs",
    "drug_relation",
    "drug_relations",
    "regimen",
    "regimens",
    "risk_factors",
    "scale",
    "validate",
]
