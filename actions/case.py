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
    implied: bool = False
    #: The drugs (ids) by whose names a fact of a whole class was told.
    drugs: list[str] = field(default_factory=list)


@dataclass
class Case:
    """The state of the conversation about one patient."""

    facts: dict[str, FactValue] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    turn: int = 0
    read_until: float = 0.0
    pending: dict[str, Any] | None = None
    #: The question that was answered last, and in which turn: "不对，第一个没有" is about its options.
    answered: dict[str, Any] | None = None
    confirming: list[dict[str, Any]] = field(default_factory=list)
    declined: list[str] = field(default_factory=list)
    goals: list[str] = field(default_factory=list)
    what_if: dict[str, FactValue] | None = None
    #: The turn in which it was supposed: 取消 right after it drops it and undoes nothing.
    what_if_turn: int = 0
    drug: str | None = None
    #: The tier whose dose was asked for last, if one was named.
    dose_tier: str | None = None
    #: The turn in which an order was checked: a bare "为什么" right after it asks of that.
    checked_turn: int | None = None
    #: What the last dose was asked for ("any": an order was checked that may be for either), and its phase.
    purpose: str | None = None
    phase: str | None = None
    #: What goes on about the drug besides its dose: "bridge" from LMWH to warfarin.
    dose_topic: str | None = None
    #: What was supposed for the last dose ("血小板40呢"), of which "还能打吗" asks.
    dose_supposed: dict[str, FactValue] | None = None
    #: What the consensus does not cover about this patient: ids of scoring/data/special.toml.
    special: list[str] = field(default_factory=list)
    #: What was asked in general last (actions/asked/general.py), and in which turn.
    asked: dict[str, Any] | None = None
    asked_turn: int = 0
    #: Scores that were told instead of what they are made of: tier and points of MM-VTE, points of bleeding.
    stated: dict[str, Any] | None = None
    #: The intent of the last question about a drug, which a bare "塞利尼索？" repeats.
    about: str | None = None
    #: A dose that could not be given for want of the weight: drug, purpose, phase.
    dose_waiting: dict[str, Any] | None = None
    #: The dose or the orders that were answered last, and in which turn: what is told next bears on them.
    dose_given: dict[str, Any] | None = None
    #: The facts before a 复评, to show what has changed since.
    baseline: dict[str, FactValue] | None = None
    #: What of the last answer did not fit into one message.
    rest: str = ""
    shown: dict[str, FactValue] = field(default_factory=dict)
    #: The anticoagulant that was picked to treat an established VTE with ("选利伐沙班").
    chosen: str | None = None
    #: What the last question on duration or treatment named of patients in general (actions/asked/topics.py).
    topic: dict[str, Any] | None = None
    #: The emergency told of in words and not yet said to be over (what the facts tell stays with them).
    emergency: str = ""
    #: A sign in the chest was told of, though not as an emergency (actions/told/leg_and_chest.py).
    breathless: bool = False
    #: Who speaks is the patient or of his family.
    lay: bool = False
    #: The quantity whose value was refused last as implausible.
    refused: str | None = None
    #: The passages that the last answer rests on, and what the last change of the case changed.
    cited: list[str] = field(default_factory=list)
    changes: str = ""
    #: What this patient was called (张三, 病例1), what those before were, and whether there was one before.
    labels: list[str] = field(default_factory=list)
    former: list[str] = field(default_factory=list)
    left: bool = False
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
            "special": list(self.special),
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
            "special": before["special"],
            "turn": self.turn,
        }
        if self.undo and self.undo[-1]["turn"] == self.turn:
            step = _merged(self.undo.pop(), step)
        self.undo = [*self.undo, step][-UNDO_DEPTH:]

    def pop_undo(self) -> bool:
        """Go back one change; False when there is none."""
        if not self.undo:
            return False
        step = self.undo.pop()
        if {"age_years", "sex"} & {*step["gone"], *step["facts"]}:
            self.labels, self.former, self.left = [], [], False  # it may be the former patient again
        for fact in step["gone"]:
            self.facts.pop(fact, None)
            self.evidence.pop(fact, None)
        self.facts.update(step["facts"])
        self.evidence.update({fact: Evidence(**one) for fact, one in step["evidence"].items()})
        self.declined = list(step["declined"])
        self.special = list(step.get("special", ()))
        self.pending, self.confirming, self.what_if, self.dose_waiting = None, [], None, None
        return True

    def asked_before(self) -> dict[str, Any] | None:
        """What was asked in general in the turn before this one; None when something else was."""
        return self.asked if self.asked_turn == self.turn - 1 else None

    def drop_what_if(self) -> bool:
        """Forget what is merely supposed; False when nothing is, or the case has changed since."""
        changed = self.undo[-1]["turn"] if self.undo else 0
        if self.what_if is None or changed > self.what_if_turn:
            return False
        self.what_if = None
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
        former = list(dict.fromkeys([*self.former, *self.labels]))
        left = self.left or bool(self.facts)
        return Case(turn=self.turn, read_until=self.read_until, former=former, left=left)


def _merged(first: Mapping[str, Any], then: Mapping[str, Any]) -> dict[str, Any]:
    """Two changes of one turn as one step back: what the first replaced is what was there."""
    touched = {*first["gone"], *first["facts"]}
    later = {fact: value for fact, value in then["facts"].items() if fact not in touched}
    return {
        **first,
        "gone": [*first["gone"], *(fact for fact in then["gone"] if fact not in touched)],
        "facts": {**later, **first["facts"]},
        "evidence": {**{fact: then["evidence"][fact] for fact in later}, **first["evidence"]},
    }
