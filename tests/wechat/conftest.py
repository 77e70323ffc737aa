"""Databases for the store's tests: SQLite always, PostgreSQL where one answers."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from rasa_project.channels.wechat.schema import connect

POSTGRES = os.environ.get("MMVTE_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'wechat.db'}"
        return
    admin = sa.create_engine(POSTGRES, connect_args={"connect_timeout": 2})
    schema = f"wechat_{uuid.uuid4().hex}"
    try:
        with admin.begin() as connection:
            connection.execute(sa.text(f"CREATE SCHEMA {schema}"))
    except sa.exc.OperationalError:
        pytest.skip("no PostgreSQL answers")
    yield f"{POSTGRES}?options=-csearch_path%3D{schema}"
    with admin.begin() as connection:
        connection.execute(sa.text(f"DROP SCHEMA {schema} CASCADE"))
    admin.dispose()


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    """The URL of a new SQLite file, where the kind of database does not matter."""
    return f"sqlite:///{tmp_path / 'wechat.db'}"


@pytest.fixture
def engine(database: str) -> Iterator[sa.engine.Engine]:
    """An engine on the empty database."""
    one = connect(database)
    yield one
    one.dispose()
