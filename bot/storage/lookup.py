"""Where reports of one event and copies of one text are looked up: SQLite's FTS5 and a table of shingles.

PostgreSQL would bring a ``tsvector`` column with a GIN index here; what is asked of it stays the same.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from bot.domain.copies import fewest_shared
from bot.domain.story import Span, telling_stems
from bot.storage.tables import LEAD_INDEX, shingles

_LOOKED_UP = 10  # stems: with twice as many the same reports are found, in twice the time
MOST_LEADS = 8
_MOST_TWINS = 3
_lead_index = sa.table(LEAD_INDEX, sa.column("rowid"), sa.column("days"), sa.column("stems"), sa.column("rank"))


def remember(
    connection: sa.Connection, article_id: int, stems: Sequence[str], reported: Span, sketch: Sequence[int]
) -> None:
    """Let an article be found from now on."""
    row = {"rowid": article_id, "days": " ".join(_days(reported)), "stems": " ".join(stems)}
    connection.execute(sa.insert(_lead_index).values(row))
    if sketch:
        connection.execute(sa.insert(shingles), [{"number": number, "article_id": article_id} for number in sketch])


def forget(connection: sa.Connection, article_id: int) -> None:
    """Let an article be found no more."""
    connection.execute(sa.delete(_lead_index).where(_lead_index.c.rowid == article_id))
    connection.execute(sa.delete(shingles).where(shingles.c.article_id == article_id))


def neighbours(connection: sa.Connection, stems: Sequence[str], window: Span, limit: int = MOST_LEADS) -> Sequence[int]:
    """Return at most ``limit`` articles around that time whose leads share most with these stems, likeliest first."""
    if not stems:
        return []
    wanted = " OR ".join(f'"{stem}"' for stem in telling_stems(stems, _LOOKED_UP))
    query = (
        sa.select(_lead_index.c.rowid)
        .where(sa.text(f"{LEAD_INDEX} MATCH :wanted"))
        .order_by(_lead_index.c.rank)
        .limit(limit)
    )
    around = " OR ".join(_days(window))
    return connection.scalars(query, {"wanted": f"days : ({around}) AND stems : ({wanted})"}).all()


def twins(connection: sa.Connection, sketch: Sequence[int]) -> Sequence[int]:
    """Return the articles whose texts share most with this sketch, the likeliest first."""
    shared = sa.func.count()
    query = (
        sa.select(shingles.c.article_id)
        .where(shingles.c.number.in_(sketch))
        .group_by(shingles.c.article_id)
        .having(shared >= fewest_shared(sketch))
        .order_by(shared.desc(), shingles.c.article_id)
        .limit(_MOST_TWINS)
    )
    return connection.scalars(query).all()


def _days(span: Span) -> Sequence[str]:
    return [f"d{day}" for day in range(span.start.toordinal(), span.end.toordinal() + 1)]
