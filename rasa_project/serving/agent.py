"""Rasa's agent with the safety properties that a record of care needs."""

from __future__ import annotations

from typing import Any

from jsonschema import Draft202012Validator
from rasa.core.actions.action import Action, RemoteAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.lock_store import LockStore
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

_ACTION_RESULT = Draft202012Validator(RemoteAction.action_response_format_spec())


class CheckedAction(RemoteAction):
    """A remote action whose answer is checked with a schema that is prepared once.

    Rasa checks its own schema anew in every turn, which takes longer than anything else in it.
    """

    def _validate_action_result(self, result: dict[str, Any]) -> bool:
        """Raises jsonschema.ValidationError when the action server answers something else than events."""
        _ACTION_RESULT.validate(result)
        return True


class RecordingProcessor(MessageProcessor):
    """Stores the user's message before anything is done with it.

    Rasa saves once, at the end of the turn: whatever goes wrong in between takes the message with it.
    """

    async def handle_message(self, message: UserMessage) -> list[dict[str, Any]] | None:
        """Record the message, run the actions, record what they did."""
        tracker = await self.log_message(message, should_save_tracker=True)
        tracker = await self.run_action_extract_slots(message.output_channel, tracker)
        await self._run_prediction_loop(message.output_channel, tracker)
        await self.save_tracker(tracker)
        if isinstance(message.output_channel, CollectingOutputChannel):
            return message.output_channel.messages
        return None

    def predict_next_with_tracker_if_should(
        self, tracker: DialogueStateTracker
    ) -> tuple[Action, PolicyPrediction]:
        """The next action; raises ActionLimitReached."""
        action, prediction = super().predict_next_with_tracker_if_should(tracker)
        if type(action) is RemoteAction:
            action = CheckedAction(action.name(), self.action_endpoint)
        return action, prediction


class ClinicalAgent(Agent):
    """An agent whose tracker store fails closed and whose processor records first."""

    @staticmethod
    def _create_tracker_store(store: TrackerStore | None, domain: Domain) -> TrackerStore:
        """The store as given: no wrapper that hides its errors."""
        if store is None:
            raise ValueError("a tracker store is required")
        store.domain = domain
        return store

    @staticmethod
    def _create_lock_store(store: LockStore | None) -> LockStore:
        if store is None:
            raise ValueError("a lock store is required")
        return store

    def load_model(self, model_path: Any, fingerprint: str | None = None) -> None:
        """Load a model; raises ModelNotFound when there is none."""
        self.processor = RecordingProcessor(
            model_path=model_path,
            tracker_store=self.tracker_store,
            lock_store=self.lock_store,
            action_endpoint=self.action_endpoint,
            generator=self.nlg,
        )
        self.domain = self.processor.domain
        self.tracker_store.domain = self.domain
        self.nlg.responses = self.domain.responses
        self._set_fingerprint(fingerprint)
