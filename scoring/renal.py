"""Kidney function as the rules read it (A22, A23, A45)."""

from __future__ import annotations

from .advice import Advice, advise
from .closure import Case


def known(case: Case) -> bool:
    """Whether the kidney rules can be applied: a GFR, a clearance in its place, or "normal"."""
    return case.gfr is not None or case.true("renal_function_normal")


def severe(case: Case) -> bool:
    """GFR <30."""
    return case.gfr is not None and case.gfr < 30


def moderate(case: Case) -> bool:
    """GFR 30 to <60."""
    return case.gfr is not None and 30 <= case.gfr < 60


def insufficient(case: Case) -> bool:
    """Any renal insufficiency: GFR <60, or known to be abnormal without a number (A23)."""
    return severe(case) or moderate(case) or (case.gfr is None and case.false("renal_function_normal"))


def gfr_text(case: Case) -> str:
    """The kidney function that the rules used, in words."""
    if case.gfr is None:
        return "肾功能异常，GFR未知"
    name = "肌酐清除率" if case.gfr_from_clearance else "GFR"
    return f"{name} {case.gfr:g}"


def renal_flags(case: Case) -> list[Advice]:
    """BOUNDARY_GFR between 59 and 60; WARN_CRCL_VS_GFR when a clearance stands in for the GFR."""
    items = []
    if case.gfr is not None and 59 < case.gfr < 60:
        items.append(advise("BOUNDARY_GFR", value=f"{case.gfr:g}"))
    if case.gfr is not None and case.gfr_from_clearance:
        items.append(advise("WARN_CRCL_VS_GFR", value=f"{case.gfr:g}"))
    return items
