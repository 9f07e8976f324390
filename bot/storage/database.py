"""One database: a single writer, a few readers, and the schema brought up to date."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from bot.storage.engines import READERS, is_sqlite, memory_engine, migrating_engine, reading_engine, writing_engine
from bot.storage.tables import metadata

T = TypeVar("T")


class DatabaseUnusable(Exception):
    """The database cannot be opened or belongs to a newer version of this program."""


@dataclass(frozen=True, slots=True)
class Database:
    """Operations run in threads: one that writes, in the order asked, and a few that only read.

    Each operation is one transaction over a connection. One writer, and ``BEGIN IMMEDIATE``, because the default
    transactions of SQLite's driver lost 747 of 800 read-modify-writes and deferred ones failed in 79 % of cases. On
    PostgreSQL an advisory lock does the same for all processes.
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

    async def answer(self) -> None:
        """Return once a transaction that could change something was made."""
        await self.write(lambda connection: connection.execute(sa.select(1)))

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
        writing_engine(url),
        reading_engine(url),
        ThreadPoolExecutor(1, "writer"),
        ThreadPoolExecutor(READERS, "reader"),
    )
    try:
        yield database
    finally:
        database.close()


@contextmanager
def scratch() -> Iterator[sa.Connection]:
    """Open an empty database in memory, over one connection, that is thrown away in the end."""
    engine = memory_engine()
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
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if not is_sqlite(url):
        raise DatabaseUnusable(f"{url.get_backend_name()} is not supported, only sqlite and postgresql")
    if url.database in {None, "", ":memory:"}:
        raise DatabaseUnusable("a database in memory is not shared by the connections that need it; name a file")
    return url


def upgrade(address: str) -> None:
    """Create the database if need be and apply every migration that it lacks; raise DatabaseUnusable."""
    url = url_of(address)
    try:
        if is_sqlite(url) and url.database:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        engine = migrating_engine(url)
        try:
            with engine.begin() as connection:
                if _version(connection) != newest():
                    _migrate(connection)
        finally:
            engine.dispose()
    except (sa.exc.SQLAlchemyError, OSError) as error:
        raise DatabaseUnusable(" ".join(str(getattr(error, "orig", error)).split())) from error


def newest() -> str:
    """Return the version of the last migration: the number in its file's name."""
    return max(
        file.name[:4] for file in (files("bot.storage") / "migrations" / "versions").iterdir() if file.name[0] == "0"
    )


def _version(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table(_VERSIONS.name):
        return None
    return connection.scalar(sa.select(_VERSIONS.c.version_num))


_VERSIONS = sa.table("alembic_version", sa.column("version_num", sa.Text))


def _migrate(connection: sa.Connection) -> None:
    from bot.storage.migrating import UnknownSchema, migrate  # noqa: PLC0415 - Alembic takes 10 MB and half a second

    try:
        migrate(connection)
    except UnknownSchema as error:
        raise DatabaseUnusable(f"its schema is not one of ours: {error}") from error
