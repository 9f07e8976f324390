"""The Deliveries port: what is on its way to subscribers, and what they have."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.article import weakness
from bot.domain.chart import Chart, Row
from bot.domain.delivery import Button, Delivery, Page, Reply, Status, expired, interrupted, taken
from bot.domain.digest import Digest, Explanation, Occasion, Story
from bot.domain.importance import Importance
from bot.domain.sheet import Sheet
from bot.domain.topic import Reason, Subject
from bot.storage.database import Database
from bot.storage.exclusions import unwanted
from bot.storage.inbox import page_row
from bot.storage.reports import received_by as _received
from bot.storage.reports import told_to as _told
from bot.storage.tables import (
    article_topics,
    articles,
    deliveries,
    digests,
    mutes,
    page_stories,
    schedules,
    seen,
    subscriptions,
    topics,
)

_is_open = sa.text("deliveries.status IN ('planned', 'sending', 'unknown')")


@dataclass(frozen=True, slots=True)
class StoredDeliveries:
    """Deliveries in the database."""

    database: Database

    async def fresh(self, subscriber_id: int, since: datetime, /) -> Sequence[Story]:
        """See the port."""
        is_later = sa.and_(articles.c.collected_at > seen.c.seen_at, articles.c.copy_of.is_(None))
        is_new = sa.or_(seen.c.seen_at.is_(None), is_later)
        is_free = articles.c.story_id.not_in(_underway(subscriber_id))
        return await self.database.read(lambda connection: _stories(connection, subscriber_id, since, is_new, is_free))

    async def told(self, subscriber_id: int, since: datetime, /) -> Sequence[Story]:
        """See the port."""
        return await self.database.read(lambda connection: _stories(connection, subscriber_id, since))

    async def open(
        self, digest: Digest, pages: Sequence[tuple[Page, Sequence[int]]], now: datetime, expires_at: datetime, /
    ) -> bool:
        """See the port."""
        return await self.database.write(lambda connection: _open(connection, digest, pages, now, expires_at))

    async def has(self, subscriber_id: int, key: str, /) -> bool:
        """See the port."""
        query = _digest(subscriber_id, key)
        return await self.database.read(lambda connection: connection.scalar(query) is not None)

    async def claim(self, now: datetime, limit: int, busy: Collection[int], /) -> Sequence[Delivery]:
        """See the port."""
        return await self.database.write(lambda connection: _claim(connection, now, limit, busy))

    async def save(self, delivery: Delivery, now: datetime, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _settle(connection, delivery, now))

    async def sheet(self, sheet: Sheet, /) -> Page | None:
        """See the port."""
        return await self.database.read(lambda connection: _sheet(connection, sheet))

    async def away_since(self, sheet: Sheet, /) -> datetime | None:
        """See the port."""
        query = sa.select(digests.c.away_since).join(deliveries, deliveries.c.digest_id == digests.c.id)
        return await self.database.read(lambda connection: connection.scalar(_of_sheet(query, sheet)))

    async def explanations(self, sheet: Sheet, /) -> Sequence[Explanation]:
        """See the port."""
        return await self.database.read(lambda connection: _explanations(connection, sheet))

    async def recover(self, now: datetime, /) -> int:
        """See the port."""
        return await self.database.write(lambda connection: _recover(connection, now))


def _stories(
    connection: sa.Connection, subscriber_id: int, since: datetime, *conditions: sa.ColumnElement[bool]
) -> list[Story]:
    received = _received(subscriber_id)
    is_recent = sa.or_(articles.c.for_everyone_since >= since, received.c.received_at >= since)
    is_heard = sa.or_(
        mutes.c.topic_id.is_(None),
        articles.c.for_everyone_since >= mutes.c.until,  # never, while there is no end
        received.c.received_at >= mutes.c.until,
    )
    about = (
        sa.select(articles.c.story_id, topics.c.name, article_topics.c.why, article_topics.c.mentions)
        .join(article_topics, article_topics.c.article_id == articles.c.id)
        .join(topics, topics.c.id == article_topics.c.topic_id)
        .join(subscriptions, subscriptions.c.topic_id == topics.c.id)
        .join(received, received.c.article_id == articles.c.id, isouter=True)
        .join(seen, _has_seen(subscriber_id), isouter=True)
        .join(mutes, _mutes(subscriber_id), isouter=True)
        .where(subscriptions.c.subscriber_id == subscriber_id, is_recent, is_heard, ~unwanted(), *conditions)
        .order_by(articles.c.story_id, topics.c.id)
    )
    strongest = _strongest(connection, about)
    told = _told(connection, subscriber_id, strongest)
    shown = sa.select(seen.c.story_id, seen.c.seen_at).where(
        seen.c.subscriber_id == subscriber_id, seen.c.story_id.in_(strongest)
    )
    seen_at = dict(connection.execute(shown).all())
    return [
        Story(story_id, tuple(subject.name for subject in subjects), tuple(told[story_id]), seen_at.get(story_id))
        for story_id, subjects in strongest.items()
    ]


def _has_seen(subscriber_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(seen.c.story_id == articles.c.story_id, seen.c.subscriber_id == subscriber_id)


def _mutes(subscriber_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(mutes.c.topic_id == subscriptions.c.topic_id, mutes.c.subscriber_id == subscriber_id)


def _strongest(connection: sa.Connection, about: sa.Select[Any]) -> dict[int, list[Subject]]:
    """Return what the stories of a query (story, topic, why, mentions) say of each topic, strongest first."""
    found: dict[int, dict[str, Subject]] = {}
    for story_id, name, why, mentions in connection.execute(about):
        subject, of_story = Subject(name, Reason(why), mentions), found.setdefault(story_id, {})
        of_story[name] = min(of_story.get(name, subject), subject, key=weakness)
    return {story_id: sorted(subjects.values(), key=weakness) for story_id, subjects in found.items()}


def _underway(subscriber_id: int) -> sa.Select[Any]:
    """Return the query of the stories that a subscriber is about to get."""
    return (
        sa.select(page_stories.c.story_id)
        .join(deliveries, deliveries.c.id == page_stories.c.delivery_id)
        .join(digests, digests.c.id == deliveries.c.digest_id)
        .where(digests.c.subscriber_id == subscriber_id, _is_open)
    )


def _digest(subscriber_id: int, key: str) -> sa.Select[tuple[int]]:
    return sa.select(digests.c.id).where(digests.c.subscriber_id == subscriber_id, digests.c.key == key)


def _open(
    connection: sa.Connection,
    digest: Digest,
    pages: Sequence[tuple[Page, Sequence[int]]],
    now: datetime,
    expires_at: datetime,
) -> bool:
    if connection.scalar(_digest(digest.subscriber_id, digest.key)) is not None:
        return False
    at_once_for = digest.sections[0].topic if digest.occasion is Occasion.AT_ONCE else None
    values = {
        "subscriber_id": digest.subscriber_id,
        "key": digest.key,
        "slot": digest.slot,
        "at_once_for": at_once_for,
        "away_since": digest.since if digest.occasion is Occasion.RETURN else None,
    }
    digest_id = connection.execute(sa.insert(digests).values(values).returning(digests.c.id)).scalar_one()
    chat_id, thread_id = connection.execute(_PLACE, {"subscriber": digest.subscriber_id}).one()
    for number, (page, story_ids) in enumerate(pages):
        row = page_row(page, number, chat_id, now, expires_at) | {"digest_id": digest_id, "thread_id": thread_id}
        planned = connection.execute(sa.insert(deliveries).values(row).returning(deliveries.c.id)).scalar_one()
        if story_ids:
            stories = [
                {"delivery_id": planned, "story_id": story_id, "place": place, "importance": _weights(digest, story_id)}
                for place, story_id in enumerate(story_ids)
            ]
            connection.execute(sa.insert(page_stories), stories)
    if digest.covers_until is not None:
        digested = sa.update(schedules).where(schedules.c.subscriber_id == digest.subscriber_id)
        connection.execute(digested.values(digested_at=digest.covers_until))
    return True


_PLACE = sa.text("SELECT chat_id, thread_id FROM subscribers WHERE id = :subscriber")


def _weights(digest: Digest, story_id: int) -> dict[str, int] | None:
    return asdict(digest.importance[story_id]) if story_id in digest.importance else None


def _claim(connection: sa.Connection, now: datetime, limit: int, busy: Collection[int]) -> list[Delivery]:
    late = sa.select(deliveries).where(_is_open, deliveries.c.status != Status.SENDING, deliveries.c.expires_at <= now)
    for row in connection.execute(late).all():
        _save(connection, expired(_delivery(row)), now)
    claimed: list[Delivery] = []
    for answers in (True, False):
        chosen = [*busy, *(delivery.chat_id for delivery in claimed)]
        claimed += _heads(connection, now, limit - len(claimed), chosen, answers=answers)
    sending = [taken(delivery) for delivery in claimed]
    for delivery in sending:
        _update(connection, delivery)
    return sending


def _heads(
    connection: sa.Connection, now: datetime, limit: int, busy: Collection[int], *, answers: bool
) -> list[Delivery]:
    before = deliveries.alias("before")
    blocked = sa.exists().where(
        sa.or_(before.c.digest_id == deliveries.c.digest_id, before.c.update_id == deliveries.c.update_id),
        before.c.number < deliveries.c.number,
        before.c.status.in_([Status.PLANNED, Status.SENDING, Status.UNKNOWN]),
    )
    heads = (
        sa.select(sa.func.min(deliveries.c.id))
        .where(_is_open, deliveries.c.status != Status.SENDING, deliveries.c.not_before <= now)
        .where(deliveries.c.update_id.is_not(None) if answers else deliveries.c.update_id.is_(None))
        .where(deliveries.c.chat_id.not_in(busy), ~blocked)
        .group_by(deliveries.c.chat_id)
    )
    query = sa.select(deliveries).where(deliveries.c.id.in_(heads)).order_by(deliveries.c.id).limit(max(limit, 0))
    return [_delivery(row) for row in connection.execute(query)]


def _delivery(row: sa.Row[Any]) -> Delivery:
    buttons = tuple(tuple(Button(**button) for button in line) for line in row.buttons)
    return Delivery(
        id=row.id,
        chat_id=row.chat_id,
        page=Page(
            row.text,
            buttons,
            is_quiet=row.is_quiet,
            edits=row.edits,
            file=row.file,
            reply=Reply(row.reply) if row.reply else None,
            picture=_picture(row.picture),
            has_preview=row.has_preview,
        ),
        thread_id=row.thread_id,
        not_before=row.not_before,
        expires_at=row.expires_at,
        answers=row.update_id is not None,
        status=Status(row.status),
        attempts=row.attempts,
        repeats=row.repeats,
        is_plain=row.is_plain,
        message_id=row.message_id,
        error=row.error,
    )


def _picture(raw: dict[str, Any] | None) -> Chart | None:
    if raw is None:
        return None
    rows = tuple(Row(row["name"], tuple(row["counts"]), row["total"]) for row in raw["rows"])
    return Chart(**(raw | {"rows": rows}))


def _settle(connection: sa.Connection, delivery: Delivery, now: datetime) -> None:
    """Save what is still being sent: its reader may be forgotten since, and its number another page's."""
    sending = sa.select(deliveries.c.id).where(deliveries.c.id == delivery.id, deliveries.c.status == Status.SENDING)
    if connection.scalar(sending) is not None:
        _save(connection, delivery, now)


def _save(connection: sa.Connection, delivery: Delivery, now: datetime) -> None:
    _update(connection, delivery)
    if not delivery.was_seen:
        return
    again = (
        sa.select(page_stories.c.story_id, digests.c.subscriber_id)
        .join(deliveries, deliveries.c.id == page_stories.c.delivery_id)
        .join(digests, digests.c.id == deliveries.c.digest_id)
        .where(deliveries.c.id == delivery.id)
    )
    of_page = sa.tuple_(seen.c.story_id, seen.c.subscriber_id).in_(again)
    connection.execute(sa.update(seen).where(of_page).values(seen_at=now))
    shown = (
        sa.select(digests.c.subscriber_id, page_stories.c.story_id, sa.literal(now, seen.c.seen_at.type))
        .join(deliveries, deliveries.c.digest_id == digests.c.id)
        .join(page_stories, page_stories.c.delivery_id == deliveries.c.id)
        .where(deliveries.c.id == delivery.id)
        .where(
            ~sa.exists().where(
                seen.c.subscriber_id == digests.c.subscriber_id, seen.c.story_id == page_stories.c.story_id
            )
        )
    )
    connection.execute(sa.insert(seen).from_select(["subscriber_id", "story_id", "seen_at"], shown))


def _update(connection: sa.Connection, delivery: Delivery) -> None:
    connection.execute(
        sa.update(deliveries)
        .where(deliveries.c.id == delivery.id)
        .values(
            chat_id=delivery.chat_id,
            status=delivery.status,
            not_before=delivery.not_before,
            attempts=delivery.attempts,
            repeats=delivery.repeats,
            is_plain=delivery.is_plain,
            message_id=delivery.message_id,
            error=delivery.error,
        )
    )


def _sheet(connection: sa.Connection, sheet: Sheet) -> Page | None:
    row = connection.execute(_of_sheet(sa.select(deliveries), sheet)).first()
    return _delivery(row).page if row else None


def _of_sheet(query: sa.Select[Any], sheet: Sheet) -> sa.Select[Any]:
    """Return the query with the delivery that brought a sheet; the others of its message took its place by edits."""
    of_digest = query.where(deliveries.c.chat_id == sheet.chat_id, deliveries.c.digest_id.is_not(None))
    if sheet.number == 0:
        return of_digest.where(deliveries.c.message_id == sheet.message_id, deliveries.c.edits.is_(None))
    edits = of_digest.where(deliveries.c.edits == sheet.message_id, deliveries.c.status != Status.ABANDONED)
    return edits.order_by(deliveries.c.id).offset(sheet.number - 1).limit(1)


def _explanations(connection: sa.Connection, sheet: Sheet) -> list[Explanation]:
    page = sa.select(deliveries.c.id, digests.c.subscriber_id).join(digests, digests.c.id == deliveries.c.digest_id)
    found = connection.execute(_of_sheet(page, sheet)).first()
    if found is None:
        return []
    query = (
        sa.select(page_stories.c.story_id, topics.c.name, article_topics.c.why, article_topics.c.mentions)
        .join(articles, articles.c.story_id == page_stories.c.story_id)
        .join(article_topics, article_topics.c.article_id == articles.c.id)
        .join(topics, topics.c.id == article_topics.c.topic_id)
        .join(subscriptions, subscriptions.c.topic_id == topics.c.id)
        .where(page_stories.c.delivery_id == found.id, subscriptions.c.subscriber_id == found.subscriber_id)
        .where(~unwanted())
        .order_by(page_stories.c.place, topics.c.id)
    )
    strongest = _strongest(connection, query)
    of_page = sa.select(page_stories).where(page_stories.c.delivery_id == found.id).order_by(page_stories.c.place)
    shown = connection.execute(of_page).all()
    told = _told(connection, found.subscriber_id, [row.story_id for row in shown])
    return [
        _explanation(row, Story(row.story_id, (), tuple(told[row.story_id])), strongest.get(row.story_id, ()))
        for row in shown
        if row.story_id in told
    ]


def _explanation(row: sa.Row[Any], story: Story, subjects: Sequence[Subject]) -> Explanation:
    weighed = Importance(**row.importance) if row.importance else None
    return Explanation(story.best.title, tuple(subjects), row.story_id, row.place, story.best.source, weighed)


def _recover(connection: sa.Connection, now: datetime) -> int:
    query = sa.select(deliveries).where(deliveries.c.status == Status.SENDING)
    left = [_delivery(row) for row in connection.execute(query).all()]
    for delivery in left:
        _save(connection, interrupted(delivery, now), now)
    return len(left)
