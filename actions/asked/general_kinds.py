"""What a question in general asks: a tier, a total, an item, two drugs, a drug and clots, a subject."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from actions.asked.bounds import bound_of, tier_within, total_within
from actions.asked.course import established
from actions.asked.general_words import (
    anticoagulants,
    contraindicated,
    facts_named,
    has,
    in_figures,
    of_another_illness,
    regimens_named,
    silent_row,
    subject_of,
    tier_meant,
    tier_named,
)
from actions.asked.orders import stated_order
from actions.case import Case
from actions.message import DRUG_FACTS, Message, Segment
from actions.reply.score_text import SCALES, score_named
from scoring import FACTS, FactError, assess, drug_relation, scale, validate

#: What is asked, ready for the handler; None where the rule does not fit.
Found = Mapping[str, Any] | None

KNOWLEDGE = frozenset({"ask_knowledge", "ask_drug_vte_relation"})
#: What is told and has no row in any table, or asks for a whole table: words of general.toml, statements.
RESULTS = {
    "imaging_clear": ("negative_imaging",),
    "dimer_normal": ("d_dimer",),
    "dimer_value": ("d_dimer",),
    "arterial_in_family": ("risk_family",),
    "dvt_items": ("wells_dvt_items", "wells_dvt_cut"),
    "pe_items": ("wells_pe_items", "wells_pe_cut"),
}
#: Of these it must be said that it is asked in general.
OF_A_PATIENT = frozenset(
    {"ask_prophylaxis", "assess_vte_risk", "ask_bleeding_risk", "ask_wells_dvt", "ask_wells_pe"}
)
#: Their own handlers answer these, in general as well.
ANSWERED_ELSEWHERE = frozenset({"ask_dose", "ask_duration", "ask_treatment", "what_if", "ask_why"})
#: What may be said beside a named tier.
BESIDE_A_TIER = frozenset(
    {
        "gfr", "creatinine_clearance_ml_min", "renal_function_normal", "platelets_e9_l", "active_bleeding",
        "bleeding_within_3_months", "coagulopathy", "weight_kg", "current_anticoagulant",
        "current_antiplatelet", "on_warfarin", "other_risk_factors_denied",
    }
)  # fmt: skip
#: What a contraindication beside a tier may be told with.
OF_CONTRAINDICATIONS = frozenset({"active_gastrointestinal_ulcer", "hepatic_insufficiency", "inr"})
IN_USE_FACTS = frozenset({"current_anticoagulant", "current_antiplatelet", "on_warfarin"})
#: How kidney and platelets change what prevents.
OF_PREVENTION = frozenset({"platelets_below_50", "renal_severe", "renal_moderate", "renal_aspirin"})
WELLS = ("wells_dvt", "wells_pe")
HEPARINS = frozenset({"enoxaparin", "dalteparin", "lmwh"})
OF_CLOTS = frozenset({"vte_event", "history_vte", "history_dvt"})
OF_BLEEDING = frozenset({"active_bleeding", "bleeding_within_3_months"})
NUMBERS = frozenset(name for name, spec in FACTS.items() if spec.kind == "number")
#: A value that may stand in a question in general: what a lone creatinine says.
LONE = frozenset({"creatinine_umol_l", "inr", "gfr", "creatinine_clearance_ml_min"})
_FIGURE = re.compile(r"(?<![\d.a-z])\d+(?:\.\d+)?(?!\s*(?:万|分|个|[.\d]|[天周月年]))", re.IGNORECASE)
_A_FEW = 6
VERY_SHORT = 16
_A_RESULT = 24
TWO = 2
#: For so many turns a dose of treatment is still spoken of.
RECENT = 4


def named_drugs(message: Message, segment: Segment | None = None) -> list[str]:
    """The drugs named in a message or a part of it, each once."""
    return list(dict.fromkeys(str(one["value"]) for one in message.helpers("drug", segment)))


def of_tier(case: Case, message: Message) -> Found:
    """A tier of MM-VTE and what prevents there: "低危但GFR 40用什么" (P0-P3s)."""
    text = in_figures(message.text)
    facts = {one["entity"]: one["value"] for one in message.mentions}
    drugs = anticoagulants(named_drugs(message))
    bleeding = has("stated_bleeding", text)
    tier = tier_named(_without(text, bleeding)) or (_tier_of_a_drug(text) if drugs else None)
    of_somebody = has("personal", text) and not (drugs and facts.keys() <= IN_USE_FACTS and not case.facts)
    if tier is None or of_somebody or has("not_of_a_tier", text):
        return None
    if tier == "none" and has("wells_words", text):
        return None
    whether = has("of_the_drug", text) and not has("how_much", text)
    against = contraindicated(text)
    # a dose that is written or asked for is not given past what stands against the drug
    if not (has("prevent", text) or (drugs and (whether or against or bleeding))):
        return None
    own = _is_of_the_case(case, tier) and (facts or not drugs)
    beside = BESIDE_A_TIER | OF_CONTRAINDICATIONS if against else BESIDE_A_TIER
    # what stands against the drug comes before whether its dose is right
    ordered = drugs and _is_ordered(text) and not (against or bleeding)
    if own or not facts.keys() <= beside or ordered:
        return None
    if bleeding:
        return {"kind": "stated", "tier": tier, "mm_vte": None, **_bleeding_told(text)}
    if against:
        return {"kind": "silent", **against}
    given = {fact: value for fact, value in facts.items() if fact not in DRUG_FACTS}
    return {"kind": "tier", "tier": tier, "facts": given, "drugs": drugs}


def _is_ordered(text: str) -> bool:
    """Whether a dose and how often it is given are written: an order, to be compared with the tier's."""
    order = stated_order(text)
    return order is not None and order.interval_h is not None


def _without(text: str, found: re.Match[str] | None) -> str:
    """The text but for a bleeding score that is told in it: "出血评分低于6分" names no tier of MM-VTE."""
    return text if found is None else f"{text[: found.start()]} {text[found.end() :]}"


def _tier_of_a_drug(text: str) -> str | None:
    """ "评分10分用阿司匹林对不对": the tier of a total that is told as one of MM-VTE beside a drug."""
    return tier_meant(text) if has("scale_words", text) else None


def _bleeding_told(text: str) -> dict[str, Any]:
    """The bleeding score that is told; of one with a bound, a total that stands for it and its own words."""
    found = has("stated_bleeding", text)
    if found is None:
        return {"bleeding": None}
    group = 1 if found[1] is not None else 2
    points, bound = float(found[group]), bound_of(text, found, group)
    if bound is None:
        return {"bleeding": points}
    # totals of both tiers: nothing is known of it
    return {"bleeding": total_within("bleeding", points, bound), "bleeding_bound": [bound, points]}


def _is_of_the_case(case: Case, tier: str) -> bool:
    """Whether the tier is the patient's own, so that what is said beside it is told of them."""
    score = assess(case.facts)["scores"].get("mm_vte") if case.facts else None
    return score is not None and score["tier"] == tier


def of_stated_scores(case: Case, message: Message) -> Found:
    """Scores that are told instead of what they are made of: "VTE风险13分，出血3分", "MM低危 eGFR 40"."""
    text = in_figures(message.text)
    if _asks_else(message, text) or has("of_wells", text):
        return None
    bleeding = has("stated_bleeding", text)
    points, tier = _stated_tier(case, message, text)
    if tier is None and bleeding and case.stated and len(text) <= VERY_SHORT:
        points, tier = case.stated["mm_vte"], case.stated["tier"]
    if tier is None:
        return None
    before = {key: value for key, value in (case.stated or {}).items() if key.startswith("bleeding")}
    beside = _bleeding_told(text) if bleeding else {"bleeding": None, **before}
    return {"kind": "stated", "tier": tier, "mm_vte": points, **beside}


def _stated_tier(case: Case, message: Message, text: str) -> tuple[float | None, str | None]:
    """The tier that is told, with its total where one is."""
    told = has("stated_mm_vte", text)
    alone = (
        not case.facts and not case.pending and {one["entity"] for one in message.mentions} <= BESIDE_A_TIER
    )
    told = told or (has("stated_bare", text) if alone else None)
    bleeding = has("stated_bleeding", text)
    points, tier = _total_told(text, told) if told else (None, None)
    if tier and (message.mentions or has("gives", text) or has("stated_whole", text)):
        return points, tier
    beside = bool(message.mentions) or bleeding is not None
    alone = alone and beside and not told and not _takes_something(message)
    return None, tier_named(_without(text, bleeding)) if alone else None


def _total_told(text: str, told: re.Match[str]) -> tuple[float | None, str | None]:
    """A total of MM-VTE and its tier; of one with a bound the tier alone, where there is only one."""
    group = next(number for number, one in enumerate(told.groups(), 1) if one is not None)
    points, bound = float(told[group]), bound_of(text, told, group)
    return None if bound else points, tier_within("mm_vte", points, bound)


def _takes_something(message: Message) -> bool:
    """Whether a drug against clots is told to be taken."""
    return any(one["entity"] in IN_USE_FACTS for one in message.mentions)


def _asks_else(message: Message, text: str) -> bool:
    """Whether more is asked than what to give: how long, why, or of a drug."""
    asking = any(one.question for one in message.segments)
    return asking and (has("gives", text) is None or bool(anticoagulants(named_drugs(message))))


def of_result(message: Message) -> Found:
    """ "超声阴性", "D-二聚体 2.0", "妈妈有脑梗": what the consensus says of what is no fact of a score."""
    if message.mentions or len(message.text) > _A_RESULT:
        return None
    for name, entries in RESULTS.items():
        if has(name, message.text.strip()):
            return {"kind": "subject", "entries": list(entries)}
    return None


def of_pair(case: Case, message: Message, segment: Segment) -> Found:
    """Two drugs against clots: at once (A42, silent; the bridge, T4), or beside each other."""
    drugs = anticoagulants(named_drugs(message, segment))
    if len(drugs) == 1 and has("with_another", segment.text):
        # "什么时候减？能和阿司匹林一起吃吗": with the one that was spoken of before
        others = [*named_drugs(message), *([case.drug] if case.drug else [])]
        drugs = anticoagulants([*others, *drugs])
    named = {one["entity"] for one in message.mentions_in(segment)}
    if len(drugs) < 2 or not named <= DRUG_FACTS or case.facts.get("active_bleeding"):
        return None
    if has("beside", segment.text):
        return {"kind": "beside", "drugs": drugs}
    if not has("together", segment.text):
        return None
    if "warfarin" in drugs and set(drugs) <= HEPARINS | {"warfarin"}:
        return {"kind": "subject", "entries": ["treatment_warfarin"]}
    return {"kind": "together", "drugs": drugs}


def of_level(case: Case, message: Message, segment: Segment) -> Found:
    """A total that is named: "PE 1.5分算哪级", "14分呢"."""
    text, before = in_figures(segment.text), case.asked_before() or {}
    of_mm_vte = _without(text, has("stated_bleeding", text))
    if tier_named(of_mm_vte) == "none" and has("level", text) and not has("wells_words", text):
        return {"kind": "tier", "tier": "none", "facts": {}, "drugs": []}  # "低于6分的呢" is no total of 6
    if (both := _both_totals(text)) is not None:
        return both
    told = has("points", text) or (has("points_bare", text) if before else None)
    if told is None or not has("level", text) or _numbers_told(message, segment, text):
        return None
    if has("of_an_item", text) and facts_named(text) and not has("whole_score", text):
        return None  # "地塞米松160算2分还是4分": what an item counts is no total
    points = float(told[1])
    named = _scale_of(case, text, points, before.get("scale"))
    if case.facts and (has("own_score", text) or (segment.intent == "ask_why" and named == "mm_vte")):
        return None
    to, bound = float(told[2]) if told[2] else None, bound_of(text, told)
    return {"kind": "level", "scale": named, "points": points, "to": to, "bound": None if to else bound}


def _both_totals(text: str) -> Found:
    """ "VTE 7分 出血3分算高吗": each total is of the score that is named before it."""
    told, bleeding = has("stated_mm_vte", text), has("stated_bleeding", text)
    points, tier = _total_told(text, told) if told and bleeding else (None, None)
    if tier is None:
        return None
    return {"kind": "stated", "tier": tier, "mm_vte": points, **_bleeding_told(text)}


def _scale_of(case: Case, text: str, points: float, before: str | None) -> str:
    """The scale of a total: the one that is named or spoken of, else one that has such a total."""
    if has("wells_words", text):
        dvt, pe = has("dvt_words", text), has("pe_words", text)
        if bool(dvt) != bool(pe):
            return "wells_dvt" if dvt else "wells_pe"
        return before if before in WELLS else next((one for one in case.goals if one in WELLS), "wells")
    named = score_named(text) if has("scale_words", text) else None
    spoken_of = before or next((one for one in reversed(case.goals) if one in WELLS), None)
    return named or spoken_of or ("mm_vte" if points == int(points) else "any")


def _numbers_told(message: Message, segment: Segment, text: str) -> bool:
    """Whether a measured value stands in the part that was not read out of the points themselves."""
    told = {found.group(1) for found in re.finditer(r"(\d+(?:\.\d+)?)\s*分", text)}
    inside = [one for one in message.mentions_in(segment) if one["entity"] in NUMBERS]
    return any(not any(figure in one["text"] for figure in told) for one in inside)


def of_item(case: Case, message: Message, segment: Segment) -> Found:
    """What an item of a table counts: "85岁出血几分", "心率正好100计分吗"."""
    text = segment.text
    if not has("item", text) or has("whole_score", text) or segment.intent == "what_if":
        return None
    if (case.facts and segment.intent == "ask_why") or anticoagulants(named_drugs(message)):
        return None  # a value beside a drug that is asked about is the patient's
    inside = {one["entity"]: one["value"] for one in message.mentions_in(segment)}
    named = facts_named(text)
    counted = named | NUMBERS | {"sex"}
    values = {fact: value for fact, value in inside.items() if value is not None and fact in counted}
    values = values or _figure(text, named)
    if not (named or values) or not _is_one_item(values, inside.keys() - DRUG_FACTS):
        return None
    if not values.keys() & (NUMBERS | {"sex"}) and subject_of(text, drug=False):
        return None
    table = re.search(r"出血|wells|表\s*[1256]", text, re.IGNORECASE)
    of_one = score_named(text) if table else None
    return {"kind": "item", "values": values, "named": sorted(named), "scale": of_one}


def _figure(text: str, named: set[str]) -> dict[str, Any]:
    """The lone figure beside the one measured fact that is named: "血小板49几分"."""
    measured, figures = sorted(named & NUMBERS), _FIGURE.findall(text)
    if len(measured) != 1 or len(figures) != 1:
        return {}
    value = {measured[0]: float(figures[0])}
    try:
        validate(value)
    except FactError:
        return {}
    return value


def _is_one_item(values: Mapping[str, Any], told: set[str]) -> bool:
    """Whether what is told belongs to one row of a table; measured values of several are a small case."""
    facts = (values.keys() | told) - {"imid_drug"}
    if not values.keys() & (NUMBERS | {"sex"}) or len(facts) == 1:
        return True
    return any(facts <= set(item["facts"]) for name in SCALES for item in scale(name)["items"])


def of_relation(case: Case, message: Message, segment: Segment) -> Found:
    """A myeloma drug and clots (table 4); the drug is not thereby given to anybody."""
    drugs = [drug for drug in named_drugs(message, segment) if drug_relation(drug)]
    told = {one["entity"] for one in message.mentions_in(segment) if one["value"] is not None}
    if not drugs or not told <= DRUG_FACTS | OF_CLOTS or anticoagulants(named_drugs(message, segment)):
        return None
    if segment.intent in ANSWERED_ELSEWHERE | OF_A_PATIENT or has("rate", segment.text):
        return None
    several = len(drugs) > 1 and has("each", segment.text) is not None
    exchanged = len(drugs) > 1 and has("exchanged", segment.text) is not None and not case.facts
    if exchanged:
        return {"kind": "relation", "drugs": drugs}
    about = several or has("table", segment.text) is not None or _about_clots(message, segment)
    alone = not case.facts or several or segment.intent in KNOWLEDGE
    if segment.intent == "ask_drug_vte_relation" or (about and alone):
        return {"kind": "relation", "drugs": drugs}
    return None


def _about_clots(message: Message, segment: Segment) -> bool:
    """ "来那度胺会长血栓吗", or a few words: "来那度胺要紧不"."""
    if has("myeloma_drug", segment.text):
        return True
    rest = len(segment.text) - sum(len(one["text"]) for one in message.helpers("drug", segment))
    return rest <= _A_FEW and has("is_safe", segment.text) is not None


def of_mm_therapy(case: Case, message: Message) -> Found:
    """T10: whether what treats the myeloma goes on beside a clot: "PAD还能继续用吗"."""
    drugs = named_drugs(message)
    treats = regimens_named(message.text) or any(drug_relation(drug) for drug in drugs)
    if not (established(case) and treats) or anticoagulants(drugs) or len(message.text) > _A_RESULT:
        return None
    if not has("goes_on_with_therapy", message.text):
        return None
    return {"kind": "subject", "entries": ["mm_therapy_after_vte"]}


def of_regimens(case: Case, message: Message) -> Found:
    """Two regimens beside each other: "VRd和DVd哪个血栓风险高"; the rows of table 4 of their drugs."""
    named = regimens_named(message.text)
    before = case.asked_before() or {}
    follows = before.get("kind") == "regimens" and len(message.text) <= VERY_SHORT
    if len(named) < TWO or len(message.text) > _A_RESULT + _A_FEW:
        return None
    if not (follows or (has("beside", message.text) or has("compared", message.text))):
        return None
    return {"kind": "regimens", "regimens": named}


def of_silent(case: Case, text: str) -> Found:
    """What the consensus does not say, in a few words; some only of a clot that is treated."""
    event = case.facts.get("vte_event")
    treated = isinstance(event, str) and not event.startswith("suspected")
    row = silent_row(text, treated=treated) if len(text) <= _A_RESULT else None
    return {"kind": "silent", **row} if row else None


def of_subject(case: Case, message: Message, segment: Segment) -> Found:
    """A subject that one statement, or a few, answer."""
    told = {one["entity"] for one in message.mentions_in(segment) if one["value"] is not None}
    if told & (NUMBERS - LONE | {"sex"}) or (case.facts and segment.intent == "ask_why"):
        return None
    text = in_figures(segment.text)
    if case.about == "ask_dose" and has("halved", text):
        return None
    entries = subject_of(text, drug=any(drug_relation(one) for one in named_drugs(message, segment)))
    given = case.dose_given
    recent = given is not None and case.turn - given["turn"] <= RECENT
    treated = established(case) or (recent and case.purpose == "treatment")
    if OF_PREVENTION & set(entries) and treated:
        entries = ("treatment_renal_platelets",)  # A35: what holds for prevention is not said of treatment
    if entries == ("diagnosis",) and message.mentions and not case.facts:
        return None  # signs that are told are scored, and the score says what to examine
    if entries:
        return {"kind": "subject", "entries": list(entries), "scale": score_named(text)}
    return {"kind": "elsewhere"} if not case.facts and of_another_illness(text) else None
