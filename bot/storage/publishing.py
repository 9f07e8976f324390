"""What readers send waits for an editor, and is settled once; used inside other transactions."""

from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.domain.article import SourceKind
from bot.domain.delivery import Page, Status
from bot.domain.submission import Decision, Verdict
from bot.storage.inbox import page_row
from bot.storage.tables import articles, asks, deliveries, sources, submissions
from bot.storage.word_index import publish


def submit(connection: sa.Connection, article_id: int, subscriber_id: int, now: datetime) -> None:
    """Let an article that is not for everyone wait for an editor, unless it does or was decided on."""
    is_public = sa.exists().where(articles.c.id == article_id, articles.c.for_everyone_since.is_not(None))
    is_known = sa.exists().where(submissions.c.article_id == article_id)
    if connection.scalar(sa.select(sa.or_(is_public, is_known))):
        return
    values = {"article_id": article_id, "sender_id": subscriber_id, "submitted_at": now}
    connection.execute(sa.insert(submissions).values(values))


def vouch(connection: sa.Connection, article_id: int, now: datetime) -> None:
    """Put an article before everyone, whatever was decided on it, and let reports of its story that wait join it."""
    unseen = sa.update(articles).where(articles.c.id == article_id, articles.c.for_everyone_since.is_(None))
    if connection.execute(unseen.values(for_everyone_since=now)).rowcount:
        publish(connection, article_id)
    overruled = sa.or_(submissions.c.verdict.is_(None), submissions.c.verdict.in_([Verdict.REJECTED, Verdict.JOINED]))
    itself = sa.select(submissions.c.article_id).where(submissions.c.article_id == article_id, overruled)
    settle(connection, connection.scalars(itself).all(), Decision(Verdict.BROUGHT, now))
    settle(connection, _joining(connection, article_id), Decision(Verdict.JOINED, now))


def _joining(connection: sa.Connection, article_id: int) -> list[int]:
    """Return the reports that wait and join the story of an article: of named sources, and one a sender."""
    story = sa.select(articles.c.story_id).where(articles.c.id == article_id).scalar_subquery()
    of_story = (
        sa.select(submissions.c.article_id, submissions.c.sender_id, submissions.c.verdict, sources.c.kind)
        .join(articles, articles.c.id == submissions.c.article_id)
        .join(sources, sources.c.id == articles.c.source_id, isouter=True)
        .where(articles.c.story_id == story)
        .order_by(submissions.c.id)
    )
    rows = connection.execute(of_story).all()
    joined: dict[int | None, int] = {row.sender_id: 0 for row in rows if row.verdict == Verdict.JOINED}
    for row in rows:
        if row.verdict is None and row.kind in _NAMED:
            joined.setdefault(row.sender_id, row.article_id)
    return [number for number in joined.values() if number]


_NOTICE_LIFE = timedelta(days=1)
_NAMED = {SourceKind.PAPER, SourceKind.CHANNEL}


def reopen(connection: sa.Connection, story_ids: Collection[int]) -> None:
    """Let reports wait again that joined one of these stories, where no article of it is for everyone now."""
    of_these = articles.c.story_id.in_(story_ids)
    public = sa.select(articles.c.story_id).where(of_these, articles.c.for_everyone_since.is_not(None))
    orphans = sa.select(articles.c.id).where(of_these, articles.c.story_id.not_in(public))
    joined = sa.update(submissions).where(
        submissions.c.article_id.in_(orphans), submissions.c.verdict == Verdict.JOINED
    )
    connection.execute(joined.values(verdict=None, decided_at=None, decided_by=None, decided_name=None))


def settle(connection: sa.Connection, article_ids: Collection[int], decision: Decision) -> None:
    """Keep a decision on submissions, and do not ask about them what has not been asked yet."""
    if not article_ids:
        return
    decided = sa.update(submissions).where(submissions.c.article_id.in_(article_ids))
    connection.execute(
        decided.values(
            verdict=decision.verdict, decided_at=decision.at, decided_by=decision.by, decided_name=decision.name
        )
    )
    withdraw(connection, asks.c.article_id.in_(article_ids))


def withdraw(connection: sa.Connection, which: sa.ColumnElement[bool]) -> None:
    """Let asks that wait to be sent come to nothing; one that perhaps arrived is not repeated."""
    planned = sa.select(asks.c.delivery_id).where(which)
    for status, end in ((Status.PLANNED, Status.ABANDONED), (Status.UNKNOWN, Status.ASSUMED)):
        waiting = sa.update(deliveries).where(deliveries.c.id.in_(planned), deliveries.c.status == status)
        connection.execute(waiting.values(status=end, error="withdrawn"))


def plan_page(connection: sa.Connection, page: Page, chat_id: int, now: datetime) -> int:
    """Plan a page that is no digest's and no answer, and is old after a day; return its delivery's id."""
    row = page_row(page, 0, chat_id, now, now + _NOTICE_LIFE)
    return int(connection.execute(sa.insert(deliveries).values(row).returning(deliveries.c.id)).scalar_one())
