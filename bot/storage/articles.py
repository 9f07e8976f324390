"""The Articles port: the archive."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.article import Article, Source, SourceKind, Traces, weakness
from bot.domain.keyphrases import KnownTag
from bot.domain.story import Place
from bot.domain.topic import Reason, Subject
from bot.storage.database import Database
from bot.storage.keeping import added, received
from bot.storage.lines import forget_lines, repeated_lines
from bot.storage.places import alike, joined, split
from bot.storage.revisions import revised
from bot.storage.tables import arrivals, article_tags, article_topics, articles, sources, tags, topics

_full = sa.select(articles, sources.c.kind, sources.c.name, sources.c.link.label("source_link")).join(
    sources, sources.c.id == articles.c.source_id, isouter=True
)


@dataclass(frozen=True, slots=True)
class StoredArticles:
    """Articles in the database."""

    database: Database

    async def find(self, fingerprint: str, /) -> Article | None:
        """See the port."""
        query = _full.where(articles.c.fingerprint == fingerprint)
        return next(iter(await self.database.read(lambda connection: _found(connection, query))), None)

    async def add(self, article: Article, traces: Traces, /) -> Place:
        """See the port."""
        return await self.database.write(lambda connection: added(connection, article, traces))

    async def join(self, fingerprint: str, to: str, /) -> bool:
        """See the port."""
        return await self.database.write(lambda connection: joined(connection, fingerprint, to))

    async def split(self, fingerprint: str, /) -> Place | None:
        """See the port."""
        return await self.database.write(lambda connection: split(connection, fingerprint))

    async def alike(self, fingerprint: str, limit: int, /) -> Sequence[Article]:
        """See the port."""
        return await self.database.read(lambda connection: _alike(connection, fingerprint, limit))

    async def receive(
        self, fingerprint: str, subscriber_id: int | None, receipt: str, now: datetime, /, *, for_everyone: bool
    ) -> bool:
        """See the port."""
        return await self.database.write(
            lambda connection: received(connection, fingerprint, subscriber_id, receipt, now, for_everyone=for_everyone)
        )

    async def brought_by(self, receipt: str, /) -> Article | None:
        """See the port."""
        arrived = _full.join(arrivals, arrivals.c.article_id == articles.c.id).where(arrivals.c.receipt == receipt)
        return next(iter(await self.database.read(lambda connection: _found(connection, arrived))), None)

    async def revise(self, receipt: str, article: Article, traces: Traces, /, *, for_everyone: bool) -> None:
        """See the port."""
        await self.database.write(
            lambda connection: revised(connection, receipt, article, traces, for_everyone=for_everyone)
        )

    async def since(self, moment: datetime, /) -> Sequence[Article]:
        """See the port."""
        query = _full.where(articles.c.collected_at >= moment).order_by(articles.c.id)
        return await self.database.read(lambda connection: _found(connection, query))

    async def tags_after(self, mark: int, /) -> tuple[Sequence[KnownTag], int]:
        """See the port."""
        return await self.database.read(lambda connection: _tags_after(connection, mark))

    async def repeated_lines(self, source: Source | None, lines: Collection[str], /) -> frozenset[str]:
        """See the port."""
        return await self.database.read(lambda connection: repeated_lines(connection, source, lines))

    async def forget_lines(self, before: date, /) -> int:
        """See the port."""
        return await self.database.write(lambda connection: forget_lines(connection, before))

    async def summarised_otherwise(self, version: str, limit: int, /) -> Sequence[Article]:
        """See the port."""
        query = _full.where(articles.c.summary_version != version).order_by(articles.c.id).limit(limit)
        return await self.database.read(lambda connection: _found(connection, query))

    async def count_summarised_otherwise(self, version: str, /) -> int:
        """See the port."""
        query = sa.select(sa.func.count()).where(articles.c.summary_version != version)
        return await self.database.read(lambda connection: connection.execute(query).scalar_one())

    async def summarised(self, summaries: Mapping[str, tuple[str, ...]], version: str, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _summarised(connection, summaries, version))


def _summarised(connection: sa.Connection, summaries: Mapping[str, tuple[str, ...]], version: str) -> None:
    for fingerprint, summary in summaries.items():
        new = {"summary": list(summary), "summary_version": version}
        connection.execute(sa.update(articles).where(articles.c.fingerprint == fingerprint).values(new))


def _tags_after(connection: sa.Connection, mark: int) -> tuple[list[KnownTag], int]:
    rows = connection.execute(sa.select(tags).where(tags.c.changed_by >= mark)).all()
    known = [KnownTag(row.name, row.uses, row.mentions, row.is_guess) for row in rows]
    return known, max((row.changed_by for row in rows), default=mark)


def articles_where(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> list[Article]:
    """Return the articles of which a condition is true."""
    return _found(connection, _full.where(condition))


def _alike(connection: sa.Connection, fingerprint: str, limit: int) -> list[Article]:
    marks = alike(connection, fingerprint)[:limit]
    found = {article.fingerprint: article for article in articles_where(connection, articles.c.fingerprint.in_(marks))}
    return [found[mark] for mark in marks]


def _found(connection: sa.Connection, query: sa.Select[Any]) -> list[Article]:
    """Return the articles of a query over ``_full``, in its order."""
    rows = connection.execute(query).all()
    carried: dict[int, list[tuple[str, bool]]] = {row.id: [] for row in rows}
    about: dict[int, list[Subject]] = {row.id: [] for row in rows}
    for ids in _lots(list(carried)):
        of_tags = (
            sa.select(article_tags.c.article_id, tags.c.name, article_tags.c.is_suggested)
            .join(tags, tags.c.id == article_tags.c.tag_id)
            .where(article_tags.c.article_id.in_(ids))
            .order_by(article_tags.c.place)
        )
        for article_id, name, is_suggested in connection.execute(of_tags):
            carried[article_id].append((name, is_suggested))
        of_topics = (
            sa.select(article_topics.c.article_id, topics.c.name, article_topics.c.why, article_topics.c.mentions)
            .join(topics, topics.c.id == article_topics.c.topic_id)
            .where(article_topics.c.article_id.in_(ids))
            .order_by(topics.c.id)
        )
        for article_id, name, why, mentions in connection.execute(of_topics):
            about[article_id].append(Subject(name, Reason(why), mentions))
    return [_article(row, carried[row.id], about[row.id]) for row in rows]


_MOST_IDS = 500  # in one condition


def _lots(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + _MOST_IDS] for start in range(0, len(ids), _MOST_IDS))


def _article(row: sa.Row[Any], carried: Sequence[tuple[str, bool]], about: Sequence[Subject]) -> Article:
    return Article(
        fingerprint=row.fingerprint,
        title=row.title,
        body=tuple(row.body),
        summary=tuple(row.summary),
        summary_version=row.summary_version,
        tags=tuple(name for name, is_suggested in carried if not is_suggested),
        subjects=tuple(sorted(about, key=weakness)),
        collected_at=row.collected_at,
        published=row.published,
        source=Source(SourceKind(row.kind), row.name, row.source_link) if row.kind else None,
        link=row.link,
        suggested=tuple(name for name, is_suggested in carried if is_suggested),
    )
