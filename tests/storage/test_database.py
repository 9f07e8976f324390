"""One database file: its schema, its settings and what makes it unusable."""

import asyncio
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Literal

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext

from bot.domain.article import Source, SourceKind, Traces
from bot.domain.search import Wanted
from bot.domain.story import Place
from bot.storage.articles import StoredArticles
from bot.storage.database import Database, DatabaseUnusable, opened, upgrade, url_of
from bot.storage.engines import migrating_engine
from bot.storage.records import StoredRecords
from bot.storage.stories import StoredStories
from bot.storage.subscribers import StoredSubscribers
from bot.storage.tables import LEAD_INDEX, WORD_INDEX, arrivals, indexed, metadata, updates
from tests.builders import NOW, a_body, a_schedule, a_stem, an_article


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "mujaz.sqlite")


@pytest.fixture
def database(path: str) -> Iterator[Database]:
    with opened(path) as database:
        yield database


def differences(connection: sa.Connection) -> list[Any]:
    """Return what the database lacks or has beyond the metadata."""
    options = {"compare_type": True, "compare_server_default": True, "include_name": is_ours}
    context = MigrationContext.configure(connection, opts=options)
    return list(compare_metadata(context, metadata))


def is_ours(name: str | None, kind: str, _: Any) -> bool:
    """Tell the tables from SQLite's indexes of leads and of words, and those that it keeps them in."""
    return kind != "table" or name is None or not name.startswith((LEAD_INDEX, WORD_INDEX))


def tables(path: str) -> set[str]:
    """Return the names of the tables in a file, but for SQLite's own."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    with closing(sqlite3.connect(path)) as connection:
        return {name for (name,) in connection.execute(query)}


def indexes(connection: sa.Connection) -> dict[str, str]:
    """Return the statement of each index, with the condition that Alembic's comparison does not look at."""
    made = connection.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT NULL"))
    return {name: " ".join(sql.split()) for name, sql in made}


def migrated(address: str, step: Literal["upgrade", "downgrade"], revision: str) -> None:
    """Migrate a database with Alembic itself."""
    engine = migrating_engine(url_of(address))
    with as_file(files("bot.storage") / "migrations") as migrations, engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(migrations))
        config.attributes["connection"] = connection
        getattr(command, step)(config, revision)
    engine.dispose()


async def test_the_migrations_give_the_schema_of_the_tables(database: Database) -> None:
    assert await database.read(differences) == []


async def test_the_migrations_give_every_index_of_the_tables(database: Database) -> None:
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        expected = indexes(connection)
    engine.dispose()

    assert await database.read(indexes) == expected


async def test_an_upgrade_may_be_undone_and_done_again(path: str) -> None:
    upgrade(path)

    migrated(path, "downgrade", "base")
    assert tables(path) == {"alembic_version"}
    upgrade(path)

    assert tables(path) >= set(metadata.tables)


async def test_what_refers_to_a_changed_table_outlives_an_upgrade_undone(path: str) -> None:
    with opened(path) as database:
        await database.write(lambda connection: [connection.execute(sa.text(each)) for each in REFERRING])

    migrated(path, "downgrade", "0010")

    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT delivery_id, story_id FROM page_stories").fetchall() == [(2, 4)]
        assert connection.execute("SELECT feed_id, mark FROM feed_entries").fetchall() == [(5, "m")]


REFERRING = (
    "INSERT INTO stories (id, opened_at) VALUES (4, '2026-03-14')",
    "INSERT INTO subscribers (id, chat_id, language, standing, since) VALUES (3, 501, 'ar', 'active', '2026-03-14')",
    "INSERT INTO digests (id, subscriber_id, key, slot) VALUES (1, 3, 'slot:1', '2026-03-14')",
    """INSERT INTO deliveries (id, digest_id, number, chat_id, text, buttons, status, not_before, expires_at, attempts,
    repeats, is_plain) VALUES (2, 1, 0, 501, 'نص', '[]', 'planned', '2026-03-14', '2026-03-15', 0, 0, 0)""",
    "INSERT INTO page_stories (delivery_id, story_id, place) VALUES (2, 4, 0)",
    "INSERT INTO feeds (id, url, title, every, due_at, added_by) VALUES (5, 'u', 't', 900, '2026-03-14', 900)",
    "INSERT INTO feed_entries (feed_id, mark, seen_at) VALUES (5, 'm', '2026-03-14')",
)


async def test_an_upgrade_done_again_changes_nothing(path: str) -> None:
    with opened(path) as database:
        await database.write(lambda connection: keep_update(connection, 7))

    upgrade(path)

    with opened(path) as database:
        assert await database.read(differences) == []
        assert await database.read(attempts) == {7: 0}


async def test_articles_of_an_older_version_are_found_by_their_words_too(path: str) -> None:
    assert await found_after_an_upgrade(path) == [1, 1, 1]


async def found_after_an_upgrade(address: str) -> list[int]:
    """Keep an article, take the index of words away and bring it back; tell how many each question finds."""
    source = Source(SourceKind.PAPER, "صحيفة الضفتين")
    with opened(address) as database:
        kept = StoredArticles(database)
        await kept.add(an_article("f1", tags=("ملاحة",), source=source), Traces((a_stem("f1"),)))
        await kept.receive("f1", None, "feed:1", NOW, for_everyone=True)
    migrated(address, "downgrade", "0012")
    upgrade(address)
    with opened(address) as database:
        stories = StoredStories(database)
        questions = (Wanted(("مطار", "ملاحه")), Wanted(source=("الضفتين",)), Wanted())
        return [len(await stories.sought(None, wanted, "UTC", NOW, 0, 9)) for wanted in questions]


async def test_a_number_of_the_index_is_never_given_again(path: str) -> None:
    with opened(path) as database:
        kept = StoredArticles(database)
        reader = await StoredSubscribers(database).welcome(501, "ar", a_schedule(), NOW, NOW)
        for mark, title in (("f1", "القمح"), ("f2", "الأرز")):
            article = an_article(mark, title, ("نصّ",))
            await kept.revise("501:1", article, Traces((a_stem(mark),)), for_everyone=True)
            await kept.receive(mark, reader.id, "501:1", NOW, for_everyone=True)
        found = [
            await StoredStories(database).sought(reader.id, Wanted((word,)), "UTC", NOW, 0, 9)
            for word in ("القمح", "الارز")
        ]
        rows = await database.read(lambda connection: connection.execute(sa.select(indexed.c.article_id)).all())

    assert list(map(len, found)) == [0, 1]
    assert [row.article_id is None for row in rows] == [True, False]


async def test_the_words_of_a_private_article_leave_the_index_with_it(path: str) -> None:
    assert await indexed_until_forgotten(path) == [1, 0]


async def indexed_until_forgotten(address: str) -> list[int]:
    """Tell how many entries an index of one private article has, and how many once its sender is forgotten."""
    with opened(address) as database:
        kept, readers = StoredArticles(database), StoredSubscribers(database)
        reader = await readers.welcome(501, "ar", a_schedule(), NOW, NOW)
        await kept.add(an_article("f1", "القمح"), Traces((a_stem("f1"),)))
        await kept.receive("f1", reader.id, "501:1", NOW, for_everyone=False)
        before = await database.read(_entries)
        await StoredRecords(database).forget(reader.id, NOW, NOW)
        return [before, await database.read(_entries)]


def _entries(connection: sa.Connection) -> int:
    is_sqlite = connection.dialect.name == "sqlite"
    found = sa.text(f"SELECT count(*) FROM {WORD_INDEX}" + (f" WHERE {WORD_INDEX} MATCH 'قمح'" if is_sqlite else ""))  # noqa: S608
    return int(connection.execute(found).scalar_one())


async def test_nothing_is_kept_beside_the_index_of_an_article_for_everyone(database: Database) -> None:
    kept = StoredArticles(database)
    for mark in ("f1", "f2"):
        await kept.add(an_article(mark), Traces((a_stem(mark),)))
    await kept.receive("f1", None, "feed:1", NOW, for_everyone=True)

    words = await database.read(lambda connection: connection.scalars(sa.select(indexed.c.words)).all())

    assert [text is None for text in words] == [True, False]


async def test_articles_of_an_older_version_are_looked_up_too(path: str) -> None:
    upgrade(path)
    migrated(path, "downgrade", "0004")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO stories VALUES (7, '2026-03-14 06:00:00.000000')")
        for number in range(1, 251):
            values = (number, f"f{number}", json.dumps(a_body(f"f{number}")), a_stem(f"f{number}"))
            connection.execute(
                "INSERT INTO articles (id, fingerprint, body, stems, story_id, title, summary, summary_version,"
                " collected_at) VALUES (?, ?, ?, ?, 7, 'خبر', '[]', '1', '2026-03-14 06:00:00.000000')",
                values,
            )
        connection.commit()

    with opened(path) as database:
        archive = StoredArticles(database)
        report = await archive.add(an_article("r"), Traces((a_stem("f250"),)))
        copy = await archive.add(an_article("c", body=a_body("f2")), Traces((a_stem("c"),)))

    assert (report, copy) == (Place(7), Place(7, copy_of="f2"))


async def test_what_was_sent_before_messages_were_told_apart_is_known_by_its_receipt(path: str) -> None:
    upgrade(path)
    migrated(path, "downgrade", "0004")
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        for statement in EARLIER:
            connection.execute(sa.text(statement))
    engine.dispose()

    with opened(path) as database:
        query = sa.select(arrivals.c.receipt, arrivals.c.article_id, arrivals.c.subscriber_id)
        found = await database.read(lambda connection: [tuple(row) for row in connection.execute(query)])

    assert found == [("501:9", 5, 3)]


EARLIER = (
    "INSERT INTO stories (id, opened_at) VALUES (4, '2026-03-14')",
    """INSERT INTO articles (id, fingerprint, story_id, title, body, summary, summary_version, stems, collected_at)
    VALUES (5, 'f1', 4, 'عنوان', '[]', '[]', '1', '', '2026-03-14')""",
    "INSERT INTO subscribers (id, chat_id, language, standing, since) VALUES (3, 501, 'ar', 'active', '2026-03-14')",
    "INSERT INTO receipts VALUES (3, 5, '501:9', '2026-03-14')",
)


async def test_readers_keep_what_is_theirs_when_threads_become_subscribers(path: str) -> None:
    assert migrated_both_ways(path) == [dict.fromkeys(KEPT, 1), dict.fromkeys(KEPT, 1)]


def migrated_both_ways(address: str) -> list[dict[str, int]]:
    """Keep all that belongs to a reader, then bring threads and take them away; tell what each step left."""
    upgrade(address)
    migrated(address, "downgrade", "0015")
    done(address, (*EARLIER, *THEIRS))
    upgrade(address)
    after = [counts(address)]
    migrated(address, "downgrade", "0015")
    return [*after, counts(address)]


def done(address: str, statements: Sequence[str]) -> None:
    """Execute statements in one transaction."""
    engine = sa.create_engine(url_of(address))
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement.replace(":", "\\:")))
    engine.dispose()


def counts(address: str) -> dict[str, int]:
    """Return how many rows each table of a reader has."""
    engine = sa.create_engine(url_of(address))
    with engine.begin() as connection:
        tables = {name: sa.select(sa.func.count()).select_from(sa.table(name)) for name in KEPT}
        found = {name: connection.scalar(query) or 0 for name, query in tables.items()}
    engine.dispose()
    return found


KEPT = (
    "subscribers",
    "schedules",
    "subscriptions",
    "exclusions",
    "receipts",
    "digests",
    "deliveries",
    "saved",
    "searches",
)
THEIRS = (
    "INSERT INTO topics (id, key, name, forms) VALUES (6, 'روسيا', 'روسيا', '[]')",
    "INSERT INTO topics (id, key, name, forms) VALUES (7, 'رياضة', 'رياضة', '[]')",
    "INSERT INTO subscriptions (id, subscriber_id, topic_id, since) VALUES (8, 3, 6, '2026-03-14')",
    "INSERT INTO exclusions (subscription_id, topic_id, place) VALUES (8, 7, 0)",
    """INSERT INTO schedules (subscriber_id, times, zone) VALUES (3, '["08:00"]', 'UTC')""",
    "INSERT INTO digests (id, subscriber_id, key, slot) VALUES (2, 3, 'slot', '2026-03-14')",
    """INSERT INTO deliveries (id, digest_id, number, chat_id, text, buttons, status, not_before, expires_at, attempts,
    repeats, is_plain) VALUES (1, 2, 0, 501, 'أخبار', '[]', 'sent', '2026-03-14', '2026-03-14', 0, 0, false)""",
    "INSERT INTO saved (subscriber_id, story_id, saved_at) VALUES (3, 4, '2026-03-14')",
    "INSERT INTO searches (id, subscriber_id, receipt, asked, asked_at) VALUES (1, 3, '501:1', 'قمح', '2026-03-14')",
)


def keep_update(connection: sa.Connection, number: int) -> None:
    """Keep an update of no attempts."""
    row = {"id": number, "chat_id": 501, "body": {}, "received_at": NOW, "status": "received", "attempts": 0}
    connection.execute(sa.insert(updates).values(row))


def attempts(connection: sa.Connection) -> dict[int, int]:
    """Return the attempts of each update."""
    return {row.id: row.attempts for row in connection.execute(sa.select(updates.c.id, updates.c.attempts))}


def counted(connection: sa.Connection) -> None:
    """Read the attempts of update 7 and write one more."""
    found = attempts(connection)[7]
    connection.execute(sa.update(updates).values(attempts=found + 1))


async def test_concurrent_changes_lose_nothing(path: str) -> None:
    with opened(path) as one, opened(path) as other:
        await one.write(lambda connection: keep_update(connection, 7))

        await asyncio.gather(*(database.write(counted) for _ in range(25) for database in (one, other) * 4))

        assert await one.read(attempts) == {7: 200}


async def test_what_fails_half_way_is_undone(database: Database) -> None:
    def failing(connection: sa.Connection) -> None:
        keep_update(connection, 7)
        raise LookupError

    with pytest.raises(LookupError):
        await database.write(failing)

    assert await database.read(attempts) == {}


async def test_what_was_written_can_be_read_at_once(database: Database) -> None:
    await database.write(lambda connection: keep_update(connection, 7))

    assert await asyncio.gather(*(database.read(attempts) for _ in range(9))) == [{7: 0}] * 9


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(sa.exc.OperationalError, match="readonly"):
        await database.read(lambda connection: keep_update(connection, 7))

    assert await database.read(attempts) == {}


async def test_a_reader_is_not_held_up_by_the_writer(database: Database) -> None:
    loop, begun, finish = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()

    def slow(connection: sa.Connection) -> None:
        keep_update(connection, 7)
        loop.call_soon_threadsafe(begun.set)
        asyncio.run_coroutine_threadsafe(finish.wait(), loop).result(timeout=5)

    writing = asyncio.create_task(database.write(slow))
    await begun.wait()

    assert await database.read(attempts) == {}
    finish.set()
    await writing
    assert await database.read(attempts) == {7: 0}


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        pytest.param("journal_mode", "wal", id="readers and the writer side by side"),
        pytest.param("foreign_keys", 1, id="no row without what it belongs to"),
        pytest.param("busy_timeout", 5000, id="another process is waited for"),
        pytest.param("synchronous", 2, id="what is committed survives a power cut"),
    ],
)
async def test_every_connection_is_set_up(database: Database, pragma: str, value: object) -> None:
    found = [await way(lambda connection: connection.scalar(sa.text(f"PRAGMA {pragma}"))) for way in ways(database)]

    assert found == [value, value]


def ways(database: Database) -> tuple[Any, Any]:
    """Return both ways into a database."""
    return database.read, database.write


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("a/b/mujaz.sqlite", id="in folders that are missing"),
        pytest.param("أخبار اليوم.sqlite", id="in Arabic, with a space"),
        pytest.param("100%25?mode=ro#1.sqlite", id="with what means something in a URL"),
    ],
)
async def test_a_database_is_created(tmp_path: Path, name: str) -> None:
    with opened(str(tmp_path / name)) as database:
        await database.write(lambda connection: keep_update(connection, 7))

    assert (tmp_path / name).is_file()


async def test_a_database_may_be_named_by_url(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path}/a/mujaz.sqlite") as database:
        assert await database.read(attempts) == {}

    assert (tmp_path / "a" / "mujaz.sqlite").is_file()


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("mysql://somebody:secret@localhost/mujaz", id="another engine"),
        pytest.param("://", id="no URL"),
        pytest.param("sqlite+no_such_driver:///mujaz.sqlite", id="a driver that is not there"),
    ],
)
def test_what_is_no_address_of_ours_is_unusable(address: str) -> None:
    with pytest.raises(DatabaseUnusable) as caught:
        upgrade(address)

    assert "secret" not in str(caught.value)


def test_a_path_stays_as_it_is_typed() -> None:
    assert url_of("/srv/%41?x.sqlite").database == "/srv/%41?x.sqlite"


def test_a_directory_is_unusable(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnusable), opened(str(tmp_path)):
        pass


def test_a_path_below_a_file_is_unusable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("نص")

    with pytest.raises(DatabaseUnusable), opened(str(tmp_path / "file" / "mujaz.sqlite")):
        pass


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("هذا ليس قاعدة بيانات\n".encode() * 400, id="a text"),
        pytest.param(b"SQLite format 3\0" + b"\xff" * 4096, id="a broken database"),
    ],
)
def test_a_file_of_something_else_is_unusable_and_left_alone(path: str, content: bytes) -> None:
    Path(path).write_bytes(content)

    with pytest.raises(DatabaseUnusable), opened(path):
        pass

    assert Path(path).read_bytes() == content


def test_a_database_of_a_newer_version_is_unusable_and_left_alone(path: str) -> None:
    upgrade(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()

    with pytest.raises(DatabaseUnusable, match="9999"), opened(path):
        pass

    assert tables(path) >= set(metadata.tables)


def test_another_programs_database_is_unusable_and_left_alone(path: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE articles (id INTEGER PRIMARY KEY, text TEXT)")
        connection.commit()

    with pytest.raises(DatabaseUnusable), opened(path):
        pass

    assert tables(path) == {"articles"}


@pytest.mark.parametrize(
    "address", [pytest.param("sqlite://", id="no path"), pytest.param(":memory:", id="SQLite's own word for it")]
)
def test_a_database_in_memory_of_which_each_connection_has_its_own_is_unusable(address: str) -> None:
    with pytest.raises(DatabaseUnusable), opened(address):
        pass
