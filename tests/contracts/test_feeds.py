"""What everything that keeps feeds promises."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.delivery import Status
from bot.domain.feed import Feed
from bot.domain.unread import Reason
from tests.builders import HOUR, MINUTE, NOW, a_page
from tests.contracts.worlds import World


def a_feed(url: str = "https://a.example/rss", **fields: object) -> Feed:
    feed = Feed(0, url, "أخبار الضفة", "https://a.example/", 15 * MINUTE, NOW, 1001)
    return replace(feed, **fields)  # type: ignore[arg-type]


async def test_a_feed_is_kept_once_under_its_address(world: World) -> None:
    first, is_new = await world.feeds.add(a_feed())
    again, is_new_again = await world.feeds.add(a_feed(title="عنوان آخر", every=HOUR))

    assert (is_new, is_new_again) == (True, False)
    assert again == first
    assert await world.feeds.all() == [first]


async def test_a_feed_has_the_interval_that_it_was_given_last(world: World) -> None:
    feed, _ = await world.feeds.add(a_feed())

    await world.feeds.pace(feed.id, HOUR)

    assert await world.feeds.all() == [replace(feed, every=HOUR)]


async def test_feeds_are_due_by_their_time_longest_waiting_first(world: World) -> None:
    for name, wait in (("a", 0), ("b", -2), ("c", 5), ("d", -1)):
        await world.feeds.add(a_feed(f"https://{name}.example/rss", due_at=NOW + timedelta(minutes=wait)))

    assert [feed.url[8] for feed in await world.feeds.due(NOW, 2)] == ["b", "d"]
    assert [feed.url[8] for feed in await world.feeds.due(NOW, 9)] == ["b", "d", "a"]


async def test_what_a_look_came_to_is_kept_with_the_pages_that_tell_of_it(world: World) -> None:
    feed, _ = await world.feeds.add(a_feed())
    after = replace(feed, etag="x", last_modified="y", polled_at=NOW, failures=5, is_told=True, due_at=NOW + HOUR)
    after = replace(after, reason=Reason.BUSY)

    await world.feeds.settle(after, [replace(a_page(), chat_id=1001)], NOW)

    (delivery,) = await world.deliveries.claim(NOW, 9, ())
    assert await world.feeds.all() == [after]
    assert (delivery.chat_id, delivery.status) == (1001, Status.SENDING)


async def test_an_entry_is_taken_until_its_feed_has_it_no_more(world: World) -> None:
    feed, _ = await world.feeds.add(a_feed())
    await world.feeds.take(feed.id, ["m1", "m2", "m1"], NOW)
    await world.feeds.take(feed.id, ["m2"], NOW + HOUR)

    other, _ = await world.feeds.add(a_feed("https://b.example/rss"))
    await world.feeds.take(other.id, ["m1"], NOW)

    forgotten = await world.feeds.forget(feed.id, NOW + MINUTE)

    assert forgotten == 1
    assert await world.feeds.taken(feed.id, ["m1", "m2", "m3"]) == {"m2"}
    assert await world.feeds.taken(other.id, ["m1"]) == {"m1"}


async def test_an_entry_that_waits_is_not_taken_and_its_tries_are_counted_until_it_is(world: World) -> None:
    feed, _ = await world.feeds.add(a_feed())

    tries = [await world.feeds.put_off(feed.id, "m1", NOW) for _ in range(3)]
    waiting = await world.feeds.taken(feed.id, ["m1"])
    await world.feeds.take(feed.id, ["m1", "m2"], NOW)

    assert tries == [1, 2, 3]
    assert waiting == frozenset()
    assert await world.feeds.taken(feed.id, ["m1", "m2"]) == {"m1", "m2"}


async def test_a_removed_feed_takes_its_entries_along(world: World) -> None:
    feed, _ = await world.feeds.add(a_feed())
    await world.feeds.take(feed.id, ["m1"], NOW)

    await world.feeds.remove(feed.id)
    await world.feeds.take(feed.id, ["m2"], NOW)
    await world.feeds.put_off(feed.id, "m3", NOW)

    assert await world.feeds.all() == []
    assert await world.feeds.taken(feed.id, ["m1", "m2"]) == frozenset()
