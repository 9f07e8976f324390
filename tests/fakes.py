"""Every port in memory, keeping the same promises as the adapters: both pass tests/contracts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from bot.arabic.layout import Layout
from bot.domain.article import Article, Draft, Source, Traces, weakness
from bot.domain.delivery import Delivery, Outcome, Page, Sent, Status, expired, interrupted, taken
from bot.domain.digest import Digest, Explanation, Report, Story
from bot.domain.keyphrases import KnownTag
from bot.domain.reading import Findings, Knowledge, Opened, Text
from bot.domain.schedule import Schedule
from bot.domain.story import WINDOW, Lead, same_story
from bot.domain.subscriber import Standing, Subscriber
from bot.domain.topic import Catalogue, Subject, Topic, TopicIndex, topic_key
from bot.ports import Update
from bot.summarize.repetition import line_fingerprints
from tests.builders import NOW

_RUN = 16
_ANSWER_LIFE = timedelta(days=1)
_REPEATED = 3
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
class KeptArticle:
    """An article, its story and who brought it."""

    article: Article
    story_id: int
    traces: Traces
    for_everyone_since: datetime | None = None
    receipts: dict[int, tuple[str, datetime]] = field(default_factory=dict)

    def is_visible_to(self, subscriber_id: int) -> bool:
        return self.for_everyone_since is not None or subscriber_id in self.receipts

    def is_new_to(self, subscriber_id: int, since: datetime) -> bool:
        _, received_at = self.receipts.get(subscriber_id, ("", None))
        return any(moment is not None and moment >= since for moment in (self.for_everyone_since, received_at))


@dataclass
class KeptDelivery:
    """A delivery and the bundle it is a page of: a digest or the answer to an update."""

    delivery: Delivery
    bundle: tuple[str, int]
    number: int
    subscriber_id: int | None = None
    story_ids: tuple[int, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.delivery.status in _OPEN


@dataclass
class FakeWorld:
    """What the fakes keep together, as the adapters do in one database."""

    updates: dict[int, KeptUpdate] = field(default_factory=dict)
    articles: dict[str, KeptArticle] = field(default_factory=dict)
    about: dict[tuple[str, str], Subject] = field(default_factory=dict)  # by fingerprint and topic
    topics: dict[str, Topic] = field(default_factory=dict)  # by name, oldest first
    tags: dict[str, str] = field(default_factory=dict)  # names by key
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)  # uses and mentions by key
    written: set[str] = field(default_factory=set)  # keys of tags that were no guess
    lines: dict[tuple[Source, str], set[date]] = field(default_factory=dict)  # the days of each
    subscribers: dict[int, Subscriber] = field(default_factory=dict)
    subscriptions: dict[int, dict[str, datetime]] = field(default_factory=dict)
    digests: dict[tuple[int, str], Digest] = field(default_factory=dict)
    deliveries: dict[int, KeptDelivery] = field(default_factory=dict)
    seen: set[tuple[int, int]] = field(default_factory=set)  # subscriber and story

    def plan(self, kept: KeptDelivery) -> None:
        """Keep a planned page under the next id."""
        number = len(self.deliveries) + 1
        self.deliveries[number] = replace(kept, delivery=replace(kept.delivery, id=number))

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
            answer = Delivery(0, last.chat_id, page, now, now + _ANSWER_LIFE, answers=True)
            self.world.plan(KeptDelivery(answer, bundle, number))


@dataclass
class FakeArticles:
    """The archive in a dictionary."""

    world: FakeWorld

    async def find(self, fingerprint: str, /) -> Article | None:
        kept = self.world.articles.get(fingerprint)
        return self._shown(kept) if kept else None

    async def add(self, article: Article, traces: Traces, /) -> None:
        if article.fingerprint in self.world.articles:
            return
        for key in {topic_key(name) for name in traces.mentioned} & self.world.tags.keys():
            self._count(key, mentions=1)
        story_id = self._story(article, traces.stems)
        self.world.articles[article.fingerprint] = KeptArticle(article, story_id, traces)
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

    async def receive(
        self, fingerprint: str, subscriber_id: int, receipt: str, now: datetime, /, *, for_everyone: bool
    ) -> bool:
        kept = self.world.articles[fingerprint]
        if for_everyone and kept.for_everyone_since is None:
            kept.for_everyone_since = now
        first, _ = kept.receipts.setdefault(subscriber_id, (receipt, now))
        return first == receipt

    async def since(self, moment: datetime, /) -> Sequence[Article]:
        return [self._shown(kept) for kept in self.world.articles.values() if kept.article.collected_at >= moment]

    async def tags_after(self, mark: int, /) -> tuple[Sequence[KnownTag], int]:
        known = [
            KnownTag(tag, *self.world.counts.get(key, (0, 0)), is_guess=key not in self.world.written)
            for key, tag in self.world.tags.items()
        ]
        return known, mark + 1

    async def repeated_lines(self, source: Source | None, /) -> frozenset[str]:
        return frozenset(
            line for (of, line), days in self.world.lines.items() if of == source and len(days) >= _REPEATED
        )

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
        return [self._shown(each) for each in kept if each.article.summary_version != version]

    def _count(self, key: str, uses: int = 0, mentions: int = 0) -> None:
        used, mentioned = self.world.counts.get(key, (0, 0))
        self.world.counts[key] = (used + uses, mentioned + mentions)

    def _shown(self, kept: KeptArticle) -> Article:
        about = (self.world.about.get((kept.article.fingerprint, name)) for name in self.world.topics)
        return replace(kept.article, subjects=tuple(subject for subject in about if subject))

    def _story(self, article: Article, stems: Sequence[str]) -> int:
        kept = self.world.articles.values()
        recent = [each for each in kept if each.article.collected_at >= article.collected_at - WINDOW]
        told = same_story(stems, [Lead(each.story_id, each.traces.stems) for each in recent])
        return told or 1 + max((each.story_id for each in kept), default=0)


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

    async def codes(self, names: Sequence[str], /) -> Mapping[str, str]:
        codes = {name: self._code(name) for name in names}
        return {name: code for name, code in codes.items() if code}

    async def named(self, code: str, /) -> str | None:
        return next(
            (name for name in (*self.world.topics, *self.world.tags.values()) if self._code(name) == code), None
        )

    def _count(self, name: str, since: datetime) -> int:
        kept = self.world.articles.values()
        news = {
            each.article.fingerprint for each in kept if each.for_everyone_since and each.for_everyone_since >= since
        }
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

    async def find(self, chat_id: int, /) -> Subscriber | None:
        kept = self.world.subscribers.values()
        return next((subscriber for subscriber in kept if subscriber.chat_id == chat_id), None)

    async def welcome(
        self, chat_id: int, language: str, schedule: Schedule, digest_at: datetime, now: datetime, /
    ) -> Subscriber:
        known = await self.find(chat_id)
        if known is None:
            number = len(self.world.subscribers) + 1
            review_at = schedule.next_review(now)
            known = Subscriber(number, chat_id, language, schedule, Standing.ACTIVE, digest_at, review_at=review_at)
        elif known.standing is Standing.PAUSED:
            waits = known.schedule.next_due(now), known.schedule.next_review(now)
            known = replace(known, standing=Standing.ACTIVE, digest_at=waits[0], review_at=waits[1])
        self.world.subscribers[known.id] = known
        return known

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

    async def pause(self, chat_id: int, /) -> None:
        known = await self.find(chat_id)
        if known:
            self.world.subscribers[known.id] = replace(known, standing=Standing.PAUSED, digest_at=None, review_at=None)
        for kept in self.world.deliveries.values():
            if kept.delivery.chat_id == chat_id and kept.delivery.status in {Status.PLANNED, Status.UNKNOWN}:
                kept.delivery = replace(kept.delivery, status=Status.ABANDONED, error="paused")

    async def move(self, chat_id: int, to: int, /) -> None:
        moved = await self.find(chat_id)
        if moved and await self.find(to):
            self.world.subscribers[moved.id] = replace(moved, standing=Standing.PAUSED, digest_at=None, review_at=None)
        elif moved:
            self.world.subscribers[moved.id] = replace(moved, chat_id=to)
        for kept in self.world.deliveries.values():
            if kept.delivery.chat_id == chat_id:
                kept.delivery = replace(kept.delivery, chat_id=to)

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
        return gone

    async def topics(self, subscriber_id: int, /) -> Sequence[str]:
        followed = self.world.subscriptions.get(subscriber_id, {})
        return sorted(followed, key=lambda name: followed[name])


@dataclass
class FakeDeliveries:
    """Deliveries in a dictionary."""

    world: FakeWorld

    async def fresh(self, subscriber_id: int, since: datetime, /) -> Sequence[Story]:
        had = self._had(subscriber_id)
        return [story for story in await self.told(subscriber_id, since) if story.id not in had]

    async def told(self, subscriber_id: int, since: datetime, /) -> Sequence[Story]:
        visible = [kept for kept in self.world.articles.values() if kept.is_visible_to(subscriber_id)]
        new = [kept for kept in visible if kept.is_new_to(subscriber_id, since)]
        stories = sorted({kept.story_id for kept in new})
        found = []
        for story_id in stories:
            topics = self._topics(subscriber_id, [kept for kept in new if kept.story_id == story_id])
            reports = tuple(_report(kept.article) for kept in visible if kept.story_id == story_id)
            found.append(Story(story_id, topics, reports))
        return [story for story in found if story.topics]

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
        for number, (page, story_ids) in enumerate(pages):
            planned = Delivery(0, subscriber.chat_id, page, now, expires_at)
            self.world.plan(KeptDelivery(planned, bundle, number, reader, tuple(story_ids)))
        return True

    async def has(self, subscriber_id: int, key: str, /) -> bool:
        return (subscriber_id, key) in self.world.digests

    async def claim(self, now: datetime, limit: int, busy: Collection[int], /) -> Sequence[Delivery]:
        for kept in self._waiting():
            if kept.delivery.expires_at <= now:
                await self.save(expired(kept.delivery), now)
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
        kept = self.world.deliveries[delivery.id]
        kept.delivery = delivery
        if delivery.was_seen and kept.subscriber_id is not None:
            self.world.seen |= {(kept.subscriber_id, story_id) for story_id in kept.story_ids}

    async def explanations(self, chat_id: int, message_id: int, /) -> Sequence[Explanation]:
        for kept in self.world.deliveries.values():
            if (kept.delivery.chat_id, kept.delivery.message_id) == (chat_id, message_id) and kept.subscriber_id:
                explained = [self._explained(kept.subscriber_id, story_id) for story_id in kept.story_ids]
                return [each for each in explained if each.subjects]
        return []

    def _explained(self, subscriber_id: int, story_id: int) -> Explanation:
        told = [kept for kept in self.world.articles.values() if kept.story_id == story_id]
        story = Story(story_id, (), tuple(_report(kept.article) for kept in told if kept.is_visible_to(subscriber_id)))
        return Explanation(story.best.title, self._subjects(subscriber_id, told))

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

    def _had(self, subscriber_id: int) -> set[int]:
        own = [kept for kept in self.world.deliveries.values() if kept.subscriber_id == subscriber_id and kept.is_open]
        seen = {story_id for reader, story_id in self.world.seen if reader == subscriber_id}
        return seen | {story_id for kept in own for story_id in kept.story_ids}

    def _topics(self, subscriber_id: int, reports: Sequence[KeptArticle]) -> tuple[str, ...]:
        return tuple(subject.name for subject in self._subjects(subscriber_id, reports))

    def _subjects(self, subscriber_id: int, reports: Sequence[KeptArticle]) -> tuple[Subject, ...]:
        strongest: dict[str, Subject] = {}
        for kept in reports:
            for name in self.world.subscriptions.get(subscriber_id, {}):
                subject = self.world.about.get((kept.article.fingerprint, name))
                if subject:
                    strongest[name] = min(strongest.get(name, subject), subject, key=weakness)
        return tuple(sorted(strongest.values(), key=weakness))


def _report(article: Article) -> Report:
    source = article.source.public_name if article.source else None
    return Report(article.title, article.summary, source, article.link, article.published, article.collected_at)


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
        self, digest: Digest, subscriber: Subscriber, now: datetime, /
    ) -> Sequence[tuple[Page, Sequence[int]]]:
        if subscriber.id in self.fails_for:
            raise ValueError("a story that cannot be laid out")
        return [
            (Page("\n".join(story.best.title for story in stories)), [story.id for story in stories])
            for stories in _parts(digest.stories, self.stories_a_page)
        ]


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
            tuple(sorted(line_fingerprints(layout.body))),
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


def fake_zone_at(latitude: float, longitude: float, /) -> str | None:
    """Know two cities, whole degrees wide."""
    return {(30, 31): "Africa/Cairo", (24, 46): "Asia/Riyadh"}.get((int(latitude), int(longitude)))
