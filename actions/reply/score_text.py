"""Which scores an answer spells out, and each as text with the words it was read from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from actions import labels
from actions.case import Evidence
from actions.wording import load, say

SCALES = ("mm_vte", "bleeding", "wells_dvt", "wells_pe")
#: Wells scores are spelled out only when somebody thinks of an event: facts like a past thrombosis bear
#: on them in every case, and would bury the answer.
EVENT_FACTS = frozenset(
    {
        "vte_event", "dvt_signs", "hemoptysis", "pe_more_likely_than_alternatives", "deep_vein_tenderness",
        "entire_leg_swelling", "calf_swelling_over_3cm", "unilateral_pitting_edema", "heart_rate_bpm",
        "collateral_superficial_veins", "alternative_diagnosis_as_likely_as_dvt", "calf_difference_cm",
    }
)  # fmt: skip


#: The event that each Wells score is of, and what is found at a leg: "手术" alone makes no DVT of a PE.
SUSPECTED = {"wells_dvt": "suspected_dvt", "wells_pe": "suspected_pe"}
OF_THE_LEG = frozenset(
    {
        "dvt_signs", "deep_vein_tenderness", "entire_leg_swelling", "calf_swelling_over_3cm",
        "unilateral_pitting_edema", "collateral_superficial_veins",
        "alternative_diagnosis_as_likely_as_dvt", "calf_difference_cm",
    }
)  # fmt: skip


def shown(name: str, assessment: Mapping[str, Any], goals: Sequence[str]) -> bool:
    """Is this score spelled out in the text (the card always has it)?"""
    event = assessment["facts"].get("vte_event")
    if event and not event.startswith("suspected"):
        # An established VTE is treated whatever the points say; only bleeding still bears on it.
        return name == "bleeding" or name in goals
    if name in ("mm_vte", "bleeding") or name in goals:
        return True
    if event == SUSPECTED[name]:
        return True
    bearing = OF_THE_LEG if name == "wells_dvt" else EVENT_FACTS - OF_THE_LEG | {"dvt_signs"}
    return any(
        value is not False for fact, value in assessment["facts"].items() if fact in bearing - {"vte_event"}
    )


def spelled_out(assessment: Mapping[str, Any], goals: Sequence[str]) -> list[str]:
    """The scores that text and card show in full; the others, on which facts merely bear, are folded away."""
    return [name for name in assessment["scores"] if shown(name, assessment, goals)]


def score_named(text: str) -> str | None:
    """The score that a question names in any of its words, if one."""
    patterns = load("explain.toml")["scores"].items()
    return next((name for name, words in patterns if re.search(words, text, re.IGNORECASE)), None)


def quoted_facts(assessment: Mapping[str, Any]) -> set[str]:
    """The facts whose words stand beside an item of the two scores that are always shown."""
    scores = (assessment["scores"].get(name) for name in ("mm_vte", "bleeding"))
    items = [item for score in scores if score for item in score["items"] if item["status"] == "present"]
    return {fact for item in items for fact in item.get("facts", ())}


def score_text(name: str, score: Mapping[str, Any], evidence: Mapping[str, Evidence]) -> str:
    """A score with the items that count, each with the words it was read from."""
    tier = labels.tier_name(name, score["tier"])
    if score.get("two_level"):
        tier += f"（两级法：{labels.tier_name('two_level', score['two_level'])}）"
    tier = so_far(name, score, tier)
    low, high = score["range"]
    lines = [
        say(
            "assessment.score",
            name=labels.score_name(name),
            points=labels.points(score["points"]),
            tier=tier,
            range=""
            if score["settled"] and low == high
            else say("assessment.range", low=labels.points(low), high=labels.points(high)),
        )
    ]
    lines += [item_text(item, evidence) for item in score["items"] if item["status"] == "present"]
    return "\n".join(lines)


def so_far(name: str, score: Mapping[str, Any], tier: str) -> str:
    """The tier with a word that it is only that of the known points; of MM-VTE the first line says so."""
    open_tier = len(score.get("tier_range", ())) > 1 and name != "mm_vte" and not score["settled"]
    return say("assessment.so_far", tier=tier) if open_tier else tier


def deciding_text(score: Mapping[str, Any]) -> str:
    """The unknown facts that can still change the tier, the heaviest first."""
    return say("assessment.deciding", facts=labels.names(score["deciding"][:6])) if score["deciding"] else ""


def item_text(item: Mapping[str, Any], evidence: Mapping[str, Evidence]) -> str:
    """One item with its points and its evidence."""
    points = f"{item['points']:+g}"
    words = [evidence[fact].text for fact in item.get("facts", ()) if fact in evidence]
    if not words:
        return say("assessment.item_plain", points=points, label=item["label"])
    quote = "；".join(dict.fromkeys(word.strip()[:24] for word in words))
    return say("assessment.item", points=points, label=item["label"], evidence=quote)
