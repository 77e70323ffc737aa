"""Fold what was read in a message into the case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from actions.case import Case, Evidence, FactValue
from actions.wording import say
from scoring import FACTS, FactError, names_a_drug, validate

PALSY_OR_CAST = "paralysis_or_recent_cast"
_PALSY = re.compile(r"瘫|不遂|plegi|paresis|动不了|动弹不得|不能动|肌力", re.IGNORECASE)
_CAST = re.compile(r"石膏|支具|plaster|cast", re.IGNORECASE)


@dataclass
class Intake:
    """What one message did to the case."""

    recorded: dict[str, FactValue] = field(default_factory=dict)
    replaced: dict[str, FactValue] = field(default_factory=dict)
    rejected: list[Mapping[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Did the message state or change facts of the case?"""
        return bool(self.recorded or self.rejected)

    def add(self, other: Intake) -> None:
        """Take over what another part of the message did."""
        self.recorded.update(other.recorded)
        for fact, old in other.replaced.items():
            self.replaced.setdefault(fact, old)
        self.rejected.extend(other.rejected)
        self.notes.extend(other.notes)


def record(case: Case, fact: str, value: FactValue, evidence: Evidence, intake: Intake) -> None:
    """Set one fact, remembering the value it replaces.

    Raises ``FactError`` when the value is outside the contract's range.
    """
    validate({fact: value})
    if fact in case.facts and case.facts[fact] != value:
        intake.replaced[fact] = case.facts[fact]
    case.set(fact, value, evidence)
    intake.recorded[fact] = value
    case.refused = None if case.refused == fact else case.refused
    if fact in case.declined:
        case.declined.remove(fact)


def _is_stated(case: Case, fact: str, value: FactValue) -> bool:
    """Whether the case knows better than what is only implied: whoever types "他" may well mean a woman."""
    if case.facts.get(fact) is None:
        return False
    known = case.evidence.get(fact)
    return case.facts[fact] == value or known is None or not known.implied


def _of_another_drug(case: Case, fact: str, denied: Evidence) -> bool:
    """ "没用地塞米松" after "泼尼松", "沙利度胺没用过" after "来那度胺": the class is given all the same."""
    known, value = case.evidence.get(fact), case.facts.get(fact)
    is_given = value is True or names_a_drug(value)
    return bool(is_given and known and denied.drugs and set(known.drugs) - set(denied.drugs))


def _of_the_other_half(case: Case, fact: str, denied: Evidence) -> bool:
    """ "没石膏" after "截瘫": the item is either of the two, and the other one stands."""
    known = case.evidence.get(fact)
    if fact != PALSY_OR_CAST or case.facts.get(fact) is not True or known is None:
        return False
    palsy, cast = _PALSY.search(known.text), _CAST.search(known.text)
    if bool(palsy) is bool(cast):
        return False
    other = _CAST if palsy else _PALSY
    same = _PALSY if palsy else _CAST
    return bool(other.search(denied.text)) and not same.search(denied.text)


def fold(case: Case, mentions: Iterable[Mapping[str, Any]], said_at: float) -> Intake:
    """Record the mentions of a message; implausible ones are returned, not used.

    A fuzzy match is held as undetermined until the user confirms it: it may change a dose.
    """
    intake = Intake()
    for mention in mentions:
        fact, value = mention["entity"], mention["value"]
        evidence = Evidence(
            mention["text"],
            case.turn,
            said_at,
            mention.get("note"),
            mention.get("unit"),
            bool(mention.get("implied")),
            list(mention.get("drugs") or ()),
        )
        if evidence.implied and _is_stated(case, fact, value):
            continue
        stands = _of_another_drug(case, fact, evidence) or _of_the_other_half(case, fact, evidence)
        if mention["status"] == "negated" and stands:
            intake.recorded[fact] = case.facts[fact]  # said back as it is
            continue
        if mention["status"] == "rejected":
            intake.rejected.append(mention)
            case.refused = fact
            continue
        if mention["status"] == "undetermined":
            value = None
        if mention.get("confirm") and value is not None and case.facts.get(fact) != value:
            case.confirming.append(
                {"fact": fact, "value": value, "text": mention["text"], "note": mention.get("note")}
            )
            value = None
        try:
            record(case, fact, value, evidence, intake)
        except FactError:
            intake.rejected.append(
                {**mention, "note": say("reply.accepted_range", accepted=FACTS[fact].accepted)}
            )
            continue
        if evidence.note:
            intake.notes.append(evidence.note)
    return intake
