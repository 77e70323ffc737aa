"""An assessment as plain text: the decision first, then scores, warnings, alternatives and sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from actions import labels
from actions.cards import source_name
from actions.case import Evidence
from actions.wording import load, say

#: What a text-only client can show of one message (WeChat cuts at 2048 bytes).
MAX_BYTES = 2000

PUT_FORWARD = ("recommend", "option", "consider", "continue", "may_stop")
ADVISED_AGAINST = ("caution", "avoid", "contraindicated")
#: Said before everything else, in the first line.
FIRST_CODES = ("EMERGENCY", "CONTRA_")
WARNING_CODES = ("BLEED_", "PLT_", "WARN_", "BOUNDARY_", "WELLS_", "SILENT", "RENAL_")
#: What is decided about the duration is the decision; the general words on it are not.
DECIDED_DURATIONS = (
    "DUR_STOP_OK", "DUR_CONSIDER_STOP", "DUR_CONTINUE", "DUR_INDEPENDENT", "DUR_INDIVIDUALIZE",
    "DUR_RELAPSE_AS_NEW",
)  # fmt: skip
PROPHYLAXIS_CODES = ("PPX_", "BLEED_", "PLT_", "SWITCH_")
DURATION_CODES = ("DUR_", "TX_DUR", "TX_LONGTERM")
#: Wells scores are spelled out only when somebody thinks of an event: facts like a past thrombosis bear
#: on them in every case, and would bury the answer.
EVENT_FACTS = frozenset(
    {
        "vte_event", "dvt_signs", "hemoptysis", "pe_more_likely_than_alternatives", "deep_vein_tenderness",
        "entire_leg_swelling", "calf_swelling_over_3cm", "unilateral_pitting_edema", "heart_rate_bpm",
        "collateral_superficial_veins", "alternative_diagnosis_as_likely_as_dvt", "calf_difference_cm",
    }
)  # fmt: skip


def assessment_text(
    assessment: Mapping[str, Any],
    evidence: Mapping[str, Evidence],
    *,
    notices: Sequence[str] = (),
    goals: Sequence[str] = (),
) -> tuple[str, str]:
    """The answer within ``MAX_BYTES``, and the rest of it, for 继续 (the card has all of it)."""
    scores = [
        score_text(name, score, evidence)
        for name, score in assessment["scores"].items()
        if shown(name, assessment, goals)
    ]
    said = leading(assessment)
    groups = by_role(item for item in assessment["advice"] if item not in said)
    blocks = [
        decision(assessment, goals),
        *notices,
        *scores[:2],
        _block("assessment.warnings", groups["warning"]),
        *scores[2:],
        _block("assessment.alternatives", groups["against"]),
        _block("assessment.duration", groups["duration"]),
        _sensitivity(assessment, goals),
        _block("assessment.other", groups["other"]),
    ]
    closing = _source(assessment) + "\n" + say("assessment.limits")
    return fit([block for block in blocks if block], closing)


def fit(blocks: Sequence[str], closing: str) -> tuple[str, str]:
    """Blocks and closing within ``MAX_BYTES``, cut at a line end, and what had to be left for 继续."""
    whole = "\n".join([*blocks, closing])
    if len(whole.encode()) <= MAX_BYTES:
        return whole, ""
    more = say("assessment.more")
    room = MAX_BYTES - len(f"\n{more}\n{closing}".encode())
    lines = "\n".join(blocks).split("\n")
    kept = 0
    while kept < len(lines) and len("\n".join(lines[: kept + 1]).encode()) <= room:
        kept += 1
    return "\n".join([*lines[:kept], more, closing]), "\n".join(lines[kept:])


def shown(name: str, assessment: Mapping[str, Any], goals: Sequence[str]) -> bool:
    """Is this score spelled out in the text (the card always has it)?"""
    if name in ("mm_vte", "bleeding") or name in goals:
        return True
    return bool(EVENT_FACTS & set(assessment["facts"]))


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


def leading(assessment: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The advice that the first line gives: what is put forward, or else what warns."""
    groups = by_role(assessment["advice"])
    decided = [item for item in groups["decision"] if item["code"] in DECIDED_DURATIONS]
    others = [item for item in groups["decision"] if item not in decided]
    if decided:
        # Whether to stop is what is asked; that few points alone call for nothing would contradict it.
        others = [item for item in others if item["code"] != "PPX_NONE"]
    return [*groups["first"], *decided, *others] or groups["warning"]


def decision(assessment: Mapping[str, Any], goals: Sequence[str] = ()) -> str:
    """The first line: what to do, or the one thing that is still needed."""
    put_forward = leading(assessment)
    texts = _joined(put_forward, assessment["advice"])
    codes = {item["code"] for item in put_forward}
    if any(code.startswith("DX_") for code in codes):
        texts = _scores_only(assessment, goals) + texts
    score = assessment["scores"].get("mm_vte")
    about_prophylaxis = any(code.startswith(PROPHYLAXIS_CODES) for code in codes)
    if score is None or (put_forward and not about_prophylaxis) or codes & set(DECIDED_DURATIONS):
        return say("decision.plain", advice=texts or _scores_only(assessment, goals))
    values = {
        "points": labels.points(score["points"]),
        "tier": labels.tier_name("mm_vte", score["tier"]),
        "span": labels.tier_span("mm_vte", score["tier_range"]),
        "needed": labels.names((assessment["questions"] or score["deciding"])[:3]),
        "advice": texts or say("decision.no_advice"),
    }
    if score["settled"]:
        return say("decision.settled", **values)
    if not put_forward:
        return say("decision.withheld", **values)
    if codes == {"PPX_NONE"}:
        # "Not recommended" must not be read out of points that are merely not known yet.
        return say("decision.not_yet", **values)
    return say("decision.provisional", **values)


def _scores_only(assessment: Mapping[str, Any], goals: Sequence[str]) -> str:
    named = [
        say(
            "decision.score",
            name=labels.score_name(name),
            points=labels.points(score["points"]),
            tier=labels.tier_name(name, score["tier"]),
            unsettled="" if score["settled"] else say("decision.unsettled"),
        )
        for name, score in assessment["scores"].items()
        if shown(name, assessment, goals)
    ]
    return "；".join(named) + "。" if named else say("decision.nothing_scored")


def _joined(items: Sequence[Mapping[str, Any]], advice: Sequence[Mapping[str, Any]]) -> str:
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
        missing = [
            fact for item in advice if item["code"].startswith("ASK_") for fact in item.get("facts", ())
        ]
        if missing and not all(item["doses"] for item in options):
            text += say("decision.dose_first", facts=labels.names(dict.fromkeys(missing)))
        texts.append(text)
    return "；".join(texts) + "。" if texts else ""


def _dose(item: Mapping[str, Any]) -> str:
    """The dose of an option with its arithmetic; empty while it may not be given."""
    parts = []
    for dose in item["doses"]:
        amount = dose["formula"] or f"{dose['amount']:g} {dose['unit']}"
        parts.append(f" {amount} {_interval(dose)}")
    return "，".join(parts)


def _interval(dose: Mapping[str, Any]) -> str:
    return say(f"decision.interval_{dose['interval_h']}")


def score_text(name: str, score: Mapping[str, Any], evidence: Mapping[str, Evidence]) -> str:
    """A score with the items that count, each with the words it was read from."""
    tier = labels.tier_name(name, score["tier"])
    if score.get("two_level"):
        tier += f"（两级法：{labels.tier_name('two_level', score['two_level'])}）"
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
    if score["deciding"]:
        lines.append(say("assessment.deciding", facts=labels.names(score["deciding"][:6])))
    return "\n".join(lines)


def item_text(item: Mapping[str, Any], evidence: Mapping[str, Evidence]) -> str:
    """One item with its points and its evidence."""
    points = f"{item['points']:+g}"
    words = [evidence[fact].text for fact in item.get("facts", ()) if fact in evidence]
    if not words:
        return say("assessment.item_plain", points=points, label=item["label"])
    quote = "；".join(dict.fromkeys(word.strip()[:24] for word in words))
    return say("assessment.item", points=points, label=item["label"], evidence=quote)


def _block(key: str, items: Sequence[Mapping[str, Any]]) -> str:
    texts = list(dict.fromkeys(item["text"] for item in items))
    if len(texts) > 1:
        return say(key, lines="".join(f"\n· {text}" for text in texts))
    return say(key, lines=texts[0]) if texts else ""


def _sensitivity(assessment: Mapping[str, Any], goals: Sequence[str]) -> str:
    lines = [
        line
        for name, score in assessment["scores"].items()
        if shown(name, assessment, goals)
        for line in score["sensitivity"]
    ]
    return say("assessment.sensitivity", lines="；".join(lines)) if lines else ""


def _source(assessment: Mapping[str, Any]) -> str:
    sources = dict.fromkeys(source_name(item.get("source")) for item in assessment["advice"])
    named = "、".join(source for source in sources if source)
    named = f" {named}" if named else ""
    return say("assessment.source", sources=named, version=assessment["content_version"])
