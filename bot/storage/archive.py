"""The Archive port: articles as they are exchanged with other archives."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.article import Article, Traces
from bot.domain.exchange import Entry
from bot.storage.articles import articles_where
from bot.storage.database import Database
from bot.storage.keeping import added, arrived
from bot.storage.places import place_of
from bot.storage.publishing import vouch
from bot.storage.tables import article_tags, articles, receipts, tags

_known = sa.select(articles.c.id, articles.c.fingerprint, articles.c.for_everyone_since)


@dataclass(frozen=True, slots=True)
class StoredArchive:
    """The archive in the database."""

    database: Database

    async def count(self) -> int:
        """See the port."""
        query = sa.select(sa.func.count()).select_from(articles)
        return await self.database.read(lambda connection: connection.execute(query).scalar_one())

    async def after(self, mark: int, limit: int, /) -> tuple[Sequence[Entry], int]:
        """See the port."""
        query = _known.where(articles.c.id > mark).order_by(articles.c.id).limit(limit)
        return await self.database.read(lambda connection: _entries(connection, query, mark))

    async def count_sent_by(self, subscriber_id: int, /) -> int:
        """See the port."""
        query = sa.select(sa.func.count()).where(receipts.c.subscriber_id == subscriber_id)
        return await self.database.read(lambda connection: connection.execute(query).scalar_one())

    async def sent_by(self, subscriber_id: int, before: int | None, limit: int, /) -> tuple[Sequence[Entry], int]:
        """See the port."""
        query = (
            _known.join(receipts, receipts.c.article_id == articles.c.id)
            .where(receipts.c.subscriber_id == subscriber_id)
            .where(sa.true() if before is None else articles.c.id < before)
            .order_by(articles.c.id.desc())
            .limit(limit)
        )
        return await self.database.read(lambda connection: _entries(connection, query, before or 0))

    async def restore(self, entry: Entry, traces: Traces, /) -> bool:
        """See the port."""
        return await self.database.write(lambda connection: _restored(connection, entry, traces))


def _entries(connection: sa.Connection, query: sa.Select[Any], mark: int) -> tuple[list[Entry], int]:
    """Return the articles of a query over ``_known``, in its order, and the last id or the mark."""
    rows = connection.execute(query).all()
    ids = [row.id for row in rows]
    found = {article.fingerprint: article for article in articles_where(connection, articles.c.id.in_(ids))}
    guessed = _guessed(connection, ids)
    entries = [_entry(found[row.fingerprint], row.for_everyone_since, guessed) for row in rows]
    return entries, ids[-1] if ids else mark


def _entry(article: Article, since: datetime | None, guessed: Collection[str]) -> Entry:
    return Entry(article, since, tuple(tag for tag in article.tags if tag in guessed))


def _guessed(connection: sa.Connection, ids: Sequence[int]) -> frozenset[str]:
    query = (
        sa.select(tags.c.name)
        .join(article_tags, article_tags.c.tag_id == tags.c.id)
        .where(article_tags.c.article_id.in_(ids), tags.c.is_guess)
    )
    return frozenset(connection.scalars(query))


def _restored(connection: sa.Connection, entry: Entry, traces: Traces) -> bool:
    mark = entry.article.fingerprint
    is_new = place_of(connection, mark) is None
    if is_new:
        added(connection, entry.article, traces)
    number = connection.execute(sa.select(articles.c.id).where(articles.c.fingerprint == mark)).scalar_one()
    if entry.for_everyone_since is not None:
        vouch(connection, number, entry.for_everyone_since)
    if is_new:
        arrived(connection, f"import:{mark}", number, None)
    return is_new
