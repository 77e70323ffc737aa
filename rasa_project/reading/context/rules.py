"""The ConText engine of medSpaCy with the Chinese rules of ``lexicon/context.toml``."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cache
from typing import Any

import spacy
from medspacy.context import ConText, ConTextRule
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from rasa_project.reading import lexicon

_SURNAME = f"[{lexicon.load('people')['surnames']}\\]]"
"""A surname, or the mark that a masked name leaves: "李奶奶", "[姓名]奶奶"."""

Reach = int | str
TARGET = "\ue000"
"""Stands in for every character of a finding, so that no rule can match inside one."""


@dataclass(frozen=True, slots=True)
class Modifier:
    """A context rule found in a sentence, at ``[start, end)`` of it."""

    category: str
    direction: str
    start: int
    end: int
    reach: Reach


class _CharacterDoc(Doc):
    """One token per character, so its text is the plain string: medSpaCy asks for it once a rule."""

    plain: str

    @property
    def text_with_ws(self) -> str:
        return self.plain


class _Characters:
    """Tokenises into single characters: word segmentation never decides presence."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab

    def __call__(self, text: str) -> Doc:
        doc = _CharacterDoc(self._vocab, words=list(text), spaces=[False] * len(text))
        doc.plain = text
        for token in doc[1:]:
            token.is_sent_start = False
        return doc


@cache
def _engine() -> tuple[Language, ConText]:
    # medSpaCy's optional concept linker logs its absence; it is not used here.
    logging.getLogger("medspacy").setLevel(logging.ERROR)
    nlp = spacy.blank("zh")
    nlp.tokenizer = _Characters(nlp.vocab)
    context = ConText(nlp, rules=None, span_attrs=None)
    context.add([_rule(raw) for raw in lexicon.load("context")["rule"]])
    return nlp, context


def _rule(raw: dict[str, Any]) -> ConTextRule:
    words = sorted(raw.get("terms", []), key=len, reverse=True)
    reach = raw.get("reach", "sentence")
    return ConTextRule(
        literal=raw["category"],
        category=raw["category"],
        pattern="|".join([*raw.get("patterns", []), *words]).replace("{surname}", _SURNAME),
        direction=raw["direction"],
        max_scope=reach if isinstance(reach, int) else None,
        terminated_by=_ENDED_BY.get(raw["category"]),
        metadata={"reach": reach},
    )


_ENDED_BY = {
    "NEGATED": {"AFFIRMED", "NEW_FINDING", "PRESENT"},
    "AFFIRMED": {"NEGATED", "UNCERTAIN"},
    "UNCERTAIN": {"AFFIRMED", "NEW_FINDING", "PRESENT"},
    "HISTORICAL": {"PRESENT"},
    "FAMILY": {"PATIENT"},
}


def modifiers(sentence: str, targets: list[tuple[int, int]]) -> tuple[list[list[Modifier]], list[Modifier]]:
    """The rules in whose scope each target lies, and all rules of the sentence.

    ``sentence`` is one sentence whose findings are replaced by ``TARGET`` characters at
    ``targets`` (start, end), in order and without overlap.
    """
    nlp, context = _engine()
    doc = nlp.tokenizer(sentence)
    doc.ents = [Span(doc, start, end, label="FINDING") for start, end in targets]
    context(doc)
    graph = doc._.context_graph
    found = {id(raw): _modifier(raw) for raw in graph.modifiers}
    by_target: dict[int, list[Modifier]] = {start: [] for start, _ in targets}
    for target, raw in graph.edges:
        by_target[target.start].append(found[id(raw)])
    return [by_target[start] for start, _ in targets], list(found.values())


def _modifier(raw: Any) -> Modifier:
    start, end = raw.modifier_span
    return Modifier(raw.category, raw.direction, start, end, raw.rule.metadata["reach"])
