"""Messages of one conversation wait for each other; different conversations do not."""

from __future__ import annotations

import asyncio
from time import monotonic

from rasa_project.serving.lock_store import ConversationLocks


def test_order_within_a_conversation() -> None:
    locks, seen = ConversationLocks(), []

    async def message(sender: str, number: int) -> None:
        async with locks.lock(sender):
            seen.append(("in", sender, number))
            await asyncio.sleep(0.01)
            seen.append(("out", sender, number))

    async def scenario() -> None:
        await asyncio.gather(*(message("甲", number) for number in range(5)))

    asyncio.run(scenario())
    assert seen == [step for number in range(5) for step in (("in", "甲", number), ("out", "甲", number))]


def test_no_waiting_between_conversations_and_nothing_kept() -> None:
    locks = ConversationLocks()

    async def message(sender: str) -> None:
        async with locks.lock(sender):
            await asyncio.sleep(0.05)

    async def scenario() -> float:
        started = monotonic()
        await asyncio.gather(*(message(str(number)) for number in range(50)))
        return monotonic() - started

    assert asyncio.run(scenario()) < 1
    assert len(locks._locks) == 0


def test_a_failing_turn_frees_the_lock() -> None:
    locks = ConversationLocks()

    async def scenario() -> bool:
        try:
            async with locks.lock("甲"):
                raise ValueError
        except ValueError:
            pass
        async with locks.lock("甲"):
            return True

    assert asyncio.run(asyncio.wait_for(scenario(), 1))
