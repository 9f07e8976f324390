"""Where articles are found by their words, the newest first: SQLite's FTS5, and which article each number is.

The index keeps which numbers have a stem and nothing else: no text, no places, no lengths. Numbers ascend with the day
of an article, so that the newest come first, and days are cut off, without a look at any row. Nothing is ever deleted
from it, which without the text could not be done: a number that stands for no article any more finds none, and is not
given again. PostgreSQL would bring a ``tsvector`` column to the table, with a GIN index; what is asked stays the same.
"""

from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa

from bot.arabic.terms import terms
from bot.domain.article import Article
from bot.storage.tables import WORD_INDEX, indexed

_A_DAY = 20  # bits: a million articles
_index = sa.table(WORD_INDEX, sa.column("rowid"), sa.column("words"))


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
    of_source = (_of_source(stem) for stem in terms([source or ""]))
    connection.execute(sa.insert(_index).values(rowid=number, words=" ".join((*terms(found_by), *of_source))))


_number = indexed.c.number
_NEXT = (
    sa.insert(indexed)
    .from_select(
        ["number", "article_id"],
        sa.select(
            sa.func.coalesce(sa.func.max(_number) + 1, sa.bindparam("first")),
            sa.bindparam("article_id", type_=sa.Integer),
        ).where(_number >= sa.bindparam("first"), _number < sa.bindparam("end")),
    )
    .returning(_number)
)


def first_of(day: date, later: int = 0) -> int:
    """Return the lowest number of an article of a day, or of so many days later."""
    return (day.toordinal() + later) << _A_DAY


def condition(words: Sequence[Sequence[str]], source: Sequence[Sequence[str]]) -> str:
    """Return what is asked of the index: of each word, and of each word of a source's name, one spelling."""
    asked = (*words, *([_of_source(stem) for stem in stems] for stems in source))
    return " AND ".join(f"({' OR '.join(_quoted(stem) for stem in stems)})" for stems in asked)


def _of_source(stem: str) -> str:
    return f"0s{stem}"  # no word begins so


def _quoted(stem: str) -> str:
    return '"' + stem.replace('"', "") + '"'
