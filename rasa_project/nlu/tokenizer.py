"""Chinese word segmentation that knows the clinical terms and keeps no global state."""

from __future__ import annotations

import hashlib
import json
import logging
from functools import lru_cache
from pathlib import Path
from typing import Any

import jieba
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.jieba_tokenizer import JiebaTokenizer
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rasa_project.reading.lexicon import terms as lexicon_terms

jieba.setLogLevel(logging.WARNING)

#: jieba keeps a parsed copy of its dictionary; the shared temporary directory is no place for it.
CACHE_DIR = Path(__file__).resolve().parents[2] / "var" / "cache"


@lru_cache(maxsize=2)
def _segmenter(terms: tuple[str, ...]) -> jieba.Tokenizer:
    """A jieba tokenizer of its own with the given terms added as words."""
    CACHE_DIR.mkdir(parents=True, exist_ok=True)
    segmenter = jieba.Tokenizer()
    segmenter.tmp_dir = str(CACHE_DIR)
    for term in terms:
        segmenter.add_word(term)
    return segmenter


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class ClinicalJiebaTokenizer(JiebaTokenizer):
    """Rasa's JiebaTokenizer with the terms of the lexicon as its dictionary.

    Differs from the stock component in four ways: the dictionary is part of the fingerprint, so that editing
    it retrains; it is stored in the model; each model has its own jieba instance; blanks are no tokens.
    Jieba's word guessing is off: it glues negation to unknown terms ("无深静脉").
    """

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        terms: list[str],
    ) -> None:
        super().__init__(config, model_storage, resource)
        self._terms = tuple(sorted(set(terms)))

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ClinicalJiebaTokenizer:
        """A tokenizer for training, with the lexicon as it is now."""
        return cls(config, model_storage, resource, lexicon_terms())

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ClinicalJiebaTokenizer:
        """The tokenizer as it was trained, whatever the lexicon says now."""
        with model_storage.read_from(resource) as directory:
            terms = json.loads((directory / "terms.json").read_text(encoding="utf-8"))
        return cls(config, model_storage, resource, terms)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """A hash of the dictionary: Rasa's cache must not restore a tokenizer with an older one."""
        return hashlib.sha256("\n".join(sorted(set(lexicon_terms()))).encode()).hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Store the dictionary in the model."""
        self.persist()
        return self._resource

    def persist(self) -> None:
        """Write the terms as JSON."""
        with self._model_storage.write_to(self._resource) as directory:
            terms = json.dumps(self._terms, ensure_ascii=False)
            (directory / "terms.json").write_text(terms, encoding="utf-8")

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The words of one text with their offsets in it."""
        words = _segmenter(self._terms).tokenize(message.get(attribute), HMM=False)
        tokens = [Token(word, start) for word, start, _ in words if not word.isspace()]
        return self._apply_token_pattern(tokens)
