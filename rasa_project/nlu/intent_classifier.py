"""Rasa component: an intent for every segment of a message, and one for the message."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import skops.io
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rasa_project.nlu.intent_decision import (
    FALLBACK,
    OUT_OF_SCOPE,
    PROVIDE_FACTS,
    Choice,
    choose,
    most_important,
)
from rasa_project.nlu.intent_features import CONCEPTS_FILE, concepts, document, is_domain
from rasa_project.nlu.intent_model import IntentModel, fit
from rasa_project.reading.segments import Segment, split

_RANKING_LENGTH = 10
_MODEL_FILE = "intents.skops"
_CALIBRATION_FILE = "calibration.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SegmentIntentClassifier(IntentClassifier, GraphComponent):
    """Sets ``intent`` and ``intent_ranking`` of a message, and ``segments`` with one intent each.

    Configuration: ``threshold`` (0–1), the probability below which the message is asked about instead of
    being answered. Facts found by an extractor that ran before are used: a statement that holds some and
    asks for nothing is ``provide_facts``.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """The tokenizer must run before."""
        return [Tokenizer]

    @staticmethod
    def required_packages() -> list[str]:
        """What Rasa checks for before training."""
        return ["sklearn", "skops"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The threshold was set on cross-validated scores of the training sentences."""
        return {"threshold": 0.4}

    def __init__(
        self, config: Mapping[str, Any], model_storage: ModelStorage, resource: Resource,
        model: IntentModel | None = None,
    ) -> None:
        self._threshold = float(config["threshold"])
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
        execution_context: ExecutionContext,
    ) -> SegmentIntentClassifier:
        """An untrained classifier."""
        return cls(config, model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Editing the concepts retrains the classifier."""
        return hashlib.sha256(CONCEPTS_FILE.read_bytes()).hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on the training sentences and store the result.

        Raises ValueError when an intent has too few sentences.
        """
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        self._model = fit([_document(message, 0, len(message.get(TEXT))) for message in examples],
                          [message.get(INTENT) for message in examples])
        with self._model_storage.write_to(self._resource) as directory:
            skops.io.dump(self._model.pipeline, directory / _MODEL_FILE)
            (directory / _CALIBRATION_FILE).write_text(
                json.dumps({"temperature": self._model.temperature}), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
        execution_context: ExecutionContext, **kwargs: Any,
    ) -> SegmentIntentClassifier:
        """The stored classifier. Raises ValueError when the file holds types that skops does not trust."""
        with model_storage.read_from(resource) as directory:
            file = directory / _MODEL_FILE
            if untrusted := skops.io.get_untrusted_types(file=file):
                raise ValueError(f"untrusted types in {file.name}: {untrusted}")
            pipeline = skops.io.load(file, trusted=[])
            calibration = json.loads((directory / _CALIBRATION_FILE).read_text(encoding="utf-8"))
        return cls(config, model_storage, resource, IntentModel(pipeline, calibration["temperature"]))

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent, ranking and segments of each message."""
        for message in messages:
            self._classify(message)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing downstream learns from the intents, so the training data passes through."""
        return training_data

    def _classify(self, message: Message) -> None:
        text = message.get(TEXT) or ""
        segments = split(text)
        if self._model is None:
            raise RuntimeError("the intent classifier has not been trained")
        spans = [(0, len(text)), *(_span_in_context(text, segments, index) for index in range(len(segments)))]
        rows = self._model.probabilities([_document(message, start, end) for start, end in spans])
        rankings = [dict(zip(self._model.intents, map(float, row), strict=True)) for row in rows]
        chosen = [self._choose(text[start:end], ranking)
                  for (start, end), ranking in zip(spans, rankings, strict=True)]
        whole, parts = chosen[0], chosen[1:]
        parts = [_with_facts(choice, segment, message)
                 for choice, segment in zip(parts, segments, strict=True)]
        spoken = [choice for choice, segment in zip(parts, segments, strict=True) if segment.text.strip()]
        overall = most_important(spoken) if spoken else whole
        if len(spoken) > 1 and overall.intent in {OUT_OF_SCOPE, FALLBACK} and whole.intent != FALLBACK:
            overall = whole
        ranking = sorted(rankings[0].items(), key=lambda item: -item[1])[:_RANKING_LENGTH]
        message.set("intent", _named(overall.intent, overall.confidence), add_to_output=True)
        message.set("intent_ranking", [_named(*item) for item in ranking], add_to_output=True)
        message.set("segments", [
            {"start": segment.start, "end": segment.end, "text": segment.text, "question": segment.question,
             "intent": choice.intent, "confidence": choice.confidence}
            for segment, choice in zip(segments, parts, strict=True)
        ], add_to_output=True)

    def _choose(self, text: str, ranking: Mapping[str, float]) -> Choice:
        return choose(ranking, threshold=self._threshold, domain=is_domain(concepts(text)),
                      length=len(text.strip()))


def _span_in_context(text: str, segments: Sequence[Segment], index: int) -> tuple[int, int]:
    """A question that names no subject of its own ("怎么办？") is read together with what precedes it."""
    segment = segments[index]
    start = segment.start
    while segment.question and index > 0 and not _has_subject(text[start:segment.end]):
        index -= 1
        start = segments[index].start
    return start, segment.end


def _has_subject(text: str) -> bool:
    return any(concept.startswith(("domain:", "foreign:")) for concept in concepts(text))


def _with_facts(choice: Choice, segment: Segment, message: Message) -> Choice:
    if segment.question or choice.intent not in {OUT_OF_SCOPE, FALLBACK}:
        return choice
    facts = [entity for entity in message.get(ENTITIES) or [] if entity["entity"] not in _NOT_FACTS
             and segment.start <= entity["start"] < segment.end]
    return Choice(PROVIDE_FACTS, choice.confidence) if facts else choice


_NOT_FACTS = {"drug", "topic", "emergency"}


def _document(message: Message, start: int, end: int) -> str:
    tokens = message.get(TOKENS_NAMES[TEXT]) or []
    return document(message.get(TEXT)[start:end],
                    [token.text for token in tokens if start <= token.start and token.end <= end])


def _named(intent: str, confidence: float) -> dict[str, Any]:
    return {"name": intent, "confidence": confidence}
