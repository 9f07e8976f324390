"""The query behind a search: articles by words, source, topics and days, the newest first."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.arabic.terms import spellings
from bot.domain.search import Wanted
from bot.storage.tables import article_topics, articles, indexed, topics
from bot.storage.word_index import asked, first_of

_FEW = 2_000  # articles of a topic: it is quicker to begin with them than to ask of each number


def numbered(connection: sa.Connection, wanted: Wanted) -> sa.Select[Any]:
    """Return the query for articles and their stories that have the words, the source and the topics.

    Days are cut off as the index counts them, in UTC: those of the reader are left to ``of_days``.
    """
    query, number = _from_index(connection, wanted)
    if wanted.topics:
        query = query.where(_about(connection, wanted, number))
    if wanted.first:
        query = query.where(number >= first_of(wanted.first, -1))
    if wanted.last:
        query = query.where(number < first_of(wanted.last, 2))
    return query.order_by(number.desc())


def _from_index(connection: sa.Connection, wanted: Wanted) -> tuple[sa.Select[Any], sa.ColumnElement[int]]:
    """Return the query for what has the words and the source, and the number by which it comes."""
    query = sa.select(articles.c.id, articles.c.story_id)
    if not wanted.words and not wanted.source:
        return query.select_from(indexed), indexed.c.number
    words, source = ([spellings(word) for word in each] for each in (wanted.words, wanted.source))
    return asked(connection, query, words, source)


def _about(connection: sa.Connection, wanted: Wanted, number: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Return the condition for articles about one of the topics."""
    named = sa.select(topics.c.id).where(topics.c.name.in_(wanted.topics))
    about = article_topics.c.topic_id.in_(named)
    few = connection.scalars(sa.select(article_topics.c.article_id).where(about).limit(_FEW + 1)).all()
    if len(few) > _FEW:
        return sa.exists().where(about, article_topics.c.article_id == indexed.c.article_id)
    if number is indexed.c.number:
        return indexed.c.article_id.in_(few)
    others = indexed.alias()  # a set that is made once
    return (0 + number).in_(sa.select(others.c.number).where(others.c.article_id.in_(few)))  # no index may find it


def of_days(wanted: Wanted, zone: str) -> list[sa.ColumnElement[bool]]:
    """Return the conditions for articles of the days that are wanted: those of a reader in this zone."""
    conditions = []
    if wanted.first:
        begin = datetime.combine(wanted.first, time(), ZoneInfo(zone))
        conditions.append(_dated(articles.c.published >= wanted.first, articles.c.collected_at >= begin))
    if wanted.last:
        end = datetime.combine(wanted.last + timedelta(days=1), time(), ZoneInfo(zone))
        conditions.append(_dated(articles.c.published <= wanted.last, articles.c.collected_at < end))
    return conditions


def _dated(published: sa.ColumnElement[bool], collected: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return sa.or_(published, sa.and_(articles.c.published.is_(None), collected))
