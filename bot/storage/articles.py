"""The Articles port: the archive."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.article import Article, Source, SourceKind, weakness
from bot.domain.copies import Wording, copied, wording
from bot.domain.keyphrases import KnownTag, Lexicon
from bot.domain.story import Lead, Place, Span, same_story
from bot.domain.topic import Reason, Subject, topic_key
from bot.storage.database import Database
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


_FRESH_FOR = 200  # articles; the counts of a lexicon change slowly, and ten thousand tags take a third of a second


@dataclass(slots=True)
class StoredArticles:
    """Articles in the database, with the lexicon of their tags kept for a while."""

    database: Database
    _lexicon: Lexicon | None = None
    _good_for: int = 0

    async def find(self, fingerprint: str, /) -> Article | None:
        """See the port."""
        return await self.database.read(lambda connection: _find(connection, fingerprint))

    async def add(
        self, article: Article, stems: Sequence[str], mentioned: Collection[str], guessed: Collection[str] = (), /
    ) -> Place:
        """See the port."""
        return await self.database.write(lambda connection: added(connection, article, stems, mentioned, guessed))

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
        return await self.database.read(
            lambda connection: [_article(connection, row) for row in connection.execute(query).all()]
        )

    async def known_tags(self) -> Mapping[str, KnownTag]:
        """See the port."""
        return await self.database.read(_known_tags)

    async def lexicon(self) -> Lexicon:
        """See the port."""
        if self._lexicon is None or self._good_for <= 0:
            known = await self.known_tags()
            self._lexicon = await asyncio.to_thread(Lexicon, list(known.values()))
            self._good_for = min(len(known), _FRESH_FOR)  # a young archive learns with every article
        self._good_for -= 1
        return self._lexicon


def _known_tags(connection: sa.Connection) -> dict[str, KnownTag]:
    rows = connection.execute(sa.select(tags.c.key, tags.c.name, tags.c.uses, tags.c.mentions, tags.c.is_guess))
    return {row.key: KnownTag(row.name, row.uses, row.mentions, row.is_guess) for row in rows}


def _find(connection: sa.Connection, fingerprint: str) -> Article | None:
    row = connection.execute(_full.where(articles.c.fingerprint == fingerprint)).first()
    return _article(connection, row) if row else None


def _article(connection: sa.Connection, row: sa.Row[Any]) -> Article:
    carried = (
        sa.select(tags.c.name, article_tags.c.is_suggested)
        .join(article_tags, article_tags.c.tag_id == tags.c.id)
        .where(article_tags.c.article_id == row.id)
        .order_by(article_tags.c.place)
    )
    found = connection.execute(carried).all()
    about = (
        sa.select(topics.c.name, article_topics.c.why, article_topics.c.mentions)
        .join(article_topics, article_topics.c.topic_id == topics.c.id)
        .where(article_topics.c.article_id == row.id)
        .order_by(topics.c.id)
    )
    return Article(
        fingerprint=row.fingerprint,
        title=row.title,
        body=tuple(row.body),
        summary=tuple(row.summary),
        summary_version=row.summary_version,
        tags=tuple(name for name, is_suggested in found if not is_suggested),
        subjects=tuple(
            sorted((Subject(name, Reason(why), count) for name, why, count in connection.execute(about)), key=weakness)
        ),
        collected_at=row.collected_at,
        published=row.published,
        source=Source(SourceKind(row.kind), row.name, row.source_link) if row.kind else None,
        link=row.link,
        suggested=tuple(name for name, is_suggested in found if is_suggested),
    )


def added(
    connection: sa.Connection,
    article: Article,
    stems: Sequence[str],
    mentioned: Collection[str] = (),
    guessed: Collection[str] = (),
) -> Place:
    """Keep an article over a connection and return its place; see the port."""
    known = _place(connection, article.fingerprint)
    if known is not None:
        return known
    # In the transaction that adds the article, so that two reports arriving together meet.
    reported = Span.of(article.published, article.collected_at)
    worded = wording(article.body)
    original = original_of(connection, worded)
    story_id = original.story_id if original else story_told(connection, stems, reported)
    if story_id is None:
        story_id = _opened(connection, article.collected_at)
    values = {
        "fingerprint": article.fingerprint,
        "story_id": story_id,
        "copy_of": original.id if original else None,
        "source_id": _source(connection, article.source),
        "title": article.title,
        "body": list(article.body),
        "summary": list(article.summary),
        "summary_version": article.summary_version,
        "stems": " ".join(stems),
        "published": article.published,
        "link": article.link,
        "collected_at": article.collected_at,
    }
    number = connection.execute(sa.insert(articles).values(values).returning(articles.c.id)).scalar_one()
    remember(connection, number, stems, reported, worded.sketch)
    _count_mentions(connection, {topic_key(name) for name in mentioned})
    _add_tags(connection, number, article.tags, is_suggested=False)
    _settle_guesses(connection, set(map(topic_key, article.tags)), set(map(topic_key, guessed)))
    _add_tags(connection, number, article.suggested, is_suggested=True)
    _add_subjects(connection, number, article.subjects)
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
    known = connection.scalar(
        sa.select(sources.c.id).where(
            sources.c.kind == source.kind,
            sources.c.name == source.name,
            sources.c.link.is_not_distinct_from(source.link),  # two channels may share a name
        )
    )
    if known is not None:
        return int(known)
    values = {"kind": source.kind, "name": source.name, "link": source.link}
    return int(connection.execute(sa.insert(sources).values(values).returning(sources.c.id)).scalar_one())


def _count_mentions(connection: sa.Connection, keys: Collection[str]) -> None:
    connection.execute(sa.update(tags).where(tags.c.key.in_(keys)).values(mentions=tags.c.mentions + 1))


def _add_tags(connection: sa.Connection, article_id: int, names: Sequence[str], *, is_suggested: bool) -> None:
    by_key: dict[str, str] = {}
    for name in names:
        by_key.setdefault(topic_key(name), name)
    by_key.pop("", None)
    known = dict(connection.execute(sa.select(tags.c.key, tags.c.id).where(tags.c.key.in_(by_key))).all())
    for place, (key, name) in enumerate(by_key.items()):
        if key not in known:
            new = sa.insert(tags).values(key=key, name=name, is_guess=True).returning(tags.c.id)
            known[key] = connection.execute(new).scalar_one()
        row = {"tag_id": known[key], "article_id": article_id, "place": place, "is_suggested": is_suggested}
        connection.execute(sa.insert(article_tags).values(row))
    if not is_suggested:
        used = sa.update(tags).where(tags.c.id.in_([known[key] for key in by_key]))
        connection.execute(used.values(uses=tags.c.uses + 1))


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
