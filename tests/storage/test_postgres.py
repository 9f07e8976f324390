"""A database of PostgreSQL: its schema, its one writer, and what makes it unusable."""

import asyncio
import itertools
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from bot.domain.article import Traces
from bot.domain.search import Wanted
from bot.domain.story import Place
from bot.storage.articles import StoredArticles
from bot.storage.database import Database, DatabaseUnusable, opened, upgrade
from bot.storage.stories import StoredStories
from bot.storage.tables import metadata
from tests import postgres
from tests.builders import NOW, a_stem, an_article
from tests.storage.test_database import (
    KEPT,
    attempts,
    counted,
    differences,
    found_after_an_upgrade,
    indexed_until_forgotten,
    keep_update,
    migrated,
    migrated_both_ways,
)


@pytest.fixture
def url() -> Iterator[str]:
    with postgres.database() as url:
        yield url


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    with opened(url) as database:
        yield database


async def test_the_migrations_give_the_schema_of_the_tables(database: Database) -> None:
    assert await database.read(differences) == []


def test_an_upgrade_may_be_undone_and_done_again(url: str) -> None:
    migrated(url, "downgrade", "base")
    assert tables(url) == {"alembic_version"}

    upgrade(url)

    assert tables(url) >= set(metadata.tables)


async def test_articles_of_an_older_version_are_found_by_their_words_too(url: str) -> None:
    assert await found_after_an_upgrade(url) == [1, 1, 1]


async def test_the_words_of_a_private_article_leave_the_index_with_it(url: str) -> None:
    assert await indexed_until_forgotten(url) == [1, 0]


def test_readers_keep_what_is_theirs_when_threads_become_subscribers(url: str) -> None:
    assert migrated_both_ways(url) == [dict.fromkeys(KEPT, 1), dict.fromkeys(KEPT, 1)]


def tables(url: str) -> set[str]:
    """Return the names of the tables of a database."""
    engine = sa.create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    names = set(sa.inspect(engine).get_table_names())
    engine.dispose()
    return names


async def test_changes_of_two_processes_lose_nothing(url: str) -> None:
    with opened(url) as one, opened(url) as other:
        await one.write(lambda connection: keep_update(connection, 7))

        await asyncio.gather(*(database.write(counted) for _ in range(25) for database in (one, other) * 4))

        assert await one.read(attempts) == {7: 200}


async def test_two_reports_that_two_processes_keep_together_meet(url: str) -> None:
    with opened(url) as one, opened(url) as other:
        stems = Traces((a_stem("s"),))
        places = await asyncio.gather(
            StoredArticles(one).add(an_article("a"), stems), StoredArticles(other).add(an_article("b"), stems)
        )

    assert places[0] == places[1] == Place(1)


async def test_a_reader_sees_one_moment(database: Database) -> None:
    loop, begun, go_on = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()

    def twice(connection: sa.Connection) -> tuple[dict[int, int], dict[int, int]]:
        before = attempts(connection)
        loop.call_soon_threadsafe(begun.set)
        asyncio.run_coroutine_threadsafe(go_on.wait(), loop).result(timeout=5)
        return before, attempts(connection)

    reading = asyncio.create_task(database.read(twice))
    await begun.wait()
    await database.write(lambda connection: keep_update(connection, 7))
    go_on.set()

    assert await reading == ({}, {})


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(sa.exc.InternalError, match="read-only"):
        await database.read(lambda connection: keep_update(connection, 7))

    assert await database.read(attempts) == {}


async def test_an_article_of_more_words_than_the_index_holds_is_found_by_some(database: Database) -> None:
    body = (" ".join(map("".join, itertools.product("بتثجحخدذرزس", repeat=5))),)
    archive = StoredArticles(database)

    await archive.add(an_article("a", "القمح", body), Traces(("قمح",)))
    await archive.receive("a", None, "feed:1", NOW, for_everyone=True)

    assert await StoredStories(database).sought(None, Wanted(), "UTC", NOW, 0, 9)
    assert await StoredStories(database).sought(None, Wanted(("ببببب",)), "UTC", NOW, 0, 9)


async def test_a_failed_statement_shows_no_text_of_a_reader(database: Database) -> None:
    with pytest.raises(sa.exc.DBAPIError) as caught:
        await database.write(
            lambda connection: connection.execute(sa.text("SELECT CAST(:said AS INTEGER)"), {"said": NOW.isoformat()})
        )

    assert "parameters hidden" in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("postgresql://somebody:secret@127.0.0.1:1/mujaz", id="nobody listens"),
        pytest.param("postgresql://somebody:secret@/mujaz?host=/dev/null", id="no socket"),
    ],
)
def test_a_server_that_is_not_there_is_named_in_one_line_without_its_password(address: str) -> None:
    with pytest.raises(DatabaseUnusable) as caught:
        upgrade(address)

    assert "secret" not in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_database_that_does_not_exist_is_unusable(url: str) -> None:
    other = make_url(url).set(database="no_such").render_as_string(hide_password=False)

    with pytest.raises(DatabaseUnusable, match="no_such"):
        upgrade(other)


def test_another_programs_database_is_unusable_and_left_alone() -> None:
    with postgres.empty_database() as url:
        engine = sa.create_engine(make_url(url).set(drivername="postgresql+psycopg"))
        with engine.begin() as connection:
            connection.execute(sa.text("CREATE TABLE articles (id INTEGER PRIMARY KEY, text TEXT)"))
        engine.dispose()

        with pytest.raises(DatabaseUnusable):
            upgrade(url)

        assert tables(url) == {"articles"}
