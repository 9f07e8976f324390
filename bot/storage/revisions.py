"""An article follows the message that brought it."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from bot.domain.article import Article, Traces
from bot.domain.story import Lead, Span, same_story
from bot.storage.keeping import added, describe, row_of, undescribe
from bot.storage.places import look_up_again, removed
from bot.storage.tables import addresses, arrivals, articles, receipts
from bot.storage.word_index import enter_again


def revised(connection: sa.Connection, receipt: str, article: Article, traces: Traces, *, for_everyone: bool) -> None:
    """Keep what the message with this receipt says now instead of what it brought; see the port."""
    of = sa.select(articles, arrivals.c.subscriber_id).join(arrivals, arrivals.c.article_id == articles.c.id)
    old = connection.execute(of.where(arrivals.c.receipt == receipt)).first()
    if old is None:
        added(connection, article, traces)
        return
    is_theirs = _is_theirs(connection, old.id, receipt) and (for_everyone or old.for_everyone_since is None)
    if is_theirs and _may_take_the_place(connection, old, article, traces):
        _rewrite(connection, old, article, traces)
        return
    if old.fingerprint == article.fingerprint:
        return
    _part(connection, receipt, old)
    if is_theirs:
        undescribe(connection, old.id)
        removed(connection, old.id, old.story_id)
    added(connection, article, traces)


def _is_theirs(connection: sa.Connection, article_id: int, receipt: str) -> bool:
    others = sa.select(arrivals.c.receipt).where(arrivals.c.article_id == article_id, arrivals.c.receipt != receipt)
    return connection.scalar(others.limit(1)) is None


def _may_take_the_place(connection: sa.Connection, old: sa.Row[Any], article: Article, traces: Traces) -> bool:
    """Tell if a new version can be the old row: nothing else is it already, and it tells the same event."""
    if article.fingerprint == old.fingerprint:
        return True
    known = connection.scalar(sa.select(articles.c.id).where(articles.c.fingerprint == article.fingerprint))
    now = Span.of(None, old.collected_at)  # when it is edited says nothing of when it happened
    lead = Lead(old.story_id, tuple(old.stems.split()), now)
    return known is None and same_story(traces.stems, now, [lead]) is not None


def _rewrite(connection: sa.Connection, old: sa.Row[Any], article: Article, traces: Traces) -> None:
    # Mentions stay as counted: the new version mentions what the old one did, but for a few words.
    undescribe(connection, old.id)
    # What a message says now is not what was seen at an address.
    connection.execute(sa.delete(addresses).where(addresses.c.article_id == old.id))
    values = row_of(connection, article, traces)
    connection.execute(sa.update(articles).where(articles.c.id == old.id).values(values))
    describe(connection, old.id, article, traces)
    rewritten = replace(article, collected_at=old.collected_at)
    look_up_again(connection, old.id, rewritten, traces.stems)
    enter_again(connection, old.id, rewritten)


def _part(connection: sa.Connection, receipt: str, old: sa.Row[Any]) -> None:
    """Let a message, and its sender unless another message of theirs brought it, have nothing to do with an article."""
    connection.execute(sa.delete(arrivals).where(arrivals.c.receipt == receipt))
    again = sa.select(arrivals.c.receipt).where(
        arrivals.c.article_id == old.id, arrivals.c.subscriber_id == old.subscriber_id
    )
    if connection.scalar(again.limit(1)) is None:
        theirs = sa.and_(receipts.c.article_id == old.id, receipts.c.subscriber_id == old.subscriber_id)
        connection.execute(sa.delete(receipts).where(theirs))
