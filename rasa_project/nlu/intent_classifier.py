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

from rasa_project.nlu.intent_decision import Choice, choose, message_choice
from rasa_project.nlu.intent_features import CONCEPTS_FILE, Evidence, concepts, document
from rasa_project.nlu.intent_model import IntentModel, fit
from rasa_project.reading import lexicon
from rasa_project.reading.reader import read
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
        """Editing the concepts, or the lexicons the facts are read with, retrains the classifier."""
        digest = hashlib.sha256(CONCEPTS_FILE.read_bytes())
        for file in lexicon.files():
            digest.update(file.read_bytes())
        return digest.hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on the training sentences and store the result.

        Raises ValueError when an intent has too few sentences.
        """
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        self._model = fit([training_document(message) for message in examples],
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
        if self._model is None:
            raise RuntimeError("the intent classifier has not been trained")
        text = message.get(TEXT) or ""
        segments = split(text)
        spans = [_span_in_context(text, segments, index) for index in range(len(segments))] or [(0, len(text))]
        questions = [segment.question for segment in segments] or [False]
        if len(segments) > 1:
            spans, questions = [*spans, (0, len(text))], [*questions, any(questions)]
        rows = self._model.probabilities([
            _document(message, span, question) for span, question in zip(spans, questions, strict=True)
        ])
        rankings = [dict(zip(self._model.intents, map(float, row), strict=True)) for row in rows]
        choices = [self._choose(text[start:end], ranking)
                   for (start, end), ranking in zip(spans, rankings, strict=True)]
        overall = message_choice(choices[:len(segments)], questions[:len(segments)], whole=choices[-1])
        ranking = sorted(rankings[-1].items(), key=lambda item: -item[1])[:_RANKING_LENGTH]
        message.set("intent", _named(overall.intent, overall.confidence), add_to_output=True)
        message.set("intent_ranking", [_named(*item) for item in ranking], add_to_output=True)
        message.set("segments", [
            {"start": segment.start, "end": segment.end, "text": segment.text, "question": segment.question,
             "intent": choice.intent, "confidence": choice.confidence}
            for segment, choice in zip(segments, choices, strict=False)
        ], add_to_output=True)

    def _choose(self, text: str, ranking: Mapping[str, float]) -> Choice:
        found = concepts(text)
        return choose(ranking, threshold=self._threshold, length=len(text.strip()),
                      subject=any(concept.startswith("subject:") for concept in found),
                      foreign=any(concept.startswith("foreign:") for concept in found))


def _span_in_context(text: str, segments: Sequence[Segment], index: int) -> tuple[int, int]:
    """A question that names no subject of its own ("怎么办？") is read together with what precedes it."""
    segment = segments[index]
    start = segment.start
    while segment.question and index > 0 and not _has_subject(text[start:segment.end]):
        index -= 1
        start = segments[index].start
    return start, segment.end


def _has_subject(text: str) -> bool:
    return any(concept.startswith(("subject:", "foreign:")) for concept in concepts(text))


def training_document(message: Message) -> str:
    """The features of a training sentence, whose facts no component before has read."""
    text = message.get(TEXT)
    reading = read(text)
    message.set(ENTITIES, [mention.as_entity("training") for mention in reading.mentions])
    message.set("answer", reading.answer)
    return _document(message, (0, len(text)), any(segment.question for segment in split(text)))


def _document(message: Message, span: tuple[int, int], question: bool) -> str:
    start, end = span
    text, tokens = message.get(TEXT), message.get(TOKENS_NAMES[TEXT]) or []
    found = [entity["entity"] for entity in message.get(ENTITIES) or [] if start <= entity["start"] < end]
    answer = message.get("answer") or {}
    evidence = Evidence(
        question=question,
        facts=sum(name not in _NOT_FACTS for name in found),
        drugs=found.count("drug"),
        answers=frozenset(name for name, given in answer.items() if given and name in _ANSWERS),
    )
    words = [token.text for token in tokens if start <= token.start and token.end <= end]
    return document(text[start:end], words, evidence)


_NOT_FACTS = {"drug", "topic", "emergency"}
_ANSWERS = {"yes", "no", "unknown", "skip", "none_of_above", "all", "only", "rest_denied", "numbers", "choices"}


def _named(intent: str, confidence: float) -> dict[str, Any]:
    return {"name": intent, "confidence": confidence}
