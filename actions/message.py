"""A user message as the NLU pipeline read it (docs/architecture.md, "The parsed message")."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scoring import FACTS

#: Intents whose question is general: what is named in it says nothing about the patient.
GENERAL_INTENTS = frozenset(
    {"ask_knowledge", "ask_drug_vte_relation", "ask_why", "help", "out_of_scope", "nlu_fallback"}
)
#: Facts that name a drug.
DRUG_FACTS = frozenset(
    {"imid", "imid_drug", "carfilzomib", "anthracycline_chemotherapy", "erythropoietin", "glucocorticoid",
     "chemotherapy", "dexamethasone_mg_per_cycle", "current_anticoagulant", "current_antiplatelet",
     "on_warfarin"}
)  # fmt: skip
#: The reader's note on what is only supposed ("如果患者有糖尿病").
HYPOTHETICAL = "假设"
#: What a dosing question says of a phase ("达肝素第二个月") is no fact of the patient.
PHASE_FACTS = frozenset({"lmwh_days", "months_on_prophylaxis"})
#: Marks a mention that a dosing question tells of the patient all the same: the day of the bridge.
TOLD = "told"
#: "用克赛打多少" asks about a drug; only "正在打克赛，够不够" says that the patient has it.
ANTITHROMBOTICS = frozenset({"current_anticoagulant", "current_antiplatelet", "on_warfarin"})
IN_USE = re.compile(
    r"正在|目前|现在|现用|原来|本来|在(吃|用|打|服|口服|注射|抗凝)|[吃用打服]着|一直|长期|已经|已[吃用打服]|第\d+天|\d+\s*(天|日|个?月|年|周)了"
)
#: Facts that only a person has: naming one turns a general question into a case.
PERSONAL_FACTS = frozenset({name for name, spec in FACTS.items() if spec.kind == "number"} | {"sex"})


@dataclass(frozen=True)
class Segment:
    """A statement or a question of the message, with its intent."""

    start: int
    end: int
    text: str
    question: bool
    intent: str
    confidence: float
    #: What a question in general asks (actions/asked/general.py): nothing in it is a fact of the patient.
    general: Mapping[str, Any] | None = None

    def __contains__(self, entity: Mapping[str, Any]) -> bool:
        """Was this entity read in the segment?"""
        return self.start <= entity["start"] < self.end


@dataclass(frozen=True)
class Message:
    """One user message with everything that was read in it; its text is in simplified characters."""

    text: str
    intent: str
    entities: Sequence[Mapping[str, Any]]
    segments: Sequence[Segment]
    answer: Mapping[str, Any] | None
    timestamp: float
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_event(cls, event: Mapping[str, Any]) -> Message:
        """Build it from a Rasa ``user`` event."""
        parsed = event.get("parse_data") or {}
        text = parsed.get("plain") or event.get("text") or ""
        intent = (parsed.get("intent") or {}).get("name") or "nlu_fallback"
        segments = [Segment(**segment) for segment in parsed.get("segments") or ()]
        if not segments:
            segments = [Segment(0, len(text), text, False, intent, 1.0)]
        return cls(
            text=text,
            intent=intent,
            entities=parsed.get("entities") or (),
            segments=segments,
            answer=parsed.get("answer"),
            timestamp=event.get("timestamp") or 0.0,
            metadata=event.get("metadata") or {},
        )

    @property
    def whole_reply_bytes(self) -> int | None:
        """What all replies of this turn may have together, where the channel sends them as one text."""
        stated = self.metadata.get("whole_reply_bytes")
        return int(stated) if stated else None

    @property
    def is_bare(self) -> bool:
        """Is it nothing but numbers: an answer, whatever the classifier makes of it?"""
        return not any(sign.isalpha() for sign in self.text)

    @property
    def mentions(self) -> list[Mapping[str, Any]]:
        """The facts read in the message, in the order of the text."""
        return sorted(
            (entity for entity in self.entities if entity["entity"] in FACTS), key=lambda one: one["start"]
        )

    def helpers(self, kind: str, segment: Segment | None = None) -> list[Mapping[str, Any]]:
        """The helper entities of one kind (``drug``, ``emergency``), of the message or of one segment."""
        return [one for one in self.entities if one["entity"] == kind and (segment is None or one in segment)]

    def mentions_in(self, segment: Segment) -> list[Mapping[str, Any]]:
        """The facts read inside one segment."""
        return [one for one in self.mentions if one in segment]

    def about_the_patient(self) -> list[Mapping[str, Any]]:
        """The facts that the message states of a patient.

        What is named only inside a general question ("来那度胺会引起血栓吗"), or supposed in a
        what-if, is not a fact of the case.
        """
        stated: list[Mapping[str, Any]] = []
        for segment in self.segments:
            inside = self.mentions_in(segment)
            if segment.intent == "what_if" or segment.general is not None:
                continue
            general = segment.question and segment.intent in GENERAL_INTENTS
            if general and not any(one["entity"] in PERSONAL_FACTS for one in inside):
                continue
            if segment.intent == "ask_dose":
                asked = PHASE_FACTS if IN_USE.search(segment.text) else PHASE_FACTS | ANTITHROMBOTICS
                inside = [one for one in inside if one["entity"] not in asked or one.get(TOLD)]
            if segment.question:
                # "需要停来那度胺吗" asks; it does not say that the drug was stopped.
                inside = [
                    one for one in inside if not (one["entity"] in DRUG_FACTS and one["status"] == "negated")
                ]
            stated.extend(one for one in inside if one.get("note") != HYPOTHETICAL)
        return stated

    def supposed(self) -> list[Mapping[str, Any]]:
        """The facts that a what-if supposes."""
        return [one for one in self.mentions if self._in_what_if(one)]

    def supposed_drugs(self) -> list[Mapping[str, Any]]:
        """The drugs that a what-if names."""
        return [one for one in self.helpers("drug") if self._in_what_if(one)]

    def _in_what_if(self, entity: Mapping[str, Any]) -> bool:
        if entity.get("note") == HYPOTHETICAL:
            return True
        return any(s.intent == "what_if" and entity in s for s in self.segments)
