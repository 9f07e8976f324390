"""The Stories port: kept stories, as readers look for them and save them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.domain.article import weakness
from bot.domain.digest import Story
from bot.domain.search import Hit, Wanted
from bot.domain.topic import Reason, Subject
from bot.storage.database import Database
from bot.storage.finding import numbered, of_days
from bot.storage.reports import received_by, report_of, told_to, vouched_by
from bot.storage.tables import article_topics, articles, indexed, saved, sources, topics


@dataclass(frozen=True, slots=True)
class StoredStories:
    """Stories in the database."""

    database: Database

    async def sought(
        self, subscriber_id: int | None, wanted: Wanted, zone: str, until: datetime, skip: int, limit: int, /
    ) -> Sequence[Hit]:
        """See the port."""
        return await self.database.read(
            lambda connection: _sought(connection, subscriber_id, wanted, zone, until, skip, limit)
        )

    async def find(self, subscriber_id: int | None, story_id: int, /) -> Story | None:
        """See the port."""
        return await self.database.read(lambda connection: _find(connection, subscriber_id, story_id))

    async def save(self, subscriber_id: int, story_id: int, now: datetime, /) -> bool:
        """See the port."""
        return await self.database.write(lambda connection: _save(connection, subscriber_id, story_id, now))

    async def unsave(self, subscriber_id: int, story_id: int, /) -> None:
        """See the port."""
        gone = sa.delete(saved).where(_is_theirs(subscriber_id, story_id))
        await self.database.write(lambda connection: connection.execute(gone))

    async def has_saved(self, subscriber_id: int, story_id: int, /) -> bool:
        """See the port."""
        query = sa.select(sa.exists().where(_is_theirs(subscriber_id, story_id)))
        return await self.database.read(lambda connection: bool(connection.scalar(query)))

    async def saved(self, subscriber_id: int, skip: int, limit: int, /) -> Sequence[Hit]:
        """See the port."""
        return await self.database.read(lambda connection: _saved(connection, subscriber_id, skip, limit))


def _sought(
    connection: sa.Connection,
    subscriber_id: int | None,
    wanted: Wanted,
    zone: str,
    until: datetime,
    skip: int,
    limit: int,
) -> list[Hit]:
    received = received_by(subscriber_id)
    found = (
        numbered(connection, wanted)
        .join(articles, articles.c.id == indexed.c.article_id)
        .join(received, received.c.article_id == articles.c.id, isouter=True)
        .where(vouched_by(received), articles.c.collected_at <= until, *of_days(wanted, zone))
    )
    first: dict[int, int] = {}  # the newest article of each story, newest first
    # One by one: a page needs few of all that are found.
    with connection.execute(found, execution_options={"stream_results": True}) as rows:
        for row in rows:
            if row.story_id not in first and len(first) == skip + limit:
                break
            first.setdefault(row.story_id, row.id)
    return _hits(connection, subscriber_id, list(first.values())[skip:])


def _hits(connection: sa.Connection, subscriber_id: int | None, article_ids: Sequence[int]) -> list[Hit]:
    received = received_by(subscriber_id)
    rows = connection.execute(
        sa.select(articles, sources.c.kind, sources.c.name, vouched_by(received).label("is_vouched"))
        .join(sources, sources.c.id == articles.c.source_id, isouter=True)
        .join(received, received.c.article_id == articles.c.id, isouter=True)
        .where(articles.c.id.in_(article_ids))
    )
    found = {row.id: Hit(row.story_id, report_of(row)) for row in rows}
    return [found[number] for number in article_ids]


def _find(connection: sa.Connection, subscriber_id: int | None, story_id: int) -> Story | None:
    reports = told_to(connection, subscriber_id, [story_id]).get(story_id, [])
    if not any(report.is_vouched for report in reports):
        return None
    return Story(story_id, _topics(connection, subscriber_id, story_id), tuple(reports))


def _topics(connection: sa.Connection, subscriber_id: int | None, story_id: int) -> tuple[str, ...]:
    """Return what a story is about by the reports that a subscriber may see, strongest first."""
    received = received_by(subscriber_id)
    about = (
        sa.select(topics.c.name, article_topics.c.why, article_topics.c.mentions)
        .join(article_topics, article_topics.c.topic_id == topics.c.id)
        .join(articles, articles.c.id == article_topics.c.article_id)
        .join(received, received.c.article_id == articles.c.id, isouter=True)
        .where(articles.c.story_id == story_id, vouched_by(received))
        .order_by(topics.c.id)
    )
    subjects = [Subject(name, Reason(why), mentions) for name, why, mentions in connection.execute(about)]
    return tuple(dict.fromkeys(subject.name for subject in sorted(subjects, key=weakness)))


def _is_theirs(subscriber_id: int, story_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(saved.c.subscriber_id == subscriber_id, saved.c.story_id == story_id)


def _save(connection: sa.Connection, subscriber_id: int, story_id: int, now: datetime) -> bool:
    if not _visible(connection, subscriber_id, [story_id]):
        return False
    if not connection.scalar(sa.select(sa.exists().where(_is_theirs(subscriber_id, story_id)))):
        row = {"subscriber_id": subscriber_id, "story_id": story_id, "saved_at": now}
        connection.execute(sa.insert(saved).values(row))
    return True


def _saved(connection: sa.Connection, subscriber_id: int, skip: int, limit: int) -> list[Hit]:
    query = sa.select(saved.c.story_id).where(saved.c.subscriber_id == subscriber_id)
    kept = connection.scalars(query.order_by(saved.c.saved_at.desc(), saved.c.story_id.desc())).all()
    visible = _visible(connection, subscriber_id, kept)
    shown = [story_id for story_id in kept if story_id in visible][skip : skip + limit]
    told = told_to(connection, subscriber_id, shown)
    return [Hit(story_id, Story(story_id, (), tuple(told[story_id])).best) for story_id in shown]


def _visible(connection: sa.Connection, subscriber_id: int, story_ids: Collection[int]) -> frozenset[int]:
    """Return which of these stories a subscriber may see."""
    received = received_by(subscriber_id)
    query = (
        sa.select(articles.c.story_id)
        .join(received, received.c.article_id == articles.c.id, isouter=True)
        .where(articles.c.story_id.in_(story_ids), vouched_by(received))
    )
    return frozenset(connection.scalars(query))
