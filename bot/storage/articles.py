"""The Articles port: the archive."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.article import Article, Source, SourceKind, weakness
from bot.domain.keyphrases import KnownTag, Lexicon
from bot.domain.story import WINDOW, Lead, same_story
from bot.domain.topic import Reason, Subject, topic_key
from bot.storage.database import Database
from bot.storage.tables import (
    arrivals,
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
    ) -> None:
        """See the port."""
        await self.database.write(lambda connection: _add(connection, article, stems, mentioned, guessed))

    async def receive(
        self, fingerprint: str, subscriber_id: int | None, receipt: str, now: datetime, /, *, for_everyone: bool
    ) -> bool:
        """See the port."""
        return await self.database.write(
            lambda connection: _receive(connection, fingerprint, subscriber_id, receipt, now, for_everyone=for_everyone)
        )

    async def brought_by(self, receipt: str, /) -> Article | None:
        """See the port."""
        return await self.database.read(lambda connection: _brought_by(connection, receipt))

    async def revise(
        self,
        receipt: str,
        article: Article,
        stems: Sequence[str],
        mentioned: Collection[str],
        guessed: Collection[str] = (),
        /,
        *,
        for_everyone: bool,
    ) -> None:
        """See the port."""
        await self.database.write(
            lambda connection: _revise(
                connection, receipt, article, stems, mentioned, guessed, for_everyone=for_everyone
            )
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


def _add(
    connection: sa.Connection,
    article: Article,
    stems: Sequence[str],
    mentioned: Collection[str],
    guessed: Collection[str],
) -> None:
    known = sa.select(articles.c.id).where(articles.c.fingerprint == article.fingerprint)
    if connection.scalar(known) is not None:
        return
    values = _row(connection, article, stems) | {
        "story_id": _story(connection, article, stems),
        "collected_at": article.collected_at,
    }
    added = connection.execute(sa.insert(articles).values(values).returning(articles.c.id)).scalar_one()
    _count_mentions(connection, {topic_key(name) for name in mentioned})
    _describe(connection, added, article, guessed)


def _row(connection: sa.Connection, article: Article, stems: Sequence[str]) -> dict[str, Any]:
    return {
        "fingerprint": article.fingerprint,
        "source_id": _source(connection, article.source),
        "title": article.title,
        "body": list(article.body),
        "summary": list(article.summary),
        "summary_version": article.summary_version,
        "stems": " ".join(stems),
        "published": article.published,
        "link": article.link,
    }


def _describe(connection: sa.Connection, article_id: int, article: Article, guessed: Collection[str]) -> None:
    _add_tags(connection, article_id, article.tags, is_suggested=False)
    _settle_guesses(connection, set(map(topic_key, article.tags)), set(map(topic_key, guessed)))
    _add_tags(connection, article_id, article.suggested, is_suggested=True)
    _add_subjects(connection, article_id, article.subjects)


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
    subscriber_id: int | None,
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
    _arrive(connection, receipt, article_id, subscriber_id)
    if subscriber_id is None:
        return True
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


def _arrive(connection: sa.Connection, receipt: str, article_id: int, subscriber_id: int | None) -> None:
    values = {"article_id": article_id, "subscriber_id": subscriber_id}
    known = connection.execute(sa.update(arrivals).where(arrivals.c.receipt == receipt).values(values))
    if not known.rowcount:
        connection.execute(sa.insert(arrivals).values(receipt=receipt, **values))


def _brought_by(connection: sa.Connection, receipt: str) -> Article | None:
    arrived = _full.join(arrivals, arrivals.c.article_id == articles.c.id).where(arrivals.c.receipt == receipt)
    row = connection.execute(arrived).first()
    return _article(connection, row) if row else None


def _revise(
    connection: sa.Connection,
    receipt: str,
    article: Article,
    stems: Sequence[str],
    mentioned: Collection[str],
    guessed: Collection[str],
    *,
    for_everyone: bool,
) -> None:
    of = sa.select(articles, arrivals.c.subscriber_id).join(arrivals, arrivals.c.article_id == articles.c.id)
    old = connection.execute(of.where(arrivals.c.receipt == receipt)).first()
    if old is None:
        _add(connection, article, stems, mentioned, guessed)
        return
    is_theirs = _is_theirs(connection, old.id, receipt) and (for_everyone or old.for_everyone_since is None)
    if is_theirs and _may_take_the_place(connection, old, article, stems):
        _rewrite(connection, old.id, article, stems, guessed)
        return
    if old.fingerprint == article.fingerprint:
        return
    _part(connection, receipt, old)
    if is_theirs:
        _remove(connection, old)
    _add(connection, article, stems, mentioned, guessed)


def _is_theirs(connection: sa.Connection, article_id: int, receipt: str) -> bool:
    others = sa.select(arrivals.c.receipt).where(arrivals.c.article_id == article_id, arrivals.c.receipt != receipt)
    return connection.scalar(others.limit(1)) is None


def _may_take_the_place(connection: sa.Connection, old: sa.Row[Any], article: Article, stems: Sequence[str]) -> bool:
    """Tell if a new version can be the old row: nothing else is it already, and it tells the same event."""
    if article.fingerprint == old.fingerprint:
        return True
    known = connection.scalar(sa.select(articles.c.id).where(articles.c.fingerprint == article.fingerprint))
    return known is None and same_story(stems, [Lead(old.story_id, tuple(old.stems.split()))]) is not None


def _rewrite(
    connection: sa.Connection, article_id: int, article: Article, stems: Sequence[str], guessed: Collection[str]
) -> None:
    # Mentions stay as counted: the new version mentions what the old one did, but for a few words.
    _uncount_uses(connection, article_id)
    for table in (article_tags, article_topics):
        connection.execute(sa.delete(table).where(table.c.article_id == article_id))
    values = _row(connection, article, stems)
    connection.execute(sa.update(articles).where(articles.c.id == article_id).values(values))
    _describe(connection, article_id, article, guessed)


def _uncount_uses(connection: sa.Connection, article_id: int) -> None:
    carried = sa.select(article_tags.c.tag_id).where(
        article_tags.c.article_id == article_id, article_tags.c.is_suggested.is_(sa.false())
    )
    connection.execute(sa.update(tags).where(tags.c.id.in_(carried)).values(uses=tags.c.uses - 1))


def _part(connection: sa.Connection, receipt: str, old: sa.Row[Any]) -> None:
    """Let a message, and its sender unless another message of theirs brought it, have nothing to do with an article."""
    connection.execute(sa.delete(arrivals).where(arrivals.c.receipt == receipt))
    again = sa.select(arrivals.c.receipt).where(
        arrivals.c.article_id == old.id, arrivals.c.subscriber_id == old.subscriber_id
    )
    if connection.scalar(again.limit(1)) is None:
        theirs = sa.and_(receipts.c.article_id == old.id, receipts.c.subscriber_id == old.subscriber_id)
        connection.execute(sa.delete(receipts).where(theirs))


def _remove(connection: sa.Connection, old: sa.Row[Any]) -> None:
    _uncount_uses(connection, old.id)
    connection.execute(sa.delete(articles).where(articles.c.id == old.id))
    left = sa.select(articles.c.id).where(articles.c.story_id == old.story_id)
    if connection.scalar(left.limit(1)) is None:
        connection.execute(sa.delete(stories).where(stories.c.id == old.story_id))
