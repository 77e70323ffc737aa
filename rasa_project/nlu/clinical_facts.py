"""The Rasa component that reads clinical facts: entities and the reading as an answer."""

from __future__ import annotations

import hashlib
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rasa_project.nlu.command import is_command
from rasa_project.reading import lexicon
from rasa_project.reading.reader import read

ANSWER = "answer"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ClinicalFacts(GraphComponent):
    """Adds one entity per fact read in a message, by rules and lexicons alone."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ClinicalFacts:
        """Read one message already, so that the first user does not wait for the lexicons."""
        component = cls()
        read("否认糖尿病史")
        return component

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """A hash of the lexicon files, so that a changed lexicon is a changed component."""
        digest = hashlib.sha256()
        for file in lexicon.files():
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
        return digest.hexdigest()

    def process(self, messages: list[Message]) -> list[Message]:
        """Set ``entities`` and ``answer`` of every message that says something."""
        for message in messages:
            text = message.get(TEXT)
            if not text or is_command(text):
                continue
            reading = read(text)
            entities = [mention.as_entity(type(self).__name__) for mention in reading.mentions]
            message.set(ENTITIES, message.get(ENTITIES, []) + entities, add_to_output=True)
            message.set(ANSWER, reading.answer, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing to do: the facts are never learnt."""
        return training_data
