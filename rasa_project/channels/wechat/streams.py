"""Answers of a WeCom AI bot in the place of its answer bubble: a word in between, then the text."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field

from rasa_project.channels.wechat import frames
from rasa_project.channels.wechat.api import LATER_CODES, ApiError, Unreachable
from rasa_project.channels.wechat.line import Line
from rasa_project.channels.wechat.wording import say

#: Replies that can be open at a time; the platform gives a reply six minutes.
_MOST_OPEN = 5000


@dataclass
class _Stream:
    request: str
    line_number: int
    ended: bool = False
    #: Two frames for one callback must not overlap.
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    id: str = field(default_factory=lambda: f"mmvte-{secrets.token_hex(8)}")


class Streams:
    """The replies that can still be given to a callback of the present connection, by delivery.

    After ``patience`` seconds without the answer a word says that it is coming.
    """

    def __init__(self, line: Line, patience: float) -> None:
        self._line = line
        self._patience = patience
        self._open: dict[str, _Stream] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, delivery: str, request: str) -> None:
        """A callback has come; a repeated one changes nothing while the first can be answered."""
        if self._current(delivery) is not None:
            return
        while len(self._open) >= _MOST_OPEN:
            del self._open[next(iter(self._open))]
        stream = self._open[delivery] = _Stream(request, self._line.number)
        task = asyncio.create_task(self._announce(stream))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def drop(self, delivery: str) -> None:
        """There is nothing to be said to it."""
        stream = self._open.pop(delivery, None)
        if stream is not None:
            stream.ended = True

    async def finish(self, delivery: str, text: str) -> bool:
        """Give the answer; False when that is no longer possible and it has to be sent instead.

        Raises ApiError when it may be tried again, and Unreachable.
        """
        stream = self._current(delivery)
        if stream is None:
            return False
        async with stream.lock:
            stream.ended = True
            try:
                await self._write(stream, text, finish=True)
            except ApiError as error:
                if error.code in LATER_CODES:
                    raise
                self.drop(delivery)
                return False
        self.drop(delivery)
        return True

    def _current(self, delivery: str) -> _Stream | None:
        stream = self._open.get(delivery)
        return stream if stream is not None and stream.line_number == self._line.number else None

    async def _announce(self, stream: _Stream) -> None:
        await asyncio.sleep(self._patience)
        async with stream.lock:
            if stream.ended or stream.line_number != self._line.number:
                return
            try:
                await self._write(stream, say("preparing"), finish=False)
            except (ApiError, Unreachable):
                # The answer itself finds another way.
                return

    async def _write(self, stream: _Stream, text: str, *, finish: bool) -> None:
        await self._line.ask(frames.RESPOND, frames.stream(stream.id, text, finish=finish), stream.request)
