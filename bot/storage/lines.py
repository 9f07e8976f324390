"""The lines that sources print under article after article."""

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa

from bot.domain.article import Source
from bot.storage.tables import source_lines, sources

_REPEATED = 3  # days; two may be one story told twice


def source_is(source: Source) -> sa.ColumnElement[bool]:
    """Return the condition for a source's row; two channels may share a name."""
    return sa.and_(
        sources.c.kind == source.kind,
        sources.c.name == source.name,
        sources.c.link.is_not_distinct_from(source.link),
    )


def repeated_lines(connection: sa.Connection, source: Source | None, lines: Collection[str]) -> frozenset[str]:
    """Return those of the lines that stood on three days or more under what a source printed."""
    if source is None:
        return frozenset()
    query = (
        sa.select(source_lines.c.line)
        .join(sources, sources.c.id == source_lines.c.source_id)
        .where(source_is(source), source_lines.c.line.in_(lines), source_lines.c.days >= _REPEATED)
    )
    return frozenset(connection.scalars(query))


def count_lines(connection: sa.Connection, source_id: int, lines: Sequence[str], day: date) -> None:
    """Count a day for each line of an article that had not been seen on it."""
    of_source = sa.and_(source_lines.c.source_id == source_id, source_lines.c.line.in_(lines))
    known = set(connection.scalars(sa.select(source_lines.c.line).where(of_source)))
    connection.execute(
        sa.update(source_lines)
        .where(of_source, source_lines.c.last_on != day)
        .values(days=source_lines.c.days + 1, last_on=day)
    )
    rows = [{"source_id": source_id, "line": line, "days": 1, "last_on": day} for line in lines if line not in known]
    if rows:
        connection.execute(sa.insert(source_lines), rows)


def forget_lines(connection: sa.Connection, before: date) -> int:
    """Forget what is not repeated and has not come again since that day."""
    old = sa.delete(source_lines).where(source_lines.c.days < _REPEATED, source_lines.c.last_on < before)
    return connection.execute(old).rowcount
