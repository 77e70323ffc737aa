"""What the reader hands on: one mention per thing read, with the words it was read from."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Status = Literal["affirmed", "negated", "undetermined", "rejected"]
Value = bool | int | float | str | None

#: The note on what is only supposed ("如果患者有糖尿病"): it must not enter the case.
HYPOTHETICAL_NOTE = "假设"


@dataclass(frozen=True, slots=True)
class Mention:
    """A fact (or helper entity) read at ``[start, end)`` of the user's message.

    ``fact`` is a fact name of the contract, or ``drug``, ``emergency``, ``special`` or ``topic``.
    ``value`` is in the contract's unit; ``None`` with status ``undetermined`` means
    "mentioned, but not known"; with status ``rejected`` the number is implausible and
    must be asked about, never used. ``text`` holds the user's exact words, ``unit`` the
    unit understood, ``note`` a Chinese explanation of a conversion or assumption. What is
    ``implied`` by words about something else (the pronoun "她") gives way to what was stated.
    ``drugs`` are the drugs (ids) by whose names a fact of a whole class was read.
    """

    fact: str
    value: Value
    text: str
    start: int
    end: int
    status: Status = "affirmed"
    unit: str | None = None
    note: str | None = None
    confirm: bool = False
    implied: bool = False
    drugs: tuple[str, ...] = ()

    def as_entity(self, extractor: str) -> dict[str, Any]:
        """The mention as a Rasa entity (Rasa keeps unknown keys)."""
        entity = asdict(self)
        entity["entity"] = entity.pop("fact")
        entity["extractor"] = extractor
        return entity
