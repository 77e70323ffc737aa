"""Takes the turns of one channel in order, and gets each answer to its user once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from time import time
from typing import Any, TypeVar

import structlog

from rasa_project.channels.wechat.pushes import Parcel, PushQueue, Sent
from rasa_project.channels.wechat.store import Arrival, Job, MessageStore, Outcome, Ticket
from rasa_project.channels.wechat.timing import PLATFORM_ATTEMPTS, Timing
from rasa_project.channels.wechat.wording import say

logger = structlog.get_logger(__name__)

Respond = Callable[[Job], Awaitable[Outcome]]
Push = Callable[[Parcel], Awaitable[Sent]]
_T = TypeVar("_T")


class Courier:
    """One a channel and process.

    ``respond`` takes the turn of a message. ``push`` calls the send API; without it (an account that has no
    such right) an answer that is late waits for the platform's retry or the user's next message.
    ``can_push_now``: whether the way to the platform is open; what is due waits until it is.
    """

    def __init__(
        self,
        channel: str,
        store: MessageStore,
        respond: Respond,
        queue: PushQueue,
        push: Push | None,
        timing: Timing,
        clock: Callable[[], float] = time,
        can_push_now: Callable[[], bool] = lambda: True,
    ) -> None:
        self._channel = channel
        self._store = store
        self._respond = respond
        self._queue = queue
        self._push = push
        self._timing = timing
        self._clock = clock
        self._can_push_now = can_push_now
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._ready: dict[int, asyncio.Event] = {}
        self._sweeper: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look after what an earlier run, or another replica, has left."""
        self._sweeper = asyncio.create_task(self._sweep())

    async def stop(self) -> None:
        """Stop working; what is unfinished stays in the store for the next start."""
        tasks = [task for task in (self._sweeper, *self._workers.values()) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await _threaded(self._store.release)

    async def deliver(self, arrival: Arrival) -> str | None:
        """The text of the passive reply to a callback, or None to acknowledge it without one."""
        deadline = self._clock() + self._timing.reply
        ticket = await _threaded(self._store.arrive, arrival, self._clock(), deadline + self._timing.grace)
        self._wake(ticket.alias)
        if await self._is_ready(ticket, deadline):
            return await _threaded(self._store.take, ticket.id, self._clock())
        if self._push is not None:
            return None
        if ticket.attempt < PLATFORM_ATTEMPTS:
            # Without an answer the platform asks again, and the answer can go out then.
            await asyncio.sleep(self._timing.hold - self._timing.reply)
            return None
        return say("working")

    async def accept(self, arrival: Arrival) -> bool:
        """Take a callback to which there is no passive reply, or another one; the answer is pushed, after
        those that were given up. False when the callback is a repetition.
        """
        await _threaded(self._queue.revive, arrival.alias)
        ticket = await _threaded(self._store.arrive, arrival, self._clock(), self._clock())
        self._wake(ticket.alias)
        return ticket.attempt == 1

    async def _is_ready(self, ticket: Ticket, deadline: float) -> bool:
        event = self._ready.setdefault(ticket.id, asyncio.Event())
        try:
            while True:
                if await _threaded(self._store.is_ready, ticket.id):
                    return self._clock() <= deadline + self._timing.grace / 2
                left = deadline - self._clock()
                if left <= 0:
                    return False
                try:
                    await asyncio.wait_for(event.wait(), min(left, self._timing.poll))
                except TimeoutError:
                    continue
        finally:
            self._ready.pop(ticket.id, None)

    def _wake(self, alias: str) -> None:
        self._again.add(alias)
        if alias not in self._workers:
            self._workers[alias] = asyncio.create_task(self._work(alias))

    async def _work(self, alias: str) -> None:
        try:
            while alias in self._again:
                self._again.discard(alias)
                while await self._take_turn(alias):
                    if not self._queue.merges:
                        await self._push_answers(alias)
                await self._push_answers(alias)
        except Exception as error:
            # The store failed; the sweep comes back to this user.
            logger.error("wechat worker failed", outcome="failed", exc_info=error)
        finally:
            del self._workers[alias]

    async def _take_turn(self, alias: str) -> bool:
        """Answer the user's oldest message; False when none waits."""
        job = await _threaded(self._store.claim, alias, self._clock(), self._timing.lease)
        if job is None:
            return False
        keeper = asyncio.create_task(self._keep(job))
        try:
            outcome = await self._respond(job)
        except Exception as error:
            logger.error("wechat turn failed", outcome="failed", exc_info=error)
            outcome = Outcome(say("failed"))
        finally:
            keeper.cancel()
        await _threaded(self._store.finish, job, outcome)
        event = self._ready.get(job.id)
        if event is not None:
            event.set()
        return True

    async def _keep(self, job: Job) -> None:
        while True:
            await asyncio.sleep(self._timing.lease / 3)
            await _threaded(self._store.renew, job.id, self._clock() + self._timing.lease)

    async def _push_answers(self, alias: str) -> None:
        if self._push is None:
            return
        while self._can_push_now():
            parcel = await _threaded(self._queue.claim, alias, self._clock())
            if parcel is None:
                return
            try:
                result = await self._push(parcel)
            except Exception as error:
                logger.error("wechat push failed", outcome="uncertain", exc_info=error)
                result = Sent.UNCERTAIN
            await _threaded(self._queue.settle, parcel, result, self._clock())
            logger.info("wechat push", outcome=result.value, messages=len(parcel.numbers))

    def _at_work(self) -> list[str]:
        pushes = self._push is not None and self._can_push_now()
        return self._store.at_work(self._channel, self._clock(), pushes=pushes)

    async def _sweep(self) -> None:
        while True:
            try:
                for alias in await _threaded(self._at_work):
                    self._wake(alias)
                await _threaded(self._store.wipe, self._clock())
            except Exception as error:
                logger.error("wechat sweep failed", outcome="failed", exc_info=error)
            await asyncio.sleep(self._timing.sweep)


async def _threaded(function: Callable[..., _T], *arguments: Any) -> _T:
    """Wait for the database without holding up the other conversations."""
    return await asyncio.to_thread(function, *arguments)
