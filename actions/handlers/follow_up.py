"""Answers to what a few words go on with (actions/asked/follow_up.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from actions import labels
from actions.handlers.assessment import is_about_a_patient, next_step
from actions.handlers.recall import recall
from actions.handlers.statements import statement_of
from actions.message import Segment
from actions.reply.cards import Reply, advice_card, card
from actions.turn import Turn
from actions.wording import load
from scoring import assess, scale, silent_advice

LITTLE = 50
SEVERE = 30
TAKEN = ("current_anticoagulant", "current_antiplatelet", "on_warfarin", "months_on_prophylaxis")


def _said(key: str, **values: object) -> str:
    sentence: str = load("follow_ups.toml")["say"][key]
    return sentence.format(**values)


def _silence(name: str, **values: str) -> dict[str, Any]:
    """The fixed sentence on one of the situations of follow_ups.toml."""
    row = load("follow_ups.toml")["silent"][name]
    advice: dict[str, Any] = silent_advice(row["situation"].format(**values), row["rule"], row["section"])
    return advice


def unsaid(turn: Turn, segment: Segment, asked: Mapping[str, Any]) -> list[Reply]:
    """What the consensus does not say of what was spoken of; of the dose of a regimen, how it is told."""
    reply = advice_card([_silence(asked["of"])])
    if asked["of"] != "dexamethasone":
        return [reply]
    turn.question_settled = False
    return [reply, statement_of("points_dexamethasone"), *next_step(turn)]


def sure(turn: Turn, segment: Segment, asked: Mapping[str, Any]) -> list[Reply]:
    """你确定吗: where the last answer stands."""
    return [_with_sources(turn, "sure")]


def other_guideline(turn: Turn, segment: Segment, asked: Mapping[str, Any]) -> list[Reply]:
    """跟指南不一样吧: only the one consensus is gone by; it names the others it drew on."""
    return [_with_sources(turn, "elsewhere")]


def _with_sources(turn: Turn, key: str) -> Reply:
    cited = list(turn.case.cited)
    sources = recall(turn.case, "source")[0].text if cited else ""
    text = _said(key, sources=_said("sources", lines=sources) if sources else "")
    return card("answer", text, {"cited": cited})


def distance(turn: Turn, segment: Segment, asked: Mapping[str, Any]) -> list[Reply]:
    """差几分: how far the total is from each tier above."""
    score = turn.assessment()["scores"]["mm_vte"]
    points = score["points"]
    steps = [
        _said("distance_step", tier=tier["label"], points=labels.points(start - points), **{"from": start})
        for tier in scale("mm_vte")["tiers"]
        if (start := tier.get("at_least", 0)) > points
    ]
    text = _said(
        "distance",
        points=labels.points(points),
        tier=labels.tier_name("mm_vte", score["tier"]),
        unsettled="" if score["settled"] else _said("unsettled"),
        steps="，".join(steps) or _said("distance_top"),
    )
    return [card("answer", text, {"source": scale("mm_vte")["source"], "points": points})]


def instead(turn: Turn, segment: Segment, asked: Mapping[str, Any]) -> list[Reply]:
    """那改什么: what the assessment leaves; without a patient, what the consensus leaves."""
    assessment = turn.assessment()
    drug, turn.case.drug = turn.case.drug, _the_one_drug(assessment["advice"])
    if is_about_a_patient(assessment):
        turn.assessment_wanted, turn.question_settled = True, False
        return []
    left, reasons = load("follow_ups.toml")["left"], _reasons(turn)
    if not reasons and drug in load("dosing.toml")["without_dose"]["drugs"]:
        reasons = ["otherwise"]
    if not reasons:
        return [Reply(_said("no_more"))]
    return [statement_of(entry) for name in reasons for entry in left[name]]


def _the_one_drug(advice: Sequence[Mapping[str, Any]]) -> str | None:
    """The drug that "它的剂量" is about once these are put forward; none where there are several."""
    drugs = {item["drug"] for item in advice if item["modality"] in ("recommend", "option", "consider")}
    drugs.discard(None)
    return str(drugs.pop()) if len(drugs) == 1 else None


def _reasons(turn: Turn) -> list[str]:
    """What speaks against a drug, of the facts that are known and the answer given last."""
    facts, cited = turn.case.facts, " ".join(turn.case.cited)
    platelets, gfr = facts.get("platelets_e9_l"), facts.get("gfr")
    found = {
        "active_bleeding": facts.get("active_bleeding") is True or "大出血" in cited,
        "platelets": (isinstance(platelets, int | float) and platelets < LITTLE) or "血小板" in cited,
        "renal": (isinstance(gfr, int | float) and gfr < SEVERE) or "GFR" in cited or "肾" in cited,
        "bleeding": "出血评分" in cited,
    }
    return [name for name, holds in found.items() if holds]


def once_stopped(turn: Turn, segment: Segment, asked: Mapping[str, Any]) -> list[Reply]:
    """停了后用什么: what the tier calls for besides that drug; how to change over is not said."""
    taken = "、".join(one for fact in TAKEN if isinstance(one := turn.case.facts.get(fact), str))
    drugs = [one["id"] for one in load("dosing.toml")["drug"] if one["title"] in taken]
    kept = {fact: value for fact, value in turn.case.facts.items() if fact not in TAKEN}
    advice = [
        item
        for item in assess(kept, asked=turn.case.goals)["advice"]
        if item["code"].startswith(("PPX_", "BLEED_", "CONTRA_", "PLT_", "RENAL_", "TX_", "SILENT"))
        and item["drug"] not in drugs
    ]
    turn.case.drug = _the_one_drug(advice)
    if not any(item["drug"] for item in advice):
        return [advice_card([_silence("once_stopped", drug=taken)])]  # the tier has no other
    return [advice_card([*advice, _silence("changing_over")])]
