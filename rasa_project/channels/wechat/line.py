"""The one outbound connection of a WeCom AI bot: subscribes, keeps alive, comes back."""

from __future__ import annotations

import asyncio
import random
import secrets
from collections.abc import Awaitable, Callable, Mapping
from enum import Enum
from time import time
from typing import Any

import aiohttp
import structlog

from rasa_project.channels.wechat import frames
from rasa_project.channels.wechat.api import ApiError, Unreachable
from rasa_project.channels.wechat.errors import CallbackError
from rasa_project.channels.wechat.frames import Frame
from rasa_project.channels.wechat.leases import LineLease
from rasa_project.channels.wechat.timing import LineTiming

logger = structlog.get_logger(__name__)

#: The platform no longer knows our subscription, although the connection stands.
NOT_SUBSCRIBED = 846609
#: Bytes of one frame; a long text message has a few thousand.
_MAX_FRAME_BYTES = 256_000

Receive = Callable[[Frame], Awaitable[None]]


class Ending(Enum):
    """Why a connection ended."""

    BROKEN = "broken"
    #: The platform does not accept the bot's id and secret.
    REFUSED = "refused"
    #: Another program has subscribed with the same id and secret.
    DISPLACED = "displaced"
    #: Another replica holds the lease.
    HANDED_OVER = "handed_over"


class Line:
    """Connects for as long as :meth:`run` runs. ``receive`` gets the callbacks, one after the other.

    ``number`` counts the subscriptions: what was received on one cannot be answered on the next.
    """

    def __init__(
        self,
        url: str,
        credentials: Mapping[str, str],
        receive: Receive,
        lease: LineLease,
        timing: LineTiming,
        clock: Callable[[], float] = time,
    ) -> None:
        self._url = url
        self._credentials = credentials
        self._receive = receive
        self._lease = lease
        self._timing = timing
        self._clock = clock
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._inbox: asyncio.Queue[Frame] = asyncio.Queue()
        self._waiting: dict[str, asyncio.Future[int]] = {}
        self._dropped = asyncio.Event()
        self._failures = 0
        self.number = 0

    @property
    def is_open(self) -> bool:
        """Whether the bot is subscribed."""
        return self._socket is not None

    async def run(self) -> None:
        """Stay connected until cancelled."""
        consumer = asyncio.create_task(self._consume())
        try:
            while True:
                await asyncio.sleep(await self._once())
        finally:
            consumer.cancel()
            await asyncio.to_thread(self._lease.release)

    async def try_once(self) -> Ending | None:
        """Connect, subscribe and leave; why it failed, if it did."""
        running = asyncio.create_task(self._connection())
        while not self.is_open and not running.done():
            await asyncio.sleep(0.05)
        self._dropped.set()
        ending = await running
        return None if self.number else ending

    async def ask(self, command: str, body: Mapping[str, Any], request: str | None = None) -> None:
        """Send a frame and wait for the platform's answer. Raises ApiError and Unreachable."""
        socket = self._socket
        if socket is None:
            raise Unreachable(sent=False)
        try:
            await self._exchange(socket, command, body, request)
        except Unreachable:
            # A connection that does not answer is as good as broken.
            self._dropped.set()
            raise
        except ApiError as error:
            if error.code != NOT_SUBSCRIBED:
                raise
            self._dropped.set()
            raise Unreachable(sent=False) from None

    async def _once(self) -> float:
        """One connection from its beginning to its end; the seconds to wait before the next."""
        try:
            if not await self._hold(self._timing.lease):
                return self._timing.lease / 3
            begun = self._clock()
            ending = await self._connection()
            if self._clock() - begun > self._timing.ping:
                self._failures = 0
            self._failures += 1
            logger.warning("aibot line ended", outcome=ending.value)
            pause = self._pause(ending)
            if ending is Ending.BROKEN:
                # Perhaps another replica's network is better.
                await asyncio.to_thread(self._lease.release)
                return pause * random.uniform(0.5, 1.0)
            if ending is not Ending.HANDED_OVER:
                await self._hold(pause)
            return pause
        except Exception as error:
            logger.error("aibot line failed", outcome="failed", exc_info=error)
            return self._timing.longest_retry

    def _pause(self, ending: Ending) -> float:
        timing = self._timing
        first, longest = {
            Ending.BROKEN: (timing.retry, timing.longest_retry),
            Ending.REFUSED: (timing.refused, timing.longest_refused),
            Ending.DISPLACED: (timing.displaced, timing.longest_displaced),
            Ending.HANDED_OVER: (timing.lease / 3, timing.lease / 3),
        }[ending]
        return min(longest, first * 2.0 ** min(self._failures - 1, 20))

    async def _connection(self) -> Ending:
        try:
            async with aiohttp.ClientSession() as session:
                async with asyncio.timeout(2 * self._timing.answer):
                    socket = await session.ws_connect(self._url, max_msg_size=_MAX_FRAME_BYTES, timeout=1.0)
                try:
                    return await self._serve(socket)
                finally:
                    await socket.close()
        except (aiohttp.ClientError, OSError, TimeoutError):
            return Ending.BROKEN

    async def _serve(self, socket: aiohttp.ClientWebSocketResponse) -> Ending:
        self._dropped.clear()
        tasks = [asyncio.create_task(self._read(socket))]
        try:
            try:
                await self._exchange(socket, frames.SUBSCRIBE, self._credentials, None)
            except ApiError as error:
                logger.error("aibot subscription refused", status=error.code)
                return Ending.REFUSED
            except Unreachable:
                return Ending.BROKEN
            self._socket = socket
            self.number += 1
            logger.info("aibot line", outcome="subscribed")
            for watch in (self._ping(socket), self._keep_lease(), self._wait_for_drop()):
                tasks.append(asyncio.create_task(watch))
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            return done.pop().result()
        finally:
            self._socket = None
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _read(self, socket: aiohttp.ClientWebSocketResponse) -> Ending:
        try:
            return await self._read_frames(socket)
        finally:
            # Nobody answers any more.
            for answer in self._waiting.values():
                if not answer.done():
                    answer.set_exception(Unreachable(sent=True))

    async def _read_frames(self, socket: aiohttp.ClientWebSocketResponse) -> Ending:
        async for message in socket:
            try:
                if message.type is not aiohttp.WSMsgType.TEXT:
                    raise CallbackError("binary")
                frame = frames.parse(message.data)
            except CallbackError as error:
                logger.warning("aibot frame refused", outcome=error.reason)
                continue
            if frame.is_displacement:
                return Ending.DISPLACED
            if frame.command in (frames.MESSAGE, frames.EVENT):
                self._inbox.put_nowait(frame)
            else:
                self._answered(frame)
        return Ending.BROKEN

    def _answered(self, frame: Frame) -> None:
        answer = self._waiting.get(frame.request)
        if answer is None or answer.done():
            logger.warning("aibot frame refused", outcome="unexpected")
        elif frame.code is None:
            logger.warning("aibot frame refused", outcome="no_code")
        else:
            answer.set_result(frame.code)

    async def _exchange(
        self,
        socket: aiohttp.ClientWebSocketResponse,
        command: str,
        body: Mapping[str, Any] | None,
        request: str | None,
    ) -> None:
        request = request or f"{command}_{secrets.token_hex(8)}"
        answer = self._waiting[request] = asyncio.get_running_loop().create_future()
        try:
            await socket.send_str(frames.compose(command, request, body))
            code = await asyncio.wait_for(answer, self._timing.answer)
        except (TimeoutError, aiohttp.ClientError, OSError):
            raise Unreachable(sent=True) from None
        finally:
            del self._waiting[request]
        if code:
            raise ApiError(code)

    async def _ping(self, socket: aiohttp.ClientWebSocketResponse) -> Ending:
        while True:
            await asyncio.sleep(self._timing.ping)
            try:
                await self._exchange(socket, frames.PING, None, None)
            except (ApiError, Unreachable):
                return Ending.BROKEN

    async def _keep_lease(self) -> Ending:
        while True:
            await asyncio.sleep(self._timing.lease / 3)
            try:
                if not await self._hold(self._timing.lease):
                    return Ending.HANDED_OVER
            except Exception as error:
                # A database that is away for a moment takes the connection from nobody.
                logger.error("aibot lease failed", outcome="failed", exc_info=error)

    async def _wait_for_drop(self) -> Ending:
        await self._dropped.wait()
        return Ending.BROKEN

    async def _hold(self, seconds: float) -> bool:
        return await asyncio.to_thread(self._lease.hold, self._clock(), seconds)

    async def _consume(self) -> None:
        while True:
            frame = await self._inbox.get()
            try:
                await self._receive(frame)
            except Exception as error:
                logger.error("aibot callback failed", outcome="failed", exc_info=error)
