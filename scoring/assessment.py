"""The assessment of the contract: facts, scores, advice, questions."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from .advice import ASK_CODES, Advice, advise, ask
from .closure import Case, close_case
from .diagnosis import diagnosis, threshold_flags
from .duration import duration_needs
from .facts import FACTS
from .modifiers import inr_above_target
from .prophylaxis import prophylaxis
from .questions import questions
from .renal import renal_flags
from .scores import bears_on, render, score
from .situation import Situation
from .tables import DATA, SCALE_NAMES
from .treatment import treatment

CONSENSUS = "mm-vte-cn-2022"
TOPICS = ("prophylaxis", "duration", "treatment", "diagnosis")
ASKED_SCORES = {"prophylaxis": ("mm_vte", "bleeding"), "duration": ("mm_vte",)}
PROVISIONAL = ("PPX_", "DUR_", "RENAL_", "PLT_", "BLEED_", "SWITCH_", "MONITOR_")


@cache
def content_version() -> str:
    """The consensus and a hash of every data file: another content, another version."""
    digest = hashlib.sha256()
    for path in sorted(DATA.glob("*.toml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"{CONSENSUS}+{digest.hexdigest()[:12]}"


CONTENT_VERSION = content_version()


def situate(
    facts: Mapping[str, object], asked: Collection[str] = (), special: Collection[str] = ()
) -> Situation:
    """The closed case with all four scores; ValueError for an unknown score or topic in `asked`."""
    unknown = set(asked) - {*SCALE_NAMES, *TOPICS}
    if unknown:
        raise ValueError(f"unknown score or topic: {', '.join(sorted(unknown))}")
    case = close_case(facts)
    wanted = {name for topic in asked for name in ASKED_SCORES.get(topic, (topic,))}
    if case.text("vte_event") == "suspected_dvt":
        wanted.add("wells_dvt")
    if case.text("vte_event") == "suspected_pe":
        wanted.add("wells_pe")
    if "dvt_signs" in case.facts and not case.false("dvt_signs"):
        wanted.add("wells_dvt")
    shown = frozenset(name for name in SCALE_NAMES if name in wanted or bears_on(name, case))
    results = {name: score(name, case) for name in SCALE_NAMES}
    return Situation(case=case, shown=shown, asked=frozenset(asked), special=tuple(special), **results)


def emergencies(situation: Situation) -> list[Advice]:
    """What comes before everything else (order of evaluation, step 1)."""
    case = situation.case
    items = []
    if case.true("hemodynamic_instability"):
        items.append(advise("EMERGENCY.hemodynamic"))
    if case.true("limb_threatening_dvt"):
        items.append(advise("EMERGENCY.limb"))
    if case.true("active_bleeding"):
        items.append(advise("EMERGENCY.bleeding"))
    return items


def conflict_asks(case: Case, already: Collection[str]) -> list[Advice]:
    """One question for each contradiction that was found."""
    by_text: dict[str, list[str]] = {}
    for fact, text in case.conflicts.items():
        by_text.setdefault(text, []).append(fact)
    items = []
    for text, facts in by_text.items():
        code = "ASK_BMI_CONFLICT" if facts == ["bmi"] else ASK_CODES.get(facts[0], f"ASK_{facts[0].upper()}")
        if code not in already:
            items.append(ask(facts, f"矛盾：{text}，请核对", code=code))
    return items


def _mark_provisional(items: list[Advice], situation: Situation) -> None:
    if "mm_vte" not in situation.shown or situation.mm_vte.settled or situation.confirmed:
        return
    for item in items:
        if item["code"].startswith(PROVISIONAL) or (
            item["code"] == "SILENT" and item["rule"].startswith("P")
        ):
            item["provisional"] = True


def _advice(situation: Situation) -> list[Advice]:
    items = emergencies(situation) + inr_above_target(situation.case)
    if situation.confirmed:
        items += treatment(situation)
    else:
        items += diagnosis(situation)
        if not situation.suspected:
            items += prophylaxis(situation)
        elif situation.case.true("active_bleeding"):
            items.append(advise("CONTRA_ACTIVE_BLEED"))
    items += threshold_flags(situation) + renal_flags(situation.case)
    _mark_provisional(items, situation)
    contradictions = conflict_asks(situation.case, {item["code"] for item in items})
    if any(item["code"] == "ASK_BMI_CONFLICT" for item in contradictions):
        # one question for the one BMI
        items = [item for item in items if item["code"] != "ASK_BMI"]
    return items + contradictions


def assess(
    facts: Mapping[str, object], *, asked: Collection[str] = (), special: Collection[str] = ()
) -> dict[str, Any]:
    """Assess one patient (contract, section 2).

    facts: names and units as in FACTS; absent = not mentioned, None = mentioned but undetermined.
    asked: scores (mm_vte, bleeding, wells_dvt, wells_pe) or topics (prophylaxis, duration, treatment,
    diagnosis) that the user wants even if no fact bears on them.
    special: ids of special.toml, what the consensus does not cover (dialysis, pregnancy, HIT ...).
    Raises FactError for a fact that is unknown, of the wrong type or out of range.
    """
    situation = situate(facts, asked, special)
    case = situation.case
    return {
        "consensus": CONSENSUS,
        "content_version": CONTENT_VERSION,
        "facts": dict(case.facts),
        "derived": {name: case.derived[name] for name in FACTS if name in case.derived},
        "conflicts": {name: case.conflicts[name] for name in FACTS if name in case.conflicts},
        "scores": {
            name: render(situation.score(name), case) for name in SCALE_NAMES if name in situation.shown
        },
        "advice": _advice(situation),
        "questions": questions(situation),
    }


def course_needs(facts: Mapping[str, object]) -> list[str]:
    """What the rules on how long prophylaxis goes on (U1-U8) still turn on, in the order of asking."""
    return list(dict.fromkeys(duration_needs(situate(facts, ("duration",)))))
