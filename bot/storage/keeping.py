"""What is kept of an article: its row, its tags, its topics, and who sent it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.article import Article, Source, Traces
from bot.domain.story import Place
from bot.domain.topic import Subject, topic_key
from bot.storage.lines import count_lines, source_is
from bot.storage.lookup import remember
from bot.storage.places import place_of, placed
from bot.storage.publishing import submit, vouch
from bot.storage.tables import arrivals, article_tags, article_topics, articles, receipts, sources, tags, topics
from bot.storage.word_index import enter


def added(connection: sa.Connection, article: Article, traces: Traces) -> Place:
    """Keep an article and return its place; see the port."""
    known = place_of(connection, article.fingerprint)
    if known is not None:
        return known
    found = placed(connection, article, traces.stems)
    row = row_of(connection, article, traces)
    values = row | {
        "story_id": found.place.story_id,
        "copy_of": found.original,
        "collected_at": article.collected_at,
    }
    number = connection.execute(sa.insert(articles).values(values).returning(articles.c.id)).scalar_one()
    remember(connection, number, traces.stems, found.reported, found.sketch)
    _count_mentions(connection, number, {topic_key(name) for name in traces.mentioned})
    describe(connection, number, article, traces)
    enter(connection, number, article)
    if row["source_id"] is not None:
        count_lines(connection, row["source_id"], traces.lines, article.published or article.collected_at.date())
    return found.place


def row_of(connection: sa.Connection, article: Article, traces: Traces) -> dict[str, Any]:
    """Return what a row of articles says of the article itself."""
    return {
        "fingerprint": article.fingerprint,
        "source_id": _source(connection, article.source),
        "title": article.title,
        "body": list(article.body),
        "summary": list(article.summary),
        "summary_version": article.summary_version,
        "stems": " ".join(traces.stems),
        "published": article.published,
        "link": article.link,
    }


def describe(connection: sa.Connection, article_id: int, article: Article, traces: Traces) -> None:
    """Keep the tags and topics of an article that has none yet."""
    _add_tags(connection, article_id, article.tags, is_suggested=False)
    _settle_guesses(connection, set(map(topic_key, article.tags)), set(map(topic_key, traces.guessed)))
    _add_tags(connection, article_id, article.suggested, is_suggested=True)
    _add_subjects(connection, article_id, article.subjects)


def undescribe(connection: sa.Connection, article_id: int) -> None:
    """Forget the tags and topics of an article; mentions stay counted."""
    carried = sa.select(article_tags.c.tag_id).where(
        article_tags.c.article_id == article_id, article_tags.c.is_suggested.is_(sa.false())
    )
    connection.execute(
        sa.update(tags).where(tags.c.id.in_(carried)).values(uses=tags.c.uses - 1, changed_by=article_id)
    )
    for table in (article_tags, article_topics):
        connection.execute(sa.delete(table).where(table.c.article_id == article_id))


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


def received(
    connection: sa.Connection,
    fingerprint: str,
    subscriber_id: int | None,
    receipt: str,
    now: datetime,
    *,
    for_everyone: bool,
) -> bool:
    """Note that a message brought a kept article; see the port."""
    article_id = connection.execute(sa.select(articles.c.id).where(articles.c.fingerprint == fingerprint)).scalar_one()
    if for_everyone:
        vouch(connection, article_id, now)
    elif subscriber_id is not None:
        submit(connection, article_id, subscriber_id, now)
    arrived(connection, receipt, article_id, subscriber_id)
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


def arrived(connection: sa.Connection, receipt: str, article_id: int, subscriber_id: int | None) -> None:
    """Note which article a message brought last."""
    values = {"article_id": article_id, "subscriber_id": subscriber_id}
    known = connection.execute(sa.update(arrivals).where(arrivals.c.receipt == receipt).values(values))
    if not known.rowcount:
        connection.execute(sa.insert(arrivals).values(receipt=receipt, **values))
