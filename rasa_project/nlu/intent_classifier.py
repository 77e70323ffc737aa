"""Rasa component: an intent for every segment of a message, and one for the message."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

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

from rasa_project.nlu.command import is_command
from rasa_project.nlu.intent_decision import CERTAIN, CLINICAL, Choice, choose
from rasa_project.nlu.intent_features import CONCEPTS_FILE, Evidence, concepts, document
from rasa_project.nlu.intent_model import IntentModel, fit
from rasa_project.nlu.message_decision import settle
from rasa_project.reading import lexicon
from rasa_project.reading.normalise import simplified
from rasa_project.reading.reader import read
from rasa_project.reading.segments import Segment, split

_RANKING_LENGTH = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SegmentIntentClassifier(IntentClassifier, GraphComponent):
    """Sets ``intent`` and ``intent_ranking`` of a message, and ``segments`` with one intent each.

    ``plain`` and the text of the segments are in simplified characters, for whoever looks for words in them.

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
        return ["sklearn"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The threshold was set on cross-validated scores of the training sentences."""
        return {"threshold": 0.4}

    def __init__(
        self,
        config: Mapping[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: IntentModel | None = None,
    ) -> None:
        self._threshold = float(config["threshold"])
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
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
        self._model = fit(
            [training_document(message) for message in examples],
            [message.get(INTENT) for message in examples],
        )
        with self._model_storage.write_to(self._resource) as directory:
            self._model.save(directory)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SegmentIntentClassifier:
        """The stored classifier."""
        with model_storage.read_from(resource) as directory:
            return cls(config, model_storage, resource, IntentModel.load(directory))

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
        segments = [] if is_command(text) else split(text)
        choices = [self._chosen_in_context(message, segments, index) for index in range(len(segments))]
        questions = [segment.question for segment in segments]
        probabilities, whole = self._chosen(message, 0, len(text), any(questions))
        overall, settled = settle(choices, questions, whole=whole, text=text)
        ranking = sorted(probabilities.items(), key=lambda item: -item[1])[:_RANKING_LENGTH]
        message.set("intent", _named(overall.intent, overall.confidence), add_to_output=True)
        message.set("intent_ranking", [_named(*item) for item in ranking], add_to_output=True)
        message.set("plain", simplified(text), add_to_output=True)
        message.set(
            "segments",
            [
                {
                    "start": segment.start,
                    "end": segment.end,
                    "text": simplified(segment.text),
                    "question": segment.question,
                    "intent": choice.intent,
                    "confidence": choice.confidence,
                }
                for segment, choice in zip(segments, settled, strict=True)
            ],
            add_to_output=True,
        )

    def _chosen_in_context(self, message: Message, segments: Sequence[Segment], index: int) -> Choice:
        """The choice for a segment; one that is no sure request by itself is read with what it refers to."""
        segment = segments[index]
        _, alone = self._chosen(message, segment.start, segment.end, segment.question)
        start = _start_in_context(message.get(TEXT), segments, index)
        if start == segment.start or (alone.intent in CLINICAL and alone.confidence >= CERTAIN):
            return alone
        return self._chosen(message, start, segment.end, segment.question)[1]

    def _chosen(
        self, message: Message, start: int, end: int, question: bool
    ) -> tuple[dict[str, float], Choice]:
        """What the model makes of a piece of the message, and the intent it is given."""
        if self._model is None:
            raise RuntimeError("the intent classifier has not been trained")
        text = message.get(TEXT) or ""
        evidence = _evidence(message, start, end, question)
        probabilities = self._model.probabilities(_document(message, start, end, evidence))
        return probabilities, choose(
            probabilities, threshold=self._threshold, text=text[start:end], message=text, evidence=evidence
        )


def _start_in_context(text: str, segments: Sequence[Segment], index: int) -> int:
    """Where a question without a subject of its own ("怎么办？", "风险大不大") begins in fact."""
    start, end = segments[index].start, segments[index].end
    if segments[index].question or (index > 0 and segments[index - 1].question and _asks_on(text[start:end])):
        while index > 0 and not _has_subject(text[start:end]):
            index -= 1
            start = segments[index].start
    return start


def _has_subject(text: str) -> bool:
    # That something was operated or fractured tells what befell the patient, not what is asked about; and
    # whether 抗凝 is meant to prevent or to treat is said before.
    return any(
        concept.startswith(("subject:", "foreign:")) and concept not in _INCOMPLETE
        for concept in concepts(text)
    )


_INCOMPLETE = {"subject:risk_history", "subject:heart_indication", "subject:anticoagulate"}


def _asks_on(text: str) -> bool:
    return any(concept.startswith("aspect:") for concept in concepts(text))


def training_document(message: Message) -> str:
    """The features of a training sentence, whose facts no component before has read."""
    text = message.get(TEXT)
    reading = read(text)
    entities = [mention.as_entity("training") for mention in reading.mentions]
    question = any(segment.question for segment in split(text))
    read_message = Message({**message.data, ENTITIES: entities, "answer": reading.answer})
    return _document(message, 0, len(text), _evidence(read_message, 0, len(text), question))


def _document(message: Message, start: int, end: int, evidence: Evidence) -> str:
    words = [
        token.text
        for token in message.get(TOKENS_NAMES[TEXT]) or []
        if start <= token.start and token.end <= end
    ]
    return document(message.get(TEXT)[start:end], words, evidence)


def _evidence(message: Message, start: int, end: int, question: bool) -> Evidence:
    found = [entity["entity"] for entity in message.get(ENTITIES) or [] if start <= entity["start"] < end]
    # Only a whole message can be an answer.
    answer = (message.get("answer") or {}) if end - start == len(message.get(TEXT)) else {}
    return Evidence(
        question=question,
        facts=sum(name not in _NOT_FACTS for name in found),
        person=bool(found) and set(found) <= _PERSON,
        drugs=found.count("drug"),
        answers=frozenset(name for name, given in answer.items() if given and name in _ANSWERS),
    )


_NOT_FACTS = {"drug", "topic", "emergency", "special", "symptom"}
_PERSON = {"age_years", "sex"}
_ANSWERS = {
    "yes",
    "no",
    "unknown",
    "skip",
    "none_of_above",
    "all",
    "only",
    "rest_denied",
    "numbers",
    "choices",
    "picked",
}


def _named(intent: str, confidence: float) -> dict[str, Any]:
    return {"name": intent, "confidence": confidence}
