"""Which replica holds a bot's only connection."""

from __future__ import annotations

import secrets

import sqlalchemy as sa

from rasa_project.channels.wechat.schema import LINE


class LineLease:
    """The platform closes an older connection of the same bot, so replicas take turns instead of fighting.

    ``bot`` is the keyed hash of the bot's id.
    """

    def __init__(self, engine: sa.engine.Engine, bot: str) -> None:
        self._engine = engine
        self._bot = bot
        self._owner = secrets.token_hex(16)

    def hold(self, now: float, seconds: float) -> bool:
        """Take or keep the connection for so long; False while another replica has it."""
        mine = sa.and_(LINE.c.bot == self._bot, sa.or_(LINE.c.owner == self._owner, LINE.c.until <= now))
        values = {"owner": self._owner, "until": now + seconds}
        with self._engine.begin() as connection:
            if connection.execute(sa.update(LINE).where(mine).values(**values)).rowcount:
                return True
        try:
            with self._engine.begin() as connection:
                connection.execute(sa.insert(LINE).values(bot=self._bot, **values))
        except sa.exc.IntegrityError:
            return False
        return True

    def release(self) -> None:
        """Let another replica have it at once."""
        mine = sa.and_(LINE.c.bot == self._bot, LINE.c.owner == self._owner)
        with self._engine.begin() as connection:
            connection.execute(sa.update(LINE).where(mine).values(until=0.0))
