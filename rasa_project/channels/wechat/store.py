"""The messages and their answers, durable: every step is one transaction, so that replicas can share it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from rasa_project.channels.wechat.schema import MESSAGE, REST
from rasa_project.channels.wechat.text import MAX_BYTES, cut
from rasa_project.channels.wechat.wording import say

#: Seconds that the rest of a long answer can be asked for.
REST_SECONDS = 600.0
#: Seconds after which the texts of a delivered message are wiped; no platform retries that late.
KEEP_SECONDS = 600.0
#: The states of a message whose answer the user has not seen.
OPEN_STATES = ("received", "running", "done", "sending")


@dataclass(frozen=True)
class Arrival:
    """A callback as it is stored. ``kind`` begins with what is to be done with ``text``, ``recipient`` is
    sealed, and ``details`` is what else the turn needs (who asks, what is said around the answer)."""

    channel: str
    dedup: str
    alias: str
    recipient: str
    kind: str
    text: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Ticket:
    """Which message a callback belongs to; ``attempt`` counts the platform's deliveries of it."""

    id: int
    alias: str
    attempt: int


@dataclass(frozen=True)
class Job:
    """A message whose turn is to be taken. ``behind``: an earlier answer had not been seen when it came.
    ``interrupted``: a replica that died had begun it."""

    id: int
    alias: str
    dedup: str
    kind: str
    text: str
    details: Mapping[str, Any]
    behind: bool
    interrupted: bool


@dataclass(frozen=True)
class Outcome:
    """The answer to a message, and the template card that goes with it."""

    answer: str
    #: The template card's description as JSON; it is sent after the answer.
    card: str | None = None
    #: The rest of an earlier answer is no longer wanted.
    clears_rest: bool = True


class MessageStore:
    """Used by every replica of one database; ``owner`` tells this one from the others.

    ``page_bytes`` is what one text may have.
    """

    def __init__(self, engine: sa.engine.Engine, page_bytes: int = MAX_BYTES) -> None:
        self._engine = engine
        self.page_bytes = page_bytes
        self.owner = secrets.token_hex(16)

    def arrive(self, arrival: Arrival, now: float, passive_until: float) -> Ticket:
        """Store a message, or attach to it when the platform delivers it again."""
        ticket = self._attach(arrival.dedup, passive_until)
        while ticket is None:
            try:
                with self._engine.begin() as connection:
                    number = connection.execute(
                        sa.insert(MESSAGE).values(
                            channel=arrival.channel,
                            dedup=arrival.dedup,
                            alias=arrival.alias,
                            kind=arrival.kind,
                            state="received",
                            attempts=1,
                            arrived_at=now,
                            passive_until=passive_until,
                            text=arrival.text,
                            details=json.dumps(dict(arrival.details), ensure_ascii=False),
                            behind=_is_open(connection, arrival.alias),
                            recipient=arrival.recipient,
                            push_after=0.0,
                            failures=0,
                            uncertain=False,
                        )
                    ).inserted_primary_key[0]
                return Ticket(number, arrival.alias, 1)
            except sa.exc.IntegrityError:
                # Another replica stored it between our two looks.
                ticket = self._attach(arrival.dedup, passive_until)
        return ticket

    def _attach(self, dedup: str, passive_until: float) -> Ticket | None:
        with self._engine.begin() as connection:
            row = connection.execute(
                sa.select(MESSAGE.c.id, MESSAGE.c.alias, MESSAGE.c.attempts)
                .where(MESSAGE.c.dedup == dedup)
                .with_for_update()
            ).first()
            if row is None:
                return None
            connection.execute(
                sa.update(MESSAGE)
                .where(MESSAGE.c.id == row.id)
                .values(attempts=row.attempts + 1, passive_until=passive_until)
            )
        return Ticket(row.id, row.alias, row.attempts + 1)

    def claim(self, alias: str, now: float, lease: float) -> Job | None:
        """The user's oldest message without an answer, for this replica; None when there is none, or
        another replica has it."""
        with self._engine.begin() as connection:
            row = connection.execute(
                sa.select(MESSAGE)
                .where(MESSAGE.c.alias == alias, MESSAGE.c.state.in_(("received", "running")))
                .order_by(MESSAGE.c.id)
                .limit(1)
                .with_for_update()
            ).first()
            if row is None or (row.state == "running" and row.lease_until > now):
                return None
            connection.execute(
                sa.update(MESSAGE)
                .where(MESSAGE.c.id == row.id)
                .values(state="running", owner=self.owner, lease_until=now + lease)
            )
        return Job(
            row.id,
            row.alias,
            row.dedup,
            row.kind,
            row.text or "",
            json.loads(row.details or "{}"),
            row.behind,
            row.state == "running",
        )

    def renew(self, number: int, until: float) -> None:
        """Show that this replica still works on a message."""
        with self._engine.begin() as connection:
            connection.execute(
                sa.update(MESSAGE)
                .where(MESSAGE.c.id == number, MESSAGE.c.owner == self.owner, MESSAGE.c.state == "running")
                .values(lease_until=until)
            )

    def release(self) -> None:
        """Give up everything that this replica works on; another, or the next start, goes on."""
        with self._engine.begin() as connection:
            connection.execute(
                sa.update(MESSAGE)
                .where(MESSAGE.c.owner == self.owner, MESSAGE.c.state.in_(("running", "sending")))
                .values(lease_until=0.0)
            )

    def finish(self, job: Job, outcome: Outcome) -> bool:
        """Store an answer; False when another replica has taken the message over meanwhile."""
        with self._engine.begin() as connection:
            stored = connection.execute(
                sa.update(MESSAGE)
                .where(MESSAGE.c.id == job.id, MESSAGE.c.owner == self.owner, MESSAGE.c.state == "running")
                .values(state="done", answer=outcome.answer, text=None, details=None)
            )
            if not stored.rowcount:
                return False
            void = sa.and_(MESSAGE.c.alias == job.alias, MESSAGE.c.kind == "card", MESSAGE.c.state == "done")
            connection.execute(sa.update(MESSAGE).where(void).values(state="sent", via="void", card=None))
            if outcome.clears_rest:
                connection.execute(sa.delete(REST).where(REST.c.alias == job.alias))
            if outcome.card is not None:
                connection.execute(_card_after(connection, job, outcome.card))
        return True

    def is_ready(self, number: int) -> bool:
        """Whether the answer to a message is there, sent or not."""
        with self._engine.connect() as connection:
            state = connection.execute(sa.select(MESSAGE.c.state).where(MESSAGE.c.id == number)).scalar()
        return state in ("done", "sending", "sent", None)

    def is_sent(self, dedup: str) -> bool:
        """Whether the answer to a message has reached the platform."""
        with self._engine.connect() as connection:
            return (
                connection.execute(sa.select(MESSAGE.c.state).where(MESSAGE.c.dedup == dedup)).scalar()
                == "sent"
            )

    def take(self, number: int, now: float) -> str | None:
        """The text of the passive reply to a message, which thereby counts as sent: its answer, after those
        before it that have not been seen. The same again when the platform asks again; None when the answer
        has gone out another way."""
        with self._engine.begin() as connection:
            row = connection.execute(sa.select(MESSAGE).where(MESSAGE.c.id == number)).first()
            waiting = unseen(connection, row.alias, until=number) if row is not None else []
            if number not in [one.id for one in waiting]:
                shown = sa.select(MESSAGE.c.shown).where(MESSAGE.c.id == number)
                return connection.execute(shown).scalar() or None
            page = self.page_of(connection, row.alias, waiting, now)
            mark_sent(connection, [one.id for one in waiting], "passive", now)
            connection.execute(sa.update(MESSAGE).where(MESSAGE.c.id == number).values(shown=page))
        return page or None

    def page_of(
        self,
        connection: sa.engine.Connection,
        alias: str,
        waiting: list[sa.engine.Row],
        now: float,
        *,
        notice: bool = True,
    ) -> str:
        """The answers as one text; what does not fit is kept for 继续. ``notice``: say which may have
        arrived before."""
        texts = [
            say("again") + "\n" + one.answer if one.uncertain and notice else one.answer for one in waiting
        ]
        page, rest = cut("\n\n".join(text for text in texts if text), self.page_bytes)
        if rest:
            connection.execute(sa.delete(REST).where(REST.c.alias == alias))
            connection.execute(sa.insert(REST).values(alias=alias, text=rest, expires_at=now + REST_SECONDS))
        return page

    def rest(self, alias: str, now: float) -> str | None:
        """What is left of the user's last long answer."""
        with self._engine.connect() as connection:
            found: str | None = connection.execute(
                sa.select(REST.c.text).where(REST.c.alias == alias, REST.c.expires_at > now)
            ).scalar()
        return found

    def has_unseen(self, alias: str, before: int) -> bool:
        """Whether answers to messages before this one wait for delivery."""
        with self._engine.begin() as connection:
            return any(one.kind != "card" for one in unseen(connection, alias, until=before - 1))

    def at_work(self, channel: str, now: float, *, pushes: bool) -> list[str]:
        """The users who have a message to be answered or, if the channel ``pushes``, an answer to be sent."""
        lapsed = sa.and_(MESSAGE.c.state.in_(("running", "sending")), MESSAGE.c.lease_until <= now)
        due = sa.and_(MESSAGE.c.state == "done", MESSAGE.c.passive_until <= now, MESSAGE.c.push_after <= now)
        reasons = [MESSAGE.c.state == "received", lapsed, *([due] if pushes else [])]
        with self._engine.connect() as connection:
            rows = connection.execute(
                sa.select(MESSAGE.c.alias).where(MESSAGE.c.channel == channel, sa.or_(*reasons)).distinct()
            )
            return [row.alias for row in rows]

    def wipe(self, now: float) -> None:
        """Remove the texts of messages that no platform will ask for again; the rows stay."""
        old = sa.and_(MESSAGE.c.state == "sent", MESSAGE.c.sent_at < now - KEEP_SECONDS)
        texts = sa.or_(
            MESSAGE.c.answer.isnot(None), MESSAGE.c.shown.isnot(None), MESSAGE.c.recipient.isnot(None)
        )
        with self._engine.begin() as connection:
            connection.execute(
                sa.update(MESSAGE)
                .where(old, texts)
                .values(answer=None, shown=None, card=None, recipient=None)
            )
            connection.execute(sa.delete(REST).where(REST.c.expires_at < now))


def unseen(connection: sa.engine.Connection, alias: str, until: int | None = None) -> list[sa.engine.Row]:
    """A user's answers that wait for delivery, in order, locked."""
    conditions = [MESSAGE.c.alias == alias, MESSAGE.c.state == "done"]
    if until is not None:
        conditions.append(MESSAGE.c.id <= until)
    query = sa.select(MESSAGE).where(*conditions).order_by(MESSAGE.c.id).with_for_update()
    return list(connection.execute(query))


def mark_sent(connection: sa.engine.Connection, numbers: list[int], via: str, now: float) -> None:
    """Record that these answers have reached the platform."""
    connection.execute(
        sa.update(MESSAGE)
        .where(MESSAGE.c.id.in_(numbers))
        .values(state="sent", via=via, sent_at=now, uncertain=False)
    )


def _is_open(connection: sa.engine.Connection, alias: str) -> bool:
    query = sa.select(MESSAGE.c.id).where(
        MESSAGE.c.alias == alias, MESSAGE.c.state.in_(OPEN_STATES), MESSAGE.c.kind != "card"
    )
    return connection.execute(query.limit(1)).first() is not None


def _card_after(connection: sa.engine.Connection, job: Job, card: str) -> sa.sql.Insert:
    """The card as a message of its own, which goes out when the answer has."""
    query = sa.select(MESSAGE.c.channel, MESSAGE.c.arrived_at, MESSAGE.c.recipient)
    row = connection.execute(query.where(MESSAGE.c.id == job.id)).one()
    return sa.insert(MESSAGE).values(
        channel=row.channel,
        dedup=secrets.token_hex(16),
        alias=job.alias,
        kind="card",
        state="done",
        attempts=0,
        arrived_at=row.arrived_at,
        passive_until=0.0,
        behind=False,
        recipient=row.recipient,
        answer="",
        card=card,
        push_after=0.0,
        failures=0,
        uncertain=False,
    )
