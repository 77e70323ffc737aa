"""The record of the conversations: append only, never lost in silence, read in bounded time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    AllSlotsReset,
    BotUttered,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import SQLAlchemyError

#: User turns that a turn can look back on; slots keep what older turns said.
WINDOW_TURNS = 20


class ConversationStoreError(Exception):
    """The conversation could not be read or written. Carries no content of it."""


class ConversationStore(SQLTrackerStore):
    """Rasa's SQL tracker store, with four differences.

    * It fails closed: an error raises :class:`ConversationStoreError`. (Rasa wraps its stores so that a
      failing one restarts the conversation blank and keeps the log in memory.)
    * ``retrieve`` returns the slots and the last :data:`WINDOW_TURNS` user turns of the session, without the
      bot's own replies, so that a turn takes as long in a long conversation as in a short one.
      ``retrieve_full_tracker`` returns everything.
    * ``save`` appends what is new since ``retrieve``, without counting rows.
    * Texts are stored readable (no ``\\uXXXX``), so that a reviewer can search the Chinese words.

    Loops and pauses older than the window would be forgotten; this bot uses neither.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker=event_broker, **kwargs)
        # An SQL error must not print the patient's words.
        self.engine.hide_parameters = True
        if self.engine.dialect.name == "sqlite":
            sa.event.listen(self.engine, "connect", _set_sqlite_pragmas)
            self.engine.dispose()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation's slots and last turns, or None for a new one.

        Raises ConversationStoreError.
        """
        with self._guarded_session() as session:
            rows = self._window(session, sender_id)
        if not rows:
            return None
        events = [json.loads(data) for data in rows]
        tracker = DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)
        tracker.stored_events = len(tracker.events)
        return tracker

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Every event of every session, for review and export; not to be saved again.

        Raises ConversationStoreError.
        """
        with self._guarded_session():
            return await super().retrieve_full_tracker(conversation_id)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append the events that are not stored yet, in one transaction.

        Raises ConversationStoreError; nothing is stored then.
        """
        first = getattr(tracker, "stored_events", 0)
        new = list(tracker.events)[first:]
        if not new:
            return
        with self._guarded_session() as session:
            for event in new:
                data = event.as_dict()
                parse_data = data.get("parse_data") or {}
                session.add(
                    self.SQLEvent(
                        sender_id=tracker.sender_id,
                        type_name=event.type_name,
                        timestamp=data.get("timestamp"),
                        intent_name=(parse_data.get("intent") or {}).get("name"),
                        action_name=data.get("name"),
                        data=json.dumps(data, ensure_ascii=False),
                    )
                )
            session.commit()
        tracker.stored_events = first + len(new)
        if self.event_broker is not None:
            await self._stream_new_events(self.event_broker, new, tracker.sender_id)

    @contextmanager
    def _guarded_session(self) -> Iterator[sa.orm.Session]:
        try:
            with self.session_scope() as session:
                yield session
        except SQLAlchemyError as error:
            raise ConversationStoreError(type(error).__name__) from error

    def _window(self, session: sa.orm.Session, sender_id: str) -> list[str]:
        """The serialised events of the window, preceded by the slots as they stood before it."""
        event = self.SQLEvent

        def query(column: Any, *conditions: Any) -> sa.orm.Query:
            return session.query(column).filter(event.sender_id == sender_id, *conditions)

        def latest(*conditions: Any) -> int:
            return query(sa.func.max(event.id), *conditions).scalar() or 0

        def named(*classes: type[Event]) -> Any:
            return event.type_name.in_([one.type_name for one in classes])

        session_start = latest(named(SessionStarted))
        recent = event.id >= session_start
        turn_ids = (
            query(event.id, recent, named(UserUttered)).order_by(event.id.desc()).limit(WINDOW_TURNS).all()
        )
        cut = session_start
        if len(turn_ids) == WINDOW_TURNS:
            # Start where the bot was listening for the first user turn of the window.
            listening = event.action_name == ACTION_LISTEN_NAME
            first_turn = turn_ids[-1][0]
            cut = latest(recent, event.id < first_turn, named(ActionExecuted), listening) or session_start

        head: list[str] = []
        if cut > session_start:
            since = max(session_start, latest(recent, event.id < cut, named(AllSlotsReset, Restarted)))
            last_set = [
                row[0]
                for row in query(sa.func.max(event.id), event.id > since, event.id < cut, named(SlotSet))
                .group_by(event.action_name)
                .all()
            ]
            head = _data(query(event.data, event.id.in_([session_start, *last_set])).order_by(event.id))
        tail = query(event.data, event.id >= cut, ~named(BotUttered)).order_by(event.id)
        return head + _data(tail)


def _data(query: sa.orm.Query) -> list[str]:
    return [row[0] for row in query.all()]


def _set_sqlite_pragmas(connection: Any, _: Callable[..., Any]) -> None:
    """Readers do not block the writer; a commit is on disk when it returns; a busy file is waited for."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=3000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
