"""Adding the feeds of a list."""

from dataclasses import replace

from bot.domain.feed import FeedFailed
from bot.domain.unread import MOST_BYTES, Reason, Unread
from bot.services.attach import File
from bot.services.enlist import Enlisted
from tests.builders import HOUR, NOW
from tests.services.stage import OWNER, Stage

LIST = File("f1", "feeds.opml", 100)


def a_url(number: int) -> str:
    return f"https://f{number}.example/rss"


async def enlisted(stage: Stage, *urls: str) -> Enlisted | Unread:
    stage.download.files[LIST.id] = "\n".join(("list", *urls)).encode()
    return await stage.enlist(LIST, OWNER)


async def test_each_feed_that_can_be_read_is_added_once_and_is_due(stage: Stage) -> None:
    stage.fetch_feed.hold(a_url(1))
    stage.fetch_feed.hold(a_url(2))

    result = await enlisted(stage, a_url(1), f"{a_url(2)}#top", a_url(2))

    assert result == Enlisted(2, 0, {})
    kept = await stage.feeds.all()
    assert [(feed.url, feed.title, feed.added_by, feed.due_at) for feed in kept] == [
        (a_url(1), "صحيفة القلم", OWNER, NOW),
        (a_url(2), "صحيفة القلم", OWNER, NOW),
    ]


async def test_a_known_feed_is_not_asked_for_and_keeps_its_interval(stage: Stage) -> None:
    stage.fetch_feed.hold(a_url(1))
    await enlisted(stage, a_url(1))
    (feed,) = await stage.feeds.all()
    await stage.feeds.settle(replace(feed, every=HOUR), (), NOW)

    result = await enlisted(stage, a_url(1))

    assert result == Enlisted(0, 1, {})
    assert [feed.every for feed in await stage.feeds.all()] == [HOUR]
    assert len(stage.fetch_feed.asked) == 1


async def test_a_page_whose_feed_is_known_is_known(stage: Stage) -> None:
    stage.fetch_feed.hold(a_url(1))
    stage.fetch_feed.answers["https://f1.example/"] = stage.fetch_feed.answers[a_url(1)]

    assert await enlisted(stage, a_url(1), "https://f1.example/") == Enlisted(1, 1, {})


async def test_what_cannot_be_read_is_refused_with_why_and_can_be_sent_again(stage: Stage) -> None:
    stage.fetch_feed.answers[a_url(1)] = FeedFailed(Reason.TOO_SLOW)

    first = await enlisted(stage, a_url(1), "file:///etc/passwd")
    stage.fetch_feed.hold(a_url(1))
    second = await enlisted(stage, a_url(1))

    assert first == Enlisted(0, 0, {a_url(1): Reason.TOO_SLOW, "file:///etc/passwd": Reason.NOT_FOUND})
    assert second == Enlisted(1, 0, {})


async def test_a_long_list_is_finished_when_it_is_sent_again(stage: Stage) -> None:
    urls = [a_url(number) for number in range(250)]
    for url in urls:
        stage.fetch_feed.hold(url)

    assert await enlisted(stage, *urls) == Enlisted(200, 0, {}, left=50)
    assert await enlisted(stage, *urls) == Enlisted(50, 200, {})


async def test_what_is_no_list_or_too_large_is_unread(stage: Stage) -> None:
    stage.download.files[LIST.id] = b"nothing"

    assert await stage.enlist(LIST, OWNER) == Unread(Reason.NOT_OPML)
    assert await stage.enlist(replace(LIST, size=MOST_BYTES + 1), OWNER) == Unread(Reason.TOO_LARGE)
    assert stage.download.brought == [LIST.id]
