"""Every held-out set through every system, in one run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rasa_project.evaluation import facts, intents, pipelines
from rasa_project.evaluation.data import SETS, fact_notes, held_out, public_questions
from rasa_project.evaluation.facts import FactScores
from rasa_project.evaluation.intents import IntentScores

PRODUCT = "product"


@dataclass(frozen=True)
class Measured:
    """Scores by set, then by system; the product is the first system of every set."""

    intents: Mapping[str, Mapping[str, IntentScores]]
    facts: Mapping[str, Mapping[str, FactScores]]


def measure(*, with_stock: bool = True) -> Measured:
    """Score the product, the stock pipeline (a quarter of an hour of training) and a search for keywords.

    The stock pipeline reads no facts: those are compared with keywords alone.
    """
    systems = {PRODUCT: pipelines.product()}
    if with_stock:
        systems["stock (DIET)"] = pipelines.stock()
    systems["keywords"] = intents.keyword_intent
    sentences = {name: held_out(name) for name in SETS} | {"public questions": public_questions()}
    readers = {PRODUCT: facts.read_facts, "keywords": facts.keyword_facts}
    return Measured(
        {
            name: {system: intents.score(one, classify) for system, classify in systems.items()}
            for name, one in sentences.items()
            if one
        },
        {
            name: {system: facts.score(fact_notes(name), reader) for system, reader in readers.items()}
            for name in SETS
        },
    )
