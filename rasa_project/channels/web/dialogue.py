"""Turns of web sessions: each message answered once, in order, even when the line drops in between."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from weakref import WeakValueDictionary

from rasa_project.channels.incoming import prepare
from rasa_project.channels.web.limits import RateLimit
from rasa_project.channels.web.store import Event, Session, SessionStore

#: Messages of one session that may wait for their turn.
MAX_WAITING = 5
#: Requests of one session that may wait for news: a few tabs.
MAX_LISTENING = 6
MESSAGES_AT_ONCE = 20
MESSAGES_PER_SECOND = 0.5

TakeTurn = Callable[[Session, str], Awaitable[list[dict[str, Any]]]]


class TooFastError(Exception):
    """More messages or requests than a person sends; ``seconds`` until the next is welcome."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Dialogue:
    """Runs the turns of all sessions; a turn goes on when the client that asked for it has gone."""

    def __init__(self, store: SessionStore, take_turn: TakeTurn) -> None:
        self._store = store
        self._take_turn = take_turn
        self._rate = RateLimit(MESSAGES_AT_ONCE, MESSAGES_PER_SECOND)
        self._running: dict[tuple[int, str], asyncio.Task[None]] = {}
        self._waiting: Counter[int] = Counter()
        self._listening: Counter[int] = Counter()
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._news: WeakValueDictionary[int, asyncio.Event] = WeakValueDictionary()

    async def say(self, session: Session, client_id: str, text: str) -> None:
        """Answer a message, or wait for its running answer; nothing when it was answered before.

        ``client_id`` is the client's own name of the message, the same when it is sent again.
        Raises TooFastError.
        """
        turn = self._running.get((session.id, client_id))
        if turn is None:
            if self._store.is_answered(session, client_id):
                return
            if wait := self._rate.take(session.id):
                raise TooFastError(wait)
            if self._waiting[session.id] >= MAX_WAITING:
                raise TooFastError(1 / MESSAGES_PER_SECOND)
            self._waiting[session.id] += 1
            turn = asyncio.create_task(self._turn(session, client_id, text))
            self._running[session.id, client_id] = turn
        await asyncio.shield(turn)

    async def events(self, session: Session, since: int, wait_seconds: float) -> list[Event]:
        """What is new since an event; waits for news when there is none yet. Raises TooFastError."""
        events = self._store.events(session, since)
        if events or wait_seconds <= 0:
            return events
        if self._listening[session.id] >= MAX_LISTENING:
            raise TooFastError(wait_seconds)
        news = self._news.get(session.id)
        if news is None:
            news = self._news[session.id] = asyncio.Event()
        self._listening[session.id] += 1
        try:
            await asyncio.wait_for(news.wait(), wait_seconds)
        except TimeoutError:
            return []
        finally:
            _count_down(self._listening, session.id)
        return self._store.events(session, since)

    def end(self, session: Session) -> None:
        """Forget the session; whoever listens is told at once."""
        self._store.end(session)
        self._announce(session)

    async def _turn(self, session: Session, client_id: str, text: str) -> None:
        try:
            lock = self._locks.get(session.id)
            if lock is None:
                lock = self._locks[session.id] = asyncio.Lock()
            async with lock:
                if not self._store.begin(session, client_id, _said(client_id, text)):
                    return
                self._announce(session)
                replies = await self._take_turn(session, text)
                self._store.finish(session, client_id, [_answered(client_id, reply) for reply in replies])
                self._announce(session)
        finally:
            _count_down(self._waiting, session.id)
            self._running.pop((session.id, client_id), None)

    def _announce(self, session: Session) -> None:
        news = self._news.pop(session.id, None)
        if news is not None:
            news.set()


def _said(client_id: str, text: str) -> Event:
    """The user's message as it may be kept: masked, and without its text when it was refused."""
    return {"from": "user", "client_msg_id": client_id, "text": prepare(text).text}


def _answered(client_id: str, reply: Mapping[str, Any]) -> Event:
    shown = {key: reply[key] for key in ("text", "custom", "buttons") if key in reply}
    return {"from": "bot", "client_msg_id": client_id, **shown}


def _count_down(counter: Counter[int], key: int) -> None:
    counter[key] -= 1
    if not counter[key]:
        del counter[key]
