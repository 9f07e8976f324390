"""The Topics port: what can be followed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from bot.domain.topic import Catalogue, Subject, Topic, topic_key
from bot.storage.database import Database
from bot.storage.tables import article_topics, articles, tags, topics


class StoredTopics:
    """Topics in the database, with the catalogue built from them kept until a topic is added."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._catalogue: Catalogue | None = None
        self._changes = 0

    async def seed(self, known: Iterable[Topic], *, is_own: bool = False) -> None:
        """Keep the topics of a catalogue, in place of what was kept under their keys.

        The operator's own (``is_own``) stay as they are when the shipped ones come again with the next start.
        """
        known = list(known)
        await self._database.write(lambda connection: _seed(connection, known, is_own=is_own))
        self._forget()

    async def catalogue(self) -> Catalogue:
        """See the port."""
        if self._catalogue is not None:
            return self._catalogue
        changes = self._changes
        catalogue = Catalogue((await self.after(0))[0])
        if changes == self._changes:  # nothing was added while it was read
            self._catalogue = catalogue
        return catalogue

    async def after(self, mark: int, /) -> tuple[Sequence[Topic], int]:
        """See the port."""
        return await self._database.read(lambda connection: _after(connection, mark))

    def _forget(self) -> None:
        self._catalogue = None
        self._changes += 1

    async def add(self, topic: Topic, about: Mapping[str, Subject], /) -> None:
        """See the port."""
        await self._database.write(lambda connection: _add(connection, topic, about))
        self._forget()

    async def popular(self, since: datetime, limit: int, /) -> Sequence[str]:
        """See the port."""
        return await self._database.read(lambda connection: _popular(connection, since, limit))

    async def told(self, since: datetime, /) -> Mapping[str, Collection[int]]:
        """See the port."""
        return await self._database.read(lambda connection: _told(connection, since))

    async def counts(self, starts: Sequence[datetime], /) -> Mapping[str, Sequence[int]]:
        """See the port."""
        return await self._database.read(lambda connection: _counts(connection, starts))

    async def codes(self, names: Sequence[str], /) -> Mapping[str, str]:
        """See the port."""
        return await self._database.read(lambda connection: _codes(connection, names))

    async def named(self, code: str, /) -> str | None:
        """See the port."""
        table, number = _TABLES.get(code[:1]), code[1:]
        if table is None or not (number.isascii() and number.isdigit()):
            return None
        query = sa.select(table.c.name).where(table.c.id == int(number[:_MOST_DIGITS]))
        return await self._database.read(lambda connection: connection.scalar(query))


_TABLES = {"t": topics, "g": tags}
_MOST_DIGITS = 9


def _seed(connection: sa.Connection, known: Sequence[Topic], *, is_own: bool) -> None:
    kept = dict(connection.execute(sa.select(topics.c.key, topics.c.id)).all())
    rows = {topic.key: {**_row(topic), "is_own": is_own} for topic in known}
    new = [row for key, row in rows.items() if key not in kept]
    if new:
        connection.execute(sa.insert(topics), new)
    for key, row in rows.items():
        if key in kept:
            may_replace = sa.true() if is_own else ~topics.c.is_own
            replaced = sa.update(topics).where(topics.c.id == kept[key], may_replace)
            connection.execute(replaced.values(row))


def _row(topic: Topic) -> dict[str, object]:
    forms = asdict(topic)
    return {"key": topic.key, "name": forms.pop("name"), "forms": forms}


def _after(connection: sa.Connection, mark: int) -> tuple[list[Topic], int]:
    rows = connection.execute(sa.select(topics).where(topics.c.id > mark).order_by(topics.c.id)).all()
    return [_topic(row.name, row.forms) for row in rows], max((row.id for row in rows), default=mark)


def _topic(name: str, forms: Mapping[str, Any]) -> Topic:
    kept: dict[str, Any] = {field: tuple(value) if isinstance(value, list) else value for field, value in forms.items()}
    return Topic(name, **kept)


def _add(connection: sa.Connection, topic: Topic, about: Mapping[str, Subject]) -> None:
    if connection.scalar(sa.select(topics.c.id).where(topics.c.key == topic.key)) is not None:
        return
    number = connection.execute(sa.insert(topics).values(_row(topic)).returning(topics.c.id)).scalar_one()
    of = sa.select(articles.c.fingerprint, articles.c.id).where(articles.c.fingerprint.in_(list(about)))
    ids = dict(connection.execute(of).all())
    rows = [
        {"topic_id": number, "article_id": ids[fingerprint], "why": subject.why, "mentions": subject.mentions}
        for fingerprint, subject in about.items()
        if fingerprint in ids
    ]
    if rows:
        connection.execute(sa.insert(article_topics), rows)


def _popular(connection: sa.Connection, since: datetime, limit: int) -> Sequence[str]:
    query = (
        sa.select(topics.c.name)
        .join(article_topics, article_topics.c.topic_id == topics.c.id)
        .join(articles, articles.c.id == article_topics.c.article_id)
        .where(articles.c.for_everyone_since >= since)
        .group_by(topics.c.id, topics.c.name)
        .order_by(sa.func.count().desc(), topics.c.id)
        .limit(limit)
    )
    return connection.scalars(query).all()


def _told(connection: sa.Connection, since: datetime) -> dict[str, set[int]]:
    query = (
        sa.select(topics.c.id, topics.c.name, articles.c.story_id)
        .join(article_topics, article_topics.c.topic_id == topics.c.id)
        .join(articles, articles.c.id == article_topics.c.article_id)
        .where(articles.c.for_everyone_since >= since)
        .order_by(topics.c.id)
        .distinct()
    )
    told: dict[str, set[int]] = {}
    for _, name, story_id in connection.execute(query):
        told.setdefault(name, set()).add(story_id)
    return told


def _counts(connection: sa.Connection, starts: Sequence[datetime]) -> dict[str, list[int]]:
    at = articles.c.for_everyone_since
    days = [sa.func.sum(sa.case((sa.and_(at >= begin, at < end), 1), else_=0)) for begin, end in pairwise(starts)]
    query = (
        sa.select(topics.c.name, *days)
        .join(article_topics, article_topics.c.topic_id == topics.c.id)
        .join(articles, articles.c.id == article_topics.c.article_id)
        .where(at >= starts[0], at < starts[-1])
        .group_by(topics.c.id, topics.c.name)
        .order_by(topics.c.id)
    )
    return {name: [int(count) for count in counts] for name, *counts in connection.execute(query)}


def _codes(connection: sa.Connection, names: Sequence[str]) -> dict[str, str]:
    keys = {name: topic_key(name) for name in names}
    codes: dict[str, str] = {}
    for letter, table in reversed(_TABLES.items()):
        query = sa.select(table.c.key, table.c.id).where(table.c.key.in_(set(keys.values())))
        codes |= {key: f"{letter}{number}" for key, number in connection.execute(query)}
    return {name: codes[key] for name, key in keys.items() if key in codes}
