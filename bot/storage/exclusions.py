"""What subscriptions leave out; used inside other queries and transactions."""

from collections.abc import Sequence

import sqlalchemy as sa

from bot.storage.tables import article_topics, articles, exclusions, receipts, subscriptions, topics


def unwanted() -> sa.ColumnElement[bool]:
    """Return whether a story is also about something that a subscription leaves out.

    The query around it has ``subscriptions`` and, of the story, ``articles``. What only others may see does not count.
    """
    of_story, about = articles.alias(), article_topics.alias()
    received = (
        sa.exists()
        .where(receipts.c.article_id == of_story.c.id, receipts.c.subscriber_id == subscriptions.c.subscriber_id)
        .correlate(of_story, subscriptions)
    )
    return (
        sa.exists()
        .where(exclusions.c.subscription_id == subscriptions.c.id, about.c.topic_id == exclusions.c.topic_id)
        .where(about.c.article_id == of_story.c.id, of_story.c.story_id == articles.c.story_id)
        .where(sa.or_(of_story.c.for_everyone_since.is_not(None), received))
        .correlate(articles, subscriptions)
    )


def excluded(connection: sa.Connection, subscriber_id: int) -> dict[int, list[str]]:
    """Return the names that the subscriptions of a subscriber leave out, by the subscription's id."""
    query = (
        sa.select(exclusions.c.subscription_id, topics.c.name)
        .join(topics, topics.c.id == exclusions.c.topic_id)
        .join(subscriptions, subscriptions.c.id == exclusions.c.subscription_id)
        .where(subscriptions.c.subscriber_id == subscriber_id)
        .order_by(exclusions.c.subscription_id, exclusions.c.place)
    )
    names: dict[int, list[str]] = {}
    for subscription_id, name in connection.execute(query):
        names.setdefault(subscription_id, []).append(name)
    return names


def leave_out(connection: sa.Connection, subscriber_id: int, name: str, without: Sequence[str]) -> bool:
    """Let a subscription be without the stories of these kept topics and no others; tell if that is a change."""
    subscription = (
        sa.select(subscriptions.c.id)
        .join(topics, topics.c.id == subscriptions.c.topic_id)
        .where(subscriptions.c.subscriber_id == subscriber_id, topics.c.name == name)
    )
    number = connection.scalar(subscription)
    if number is None:
        return False
    ids = dict(connection.execute(sa.select(topics.c.name, topics.c.id).where(topics.c.name.in_(without))).all())
    kept = [each for each in dict.fromkeys(without) if each in ids and each != name]
    if excluded(connection, subscriber_id).get(number, []) == kept:
        return False
    connection.execute(sa.delete(exclusions).where(exclusions.c.subscription_id == number))
    if kept:
        rows = [{"subscription_id": number, "topic_id": ids[each], "place": place} for place, each in enumerate(kept)]
        connection.execute(sa.insert(exclusions), rows)
    return True
