"""Goes on with a turn that was interrupted by a crash, instead of taking it twice."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered

from rasa_project.channels.output import ReplyCollector
from rasa_project.serving.agent import ClinicalAgent


async def resume(agent: ClinicalAgent, sender: str, delivery: str) -> list[dict[str, Any]] | None:
    """The replies to a message that the record holds already; None when it does not.

    ``delivery`` is the name that the message was recorded with. A turn that was recorded to its end gives
    the replies of then; one that was only begun is taken now, without recording the message again.
    """
    async with agent.lock_store.lock(sender):
        full = await agent.tracker_store.retrieve_full_tracker(sender)
        events = list(full.events) if full is not None else []
        begun = [
            number
            for number, event in enumerate(events)
            if isinstance(event, UserUttered) and event.metadata.get("delivery") == delivery
        ]
        if not begun:
            return None
        later = events[begun[-1] + 1 :]
        if any(isinstance(one, ActionExecuted) and one.action_name == ACTION_LISTEN_NAME for one in later):
            return [_reply(one) for one in later if isinstance(one, BotUttered)]
        tracker = await agent.tracker_store.retrieve(sender)
        processor, collector = agent.processor, ReplyCollector()
        tracker = await processor.run_action_extract_slots(collector, tracker)
        await processor._run_prediction_loop(collector, tracker)
        await processor.save_tracker(tracker)
        return collector.messages


def _reply(event: BotUttered) -> dict[str, Any]:
    custom = event.data.get("custom")
    return {"text": event.text, **({"custom": custom} if custom else {})}
