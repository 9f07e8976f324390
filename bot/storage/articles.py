"""The Articles port: the archive."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.article import Article, Source, SourceKind, Traces, weakness
from bot.domain.keyphrases import KnownTag
from bot.domain.story import WINDOW, Lead, same_story
from bot.domain.topic import Reason, Subject, topic_key
from bot.storage.database import Database
from bot.storage.lines import count_lines, forget_lines, repeated_lines, source_is
from bot.storage.publishing import submit, vouch
from bot.storage.tables import (
    article_tags,
    article_topics,
    articles,
    receipts,
    sources,
    stories,
    tags,
    topics,
)

_MOST_LEADS = 2_000  # of the newest articles; 48 hours of a busy newsroom
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

    async def add(self, article: Article, traces: Traces, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _add(connection, article, traces))

    async def receive(
        self, fingerprint: str, subscriber_id: int, receipt: str, now: datetime, /, *, for_everyone: bool
    ) -> bool:
        """See the port."""
        return await self.database.write(
            lambda connection: _receive(connection, fingerprint, subscriber_id, receipt, now, for_everyone=for_everyone)
        )

    async def since(self, moment: datetime, /) -> Sequence[Article]:
        """See the port."""
        query = _full.where(articles.c.collected_at >= moment).order_by(articles.c.id)
        return await self.database.read(lambda connection: _found(connection, query))

    async def tags_after(self, mark: int, /) -> tuple[Sequence[KnownTag], int]:
        """See the port."""
        return await self.database.read(lambda connection: _tags_after(connection, mark))

    async def repeated_lines(self, source: Source | None, /) -> frozenset[str]:
        """See the port."""
        return await self.database.read(lambda connection: repeated_lines(connection, source))

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


def _add(connection: sa.Connection, article: Article, traces: Traces) -> None:
    known = sa.select(articles.c.id).where(articles.c.fingerprint == article.fingerprint)
    if connection.scalar(known) is not None:
        return
    source_id = _source(connection, article.source)
    values = {
        "fingerprint": article.fingerprint,
        "story_id": _story(connection, article, traces.stems),
        "source_id": source_id,
        "title": article.title,
        "body": list(article.body),
        "summary": list(article.summary),
        "summary_version": article.summary_version,
        "stems": " ".join(traces.stems),
        "published": article.published,
        "link": article.link,
        "collected_at": article.collected_at,
    }
    added = connection.execute(sa.insert(articles).values(values).returning(articles.c.id)).scalar_one()
    _count_mentions(connection, added, {topic_key(name) for name in traces.mentioned})
    _add_tags(connection, added, article.tags, is_suggested=False)
    _settle_guesses(connection, set(map(topic_key, article.tags)), set(map(topic_key, traces.guessed)))
    _add_tags(connection, added, article.suggested, is_suggested=True)
    _add_subjects(connection, added, article.subjects)
    if source_id is not None:
        count_lines(connection, source_id, traces.lines, article.published or article.collected_at.date())


def _story(connection: sa.Connection, article: Article, stems: Sequence[str]) -> int:
    # In the transaction that adds the article, so that two reports arriving together meet.
    window = (
        sa.select(articles.c.story_id, articles.c.stems)
        .where(articles.c.collected_at >= article.collected_at - WINDOW)
        .order_by(articles.c.collected_at.desc())
        .limit(_MOST_LEADS)
    )
    leads = [Lead(row.story_id, tuple(row.stems.split())) for row in connection.execute(window)]
    told = same_story(stems, leads)
    if told is not None:
        return told
    opened = sa.insert(stories).values(opened_at=article.collected_at).returning(stories.c.id)
    return int(connection.execute(opened).scalar_one())


def _source(connection: sa.Connection, source: Source | None) -> int | None:
    if source is None:
        return None
    known = connection.scalar(sa.select(sources.c.id).where(source_is(source)))
    if known is not None:
        return int(known)
    values = {"kind": source.kind, "name": source.name, "link": source.link}
    return int(connection.execute(sa.insert(sources).values(values).returning(sources.c.id)).scalar_one())


def _count_mentions(connection: sa.Connection, article_id: int, keys: Collection[str]) -> None:
    counted = sa.update(tags).values(mentions=tags.c.mentions + 1, changed_by=article_id)
    connection.execute(counted.where(tags.c.key.in_(keys)))


def _add_tags(connection: sa.Connection, article_id: int, names: Sequence[str], *, is_suggested: bool) -> None:
    by_key: dict[str, str] = {}
    for name in names:
        by_key.setdefault(topic_key(name), name)
    by_key.pop("", None)
    known = dict(connection.execute(sa.select(tags.c.key, tags.c.id).where(tags.c.key.in_(by_key))).all())
    for place, (key, name) in enumerate(by_key.items()):
        if key not in known:
            new = sa.insert(tags).values(key=key, name=name, is_guess=True, changed_by=article_id).returning(tags.c.id)
            known[key] = connection.execute(new).scalar_one()
        row = {"tag_id": known[key], "article_id": article_id, "place": place, "is_suggested": is_suggested}
        connection.execute(sa.insert(article_tags).values(row))
    if not is_suggested:
        used = sa.update(tags).where(tags.c.id.in_([known[key] for key in by_key]))
        connection.execute(used.values(uses=tags.c.uses + 1, changed_by=article_id))


def _settle_guesses(connection: sa.Connection, carried: Collection[str], guessed: Collection[str]) -> None:
    """Let the tags that somebody wrote apart be no guesses any more: a new tag begins as one."""
    written = [key for key in carried if key not in guessed]
    connection.execute(sa.update(tags).where(tags.c.key.in_(written), tags.c.is_guess).values(is_guess=False))


def _add_subjects(connection: sa.Connection, article_id: int, subjects: Sequence[Subject]) -> None:
    by_name = {subject.name: subject for subject in subjects}
    of = sa.select(topics.c.id, topics.c.name).where(topics.c.name.in_(by_name))
    rows = [
        {"topic_id": number, "article_id": article_id, "why": by_name[name].why, "mentions": by_name[name].mentions}
        for number, name in connection.execute(of)
    ]
    if rows:
        connection.execute(sa.insert(article_topics), rows)


def _receive(
    connection: sa.Connection,
    fingerprint: str,
    subscriber_id: int,
    receipt: str,
    now: datetime,
    *,
    for_everyone: bool,
) -> bool:
    article_id = connection.execute(sa.select(articles.c.id).where(articles.c.fingerprint == fingerprint)).scalar_one()
    if for_everyone:
        vouch(connection, article_id, now)
    else:
        submit(connection, article_id, subscriber_id, now)
    first = connection.scalar(
        sa.select(receipts.c.receipt).where(
            receipts.c.subscriber_id == subscriber_id, receipts.c.article_id == article_id
        )
    )
    if first is not None:
        return str(first) == receipt
    values = {"subscriber_id": subscriber_id, "article_id": article_id, "receipt": receipt, "received_at": now}
    connection.execute(sa.insert(receipts).values(values))
    return True
