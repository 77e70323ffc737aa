"""Two replicas on one database: still one turn and one answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import sqlalchemy as sa
from harness import until

from rasa_project.channels.wechat.courier import Courier
from rasa_project.channels.wechat.pushes import Parcel, PushQueue, Sent, Terms
from rasa_project.channels.wechat.store import Arrival, Job, MessageStore, Outcome
from rasa_project.channels.wechat.timing import Timing

TIMING = Timing.with_reply(1.0)


class Replica:
    """A courier that writes down what it does into lists that the replicas share."""

    def __init__(self, engine: sa.engine.Engine, turns: list[str], seen: list[str]) -> None:
        self._turns = turns
        self._seen = seen
        self.seconds = 0.0
        store = MessageStore(engine)
        queue = PushQueue(engine, store, Terms(resend_uncertain=True))
        self.courier = Courier("oa", store, self._respond, queue, self._push, TIMING)
        self.courier.start()

    async def _respond(self, job: Job) -> Outcome:
        self._turns.append(f"{job.text}{'（续）' if job.interrupted else ''}")
        await asyncio.sleep(self.seconds)
        return Outcome(f"答{job.text}")

    async def _push(self, parcel: Parcel) -> Sent:
        self._seen.append(parcel.text)
        return Sent.DONE

    async def receive(self, dedup: str) -> None:
        text = await self.courier.deliver(Arrival("oa", dedup, "user", "sealed", "turn:text", dedup))
        if text is not None:
            self._seen.append(text)

    def die(self) -> None:
        """As by SIGKILL: nothing is given back."""
        for task in (self.courier._sweeper, *self.courier._workers.values()):
            if task is not None:
                task.cancel()


Scene = Callable[[Replica, Replica, list[str], list[str]], Awaitable[None]]


def play(engine: sa.engine.Engine, scene: Scene) -> None:
    async def run() -> None:
        turns: list[str] = []
        seen: list[str] = []
        one, two = Replica(engine, turns, seen), Replica(engine, turns, seen)
        await scene(one, two, turns, seen)
        await asyncio.gather(one.courier.stop(), two.courier.stop())

    asyncio.run(run())


def test_a_retry_at_the_other_replica_attaches_to_the_turn(engine: sa.engine.Engine) -> None:
    async def scene(one: Replica, two: Replica, turns: list[str], seen: list[str]) -> None:
        one.seconds = two.seconds = 1.6
        first = asyncio.create_task(one.receive("甲"))
        await asyncio.sleep(0.9)
        await asyncio.gather(first, two.receive("甲"))
        await asyncio.sleep(1.0)
        assert turns == ["甲"]
        # The first request's connection is gone by then: what it returned the platform did not show.
        assert set(seen) == {"答甲"}

    play(engine, scene)


def test_a_late_answer_is_pushed_once_by_two_sweeping_replicas(engine: sa.engine.Engine) -> None:
    async def scene(one: Replica, two: Replica, turns: list[str], seen: list[str]) -> None:
        one.seconds = two.seconds = 2.0
        await one.receive("甲")
        await until(lambda: seen)
        await asyncio.sleep(1.0)
        assert (turns, seen) == (["甲"], ["答甲"])

    play(engine, scene)


def test_the_other_replica_goes_on_when_one_dies(engine: sa.engine.Engine) -> None:
    async def scene(one: Replica, two: Replica, turns: list[str], seen: list[str]) -> None:
        one.seconds = 60.0
        pending = asyncio.create_task(one.receive("甲"))
        await until(lambda: turns)
        one.die()
        await pending
        await two.receive("乙")
        await until(lambda: len("".join(seen)) >= 4, 20)
        assert turns == ["甲", "甲（续）", "乙"]
        assert "".join(seen).split() == ["答甲", "答乙"] or seen == ["答甲", "答乙"]

    play(engine, scene)


def test_an_orderly_stop_hands_over_at_once(engine: sa.engine.Engine) -> None:
    async def scene(one: Replica, two: Replica, turns: list[str], seen: list[str]) -> None:
        one.seconds = 60.0
        pending = asyncio.create_task(one.receive("甲"))
        await until(lambda: turns)
        await one.courier.stop()
        await pending
        await until(lambda: seen, 2.5)
        assert (turns, seen) == (["甲", "甲（续）"], ["答甲"])

    play(engine, scene)


def test_an_answer_that_no_request_waits_for_is_still_delivered(engine: sa.engine.Engine) -> None:
    async def scene(one: Replica, two: Replica, turns: list[str], seen: list[str]) -> None:
        one.seconds = 0.5
        request = asyncio.create_task(one.receive("甲"))
        await until(lambda: turns)
        request.cancel()
        await until(lambda: seen)
        assert seen == ["答甲"]

    play(engine, scene)
