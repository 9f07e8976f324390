"""All use cases over one fake world."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.article import Article, Traces
from bot.domain.schedule import Schedule
from bot.domain.subscriber import Subscriber
from bot.services.alert import Alert
from bot.services.appoint import Appoint, Dismiss
from bot.services.ask import Ask
from bot.services.attach import Attach
from bot.services.browse import Browse
from bot.services.collect import Collect
from bot.services.compose import Compose
from bot.services.decide import Decide, Leaf
from bot.services.deliver import Deliver
from bot.services.enlist import Enlist
from bot.services.follow import Follow, Unfollow
from bot.services.forget import Forget
from bot.services.gather import Gather
from bot.services.join import Compare, Join
from bot.services.limit import Limit
from bot.services.more import More
from bot.services.onboard import Onboard
from bot.services.plan import Plan
from bot.services.poll import Poll
from bot.services.rate import Rate
from bot.services.reschedule import Relocate, Reschedule
from bot.services.resummarise import Resummarise
from bot.services.revise import Revise
from bot.services.save import Save
from bot.services.search import Search
from bot.services.share import Share
from bot.services.silence import Silence
from bot.services.split import Split
from bot.services.trends import Trends
from bot.services.trust import Trust
from bot.services.tune import Tune
from bot.services.week import Week
from bot.services.welcome import Welcome
from tests.builders import NOW, a_schedule, a_stem, a_subject, a_topic, an_article
from tests.fakes import (
    FakeAddresses,
    FakeAlerts,
    FakeArticles,
    FakeClock,
    FakeDeliveries,
    FakeDownload,
    FakeEditors,
    FakeFeedNotes,
    FakeFeeds,
    FakeFetch,
    FakeFetchFeed,
    FakeFindFeeds,
    FakeInbox,
    FakeMutes,
    FakeNewsroom,
    FakeRatings,
    FakeRead,
    FakeReadFeedList,
    FakeReadFile,
    FakeRecords,
    FakeRender,
    FakeSearches,
    FakeSend,
    FakeStories,
    FakeSubmissions,
    FakeSubscribers,
    FakeTopics,
    FakeUsage,
    FakeWorld,
    fake_week,
    fake_zone_at,
)

OWNER = 900


@dataclass
class Stage:
    """The fakes and the use cases that stand on them."""

    world: FakeWorld = field(default_factory=FakeWorld)
    clock: FakeClock = field(default_factory=FakeClock)
    send: FakeSend = field(default_factory=FakeSend)
    render: FakeRender = field(default_factory=FakeRender)
    fetch: FakeFetch = field(default_factory=FakeFetch)
    fetch_feed: FakeFetchFeed = field(default_factory=FakeFetchFeed)
    download: FakeDownload = field(default_factory=FakeDownload)

    def __post_init__(self) -> None:
        self.inbox = FakeInbox(self.world)
        self.articles = FakeArticles(self.world)
        self.topics = FakeTopics(self.world)
        self.subscribers = FakeSubscribers(self.world)
        self.deliveries = FakeDeliveries(self.world)
        self.read = FakeRead(self.world)
        self.collect = Collect(self.articles, self.read, self.clock)
        self.addresses = FakeAddresses(self.world)
        self.records = FakeRecords(self.world)
        self.forget = Forget(self.subscribers, self.records, self.clock)
        self.limit = Limit(FakeUsage(self.world), self.clock, 3, 3)
        limited = replace(self.collect, limit=self.limit)
        self.gather = Gather(self.fetch, self.addresses, self.articles, limited, self.limit, self.clock)
        self.attach = Attach(self.download, FakeReadFile(), limited, self.limit, self.clock)
        self.resummarise = Resummarise(self.articles, self.read)
        self.follow = Follow(self.topics, self.articles, self.read, self.subscribers, self.clock)
        self.revise = Revise(self.collect, self.articles, self.clock)
        self.unfollow = Unfollow(self.topics, self.subscribers)
        self.alert = Alert(FakeAlerts(self.world), self.subscribers, self.deliveries, self.render, self.clock, most=2)
        self.tune = Tune(self.subscribers, self.clock, 2)
        self.trends = Trends(self.topics, self.clock)
        self._digests()
        self.reschedule = Reschedule(self.subscribers, self.clock)
        self.relocate = Relocate(self.subscribers, self.clock, fake_zone_at)
        self.welcome = Welcome(self.subscribers, self.clock, "ar", a_schedule("08:00"), ("ar", "en"))
        self.onboard = Onboard(self.topics, self.subscribers, self.reschedule, self.plan, a_schedule("08:00"))
        self.browse = Browse(self.topics, self.subscribers, self.clock)
        self.editors = FakeEditors(self.world)
        self.submissions = FakeSubmissions(self.world)
        self.newsroom = FakeNewsroom()
        self.trust = Trust(self.editors, {OWNER})
        self.appoint = Appoint(self.editors, self.subscribers, self.newsroom, self.clock, {OWNER})
        self.dismiss = Dismiss(self.editors, self.subscribers, self.newsroom, self.clock)
        self.ask = Ask(self.submissions, self.editors, self.subscribers, self.newsroom, self.clock, {OWNER})
        self.decide = Decide(self.submissions, self.subscribers, self.newsroom, self.trust, self.clock)
        self.leaf = Leaf(self.submissions, self.trust)
        self.split = Split(self.articles, self.trust)
        self.compare = Compare(self.articles, self.trust)
        self.join = Join(self.articles, self.trust)
        self.feeds = FakeFeeds(self.world)
        self.enlist = Enlist(self.feeds, FakeFindFeeds(self.fetch_feed), self.download, FakeReadFeedList(), self.clock)
        self.poll = Poll(
            self.feeds, self.fetch_feed, self.fetch, self.collect, FakeFeedNotes(), self.clock, frozenset({OWNER})
        )
        stories = FakeStories(self.world)
        self.search = Search(stories, FakeSearches(self.world), self.topics, self.subscribers, self.clock)
        self.save = Save(stories, self.clock)
        self.share = Share(stories, self.topics, self.clock)

    def _digests(self) -> None:
        self.ratings, self.mutes = FakeRatings(self.world), FakeMutes(self.world)
        self.compose = Compose(self.deliveries, self.ratings)
        self.week = Week(self.topics, self.subscribers, fake_week)
        self.plan = Plan(self.subscribers, self.deliveries, self.render, self.clock, self.compose, self.week)
        self.more = More(self.deliveries, self.compose, self.render, self.clock)
        self.rate = Rate(self.deliveries, self.ratings, self.clock)
        self.silence = Silence(self.mutes, self.deliveries, self.topics, self.clock)
        self.deliver = Deliver(self.deliveries, self.subscribers, self.send, self.clock)

    async def reader(
        self,
        chat_id: int = 501,
        follows: Sequence[str] = (),
        schedule: Schedule | None = None,
        digest_at: datetime = NOW,
    ) -> Subscriber:
        """Return a subscriber who follows these topics and is due now."""
        kept = await self.subscribers.welcome(chat_id, "ar", schedule or a_schedule("06:00"), digest_at, NOW)
        for name in follows:
            await self.topics.add(a_topic(name), {})
        await self.subscribers.follow(kept.id, follows, NOW)
        return kept

    async def now(self, chat_id: int = 501) -> Subscriber:
        """Return a subscriber as they are kept now."""
        found = await self.subscribers.find(chat_id)
        assert found is not None
        return found

    async def news(self, *marks: str, topic: str = "السودان", article: Article | None = None) -> None:
        """Put articles before everyone, each an event of its own, titled with its mark."""
        for mark in marks:
            about = article or an_article(mark, title=mark, subjects=(a_subject(topic),), collected_at=self.clock())
            await self.articles.add(about, Traces((a_stem(mark),)))
            await self.articles.receive(mark, 0, mark, self.clock(), for_everyone=True)

    async def sent(self) -> list[str]:
        """Send all that may be sent now; return what each chat was shown, in order."""
        before = len(self.send.shown)
        while claimed := await self.deliver.claim(9, ()):
            for delivery in claimed:
                await self.deliver(delivery)
        return [delivery.page.text for delivery in self.send.shown[before:]]
