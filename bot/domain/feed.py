"""Feeds that are looked at for new articles: when, and what came of it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.unread import Reason

OPERATOR = 0  # who adds a feed on the command line, where others have their user id
USUAL = timedelta(minutes=15)
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(days=1)
_TOLD_AFTER = 5  # failures in a row; with 15 minutes as usual that is after seven hours
_SPREAD = 60  # seconds; feeds that were added together are not asked together for ever


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that an editor added; ``etag`` and ``last_modified`` let its server say that nothing is new.

    ``polled_at`` is when it was read last; ``failures`` counts those since then, ``reason`` is that of the last one.
    ``is_told`` says that the owners know that it fails.
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
    reason: Reason | None = None

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


def succeeded(feed: Feed, found: FeedRead | FeedUnchanged, now: datetime, *, is_left: bool = False) -> Feed:
    """Return the feed after it was read: due again after its interval.

    Where entries are left for the next time, its server must not say then that nothing is new.
    """
    due_at = now + feed.every + timedelta(seconds=feed.id * 7 % _SPREAD)
    read = replace(feed, due_at=due_at, polled_at=now, failures=0, is_told=False, reason=None)
    if isinstance(found, FeedUnchanged):
        return read
    return replace(
        read,
        title=found.title or feed.title,
        site=found.site or feed.site,
        etag=None if is_left else found.etag,
        last_modified=None if is_left else found.last_modified,
    )


_LONGEST_ASKED = timedelta(days=7)  # a server that asks us to wait for a year is asked again all the same


def failed(feed: Feed, failure: FeedFailed, now: datetime) -> Feed:
    """Return the feed after it could not be read: each time it waits twice as long, up to a day."""
    failures = feed.failures + 1
    wait = min(feed.every * 2 ** min(failures, 10), LONGEST)
    asked = min(failure.retry_after or wait, _LONGEST_ASKED)
    return replace(feed, due_at=now + max(wait, asked), failures=failures, reason=failure.reason)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which entries to take now, oldest first, and the marks of those that are left for the next time."""

    entries: tuple[FeedEntry, ...]
    left: frozenset[str] = frozenset()


_AT_FIRST, _FIRST_SPAN, _AT_ONCE = 10, timedelta(days=2), 50


def to_take(feed: Feed, entries: tuple[FeedEntry, ...], taken: Collection[str], now: datetime) -> Chosen:
    """Choose among the entries that are not taken; of a feed read for the first time, the newest ten of two days.

    The oldest come first, since they are the next to leave the feed.
    """
    ordered = list(reversed(entries))  # most feeds have the newest first
    ordered.sort(key=lambda entry: _moment(entry, now))
    if feed.polled_at is None:
        ordered = [entry for entry in ordered if _moment(entry, now) >= now - _FIRST_SPAN][-_AT_FIRST:]
    new = [entry for entry in ordered if entry.mark not in taken]
    return Chosen(tuple(new[:_AT_ONCE]), frozenset(entry.mark for entry in new[_AT_ONCE:]))


def _moment(entry: FeedEntry, now: datetime) -> datetime:
    if entry.moment:
        return entry.moment
    if entry.published:
        return datetime(entry.published.year, entry.published.month, entry.published.day, 23, 59, tzinfo=now.tzinfo)
    return now


_PASSING = frozenset({
    Reason.UNREACHABLE, Reason.TOO_SLOW, Reason.BROKEN, Reason.BUSY, Reason.SERVER_FAILED,
})  # fmt: skip
_MOST_TRIES = 8  # with 15 minutes as usual that is after two hours
_YOUNG = timedelta(hours=3)


def is_passing(reason: Reason) -> bool:
    """Tell if a page that could not be read for this reason may be back soon."""
    return reason in _PASSING


def may_wait(feed: Feed, entry: FeedEntry, tries: int, now: datetime) -> bool:
    """Tell if an entry that was tried so often in vain is tried again; one without a clock is as old as that."""
    age = now - entry.moment if entry.moment else tries * feed.every
    return age < _YOUNG and tries < _MOST_TRIES
