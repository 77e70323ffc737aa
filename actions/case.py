"""The case of one conversation: facts, where they came from, and what was last asked.

It is read from the tracker's slots and written back as slot events; nothing else holds state.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from rasa_sdk.events import EventType, SlotSet

from scoring import FACTS

#: What a fact's slot holds when the fact was mentioned but is not known (the contract's null):
#: an empty slot already means "not mentioned".
UNDETERMINED = "undetermined"
LOG_SLOT = "case_log"
UNDO_DEPTH = 10

FactValue = bool | int | float | str | None


@dataclass
class Evidence:
    """The user's words for one fact, and when they were said."""

    text: str
    turn: int
    said_at: float
    note: str | None = None
    unit: str | None = None


@dataclass
class Case:
    """The state of the conversation about one patient."""

    facts: dict[str, FactValue] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    turn: int = 0
    read_until: float = 0.0
    pending: dict[str, Any] | None = None
    confirming: list[dict[str, Any]] = field(default_factory=list)
    declined: list[str] = field(default_factory=list)
    goals: list[str] = field(default_factory=list)
    what_if: dict[str, FactValue] | None = None
    drug: str | None = None
    purpose: str | None = None
    #: The intent of the last question about a drug, which a bare "塞利尼索？" repeats.
    about: str | None = None
    #: A dose that could not be given for want of the weight: drug, purpose, phase.
    dose_waiting: dict[str, Any] | None = None
    #: The facts before a 复评, to show what has changed since.
    baseline: dict[str, FactValue] | None = None
    #: What of the last answer did not fit into one message.
    rest: str = ""
    shown: dict[str, FactValue] = field(default_factory=dict)
    undo: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def load(cls, slots: Mapping[str, Any]) -> Case:
        """Read the case from the tracker's slots."""
        log = dict(slots.get(LOG_SLOT) or {})
        evidence = {fact: Evidence(**one) for fact, one in log.pop("evidence", {}).items()}
        facts = {
            fact: None if slots[fact] == UNDETERMINED else slots[fact]
            for fact in FACTS
            if slots.get(fact) is not None
        }
        return cls(facts=facts, evidence=evidence, **log)

    def slot_events(self, before: Mapping[str, Any]) -> list[EventType]:
        """The slot events that turn ``before`` into this case (only what changed)."""
        events: list[EventType] = []
        for fact in FACTS:
            value = self.facts.get(fact)
            slot = UNDETERMINED if fact in self.facts and value is None else value
            if slot != before.get(fact) or type(slot) is not type(before.get(fact)):
                events.append(SlotSet(fact, slot))
        log = asdict(self)
        log.pop("facts")
        if log != before.get(LOG_SLOT):
            events.append(SlotSet(LOG_SLOT, log))
        return events

    def remember(self) -> dict[str, Any]:
        """The facts as they are now, to hand to ``push_undo`` after a change."""
        return {
            "facts": dict(self.facts),
            "evidence": {fact: asdict(one) for fact, one in self.evidence.items()},
            "declined": list(self.declined),
        }

    def push_undo(self, before: Mapping[str, Any]) -> None:
        """Keep what this change replaced, the newest last; only that, for the log travels with every turn."""
        facts = before["facts"]
        touched = [
            fact
            for fact in FACTS
            if (fact in facts) != (fact in self.facts) or facts.get(fact) != self.facts.get(fact)
        ]
        step = {
            "gone": [fact for fact in touched if fact not in facts],
            "facts": {fact: facts[fact] for fact in touched if fact in facts},
            "evidence": {fact: before["evidence"][fact] for fact in touched if fact in before["evidence"]},
            "declined": before["declined"],
        }
        self.undo = [*self.undo, step][-UNDO_DEPTH:]

    def pop_undo(self) -> bool:
        """Go back one change; False when there is none."""
        if not self.undo:
            return False
        step = self.undo.pop()
        for fact in step["gone"]:
            self.facts.pop(fact, None)
            self.evidence.pop(fact, None)
        self.facts.update(step["facts"])
        self.evidence.update({fact: Evidence(**one) for fact, one in step["evidence"].items()})
        self.declined = list(step["declined"])
        self.pending, self.confirming, self.what_if, self.dose_waiting = None, [], None, None
        return True

    def set(self, fact: str, value: FactValue, evidence: Evidence) -> None:
        """Record a fact (``None``: mentioned, but not known) with the words it came from."""
        self.facts[fact] = value
        self.evidence[fact] = evidence

    def settle_suspicion(self) -> None:
        """An established VTE answers what was asked while it was in doubt; only bleeding bears on it."""
        event = self.facts.get("vte_event")
        if isinstance(event, str) and not event.startswith("suspected"):
            self.goals = [goal for goal in self.goals if goal not in ("wells_dvt", "wells_pe", "mm_vte")]

    def ask_goals(self, goals: Iterable[str]) -> None:
        """Remember which scores were asked for."""
        self.goals = list(dict.fromkeys([*self.goals, *goals]))

    def fresh(self) -> Case:
        """The empty case of the next patient in the same conversation."""
        return Case(turn=self.turn, read_until=self.read_until)
