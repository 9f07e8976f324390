"""How SQLite and PostgreSQL are opened: one writer at a time on either, and readers that see one moment."""

import json
import sqlite3
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL

READERS = 3
# FULL: an update is confirmed to Telegram after its commit, so a power cut must not undo that commit.
_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "busy_timeout = 5000", "foreign_keys = ON")
_WRITING = 0x6D756A61  # the advisory lock of whoever writes; any number of our own


def writing_engine(url: URL) -> sa.Engine:
    """Return an engine whose transactions come one after another, each seeing all that those before it did."""
    return _sqlite(url, "BEGIN IMMEDIATE") if is_sqlite(url) else _one_at_a_time(_postgres(url, 1))


def reading_engine(url: URL) -> sa.Engine:
    """Return an engine whose transactions change nothing and see one moment."""
    if is_sqlite(url):
        return _sqlite(url, "BEGIN", read_only=True)
    # Its SELECTs are many and small: one snapshot for each transaction, as SQLite's readers have.
    engine = _postgres(url, READERS)
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def migrating_engine(url: URL) -> sa.Engine:
    """Return an engine for migrations, without foreign keys on SQLite.

    To change a table SQLite needs it built anew, and dropping the old one would delete what belongs to its rows.
    """
    return _sqlite(url, "BEGIN IMMEDIATE", has_foreign_keys=False) if is_sqlite(url) else writing_engine(url)


def memory_engine() -> sa.Engine:
    """Return an engine over an empty SQLite in memory, for one connection."""
    return sa.create_engine("sqlite://", json_serializer=_json, hide_parameters=True)


def is_sqlite(url: URL) -> bool:
    """Tell if a database is a file of SQLite's."""
    return url.get_backend_name() == "sqlite"


def _sqlite(url: URL, begin: str, *, read_only: bool = False, has_foreign_keys: bool = True) -> sa.Engine:
    engine = sa.create_engine(
        url,
        json_serializer=_json,
        hide_parameters=True,
        poolclass=sa.QueuePool,
        pool_size=READERS if read_only else 1,
        max_overflow=0,
    )

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # so that BEGIN is ours
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if not has_foreign_keys:
            connection.execute("PRAGMA foreign_keys = OFF")
        if read_only:
            connection.execute("PRAGMA query_only = ON")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _postgres(url: URL, size: int) -> sa.Engine:
    return sa.create_engine(
        url,
        json_serializer=_json,
        hide_parameters=True,
        pool_size=size,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args=_CONNECTING,
    )


_CONNECTING = {"options": "-c timezone=UTC -c client_encoding=UTF8", "connect_timeout": 10}


def _one_at_a_time(engine: sa.Engine) -> sa.Engine:
    """Let each transaction wait for the one that writes, in this process or another, as SQLite's do.

    READ COMMITTED, so that a statement after the lock sees what was committed while it was waited for.
    """

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITING})")

    return engine


def _json(value: Any) -> str:
    """Return JSON that UTF-8 can hold: Arabic as it is, but half a surrogate pair escaped, as it came."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value)
    return text
