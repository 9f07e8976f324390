"""Many feeds at once."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.feed import FeedEntry, FeedFailed, FeedRead, FeedUnchanged
from bot.domain.links import host_of
from bot.domain.unread import Reason
from bot.fetch.feed_reading import FeedsReading
from tests.builders import NOW

ENTRY = FeedEntry("m1", "خبر", "", None, None, None, ())


@dataclass
class Web:
    """Answers after a while, and knows how many were asked for at once, in all and of one host."""

    failures: dict[str, Reason] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    under_way: list[str] = field(default_factory=list)
    most: int = 0

    async def __call__(
        self, url: str, etag: str | None, last_modified: str | None, now: datetime, /
    ) -> FeedRead | FeedUnchanged | FeedFailed:
        assert host_of(url) not in self.under_way
        self.asked.append(url)
        self.under_way.append(host_of(url))
        self.most = max(self.most, len(self.under_way))
        await asyncio.sleep(0.01)
        self.under_way.remove(host_of(url))
        reason = self.failures.get(url)
        return FeedFailed(reason) if reason else FeedRead(url, "القلم", None, (ENTRY,))


async def found(web: Web, urls: Sequence[str]) -> Sequence[FeedRead | FeedFailed]:
    return await FeedsReading(web, pause=0)(urls, NOW)


async def test_each_address_has_its_answer_in_order_without_entries() -> None:
    urls = [f"https://{host}.example/{number}" for number in range(3) for host in "abcdefghijkl"]
    web = Web({urls[5]: Reason.NOT_FOUND})

    answers = await found(web, urls)

    assert answers == [
        FeedFailed(Reason.NOT_FOUND) if place == 5 else FeedRead(url, "القلم", None, ())
        for place, url in enumerate(urls)
    ]
    assert web.most == 8


async def test_a_host_that_does_not_answer_is_not_asked_again() -> None:
    urls = [f"https://a.example/{number}" for number in range(4)]
    web = Web({urls[1]: Reason.TOO_SLOW})

    answers = await found(web, [*urls, "https://b.example/1"])

    slow = FeedFailed(Reason.TOO_SLOW)
    assert answers[1:4] == [slow, slow, slow]
    assert sorted(web.asked) == [*urls[:2], "https://b.example/1"]


async def test_what_is_no_address_of_the_web_holds_up_no_other() -> None:
    web = Web({"file:///a": Reason.SCHEME})

    assert await found(web, ["file:///a", "mailto:b"]) == [
        FeedFailed(Reason.SCHEME),
        FeedRead("mailto:b", "القلم", None, ()),
    ]
