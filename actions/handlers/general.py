"""Answers to questions in general: a tier, a total, an item, a drug, a subject; no case is opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from actions import labels
from actions.asked.general_words import has
from actions.case import FactValue
from actions.handlers.dosing import drug_titles
from actions.handlers.explain import of_case
from actions.handlers.follow_up import distance, instead, once_stopped, other_guideline, sure, unsaid
from actions.handlers.knowledge import knowledge, rows_reply
from actions.handlers.recall import recall
from actions.handlers.scope import decline
from actions.handlers.statements import find_statements, statement_of
from actions.message import Segment
from actions.reply.cards import Reply, advice_card, card, source_name
from actions.reply.score_text import score_named
from actions.turn import Turn
from actions.wording import say
from scoring import (
    Regimen,
    boundary_flags,
    drug_relation,
    item_rows,
    level_of,
    levels_within,
    named_tier_advice,
    regimen,
    rows_of,
    scale,
    silent_advice,
    tier_drug_advice,
)

TIER_ENTRIES = {
    "none": "below_6", "low": "prophylaxis_low", "high": "prophylaxis_high",
    "very_high": "prophylaxis_very_high",
}  # fmt: skip
DRUG_ENTRIES = {
    "aspirin": "aspirin", "warfarin": "warfarin", "lmwh": "lmwh", "enoxaparin": "lmwh",
    "dalteparin": "treatment_lmwh",
    "rivaroxaban": "doac", "doac": "doac",
}  # fmt: skip
_ROWS = {
    "present": "general.item_present", "absent": "general.item_absent", "unknown": "general.item_open",
    None: "general.item_present",
}  # fmt: skip
_BOUNDS = {
    "above": "general.bound_above", "at_least": "general.bound_at_least",
    "below": "general.bound_below", "at_most": "general.bound_at_most",
}  # fmt: skip
#: Where no scale is named: what a total may be of.
_SCALES = {"wells": ("wells_dvt", "wells_pe"), "any": ("wells_pe", "bleeding")}


def answer(turn: Turn, segment: Segment) -> list[Reply]:
    """What is asked in general; a question that was put to the user stays open."""
    asked = dict(segment.general or {})
    turn.question_settled = not turn.intake.changed
    replies = _KINDS[asked["kind"]](turn, segment, asked)
    turn.case.asked = _topic(segment, asked)
    turn.case.asked_turn = turn.case.turn
    turn.case.about = "ask_drug_vte_relation" if asked["kind"] == "relation" else None
    return replies


def _topic(segment: Segment, asked: Mapping[str, Any]) -> dict[str, Any]:
    topic = {"question": segment.text, **asked}
    if asked["kind"] == "subject":
        cuts = {"wells_pe_cut": "wells_pe", "wells_dvt_cut": "wells_dvt", "bleeding_cut": "bleeding"}
        topic["scale"] = next((cuts[one] for one in asked["entries"] if one in cuts), asked.get("scale"))
    if asked["kind"] == "statement":
        topic["scale"] = score_named(segment.text)
    return topic


def _tier(turn: Turn, segment: Segment, asked: Mapping[str, Any]) -> list[Reply]:
    """P0-P3s of a tier that is named, with what is said beside it."""
    tier, drugs, facts = asked["tier"], asked["drugs"], asked["facts"]
    # "那剂量呢" is then of the one drug that was asked about
    turn.case.drug, turn.case.purpose = (drugs[0], "prophylaxis") if len(drugs) == 1 else (None, None)
    advice = [tier_drug_advice(tier, drug) for drug in drugs]
    if facts:
        known = {(item["code"], item["text"]) for item in advice}
        asked_for = {None, *drugs, *(["enoxaparin"] if {"lmwh", "dalteparin"} & set(drugs) else [])}
        advice += [
            item
            for item in named_tier_advice(tier, facts)
            if (item["code"], item["text"]) not in known and (not drugs or item["drug"] in asked_for)
        ]
        return [advice_card(advice)]
    plain = [statement_of(TIER_ENTRIES[tier])]
    return [advice_card(advice), *plain] if advice else plain


def _stated(turn: Turn, segment: Segment, asked: Mapping[str, Any]) -> list[Reply]:
    """Scores that were told: the rule of that tier, and that nobody has checked them."""
    kept = ("tier", "mm_vte", "bleeding", "bleeding_bound")
    turn.case.stated = {key: asked[key] for key in kept if key in asked}
    return stated_scores(turn)


def stated_scores(turn: Turn) -> list[Reply]:
    """The advice for scores that were told, with the facts that are known beside them."""
    if turn.case.stated is None:
        return []
    return [advice_card(*as_stated(turn.case.stated, turn.case.facts))]


def as_stated(stated: Mapping[str, Any], facts: Mapping[str, FactValue]) -> tuple[list[dict[str, Any]], str]:
    """What the tier that was told calls for with these facts, and the line that says by whom it was told."""
    points, bleeding = stated["mm_vte"], stated["bleeding"]
    told = level_of("bleeding", bleeding) if bleeding is not None else None
    bound = stated.get("bleeding_bound")
    said = _bounded(*bound) if bound else labels.points(bleeding) if bleeding is not None else ""
    beside = say("general.stated_bleeding", points=said, tier=told["label"]) if told else ""
    values = {"tier": labels.tier_name("mm_vte", stated["tier"]), "bleeding": beside}
    intro = (
        say("general.stated_tier", **values)
        if points is None
        else say("general.stated", points=labels.points(points), **values)
    )
    return named_tier_advice(stated["tier"], facts, bleeding), intro


def _level(turn: Turn, segment: Segment, asked: Mapping[str, Any]) -> list[Reply]:
    """The level of a total, with the flags of the totals that the scales read differently (A01, A02)."""
    names: tuple[str, ...] = _SCALES.get(asked["scale"], (asked["scale"],))
    if asked["scale"] == "any":
        names = tuple(name for name in names if level_of(name, asked["points"])) or ("mm_vte",)
    elif asked["scale"] == "mm_vte" and level_of("mm_vte", asked["points"]) is None:
        names = ("mm_vte", *(name for name in _SCALES["any"] if level_of(name, asked["points"])))
    ends = [point for point in (asked["points"], asked["to"]) if point is not None]
    lines: list[str] = []
    flags: list[dict[str, Any]] = []
    tiers: list[str] = []
    for name in names:
        for points in ends:
            level = levels_within(name, points, asked.get("bound"))
            lines.append(_level_line(name, _bounded(asked.get("bound"), points), level))
            flags += level["flags"] if level else []
            tiers += level["tiers"] if level and name == "mm_vte" else []
    lines += [f"· {flag['text']}" for flag in flags]
    replies = [card("answer", "\n".join(dict.fromkeys(lines)), {
        "advice": flags, "title": labels.score_name(names[0]), "source": scale(names[0])["source"],
    })]  # fmt: skip
    entries = [TIER_ENTRIES[tier] for tier in dict.fromkeys(tiers)]
    acts = has("prevent", segment.text) or has("anticoagulates", segment.text)
    if acts and any(_is_high_bleeding(name, ends[-1], asked.get("bound")) for name in names):
        entries += ["bleeding_high", "mm_regimen_bleeding"]
    return [*replies, *(statement_of(entry) for entry in entries)]


def _bounded(bound: str | None, points: float) -> str:
    """A total with its bound in words: 大于4."""
    figure = labels.points(points)
    return say(_BOUNDS[bound], points=figure) if bound else figure


def _is_high_bleeding(name: str, points: float, bound: str | None) -> bool:
    level = levels_within(name, points, bound) if name == "bleeding" else None
    return level is not None and "high" in level["tiers"]


def _level_line(name: str, points: str, level: Mapping[str, Any] | None) -> str:
    values = {
        "name": labels.score_name(name), "points": points,
        "source": source_name(scale(name)["source"]),
    }  # fmt: skip
    if level is None:
        return say("general.level_none", **values)
    quotes = say("general.level_quote", quotes="；".join(level["quotes"])) if level["quotes"] else ""
    return say("general.level", label=level["label"], quotes=quotes, **values)


def _item(turn: Turn, segment: Segment, asked: Mapping[str, Any]) -> list[Reply]:
    """What an item counts: of the value that is named, else by the statement on it, else by its rows."""
    values, named = asked["values"], set(asked["named"])
    numeric = any(not isinstance(value, bool) for value in values.values())
    denied = any(value is False for value in values.values())
    if turn.case.facts and not numeric and (own := of_case(turn, segment)):
        return own[:1]
    known = find_statements(turn, segment) if not numeric else []
    single = known if len(known) == 1 and (known[0].custom or {}).get("kind") == "answer" else []
    turn.case.pending = turn.case.pending if single or not known else None
    if single and not denied:
        return single
    rows = _of_one_scale(item_rows(values) if values else rows_of(named), asked.get("scale"))
    flags = boundary_flags(values) if values else []
    if not rows:
        return single or knowledge(turn, segment)
    lines = [_row_line(row) for row in rows] + [f"· {flag['text']}" for flag in flags]
    reply = card("answer", "\n".join(lines), {
        "rows": rows, "advice": flags, "title": rows[0]["label"], "source": rows[0]["source"],
    })  # fmt: skip
    return [reply, *single]


def _of_one_scale(rows: list[dict[str, Any]], name: str | None) -> list[dict[str, Any]]:
    """The rows of the scale asked about; of rows that exclude each other, those that count."""
    rows = [row for row in rows if name is None or row["scale"] == name] or rows
    counted = {row["scale"] for row in rows if row["status"] == "present"}
    return [row for row in rows if row["scale"] not in counted or row["status"] == "present"]


def _row_line(row: Mapping[str, Any]) -> str:
    key = {"present": "item_present", "absent": "item_absent", None: "item_present"}.get(
        row["status"], "item_open"
    )
    return say(
        f"general.{key}",
        table=f"表{row['source']['table']}",
        label=row["label"],
        points=labels.points(row["points"]),
    )


def _relation(turn: Turn, segment: Segment, asked: Mapping[str, Any]) -> list[Reply]:
    """The rows of table 4."""
    turn.case.drug = asked["drugs"][-1]
    return [rows_reply([row for drug in asked["drugs"] if (row := drug_relation(drug))])]


def _conclusion(turn: Turn, segment: Segment, asked: Mapping[str, Any]) -> list[Reply]:
    """所以呢, 用药: what follows from all that was told of this patient."""
    turn.assessment_wanted, turn.question_settled = True, False
    return []


def _subject(turn: Turn, segment: Segment, asked: Mapping[str, Any]) -> list[Reply]:
    return [statement_of(entry) for entry in asked["entries"]]


def _statement(turn: Turn, segment: Segment, asked: Mapping[str, Any]) -> list[Reply]:
    return find_statements(turn, replace(segment, text=asked["question"])) or knowledge(turn, segment)


def _silent(turn: Turn, segment: Segment, asked: Mapping[str, Any]) -> list[Reply]:
    silence = advice_card([silent_advice(asked["situation"], asked["rule"], asked["section"])])
    return [silence, *(statement_of(entry) for entry in asked.get("entries", ()))]


def _regimens(turn: Turn, segment: Segment, asked: Mapping[str, Any]) -> list[Reply]:
    """P-M: regimens are compared by what table 5 counts of them and the rows of table 4 of their drugs."""
    known = [found for name in asked["regimens"] if (found := regimen(name))]
    drugs = dict.fromkeys(drug for one in known for drug in one.drugs)
    rows = [row for drug in drugs if (row := drug_relation(drug))]
    lines = [_counted(one) for one in known]
    text = say("general.regimens", lines="\n".join(lines))
    return [card("answer", text, {"source": scale("mm_vte")["source"]}), rows_reply(rows)]


def _counted(known: Regimen) -> str:
    """What table 5 counts of a regimen; its dose of dexamethasone is no part of its name (A12)."""
    items = [item for item in scale("mm_vte")["items"] if known.facts & set(item["facts"])]
    named = "、".join(f"{item['label']} {labels.points(item['points'])}分" for item in items)
    dexamethasone = say("general.regimen_dex") if known.contains_dexamethasone else ""
    named = named or say("general.regimen_none")
    return say("general.regimen", name=known.name, items=named, dex=dexamethasone)


def _together(turn: Turn, segment: Segment, asked: Mapping[str, Any]) -> list[Reply]:
    """A42, T11: the consensus says nothing on two drugs at once; each stands alone in its tier."""
    drugs = say("general.together", drugs="与".join(drug_titles(turn, asked["drugs"])))
    return [advice_card([silent_advice(drugs, "A42", "五（三）")])]


def _beside(turn: Turn, segment: Segment, asked: Mapping[str, Any]) -> list[Reply]:
    """Drugs beside each other: what the consensus says of each; it ranks none (2.2)."""
    entries = dict.fromkeys(DRUG_ENTRIES.get(drug, "apixaban") for drug in asked["drugs"])
    found = [statement_of(entry) for entry in [*entries, "treatment_choice"]]
    lines = [say("general.no_order"), *(f"· {reply.text}" for reply in found)]
    source = (found[0].custom or {})["data"]["source"]
    return [card("answer", "\n".join(lines), {"entries": list(entries), "source": source})]


def _reason(turn: Turn, segment: Segment, asked: Mapping[str, Any]) -> list[Reply]:
    """Why the last answer in general is so: what the consensus gives as a reason, else where it says so."""
    if "aspirin" in asked.get("drugs", ()):
        return [statement_of("aspirin")]
    return recall(turn.case, "source")


def _elsewhere(turn: Turn, segment: Segment, asked: Mapping[str, Any]) -> list[Reply]:
    return decline(turn, segment)


_KINDS: dict[str, Callable[[Turn, Segment, Mapping[str, Any]], list[Reply]]] = {
    "tier": _tier,
    "stated": _stated,
    "level": _level,
    "item": _item,
    "relation": _relation,
    "subject": _subject,
    "conclusion": _conclusion,
    "statement": _statement,
    "together": _together,
    "beside": _beside,
    "reason": _reason,
    "silent": _silent,
    "regimens": _regimens,
    "elsewhere": _elsewhere,
    "unsaid": unsaid,
    "sure": sure,
    "other_guideline": other_guideline,
    "distance": distance,
    "instead": instead,
    "once_stopped": once_stopped,
}
