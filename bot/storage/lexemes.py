"""Stems as PostgreSQL's text search takes them: as they are, through no parser and no dictionary."""

from collections.abc import Iterable
from itertools import accumulate

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY

_LONGEST = 200  # letters; a lexeme has 2,046 bytes at most
_MOST = 1_000_000  # bytes; a ``tsvector`` has 1,048,575 at most, which no article but one of a prankster's comes near


def is_sqlite(connection: sa.Connection) -> bool:
    """Tell if it is SQLite whose text search is asked."""
    return connection.dialect.name == "sqlite"


def lexemes(stems: Iterable[str]) -> sa.ColumnElement[str]:
    """Return the ``tsvector`` of these stems, the first of them if it cannot hold all."""
    clipped = sorted({stem[:_LONGEST] for stem in stems})
    sizes = accumulate(len(stem.encode()) for stem in clipped)
    held = [stem for stem, size in zip(clipped, sizes, strict=True) if size <= _MOST]
    return sa.func.array_to_tsvector(sa.literal(held, sa.ARRAY(sa.Text)))


def has(vector: sa.ColumnElement[str], asked: str) -> sa.ColumnElement[bool]:
    """Return the condition for rows whose ``tsvector`` has what is asked."""
    return vector.op("@@", return_type=sa.Boolean)(sa.cast(asked, TSQUERY))


def any_of(stems: Iterable[str]) -> str:
    """Return what asks for any of these stems; each is quoted, as it came from a text."""
    return " | ".join(map(_quoted, stems))


def all_of(asked: Iterable[str]) -> str:
    """Return what asks for all of this."""
    return " & ".join(f"({each})" for each in asked)


def _quoted(stem: str) -> str:
    escaped = stem[:_LONGEST].replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
