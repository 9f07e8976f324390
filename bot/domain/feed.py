"""Feeds that are looked at for new articles: when, and what came of it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.unread import Reason

USUAL = timedelta(minutes=15)
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(days=1)
_TOLD_AFTER = 5  # failures in a row; with 15 minutes as usual that is after seven hours
_SPREAD = 60  # seconds; feeds that were added together are not asked together for ever


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that an editor added; ``etag`` and ``last_modified`` let its server say that nothing is new.

    ``polled_at`` is when it was read last; ``failures`` counts those since then. ``is_told`` says that the owners know
    that it fails.
    """

    id: int
    url: str
    title: str
    site: str | None
    every: timedelta
    due_at: datetime
    added_by: int
    etag: str | None = None
    last_modified: str | None = None
    polled_at: datetime | None = None
    failures: int = 0
    is_told: bool = False

    @property
    def is_failing(self) -> bool:
        """Whether the owners should know."""
        return self.failures >= _TOLD_AFTER


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One article as a feed tells it; ``mark`` is equal for the same entry whenever the feed is read."""

    mark: str
    title: str
    text: str
    link: str | None
    published: date | None
    moment: datetime | None
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeedRead:
    """What a feed has now, newest first as most have it; ``url`` is where it was found in the end."""

    url: str
    title: str
    site: str | None
    entries: tuple[FeedEntry, ...]
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class FeedUnchanged:
    """Nothing is there that we have not read."""


@dataclass(frozen=True, slots=True)
class FeedFailed:
    """Why a feed could not be read, and for how long its server asks us to wait."""

    reason: Reason
    retry_after: timedelta | None = None


def succeeded(feed: Feed, found: FeedRead | FeedUnchanged, now: datetime) -> Feed:
    """Return the feed after it was read: due again after its interval."""
    due_at = now + feed.every + timedelta(seconds=feed.id * 7 % _SPREAD)
    read = replace(feed, due_at=due_at, polled_at=now, failures=0, is_told=False)
    if isinstance(found, FeedUnchanged):
        return read
    return replace(
        read,
        title=found.title or feed.title,
        site=found.site or feed.site,
        etag=found.etag,
        last_modified=found.last_modified,
    )


def failed(feed: Feed, failure: FeedFailed, now: datetime) -> Feed:
    """Return the feed after it could not be read: each time it waits twice as long, up to a day."""
    failures = feed.failures + 1
    wait = min(feed.every * 2 ** min(failures, 10), LONGEST)
    return replace(feed, due_at=now + max(wait, failure.retry_after or wait), failures=failures)


_AT_FIRST, _FIRST_SPAN, _AT_ONCE = 10, timedelta(days=2), 50


def to_take(feed: Feed, entries: tuple[FeedEntry, ...], now: datetime) -> tuple[FeedEntry, ...]:
    """Return which new entries to take, oldest first: of a feed read for the first time the newest ten of two days."""
    if feed.polled_at is None:
        recent = [entry for entry in entries if _moment(entry, now) >= now - _FIRST_SPAN][:_AT_FIRST]
    else:
        recent = list(entries[:_AT_ONCE])
    recent.reverse()  # entries without a moment stay in the order of the feed, which has the newest first
    return tuple(sorted(recent, key=lambda entry: _moment(entry, now)))


def _moment(entry: FeedEntry, now: datetime) -> datetime:
    if entry.moment:
        return entry.moment
    if entry.published:
        return datetime(entry.published.year, entry.published.month, entry.published.day, 23, 59, tzinfo=now.tzinfo)
    return now
