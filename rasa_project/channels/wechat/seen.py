"""Signatures that have been used, shared by all replicas and across restarts."""

from __future__ import annotations

import sqlalchemy as sa

from rasa_project.channels.wechat.gate import WINDOW_SECONDS
from rasa_project.channels.wechat.schema import SEEN
from rasa_project.channels.wechat.timing import PLATFORM_ATTEMPTS

#: Seconds within which the platform makes its attempts.
RETRY_SECONDS = 30.0


class SignatureMemory:
    """A signed request is good for the platform's own attempts, soon after the first, and never again."""

    def __init__(self, engine: sa.engine.Engine) -> None:
        self._engine = engine

    def admit(self, signature: str, now: float) -> bool:
        """Count a delivery; whether it may pass."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(SEEN).where(SEEN.c.first_at < now - 3 * WINDOW_SECONDS))
            row = connection.execute(
                sa.select(SEEN).where(SEEN.c.signature == signature).with_for_update()
            ).first()
            if row is not None:
                connection.execute(
                    sa.update(SEEN).where(SEEN.c.signature == signature).values(times=row.times + 1)
                )
                return row.times < PLATFORM_ATTEMPTS and now - row.first_at <= RETRY_SECONDS
        try:
            with self._engine.begin() as connection:
                connection.execute(sa.insert(SEEN).values(signature=signature, first_at=now, times=1))
        except sa.exc.IntegrityError:
            return self.admit(signature, now)
        return True
