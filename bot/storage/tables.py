"""The tables, for SQLite and PostgreSQL alike; every change of them is an Alembic migration."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; SQLite has no zones of its own."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - its interface
        """Turn a moment into UTC; a naive one is a mistake of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - its interface
        """Mark what SQLite returns without a zone as the UTC it is."""
        return None if value is None else value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC)


metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _key(name: str, target: str) -> "sa.Column[int]":
    return sa.Column(name, sa.ForeignKey(target, ondelete="CASCADE"), nullable=False)


updates = sa.Table(
    "updates",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("received_at", Instant, nullable=False),
    sa.Column("status", sa.Text, nullable=False),  # received, handling, done, failed
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("not_before", Instant),
    sa.Column("error", sa.Text),
    sa.Column("settled_at", Instant),
)
_WAITING = sa.text("status IN ('received', 'handling')")
sa.Index("ix_updates_waiting", updates.c.chat_id, updates.c.id, sqlite_where=_WAITING, postgresql_where=_WAITING)

sources = sa.Table(
    "sources",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("link", sa.Text),
    sa.UniqueConstraint("kind", "name", "link"),
)

stories = sa.Table(
    "stories",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("opened_at", Instant, nullable=False),
)

articles = sa.Table(
    "articles",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("fingerprint", sa.Text, nullable=False, unique=True),
    _key("story_id", "stories.id"),
    sa.Column("copy_of", sa.ForeignKey("articles.id")),  # the first of all alike; who deletes that names another
    sa.Column("source_id", sa.ForeignKey("sources.id")),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("summary", sa.JSON, nullable=False),
    sa.Column("summary_version", sa.Text, nullable=False),
    sa.Column("stems", sa.Text, nullable=False),
    sa.Column("published", sa.Date),
    sa.Column("link", sa.Text),
    sa.Column("for_everyone_since", Instant),
    sa.Column("collected_at", Instant, nullable=False, index=True),
    sa.Index("ix_articles_for_everyone_since", "for_everyone_since"),
    sa.Index("ix_articles_story_id", "story_id"),
    sa.Index("ix_articles_copy_of", "copy_of"),
)

source_lines = sa.Table(
    "source_lines",
    metadata,
    sa.Column("source_id", sa.ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("line", sa.Text, primary_key=True),  # its fingerprint
    sa.Column("days", sa.Integer, nullable=False),  # on which an article had it
    sa.Column("last_on", sa.Date, nullable=False),
    sa.Index("ix_source_lines_last_on", "last_on"),
)

shingles = sa.Table(
    "shingles",
    metadata,
    sa.Column("number", sa.BigInteger, primary_key=True),
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Index("ix_shingles_article_id", "article_id"),
    sqlite_with_rowid=False,
)

# The engine's own index of leads; bot/storage/leads.py alone knows it. In SQLite a day is a word like any other, so
# that the index itself leaves out all other days, the tokenizer must change nothing, and whoever deletes an article
# deletes its row.
LEAD_INDEX = "lead_index"
_CREATE_LEAD_INDEX = {
    "sqlite": (
        f"CREATE VIRTUAL TABLE {LEAD_INDEX} USING fts5(days, stems, tokenize = 'unicode61 remove_diacritics 0')",
    ),
    "postgresql": (
        f"""CREATE TABLE {LEAD_INDEX} (article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
        first_day INTEGER NOT NULL, last_day INTEGER NOT NULL, stems TSVECTOR NOT NULL)""",
        f"CREATE INDEX ix_lead_index_stems ON {LEAD_INDEX} USING gin (stems)",
        f"CREATE INDEX ix_lead_index_last_day_first_day ON {LEAD_INDEX} (last_day, first_day)",
    ),
}


@sa.event.listens_for(metadata, "after_create")
def _create_lead_index(_: sa.MetaData, connection: sa.Connection, **__: Any) -> None:
    create_lead_index(connection)


def create_lead_index(connection: sa.Connection) -> None:
    """Create the index, which SQLAlchemy cannot describe."""
    for statement in _CREATE_LEAD_INDEX[connection.dialect.name]:
        connection.exec_driver_sql(statement)


# Which article each number of the index of words stands for: none once it says something else or is gone.
indexed = sa.Table(
    "indexed",
    metadata,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),  # ascends with the day of the article
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="SET NULL")),
    sa.Column("words", sa.Text),  # as SQLite's index has them, without which it forgets nothing; of private articles
    sa.Index("ix_indexed_article_id", "article_id"),
)

# The engine's own index of words; bot/storage/word_index.py alone knows it. In SQLite its words come as stems, parted
# by spaces.
WORD_INDEX = "word_index"
_CREATE_WORD_INDEX = {
    "sqlite": (
        f"""CREATE VIRTUAL TABLE {WORD_INDEX}
        USING fts5(words, content = '', detail = none, columnsize = 0, tokenize = 'ascii')""",
    ),
    "postgresql": (
        f"""CREATE TABLE {WORD_INDEX} (number BIGINT PRIMARY KEY REFERENCES indexed (number) ON DELETE CASCADE,
        words TSVECTOR NOT NULL)""",
        f"CREATE INDEX ix_word_index_words ON {WORD_INDEX} USING gin (words)",
    ),
}


@sa.event.listens_for(metadata, "after_create")
def _create_word_index(_: sa.MetaData, connection: sa.Connection, **__: Any) -> None:
    create_word_index(connection)


def create_word_index(connection: sa.Connection) -> None:
    """Create the index, which SQLAlchemy cannot describe."""
    for statement in _CREATE_WORD_INDEX[connection.dialect.name]:
        connection.exec_driver_sql(statement)


receipts = sa.Table(
    "receipts",
    metadata,
    sa.Column("subscriber_id", sa.ForeignKey("subscribers.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("receipt", sa.Text, nullable=False),
    sa.Column("received_at", Instant, nullable=False),
    sa.Index("ix_receipts_subscriber_id_received_at", "subscriber_id", "received_at"),
)

addresses = sa.Table(
    "addresses",
    metadata,
    sa.Column("address", sa.Text, primary_key=True),
    _key("article_id", "articles.id"),
    sa.Column("seen_at", Instant, nullable=False, index=True),
    sa.Index("ix_addresses_article_id", "article_id"),
)

fetches = sa.Table(
    "fetches",
    metadata,
    sa.Column("subscriber_id", sa.ForeignKey("subscribers.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("receipt", sa.Text, primary_key=True),  # the message that asked
    sa.Column("place", sa.Text, primary_key=True),  # an address, or a file's id
    sa.Column("fetched_at", Instant, nullable=False, index=True),
)

arrivals = sa.Table(
    "arrivals",
    metadata,
    sa.Column("receipt", sa.Text, primary_key=True),  # each message that brought an article, and which one
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("subscriber_id", sa.ForeignKey("subscribers.id", ondelete="CASCADE")),  # none for a channel
)

parts = sa.Table(
    "parts",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("first_id", sa.BigInteger, nullable=False),  # the message with which the text begins
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("kept_at", Instant, nullable=False),
)

channels = sa.Table(
    "channels",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("username", sa.Text),
    sa.Column("enabled_by", sa.BigInteger, nullable=False),  # or who showed it to us
    sa.Column("enabled_at", Instant),
)

tags = sa.Table(
    "tags",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("uses", sa.Integer, nullable=False, server_default="0"),  # articles that carry it
    sa.Column(
        "mentions", sa.Integer, nullable=False, server_default="0"
    ),  # articles that mention it, since it is known
    sa.Column("is_guess", sa.Boolean, nullable=False, server_default=sa.false()),  # nobody wrote it apart
    sa.Column(
        "changed_by", sa.Integer, nullable=False, server_default="0", index=True
    ),  # the last article that counted
)

article_tags = sa.Table(
    "article_tags",
    metadata,
    sa.Column("tag_id", sa.ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("is_suggested", sa.Boolean, nullable=False, server_default=sa.false()),  # by us, not by its writer
    sa.Index("ix_article_tags_article_id", "article_id"),
)

topics = sa.Table(
    "topics",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("forms", sa.JSON, nullable=False),
    sa.Column("is_own", sa.Boolean, nullable=False, server_default=sa.false()),  # loaded by the operator
)

article_topics = sa.Table(
    "article_topics",
    metadata,
    sa.Column("topic_id", sa.ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("mentions", sa.Integer, nullable=False),
    sa.Index("ix_article_topics_article_id", "article_id"),
)

subscribers = sa.Table(
    "subscribers",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("thread_id", sa.BigInteger, nullable=False, server_default="0"),  # a forum's topic, 0 for none
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("standing", sa.Text, nullable=False),
    sa.Column("since", Instant, nullable=False),
    sa.UniqueConstraint("chat_id", "thread_id"),
    sqlite_autoincrement=True,  # no number is given again once somebody is forgotten
)

schedules = sa.Table(
    "schedules",
    metadata,
    sa.Column("subscriber_id", sa.ForeignKey("subscribers.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("times", sa.JSON, nullable=False),  # wall-clock times, "HH:MM"
    sa.Column("zone", sa.Text, nullable=False),
    sa.Column("digest_at", Instant),  # the next promised moment; none while the subscriber is paused
    sa.Column("digested_at", Instant),
    sa.Column("days", sa.Text, nullable=False, server_default="1234567"),  # ISO weekdays, 1 is Monday
    sa.Column("quiet_from", sa.Text),  # "HH:MM"
    sa.Column("quiet_to", sa.Text),
    sa.Column("away_since", Instant),
    sa.Column("away_until", Instant),
    sa.Column("weekly_on", sa.Integer),  # an ISO weekday
    sa.Column("weekly_at", sa.Text),
    sa.Column("review_at", Instant),  # the next weekly review; none while the subscriber is paused or wants none
)
sa.Index(
    "ix_schedules_due",
    schedules.c.digest_at,
    schedules.c.subscriber_id,
    sqlite_where=schedules.c.digest_at.is_not(None),
    postgresql_where=schedules.c.digest_at.is_not(None),
)

sa.Index(
    "ix_schedules_review",
    schedules.c.review_at,
    schedules.c.subscriber_id,
    sqlite_where=schedules.c.review_at.is_not(None),
    postgresql_where=schedules.c.review_at.is_not(None),
)

subscriptions = sa.Table(
    "subscriptions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _key("subscriber_id", "subscribers.id"),
    _key("topic_id", "topics.id"),
    sa.Column("since", Instant, nullable=False),
    sa.Column("at_once_since", Instant),  # none while its stories wait for the digest
    sa.UniqueConstraint("subscriber_id", "topic_id"),
)
_AT_ONCE = sa.text("at_once_since IS NOT NULL")
sa.Index("ix_subscriptions_at_once", subscriptions.c.topic_id, sqlite_where=_AT_ONCE, postgresql_where=_AT_ONCE)

exclusions = sa.Table(
    "exclusions",
    metadata,
    sa.Column("subscription_id", sa.ForeignKey("subscriptions.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("topic_id", sa.ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("place", sa.Integer, nullable=False),
)

preferences = sa.Table(
    "preferences",
    metadata,
    sa.Column("subscriber_id", sa.ForeignKey("subscribers.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("stories", sa.Integer, nullable=False),
    sa.Column("previews", sa.Boolean, nullable=False),
    sa.Column("is_quiet", sa.Boolean, nullable=False),
    sa.Column("tells_no_news", sa.Boolean, nullable=False),
    sa.Column("eastern_digits", sa.Boolean, nullable=False),
    sa.Column("hijri", sa.Boolean, nullable=False),
)

mutes = sa.Table(
    "mutes",
    metadata,
    sa.Column("subscriber_id", sa.ForeignKey("subscribers.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("topic_id", sa.ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("since", Instant, nullable=False),
    sa.Column("until", Instant),  # none: until the subscriber ends it
    sa.Column("before", Instant),  # the end of the mute that this one replaced
)

ratings = sa.Table(
    "ratings",
    metadata,
    sa.Column("subscriber_id", sa.ForeignKey("subscribers.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("story_id", sa.ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("is_liked", sa.Boolean, nullable=False),
    sa.Column("topics", sa.JSON, nullable=False),  # names: what the reader was shown it for
    sa.Column("source", sa.Text),
    sa.Column("rated_at", Instant, nullable=False),
)

digests = sa.Table(
    "digests",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _key("subscriber_id", "subscribers.id"),
    sa.Column("key", sa.Text, nullable=False),  # one promise, kept once
    sa.Column("slot", Instant, nullable=False),
    sa.Column("at_once_for", sa.Text),  # the name of the topic of a story that is sent at once
    sa.Column("away_since", Instant),  # set where a digest looks back over a vacation
    sa.UniqueConstraint("subscriber_id", "key"),
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("digest_id", sa.ForeignKey("digests.id", ondelete="CASCADE")),
    sa.Column("update_id", sa.BigInteger),  # what it answers, if it is no digest
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("buttons", sa.JSON, nullable=False),
    sa.Column("reply", sa.Text),  # what the page does with the keyboard in place of the reader's own
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("not_before", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("repeats", sa.Integer, nullable=False),
    sa.Column("is_plain", sa.Boolean, nullable=False),
    sa.Column("message_id", sa.BigInteger),
    sa.Column("error", sa.Text),
    sa.Column("is_quiet", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("edits", sa.BigInteger),  # the message that takes the text, if it is no new one
    sa.Column("file", sa.Text),  # the name of the file that comes with it, made when it is sent
    sa.Column("picture", sa.JSON(none_as_null=True)),  # the chart that is drawn when it is sent
    sa.Column("thread_id", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("has_preview", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.UniqueConstraint("digest_id", "number"),
    sa.UniqueConstraint("update_id", "number"),
)
_OPEN = sa.text("status IN ('planned', 'sending', 'unknown')")
sa.Index("ix_deliveries_chat_id_message_id", deliveries.c.chat_id, deliveries.c.message_id)
sa.Index("ix_deliveries_open", deliveries.c.chat_id, deliveries.c.id, sqlite_where=_OPEN, postgresql_where=_OPEN)

page_stories = sa.Table(
    "page_stories",
    metadata,
    sa.Column("delivery_id", sa.ForeignKey("deliveries.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("story_id", sa.ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("place", sa.Integer, nullable=False, server_default="0"),
    sa.Column("importance", sa.JSON(none_as_null=True)),  # what put it there
)

seen = sa.Table(
    "seen",
    metadata,
    sa.Column("subscriber_id", sa.ForeignKey("subscribers.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("story_id", sa.ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("seen_at", Instant, nullable=False),
)

saved = sa.Table(
    "saved",
    metadata,
    sa.Column("subscriber_id", sa.ForeignKey("subscribers.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("story_id", sa.ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("saved_at", Instant, nullable=False),
    sa.Index("ix_saved_story_id", "story_id"),
)

searches = sa.Table(
    "searches",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _key("subscriber_id", "subscribers.id"),
    sa.Column("receipt", sa.Text, nullable=False),  # the message that asked
    sa.Column("asked", sa.Text, nullable=False),
    sa.Column("asked_at", Instant, nullable=False, index=True),
    sa.UniqueConstraint("subscriber_id", "receipt"),
)

editors = sa.Table(
    "editors",
    metadata,
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("named_by", sa.BigInteger, nullable=False),
    sa.Column("since", Instant, nullable=False),
)

submissions = sa.Table(
    "submissions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, unique=True),
    sa.Column("sender_id", sa.ForeignKey("subscribers.id", ondelete="SET NULL")),  # the first
    sa.Column("submitted_at", Instant, nullable=False),
    sa.Column("verdict", sa.Text),  # none while it waits
    sa.Column("decided_at", Instant),
    sa.Column("decided_by", sa.BigInteger),
    sa.Column("decided_name", sa.Text),
)
_UNDECIDED = sa.text("verdict IS NULL")
sa.Index("ix_submissions_waiting", submissions.c.id, sqlite_where=_UNDECIDED, postgresql_where=_UNDECIDED)

asks = sa.Table(
    "asks",
    metadata,
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("chat_id", sa.BigInteger, primary_key=True),
    _key("delivery_id", "deliveries.id"),
    sa.Column("asked_at", Instant, nullable=False),
    sa.Column("closed_at", Instant),  # since its message shows the verdict
)
_UNCLOSED = sa.text("closed_at IS NULL")
sa.Index("ix_asks_open", asks.c.chat_id, asks.c.article_id, sqlite_where=_UNCLOSED, postgresql_where=_UNCLOSED)
sa.Index("ix_asks_chat_id_asked_at", asks.c.chat_id, asks.c.asked_at)

feeds = sa.Table(
    "feeds",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("url", sa.Text, nullable=False, unique=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("site", sa.Text),
    sa.Column("every", sa.Integer, nullable=False),  # seconds
    sa.Column("due_at", Instant, nullable=False, index=True),
    sa.Column("added_by", sa.BigInteger, nullable=False),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("polled_at", Instant),
    sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
    sa.Column("is_told", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("reason", sa.Text),  # of the last failure
)

feed_entries = sa.Table(
    "feed_entries",
    metadata,
    sa.Column("feed_id", sa.ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("mark", sa.Text, primary_key=True),
    sa.Column("seen_at", Instant, nullable=False, index=True),
    sa.Column("tries", sa.Integer),  # in vain; none once it is taken
)
