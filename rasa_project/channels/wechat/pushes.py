"""Answers that go out through the platform's send API: claimed by one replica, within the quotas."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import sqlalchemy as sa

from rasa_project.channels.wechat.schema import MESSAGE, PUSH, REST
from rasa_project.channels.wechat.store import MessageStore, mark_sent, unseen
from rasa_project.channels.wechat.text import MAX_BYTES

#: Seconds until the next attempt after a failure, growing; at last the next message of the user decides.
BACKOFF = (2.0, 10.0, 60.0, 300.0)
NEVER = 1e15
#: Seconds that a send call may take; a replica that stays silent longer has died in it.
SENDING_SECONDS = 30.0


class Sent(Enum):
    """What became of a call of the send API."""

    DONE = "done"
    #: Refused for now; try again later.
    LATER = "later"
    #: Refused until the user writes again (window closed, quota used up, no right to send).
    HOLD = "hold"
    #: No answer came: the user may or may not have got it.
    UNCERTAIN = "uncertain"


@dataclass(frozen=True)
class Parcel:
    """What goes to one user in one call. ``delivery`` names the last message that it answers.
    ``again``: an earlier call for it got no answer."""

    numbers: tuple[int, ...]
    alias: str
    delivery: str
    recipient: str
    text: str
    card: str | None
    again: bool


@dataclass(frozen=True)
class Quota:
    """At most ``count`` calls for one user in any ``seconds``."""

    count: int
    seconds: float


@dataclass(frozen=True)
class Terms:
    """The terms on which an account reaches its users.

    ``can_push``: whether it may send unasked. ``quotas`` bound such calls per user. ``resend_uncertain``:
    whether a call without an answer is repeated; otherwise the answer waits for the user's next message.
    ``drops_duplicates``: whether the platform drops a repeated text; then it must be the same text,
    otherwise it says that it may be a repetition. ``merges``: whether answers that wait together go out as
    one. ``page_bytes``: what one text may have. ``backoff``: seconds between the attempts.
    """

    can_push: bool = True
    quotas: tuple[Quota, ...] = ()
    resend_uncertain: bool = False
    drops_duplicates: bool = False
    merges: bool = True
    page_bytes: int = MAX_BYTES
    backoff: tuple[float, ...] = BACKOFF


class PushQueue:
    """The waiting answers of one channel."""

    def __init__(self, engine: sa.engine.Engine, store: MessageStore, terms: Terms) -> None:
        self._engine = engine
        self._store = store
        self._terms = terms

    @property
    def merges(self) -> bool:
        """Whether answers that wait together go out as one."""
        return self._terms.merges

    def claim(self, alias: str, now: float) -> Parcel | None:
        """What waits for a user, as one text, or a card; None when nothing is due."""
        with self._engine.begin() as connection:
            self._give_up_lapsed(connection, alias, now)
            waiting = _next_parcel(unseen(connection, alias), now, merges=self.merges)
            numbers = tuple(one.id for one in waiting)
            if not any(one.answer or one.card for one in waiting):
                mark_sent(connection, list(numbers), "push", now)
                return None
            if self._is_sending(connection, alias) or self._is_full(connection, alias, now):
                return None
            connection.execute(
                sa.update(MESSAGE)
                .where(MESSAGE.c.id.in_(numbers))
                .values(state="sending", owner=self._store.owner, lease_until=now + SENDING_SECONDS)
            )
            connection.execute(sa.insert(PUSH).values(alias=alias, at=now))
            connection.execute(sa.delete(PUSH).where(PUSH.c.at < now - 3600))
            again = any(one.uncertain for one in waiting)
            same = self._terms.drops_duplicates and all(one.uncertain for one in waiting)
            text = self._store.page_of(connection, alias, waiting, now, notice=not same)
        return Parcel(numbers, alias, waiting[-1].dedup, waiting[-1].recipient, text, waiting[-1].card, again)

    def revive(self, alias: str) -> None:
        """The user has written again: what was given up is due once more."""
        given_up = sa.and_(MESSAGE.c.alias == alias, MESSAGE.c.state == "done", MESSAGE.c.push_after >= NEVER)
        with self._engine.begin() as connection:
            connection.execute(sa.update(MESSAGE).where(given_up).values(push_after=0.0, failures=0))

    def settle(self, parcel: Parcel, result: Sent, now: float) -> None:
        """Record what became of a parcel. Only :attr:`Sent.DONE` counts as sent."""
        with self._engine.begin() as connection:
            mine = sa.and_(
                MESSAGE.c.id.in_(parcel.numbers),
                MESSAGE.c.owner == self._store.owner,
                MESSAGE.c.state == "sending",
            )
            rows = list(connection.execute(sa.select(MESSAGE).where(mine).with_for_update()))
            if result is Sent.DONE:
                mark_sent(connection, [row.id for row in rows], "push", now)
                return
            # What 继续 would show is part of a text that nobody has seen.
            connection.execute(sa.delete(REST).where(REST.c.alias == parcel.alias))
            for row in rows:
                self._put_back(connection, row, result, now)

    def _put_back(
        self, connection: sa.engine.Connection, row: sa.engine.Row, result: Sent, now: float
    ) -> None:
        failures = row.failures + 1
        hold = result is Sent.HOLD or (result is Sent.UNCERTAIN and not self._terms.resend_uncertain)
        exhausted = failures > len(self._terms.backoff)
        after = NEVER if hold or exhausted else now + self._terms.backoff[failures - 1]
        uncertain = row.uncertain or result is Sent.UNCERTAIN
        connection.execute(
            sa.update(MESSAGE)
            .where(MESSAGE.c.id == row.id)
            .values(state="done", failures=failures, push_after=after, uncertain=uncertain)
        )

    def _give_up_lapsed(self, connection: sa.engine.Connection, alias: str, now: float) -> None:
        """A replica died in the middle of a call."""
        lapsed = sa.and_(MESSAGE.c.alias == alias, MESSAGE.c.state == "sending", MESSAGE.c.lease_until <= now)
        for row in connection.execute(sa.select(MESSAGE).where(lapsed).with_for_update()):
            self._put_back(connection, row, Sent.UNCERTAIN, now)

    def _is_sending(self, connection: sa.engine.Connection, alias: str) -> bool:
        sending = sa.select(MESSAGE.c.id).where(MESSAGE.c.alias == alias, MESSAGE.c.state == "sending")
        return connection.execute(sending.limit(1)).first() is not None

    def _is_full(self, connection: sa.engine.Connection, alias: str, now: float) -> bool:
        for quota in self._terms.quotas:
            count = connection.execute(
                sa.select(sa.func.count()).where(PUSH.c.alias == alias, PUSH.c.at > now - quota.seconds)
            ).scalar()
            if count >= quota.count:
                return True
        return False


def _next_parcel(waiting: list[sa.engine.Row], now: float, *, merges: bool) -> list[sa.engine.Row]:
    """The first answers that are due, or the first card; nothing overtakes what is not due yet."""
    parcel: list[sa.engine.Row] = []
    for row in waiting:
        if row.passive_until > now or row.push_after > now or (parcel and row.kind == "card"):
            break
        parcel.append(row)
        if row.kind == "card" or not merges:
            break
    return parcel
