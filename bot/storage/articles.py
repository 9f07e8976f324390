"""The Articles port: the archive."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.article import Article, Source, SourceKind, Traces, weakness
from bot.domain.copies import Wording, copied, wording
from bot.domain.keyphrases import KnownTag
from bot.domain.story import Lead, Place, Span, same_story
from bot.domain.topic import Reason, Subject, topic_key
from bot.storage.database import Database
from bot.storage.lines import count_lines, forget_lines, repeated_lines, source_is
from bot.storage.lookup import neighbours, remember, twins
from bot.storage.tables import (
    article_tags,
    article_topics,
    articles,
    page_stories,
    receipts,
    seen,
    sources,
    stories,
    tags,
    topics,
)

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

    async def join(self, fingerprint: str, to: str, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _join(connection, fingerprint, to))

    async def split(self, fingerprint: str, /) -> Place:
        """See the port."""
        return await self.database.write(lambda connection: _split(connection, fingerprint))

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


def added(connection: sa.Connection, article: Article, traces: Traces) -> Place:
    """Keep an article over a connection and return its place; see the port."""
    known = _place(connection, article.fingerprint)
    if known is not None:
        return known
    # In the transaction that adds the article, so that two reports arriving together meet.
    reported = Span.of(article.published, article.collected_at)
    worded = wording(article.body)
    original = original_of(connection, worded)
    story_id = original.story_id if original else story_told(connection, traces.stems, reported)
    if story_id is None:
        story_id = _opened(connection, article.collected_at)
    source_id = _source(connection, article.source)
    values = {
        "fingerprint": article.fingerprint,
        "story_id": story_id,
        "copy_of": original.id if original else None,
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
    number = connection.execute(sa.insert(articles).values(values).returning(articles.c.id)).scalar_one()
    remember(connection, number, traces.stems, reported, worded.sketch)
    _count_mentions(connection, number, {topic_key(name) for name in traces.mentioned})
    _add_tags(connection, number, article.tags, is_suggested=False)
    _settle_guesses(connection, set(map(topic_key, article.tags)), set(map(topic_key, traces.guessed)))
    _add_tags(connection, number, article.suggested, is_suggested=True)
    _add_subjects(connection, number, article.subjects)
    if source_id is not None:
        count_lines(connection, source_id, traces.lines, article.published or article.collected_at.date())
    return Place(story_id, original.fingerprint if original else None)


def _place(connection: sa.Connection, fingerprint: str) -> Place | None:
    originals = articles.alias()
    query = (
        sa.select(articles.c.story_id, originals.c.fingerprint)
        .join(originals, originals.c.id == articles.c.copy_of, isouter=True)
        .where(articles.c.fingerprint == fingerprint)
    )
    row = connection.execute(query).first()
    return Place(*row) if row else None


def original_of(connection: sa.Connection, worded: Wording) -> sa.Row[Any, Any, Any] | None:
    """Return the article that a text so worded is a copy of: the first one, if that is a copy itself."""
    alike = sa.select(articles.c.id, articles.c.copy_of, articles.c.body).where(
        articles.c.id.in_(twins(connection, worded.sketch))
    )
    rows = connection.execute(alike.order_by(articles.c.id))
    original = copied(worded, ((row.copy_of or row.id, wording(row.body)) for row in rows))
    found = sa.select(articles.c.id, articles.c.story_id, articles.c.fingerprint).where(articles.c.id == original)
    return None if original is None else connection.execute(found).one()


def story_told(connection: sa.Connection, stems: Sequence[str], reported: Span) -> int | None:
    """Return the story that an article with these stems tells again, or None."""
    near = sa.select(articles.c.story_id, articles.c.stems, articles.c.published, articles.c.collected_at).where(
        articles.c.id.in_(neighbours(connection, stems, reported.widened))
    )
    leads = (
        Lead(row.story_id, tuple(row.stems.split()), Span.of(row.published, row.collected_at))
        for row in connection.execute(near)
    )
    return same_story(stems, reported, leads)


def _opened(connection: sa.Connection, now: datetime) -> int:
    return int(connection.execute(sa.insert(stories).values(opened_at=now).returning(stories.c.id)).scalar_one())


def _join(connection: sa.Connection, fingerprint: str, to: str) -> None:
    of = sa.select(articles.c.story_id)
    old, new = (connection.execute(of.where(articles.c.fingerprint == mark)).scalar_one() for mark in (fingerprint, to))
    if old == new:
        return
    connection.execute(sa.update(articles).where(articles.c.story_id == old).values(story_id=new))
    for table in (seen, page_stories):
        holder = next(iter(table.primary_key.columns))
        has_both = sa.select(holder).where(table.c.story_id == new)
        moved = sa.update(table).where(table.c.story_id == old, holder.not_in(has_both)).values(story_id=new)
        connection.execute(moved)
    connection.execute(sa.delete(stories).where(stories.c.id == old))


def _split(connection: sa.Connection, fingerprint: str) -> Place:
    of = sa.select(articles.c.id, articles.c.collected_at).where(articles.c.fingerprint == fingerprint)
    number, collected_at = connection.execute(of).one()
    story_id = _opened(connection, collected_at)
    with_copies = sa.or_(articles.c.id == number, articles.c.copy_of == number)
    connection.execute(sa.update(articles).where(with_copies).values(story_id=story_id))
    connection.execute(sa.update(articles).where(articles.c.id == number).values(copy_of=None))
    return Place(story_id)


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
        connection.execute(
            sa.update(articles)
            .where(articles.c.id == article_id, articles.c.for_everyone_since.is_(None))
            .values(for_everyone_since=now)
        )
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
