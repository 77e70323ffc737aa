"""Dosing questions in one line: which drug, for what, in which phase, for this patient."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from actions.asked.dose_words import PURPOSES, phase_of, weight_not_read, word_of
from actions.asked.general_words import clot_named, tier_meant
from actions.asked.phases import days_given, is_a_stage, phase_at
from actions.case import FactValue
from actions.handlers.assessment import want
from actions.handlers.menus import menu
from actions.handlers.scope import decline
from actions.message import Segment
from actions.reply.cards import Reply, advice_card
from actions.turn import Turn
from actions.wording import load, say
from scoring import dose_advice, dose_drugs, first_phase_days, tier_drug_advice

#: 他 and 她 are the patient, whose dose is another question.
PRONOUN = re.compile(r"它|其(?!他|它)|(这|那|该|此)(个|种)?药")

#: An order was checked without its purpose: every dose of the drug is in question.
ANY_PURPOSE = "any"
#: For so many turns a dose asked for without its purpose is still meant.
OPEN_FOR = 3
#: What is told of the patient that may speak against a drug.
BEARING = frozenset(
    {
        "gfr", "creatinine_clearance_ml_min", "renal_function_normal", "platelets_e9_l", "active_bleeding",
    }
)  # fmt: skip
#: Asks for the amount, not only whether the drug may be given.
HOW_MUCH = re.compile(r"多少|多大|几|怎么?[吃用打服]|咋[吃用打服]|剂量|用量|毫克|单位|dos|how", re.IGNORECASE)
WHETHER = re.compile(r"要不要|需不需要|用不用|该不该|需要.{0,8}[吗么?？]|有必要|should", re.IGNORECASE)
#: Stops or reduces what is taken already.
OF_THE_ONE_IN_USE = re.compile(r"停|减[量少]|减不减|继续|stop|reduce|continue", re.IGNORECASE)
#: Asks of both purposes, one beside the other.
EACH_PURPOSE = re.compile(
    r"预防[^。]{0,8}(?:多少|几|怎么[打吃用]|剂量|量)?[^。]{0,3}[,，、和与及;；\s][^。]{0,3}治疗|"
    r"治疗[^。]{0,8}(?:多少|几|怎么[打吃用]|剂量|量)?[^。]{0,3}[,，、和与及;；\s][^。]{0,3}预防|分别|各"
)
#: "那依诺肝素呢", "换成达肝素呢": the same of another drug, and how long such a question is.
SAME = re.compile(r"^\s*(那|换|改|要是|如果)|呢[\s？?。]*$")
ELLIPSIS = 14
#: A message that is longer tells a case besides.
ONE_QUESTION = 40
CLAUSE = re.compile(r"[^，。；,;\n]+")
#: What makes a clot likely enough that a dose may be meant to treat it.
SIGNS = (
    "dvt_signs",
    "entire_leg_swelling",
    "calf_swelling_over_3cm",
    "hemoptysis",
    "hemodynamic_instability",
)


def dose(turn: Turn, segment: Segment) -> list[Reply]:
    """The dose of a drug, or one short choice when drug or purpose is open."""
    drugs = asked_drugs(turn, segment)
    if not drugs and (
        turn.message.helpers("drug", segment) or (turn.case.drug and PRONOUN.search(segment.text))
    ):
        # "那它的剂量呢" of a drug against myeloma
        return decline(turn, segment)
    if not drugs:
        options = [{"title": one["title"], "intent": "ask_dose", "drug": one["id"]} for one in _drugs()]
        return [menu(turn, say("reply.drug_choice"), options)]
    replies = understood(turn, segment)
    for drug in drugs:
        replies += _one_drug(turn, segment, drug)
    turn.question_settled = not turn.intake.changed or bool(turn.case.pending)
    return replies


def _about(turn: Turn, segment: Segment) -> str:
    """The words that say what the dose is for: "依诺肝素治疗量，58公斤打多少" names that before it asks."""
    message = turn.message
    if not message.helpers("drug") or message.helpers("drug", segment):
        return segment.text
    if len(message.text) <= ONE_QUESTION:
        return message.text
    # "既往PE，…，医嘱依诺肝素60mg，对吗": of a case, only what is said with the drug
    clauses = CLAUSE.finditer(message.text)
    named = [one["start"] for one in message.helpers("drug")]
    with_drug = [one[0] for one in clauses if any(one.start() <= at < one.end() for at in named)]
    return "，".join([*with_drug, segment.text])


def understood(turn: Turn, segment: Segment) -> list[Reply]:
    """How a misspelt name was taken, said before any dose: another drug would have another one."""
    notes = dict.fromkeys(one["note"] for one in turn.message.helpers("drug", segment) if one.get("confirm"))
    return [Reply(say("reply.drug_understood", notes="；".join(notes)))] if notes else []


def asked_drugs(turn: Turn, segment: Segment) -> list[str]:
    """The drugs that the question names; for a pronoun or an ellipsis, the last one spoken of."""
    if turn.chosen.get("drug"):
        named = [turn.chosen["drug"]]
    else:
        spoken = turn.message.helpers("drug", segment) or turn.message.helpers("drug")
        named = list(dict.fromkeys(one["value"] for one in spoken if one["value"] in dose_drugs()))
        if not named and spoken:
            # "来那度胺呢": another drug than the one spoken of last
            return []
    if not named and OF_THE_ONE_IN_USE.search(segment.text):
        # "停掉还是减量": only a drug that is taken is stopped or reduced, whichever was spoken of last
        in_use = turn.case.facts.get("current_anticoagulant")
        named = [one["id"] for one in _drugs() if in_use == one["title"]]
    if not named and turn.case.drug in dose_drugs():
        named = [turn.case.drug]
    if named:
        turn.case.drug = named[-1]
    return named


def purpose_of(turn: Turn, segment: Segment, drug: str) -> str | None:
    """What the drug is for: as chosen or said, as the facts or the phase decide, else as asked before."""
    said = turn.chosen.get("purpose") or _purposes_named(_about(turn, segment))
    if said or (decided := _purpose_from_facts(turn)):
        return str(said or decided)
    purposes = _purposes(drug)
    if len(purposes) == 1:
        return purposes[0]
    before = turn.case.purpose if _is_follow_up(turn, segment) else None
    if before in (None, ANY_PURPOSE) and _later_or_stage(_about(turn, segment), drug):
        # T2, T3: only treatment has phases
        return "treatment"
    return before


def _purposes_named(text: str) -> str | None:
    """The purpose that the words name; any, where they name both: "预防多少，治疗多少"."""
    both = all(word_of(text, [one]) for one in PURPOSES) and EACH_PURPOSE.search(text)
    return ANY_PURPOSE if both else word_of(text, PURPOSES)


def stated_phase(turn: Turn, segment: Segment, drug: str) -> str | None:
    """The phase that the question names; with a weight alone after it ("60公斤呢"), the one asked before."""
    return phase_of(_about(turn, segment), drug)


def _later_or_stage(text: str, drug: str) -> bool:
    span, first = days_given(text), first_phase_days(drug)
    return bool(span and first and (is_a_stage(text) or phase_at(span, first) == "later"))


def _one_drug(turn: Turn, segment: Segment, drug: str) -> list[Reply]:
    purpose, phase = purpose_of(turn, segment, drug), stated_phase(turn, segment, drug)
    if tier := _tier_asked(turn, segment):
        turn.case.purpose = "prophylaxis"
        return [_dose_card(turn, drug, "prophylaxis", None, tier)]
    if purpose is None and _asks_whether_to_prevent(turn, segment):
        return want(turn, segment, "mm_vte")
    if purpose is None and drug != "warfarin" and len(_purposes(drug)) > 1:
        cautions = _cautions(turn, drug)
        if cautions and not HOW_MUCH.search(segment.text):
            # "GFR 24 利伐沙班能吃吗": whether it may be given at all was the question
            return cautions
        turn.case.dose_waiting = {"drug": drug, "purpose": None, "phase": phase, "open": turn.case.turn}
        return [*cautions, _purpose_menu(turn, drug, segment.text)]
    turn.case.purpose = purpose
    return [_dose_card(turn, drug, purpose, phase)]


def _purpose_menu(turn: Turn, drug: str, question: str) -> Reply:
    titles = load("dosing.toml")["purpose_titles"]
    options = [
        {"title": titles[one], "intent": "ask_dose", "drug": drug, "purpose": one, "question": question}
        for one in _purposes(drug)
    ]
    return menu(turn, say("reply.purpose_choice"), options)


def _tier_asked(turn: Turn, segment: Segment) -> str | None:
    """The tier whose dose is asked for: "高危用阿司匹林多少mg", "依诺肝素预防量 13分"."""
    text = turn.message.text if len(turn.message.text) <= ONE_QUESTION else _about(turn, segment)
    counted = "mm_vte" in turn.assessment()["scores"] if turn.case.facts else False
    tier = tier_meant(text) or (None if counted else tier_meant(turn.message.text))
    of_treatment = (word_of(text, PURPOSES) or _purpose_from_facts(turn)) == "treatment"
    in_question = "vte_event" in turn.case.facts or clot_named(text.replace("VTE", ""))
    if of_treatment and tier == "very_high" and not in_question:
        # A27: "MM极高危，依诺肝素治疗量": prevention at the dose of treatment
        return tier
    return None if of_treatment else tier


def _dose_card(
    turn: Turn, drug: str, purpose: str | None, phase: str | None, tier: str | None = None
) -> Reply:
    turn.case.phase, turn.case.dose_tier = phase, tier
    advice = dose_advice(drug, one_purpose(purpose), phase, known_facts(turn), tier_asked=tier)
    if tier and not any(item["code"].startswith("DOSE_") for item in advice):
        advice = [tier_drug_advice(tier, drug)]
    if purpose != "treatment":
        advice = [*_high_bleeding(turn), *advice]
    weight_missing = any(item["code"] == "ASK_WEIGHT" for item in advice)
    waiting = {"drug": drug, "purpose": purpose, "phase": phase, "tier": tier}
    turn.case.dose_given = {"asked": [waiting], "turn": turn.case.turn}
    turn.case.dose_waiting = waiting if weight_missing else None
    if weight_missing:
        # "65" is then the weight.
        turn.case.pending = {"facts": ["weight_kg"], "select": "number", "options": []}
    return advice_card(advice)


def drug_titles(turn: Turn, drugs: Sequence[str]) -> list[str]:
    """The names of drugs: as the consensus writes them, else as they were written in the message."""
    titles = {row["id"]: row["title"] for row in _drugs()}
    said = {one["value"]: one["text"] for one in turn.message.helpers("drug")}
    return [str(titles.get(drug) or said.get(drug, drug)) for drug in drugs]


def known_facts(turn: Turn) -> dict[str, FactValue]:
    """The facts of the case; without a weight where the message names another one that was not read."""
    read = [one["text"] for one in turn.message.mentions if one["entity"] == "weight_kg"]
    if not weight_not_read(turn.message.text, read):
        return turn.case.facts
    return {fact: value for fact, value in turn.case.facts.items() if fact != "weight_kg"}


def one_purpose(purpose: str | None) -> str | None:
    """The purpose, ``None`` for an order that may be for either."""
    return None if purpose == ANY_PURPOSE else purpose


def waiting_dose(turn: Turn) -> list[Reply]:
    """The dose that was asked for before the weight was known, or that another weight makes another one."""
    waiting, case = turn.case.dose_waiting, turn.case
    if waiting and waiting.get("open"):
        return _purpose_told(turn, waiting)
    if "weight_kg" not in turn.intake.recorded:
        return []
    if waiting:
        tier = waiting.get("tier")
        return [_dose_card(turn, waiting["drug"], waiting["purpose"], waiting["phase"], tier)]
    if "weight_kg" in turn.intake.replaced and case.about == "ask_dose" and case.drug in dose_drugs():
        return [_dose_card(turn, str(case.drug), case.purpose, case.phase, case.dose_tier)]
    return []


def dose_again(turn: Turn) -> list[Reply]:
    """The dose that was given a few turns ago, where kidney, platelets or a bleed are told since."""
    given = turn.case.dose_given
    if not given or "together" in given or not bears_on_dose(turn, given):
        return []
    if "mm_vte" in turn.assessment()["scores"]:
        return []  # the assessment names the drugs of the tier, and what speaks against each
    one = given["asked"][0]
    return [_dose_card(turn, one["drug"], one["purpose"], one["phase"], one["tier"])]


def bears_on_dose(turn: Turn, given: Mapping[str, Any]) -> bool:
    """Whether this message only tells what changes an answer on a drug given a few turns ago."""
    asks = any(one.question for one in turn.message.segments)
    about = turn.case.about == "ask_dose" and 0 < turn.case.turn - given["turn"] <= OPEN_FOR
    return about and not asks and bool(BEARING & turn.intake.recorded.keys())


def _purpose_told(turn: Turn, waiting: Mapping[str, Any]) -> list[Reply]:
    """The dose asked for without its purpose, once the facts or a word tell that; else which it is."""
    asks = any(one.question for one in turn.message.segments)
    drug, said = waiting["drug"], None if asks else word_of(turn.message.text, PURPOSES)
    if not (turn.intake.changed or said) or turn.case.turn - waiting["open"] > OPEN_FOR:
        return []
    purpose = said or _purpose_from_facts(turn)
    if purpose is None:
        return [*_cautions(turn, drug), _purpose_menu(turn, drug, turn.message.text)]
    turn.case.purpose, turn.question_settled = purpose, False
    return [_dose_card(turn, drug, purpose, waiting["phase"])]


def _cautions(turn: Turn, drug: str) -> list[Reply]:
    """What speaks against the drug whatever it is for; the purpose decides only the dose."""
    advice = dose_advice(drug, None, None, turn.case.facts)
    against = [item for item in advice if item["code"].startswith(("RENAL_", "PLT_", "CONTRA_", "SILENT"))]
    against = [*_high_bleeding(turn), *against]
    return [advice_card(against)] if against else []


def _high_bleeding(turn: Turn) -> list[dict[str, Any]]:
    """P-B2: that the bleeding score of the case is high comes before anything on a drug that prevents."""
    if not turn.case.facts:
        return []
    return [item for item in turn.assessment()["advice"] if item["code"] == "BLEED_HIGH_INDIVIDUALIZE"]


def _purpose_from_facts(turn: Turn) -> str | None:
    """An established VTE is treated; without one, a patient whose points call for drugs is protected."""
    event = turn.case.facts.get("vte_event")
    if isinstance(event, str):
        return None if event.startswith("suspected") else "treatment"
    score = turn.assessment()["scores"].get("mm_vte")
    if not score or _is_suspected(turn):
        return None
    asked = "mm_vte" in turn.case.goals
    return "prophylaxis" if score["tier"] != "none" or (asked and not score["settled"]) else None


def _asks_whether_to_prevent(turn: Turn, segment: Segment) -> bool:
    """ "要不要打低分子" of a patient whose risk is in question and who has no clot."""
    if "vte_event" in turn.case.facts or _is_suspected(turn) or HOW_MUCH.search(segment.text):
        return False
    return "mm_vte" in turn.assessment()["scores"] and WHETHER.search(segment.text) is not None


def _is_suspected(turn: Turn) -> bool:
    """Whether a clot is looked for, though none was named."""
    facts = turn.case.facts
    return bool({"wells_dvt", "wells_pe"} & set(turn.case.goals)) or any(facts.get(sign) for sign in SIGNS)


def _is_follow_up(turn: Turn, segment: Segment) -> bool:
    """Whether the question leaves unsaid what it is about: it names no drug, or asks "那依诺肝素呢"."""
    if not turn.message.helpers("drug"):
        return True
    return (
        turn.case.about == "ask_dose"
        and len(turn.message.text) <= ELLIPSIS
        and bool(SAME.search(turn.message.text))
    )


def _purposes(drug: str) -> Sequence[str]:
    for one in _drugs():
        if one["id"] == drug:
            purposes: Sequence[str] = one["purposes"]
            return purposes
    classes = load("dosing.toml")["classes"]
    return sorted({purpose for member in classes.get(drug, ()) for purpose in _purposes(member)})


def _drugs() -> list[dict[str, Any]]:
    drugs: list[dict[str, Any]] = load("dosing.toml")["drug"]
    return drugs
