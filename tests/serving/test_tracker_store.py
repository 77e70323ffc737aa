"""The record: complete, searchable, fail-closed, and read in bounded time."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    AllSlotsReset,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from rasa_project.serving.tracker_store import WINDOW_TURNS, ConversationStore, ConversationStoreError

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
intents: [provide_facts]
slots:
  a: {type: any, influence_conversation: false, mappings: [{type: custom}]}
  b: {type: any, influence_conversation: false, mappings: [{type: custom}]}
"""
)


def make_store(folder: Path) -> ConversationStore:
    return ConversationStore(DOMAIN, dialect="sqlite", db=str(folder / "conversations.db"))


def turn(number: int, *slots: Event) -> list[Event]:
    """One user turn as Rasa records it."""
    return [
        UserUttered(f"第{number}条", {"name": "provide_facts", "confidence": 1.0}),
        ActionExecuted("action_reply"),
        *slots,
        BotUttered(f"回复{number}", {"custom": {"mmvte": 1}}),
        ActionExecuted("action_listen"),
    ]


async def append(store: ConversationStore, events: list[Event], sender: str = "甲") -> DialogueStateTracker:
    """Load, add, save: a new tracker object each time, as in a turn."""
    tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
    tracker.update_with_events(events, DOMAIN)
    await store.save(tracker)
    return tracker


async def start(store: ConversationStore) -> None:
    await append(
        store, [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")]
    )


def user_texts(tracker: DialogueStateTracker) -> list[str]:
    return [event.text for event in tracker.events if isinstance(event, UserUttered)]


def test_same_slots_and_turns_as_rasas_own_store(tmp_path: Path) -> None:
    async def scenario() -> None:
        store = make_store(tmp_path)
        await start(store)
        for number in range(1, WINDOW_TURNS + 31):
            slots = [SlotSet("a", number)] if number % 3 else [SlotSet("b", f"值{number}")]
            if number == 25:
                slots = [AllSlotsReset(), SlotSet("b", "重置后")]
            tracker = await append(store, turn(number, *slots))
            stock = SQLTrackerStore(DOMAIN, dialect="sqlite", db=str(tmp_path / "conversations.db"))
            expected = await stock.retrieve("甲")
            stock.engine.dispose()
            loaded = await store.retrieve("甲")
            assert loaded is not None
            assert loaded.current_slot_values() == expected.current_slot_values()
            assert loaded.current_slot_values() == tracker.current_slot_values()
            assert user_texts(loaded) == user_texts(expected)[-WINDOW_TURNS:]
            assert loaded.latest_action_name == "action_listen"
        full = await store.retrieve_full_tracker("甲")
        assert user_texts(full) == [f"第{number}条" for number in range(1, WINDOW_TURNS + 31)]
        assert sum(isinstance(event, BotUttered) for event in full.events) == WINDOW_TURNS + 30

    asyncio.run(scenario())


def test_size_of_what_is_loaded_does_not_grow(tmp_path: Path) -> None:
    async def scenario() -> list[int]:
        store = make_store(tmp_path)
        await start(store)
        sizes = []
        for number in range(1, 4 * WINDOW_TURNS):
            await append(store, turn(number, SlotSet("a", number), SlotSet("b", number)))
            loaded = await store.retrieve("甲")
            sizes.append(len(loaded.events))
        return sizes

    sizes = asyncio.run(scenario())
    assert len(set(sizes[WINDOW_TURNS + 1 :])) == 1
    assert sizes[-1] < 6 * WINDOW_TURNS


def test_a_new_session_forgets_slots_but_keeps_the_record(tmp_path: Path) -> None:
    async def scenario() -> None:
        store = make_store(tmp_path)
        await start(store)
        await append(store, turn(1, SlotSet("a", 67)))
        await start(store)
        loaded = await store.retrieve("甲")
        assert loaded.get_slot("a") is None
        assert user_texts(loaded) == []
        assert user_texts(await store.retrieve_full_tracker("甲")) == ["第1条"]

    asyncio.run(scenario())


def test_saving_twice_stores_once(tmp_path: Path) -> None:
    async def scenario() -> None:
        store = make_store(tmp_path)
        await start(store)
        tracker = await append(store, turn(1))
        await store.save(tracker)
        assert user_texts(await store.retrieve_full_tracker("甲")) == ["第1条"]

    asyncio.run(scenario())


def test_conversations_do_not_mix(tmp_path: Path) -> None:
    async def scenario() -> None:
        store = make_store(tmp_path)
        await append(store, turn(1, SlotSet("a", 1)), sender="甲")
        await append(store, turn(2, SlotSet("a", 2)), sender="乙")
        assert (await store.retrieve("甲")).get_slot("a") == 1
        assert (await store.retrieve("乙")).get_slot("a") == 2
        assert await store.retrieve("丙") is None

    asyncio.run(scenario())


def test_chinese_text_can_be_searched(tmp_path: Path) -> None:
    asyncio.run(append(make_store(tmp_path), turn(1)))
    with sqlite3.connect(tmp_path / "conversations.db") as database:
        found = database.execute("SELECT count(*) FROM events WHERE data LIKE '%第1条%'").fetchone()
    assert found == (1,)


def test_a_broken_database_raises_and_says_nothing_of_the_conversation(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    asyncio.run(append(store, turn(1)))
    with sqlite3.connect(tmp_path / "conversations.db") as database:
        database.execute("DROP TABLE events")
    with pytest.raises(ConversationStoreError):
        asyncio.run(store.retrieve("甲"))
    with pytest.raises(ConversationStoreError):
        asyncio.run(store.retrieve_full_tracker("甲"))
    tracker = store.init_tracker("甲")
    tracker.update_with_events(turn(2), DOMAIN)
    with pytest.raises(ConversationStoreError) as failure:
        asyncio.run(store.save(tracker))
    assert "第2条" not in str(failure.value) + str(failure.value.__cause__)
