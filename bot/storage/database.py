"""One database: a single writer, a few readers, and the schema brought up to date."""

import asyncio
import json
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy.engine import URL, make_url

from bot.storage.tables import metadata

T = TypeVar("T")
_READERS = 3


class DatabaseUnusable(Exception):
    """The database cannot be opened or belongs to a newer version of this program."""


@dataclass(frozen=True, slots=True)
class Database:
    """Operations run in threads: one that writes, in the order asked, and a few that only read.

    Each operation is one transaction over a connection. One writer, and ``BEGIN IMMEDIATE``, because the default
    transactions of SQLite's driver lost 747 of 800 read-modify-writes and deferred ones failed in 79 % of cases.
    """

    _writing: sa.Engine
    _reading: sa.Engine
    _writer: ThreadPoolExecutor
    _readers: ThreadPoolExecutor

    async def write(self, operation: Callable[[sa.Connection], T]) -> T:
        """Run an operation that changes something and return its result once it is committed."""
        return await asyncio.get_running_loop().run_in_executor(self._writer, _transaction, self._writing, operation)

    async def read(self, operation: Callable[[sa.Connection], T]) -> T:
        """Run an operation that changes nothing."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, _transaction, self._reading, operation)

    def close(self) -> None:
        """Finish what was asked for and close every connection."""
        self._readers.shutdown()
        self._writer.shutdown()
        self._reading.dispose()
        self._writing.dispose()


def _transaction(engine: sa.Engine, operation: Callable[[sa.Connection], T]) -> T:
    with engine.begin() as connection:
        return operation(connection)


@contextmanager
def opened(address: str) -> Iterator[Database]:
    """Open the database at a path or SQLAlchemy URL, its schema up to date; raise DatabaseUnusable."""
    url = url_of(address)
    upgrade(address)
    database = Database(
        _engine(url, "BEGIN IMMEDIATE"),
        _engine(url, "BEGIN", read_only=True),
        ThreadPoolExecutor(1, "writer"),
        ThreadPoolExecutor(_READERS, "reader"),
    )
    try:
        yield database
    finally:
        database.close()


@contextmanager
def scratch() -> Iterator[sa.Connection]:
    """Open an empty database in memory, over one connection, that is thrown away in the end."""
    engine = sa.create_engine("sqlite://", json_serializer=_json)
    with engine.connect() as connection:
        metadata.create_all(connection)
        yield connection
    engine.dispose()


def url_of(address: str) -> URL:
    """Return the SQLAlchemy URL of a path or a URL; raise DatabaseUnusable for one that is neither."""
    is_path = "://" not in address and address != ":memory:"
    if is_path:
        return URL.create("sqlite", database=str(Path(address).expanduser()))
    try:
        url = make_url(address if address != ":memory:" else "sqlite://")
    except sa.exc.ArgumentError as error:
        raise DatabaseUnusable("not a path and not a database URL") from error
    if url.get_backend_name() != "sqlite":
        raise DatabaseUnusable(f"{url.get_backend_name()} is not supported, only sqlite")
    if url.database in {None, "", ":memory:"}:
        raise DatabaseUnusable("a database in memory is not shared by the connections that need it; name a file")
    return url


def upgrade(address: str) -> None:
    """Create the database if need be and apply every migration that it lacks; raise DatabaseUnusable."""
    url = url_of(address)
    try:
        if url.database:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        engine = _engine(url, "BEGIN IMMEDIATE", has_foreign_keys=False)
        try:
            with as_file(files("bot.storage") / "migrations") as migrations, engine.begin() as connection:
                command.upgrade(_alembic(str(migrations), connection), "head")
        finally:
            engine.dispose()
    except (sa.exc.SQLAlchemyError, OSError) as error:
        raise DatabaseUnusable(str(getattr(error, "orig", error))) from error
    except CommandError as error:
        raise DatabaseUnusable(f"its schema is not one of ours: {error}") from error


def _alembic(migrations: str, connection: sa.Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", migrations.replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _engine(url: URL, begin: str, *, read_only: bool = False, has_foreign_keys: bool = True) -> sa.Engine:
    """Return connections to a file.

    A migration has no foreign keys: to change a table SQLite needs it built anew, and dropping the old one would
    delete what belongs to its rows.
    """
    engine = sa.create_engine(
        url,
        json_serializer=_json,
        poolclass=sa.QueuePool,
        pool_size=_READERS if read_only else 1,
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


def _json(value: Any) -> str:
    """Return JSON that UTF-8 can hold: Arabic as it is, but half a surrogate pair escaped, as it came."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value)
    return text


# FULL: an update is confirmed to Telegram after its commit, so a power cut must not undo that commit.
_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "busy_timeout = 5000", "foreign_keys = ON")
