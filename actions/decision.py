"""The first line of an answer: what to do, or the one thing that is still needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from actions import labels
from actions.roles import DECIDED_DURATIONS, by_role, role
from actions.score_text import SCALES, shown
from actions.wording import load, say

#: More statements than these are listed, one a line, below the first.
FEW = 2
#: What keeps a drug from being given as the tier says; it belongs into the first line.
RESTRAINT_CODES = ("BLEED_HIGH", "PLT_INDIVIDUALIZE", "PLT_BOUNDARY")
#: The section on how long to prevent.
DURATION = "五（三）"
PROPHYLAXIS_CODES = ("PPX_", "BLEED_", "PLT_", "SWITCH_")


def decision(assessment: Mapping[str, Any], goals: Sequence[str] = (), focus: str | None = None) -> str:
    """The first line: emergencies, the score just asked for, what to do or the one thing still needed."""
    items = leading(assessment)
    first = [item for item in items if role(item) == "first"]
    prophylaxis = [item for item in items if item["code"].startswith(PROPHYLAXIS_CODES)]
    plain = [item for item in items if item not in first and item not in prophylaxis]
    scores = ["wells_dvt", "wells_pe"] if any(item["code"].startswith("DX_") for item in items) else []
    scores += [focus] if focus in SCALES and focus != "mm_vte" and focus not in scores else []
    parts = [_joined(first, assessment)]
    if focus == "duration":
        parts.append(_duration_open(assessment))
    if scores:
        parts.append(_scores_only(assessment, goals, scores))
    parts.append(_joined(plain, assessment))
    if prophylaxis or (not items and "mm_vte" in assessment["scores"]):
        parts.append(_prophylaxis(assessment, prophylaxis))
    text = "".join(parts).rstrip("\n")
    return say("decision.line", parts=text or _scores_only(assessment, goals, SCALES))


def _duration_open(assessment: Mapping[str, Any]) -> str:
    """What must be known before anything can be said on stopping: who asks for it is told that first."""
    asked = [item for item in by_role(assessment["advice"])["ask"] if item["source"]["section"] == DURATION]
    needed = list(dict.fromkeys(fact for item in asked for fact in item["facts"] or ()))
    return say("decision.duration_open", needed=labels.names(needed)) if needed else ""


def leading(assessment: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The advice that the first line gives: what is put forward, and what stands against it."""
    groups = by_role(assessment["advice"])
    restraints = [item for item in groups["warning"] if _restrains(item)]
    decided = [item for item in groups["decision"] if item["code"] in DECIDED_DURATIONS]
    others = [item for item in groups["decision"] if item not in decided]
    if decided:
        # Whether to stop is what is asked; that few points call for nothing would contradict it.
        others = [item for item in others if item["code"] != "PPX_NONE"]
    return [*groups["first"], *decided, *restraints, *others] or groups["warning"][:1]


def _restrains(item: Mapping[str, Any]) -> bool:
    """Does it keep a drug from being given as the tier, or the treatment, says?"""
    silent_on_treatment = item["code"] == "SILENT" and item["rule"] == "T11"
    return item["code"].startswith(RESTRAINT_CODES) or silent_on_treatment


def _prophylaxis(assessment: Mapping[str, Any], items: Sequence[Mapping[str, Any]]) -> str:
    score = assessment["scores"].get("mm_vte")
    if score is None:
        return _joined(items, assessment)
    values = {
        "points": labels.points(score["points"]),
        "tier": labels.tier_name("mm_vte", score["tier"]),
        "span": labels.tier_span("mm_vte", score["tier_range"]),
        "needed": labels.names((assessment["questions"] or score["deciding"])[:3]),
        "advice": _joined(items, assessment) or say("decision.no_advice"),
    }
    if score["settled"]:
        return say("decision.settled", **values)
    if not items:
        return say("decision.withheld", **values)
    if {item["code"] for item in items} == {"PPX_NONE"}:
        # "Not recommended" must not be read out of points that are merely not known yet.
        return say("decision.not_yet", **values)
    return say("decision.provisional", **values)


def _scores_only(assessment: Mapping[str, Any], goals: Sequence[str], scales: Sequence[str]) -> str:
    named = [
        say(
            "decision.score",
            name=labels.score_name(name),
            points=labels.points(score["points"]),
            tier=labels.tier_name(name, score["tier"]),
            unsettled="" if score["settled"] else say("decision.unsettled"),
        )
        for name, score in assessment["scores"].items()
        if name in scales and shown(name, assessment, goals)
    ]
    return "；".join(named) + "。" if named else say("decision.nothing_scored")


def _joined(items: Sequence[Mapping[str, Any]], assessment: Mapping[str, Any]) -> str:
    """What is put forward, in a sentence: plain advice first, then the options in their short form."""
    short = load("wording.toml")["options"]
    options = [
        item for item in items if item["code"] in short and item["modality"] in ("option", "recommend")
    ]
    texts = [item["text"].rstrip("。") for item in items if item not in options]
    if options:
        named = "；".join(short[item["code"]].format(dose=_dose(item)) for item in options)
        key = "decision.alternatives" if len(options) > 1 else "decision.one_option"
        text = say(key, options=named)
        missing = _before_a_dose(assessment)
        if missing and not all(item["doses"] for item in options):
            text += say("decision.dose_first", facts=labels.names(missing))
        texts.append(text)
    if len(texts) > FEW:
        return "。\n· ".join(texts) + "。\n"
    return "；".join(texts) + "。" if texts else ""


def _before_a_dose(assessment: Mapping[str, Any]) -> list[str]:
    """What must be known before a dose: the critical facts, then what still decides on bleeding (A27)."""
    asked = [fact for item in assessment["advice"] for fact in item.get("facts", ())]
    bleeding = assessment["scores"].get("bleeding")
    return list(dict.fromkeys(asked)) or (list(bleeding["deciding"]) if bleeding else [])


def _dose(item: Mapping[str, Any]) -> str:
    """The dose of an option with its arithmetic; empty while it may not be given."""
    parts = []
    for dose in item["doses"]:
        amount = dose["formula"] or f"{dose['amount']:g} {dose['unit']}"
        parts.append(f" {amount} {_interval(dose)}")
    return "，".join(parts)


def _interval(dose: Mapping[str, Any]) -> str:
    return say(f"decision.interval_{dose['interval_h']}")
