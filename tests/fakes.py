"""Every port in memory, keeping the same promises as the adapters: both pass tests/contracts."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from bot.arabic.layout import Layout
from bot.arabic.terms import spellings, terms
from bot.domain.alert import Urgent
from bot.domain.article import Article, Draft, Facts, Source, SourceKind, Traces, weakness
from bot.domain.channel import Channel
from bot.domain.chart import Chart, Row
from bot.domain.copies import copied, wording
from bot.domain.delivery import Button, Delivery, Outcome, Page, Sent, Status, expired, interrupted, taken
from bot.domain.digest import Digest, Explanation, Occasion, Report, Story
from bot.domain.editor import Editor
from bot.domain.exchange import Entry
from bot.domain.feed import Feed, FeedEntry, FeedFailed, FeedRead, FeedUnchanged
from bot.domain.importance import Importance
from bot.domain.keyphrases import KnownTag
from bot.domain.mute import Mute
from bot.domain.preferences import Preferences
from bot.domain.queues import Queues
from bot.domain.rating import MOST_RATINGS, Rating
from bot.domain.reading import Findings, Knowledge, Opened, Text
from bot.domain.record import Record, Written
from bot.domain.record import Sent as RecordedSubmission
from bot.domain.repetition import line_fingerprints
from bot.domain.schedule import Schedule
from bot.domain.search import Hit, Question, Wanted
from bot.domain.sheet import Sheet
from bot.domain.story import Lead, Place, Span, likest, same_story
from bot.domain.submission import Asked, Decision, Submission, Turn, Verdict
from bot.domain.subscriber import Standing, Subscriber
from bot.domain.subscription import Subscription
from bot.domain.topic import Catalogue, Subject, Topic, TopicIndex, topic_key
from bot.domain.trend import Trend
from bot.domain.unread import Found, Unread
from bot.domain.unread import Reason as Obstacle
from bot.ports import Update
from tests.builders import NOW

Raw = dict[str, Any]
_RUN = 64
_ANSWER_LIFE = timedelta(days=1)
_REPEATED = 3
_NAMED = {SourceKind.PAPER, SourceKind.CHANNEL}
_OPEN = {Status.PLANNED, Status.SENDING, Status.UNKNOWN}


@dataclass
class KeptUpdate:
    """An update and how far it is: received, handling, done or failed."""

    update: Update
    status: str = "received"
    not_before: datetime | None = None
    settled_at: datetime | None = None
    error: str | None = None

    @property
    def is_waiting(self) -> bool:
        return self.status in {"received", "handling"}

    def may_be_taken(self, now: datetime) -> bool:
        return self.status == "received" and (self.not_before is None or self.not_before <= now)


@dataclass
class KeptSubmission:
    """That an article waits for an editor, or what was decided."""

    number: int
    sender: int | None
    submitted_at: datetime
    decision: Decision | None = None


@dataclass
class KeptAsk:
    """That a chat was asked about an article, by which delivery."""

    delivery_id: int
    asked_at: datetime
    is_closed: bool = False


@dataclass
class KeptArticle:
    """An article, its story and who brought it."""

    article: Article
    place: Place
    traces: Traces
    for_everyone_since: datetime | None = None
    receipts: dict[int, tuple[str, datetime]] = field(default_factory=dict)
    submission: KeptSubmission | None = None

    @property
    def decision(self) -> Decision | None:
        return self.submission.decision if self.submission else None

    @property
    def is_waiting(self) -> bool:
        return self.submission is not None and self.submission.decision is None

    @property
    def has_joined(self) -> bool:
        return self.decision is not None and self.decision.verdict is Verdict.JOINED

    def is_vouched_for(self, subscriber_id: int | None) -> bool:
        return self.for_everyone_since is not None or subscriber_id in self.receipts

    @property
    def story_id(self) -> int:
        return self.place.story_id

    def is_visible_to(self, subscriber_id: int | None) -> bool:
        return self.is_vouched_for(subscriber_id) or self.has_joined

    def is_new_to(self, subscriber_id: int, since: datetime) -> bool:
        _, received_at = self.receipts.get(subscriber_id, ("", None))
        return any(moment is not None and moment >= since for moment in (self.for_everyone_since, received_at))


@dataclass
class KeptEntry:
    """An entry of a feed, and how often it was tried in vain, if it is not taken."""

    seen_at: datetime
    tries: int | None = None


@dataclass
class KeptDelivery:
    """A delivery and the bundle it is a page of: a digest or the answer to an update."""

    delivery: Delivery
    bundle: tuple[str, int]
    number: int
    subscriber_id: int | None = None
    story_ids: tuple[int, ...] = ()
    importance: Mapping[int, Importance] = field(default_factory=dict)
    away_since: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.delivery.status in _OPEN


@dataclass
class FakeWorld:
    """What the fakes keep together, as the adapters do in one database."""

    updates: dict[int, KeptUpdate] = field(default_factory=dict)
    articles: dict[str, KeptArticle] = field(default_factory=dict)
    arrivals: dict[str, tuple[str, int | None]] = field(default_factory=dict)  # by receipt: fingerprint, subscriber
    parts: dict[int, dict[int, tuple[int, Raw, datetime]]] = field(default_factory=dict)  # by chat and message
    channels: dict[int, Channel] = field(default_factory=dict)
    about: dict[tuple[str, str], Subject] = field(default_factory=dict)  # by fingerprint and topic
    topics: dict[str, Topic] = field(default_factory=dict)  # by name, oldest first
    tags: dict[str, str] = field(default_factory=dict)  # names by key
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)  # uses and mentions by key
    written: set[str] = field(default_factory=set)  # keys of tags that were no guess
    lines: dict[tuple[Source, str], set[date]] = field(default_factory=dict)  # the days of each
    subscribers: dict[int, Subscriber] = field(default_factory=dict)
    newcomers: int = 0
    since: dict[int, datetime] = field(default_factory=dict)  # by subscriber: when they came first
    subscriptions: dict[int, dict[str, datetime]] = field(default_factory=dict)
    left_out: dict[tuple[int, str], tuple[str, ...]] = field(default_factory=dict)  # by subscriber and topic
    at_once: dict[tuple[int, str], datetime] = field(default_factory=dict)  # by subscriber and topic
    digests: dict[tuple[int, str], Digest] = field(default_factory=dict)
    deliveries: dict[int, KeptDelivery] = field(default_factory=dict)
    seen: dict[tuple[int, int], datetime] = field(default_factory=dict)  # by subscriber and story
    mutes: dict[tuple[int, str], Mute] = field(default_factory=dict)  # by subscriber and topic
    ratings: dict[tuple[int, int], Rating] = field(default_factory=dict)  # by subscriber and story
    editors: dict[int, Editor] = field(default_factory=dict)  # oldest first
    asks: dict[tuple[str, int], KeptAsk] = field(default_factory=dict)  # by fingerprint and chat
    feeds: dict[int, Feed] = field(default_factory=dict)
    entries: dict[tuple[int, str], KeptEntry] = field(default_factory=dict)  # by feed and mark
    addresses: dict[str, tuple[str, datetime]] = field(default_factory=dict)  # fingerprint, and when it was seen
    fetches: dict[tuple[int, str, str], datetime] = field(default_factory=dict)  # by subscriber, receipt and place
    saved: dict[tuple[int, int], datetime] = field(default_factory=dict)  # by subscriber and story
    searches: dict[tuple[int, str], Question] = field(default_factory=dict)  # by subscriber and receipt

    def next_subscriber(self) -> int:
        """Return the number of a newcomer; none is given again."""
        self.newcomers += 1
        return self.newcomers

    def hand_over(self, old: int, new: int) -> None:
        """Give what one subscriber follows and has seen to another, who keeps what is theirs."""
        theirs = self.subscriptions.setdefault(new, {})
        moved = {name: at for name, at in self.subscriptions.pop(old, {}).items() if name not in theirs}
        theirs |= moved
        for name in moved:
            if (old, name) in self.left_out:
                self.left_out[new, name] = self.left_out.pop((old, name))
            if (old, name) in self.at_once:
                self.at_once[new, name] = self.at_once.pop((old, name))
            if (old, name) in self.mutes:
                self.mutes[new, name] = self.mutes.pop((old, name))
        for (reader, story_id), at in list(self.seen.items()):
            if reader == old:
                self.seen.setdefault((new, story_id), at)

    def plan(self, kept: KeptDelivery) -> int:
        """Keep a planned page under the next id and return it."""
        number = 1 + max(self.deliveries, default=0)
        self.deliveries[number] = replace(kept, delivery=replace(kept.delivery, id=number))
        return number

    def notify(self, page: Page, chat_id: int, now: datetime) -> int:
        """Plan a page that is no digest's and no answer."""
        alone = ("notice", len(self.deliveries))
        shown = replace(page, thread_id=0)
        notice = Delivery(0, chat_id, shown, now, now + _ANSWER_LIFE, thread_id=page.thread_id)
        return self.plan(KeptDelivery(notice, alone, 0))

    def withdraw(self, asks: Iterable[KeptAsk]) -> None:
        """Let asks that wait to be sent come to nothing."""
        for ask in asks:
            kept = self.deliveries[ask.delivery_id]
            if kept.delivery.status in {Status.PLANNED, Status.UNKNOWN}:
                kept.delivery = replace(expired(kept.delivery), error="withdrawn")

    def settle(self, kept: KeptArticle, decision: Decision) -> None:
        """Keep a decision, and ask nobody any more."""
        if kept.submission is not None:
            kept.submission.decision = decision
        self.withdraw(ask for (mark, _), ask in self.asks.items() if mark == kept.article.fingerprint)

    def vouch(self, kept: KeptArticle, now: datetime) -> None:
        """Put an article before everyone, and let reports of its story that wait join it."""
        kept.for_everyone_since = kept.for_everyone_since or now
        if kept.is_waiting or (kept.decision and kept.decision.verdict in {Verdict.REJECTED, Verdict.JOINED}):
            self.settle(kept, Decision(Verdict.BROUGHT, now))
        of_story = [each for each in self.articles.values() if each.story_id == kept.story_id]
        joined = {each.submission.sender for each in of_story if each.submission and each.has_joined}
        for each in of_story:
            is_named = each.article.source is not None and each.article.source.kind in _NAMED
            if is_named and each.submission and each.is_waiting and each.submission.sender not in joined:
                joined.add(each.submission.sender)
                self.settle(each, Decision(Verdict.JOINED, now))

    def reopen(self, story_ids: Collection[int]) -> None:
        """Let reports wait again that joined one of these stories, where nothing of it is for everyone."""
        public = {kept.story_id for kept in self.articles.values() if kept.for_everyone_since is not None}
        for kept in self.articles.values():
            if kept.submission and kept.has_joined and kept.story_id in set(story_ids) - public:
                kept.submission.decision = None

    def says_unwanted(self, subscriber_id: int, topic: str, story_id: int) -> bool:
        """Tell if a story is also about what a subscription leaves out, as far as its reader may know."""
        left_out = self.left_out.get((subscriber_id, topic), ())
        of_story = [each for each in self.articles.values() if each.story_id == story_id]
        marks = [each.article.fingerprint for each in of_story if each.is_vouched_for(subscriber_id)]
        return any((mark, name) in self.about for mark in marks for name in left_out)

    def underway(self, subscriber_id: int) -> set[int]:
        """Return the stories that a subscriber is about to get."""
        own = [kept for kept in self.deliveries.values() if kept.subscriber_id == subscriber_id and kept.is_open]
        return {story_id for kept in own for story_id in kept.story_ids}

    def all_deliveries(self) -> list[Delivery]:
        """Return every delivery there ever was, in the order planned."""
        return [kept.delivery for kept in self.deliveries.values()]


@dataclass
class FakeClock:
    """A clock that stands still until it is advanced."""

    moment: datetime = NOW

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, step: timedelta) -> datetime:
        self.moment += step
        return self.moment


@dataclass
class FakeInbox:
    """Updates in a dictionary."""

    world: FakeWorld

    async def add(self, updates: Sequence[Update], /) -> None:
        for update in updates:
            self.world.updates.setdefault(update.id, KeptUpdate(update))

    async def waiting(self, busy: Collection[int], now: datetime, limit: int, /) -> Sequence[Sequence[Update]]:
        runs: dict[int, list[KeptUpdate]] = {}
        for _, kept in sorted(self.world.updates.items()):
            if kept.is_waiting and kept.update.chat_id not in busy:
                runs.setdefault(kept.update.chat_id, []).append(kept)
        ready = [run for run in runs.values() if run[0].may_be_taken(now)]
        return [[kept.update for kept in run[:_RUN]] for run in ready[:limit]]

    async def take(self, updates: Sequence[Update], /) -> None:
        for kept in self._these(updates):
            kept.status, kept.not_before = "handling", None
            kept.update = replace(kept.update, attempts=kept.update.attempts + 1)

    async def finish(self, updates: Sequence[Update], pages: Sequence[Page], now: datetime, /) -> None:
        self._settle(updates, "done", None, pages, now)

    async def retry(self, updates: Sequence[Update], error: str, not_before: datetime, /) -> None:
        for kept in self._these(updates):
            kept.status, kept.error, kept.not_before = "received", error, not_before

    async def park(self, updates: Sequence[Update], error: str, pages: Sequence[Page], now: datetime, /) -> None:
        self._settle(updates, "failed", error, pages, now)

    async def recover(self) -> int:
        left = [kept for kept in self.world.updates.values() if kept.status == "handling"]
        for kept in left:
            kept.status = "received"
        return len(left)

    async def prune(self, before: datetime, /) -> int:
        kept_ones = self.world.updates.items()
        old = [number for number, kept in kept_ones if kept.settled_at is not None and kept.settled_at < before]
        for number in old:
            del self.world.updates[number]
        return len(old)

    def _these(self, updates: Sequence[Update]) -> list[KeptUpdate]:
        return [self.world.updates[update.id] for update in updates if update.id in self.world.updates]

    def _settle(
        self, updates: Sequence[Update], status: str, error: str | None, pages: Sequence[Page], now: datetime
    ) -> None:
        for kept in self._these(updates):
            kept.status, kept.error, kept.settled_at = status, error, now
        last = updates[-1]
        bundle = ("update", last.id)
        if any(kept.bundle == bundle for kept in self.world.deliveries.values()):
            return
        for number, page in enumerate(pages):
            shown, chat_id = replace(page, chat_id=None, thread_id=0), page.chat_id or last.chat_id
            answer = Delivery(0, chat_id, shown, now, now + _ANSWER_LIFE, answers=True, thread_id=page.thread_id)
            self.world.plan(KeptDelivery(answer, bundle, number))


@dataclass
class FakeArticles:
    """The archive in a dictionary."""

    world: FakeWorld

    async def find(self, fingerprint: str, /) -> Article | None:
        kept = self.world.articles.get(fingerprint)
        return self.shown(kept) if kept else None

    async def add(self, article: Article, traces: Traces, /) -> Place:
        if article.fingerprint in self.world.articles:
            return self.world.articles[article.fingerprint].place
        for key in {topic_key(name) for name in traces.mentioned} & self.world.tags.keys():
            self._count(key, mentions=1)
        place = self._place(article, traces.stems)
        self._describe(KeptArticle(article, place, traces))
        return place

    def _describe(self, kept: KeptArticle) -> None:
        article, traces = kept.article, kept.traces
        self.world.articles[article.fingerprint] = kept
        for key, tag in {topic_key(tag): tag for tag in reversed(article.tags)}.items():
            self.world.tags.setdefault(key, tag)
            self._count(key, uses=1)
        self.world.written |= set(map(topic_key, article.tags)) - set(map(topic_key, traces.guessed))
        if article.source is not None:
            for line in traces.lines:
                days = self.world.lines.setdefault((article.source, line), set())
                days.add(article.published or article.collected_at.date())
        for tag in article.suggested:
            self.world.tags.setdefault(topic_key(tag), tag)
        for subject in article.subjects:
            self.world.about[article.fingerprint, subject.name] = subject

    async def join(self, fingerprint: str, to: str, /) -> bool:
        old, new = (self.world.articles[mark].story_id for mark in (fingerprint, to))
        for kept in self.world.articles.values():
            if kept.story_id == old:
                kept.place = replace(kept.place, story_id=new)
        self.world.seen = {
            (reader, new if story == old else story): at for (reader, story), at in self.world.seen.items()
        }
        self.world.saved = {
            (reader, new if story == old else story): at for (reader, story), at in self.world.saved.items()
        }
        self.world.ratings = {
            (reader, new if story == old else story): replace(each, story_id=new if story == old else story)
            for (reader, story), each in self.world.ratings.items()
        }
        for page in self.world.deliveries.values():
            page.story_ids = tuple(dict.fromkeys(new if story == old else story for story in page.story_ids))
        return old != new

    async def split(self, fingerprint: str, /) -> Place | None:
        place = Place(1 + max(kept.story_id for kept in self.world.articles.values()))
        shared = self.world.articles[fingerprint].story_id
        of_story = [(mark, kept) for mark, kept in self.world.articles.items() if kept.story_id == shared]
        if all(fingerprint in {mark, kept.place.copy_of} for mark, kept in of_story):
            return None
        for kept in self.world.articles.values():
            if kept.place.copy_of == fingerprint:
                kept.place = replace(place, copy_of=fingerprint)
        self.world.articles[fingerprint].place = place
        self.world.reopen({shared, place.story_id})
        return place

    async def alike(self, fingerprint: str, limit: int, /) -> Sequence[Article]:
        leads = {
            mark: Lead(kept.story_id, kept.traces.stems, reported(kept.article))
            for mark, kept in self.world.articles.items()
        }
        marks = likest(leads[fingerprint], leads.items())[:limit]
        return [self.shown(self.world.articles[mark]) for mark in marks]

    async def receive(
        self, fingerprint: str, subscriber_id: int | None, receipt: str, now: datetime, /, *, for_everyone: bool
    ) -> bool:
        kept = self.world.articles[fingerprint]
        if for_everyone:
            self.world.vouch(kept, now)
        elif subscriber_id is not None and kept.for_everyone_since is None and kept.submission is None:
            number = 1 + sum(each.submission is not None for each in self.world.articles.values())
            kept.submission = KeptSubmission(number, subscriber_id, now)
        self.world.arrivals[receipt] = (fingerprint, subscriber_id)
        if subscriber_id is None:
            return True
        first, _ = kept.receipts.setdefault(subscriber_id, (receipt, now))
        return first == receipt

    async def brought_by(self, receipt: str, /) -> Article | None:
        fingerprint, _ = self.world.arrivals.get(receipt, ("", None))
        return await self.find(fingerprint)

    async def revise(self, receipt: str, article: Article, traces: Traces, /, *, for_everyone: bool) -> None:
        mark, reader = self.world.arrivals.get(receipt, ("", None))
        old = self.world.articles.get(mark)
        if old is None:
            await self.add(article, traces)
            return
        others = [other for other, (brought, _) in self.world.arrivals.items() if brought == mark and other != receipt]
        is_theirs = not others and (for_everyone or old.for_everyone_since is None)
        is_known = article.fingerprint in self.world.articles
        now = Span.of(None, old.article.collected_at)
        is_same_event = same_story(traces.stems, now, [Lead(old.story_id, old.traces.stems, now)]) is not None
        if is_theirs and (article.fingerprint == mark or (not is_known and is_same_event)):
            self.remove(mark, article.fingerprint)
            written = replace(article, collected_at=old.article.collected_at)
            self._describe(replace(old, article=written, traces=traces))
            self.world.arrivals[receipt] = (article.fingerprint, reader)
        elif article.fingerprint != mark:
            del self.world.arrivals[receipt]
            if reader is not None and (mark, reader) not in self.world.arrivals.values():
                old.receipts.pop(reader, None)
            if is_theirs:
                copies = [other for other, kept in self.world.articles.items() if kept.place.copy_of == mark]
                self.remove(mark, next(iter(copies), None))
            await self.add(article, traces)

    async def since(self, moment: datetime, /) -> Sequence[Article]:
        return [self.shown(kept) for kept in self.world.articles.values() if kept.article.collected_at >= moment]

    async def tags_after(self, mark: int, /) -> tuple[Sequence[KnownTag], int]:
        known = [
            KnownTag(tag, *self.world.counts.get(key, (0, 0)), is_guess=key not in self.world.written)
            for key, tag in self.world.tags.items()
        ]
        return known, mark + 1

    async def repeated_lines(self, source: Source | None, lines: Collection[str], /) -> frozenset[str]:
        repeated = {line for (of, line), days in self.world.lines.items() if of == source and len(days) >= _REPEATED}
        return frozenset(repeated & set(lines))

    async def forget_lines(self, before: date, /) -> int:
        lines = self.world.lines.items()
        old = [key for key, days in lines if len(days) < _REPEATED and max(days) < before]
        for key in old:
            del self.world.lines[key]
        return len(old)

    async def summarised_otherwise(self, version: str, limit: int, /) -> Sequence[Article]:
        return self._otherwise(version)[:limit]

    async def count_summarised_otherwise(self, version: str, /) -> int:
        return len(self._otherwise(version))

    async def summarised(self, summaries: Mapping[str, tuple[str, ...]], version: str, /) -> None:
        for fingerprint, summary in summaries.items():
            kept = self.world.articles[fingerprint]
            kept.article = replace(kept.article, summary=summary, summary_version=version)

    def _otherwise(self, version: str) -> list[Article]:
        kept = self.world.articles.values()
        return [self.shown(each) for each in kept if each.article.summary_version != version]

    def remove(self, mark: str, original: str | None) -> None:
        """Forget an article; its copies are another one's from now on, which is no copy itself."""
        for key in set(map(topic_key, self.world.articles.pop(mark).article.tags)):
            self._count(key, uses=-1)
        for about in [about for about in self.world.about if about[0] == mark]:
            del self.world.about[about]
        for address in [place for place, (at, _) in self.world.addresses.items() if at == mark]:
            del self.world.addresses[address]
        for other, kept in self.world.articles.items():
            if kept.place.copy_of == mark:
                kept.place = replace(kept.place, copy_of=None if other == original else original)

    def _count(self, key: str, uses: int = 0, mentions: int = 0) -> None:
        used, mentioned = self.world.counts.get(key, (0, 0))
        self.world.counts[key] = (used + uses, mentioned + mentions)

    def shown(self, kept: KeptArticle) -> Article:
        about = (self.world.about.get((kept.article.fingerprint, name)) for name in self.world.topics)
        return replace(kept.article, subjects=tuple(subject for subject in about if subject))

    def _place(self, article: Article, stems: Sequence[str]) -> Place:
        kept = self.world.articles.values()
        original = copied(wording(article.body), ((each, wording(each.article.body)) for each in kept))
        if original is not None:
            return replace(original.place, copy_of=original.place.copy_of or original.article.fingerprint)
        leads = [Lead(each.story_id, each.traces.stems, reported(each.article)) for each in kept]
        told = same_story(stems, reported(article), leads)
        return Place(told or 1 + max((each.story_id for each in kept), default=0))


def reported(article: Article) -> Span:
    """Return when an article was reported."""
    return Span.of(article.published, article.collected_at)


@dataclass
class FakeStories:
    """What readers look for and save, looked for article by article."""

    world: FakeWorld

    async def sought(
        self, subscriber_id: int | None, wanted: Wanted, zone: str, until: datetime, skip: int, limit: int, /
    ) -> Sequence[Hit]:
        kept = [
            kept
            for kept in reversed(self.world.articles.values())
            if kept.is_vouched_for(subscriber_id)
            and kept.article.collected_at <= until
            and self._is_wanted(kept, wanted, ZoneInfo(zone))
        ]
        newest = sorted(kept, key=lambda each: _day(each.article, UTC), reverse=True)
        first: dict[int, KeptArticle] = {}
        for each in newest:
            first.setdefault(each.story_id, each)
        found = list(first.values())[skip : skip + limit]
        return [Hit(each.story_id, _report(each, subscriber_id)) for each in found]

    def _is_wanted(self, kept: KeptArticle, wanted: Wanted, zone: tzinfo) -> bool:
        article = kept.article
        found_by = terms([article.title, *article.body, *article.tags, *(each.name for each in article.subjects)])
        source = terms([(article.source.public_name if article.source else None) or ""])
        has_words = all(not found_by.isdisjoint(spellings(word)) for word in wanted.words)
        has_source = all(not source.isdisjoint(spellings(word)) for word in wanted.source)
        is_about = not wanted.topics or any((article.fingerprint, name) in self.world.about for name in wanted.topics)
        day = _day(article, zone)
        is_of_days = (wanted.first or day) <= day <= (wanted.last or day)
        return has_words and has_source and is_about and is_of_days

    async def find(self, subscriber_id: int | None, story_id: int, /) -> Story | None:
        told = [kept for kept in self.world.articles.values() if kept.story_id == story_id]
        reports = tuple(_report(kept, subscriber_id) for kept in told if kept.is_visible_to(subscriber_id))
        if not any(report.is_vouched for report in reports):
            return None
        about = [
            subject
            for kept in told
            if kept.is_vouched_for(subscriber_id)
            for (mark, name), subject in self.world.about.items()
            if mark == kept.article.fingerprint and name in self.world.topics
        ]
        names = dict.fromkeys(subject.name for subject in sorted(about, key=weakness))
        return Story(story_id, tuple(names), reports)

    async def save(self, subscriber_id: int, story_id: int, now: datetime, /) -> bool:
        is_visible = await self.find(subscriber_id, story_id) is not None
        if is_visible:
            self.world.saved.setdefault((subscriber_id, story_id), now)
        return is_visible

    async def unsave(self, subscriber_id: int, story_id: int, /) -> None:
        self.world.saved.pop((subscriber_id, story_id), None)

    async def has_saved(self, subscriber_id: int, story_id: int, /) -> bool:
        return (subscriber_id, story_id) in self.world.saved

    async def saved(self, subscriber_id: int, skip: int, limit: int, /) -> Sequence[Hit]:
        theirs = sorted(((at, story) for (reader, story), at in self.world.saved.items() if reader == subscriber_id))
        found = [await self.find(subscriber_id, story) for _, story in reversed(theirs)]
        return [Hit(story.id, story.best) for story in found if story][skip : skip + limit]


def _day(article: Article, zone: tzinfo) -> date:
    return article.published or article.collected_at.astimezone(zone).date()


@dataclass
class FakeSearches:
    """Questions in a dictionary."""

    world: FakeWorld

    async def keep(self, subscriber_id: int, receipt: str, asked: str, now: datetime, /) -> Question:
        number = 1 + max((question.number for question in self.world.searches.values()), default=0)
        return self.world.searches.setdefault((subscriber_id, receipt), Question(number, asked, now))

    async def find(self, subscriber_id: int, number: int, /) -> Question | None:
        kept = self.world.searches.items()
        return next((each for (who, _), each in kept if (who, each.number) == (subscriber_id, number)), None)

    async def forget(self, before: datetime, /) -> int:
        old = [key for key, question in self.world.searches.items() if question.asked_at < before]
        for key in old:
            del self.world.searches[key]
        return len(old)


@dataclass
class FakeArchive:
    """The archive as it is exchanged; marks are places in the order of keeping."""

    world: FakeWorld

    async def count(self) -> int:
        return len(self.world.articles)

    async def after(self, mark: int, limit: int, /) -> tuple[Sequence[Entry], int]:
        kept = list(self.world.articles.values())[mark : mark + limit]
        return [self._entry(each) for each in kept], mark + len(kept)

    async def count_sent_by(self, subscriber_id: int, /) -> int:
        return sum(subscriber_id in kept.receipts for kept in self.world.articles.values())

    async def sent_by(self, subscriber_id: int, before: int | None, limit: int, /) -> tuple[Sequence[Entry], int]:
        kept = list(self.world.articles.values())[:before]
        theirs = [(place, each) for place, each in enumerate(kept) if subscriber_id in each.receipts][::-1][:limit]
        return [self._entry(each) for _, each in theirs], theirs[-1][0] if theirs else 0

    async def restore(self, entry: Entry, traces: Traces, /) -> bool:
        mark = entry.article.fingerprint
        is_new = mark not in self.world.articles
        if is_new:
            await FakeArticles(self.world).add(entry.article, traces)
            self.world.arrivals[f"import:{mark}"] = (mark, None)
        if entry.for_everyone_since is not None:
            self.world.vouch(self.world.articles[mark], entry.for_everyone_since)
        return is_new

    def _entry(self, kept: KeptArticle) -> Entry:
        article = FakeArticles(self.world).shown(kept)
        guessed = tuple(tag for tag in article.tags if topic_key(tag) not in self.world.written)
        return Entry(article, kept.for_everyone_since, guessed)


@dataclass
class FakeParts:
    """Parts of texts in dictionaries."""

    world: FakeWorld

    async def keep(self, chat_id: int, messages: Mapping[int, Raw], now: datetime, /) -> None:
        of_chat = self.world.parts.setdefault(chat_id, {})
        of_chat |= {number: (min(messages), body, now) for number, body in messages.items()}

    async def last(self, chat_id: int, message_id: int, /) -> Mapping[int, Raw]:
        of_chat = self.world.parts.get(chat_id, {})
        number = max((number for number in of_chat if number <= message_id), default=None)
        first = of_chat[number][0] if number is not None else None
        return {number: body for number, (of, body, _) in sorted(of_chat.items()) if of == first}

    async def prune(self, before: datetime, /) -> int:
        count = 0
        enabled = {channel.chat_id for channel in self.world.channels.values() if channel.is_enabled}
        for of_chat in (of_chat for chat_id, of_chat in self.world.parts.items() if chat_id not in enabled):
            for number in [number for number, (_, _, kept_at) in of_chat.items() if kept_at < before]:
                del of_chat[number]
                count += 1
        return count


@dataclass
class FakeChannels:
    """Channels in a dictionary."""

    world: FakeWorld

    async def meet(self, channel: Channel, /) -> Channel:
        known = self.world.channels.get(channel.chat_id, channel)
        self.world.channels[channel.chat_id] = replace(known, title=channel.title, username=channel.username)
        return self.world.channels[channel.chat_id]

    async def find(self, chat_id: int, /) -> Channel | None:
        return self.world.channels.get(chat_id)

    async def all(self) -> Sequence[Channel]:
        return sorted(self.world.channels.values(), key=lambda channel: (channel.title, channel.chat_id))

    async def enable(self, chat_id: int, editor: int, now: datetime, /) -> Channel | None:
        return self._changed(chat_id, editor=editor, enabled_at=now)

    async def disable(self, chat_id: int, /) -> Channel | None:
        return self._changed(chat_id, enabled_at=None)

    def _changed(self, chat_id: int, **fields: Any) -> Channel | None:
        known = self.world.channels.get(chat_id)
        if known:
            self.world.channels[chat_id] = replace(known, **fields)
        return self.world.channels.get(chat_id)


@dataclass
class FakeAddresses:
    """Addresses in a dictionary."""

    world: FakeWorld

    async def find(self, address: str, since: datetime, /) -> str | None:
        fingerprint, seen_at = self.world.addresses.get(address, (None, since))
        return fingerprint if seen_at >= since else None

    async def note(self, addresses: Collection[str], fingerprint: str, now: datetime, /) -> None:
        self.world.addresses |= dict.fromkeys(addresses, (fingerprint, now))

    async def forget(self, before: datetime, /) -> int:
        old = [address for address, (_, seen_at) in self.world.addresses.items() if seen_at < before]
        for address in old:
            del self.world.addresses[address]
        return len(old)


@dataclass
class FakeUsage:
    """What was asked for, from the other dictionaries."""

    world: FakeWorld

    async def articles(
        self, subscriber_id: int, since: datetime, receipt: str, fingerprint: str, /
    ) -> Sequence[datetime]:
        kept = self.world.articles.items()
        found = [(mark, *each.receipts[subscriber_id]) for mark, each in kept if subscriber_id in each.receipts]
        return [at for mark, by, at in found if at >= since and (mark, by) != (fingerprint, receipt)]

    async def fetches(self, subscriber_id: int, since: datetime, receipt: str, /) -> Sequence[datetime]:
        rows = self.world.fetches.items()
        return [at for (who, by, _), at in rows if who == subscriber_id and at >= since and by != receipt]

    async def fetched(self, subscriber_id: int, receipt: str, place: str, now: datetime, /) -> None:
        self.world.fetches.setdefault((subscriber_id, receipt, place), now)

    async def forget(self, before: datetime, /) -> int:
        old = [key for key, at in self.world.fetches.items() if at < before]
        for key in old:
            del self.world.fetches[key]
        return len(old)


@dataclass
class FakeTopics:
    """Topics in a dictionary."""

    world: FakeWorld

    async def catalogue(self) -> Catalogue:
        return Catalogue(self.world.topics.values())

    async def after(self, mark: int, /) -> tuple[Sequence[Topic], int]:
        return list(self.world.topics.values())[mark:], len(self.world.topics)

    async def add(self, topic: Topic, about: Mapping[str, Subject], /) -> None:
        if topic.key in {kept.key for kept in self.world.topics.values()}:
            return
        self.world.topics[topic.name] = topic
        for fingerprint, subject in about.items():
            self.world.about[fingerprint, topic.name] = subject

    async def popular(self, since: datetime, limit: int, /) -> Sequence[str]:
        counts = {name: self._count(name, since) for name in self.world.topics}
        return sorted((name for name in counts if counts[name]), key=lambda name: -counts[name])[:limit]

    async def told(self, since: datetime, /) -> Mapping[str, Collection[int]]:
        told: dict[str, set[int]] = {}
        for name in self.world.topics:
            for mark, kept in self.world.articles.items():
                public = kept.for_everyone_since
                if public is not None and public >= since and (mark, name) in self.world.about:
                    told.setdefault(name, set()).add(kept.story_id)
        return told

    async def counts(self, starts: Sequence[datetime], /) -> Mapping[str, Sequence[int]]:
        days = list(pairwise(starts))
        counted = {name: [self._count(name, *day) for day in days] for name in self.world.topics}
        return {name: counts for name, counts in counted.items() if any(counts)}

    async def codes(self, names: Sequence[str], /) -> Mapping[str, str]:
        codes = {name: self._code(name) for name in names}
        return {name: code for name, code in codes.items() if code}

    async def named(self, code: str, /) -> str | None:
        return next(
            (name for name in (*self.world.topics, *self.world.tags.values()) if self._code(name) == code), None
        )

    def _count(self, name: str, since: datetime, until: datetime | None = None) -> int:
        public = [
            (each.article.fingerprint, each.for_everyone_since)
            for each in self.world.articles.values()
            if each.for_everyone_since is not None
        ]
        news = {mark for mark, at in public if since <= at and (until is None or at < until)}
        return sum((fingerprint, name) in self.world.about for fingerprint in news)

    def _code(self, name: str) -> str | None:
        if name in self.world.topics:
            return f"t{list(self.world.topics).index(name) + 1}"
        key = topic_key(name)
        return f"g{list(self.world.tags).index(key) + 1}" if key in self.world.tags else None


@dataclass
class FakeSubscribers:
    """Subscribers in a dictionary."""

    world: FakeWorld

    async def find(self, chat_id: int, thread_id: int = 0, /) -> Subscriber | None:
        return next(iter(self._at(chat_id, thread_id)), None)

    async def welcome(
        self,
        chat_id: int,
        language: str,
        schedule: Schedule,
        digest_at: datetime,
        now: datetime,
        thread_id: int = 0,
        /,
    ) -> Subscriber:
        known = await self.find(chat_id, thread_id)
        if known is None:
            number = self.world.next_subscriber()
            known = Subscriber(
                number,
                chat_id,
                language,
                schedule,
                Standing.ACTIVE,
                digest_at,
                review_at=schedule.next_review(now),
                thread_id=thread_id,
            )
            self.world.since[number] = now
        self.world.subscribers[known.id] = known
        await self.resume(chat_id, now, thread_id)
        return self.world.subscribers[known.id]

    def _at(self, chat_id: int, thread_id: int | None) -> list[Subscriber]:
        of_chat = [each for each in self.world.subscribers.values() if each.chat_id == chat_id]
        return [each for each in of_chat if thread_id in {None, each.thread_id}]

    async def due(self, now: datetime, limit: int, /) -> Sequence[Subscriber]:
        waiting = [
            (subscriber.digest_at, subscriber)
            for subscriber in self.world.subscribers.values()
            if subscriber.standing is Standing.ACTIVE and subscriber.digest_at and subscriber.digest_at <= now
        ]
        return [subscriber for _, subscriber in sorted(waiting, key=lambda pair: pair[0])][:limit]

    async def due_for_review(self, now: datetime, limit: int, /) -> Sequence[Subscriber]:
        waiting = [
            (subscriber.review_at, subscriber)
            for subscriber in self.world.subscribers.values()
            if subscriber.standing is Standing.ACTIVE and subscriber.review_at and subscriber.review_at <= now
        ]
        return [subscriber for _, subscriber in sorted(waiting, key=lambda pair: pair[0])][:limit]

    async def reschedule(
        self, subscriber_id: int, schedule: Schedule, digest_at: datetime, review_at: datetime | None, /
    ) -> None:
        self.world.subscribers[subscriber_id] = replace(self.world.subscribers[subscriber_id], schedule=schedule)
        await self.advance(subscriber_id, digest_at)
        await self.await_review(subscriber_id, review_at)

    async def advance(self, subscriber_id: int, digest_at: datetime, /) -> None:
        known = self.world.subscribers[subscriber_id]
        if known.standing is Standing.ACTIVE:
            self.world.subscribers[subscriber_id] = replace(known, digest_at=digest_at)

    async def await_review(self, subscriber_id: int, review_at: datetime | None, /) -> None:
        known = self.world.subscribers[subscriber_id]
        if known.standing is Standing.ACTIVE:
            self.world.subscribers[subscriber_id] = replace(known, review_at=review_at)

    async def speak(self, subscriber_id: int, language: str, /) -> None:
        self.world.subscribers[subscriber_id] = replace(self.world.subscribers[subscriber_id], language=language)

    async def pause(self, chat_id: int, thread_id: int | None = None, /) -> None:
        for known in self._at(chat_id, thread_id):
            self.world.subscribers[known.id] = replace(known, standing=Standing.PAUSED, digest_at=None, review_at=None)
        for kept in self.world.deliveries.values():
            is_here = kept.delivery.chat_id == chat_id and thread_id in {None, kept.delivery.thread_id}
            if is_here and kept.delivery.status in {Status.PLANNED, Status.UNKNOWN}:
                kept.delivery = replace(kept.delivery, status=Status.ABANDONED, error="paused")

    async def resume(self, chat_id: int, now: datetime, thread_id: int | None = None, /) -> None:
        for known in self._at(chat_id, thread_id):
            if known.standing is Standing.PAUSED:
                waits = known.schedule.next_due(now), known.schedule.next_review(now)
                back = replace(known, standing=Standing.ACTIVE, digest_at=waits[0], review_at=waits[1])
                self.world.subscribers[known.id] = back

    async def move(self, chat_id: int, to: int, /) -> None:
        for kept in self.world.deliveries.values():
            if kept.delivery.chat_id == chat_id:
                kept.delivery = replace(kept.delivery, chat_id=to)
        for moved in self._at(chat_id, None):
            there = await self.find(to, moved.thread_id)
            if there is None:
                self.world.subscribers[moved.id] = replace(moved, chat_id=to)
                continue
            self.world.hand_over(moved.id, there.id)
            await self.pause(chat_id, moved.thread_id)

    async def prefer(self, subscriber_id: int, chosen: Preferences, /) -> None:
        self.world.subscribers[subscriber_id] = replace(self.world.subscribers[subscriber_id], preferences=chosen)

    async def follow(self, subscriber_id: int, names: Sequence[str], now: datetime, /) -> Sequence[str]:
        followed = self.world.subscriptions.setdefault(subscriber_id, {})
        new = [name for name in dict.fromkeys(names) if name in self.world.topics and name not in followed]
        followed |= dict.fromkeys(new, now)
        return new

    async def unfollow(self, subscriber_id: int, names: Sequence[str], /) -> Sequence[str]:
        followed = self.world.subscriptions.get(subscriber_id, {})
        gone = [name for name in dict.fromkeys(names) if name in followed]
        for name in gone:
            del followed[name]
            self.world.left_out.pop((subscriber_id, name), None)
            self.world.at_once.pop((subscriber_id, name), None)
            self.world.mutes.pop((subscriber_id, name), None)
        return gone

    async def topics(self, subscriber_id: int, /) -> Sequence[str]:
        followed = self.world.subscriptions.get(subscriber_id, {})
        return sorted(followed, key=lambda name: followed[name])

    async def subscriptions(self, subscriber_id: int, /) -> Sequence[Subscription]:
        followed = self.world.subscriptions.get(subscriber_id, {})
        return [
            Subscription(
                name,
                followed[name],
                self.world.left_out.get((subscriber_id, name), ()),
                self.world.at_once.get((subscriber_id, name)),
            )
            for name in await self.topics(subscriber_id)
        ]

    async def leave_out(self, subscriber_id: int, name: str, without: Sequence[str], /) -> bool:
        which = (subscriber_id, name)
        kept = tuple(each for each in dict.fromkeys(without) if each in self.world.topics and each != name)
        is_change = self.world.left_out.get(which, ()) != kept
        if name not in self.world.subscriptions.get(subscriber_id, {}) or not is_change:
            return False
        self.world.left_out[which] = kept
        return True

    async def at_once(self, subscriber_id: int, name: str, since: datetime | None, /) -> bool:
        which = (subscriber_id, name)
        is_change = (which in self.world.at_once) is (since is None)
        if name not in self.world.subscriptions.get(subscriber_id, {}) or not is_change:
            return False
        self.world.at_once.pop(which, None)
        self.world.at_once |= {which: since} if since else {}
        return True

    async def news(self, subscriber_id: int, since: datetime, /) -> Mapping[str, int]:
        stories: dict[str, set[int]] = {}
        for mark, topic in self.world.about:
            kept = self.world.articles.get(mark)
            if kept is None or self.world.says_unwanted(subscriber_id, topic, kept.story_id):
                continue
            if kept.is_new_to(subscriber_id, since):
                stories.setdefault(topic, set()).add(kept.story_id)
        return {topic: len(found) for topic, found in stories.items()}


@dataclass
class FakeQueues:
    """What waits in the other dictionaries."""

    world: FakeWorld

    async def __call__(self, now: datetime, /) -> Queues:
        inbox = Counter(kept.status for kept in self.world.updates.values())
        outbox = Counter(kept.delivery.status for kept in self.world.deliveries.values())
        return Queues(
            arrived=inbox["received"],
            in_hand=inbox["handling"],
            planned=outbox[Status.PLANNED],
            sending=outbox[Status.SENDING],
            unknown=outbox[Status.UNKNOWN],
            lag=max((now - since for since in self._due(now)), default=timedelta()),
        )

    def _due(self, now: datetime) -> Iterable[datetime]:
        for subscriber in self.world.subscribers.values():
            if subscriber.digest_at is not None and subscriber.digest_at <= now:
                yield subscriber.digest_at
        slots = [digest.slot for digest in self.world.digests.values()]
        for kept in self.world.deliveries.values():
            if kept.is_open and kept.bundle[0] == "digest":
                yield slots[kept.bundle[1] - 1]


@dataclass
class FakeRecords:
    """What the other dictionaries hold on a reader."""

    world: FakeWorld

    async def of(self, subscriber_id: int, /) -> Record | None:
        reader = self.world.subscribers.get(subscriber_id)
        if reader is None:
            return None
        return Record(
            reader=reader,
            since=self.world.since[subscriber_id],
            is_editor=reader.chat_id in self.world.editors,
            topics=tuple(await FakeSubscribers(self.world).subscriptions(subscriber_id)),
            seen=tuple(self._stories(subscriber_id, self.world.seen)),
            saved=tuple(self._stories(subscriber_id, self.world.saved)),
            ratings=tuple(self._ratings(subscriber_id)),
            mutes=tuple(sorted(self._mutes(subscriber_id), key=lambda mute: mute.since)),
            searches=tuple(
                (question.asked, question.asked_at)
                for (who, _), question in self.world.searches.items()
                if who == subscriber_id
            ),
            digests=tuple(digest.slot for (who, _), digest in self.world.digests.items() if who == subscriber_id),
            written=tuple(_written(kept.delivery) for kept in self._deliveries(reader)),
            received=tuple(self._received(reader.chat_id)),
            submitted=tuple(
                RecordedSubmission(kept.article.title, kept.submission.submitted_at, _verdict(kept))
                for kept in self.world.articles.values()
                if kept.submission and kept.submission.sender == subscriber_id
            ),
            fetched=tuple(
                (place, at)
                for at, place in sorted(
                    (at, at_place) for (who, _, at_place), at in self.world.fetches.items() if who == subscriber_id
                )
            ),
        )

    async def forget(self, subscriber_id: int, asked_at: datetime, now: datetime, /) -> bool:
        reader = self.world.subscribers.get(subscriber_id)
        if reader is None or self.world.since[subscriber_id] > asked_at:
            return False
        self._forget_articles(subscriber_id)
        for number, kept in list(self.world.deliveries.items()):
            if kept.subscriber_id == subscriber_id or kept in self._deliveries(reader):
                del self.world.deliveries[number]
        self.world.parts.pop(reader.chat_id, None)
        for update in self.world.updates.values():
            if update.update.chat_id == reader.chat_id and update.status != "received":
                update.update, update.status = replace(update.update, chat_id=0, body={}), "done"
                update.settled_at, update.error = now, None
        self._forget_rows(subscriber_id)
        if reader.chat_id > 0:
            self._forget_editor(reader.chat_id)
        return True

    def _forget_articles(self, subscriber_id: int) -> None:
        for mark, kept in list(self.world.articles.items()):
            brought = [who for to, who in self.world.arrivals.values() if to == mark]
            if subscriber_id not in kept.receipts and subscriber_id not in brought:
                continue
            others = [who for who in (*kept.receipts, *brought) if who != subscriber_id]
            if kept.for_everyone_since is None and not kept.has_joined and not others:
                self._forget_article(mark)
                continue
            source = kept.article.source
            if source is not None and source.kind is SourceKind.PERSON:
                kept.article = replace(kept.article, source=None)
            kept.receipts.pop(subscriber_id, None)
            if kept.submission and kept.submission.sender == subscriber_id:
                kept.submission.sender = None
        arrivals = self.world.arrivals.items()
        self.world.arrivals = {
            receipt: (mark, who)
            for receipt, (mark, who) in arrivals
            if who != subscriber_id and mark in self.world.articles
        }

    def _forget_article(self, mark: str) -> None:
        for key in [key for key in self.world.asks if key[0] == mark]:
            self.world.deliveries.pop(self.world.asks.pop(key).delivery_id, None)
        copies = [other for other, kept in self.world.articles.items() if kept.place.copy_of == mark]
        FakeArticles(self.world).remove(mark, next(iter(copies), None))

    def _forget_rows(self, subscriber_id: int) -> None:
        del self.world.subscribers[subscriber_id]
        self.world.subscriptions.pop(subscriber_id, None)
        self.world.left_out = {key: names for key, names in self.world.left_out.items() if key[0] != subscriber_id}
        self.world.at_once = {key: at for key, at in self.world.at_once.items() if key[0] != subscriber_id}
        self.world.seen = {key: at for key, at in self.world.seen.items() if key[0] != subscriber_id}
        self.world.saved = {key: at for key, at in self.world.saved.items() if key[0] != subscriber_id}
        self.world.ratings = {key: each for key, each in self.world.ratings.items() if key[0] != subscriber_id}
        self.world.mutes = {key: each for key, each in self.world.mutes.items() if key[0] != subscriber_id}
        self.world.searches = {key: each for key, each in self.world.searches.items() if key[0] != subscriber_id}
        self.world.digests = {key: each for key, each in self.world.digests.items() if key[0] != subscriber_id}
        self.world.fetches = {key: at for key, at in self.world.fetches.items() if key[0] != subscriber_id}

    def _forget_editor(self, user_id: int) -> None:
        self.world.editors.pop(user_id, None)
        self.world.asks = {key: ask for key, ask in self.world.asks.items() if key[1] != user_id}
        for number, editor in self.world.editors.items():
            self.world.editors[number] = replace(editor, named_by=0) if editor.named_by == user_id else editor
        for chat_id, channel in self.world.channels.items():
            self.world.channels[chat_id] = replace(channel, editor=0) if channel.editor == user_id else channel
        for number, feed in self.world.feeds.items():
            self.world.feeds[number] = replace(feed, added_by=0) if feed.added_by == user_id else feed
        for kept in self.world.articles.values():
            if kept.submission and kept.decision and kept.decision.by == user_id:
                kept.submission.decision = replace(kept.decision, by=None, name="")

    def _stories(
        self, subscriber_id: int, kept_at: Mapping[tuple[int, int], datetime]
    ) -> Iterable[tuple[str, datetime]]:
        for (who, story_id), at in sorted(kept_at.items(), key=lambda item: (item[1], item[0][1])):
            told = [kept for kept in self.world.articles.values() if kept.story_id == story_id]
            if who == subscriber_id and told:
                yield min(told, key=lambda kept: kept.for_everyone_since is None).article.title, at

    def _ratings(self, subscriber_id: int) -> Iterable[tuple[str, Rating]]:
        own = {key: each for key, each in self.world.ratings.items() if key[0] == subscriber_id}
        rated_at = {key: each.rated_at for key, each in own.items()}
        in_order = sorted(own.values(), key=lambda each: (each.rated_at, each.story_id))
        titles = self._stories(subscriber_id, rated_at)
        return ((title, each) for (title, _), each in zip(titles, in_order, strict=True))

    def _mutes(self, subscriber_id: int) -> Iterable[Mute]:
        return (mute for (who, _), mute in self.world.mutes.items() if who == subscriber_id)

    def _deliveries(self, reader: Subscriber) -> list[KeptDelivery]:
        here = (reader.chat_id, reader.thread_id)
        kept = self.world.deliveries.values()
        return [each for each in kept if (each.delivery.chat_id, each.delivery.thread_id) == here]

    def _received(self, chat_id: int) -> Iterable[Raw]:
        for _, kept in sorted(self.world.updates.items()):
            if kept.update.chat_id == chat_id:
                yield kept.update.body
        for _, (_, body, _) in sorted(self.world.parts.get(chat_id, {}).items()):
            yield body


def _written(delivery: Delivery) -> Written:
    page = delivery.page
    return Written(page.text, delivery.not_before, delivery.status, delivery.message_id, page.file)


def _verdict(kept: KeptArticle) -> Verdict | None:
    return kept.decision.verdict if kept.decision else None


@dataclass
class FakeAdministers:
    """Who administers which chat."""

    known: set[tuple[int, int]] = field(default_factory=set)

    async def __call__(self, chat_id: int, user_id: int, /) -> bool:
        return (chat_id, user_id) in self.known


@dataclass
class FakeDeliveries:
    """Deliveries in a dictionary."""

    world: FakeWorld

    async def fresh(self, subscriber_id: int, since: datetime, /) -> Sequence[Story]:
        visible = self._visible(subscriber_id)
        later = [kept for kept in visible if self._is_later(kept, self._seen_at(subscriber_id, kept))]
        underway = self.world.underway(subscriber_id)
        return self._stories(subscriber_id, since, [kept for kept in later if kept.story_id not in underway])

    async def told(self, subscriber_id: int, since: datetime, /) -> Sequence[Story]:
        return self._stories(subscriber_id, since, self._visible(subscriber_id))

    def _visible(self, subscriber_id: int) -> list[KeptArticle]:
        return [kept for kept in self.world.articles.values() if kept.is_visible_to(subscriber_id)]

    def _stories(self, subscriber_id: int, since: datetime, among: Sequence[KeptArticle]) -> Sequence[Story]:
        visible = self._visible(subscriber_id)
        new = [kept for kept in among if kept.is_new_to(subscriber_id, since)]
        stories = sorted({kept.story_id for kept in new})
        found = []
        for story_id in stories:
            told = [kept for kept in new if kept.story_id == story_id]
            topics = tuple(subject.name for subject in self._heard(subscriber_id, told))
            reports = tuple(_report(kept, subscriber_id) for kept in visible if kept.story_id == story_id)
            found.append(Story(story_id, topics, reports, self.world.seen.get((subscriber_id, story_id))))
        return [story for story in found if story.topics]

    def _seen_at(self, subscriber_id: int, kept: KeptArticle) -> datetime | None:
        return self.world.seen.get((subscriber_id, kept.story_id))

    def _is_later(self, kept: KeptArticle, seen_at: datetime | None) -> bool:
        return seen_at is None or (kept.article.collected_at > seen_at and kept.place.copy_of is None)

    async def open(
        self, digest: Digest, pages: Sequence[tuple[Page, Sequence[int]]], now: datetime, expires_at: datetime, /
    ) -> bool:
        reader, promise = digest.subscriber_id, (digest.subscriber_id, digest.key)
        if promise in self.world.digests:
            return False
        self.world.digests[promise] = digest
        subscriber = self.world.subscribers[reader]
        if digest.covers_until is not None:
            self.world.subscribers[reader] = replace(subscriber, digested_at=digest.covers_until)
        bundle = ("digest", len(self.world.digests))
        away_since = digest.since if digest.occasion is Occasion.RETURN else None
        for number, (page, story_ids) in enumerate(pages):
            planned = Delivery(0, subscriber.chat_id, page, now, expires_at, thread_id=subscriber.thread_id)
            of_digest = (reader, tuple(story_ids), digest.importance, away_since)
            self.world.plan(KeptDelivery(planned, bundle, number, *of_digest))
        return True

    async def has(self, subscriber_id: int, key: str, /) -> bool:
        return (subscriber_id, key) in self.world.digests

    async def claim(self, now: datetime, limit: int, busy: Collection[int], /) -> Sequence[Delivery]:
        for kept in self._waiting():
            if kept.delivery.expires_at <= now:
                self._save(kept, expired(kept.delivery), now)
        ready = [kept for kept in self._waiting() if kept.delivery.not_before <= now and not self._is_behind(kept)]
        heads: dict[int, KeptDelivery] = {}
        for kept in sorted(ready, key=lambda each: not each.delivery.answers):
            if kept.delivery.chat_id not in busy:
                heads.setdefault(kept.delivery.chat_id, kept)
        chosen = list(heads.values())[:limit]
        for kept in chosen:
            kept.delivery = taken(kept.delivery)
        return [kept.delivery for kept in chosen]

    async def save(self, delivery: Delivery, now: datetime, /) -> None:
        kept = self.world.deliveries.get(delivery.id)
        if kept and kept.delivery.status is Status.SENDING:
            self._save(kept, delivery, now)

    def _save(self, kept: KeptDelivery, delivery: Delivery, now: datetime) -> None:
        kept.delivery = delivery
        if delivery.was_seen and kept.subscriber_id is not None:
            self.world.seen |= {(kept.subscriber_id, story_id): now for story_id in kept.story_ids}

    async def sheet(self, sheet: Sheet, /) -> Page | None:
        kept = self._of_sheet(sheet)
        return kept.delivery.page if kept else None

    async def away_since(self, sheet: Sheet, /) -> datetime | None:
        kept = self._of_sheet(sheet)
        return kept.away_since if kept else None

    async def explanations(self, sheet: Sheet, /) -> Sequence[Explanation]:
        kept = self._of_sheet(sheet)
        if kept is None or kept.subscriber_id is None:
            return []
        explained = [self._explained(kept, kept.subscriber_id, place) for place in range(len(kept.story_ids))]
        return [each for each in explained if each]

    def _of_sheet(self, sheet: Sheet) -> KeptDelivery | None:
        of_chat = [kept for kept in self.world.deliveries.values() if kept.delivery.chat_id == sheet.chat_id]
        of_digest = [kept for kept in of_chat if kept.subscriber_id is not None]
        if sheet.number == 0:
            found = [kept for kept in of_digest if kept.delivery.message_id == sheet.message_id]
            return next((kept for kept in found if kept.delivery.page.edits is None), None)
        edits = [kept for kept in of_digest if kept.delivery.page.edits == sheet.message_id]
        found = [kept for kept in edits if kept.delivery.status is not Status.ABANDONED]
        return found[sheet.number - 1] if len(found) >= sheet.number else None

    def _explained(self, page: KeptDelivery, subscriber_id: int, place: int) -> Explanation | None:
        story_id = page.story_ids[place]
        told = [kept for kept in self.world.articles.values() if kept.story_id == story_id]
        visible = [kept for kept in told if kept.is_visible_to(subscriber_id)]
        if not visible:
            return None
        best = Story(story_id, (), tuple(_report(kept, subscriber_id) for kept in visible)).best
        subjects = self._subjects(subscriber_id, told)
        return Explanation(best.title, subjects, story_id, place, best.source, page.importance.get(story_id))

    async def recover(self, now: datetime, /) -> int:
        left = [kept.delivery for kept in self.world.deliveries.values() if kept.delivery.status is Status.SENDING]
        for delivery in left:
            await self.save(interrupted(delivery, now), now)
        return len(left)

    def _waiting(self) -> list[KeptDelivery]:
        kept = self.world.deliveries.values()
        return [each for each in kept if each.is_open and each.delivery.status is not Status.SENDING]

    def _is_behind(self, kept: KeptDelivery) -> bool:
        bundle = (other for other in self.world.deliveries.values() if other.bundle == kept.bundle)
        return any(other.is_open and other.number < kept.number for other in bundle)

    def _heard(self, subscriber_id: int, reports: Sequence[KeptArticle]) -> tuple[Subject, ...]:
        """Return the subjects without what a mute silences."""
        strongest: dict[str, Subject] = {}
        for kept in reports:
            for subject in self._subjects(subscriber_id, [kept]):
                mute = self.world.mutes.get((subscriber_id, subject.name))
                if mute is None or (mute.until is not None and kept.is_new_to(subscriber_id, mute.until)):
                    strongest[subject.name] = min(strongest.get(subject.name, subject), subject, key=weakness)
        followed = list(self.world.subscriptions.get(subscriber_id, {}))
        in_order = sorted(strongest.values(), key=lambda subject: followed.index(subject.name))
        return tuple(sorted(in_order, key=weakness))

    def _subjects(self, subscriber_id: int, reports: Sequence[KeptArticle]) -> tuple[Subject, ...]:
        strongest: dict[str, Subject] = {}
        for kept in reports:
            for name in self.world.subscriptions.get(subscriber_id, {}):
                subject = self.world.about.get((kept.article.fingerprint, name))
                if subject and not self.world.says_unwanted(subscriber_id, name, kept.story_id):
                    strongest[name] = min(strongest.get(name, subject), subject, key=weakness)
        return tuple(sorted(strongest.values(), key=weakness))


@dataclass
class FakeAlerts:
    """Alerts over dictionaries."""

    world: FakeWorld

    async def due(self, since: datetime, /) -> Sequence[Urgent]:
        found = set[Urgent]()
        for (subscriber_id, topic), wanted_since in self.world.at_once.items():
            subscriber = self.world.subscribers[subscriber_id]
            for kept in self.world.articles.values():
                is_about = (kept.article.fingerprint, topic) in self.world.about
                public = kept.for_everyone_since
                is_new = is_about and public is not None and public >= max(since, wanted_since)
                if is_new and subscriber.standing is Standing.ACTIVE and not self._is_known(subscriber_id, topic, kept):
                    found.add(Urgent(subscriber.chat_id, subscriber.thread_id, kept.story_id, topic))
        return sorted(found, key=astuple)

    def _is_known(self, subscriber_id: int, topic: str, kept: KeptArticle) -> bool:
        of_story = [each for each in self.world.articles.values() if each.story_id == kept.story_id]
        return (
            any(subscriber_id in each.receipts for each in of_story)
            or (subscriber_id, kept.story_id) in self.world.seen
            or kept.story_id in self.world.underway(subscriber_id)
            or (subscriber_id, f"alert:{kept.story_id}") in self.world.digests
            or self.world.says_unwanted(subscriber_id, topic, kept.story_id)
        )

    async def sent(self, subscriber_id: int, since: datetime, /) -> Mapping[str, int]:
        planned = [
            digest.sections[0].topic
            for (reader, _), digest in self.world.digests.items()
            if reader == subscriber_id and digest.occasion is Occasion.AT_ONCE and digest.slot >= since
        ]
        return Counter(planned)


def _report(kept: KeptArticle, subscriber_id: int | None) -> Report:
    article, is_vouched = kept.article, kept.is_vouched_for(subscriber_id)
    source = article.source.public_name if article.source else None
    link = article.link if is_vouched else None
    return Report(
        article.title,
        article.body,
        article.summary,
        source,
        link,
        article.published,
        article.collected_at,
        is_vouched,
        kept.for_everyone_since is not None,
    )


@dataclass
class FakeMutes:
    """Mutes in a dictionary."""

    world: FakeWorld

    async def find(self, subscriber_id: int, topic: str, /) -> Mute | None:
        return self.world.mutes.get((subscriber_id, topic))

    async def keep(self, subscriber_id: int, mute: Mute, /) -> bool:
        if mute.topic not in self.world.subscriptions.get(subscriber_id, {}):
            return False
        self.world.mutes[subscriber_id, mute.topic] = mute
        return True

    async def forget(self, subscriber_id: int, topic: str, /) -> None:
        self.world.mutes.pop((subscriber_id, topic), None)

    async def on(self, subscriber_id: int, now: datetime, /) -> Sequence[Mute]:
        own = [mute for (subscriber, _), mute in self.world.mutes.items() if subscriber == subscriber_id]
        return sorted((mute for mute in own if mute.is_on(now)), key=lambda mute: mute.since)


@dataclass
class FakeRatings:
    """Ratings in a dictionary."""

    world: FakeWorld

    async def rate(self, subscriber_id: int, rating: Rating, /) -> None:
        self.world.ratings[subscriber_id, rating.story_id] = rating
        for old in (await self.of(subscriber_id))[MOST_RATINGS:]:
            del self.world.ratings[subscriber_id, old.story_id]

    async def unrate(self, subscriber_id: int, story_id: int, /) -> None:
        self.world.ratings.pop((subscriber_id, story_id), None)

    async def of(self, subscriber_id: int, /) -> Sequence[Rating]:
        own = [rating for (subscriber, _), rating in self.world.ratings.items() if subscriber == subscriber_id]
        return sorted(own, key=lambda each: (each.rated_at, each.story_id), reverse=True)

    async def reset(self, subscriber_id: int, /) -> int:
        own = [key for key in self.world.ratings if key[0] == subscriber_id]
        for key in own:
            del self.world.ratings[key]
        return len(own)


@dataclass
class FakeEditors:
    """Editors in a dictionary."""

    world: FakeWorld

    async def all(self) -> Sequence[Editor]:
        return sorted(self.world.editors.values(), key=lambda editor: (editor.since, editor.user_id))

    async def is_one(self, user_id: int, /) -> bool:
        return user_id in self.world.editors

    async def name(self, editor: Editor, notice: Page | None, /) -> bool:
        if editor.user_id in self.world.editors:
            return False
        self.world.editors[editor.user_id] = editor
        if notice is not None:
            self.world.notify(notice, editor.user_id, editor.since)
        return True

    async def dismiss(self, user_id: int, notice: Page | None, now: datetime, /) -> Editor | None:
        gone = self.world.editors.pop(user_id, None)
        if gone is None:
            return None
        own = {key: ask for key, ask in self.world.asks.items() if key[1] == user_id}
        self.world.withdraw(own.values())
        for key in own:
            del self.world.asks[key]
        if notice is not None:
            self.world.notify(notice, user_id, now)
        return gone


@dataclass
class FakeSubmissions:
    """Submissions beside their articles."""

    world: FakeWorld

    async def find(self, fingerprint: str, /) -> Submission | None:
        kept = self.world.articles.get(fingerprint)
        return self._shown(kept, kept.submission) if kept and kept.submission else None

    async def count(self) -> int:
        return len(self._waiting())

    async def turn(self, fingerprint: str | None, /, *, backwards: bool = False) -> Turn | None:
        known = self.world.articles.get(fingerprint or "")
        here = known.submission.number if known and known.submission else 0
        waiting = self._waiting()
        if not waiting:
            return None
        ordered = waiting[::-1] if backwards else waiting
        on = [each for each in ordered if (each[1].number < here if backwards else each[1].number > here)]
        chosen = (on or ordered)[0]
        return Turn(self._shown(*chosen), waiting.index(chosen) + 1, len(waiting))

    async def decide(self, fingerprint: str, decision: Decision, notice: Page | None, /) -> Submission | None:
        kept = self.world.articles.get(fingerprint)
        if kept is None or kept.submission is None or not kept.is_waiting:
            return await self.find(fingerprint)
        self.world.settle(kept, decision)
        if decision.verdict is Verdict.PUBLISHED:
            self.world.vouch(kept, decision.at)
        chat_id = self._chat_of(kept.submission)
        if notice is not None and chat_id is not None:
            self.world.notify(notice, chat_id, decision.at)
        return await self.find(fingerprint)

    async def asked(self, chat_id: int, since: datetime, /) -> tuple[int, int]:
        own = [(mark, ask) for (mark, chat), ask in self.world.asks.items() if chat == chat_id]
        unanswered = [ask for mark, ask in own if self.world.articles[mark].is_waiting and not ask.is_closed]
        deliveries = [self.world.deliveries[ask.delivery_id].delivery for ask in unanswered]
        return (
            sum(ask.asked_at > since for _, ask in own),
            sum(delivery.status is not Status.ABANDONED for delivery in deliveries),
        )

    async def unasked(self, chat_id: int, limit: int, /) -> Sequence[Submission]:
        turns: dict[int | None, int] = {}
        found = []
        for kept, submission in self._waiting():
            turns[submission.sender] = turn = turns.get(submission.sender, 0) + 1
            if (kept.article.fingerprint, chat_id) not in self.world.asks:
                found.append((turn, submission.number, self._shown(kept, submission)))
        return [shown for _, _, shown in sorted(found, key=lambda each: each[:2])][:limit]

    async def ask(self, fingerprint: str, chat_id: int, page: Page, now: datetime, /) -> bool:
        kept = self.world.articles.get(fingerprint)
        if kept is None or not kept.is_waiting or (fingerprint, chat_id) in self.world.asks:
            return False
        self.world.asks[fingerprint, chat_id] = KeptAsk(self.world.notify(page, chat_id, now), now)
        return True

    async def closable(self, limit: int, /) -> Sequence[Asked]:
        found = []
        for (mark, chat_id), ask in self.world.asks.items():
            kept, delivery = self.world.articles[mark], self.world.deliveries[ask.delivery_id]
            if kept.submission and kept.decision and not ask.is_closed and not delivery.is_open:
                submission = self._shown(kept, kept.submission)
                found.append((ask.asked_at, Asked(submission, chat_id, delivery.delivery.message_id)))
        return [asked for _, asked in sorted(found, key=lambda pair: pair[0])][:limit]

    async def close(self, fingerprint: str, chat_id: int, page: Page | None, now: datetime, /) -> None:
        ask = self.world.asks.get((fingerprint, chat_id))
        if ask is None or ask.is_closed:
            return
        ask.is_closed = True
        if page is not None:
            self.world.notify(page, chat_id, now)

    def _waiting(self) -> list[tuple[KeptArticle, KeptSubmission]]:
        kept = self.world.articles.values()
        waiting = [(each, each.submission) for each in kept if each.submission and each.is_waiting]
        return sorted(waiting, key=lambda pair: pair[1].number)

    def _shown(self, kept: KeptArticle, submission: KeptSubmission) -> Submission:
        article = FakeArticles(self.world).shown(kept)
        is_story_public = any(
            each.story_id == kept.story_id and each is not kept and each.for_everyone_since is not None
            for each in self.world.articles.values()
        )
        return Submission(
            article,
            submission.sender,
            self._chat_of(submission),
            submission.submitted_at,
            submission.decision,
            is_story_public,
        )

    def _chat_of(self, submission: KeptSubmission) -> int | None:
        sender = self.world.subscribers.get(submission.sender or 0)
        return sender.chat_id if sender else None


@dataclass
class FakeNewsroom:
    """Says everything in a word and a title; cannot ask in the languages in ``fails_for``."""

    fails_for: set[str] = field(default_factory=set)

    def ask(self, submission: Submission, language: str, /, *, is_last: bool) -> Page:
        if language in self.fails_for:
            raise ValueError("a question that cannot be laid out")
        words = f"ask{'-last' if is_last else ''} {submission.article.title}"
        mark = submission.article.fingerprint
        return Page(words, ((Button("publish", f"p:{mark}"), Button("reject", f"r:{mark}")),), is_quiet=True)

    def closed(self, submission: Submission, language: str, message_id: int, /) -> Page:
        verdict = submission.decision.verdict if submission.decision else None
        return Page(f"closed {submission.article.title} {verdict}", edits=message_id)

    def published(self, submission: Submission, language: str, /) -> Page:
        return Page(f"published {submission.article.title}", is_quiet=True)

    def named(self, language: str, /) -> Page:
        return Page("named")

    def dismissed(self, language: str, /) -> Page:
        return Page("dismissed")


@dataclass
class FakeSend:
    """Meets the scripted outcomes one after the other, then delivers everything; ``shown`` is what chats show."""

    outcomes: list[Outcome] = field(default_factory=list)
    tried: list[Delivery] = field(default_factory=list)
    shown: list[Delivery] = field(default_factory=list)

    async def __call__(self, delivery: Delivery, /) -> Outcome:
        self.tried.append(delivery)
        outcome = self.outcomes.pop(0) if self.outcomes else Sent(len(self.tried))
        if isinstance(outcome, Sent):
            self.shown.append(delivery)
        return outcome


@dataclass
class FakeRender:
    """Shows titles, a few stories a page; cannot lay out for the subscribers in ``fails_for``."""

    stories_a_page: int = 3
    fails_for: set[int] = field(default_factory=set)

    def __call__(
        self, digest: Digest, subscriber: Subscriber, now: datetime, number: int = 0, /
    ) -> Sequence[tuple[Page, Sequence[int]]]:
        if subscriber.id in self.fails_for:
            raise ValueError("a story that cannot be laid out")
        if not digest.stories:
            return [(Page("لا جديد"), ())]
        return [
            (Page("\n".join(story.best.title for story in stories)), [story.id for story in stories])
            for stories in _parts(digest.stories, self.stories_a_page)
        ]

    def at_once(self, alert: Digest, subscriber: Subscriber, _: datetime, /) -> Page:
        if subscriber.id in self.fails_for:
            raise ValueError("a story that cannot be laid out")
        return Page(f"! {alert.stories[0].best.title}")


def _parts(stories: Sequence[Story], size: int) -> Iterable[Sequence[Story]]:
    return (stories[start : start + size] for start in range(0, len(stories), size))


@dataclass
class FakeRead:
    """Reads in place; a summary is the first line that the source does not repeat."""

    world: FakeWorld
    summary_version: str = "first-1"

    async def open(self, draft: Draft, /) -> Opened:
        return (await self._knowledge()).opened(draft)

    async def search(self, layout: Layout, repeated: Collection[str], /) -> Findings:
        knowledge = await self._knowledge()
        return Findings(
            knowledge.subjects(layout),
            knowledge.suggested(layout),
            knowledge.mentioned(layout),
            _first(layout.body, repeated),
        )

    async def summarise(self, text: Text, repeated: Collection[str], /) -> tuple[str, ...]:
        return _first(text.body, repeated)

    async def about(self, topic: Topic, texts: Sequence[Text], /) -> Sequence[Subject | None]:
        index = TopicIndex([topic])
        found = [index.read(text.title, "\n".join(text.body), text.tags).subjects for text in texts]
        return [next(iter(subjects), None) for subjects in found]

    async def _knowledge(self) -> Knowledge:
        knowledge = Knowledge()
        topics, _ = await FakeTopics(self.world).after(0)
        tags, _ = await FakeArticles(self.world).tags_after(0)
        knowledge.learn(topics, tags)
        return knowledge


def _first(body: Sequence[str], repeated: Collection[str]) -> tuple[str, ...]:
    own = [line for line in body if line_fingerprints([line]).isdisjoint(repeated)]
    return tuple((own or list(body))[:1])


@dataclass
class FakeFetch:
    """A web in a dictionary, and what was asked for; what is not there is not found.

    Reading a page in ``breaks_at`` is a mistake of ours.
    """

    pages: dict[str, Found | Unread] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    breaks_at: set[str] = field(default_factory=set)

    async def __call__(self, addresses: Sequence[str], now: datetime, /) -> Sequence[Found | Unread]:
        self.asked += addresses
        if self.breaks_at.intersection(addresses):
            raise ValueError("a page that breaks us")
        return [self.pages.get(address, Unread(Obstacle.NOT_FOUND)) for address in addresses]


@dataclass
class FakeDownload:
    """Files in a dictionary, and which were brought."""

    files: dict[str, bytes | Unread] = field(default_factory=dict)
    brought: list[str] = field(default_factory=list)

    async def __call__(self, file_id: str, /) -> bytes | Unread:
        self.brought.append(file_id)
        return self.files[file_id]


@dataclass
class FakeReadFile:
    """Reads UTF-8, and knows only the ending of programs."""

    async def __call__(self, content: bytes, name: str, now: datetime, /) -> Found | Unread:
        return Unread(Obstacle.UNKNOWN_KIND) if name.endswith(".exe") else Found(content.decode(), Facts(name=name))


@dataclass
class FakeFeeds:
    """Feeds in a dictionary."""

    world: FakeWorld

    async def add(self, feed: Feed, /) -> tuple[Feed, bool]:
        known = next((each for each in self.world.feeds.values() if each.url == feed.url), None)
        kept = known or replace(feed, id=1 + max(self.world.feeds, default=0))
        self.world.feeds[kept.id] = kept
        return kept, known is None

    async def pace(self, feed_id: int, every: timedelta, /) -> None:
        self.world.feeds[feed_id] = replace(self.world.feeds[feed_id], every=every)

    async def remove(self, feed_id: int, /) -> None:
        self.world.feeds.pop(feed_id, None)
        for key in [key for key in self.world.entries if key[0] == feed_id]:
            del self.world.entries[key]

    async def all(self) -> Sequence[Feed]:
        return list(self.world.feeds.values())

    async def due(self, now: datetime, limit: int, /) -> Sequence[Feed]:
        waiting = [feed for feed in self.world.feeds.values() if feed.due_at <= now]
        return sorted(waiting, key=lambda feed: (feed.due_at, feed.id))[:limit]

    async def settle(self, feed: Feed, notes: Sequence[Page], now: datetime, /) -> None:
        if feed.id in self.world.feeds:
            self.world.feeds[feed.id] = feed
        for note in notes:
            if note.chat_id is not None:
                self.world.notify(note, note.chat_id, now)

    async def taken(self, feed_id: int, marks: Collection[str], /) -> frozenset[str]:
        kept = self.world.entries
        return frozenset(mark for mark in marks if (entry := kept.get((feed_id, mark))) and entry.tries is None)

    async def take(self, feed_id: int, marks: Collection[str], now: datetime, /) -> None:
        if feed_id in self.world.feeds:
            self.world.entries |= {(feed_id, mark): KeptEntry(now) for mark in marks}

    async def put_off(self, feed_id: int, mark: str, now: datetime, /) -> int:
        known = self.world.entries.get((feed_id, mark))
        tries = ((known.tries if known else None) or 0) + 1
        if feed_id in self.world.feeds:
            self.world.entries[feed_id, mark] = KeptEntry(now, tries)
        return tries

    async def forget(self, feed_id: int, before: datetime, /) -> int:
        old = [key for key, entry in self.world.entries.items() if key[0] == feed_id and entry.seen_at < before]
        for key in old:
            del self.world.entries[key]
        return len(old)


@dataclass
class FakeFetchFeed:
    """Feeds of the web in a dictionary, and with which tag each was asked for; what is not there is not found."""

    answers: dict[str, FeedRead | FeedUnchanged | FeedFailed] = field(default_factory=dict)
    asked: list[tuple[str, str | None]] = field(default_factory=list)

    async def __call__(
        self, url: str, etag: str | None, last_modified: str | None, now: datetime, /
    ) -> FeedRead | FeedUnchanged | FeedFailed:
        self.asked.append((url, etag))
        answer = self.answers.get(url, FeedFailed(Obstacle.NOT_FOUND))
        is_same = isinstance(answer, FeedRead) and answer.etag is not None and answer.etag == etag
        return FeedUnchanged() if is_same else answer

    def hold(self, url: str, *entries: FeedEntry, etag: str | None = None) -> None:
        """Put a feed at an address."""
        self.answers[url] = FeedRead(url, "صحيفة القلم", "https://qalam.example/", entries, etag, None)


class FakeFeedNotes:
    """Says it in a word and the feed's title."""

    def fails(self, feed: Feed, reason: Obstacle, /) -> Page:
        return Page(f"fails {feed.title} {reason.name}")

    def works(self, feed: Feed, /) -> Page:
        return Page(f"works {feed.title}")


@dataclass
class FakeFindFeeds:
    """Finds what there is to fetch."""

    fetch_feed: FakeFetchFeed

    async def __call__(self, urls: Sequence[str], now: datetime, /) -> Sequence[FeedRead | FeedFailed]:
        found = [await self.fetch_feed(url, None, None, now) for url in urls]
        return [each for each in found if not isinstance(each, FeedUnchanged)]


class FakeReadFeedList:
    """Takes each line for an address; a list begins with a word that says so."""

    async def __call__(self, content: bytes, now: datetime, /) -> Sequence[str] | Unread:
        first, *urls = content.decode().split("\n")
        return urls if first == "list" else Unread(Obstacle.NOT_OPML)


def fake_week(trends: Sequence[Trend], days: Sequence[datetime], subscriber: Subscriber, /) -> Page:
    """Show the numbers."""
    rows = tuple(Row(trend.topic, trend.counts, str(trend.total)) for trend in trends)
    return Page(f"week of {len(days)} days", picture=Chart("week", rows, f"{days[0]:%d}", f"{days[-1]:%d}"))


async def fake_zone_at(latitude: float, longitude: float, /) -> str | None:
    """Know two cities, whole degrees wide."""
    return {(30, 31): "Africa/Cairo", (24, 46): "Asia/Riyadh"}.get((int(latitude), int(longitude)))
