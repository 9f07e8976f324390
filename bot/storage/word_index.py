"""Where articles are found by their words, the newest first: an index, and which article each of its numbers is.

The index keeps which numbers have a stem and nothing else: no text, no places, no lengths. Numbers ascend with the day
of an article, so that the newest come first, and days are cut off, without a look at any row. Nothing is ever deleted
from it, which in SQLite's FTS5 could not be done without the text: a number that stands for no article any more finds
none, and is not given again. PostgreSQL keeps a ``tsvector`` for each number, with a GIN index.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSVECTOR

from bot.arabic.terms import terms
from bot.domain.article import Article
from bot.storage.lexemes import all_of, any_of, has, is_sqlite, lexemes
from bot.storage.tables import WORD_INDEX, indexed

_A_DAY = 20  # bits: a million articles
_sqlite = sa.table(WORD_INDEX, sa.column("rowid", sa.BigInteger), sa.column("words"))
_postgres = sa.table(WORD_INDEX, sa.column("number", sa.BigInteger), sa.column("words", TSVECTOR))


def enter(connection: sa.Connection, article_id: int, article: Article) -> None:
    """Let a new article be found."""
    named = (*article.tags, *(subject.name for subject in article.subjects))
    source = article.source.public_name if article.source else None
    found_by = (article.title, *article.body, *named)
    enter_text(connection, article_id, article.published or article.collected_at.date(), found_by, source)


def enter_again(connection: sa.Connection, article_id: int, article: Article) -> None:
    """Let an article be found by what it says now, and no more by what it said before."""
    connection.execute(sa.update(indexed).where(indexed.c.article_id == article_id).values(article_id=None))
    enter(connection, article_id, article)


def enter_text(
    connection: sa.Connection, article_id: int, day: date, found_by: Iterable[str], source: str | None
) -> None:
    """Let an article of a day be found by these texts, and by the name of its source."""
    of_day = {"first": first_of(day), "end": first_of(day, 1), "article_id": article_id}
    number = connection.execute(_NEXT, of_day).scalar_one()
    stems = (*terms(found_by), *(_of_source(stem) for stem in terms([source or ""])))
    if is_sqlite(connection):
        connection.execute(sa.insert(_sqlite).values(rowid=number, words=" ".join(stems)))
    else:
        connection.execute(sa.insert(_postgres).values(number=number, words=lexemes(stems)))


_number = indexed.c.number
_NEXT = (
    sa.insert(indexed)
    .from_select(
        ["number", "article_id"],
        sa.select(
            sa.func.coalesce(sa.func.max(_number) + 1, sa.bindparam("first", type_=sa.BigInteger)),
            sa.bindparam("article_id", type_=sa.Integer),
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
