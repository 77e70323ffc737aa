"""The tables of the WeChat channels, for SQLite and PostgreSQL. No table holds an openid or userid."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

METADATA = sa.MetaData()
#: Keyed hashes and random names, in hex digits.
_KEY = sa.String(32)


def _id() -> sa.Column:
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=True)


def _alias() -> sa.Column:
    """Whose row it is: see USER."""
    return sa.Column("alias", _KEY, nullable=False, index=True)


#: ``alias`` is random: it names the conversation, and nothing leads from it to the person once the row is
#: deleted. ``hash`` is the keyed hash of the openid or userid, ``staff`` that of the staff number.
USER = sa.Table(
    "wechat_user",
    METADATA,
    sa.Column("hash", _KEY, primary_key=True),
    sa.Column("alias", _KEY, nullable=False, unique=True),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("staff", _KEY),
    sa.Column("department", sa.String(100)),
    sa.Column("role", sa.String(100)),
)

#: One callback. ``state``: received → running → done → (sending →) sent. Once it was sent, the texts are
#: wiped after the platform's retries; the row itself stays as the audit skeleton.
MESSAGE = sa.Table(
    "wechat_message",
    METADATA,
    _id(),
    sa.Column("channel", sa.String(20), nullable=False),
    sa.Column("dedup", _KEY, nullable=False, unique=True),
    _alias(),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("state", sa.String(10), nullable=False, index=True),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("arrived_at", sa.Float, nullable=False),
    sa.Column("passive_until", sa.Float, nullable=False),
    # What came in: the masked text, or the answer that needs no turn.
    sa.Column("text", sa.Text),
    sa.Column("details", sa.Text),
    sa.Column("behind", sa.Boolean, nullable=False),
    sa.Column("recipient", sa.Text),
    # The turn.
    sa.Column("owner", _KEY),
    sa.Column("lease_until", sa.Float),
    # What goes out.
    sa.Column("answer", sa.Text),
    sa.Column("card", sa.Text),
    sa.Column("shown", sa.Text),
    sa.Column("via", sa.String(10)),
    sa.Column("push_after", sa.Float, nullable=False),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("uncertain", sa.Boolean, nullable=False),
    sa.Column("sent_at", sa.Float),
)

#: What is left of a long answer, for 继续.
REST = sa.Table(
    "wechat_rest",
    METADATA,
    sa.Column("alias", _KEY, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("expires_at", sa.Float, nullable=False),
)

#: Calls of the send API, for the quotas.
PUSH = sa.Table(
    "wechat_push",
    METADATA,
    _id(),
    _alias(),
    sa.Column("at", sa.Float, nullable=False),
)

#: Signatures of callbacks within the window of their timestamps.
SEEN = sa.Table(
    "wechat_seen",
    METADATA,
    sa.Column("signature", sa.String(128), primary_key=True),
    sa.Column("first_at", sa.Float, nullable=False),
    sa.Column("times", sa.Integer, nullable=False),
)

#: Codes that bind a user to a staff number, once.
CODE = sa.Table(
    "wechat_code",
    METADATA,
    sa.Column("hash", _KEY, primary_key=True),
    sa.Column("staff", _KEY, nullable=False),
    sa.Column("department", sa.String(100), nullable=False),
    sa.Column("role", sa.String(100), nullable=False),
    sa.Column("expires_at", sa.Float, nullable=False),
    sa.Column("used_by", _KEY),
)

#: Codes that were tried and wrong.
WRONG_CODE = sa.Table(
    "wechat_wrong_code",
    METADATA,
    _id(),
    sa.Column("hash", _KEY, nullable=False, index=True),
    sa.Column("at", sa.Float, nullable=False),
)

#: Cards behind a link, until they are opened.
PAGE = sa.Table(
    "wechat_page",
    METADATA,
    sa.Column("id", _KEY, primary_key=True),
    _alias(),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("expires_at", sa.Float, nullable=False),
)

#: The last template card with choices of each user.
CHOICE = sa.Table(
    "wechat_choice",
    METADATA,
    sa.Column("alias", _KEY, primary_key=True),
    sa.Column("task", sa.String(64), nullable=False),
    sa.Column("options", sa.Text, nullable=False),
)

#: Which replica holds the only connection of a WeCom AI bot.
LINE = sa.Table(
    "wechat_line",
    METADATA,
    sa.Column("bot", _KEY, primary_key=True),
    sa.Column("owner", _KEY, nullable=False),
    sa.Column("until", sa.Float, nullable=False),
)


def connect(url: str) -> sa.engine.Engine:
    """An engine whose tables exist. SQL errors never print what somebody wrote."""
    engine = sa.create_engine(url, hide_parameters=True, pool_pre_ping=True)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _set_pragmas)
        sa.event.listen(engine, "begin", _begin_immediate)
    METADATA.create_all(engine)
    return engine


def _set_pragmas(connection: Any, _: Any) -> None:
    # The driver's own transactions begin too late: two replicas would read before either writes.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
