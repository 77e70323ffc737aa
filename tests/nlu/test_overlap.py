"""No evaluation sentence is a training sentence, nor nearly one."""

from __future__ import annotations

import re

import pytest
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from rasa_project.evaluation.data import SEALED, SETS, held_out, public_questions, training_sentences
from scoring.statements import entries

_LIMIT = 0.9


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


def _too_close(sentences: list[str], known: list[str]) -> list[tuple[str, str]]:
    plain = {_plain(text): text for text in known}
    pairs = []
    for sentence in sentences:
        match = process.extractOne(
            _plain(sentence),
            list(plain),
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=_LIMIT + 1e-9,
        )
        if match:
            pairs.append((sentence, plain[match[0]]))
    return pairs


@pytest.fixture(scope="module")
def training() -> list[str]:
    return [text for text, _ in training_sentences()]


@pytest.mark.parametrize("name", SETS)
def test_held_out_sentences_are_not_in_training(training: list[str], name: str) -> None:
    close = _too_close([one.text for one in held_out(name)], training)
    # A sealed sentence is never shown: the training sentence is what has to go.
    assert [known if name == SEALED else (text, known) for text, known in close] == []


def test_public_questions_are_not_in_training(training: list[str]) -> None:
    questions = [one.text for one in public_questions()]
    if not questions:
        pytest.skip("the public questions do not lie beside the project")
    assert _too_close(questions, training) == []


def test_public_questions_are_not_keys_of_the_knowledge() -> None:
    questions = [one.text for one in public_questions()]
    if not questions:
        pytest.skip("the public questions do not lie beside the project")
    assert _too_close(questions, [key for entry in entries() for key in entry.questions]) == []


def test_a_training_sentence_has_one_intent() -> None:
    seen: dict[str, str] = {}
    for text, intent in training_sentences():
        assert seen.setdefault(_plain(text) or text, intent) == intent, text


def test_every_intent_has_enough_sentences() -> None:
    counts: dict[str, int] = {}
    for _, intent in training_sentences():
        counts[intent] = counts.get(intent, 0) + 1
    assert min(counts.values()) >= 50
    assert counts["out_of_scope"] >= 300
