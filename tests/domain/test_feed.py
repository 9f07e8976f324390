"""When feeds are looked at, and what is taken of them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.feed import (
    LONGEST,
    USUAL,
    Feed,
    FeedEntry,
    FeedFailed,
    FeedRead,
    FeedUnchanged,
    failed,
    succeeded,
    to_take,
)
from bot.domain.unread import Reason
from tests.builders import HOUR, NOW

FEED = Feed(3, "https://a.example/rss", "", None, USUAL, NOW, 1001)
BUSY = FeedFailed(Reason.BUSY)


def an_entry(number: int, hours_ago: int | None = 1) -> FeedEntry:
    moment = None if hours_ago is None else NOW - hours_ago * HOUR
    return FeedEntry(f"m{number}", f"خبر {number}", "", None, None, moment, ())


def test_a_feed_that_was_read_waits_for_its_interval() -> None:
    after = succeeded(FEED, FeedUnchanged(), NOW)

    assert timedelta(0) <= after.due_at - NOW - USUAL < timedelta(minutes=1)


def test_what_a_feed_says_of_itself_is_kept_and_what_it_does_not_say_stays() -> None:
    first = succeeded(FEED, FeedRead(FEED.url, "القلم", "https://a.example/", (), "tag", "date"), NOW)
    then = succeeded(first, FeedRead(FEED.url, "", None, ()), NOW + HOUR)

    assert (first.title, first.site, first.etag, first.last_modified) == ("القلم", "https://a.example/", "tag", "date")
    assert (then.title, then.site, then.etag) == ("القلم", "https://a.example/", None)


@given(st.integers(1, 40))
def test_a_failing_feed_waits_longer_each_time_and_at_most_a_day(times: int) -> None:
    feed, waits = FEED, []
    for _ in range(times):
        feed = failed(feed, BUSY, NOW)
        waits.append(feed.due_at - NOW)

    assert waits == sorted(waits)
    assert max(waits) <= LONGEST
    assert feed.is_failing == (times >= 5)


def test_a_feed_waits_as_long_as_its_server_asks() -> None:
    assert failed(FEED, replace(BUSY, retry_after=3 * HOUR), NOW).due_at == NOW + 3 * HOUR


def test_a_feed_that_works_again_counts_its_failures_anew() -> None:
    assert succeeded(failed(FEED, BUSY, NOW), FeedUnchanged(), NOW).failures == 0


def test_of_a_new_feed_the_newest_ten_of_two_days_are_taken_oldest_first() -> None:
    entries = tuple(an_entry(number, hours_ago=number) for number in range(60))

    assert [entry.mark for entry in to_take(FEED, entries, NOW)] == [f"m{number}" for number in range(9, -1, -1)]
    assert to_take(FEED, (an_entry(1, hours_ago=49),), NOW) == ()


def test_of_a_known_feed_all_that_is_new_is_taken() -> None:
    entries = tuple(an_entry(number, hours_ago=100 + number) for number in range(30))

    assert len(to_take(replace(FEED, polled_at=NOW), entries, NOW)) == 30


def test_entries_without_a_moment_are_taken_from_the_end_of_the_feed() -> None:
    entries = tuple(an_entry(number, hours_ago=None) for number in range(3))

    assert [entry.mark for entry in to_take(FEED, entries, NOW)] == ["m2", "m1", "m0"]


@pytest.mark.parametrize("hours", [0, 1])
def test_an_entry_of_a_day_counts_as_its_evening(hours: int) -> None:
    entry = replace(an_entry(1, hours_ago=None), published=(NOW - timedelta(days=1, hours=hours)).date())

    assert to_take(FEED, (entry,), NOW) == (entry,)
