"""The word segmenter: clinical terms whole, negation apart, and a model that knows its own dictionary."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jieba
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rasa_project.nlu import tokenizer
from rasa_project.nlu.tokenizer import ClinicalJiebaTokenizer

CONFIG: dict[str, Any] = ClinicalJiebaTokenizer.get_default_config()
CONTEXT = ExecutionContext(GraphSchema({}))


def create(folder: Path) -> tuple[ClinicalJiebaTokenizer, LocalModelStorage, Resource]:
    storage, resource = LocalModelStorage(folder), Resource("tokenizer")
    return ClinicalJiebaTokenizer.create(CONFIG, storage, resource, CONTEXT), storage, resource


def words(component: ClinicalJiebaTokenizer, text: str) -> list[str]:
    return [token.text for token in component.tokenize(Message.build(text), "text")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("无深静脉血栓病史", ["无", "深静脉血栓", "病史"]),
        ("来那度胺25mg", ["来那度胺", "25mg"]),
        ("使用 来那度胺\n 治疗", ["使用", "来那度胺", "治疗"]),
    ],
)
def test_terms_are_whole_negation_is_apart_blanks_are_none(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    component, _, _ = create(tmp_path)
    assert words(component, text) == expected


def test_offsets_point_into_the_text(tmp_path: Path) -> None:
    component, _, _ = create(tmp_path)
    text = "  67岁 男性，用来那度胺 ×10⁹/L\n血小板 85"
    for token in component.tokenize(Message.build(text), "text"):
        assert text[token.start : token.end] == token.text


def test_a_new_term_changes_the_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    before = ClinicalJiebaTokenizer.fingerprint_addon(CONFIG)
    assert ClinicalJiebaTokenizer.fingerprint_addon(CONFIG) == before
    terms = tokenizer.lexicon_terms()
    monkeypatch.setattr(tokenizer, "lexicon_terms", lambda: [*terms, "新增术语甲"])
    assert ClinicalJiebaTokenizer.fingerprint_addon(CONFIG) != before


def test_a_model_keeps_the_dictionary_it_was_trained_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokenizer, "lexicon_terms", lambda: ["新增术语甲"])
    component, storage, resource = create(tmp_path)
    component.train(TrainingData())
    monkeypatch.setattr(tokenizer, "lexicon_terms", list)
    loaded = ClinicalJiebaTokenizer.load(CONFIG, storage, resource, CONTEXT)
    untrained, _, _ = create(tmp_path / "other")
    assert words(loaded, "有新增术语甲") == ["有", "新增术语甲"]
    assert "新增术语甲" not in words(untrained, "有新增术语甲")


def test_the_global_jieba_is_left_alone(tmp_path: Path) -> None:
    create(tmp_path)
    assert jieba.lcut("来那度胺") != ["来那度胺"]
