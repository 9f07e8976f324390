"""The place of an article among the others: the story that it tells, the text that it copies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.article import Article
from bot.domain.copies import Wording, copied, wording
from bot.domain.story import Lead, Place, Span, likest, same_story
from bot.storage.lookup import forget, neighbours, remember, twins
from bot.storage.publishing import reopen
from bot.storage.tables import articles, page_stories, ratings, saved, seen, stories
from bot.storage.word_index import leave


def place_of(connection: sa.Connection, fingerprint: str) -> Place | None:
    """Return the place of a kept article, or None."""
    originals = articles.alias()
    query = (
        sa.select(articles.c.story_id, originals.c.fingerprint)
        .join(originals, originals.c.id == articles.c.copy_of, isouter=True)
        .where(articles.c.fingerprint == fingerprint)
    )
    row = connection.execute(query).first()
    return Place(*row) if row else None


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an article belongs, and what it will be found by."""

    place: Place
    original: int | None
    reported: Span
    sketch: Sequence[int]


def placed(connection: sa.Connection, article: Article, stems: Sequence[str]) -> Placed:
    """Return the place of a new article, in a new story if it tells no known one.

    In the transaction that adds the article, so that two reports arriving together meet.
    """
    reported = Span.of(article.published, article.collected_at)
    worded = wording(article.body)
    original = original_of(connection, worded)
    story_id = original.story_id if original else story_told(connection, stems, reported)
    if story_id is None:
        story_id = _opened(connection, article.collected_at)
    place = Place(story_id, original.fingerprint if original else None)
    return Placed(place, original.id if original else None, reported, worded.sketch)


def look_up_again(connection: sa.Connection, article_id: int, article: Article, stems: Sequence[str]) -> None:
    """Let a rewritten article be found by what it says now."""
    forget(connection, article_id)
    reported = Span.of(article.published, article.collected_at)
    remember(connection, article_id, stems, reported, wording(article.body).sketch)


def removed(connection: sa.Connection, article_id: int, story_id: int) -> None:
    """Delete an article, and its story if that has no other; the first of its copies becomes the text they copy."""
    copies = connection.scalars(sa.select(articles.c.id).where(articles.c.copy_of == article_id)).all()
    if copies:
        first = min(copies)
        connection.execute(sa.update(articles).where(articles.c.id == first).values(copy_of=None))
        connection.execute(sa.update(articles).where(articles.c.copy_of == article_id).values(copy_of=first))
    forget(connection, article_id)
    leave(connection, article_id)
    connection.execute(sa.delete(articles).where(articles.c.id == article_id))
    left = sa.select(articles.c.id).where(articles.c.story_id == story_id)
    if connection.scalar(left.limit(1)) is None:
        connection.execute(sa.delete(stories).where(stories.c.id == story_id))


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
    near = _leads.where(articles.c.id.in_(neighbours(connection, stems, reported.widened)))
    return same_story(stems, reported, map(_lead, connection.execute(near)))


_leads = sa.select(
    articles.c.fingerprint, articles.c.story_id, articles.c.stems, articles.c.published, articles.c.collected_at
)


def _lead(row: sa.Row[*tuple[Any, ...]]) -> Lead:
    return Lead(row.story_id, tuple(row.stems.split()), Span.of(row.published, row.collected_at))


def alike(connection: sa.Connection, fingerprint: str) -> Sequence[str]:
    """Return the articles that are likest a kept one, one a story; see the port."""
    own = _lead(connection.execute(_leads.where(articles.c.fingerprint == fingerprint)).one())
    near = neighbours(connection, own.stems, own.reported.widened, _MOST_ALIKE)
    rows = connection.execute(_leads.where(articles.c.id.in_(near)).order_by(articles.c.id))
    return likest(own, ((row.fingerprint, _lead(row)) for row in rows))


_MOST_ALIKE = 64  # articles compared in full: a story of many reports must leave room for others


def _opened(connection: sa.Connection, now: datetime) -> int:
    return int(connection.execute(sa.insert(stories).values(opened_at=now).returning(stories.c.id)).scalar_one())


def joined(connection: sa.Connection, fingerprint: str, to: str) -> bool:
    """Let the story of an article become part of another one's; see the port."""
    of = sa.select(articles.c.story_id)
    old, new = (connection.execute(of.where(articles.c.fingerprint == mark)).scalar_one() for mark in (fingerprint, to))
    if old == new:
        return False
    connection.execute(sa.update(articles).where(articles.c.story_id == old).values(story_id=new))
    for table in (seen, page_stories, saved, ratings):
        holder = next(iter(table.primary_key.columns))
        has_both = sa.select(holder).where(table.c.story_id == new)
        moved = sa.update(table).where(table.c.story_id == old, holder.not_in(has_both)).values(story_id=new)
        connection.execute(moved)
    connection.execute(sa.delete(stories).where(stories.c.id == old))
    return True


def split(connection: sa.Connection, fingerprint: str) -> Place | None:
    """Give an article and the copies of it a story of their own; see the port."""
    of = sa.select(articles.c.id, articles.c.story_id, articles.c.collected_at)
    number, shared, collected_at = connection.execute(of.where(articles.c.fingerprint == fingerprint)).one()
    with_copies = sa.or_(articles.c.id == number, articles.c.copy_of == number)
    is_other = sa.and_(articles.c.id != number, articles.c.copy_of.is_distinct_from(number))
    others = sa.select(articles.c.id).where(articles.c.story_id == shared, is_other)
    if connection.scalar(others.limit(1)) is None:
        return None
    story_id = _opened(connection, collected_at)
    connection.execute(sa.update(articles).where(with_copies).values(story_id=story_id))
    connection.execute(sa.update(articles).where(articles.c.id == number).values(copy_of=None))
    reopen(connection, (shared, story_id))
    return Place(story_id)
