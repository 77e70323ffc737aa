"""Users: their conversation's alias, and for the Official Account the staff number they are bound to."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass

import sqlalchemy as sa

from rasa_project.channels.wechat.identity import Identities
from rasa_project.channels.wechat.schema import (
    CHOICE,
    CODE,
    MESSAGE,
    PAGE,
    PUSH,
    REST,
    USER,
    WRONG_CODE,
    connect,
)

CODE_SECONDS = 24 * 3600.0
#: Without letters and digits that look alike.
_CODE_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_CODE_LENGTH = 10
_WRONG_PER_HOUR = 5


@dataclass(frozen=True)
class User:
    """Somebody who writes to us."""

    alias: str
    is_new: bool
    bound: bool
    department: str
    role: str


class People:
    """The users of all channels, known by the keyed hash of (channel, account, openid or userid)."""

    def __init__(self, engine: sa.engine.Engine, identities: Identities) -> None:
        self._engine = engine
        self._identities = identities

    @classmethod
    def of(cls, database: str, secret: str) -> People:
        """The users that a database (SQLAlchemy URL) holds."""
        return cls(connect(database), Identities(secret))

    def find(self, user_hash: str, now: float) -> User:
        """The user, who is entered when new."""
        while True:
            with self._engine.connect() as connection:
                row = connection.execute(sa.select(USER).where(USER.c.hash == user_hash)).first()
            if row is not None:
                return User(row.alias, False, row.staff is not None, row.department or "", row.role or "")
            alias = secrets.token_hex(16)
            try:
                with self._engine.begin() as connection:
                    connection.execute(sa.insert(USER).values(hash=user_hash, alias=alias, created_at=now))
            except sa.exc.IntegrityError:
                continue
            return User(alias, True, False, "", "")

    def forget(self, user_hash: str) -> str | None:
        """Delete what leads from the person to anything kept, and every text that waits; returns the alias.

        The rows of the messages stay without texts: when which kind of message came and how it was answered.
        """
        with self._engine.begin() as connection:
            alias: str | None = connection.execute(
                sa.select(USER.c.alias).where(USER.c.hash == user_hash).with_for_update()
            ).scalar()
            if alias is None:
                return None
            connection.execute(sa.delete(USER).where(USER.c.hash == user_hash))
            connection.execute(sa.delete(WRONG_CODE).where(WRONG_CODE.c.hash == user_hash))
            for table in (REST, PUSH, PAGE, CHOICE):
                connection.execute(sa.delete(table).where(table.c.alias == alias))
            blank = dict.fromkeys(("text", "details", "answer", "shown", "card", "recipient"))
            connection.execute(
                sa.update(MESSAGE).where(MESSAGE.c.alias == alias).values(state="sent", **blank)
            )
        return alias

    def issue_code(self, staff: str, department: str, role: str, now: float) -> str:
        """A new one-time code for a staff number, valid for a day; only its keyed hash is kept."""
        code = "".join(secrets.choice(_CODE_SIGNS) for _ in range(_CODE_LENGTH))
        with self._engine.begin() as connection:
            connection.execute(sa.delete(CODE).where(CODE.c.expires_at < now))
            connection.execute(
                sa.insert(CODE).values(
                    hash=self.code_hash(code),
                    staff=self._identities.hash("staff", staff),
                    department=department,
                    role=role,
                    expires_at=now + CODE_SECONDS,
                )
            )
        return code

    def code_hash(self, code: str) -> str:
        """The keyed hash of a code as a user types it."""
        return self._identities.hash("code", "".join(code.upper().split()).replace("-", ""))

    def bind(self, alias: str, code_hash: str, now: float) -> str:
        """Redeem a code: ``bound``, ``bind_wrong`` or ``bind_locked``. Doing it twice does no harm."""
        with self._engine.begin() as connection:
            user = connection.execute(sa.select(USER).where(USER.c.alias == alias).with_for_update()).first()
            if user is None:
                return "bind_wrong"
            code = connection.execute(
                sa.select(CODE).where(CODE.c.hash == code_hash, CODE.c.expires_at > now).with_for_update()
            ).first()
            wrong = connection.execute(
                sa.select(sa.func.count()).where(WRONG_CODE.c.hash == user.hash, WRONG_CODE.c.at > now - 3600)
            ).scalar()
            if wrong >= _WRONG_PER_HOUR:
                return "bind_locked"
            if code is None or code.used_by not in (None, alias):
                connection.execute(sa.insert(WRONG_CODE).values(hash=user.hash, at=now))
                return "bind_wrong"
            connection.execute(sa.update(CODE).where(CODE.c.hash == code_hash).values(used_by=alias))
            connection.execute(
                sa.update(USER)
                .where(USER.c.alias == alias)
                .values(staff=code.staff, department=code.department, role=code.role)
            )
        return "bound"

    def unbind_staff(self, staff: str) -> int:
        """Unbind everybody bound to a staff number (who has left, or lost the phone); how many."""
        staff_hash = self._identities.hash("staff", staff)
        with self._engine.connect() as connection:
            bound = connection.execute(sa.select(USER.c.hash).where(USER.c.staff == staff_hash)).scalars()
            return sum(self.forget(one) is not None for one in bound.all())

    def unlink(self, alias: str) -> None:
        """Undo a user's binding and begin another conversation, so that the old one is out of reach."""
        with self._engine.begin() as connection:
            connection.execute(
                sa.update(USER)
                .where(USER.c.alias == alias)
                .values(alias=secrets.token_hex(16), staff=None, department=None, role=None)
            )

    def offer(self, alias: str, task: str, options: list[str]) -> None:
        """Remember the user's last template card; an earlier one thereby becomes void."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(CHOICE).where(CHOICE.c.alias == alias))
            connection.execute(
                sa.insert(CHOICE).values(
                    alias=alias, task=task, options=json.dumps(options, ensure_ascii=False)
                )
            )

    def withdraw(self, alias: str) -> None:
        """Void the user's template card: the conversation has gone on."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(CHOICE).where(CHOICE.c.alias == alias))

    def offered(self, alias: str, task: str) -> list[str] | None:
        """The options of a template card, if it is the user's last and still open."""
        with self._engine.connect() as connection:
            found = connection.execute(
                sa.select(CHOICE.c.options).where(CHOICE.c.alias == alias, CHOICE.c.task == task)
            ).scalar()
        return json.loads(found) if found is not None else None
