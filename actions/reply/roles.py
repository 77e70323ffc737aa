"""The part that each advice item plays in an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

PUT_FORWARD = ("recommend", "option", "consider", "continue", "may_stop")
ADVISED_AGAINST = ("caution", "avoid", "contraindicated")
#: Said before everything else, in the first line.
FIRST_CODES = ("EMERGENCY", "CONTRA_", "REFER_CLINICIAN")
WARNING_CODES = (
    "BLEED_",
    "PLT_INDIVIDUALIZE",
    "PLT_BOUNDARY",
    "WARN_",
    "BOUNDARY_",
    "WELLS_",
    "SILENT",
    "RENAL_",
    "MM_PREFER",
)
#: What is decided about the duration is the decision; the general words on it are not.
DECIDED_DURATIONS = (
    "DUR_STOP_OK", "DUR_CONSIDER_STOP", "DUR_CONTINUE", "DUR_INDEPENDENT", "DUR_INDIVIDUALIZE",
)  # fmt: skip
DURATION_CODES = ("DUR_", "TX_DUR", "TX_LONGTERM")


def by_role(advice: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """The advice sorted by the part that it plays in the answer."""
    roles: dict[str, list[Mapping[str, Any]]] = {
        "first": [], "decision": [], "warning": [], "against": [], "duration": [], "ask": [], "other": []
    }  # fmt: skip
    for item in advice:
        roles[role(item)].append(item)
    return roles


def role(item: Mapping[str, Any]) -> str:
    """The part that one advice item plays in the answer."""
    code, modality = item["code"], item["modality"]
    if code.startswith(FIRST_CODES):
        return "first"
    if modality == "ask" or code.startswith("ASK_"):
        return "ask"
    if code in DECIDED_DURATIONS:
        return "decision"
    if code.startswith(DURATION_CODES):
        return "duration"
    if code.startswith(("PPX_", "TX_", "DX_")) and modality in PUT_FORWARD:
        return "decision"
    if code.startswith(WARNING_CODES) and not (code.startswith("RENAL_") and modality == "avoid"):
        return "warning"
    if modality in ADVISED_AGAINST:
        return "against"
    return "other"
