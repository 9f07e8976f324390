"""The reports of a story, as one subscriber may see them; used inside other transactions."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from bot.domain.article import Source, SourceKind
from bot.domain.digest import Report
from bot.domain.submission import Verdict
from bot.storage.tables import articles, receipts, sources, submissions


def told_to(
    connection: sa.Connection, subscriber_id: int | None, story_ids: Collection[int]
) -> dict[int, list[Report]]:
    """Return the reports of each story that a subscriber may see: those for everyone, their own, those that joined."""
    received = received_by(subscriber_id)
    vouched = vouched_by(received)
    joined = sa.exists().where(submissions.c.article_id == articles.c.id, submissions.c.verdict == Verdict.JOINED)
    visible = sa.or_(vouched, joined)
    reports = (
        sa.select(articles, sources.c.kind, sources.c.name, vouched.label("is_vouched"))
        .join(sources, sources.c.id == articles.c.source_id, isouter=True)
        .join(received, received.c.article_id == articles.c.id, isouter=True)
        .where(articles.c.story_id.in_(story_ids), visible)
        .order_by(articles.c.id)
    )
    told: dict[int, list[Report]] = {}
    for row in connection.execute(reports):
        told.setdefault(row.story_id, []).append(report_of(row))
    return told


def received_by(subscriber_id: int | None) -> sa.Subquery:
    """Return what a subscriber sent and when; nothing if there is none."""
    return (
        sa.select(receipts.c.article_id, receipts.c.received_at)
        .where(receipts.c.subscriber_id == subscriber_id)
        .subquery()
    )


def vouched_by(received: sa.Subquery) -> sa.ColumnElement[bool]:
    """Return the condition for articles that are for everyone, or of what a subscriber sent."""
    return sa.or_(articles.c.for_everyone_since.is_not(None), received.c.article_id.is_not(None))


def report_of(row: sa.Row[Any]) -> Report:
    """Return a row of articles, with its source's kind and name and ``is_vouched``, as a reader sees it."""
    source = Source(SourceKind(row.kind), row.name).public_name if row.kind else None
    link = row.link if row.is_vouched else None
    return Report(
        row.title,
        tuple(row.body),
        tuple(row.summary),
        source,
        link,
        row.published,
        row.collected_at,
        bool(row.is_vouched),
        row.for_everyone_since is not None,
    )
