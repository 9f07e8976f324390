"""The Submissions port: what readers sent and editors decide on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.delivery import Page, Status
from bot.domain.submission import Asked, Decision, Submission, Turn, Verdict
from bot.storage.articles import articles_where
from bot.storage.database import Database
from bot.storage.publishing import plan_page, settle, vouch
from bot.storage.tables import articles, asks, deliveries, submissions, subscribers

_waits = submissions.c.verdict.is_(None)


@dataclass(frozen=True, slots=True)
class StoredSubmissions:
    """Submissions in the database."""

    database: Database

    async def find(self, fingerprint: str, /) -> Submission | None:
        """See the port."""
        return await self.database.read(lambda connection: _find(connection, fingerprint))

    async def count(self) -> int:
        """See the port."""
        query = sa.select(sa.func.count()).select_from(submissions).where(_waits)
        return await self.database.read(lambda connection: connection.execute(query).scalar_one())

    async def turn(self, fingerprint: str | None, /, *, backwards: bool = False) -> Turn | None:
        """See the port."""
        return await self.database.read(lambda connection: _turn(connection, fingerprint, backwards=backwards))

    async def decide(self, fingerprint: str, decision: Decision, notice: Page | None, /) -> Submission | None:
        """See the port."""
        return await self.database.write(lambda connection: _decide(connection, fingerprint, decision, notice))

    async def asked(self, chat_id: int, since: datetime, /) -> tuple[int, int]:
        """See the port."""
        return await self.database.read(lambda connection: _asked(connection, chat_id, since))

    async def unasked(self, chat_id: int, limit: int, /) -> Sequence[Submission]:
        """See the port."""
        return await self.database.read(lambda connection: _unasked(connection, chat_id, limit))

    async def ask(self, fingerprint: str, chat_id: int, page: Page, now: datetime, /) -> bool:
        """See the port."""
        return await self.database.write(lambda connection: _ask(connection, fingerprint, chat_id, page, now))

    async def closable(self, limit: int, /) -> Sequence[Asked]:
        """See the port."""
        return await self.database.read(lambda connection: _closable(connection, limit))

    async def close(self, fingerprint: str, chat_id: int, page: Page | None, now: datetime, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _close(connection, fingerprint, chat_id, page, now))


def _find(connection: sa.Connection, fingerprint: str) -> Submission | None:
    number = _article_id(fingerprint)
    return next(iter(_submissions(connection, connection.scalars(number).all())), None)


def _article_id(fingerprint: str) -> sa.Select[Any]:
    return sa.select(articles.c.id).where(articles.c.fingerprint == fingerprint)


def _submissions(connection: sa.Connection, article_ids: Sequence[int]) -> list[Submission]:
    """Return the submissions of these articles, in that order."""
    sibling = articles.alias("sibling")
    is_story_public = sa.exists().where(
        sibling.c.story_id == articles.c.story_id,
        sibling.c.id != articles.c.id,
        sibling.c.for_everyone_since.is_not(None),
    )
    query = (
        sa.select(submissions, articles.c.fingerprint, subscribers.c.chat_id, is_story_public.label("is_story_public"))
        .join(articles, articles.c.id == submissions.c.article_id)
        .join(subscribers, subscribers.c.id == submissions.c.sender_id, isouter=True)
        .where(submissions.c.article_id.in_(article_ids))
    )
    rows = {row.article_id: row for row in connection.execute(query)}
    texts = {found.fingerprint: found for found in articles_where(connection, articles.c.id.in_(rows))}
    return [
        Submission(
            texts[row.fingerprint], row.sender_id, row.chat_id, row.submitted_at, _decision(row), row.is_story_public
        )
        for row in (rows[number] for number in article_ids if number in rows)
    ]


def _decision(row: sa.Row[Any]) -> Decision | None:
    if row.verdict is None:
        return None
    return Decision(Verdict(row.verdict), row.decided_at, row.decided_by, row.decided_name or "")


def _turn(connection: sa.Connection, fingerprint: str | None, *, backwards: bool) -> Turn | None:
    here = sa.select(submissions.c.id).where(submissions.c.article_id.in_(_article_id(fingerprint or "")))
    at = connection.scalar(here) or 0
    waiting = sa.select(submissions.c.id, submissions.c.article_id).where(_waits)
    is_on = submissions.c.id < at if backwards else submissions.c.id > at
    order = submissions.c.id.desc() if backwards else submissions.c.id
    row = (
        connection.execute(waiting.where(is_on).order_by(order).limit(1)).first()
        or connection.execute(waiting.order_by(order).limit(1)).first()
    )
    if row is None:
        return None
    count = sa.select(sa.func.count()).select_from(submissions).where(_waits)
    place = connection.execute(count.where(submissions.c.id <= row.id)).scalar_one()
    (submission,) = _submissions(connection, [row.article_id])
    return Turn(submission, place, connection.execute(count).scalar_one())


def _decide(connection: sa.Connection, fingerprint: str, decision: Decision, notice: Page | None) -> Submission | None:
    standing = _find(connection, fingerprint)
    if standing is None or standing.decision is not None:
        return standing
    article_id = connection.execute(_article_id(fingerprint)).scalar_one()
    settle(connection, [article_id], decision)
    if decision.verdict is Verdict.PUBLISHED:
        vouch(connection, article_id, decision.at)
    if notice is not None and standing.chat_id is not None:
        plan_page(connection, notice, standing.chat_id, decision.at)
    return _find(connection, fingerprint)


def _asked(connection: sa.Connection, chat_id: int, since: datetime) -> tuple[int, int]:
    count = sa.select(sa.func.count()).select_from(asks).where(asks.c.chat_id == chat_id)
    lately = connection.execute(count.where(asks.c.asked_at > since)).scalar_one()
    unanswered = (
        sa.select(sa.func.count())
        .select_from(asks)
        .join(submissions, submissions.c.article_id == asks.c.article_id)
        .join(deliveries, deliveries.c.id == asks.c.delivery_id)
        .where(asks.c.chat_id == chat_id, asks.c.closed_at.is_(None), _waits, deliveries.c.status != Status.ABANDONED)
    )
    return lately, connection.execute(unanswered).scalar_one()


def _unasked(connection: sa.Connection, chat_id: int, limit: int) -> list[Submission]:
    # The first of each sender, then the second of each: who sends hundreds holds up nobody but themselves.
    turn = sa.func.row_number().over(partition_by=submissions.c.sender_id, order_by=submissions.c.id)
    waiting = sa.select(submissions.c.id, submissions.c.article_id, turn.label("turn")).where(_waits).subquery()
    is_asked = sa.exists().where(asks.c.article_id == waiting.c.article_id, asks.c.chat_id == chat_id)
    query = sa.select(waiting.c.article_id).where(~is_asked).order_by(waiting.c.turn, waiting.c.id).limit(limit)
    return _submissions(connection, connection.scalars(query).all())


def _ask(connection: sa.Connection, fingerprint: str, chat_id: int, page: Page, now: datetime) -> bool:
    waiting = _article_id(fingerprint).join(submissions, submissions.c.article_id == articles.c.id).where(_waits)
    article_id = connection.scalar(waiting)
    if article_id is None:
        return False
    known = sa.select(asks.c.asked_at).where(asks.c.article_id == article_id, asks.c.chat_id == chat_id)
    if connection.scalar(known) is not None:
        return False
    planned = plan_page(connection, page, chat_id, now)
    values = {"article_id": article_id, "chat_id": chat_id, "delivery_id": planned, "asked_at": now}
    connection.execute(sa.insert(asks).values(values))
    return True


def _closable(connection: sa.Connection, limit: int) -> list[Asked]:
    over = deliveries.c.status.in_([Status.SENT, Status.ASSUMED, Status.ABANDONED])
    query = (
        sa.select(asks.c.article_id, asks.c.chat_id, deliveries.c.message_id)
        .join(submissions, submissions.c.article_id == asks.c.article_id)
        .join(deliveries, deliveries.c.id == asks.c.delivery_id)
        .where(asks.c.closed_at.is_(None), submissions.c.verdict.is_not(None), over)
        .order_by(asks.c.asked_at)
        .limit(limit)
    )
    rows = connection.execute(query).all()
    numbers = list(dict.fromkeys(row.article_id for row in rows))
    settled = dict(zip(numbers, _submissions(connection, numbers), strict=True))
    return [Asked(settled[row.article_id], row.chat_id, row.message_id) for row in rows]


def _close(connection: sa.Connection, fingerprint: str, chat_id: int, page: Page | None, now: datetime) -> None:
    open_one = (
        sa.update(asks)
        .where(asks.c.article_id.in_(_article_id(fingerprint)), asks.c.chat_id == chat_id)
        .where(asks.c.closed_at.is_(None))
    )
    is_closed = connection.execute(open_one.values(closed_at=now)).rowcount
    if is_closed and page is not None:
        plan_page(connection, page, chat_id, now)
