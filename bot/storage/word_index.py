"""Where articles are found by their words, the newest first: an index, and which article each of its numbers is.

The index keeps which numbers have a stem and nothing else: no text, no places, no lengths. Numbers ascend with the day
of an article, so that the newest come first, and days are cut off, without a look at any row. SQLite's FTS5 can delete
from such an index only if it is told what it holds, so that is kept beside it while an article is not for everyone, and
may have to be forgotten. Of others it stays: a number that stands for no article any more finds none, and is not given
again. PostgreSQL keeps a ``tsvector`` for each number, with a GIN index.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSVECTOR

from bot.arabic.terms import terms
from bot.domain.article import Article
from bot.storage.lexemes import all_of, any_of, has, is_sqlite, lexemes
from bot.storage.tables import WORD_INDEX, articles, indexed

_A_DAY = 20  # bits: a million articles
_sqlite = sa.table(WORD_INDEX, sa.column("rowid", sa.BigInteger), sa.column("words"), sa.column(WORD_INDEX))
_postgres = sa.table(WORD_INDEX, sa.column("number", sa.BigInteger), sa.column("words", TSVECTOR))


def enter(connection: sa.Connection, article_id: int, article: Article) -> None:
    """Let a new article be found."""
    named = (*article.tags, *(subject.name for subject in article.subjects))
    source = article.source.public_name if article.source else None
    found_by = (article.title, *article.body, *named)
    enter_text(connection, article_id, article.published or article.collected_at.date(), found_by, source)


def enter_again(connection: sa.Connection, article_id: int, article: Article) -> None:
    """Let an article be found by what it says now, and no more by what it said before."""
    is_public = connection.scalar(sa.select(articles.c.for_everyone_since).where(articles.c.id == article_id))
    leave(connection, article_id)
    enter(connection, article_id, article)
    if is_public:
        publish(connection, article_id)


def leave(connection: sa.Connection, article_id: int) -> None:
    """Let an article be found no more, and forget its words if not everyone may see it."""
    theirs = indexed.c.article_id == article_id
    if is_sqlite(connection):
        for number, words in connection.execute(sa.select(indexed.c.number, indexed.c.words).where(theirs)).all():
            _forget(connection, number, words)
    else:
        connection.execute(sa.delete(indexed).where(theirs))


def _forget(connection: sa.Connection, number: int, words: str | None) -> None:
    """Take the words that have a number out of FTS5; without them the number comes to stand for nothing."""
    row = indexed.c.number == number
    if words is None:
        connection.execute(sa.update(indexed).where(row).values(article_id=None))
        return
    deleted = {WORD_INDEX: "delete", "rowid": number, "words": words}
    connection.execute(sa.insert(_sqlite).values(deleted))
    connection.execute(sa.delete(indexed).where(row))


def publish(connection: sa.Connection, article_id: int) -> None:
    """Keep nothing besides the index of an article that is for everyone from now on."""
    connection.execute(sa.update(indexed).where(indexed.c.article_id == article_id).values(words=None))


def enter_text(
    connection: sa.Connection,
    article_id: int,
    day: date,
    found_by: Iterable[str],
    source: str | None,
) -> None:
    """Let an article of a day be found by these texts, and by the name of its source."""
    stems = (*terms(found_by), *(_of_source(stem) for stem in terms([source or ""])))
    words = " ".join(stems) if is_sqlite(connection) else None
    of_day = {"first": first_of(day), "end": first_of(day, 1), "article_id": article_id, "words": words}
    number = connection.execute(_NEXT, of_day).scalar_one()
    if is_sqlite(connection):
        connection.execute(sa.insert(_sqlite).values(rowid=number, words=words))
    else:
        connection.execute(sa.insert(_postgres).values(number=number, words=lexemes(stems)))


_number = indexed.c.number
_NEXT = (
    sa.insert(indexed)
    .from_select(
        ["number", "article_id", "words"],
        sa.select(
            sa.func.coalesce(sa.func.max(_number) + 1, sa.bindparam("first", type_=sa.BigInteger)),
            sa.bindparam("article_id", type_=sa.Integer),
            sa.bindparam("words", type_=sa.Text),
        ).where(_number >= sa.bindparam("first"), _number < sa.bindparam("end")),
    )
    .returning(_number)
)


def first_of(day: date, later: int = 0) -> int:
    """Return the lowest number of an article of a day, or of so many days later."""
    return (day.toordinal() + later) << _A_DAY


def asked(
    connection: sa.Connection, query: sa.Select[Any], words: Sequence[Sequence[str]], source: Sequence[Sequence[str]]
) -> tuple[sa.Select[Any], sa.ColumnElement[int]]:
    """Return a query over ``indexed`` for what has one spelling of each word, and of each of a source's name.

    With it comes the number by which the index cuts days off and orders.
    """
    each = (*words, *([_of_source(stem) for stem in stems] for stems in source))
    index, number = (_sqlite, _sqlite.c.rowid) if is_sqlite(connection) else (_postgres, _postgres.c.number)
    matches = _match(each) if is_sqlite(connection) else has(_postgres.c.words, all_of(map(any_of, each)))
    return query.select_from(index).join(indexed, indexed.c.number == number).where(matches), number


def _match(each: Iterable[Sequence[str]]) -> sa.TextClause:
    asked = " AND ".join(f"({' OR '.join(map(_quoted, stems))})" for stems in each)
    return sa.text(f"{WORD_INDEX} MATCH :asked").bindparams(asked=asked)


def _of_source(stem: str) -> str:
    return f"0s{stem}"  # no word begins so


def _quoted(stem: str) -> str:
    return '"' + stem.replace('"', "") + '"'
