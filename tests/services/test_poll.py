"""Looking at one feed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.article import Facts, Source, SourceKind
from bot.domain.feed import USUAL, Feed, FeedEntry, FeedFailed
from bot.domain.unread import Found, Reason, Unread
from bot.services.poll import Polled
from tests.builders import HOUR, MINUTE, NOW, TITLE, a_body
from tests.services.stage import OWNER, Stage

URL = "https://qalam.example/rss"


async def polled(stage: Stage) -> Polled:
    """Look at the feed as it is kept, at first a new one."""
    kept = await stage.feeds.all()
    feed = kept[0] if kept else (await stage.feeds.add(Feed(0, URL, URL, None, USUAL, NOW, OWNER)))[0]
    return await stage.poll(feed)


def a_teaser(mark: str = "قمح", **fields: object) -> FeedEntry:
    link, moment = f"https://qalam.example/{mark}", NOW - MINUTE
    entry = FeedEntry(mark, f"{TITLE} {mark}", a_body(mark)[0], link, None, moment, ())
    return replace(entry, **fields)  # type: ignore[arg-type]


def an_entry(mark: str, hours: int = 1) -> FeedEntry:
    text = "\n".join((*a_body(mark), *a_body(f"{mark}ي"), *a_body(f"{mark}ن")))
    return a_teaser(mark, text=text, moment=NOW - hours * HOUR)


def a_page(mark: str = "قمح") -> Found:
    return Found("\n".join((f"{TITLE} {mark}", *a_body(f"{mark} كاملا"))), Facts(f"{TITLE} {mark}"))


def titles(stage: Stage) -> list[str]:
    return [kept.article.title.removeprefix(TITLE).strip() for kept in stage.world.articles.values()]


def bodies(stage: Stage) -> list[tuple[str, ...]]:
    return [kept.article.body for kept in stage.world.articles.values()]


async def test_a_whole_entry_is_an_article_for_everyone_from_the_feed(stage: Stage) -> None:
    stage.fetch_feed.hold(URL, an_entry("قمح"))

    looked = await polled(stage)

    (kept,) = stage.world.articles.values()
    assert looked.new == 1
    assert kept.article.source == Source(SourceKind.SITE, "صحيفة القلم", "https://qalam.example/")
    assert kept.for_everyone_since == NOW
    assert stage.fetch.asked == []


async def test_more_entries_than_one_look_takes_all_come_though_the_feed_does_not_change(stage: Stage) -> None:
    stage.fetch_feed.hold(URL)
    await polled(stage)
    stage.fetch_feed.hold(URL, *(an_entry(f"خبر{number}", number) for number in range(120)), etag="v1")

    looks = [await polled(stage) for _ in range(4)]

    assert [look.new for look in looks] == [50, 50, 20, 0]
    assert titles(stage) == [f"خبر{number}" for number in range(119, -1, -1)]
    assert [tag for _, tag in stage.fetch_feed.asked] == [None, None, None, None, "v1"]


@pytest.mark.parametrize("moment", [NOW - MINUTE, None], ids=["with a clock", "without one"])
async def test_a_young_entry_whose_page_failed_in_passing_is_read_when_the_page_is_back(
    stage: Stage, moment: object
) -> None:
    entry = a_teaser(moment=moment)
    stage.fetch_feed.hold(URL, entry, etag="v1")
    stage.fetch.pages[entry.link or ""] = Unread(Reason.TOO_SLOW)
    failed = await polled(stage)
    stage.fetch.pages[entry.link or ""] = a_page()

    after, again = await polled(stage), await polled(stage)

    assert (failed.new, failed.feed.failures, after.new, again.new) == (0, 0, 1, 0)
    assert bodies(stage) == [a_body("قمح كاملا")]
    assert [tag for _, tag in stage.fetch_feed.asked] == [None, None, "v1"]


async def test_an_entry_is_tried_so_often_and_then_its_teaser_is_taken(stage: Stage) -> None:
    entry = a_teaser(moment=NOW + HOUR)  # a clock that is wrong does not make it wait for ever
    stage.fetch_feed.hold(URL, entry)
    stage.fetch.pages[entry.link or ""] = Unread(Reason.SERVER_FAILED)

    looks = [await polled(stage) for _ in range(10)]

    assert [look.new for look in looks] == [0] * 7 + [1, 0, 0]
    assert bodies(stage) == [a_body("قمح")[:1]]
    assert len(stage.fetch.asked) == 8


async def test_the_teaser_of_an_entry_that_is_not_young_any_more_is_taken(stage: Stage) -> None:
    entry = a_teaser()
    stage.fetch_feed.hold(URL, entry)
    stage.fetch.pages[entry.link or ""] = Unread(Reason.UNREACHABLE)
    await polled(stage)
    stage.clock.advance(3 * HOUR)

    looked = await polled(stage)

    assert looked.new == 1


async def test_the_teaser_of_a_page_that_is_gone_is_taken_at_once(stage: Stage) -> None:
    stage.fetch_feed.hold(URL, a_teaser())

    looked = await polled(stage)

    assert looked.new == 1
    assert bodies(stage) == [a_body("قمح")[:1]]


async def test_of_a_site_in_trouble_no_more_than_three_pages_are_asked_for_in_one_look(stage: Stage) -> None:
    stage.fetch_feed.hold(URL, an_entry("جسر"), *(a_teaser(f"خبر{number}") for number in range(9)))
    stage.fetch.pages |= {f"https://qalam.example/خبر{number}": Unread(Reason.TOO_SLOW) for number in range(9)}

    looked = await polled(stage)

    assert len(stage.fetch.asked) == 3
    assert titles(stage) == ["جسر"]
    assert looked.feed.etag is None


async def test_the_first_look_passes_over_what_is_old_and_still_lets_an_entry_wait(stage: Stage) -> None:
    slow = a_teaser()
    stage.fetch_feed.hold(URL, slow, *(an_entry(f"خبر{number}", number + 1) for number in range(20)))
    stage.fetch.pages[slow.link or ""] = Unread(Reason.BUSY)
    first = await polled(stage)
    stage.fetch.pages[slow.link or ""] = a_page()

    second = await polled(stage)

    assert (first.new, second.new) == (9, 1)


async def test_an_entry_that_breaks_us_stops_no_other_and_is_not_tried_for_ever(stage: Stage) -> None:
    bad = a_teaser("سيئ")
    stage.fetch_feed.hold(URL, an_entry("قمح", 2), bad, an_entry("جسر", 1), etag="v1")
    stage.fetch.breaks_at.add(bad.link or "")

    looks = [await polled(stage) for _ in range(9)]

    assert titles(stage) == ["قمح", "جسر"]
    assert [len(look.mistakes) for look in looks] == [1] * 8 + [0]
    assert (looks[0].feed.failures, looks[0].feed.etag, looks[-1].feed.etag) == (0, None, "v1")


async def test_an_entry_is_taken_once_even_if_its_text_changes(stage: Stage) -> None:
    stage.fetch_feed.hold(URL, an_entry("قمح"))
    await polled(stage)
    stage.fetch_feed.hold(URL, replace(an_entry("قمح"), title="عنوان مصحّح"))

    await polled(stage)

    assert titles(stage) == ["قمح"]


async def test_what_a_feed_has_is_known_for_ever_and_what_left_it_for_a_month(stage: Stage) -> None:
    stage.fetch_feed.hold(URL, an_entry("قمح"), an_entry("جسر"))
    looks = [await polled(stage)]
    stage.fetch_feed.hold(URL, an_entry("قمح"))
    for _ in range(2):
        stage.clock.advance(timedelta(days=31))
        looks.append(await polled(stage))

    assert [look.new for look in looks] == [2, 0, 0]
    assert [mark for _, mark in stage.world.entries] == ["قمح"]


async def test_the_owner_is_told_once_of_a_feed_that_fails_and_once_when_it_works_again(stage: Stage) -> None:
    await stage.reader(OWNER)
    stage.fetch_feed.hold(URL)
    await polled(stage)
    stage.fetch_feed.answers[URL] = FeedFailed(Reason.BUSY)
    for _ in range(4):
        await polled(stage)
    early = await stage.sent()
    for _ in range(3):
        await polled(stage)
    stage.fetch_feed.hold(URL)
    for _ in range(2):
        await polled(stage)

    assert early == []
    assert await stage.sent() == ["fails صحيفة القلم BUSY", "works صحيفة القلم"]


async def test_a_feed_that_is_removed_while_it_is_read_stays_so(stage: Stage) -> None:
    feed, _ = await stage.feeds.add(Feed(0, URL, URL, None, USUAL, NOW, OWNER))
    stage.fetch_feed.hold(URL, an_entry("قمح"))
    await stage.feeds.remove(feed.id)

    await stage.poll(feed)

    assert await stage.feeds.all() == []
