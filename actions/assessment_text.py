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
#: Less would leave nothing but the sources beside a long question.
MIN_BYTES = 900

PUT_FORWARD = ("recommend", "option", "consider", "continue", "may_stop")
ADVISED_AGAINST = ("caution", "avoid", "contraindicated")
#: Said before everything else, in the first line.
FIRST_CODES = ("EMERGENCY", "CONTRA_")
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
#: More statements than these are listed, one a line, below the first.
FEW = 2
SCALES = ("mm_vte", "bleeding", "wells_dvt", "wells_pe")
#: What keeps a drug from being given as the tier says; it belongs into the first line.
RESTRAINT_CODES = ("BLEED_HIGH", "PLT_INDIVIDUALIZE", "PLT_BOUNDARY")
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
    recorded: str = "",
    notices: Sequence[str] = (),
    goals: Sequence[str] = (),
    focus: str | None = None,
    room: int = MAX_BYTES,
) -> tuple[str, str]:
    """The answer within ``room`` bytes, and the rest of it, for 继续 (the card has all of it).

    ``recorded`` echoes what was understood, ``notices`` is what else must be said of this turn; ``goals``
    are all the scores asked for in this case, ``focus`` the one that this message asks for.
    """
    said = leading(assessment)
    groups = by_role(item for item in assessment["advice"] if item not in said)
    scores = {name: assessment["scores"][name] for name in spelled_out(assessment, goals)}
    duration = _block("assessment.duration", groups["duration"])
    # Who asks how long is answered before anything else is repeated.
    focus_first = [duration] if focus == "duration" else []
    # In the order of reading; the number is the order in which a block gives way when space runs out.
    blocks = [
        (0, decision(assessment, goals, focus)),
        *((0, notice) for notice in notices),
        *((0, text) for text in focus_first),
        (3, recorded),
        *(
            block
            for name, score in scores.items()
            for block in (
                (4 if name.startswith("wells") else 1, score_text(name, score, evidence)),
                (5, _deciding(score)),
            )
        ),
        (0, _block("assessment.warnings", groups["warning"])),
        (2, _block("assessment.alternatives", groups["against"])),
        *((6, text) for text in [duration] if not focus_first),
        (7, _sensitivity(assessment, goals)),
        (8, _block("assessment.other", groups["other"])),
    ]
    closing = _source(assessment) + "\n" + say("assessment.limits")
    return fit([(rank, text) for rank, text in blocks if text], closing, room)


def fit(blocks: Sequence[tuple[int, str]], closing: str, room: int = MAX_BYTES) -> tuple[str, str]:
    """Blocks and closing within ``room`` bytes, and what had to be left for 继续.

    Whole blocks give way first, the highest number first; a text that is still too long is cut at a line end.
    """
    kept, left = list(blocks), list[tuple[int, str]]()
    while _size(kept, closing, more=bool(left)) > room and len({rank for rank, _ in kept}) > 1:
        last = max(kept, key=lambda block: block[0])
        kept.remove(last)
        left.append(last)
    rest = "\n".join(text for block in blocks for text in [block[1]] if block in left)
    lines = "\n".join(text for _, text in kept).split("\n")
    cut: list[str] = []
    while len(lines) > 1 and _size([(0, "\n".join(lines))], closing, more=True) > room:
        cut.insert(0, lines.pop())
    rest = "\n".join(part for part in ("\n".join(cut), rest) if part)
    return "\n".join([*lines, *([say("assessment.more")] if rest else []), closing]), rest


def _size(blocks: Sequence[tuple[int, str]], closing: str, *, more: bool) -> int:
    texts = [text for _, text in blocks] + ([say("assessment.more")] if more else []) + [closing]
    return len("\n".join(texts).encode())


def shown(name: str, assessment: Mapping[str, Any], goals: Sequence[str]) -> bool:
    """Is this score spelled out in the text (the card always has it)?"""
    event = assessment["facts"].get("vte_event")
    if event and not event.startswith("suspected"):
        # An established VTE is treated whatever the points say; only bleeding still bears on it.
        return name == "bleeding" or name in goals
    if name in ("mm_vte", "bleeding") or name in goals:
        return True
    return bool(EVENT_FACTS & set(assessment["facts"]))


def spelled_out(assessment: Mapping[str, Any], goals: Sequence[str]) -> list[str]:
    """The scores that text and card show in full; the others, on which facts merely bear, are folded away."""
    return [name for name in assessment["scores"] if shown(name, assessment, goals)]


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


def _restrains(item: Mapping[str, Any]) -> bool:
    """Does it keep a drug from being given as the tier, or the treatment, says?"""
    silent_on_treatment = item["code"] == "SILENT" and item["rule"] == "T11"
    return item["code"].startswith(RESTRAINT_CODES) or silent_on_treatment


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


def decision(assessment: Mapping[str, Any], goals: Sequence[str] = (), focus: str | None = None) -> str:
    """The first line: emergencies, the score just asked for, what to do or the one thing still needed."""
    items, advice = leading(assessment), assessment["advice"]
    first = [item for item in items if role(item) == "first"]
    prophylaxis = [item for item in items if item["code"].startswith(PROPHYLAXIS_CODES)]
    plain = [item for item in items if item not in first and item not in prophylaxis]
    scores = ["wells_dvt", "wells_pe"] if any(item["code"].startswith("DX_") for item in items) else []
    scores += [focus] if focus in SCALES and focus != "mm_vte" and focus not in scores else []
    parts = [_joined(first, advice)]
    if scores:
        parts.append(_scores_only(assessment, goals, scores))
    parts.append(_joined(plain, advice))
    if prophylaxis or (not items and "mm_vte" in assessment["scores"]):
        parts.append(_prophylaxis(assessment, prophylaxis))
    text = "".join(parts).rstrip("\n")
    return say("decision.line", parts=text or _scores_only(assessment, goals, SCALES))


def _prophylaxis(assessment: Mapping[str, Any], items: Sequence[Mapping[str, Any]]) -> str:
    score = assessment["scores"].get("mm_vte")
    if score is None:
        return _joined(items, assessment["advice"])
    values = {
        "points": labels.points(score["points"]),
        "tier": labels.tier_name("mm_vte", score["tier"]),
        "span": labels.tier_span("mm_vte", score["tier_range"]),
        "needed": labels.names((assessment["questions"] or score["deciding"])[:3]),
        "advice": _joined(items, assessment["advice"]) or say("decision.no_advice"),
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
    if len(texts) > FEW:
        return "。\n· ".join(texts) + "。\n"
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
    return "\n".join(lines)


def _deciding(score: Mapping[str, Any]) -> str:
    return say("assessment.deciding", facts=labels.names(score["deciding"][:6])) if score["deciding"] else ""


def quoted_facts(assessment: Mapping[str, Any]) -> set[str]:
    """The facts whose words stand beside an item of the two scores that are always shown."""
    scores = (assessment["scores"].get(name) for name in ("mm_vte", "bleeding"))
    items = [item for score in scores if score for item in score["items"] if item["status"] == "present"]
    return {fact for item in items for fact in item.get("facts", ())}


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
    sources = [name for item in assessment["advice"] if (name := source_name(item.get("source")))]
    # a table stands in its section
    named = "、".join(
        dict.fromkeys(name for name in sources if not any(one.startswith(f"{name}表") for one in sources))
    )
    named = f" {named}" if named else ""
    return say("assessment.source", sources=named, version=assessment["content_version"])
