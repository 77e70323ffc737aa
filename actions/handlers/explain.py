"""Why: the item, the drug or the score that the question names, as it stands in this case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from actions import labels
from actions.asked.general_words import has, subject_of
from actions.handlers.assessment import next_step
from actions.handlers.statements import find_statements, statement, statement_of
from actions.message import Segment
from actions.questions import next_question
from actions.reply.cards import Reply, advice_card, advice_line, card, source_name
from actions.reply.score_text import deciding_text, score_named, score_text, spelled_out
from actions.told.later_facts import whole
from actions.turn import Turn
from actions.wording import load, say
from scoring import dose_advice, dose_drugs, scale

#: What speaks against a drug or its usual dose.
AGAINST = ("RENAL_", "PLT_", "CONTRA_", "SILENT", "BLEED_HIGH")


def why(turn: Turn, segment: Segment) -> list[Reply]:
    """The reason for what is asked about; without a subject, of the question put last."""
    text = segment.text
    if has("bare_why", text) and (reasons := _of_order(turn)):
        return reasons
    if whole("forms", "why_not", text) and (reasons := _against_the_drug(turn)):
        return reasons
    asked = next_question(turn.assessment(), turn.case) if turn.case.pending else None
    if asked and _names(load("explain.toml")["question"], text):
        return _of_question(turn)
    if turn.case.facts and (reasons := of_case(turn, segment)):
        return [*reasons, *(next_step(turn) if asked else [])]
    if entries := subject_of(text, drug=False):
        return [statement_of(entry) for entry in entries]
    found = find_statements(turn, segment)
    if not found and asked:
        return _of_question(turn)
    return found or [Reply(say("question.why_none"))]


def _of_order(turn: Turn) -> list[Reply]:
    """Why an order that was checked in the turn before is not in keeping: what speaks against the drug."""
    case = turn.case
    if case.checked_turn is None or case.checked_turn != case.turn - 1 or case.drug not in dose_drugs():
        return []
    return _against_the_drug(turn)


def _against_the_drug(turn: Turn) -> list[Reply]:
    """What speaks against the drug that was spoken of last."""
    case = turn.case
    advice = turn.assessment()["advice"] if case.facts else []
    if case.drug in dose_drugs():
        advice = dose_advice(case.drug, None, None, case.facts)
    against = [item for item in advice if item["code"].startswith(AGAINST)]
    return [advice_card(against)] if against else []


def _of_question(turn: Turn) -> list[Reply]:
    question = next_question(turn.assessment(), turn.case)
    if question is None:
        return [Reply(say("question.why_none"))]
    return [
        card("answer", question.why, {"why": question.why, "facts": list(question.facts)}),
        *next_step(turn),
    ]


def of_case(turn: Turn, segment: Segment) -> list[Reply]:
    """The reason as it stands in this case, of an item, a drug, a dose or a score that the words name."""
    text = segment.text
    lines = _of_items(turn, text) or _of_drugs(turn, segment) or _of_dose(turn, text)
    if lines:
        known = statement(text)
        reason = "\n".join(lines)
        return [card("answer", reason, {"why": reason}), *([known] if known else [])]
    score = score_named(text)
    return [_of_score(turn, score)] if score and score in turn.assessment()["scores"] else []


def _of_items(turn: Turn, text: str) -> list[str]:
    """Every item that rests on a fact the question names: counted, not counted, or still open, and why."""
    named = {fact for fact, words in load("explain.toml")["facts"].items() if _names(words, text)}
    return [
        _item_line(turn, name, item)
        for name, item in _items(turn)
        if named & set(item["facts"]) and not (item["facts"] == ["age_years"] and item["status"] == "absent")
    ]


def _items(turn: Turn) -> Iterator[tuple[str, Mapping[str, Any]]]:
    assessment = turn.assessment()
    for name in spelled_out(assessment, turn.case.goals):
        for item in assessment["scores"][name]["items"]:
            yield name, item


def _item_line(turn: Turn, name: str, item: Mapping[str, Any]) -> str:
    known = [fact for fact in item["facts"] if turn.case.facts.get(fact) is not None]
    words = dict.fromkeys(
        turn.case.evidence[fact].text.strip()[:24] for fact in known if fact in turn.case.evidence
    )
    return say(
        f"item_status.{item['status']}",
        score=labels.score_name(name),
        label=item["label"],
        points=labels.points(item["points"]),
        stated="，".join(labels.stated(fact, turn.case.facts[fact]) for fact in known)
        or say("explain.not_stated"),
        quote=say("explain.quote", words="；".join(words)) if words else "",
        source=source_name(scale(name)["source"]),
    )


def _of_drugs(turn: Turn, segment: Segment) -> list[str]:
    """What is advised about a drug that the question names."""
    named = {one["value"] for one in turn.message.helpers("drug", segment)}
    return [advice_line(item) for item in turn.assessment()["advice"] if item["drug"] in named]


def _of_dose(turn: Turn, text: str) -> list[str]:
    """Why no dose stands there: what must be known first."""
    questions = turn.assessment()["questions"]
    if not questions or not _names(load("explain.toml")["dose"], text):
        return []
    return [say("explain.no_dose", facts=labels.names(questions))]


def _of_score(turn: Turn, name: str) -> Reply:
    """The score item by item, and the cut points of its tiers."""
    score, table = turn.assessment()["scores"][name], scale(name)
    tiers = "；".join(tier["quote"] for tier in table["tiers"] if tier["quote"])
    parts = [
        score_text(name, score, turn.case.evidence),
        deciding_text(score),
        say("explain.tiers", tiers=tiers, source=source_name(table["source"])),
    ]
    return card(
        "answer", "\n".join(part for part in parts if part), {"score": score, "source": table["source"]}
    )


def _names(words: str, text: str) -> bool:
    return re.search(words, text, re.IGNORECASE) is not None
