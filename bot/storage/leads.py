"""The index of leads: SQLite's FTS5, or a ``tsvector`` with a GIN index on PostgreSQL."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSVECTOR

from bot.domain.story import Span
from bot.storage.lexemes import any_of, has, is_sqlite, lexemes
from bot.storage.tables import LEAD_INDEX

_sqlite = sa.table(LEAD_INDEX, sa.column("rowid", sa.Integer), sa.column("days"), sa.column("stems"), sa.column("rank"))
_postgres = sa.table(
    LEAD_INDEX,
    sa.column("article_id", sa.Integer),
    sa.column("first_day", sa.Integer),
    sa.column("last_day", sa.Integer),
    sa.column("stems", TSVECTOR),
)


def index_lead(connection: sa.Connection, article_id: int, stems: Sequence[str], reported: Span) -> None:
    """Let an article be found by its lead from now on."""
    if is_sqlite(connection):
        row = {"rowid": article_id, "days": " ".join(_days(reported)), "stems": " ".join(stems)}
        connection.execute(sa.insert(_sqlite).values(row))
        return
    days = {"first_day": _first(reported), "last_day": _last(reported)}
    connection.execute(sa.insert(_postgres).values(article_id=article_id, stems=lexemes(stems), **days))


def drop_lead(connection: sa.Connection, article_id: int) -> None:
    """Let an article be found no more."""
    is_it = _sqlite.c.rowid == article_id if is_sqlite(connection) else _postgres.c.article_id == article_id
    connection.execute(sa.delete(_sqlite if is_sqlite(connection) else _postgres).where(is_it))


def leads_with(connection: sa.Connection, telling: Mapping[str, float], window: Span, limit: int) -> Sequence[int]:
    """Return at most ``limit`` articles of these days whose leads have most of these stems.

    SQLite ranks by BM25, PostgreSQL has no such rank and adds up our own weights.
    """
    if not telling:
        return []
    return connection.scalars((_by_fts5 if is_sqlite(connection) else _by_tsvector)(telling, window, limit)).all()


def _by_fts5(telling: Mapping[str, float], window: Span, limit: int) -> sa.Select[int]:
    wanted, around = " OR ".join(map(_phrase, telling)), " OR ".join(_days(window))
    matches = sa.text(f"{LEAD_INDEX} MATCH :wanted").bindparams(wanted=f"days : ({around}) AND stems : ({wanted})")
    return sa.select(_sqlite.c.rowid).where(matches).order_by(_sqlite.c.rank).limit(limit)


def _phrase(stem: str) -> str:
    escaped = stem.replace('"', '""')
    return f'"{escaped}"'


def _by_tsvector(telling: Mapping[str, float], window: Span, limit: int) -> sa.Select[int]:
    has_it = {stem: has(_postgres.c.stems, any_of([stem])) for stem in telling}
    shared = sum((sa.case((has_it[stem], weight), else_=0.0) for stem, weight in telling.items()), sa.literal(0.0))
    return (
        sa.select(_postgres.c.article_id)
        .where(has(_postgres.c.stems, any_of(telling)))
        .where(_postgres.c.first_day <= _last(window), _postgres.c.last_day >= _first(window))
        .order_by(sa.desc(shared), _postgres.c.article_id)
        .limit(limit)
    )


def _first(span: Span) -> int:
    return span.start.toordinal()


def _last(span: Span) -> int:
    return span.end.toordinal()


def _days(span: Span) -> Sequence[str]:
    return [f"d{day}" for day in range(_first(span), _last(span) + 1)]
