"""Where reports of one event and copies of one text are looked up: an index of leads and a table of shingles."""

from collections.abc import Sequence

import sqlalchemy as sa

from bot.domain.copies import fewest_shared
from bot.domain.story import Span, telling_stems
from bot.storage.leads import drop_lead, index_lead, leads_with
from bot.storage.tables import shingles

_LOOKED_UP = 10  # stems: with twice as many the same reports are found, in twice the time
MOST_LEADS = 8
_MOST_TWINS = 3


def remember(
    connection: sa.Connection, article_id: int, stems: Sequence[str], reported: Span, sketch: Sequence[int]
) -> None:
    """Let an article be found from now on."""
    index_lead(connection, article_id, stems, reported)
    if sketch:
        connection.execute(sa.insert(shingles), [{"number": number, "article_id": article_id} for number in sketch])


def forget(connection: sa.Connection, article_id: int) -> None:
    """Let an article be found no more."""
    drop_lead(connection, article_id)
    connection.execute(sa.delete(shingles).where(shingles.c.article_id == article_id))


def neighbours(connection: sa.Connection, stems: Sequence[str], window: Span, limit: int = MOST_LEADS) -> Sequence[int]:
    """Return at most ``limit`` articles around that time whose leads share most with these stems, likeliest first."""
    return leads_with(connection, telling_stems(stems, _LOOKED_UP), window, limit)


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
