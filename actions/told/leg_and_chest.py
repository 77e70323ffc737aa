"""A clot of the leg in question and a sign in the chest beside it: an embolism until it is ruled out."""

from __future__ import annotations

from actions.turn import Turn

LEG = frozenset(
    {
        "dvt_signs", "deep_vein_tenderness", "entire_leg_swelling", "calf_swelling_over_3cm",
        "unilateral_pitting_edema", "collateral_superficial_veins", "calf_difference_cm",
    }
)  # fmt: skip
CLOTS_OF_THE_LEG = frozenset({"suspected_dvt", "dvt", "proximal_dvt", "distal_dvt"})
_DENIED = False


def leg_in_question(turn: Turn) -> bool:
    """Whether a clot of the leg is known, suspected, or shows itself by a sign that is not denied."""
    facts = turn.case.facts
    return facts.get("vte_event") in CLOTS_OF_THE_LEG or any(
        facts.get(sign, _DENIED) is not _DENIED for sign in LEG
    )


def chest_beside_a_clot(turn: Turn) -> bool:
    """Whether this message adds to leg and chest what was missing: "他有点喘" after "腿肿了", or before."""
    told = bool(turn.message.helpers("symptom"))
    before = turn.case.breathless
    turn.case.breathless = before or told
    newly = told or bool(LEG & turn.intake.recorded.keys()) or "vte_event" in turn.intake.recorded
    return turn.case.breathless and newly and leg_in_question(turn)
