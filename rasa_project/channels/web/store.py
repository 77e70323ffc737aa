"""Sessions and what was said in them, on disk, so that a restart of the server loses nothing.

This is the widget's transcript, deleted with its session; the record of care is the conversation store.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import Any

from rasa_project.channels.web.tokens import Clinician

_SCHEMA = """
CREATE TABLE IF NOT EXISTS session (
    id INTEGER PRIMARY KEY,
    handle TEXT NOT NULL UNIQUE,
    sender TEXT NOT NULL UNIQUE,
    clinician TEXT NOT NULL,
    department TEXT NOT NULL,
    used REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS event (
    session INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
    number INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (session, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS message (
    session INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
    client_id TEXT NOT NULL,
    answered INTEGER NOT NULL,
    PRIMARY KEY (session, client_id)
) WITHOUT ROWID;
"""

Event = Mapping[str, Any]


@dataclass(frozen=True)
class Session:
    """One conversation of one browser. ``sender`` is its name in the record; no client ever sees it."""

    id: int
    sender: str
    clinician: Clinician


class SessionStore:
    """Sessions by their secret handle, of which only a hash is kept.

    Everything is read and written within one session; there is no way to name another's.
    """

    def __init__(self, file: Path, idle_seconds: float, clock: Callable[[], float] = time) -> None:
        self._idle = idle_seconds
        self._clock = clock
        self._database = sqlite3.connect(file, isolation_level=None)
        file.chmod(0o600)
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
            self._database.execute(f"PRAGMA {pragma}")
        self._database.executescript(_SCHEMA)

    def open(self, clinician: Clinician) -> str:
        """A new session; returns its handle. Sessions that nobody uses any more are deleted here."""
        self._database.execute("DELETE FROM session WHERE used < ?", (self._clock() - self._idle,))
        handle = secrets.token_urlsafe(32)
        self._database.execute(
            "INSERT INTO session (handle, sender, clinician, department, used) VALUES (?, ?, ?, ?, ?)",
            (
                _hash(handle),
                f"web-{secrets.token_hex(16)}",
                clinician.name,
                clinician.department,
                self._clock(),
            ),
        )
        return handle

    def find(self, handle: str) -> Session | None:
        """The session of a handle, unless it has ended or lain idle for too long."""
        row = self._database.execute(
            "SELECT id, sender, clinician, department FROM session WHERE handle = ? AND used >= ?",
            (_hash(handle), self._clock() - self._idle),
        ).fetchone()
        return Session(row[0], row[1], Clinician(row[2], row[3])) if row else None

    def touch(self, session: Session) -> None:
        """Note that somebody uses the session now."""
        self._database.execute("UPDATE session SET used = ? WHERE id = ?", (self._clock(), session.id))

    def end(self, session: Session) -> None:
        """Delete the session and everything said in it."""
        self._database.execute("DELETE FROM session WHERE id = ?", (session.id,))

    def events(self, session: Session, since: int) -> list[Event]:
        """What was said after the event with the number ``since``, in order."""
        rows = self._database.execute(
            "SELECT body FROM event WHERE session = ? AND number > ? ORDER BY number", (session.id, since)
        )
        return [json.loads(body) for (body,) in rows]

    def is_answered(self, session: Session, client_id: str) -> bool:
        """Whether the message has had its answer."""
        row = self._message(session, client_id)
        return bool(row and row[0])

    def begin(self, session: Session, client_id: str, event: Event) -> bool:
        """Record a message of the user, unless an interrupted turn has recorded it already.

        False when the session has ended meanwhile; nothing is recorded then.
        """
        if self._message(session, client_id):
            return True
        try:
            with self._transaction():
                self._database.execute("INSERT INTO message VALUES (?, ?, 0)", (session.id, client_id))
                self._append(session, [event])
        except sqlite3.IntegrityError:
            return False
        return True

    def finish(self, session: Session, client_id: str, events: Sequence[Event]) -> None:
        """Record the answer to a message; nothing when the session has ended meanwhile."""
        with self._transaction():
            updated = self._database.execute(
                "UPDATE message SET answered = 1 WHERE session = ? AND client_id = ?", (session.id, client_id)
            )
            if updated.rowcount:
                self._append(session, events)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _message(self, session: Session, client_id: str) -> Any:
        return self._database.execute(
            "SELECT answered FROM message WHERE session = ? AND client_id = ?", (session.id, client_id)
        ).fetchone()

    def _append(self, session: Session, events: Sequence[Event]) -> None:
        (last,) = self._database.execute(
            "SELECT coalesce(max(number), 0) FROM event WHERE session = ?", (session.id,)
        ).fetchone()
        now = round(self._clock(), 3)
        self._database.executemany(
            "INSERT INTO event VALUES (?, ?, ?)",
            [
                (session.id, number, json.dumps({**event, "number": number, "time": now}, ensure_ascii=False))
                for number, event in enumerate(events, last + 1)
            ],
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")


def _hash(handle: str) -> str:
    return hashlib.sha256(handle.encode("utf-8", "surrogatepass")).hexdigest()
