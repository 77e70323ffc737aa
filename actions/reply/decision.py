"""The first line of an answer: what to do, or the one thing that is still needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from actions import labels
from actions.reply.roles import DECIDED_DURATIONS, by_role, role
from actions.reply.score_text import EVENT_FACTS, SCALES, shown, so_far
from actions.wording import load, say

#: More statements than these are listed, one a line, below the first.
FEW = 2
#: What keeps a drug from being given as the tier says; it belongs into the first line.
RESTRAINT_CODES = ("BLEED_HIGH", "PLT_INDIVIDUALIZE", "PLT_BOUNDARY")
#: Warfarin is dosed by the INR, which is said with its name.
WITHOUT_DOSE = frozenset({"PPX_WARFARIN_INR2_3"})
#: The section on how long to prevent.
DURATION = "五（三）"
#: Goals that ask whether and with what to prevent.
PREVENTION = frozenset({"mm_vte", "bleeding"})
PROPHYLAXIS_CODES = ("PPX_", "BLEED_", "PLT_", "SWITCH_")


def decision(
    assessment: Mapping[str, Any],
    goals: Sequence[str] = (),
    focus: str | None = None,
    chosen: str | None = None,
) -> str:
    """The first line: emergencies, the score just asked for, what to do or the one thing still needed."""
    course = only_course(assessment, goals, focus)
    items, others = of_the_chosen(leading(assessment, course=course), chosen)
    first = [item for item in items if role(item) == "first"]
    prophylaxis = [item for item in items if item["code"].startswith(PROPHYLAXIS_CODES)]
    plain = [item for item in items if item not in first and item not in prophylaxis]
    urgent = is_urgent(assessment)
    diagnosed = not urgent and any(item["code"].startswith("DX_") for item in items)
    scores = ["wells_dvt", "wells_pe"] if diagnosed else []
    scores += [focus] if focus in SCALES and focus != "mm_vte" and focus not in scores else []
    parts = [_joined(first, assessment)]
    if course or focus == "duration":
        parts.append(_duration_open(assessment))
    if scores:
        parts.append(_scores(assessment, goals, scores))
    parts.append(_joined(plain, assessment))
    if others:
        parts.append(say("decision.other_drugs", drugs="、".join(others)))
    if urgent and not any(item["code"].startswith("CONTRA_") for item in first):
        prophylaxis = []  # "points below the threshold" beside a collapse would read as reassurance
    unsaid = not items or (not course and not urgent and _is_withheld(assessment))
    if prophylaxis or (unsaid and not course and "mm_vte" in assessment["scores"]):
        parts.append(_prophylaxis(assessment, prophylaxis))
    text = "".join(parts).rstrip("\n")
    return say("decision.line", parts=text or _scores_only(assessment, goals, SCALES))


def is_urgent(assessment: Mapping[str, Any]) -> bool:
    """Whether an emergency is on: nothing routine is said beside it."""
    return any(item["code"] == "EMERGENCY" for item in assessment["advice"])


def only_course(assessment: Mapping[str, Any], goals: Sequence[str], focus: str | None) -> bool:
    """Whether nothing but how long is asked: of an established VTE by this message, else of the case.

    Never beside an emergency or signs of a new clot.
    """
    facts = assessment["facts"]
    event = facts.get("vte_event")
    if is_urgent(assessment):
        return False
    if isinstance(event, str) and not event.startswith("suspected"):
        codes = {item["code"] for item in assessment["advice"]}
        return focus == "duration" or ("TX_DUR_3_6M" in codes and "TX_START_PROMPT" not in codes)
    return "duration" in goals and not PREVENTION & {*goals, focus} and not EVENT_FACTS & facts.keys()


def _duration_open(assessment: Mapping[str, Any]) -> str:
    """What must be known before anything can be said on stopping: who asks for it is told that first."""
    asked = [item for item in by_role(assessment["advice"])["ask"] if item["source"]["section"] == DURATION]
    needed = list(dict.fromkeys(fact for item in asked for fact in item["facts"] or ()))
    return say("decision.duration_open", needed=labels.names(needed)) if needed else ""


def of_the_chosen(
    items: list[Mapping[str, Any]], chosen: str | None
) -> tuple[list[Mapping[str, Any]], list[str]]:
    """The advice with only the drug that was picked for treatment, and the names of the others."""
    options = [item for item in items if item["code"].startswith("TX_") and item["drug"]]
    if chosen not in {item["drug"] for item in options}:
        return items, []
    left = [item for item in options if item["drug"] != chosen]
    return [item for item in items if item not in left], [item["text"].split("：")[0] for item in left]


def leading(assessment: Mapping[str, Any], *, course: bool = False) -> list[Mapping[str, Any]]:
    """The advice that the first line gives: what is put forward, and what stands against it.

    ``course``: only how long is asked, and no drug is put forward beside it.
    """
    groups = by_role(assessment["advice"])
    if course:
        decided = [item for item in groups["decision"] if item["code"] in DECIDED_DURATIONS]
        return [*groups["first"], *(decided or groups["duration"])] or groups["warning"][:1]
    restraints = [item for item in groups["warning"] if _restrains(item)]
    decided = [item for item in groups["decision"] if item["code"] in DECIDED_DURATIONS]
    if any(item["code"].startswith("CONTRA_") for item in groups["first"]):
        # beside a bleed, "go on with it" (U3) would contradict the line before it
        decided = [item for item in decided if item["code"] != "DUR_INDEPENDENT"]
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
        "needed": labels.names(_deciding(assessment, score)[:3]),
        "advice": _joined(items, assessment) or say("decision.no_advice"),
    }
    if score["settled"]:
        return say("decision.settled", **values)
    if not items or _is_withheld(assessment):
        return say("decision.withheld", **values) + _joined(items, assessment)
    if any(item["code"] == "PPX_NONE" for item in items):
        # "Not recommended" must not be read out of points that are merely not known yet.
        others = [item for item in items if item["code"] != "PPX_NONE"]
        return _joined(others, assessment) + say("decision.not_yet", **values)
    return say("decision.provisional", **values)


def _is_withheld(assessment: Mapping[str, Any]) -> bool:
    """Whether advice on prophylaxis is withheld until a fact is known (contract, section 2)."""
    score = assessment["scores"].get("mm_vte")
    if score is None or score["settled"] or "vte_event" in assessment["facts"]:
        return False
    said = ("PPX_", "CONTRA_", "DUR_INDEPENDENT")
    return not any(item["code"].startswith(said) for item in assessment["advice"])


def _deciding(assessment: Mapping[str, Any], score: Mapping[str, Any]) -> list[str]:
    """What decides on prevention, in the order of asking; signs of a clot are asked for another reason."""
    return [fact for fact in assessment["questions"] if fact in score["deciding"]] or list(score["deciding"])


def _scores_only(assessment: Mapping[str, Any], goals: Sequence[str], scales: Sequence[str]) -> str:
    return _scores(assessment, goals, scales) or say("decision.nothing_scored")


def _scores(assessment: Mapping[str, Any], goals: Sequence[str], scales: Sequence[str]) -> str:
    named = [
        say(
            "decision.score",
            name=labels.score_name(name),
            points=labels.points(score["points"]),
            tier=so_far(name, score, labels.tier_name(name, score["tier"])),
            unsettled="" if score["settled"] else say("decision.unsettled"),
        )
        for name, score in assessment["scores"].items()
        if name in scales and shown(name, assessment, goals) and _says_something(name, score)
    ]
    return "；".join(named) + "。" if named else ""


def _says_something(name: str, score: Mapping[str, Any]) -> bool:
    """Nothing known of a clot is no reason to lead with "unlikely" (A01, A40)."""
    known = any(item["status"] == "present" for item in score["items"])
    return known or score["settled"] or not name.startswith("wells")


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
        texts.append(text + _reservation(options, assessment))
    if len(texts) > FEW:
        return "。\n· ".join(texts) + "。\n"
    return "；".join(texts) + "。" if texts else ""


def _reservation(options: Sequence[Mapping[str, Any]], assessment: Mapping[str, Any]) -> str:
    """What must be known before a dose that is not given yet, or what would take back one that is (A27)."""
    bleeding = assessment["scores"].get("bleeding")
    deciding = labels.names(bleeding["deciding"]) if bleeding else ""
    measured = [item for item in options if item["code"] not in WITHOUT_DOSE]
    if measured and all(item["doses"] for item in measured):
        return say("decision.dose_unless", facts=deciding) if deciding else ""
    asked = labels.names(_before_a_dose(assessment))
    return say("decision.dose_first", facts=asked or deciding) if asked or deciding else ""


def _before_a_dose(assessment: Mapping[str, Any]) -> list[str]:
    """The critical facts that are still asked for; how long to prevent decides no dose."""
    asking = [item for item in assessment["advice"] if item["source"]["section"] != DURATION]
    return list(dict.fromkeys(fact for item in asking for fact in item.get("facts") or ()))


def _dose(item: Mapping[str, Any]) -> str:
    """The dose of an option with its arithmetic; empty while it may not be given."""
    parts = []
    for dose in item["doses"]:
        amount = dose["formula"] or f"{dose['amount']:g} {dose['unit']}"
        parts.append(f" {amount} {_interval(dose)}")
    return "，".join(parts)


def _interval(dose: Mapping[str, Any]) -> str:
    return say(f"decision.interval_{dose['interval_h']}")
