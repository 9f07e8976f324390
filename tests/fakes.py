"""Every port in memory, keeping the same promises as the adapters: both pass tests/contracts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.arabic.layout import Layout
from bot.domain.article import Article, Draft, Facts, Source, SourceKind, Traces, weakness
from bot.domain.channel import Channel
from bot.domain.copies import copied, wording
from bot.domain.delivery import Button, Delivery, Outcome, Page, Sent, Status, expired, interrupted, taken
from bot.domain.digest import Digest, Explanation, Report, Story
from bot.domain.editor import Editor
from bot.domain.exchange import Entry
from bot.domain.feed import Feed
from bot.domain.importance import Importance
from bot.domain.keyphrases import KnownTag
from bot.domain.mute import Mute
from bot.domain.preferences import Preferences
from bot.domain.rating import MOST_RATINGS, Rating
from bot.domain.reading import Findings, Knowledge, Opened, Text
from bot.domain.schedule import Schedule
from bot.domain.sheet import Sheet
from bot.domain.story import Lead, Place, Span, likest, same_story
from bot.domain.submission import Asked, Decision, Submission, Turn, Verdict
from bot.domain.subscriber import Standing, Subscriber
from bot.domain.topic import Catalogue, Subject, Topic, TopicIndex, topic_key
from bot.domain.unread import Found, Unread
from bot.domain.unread import Reason as Obstacle
from bot.ports import Update
from bot.summarize.repetition import line_fingerprints
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
    sender: int
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

    def is_vouched_for(self, subscriber_id: int) -> bool:
        return self.for_everyone_since is not None or subscriber_id in self.receipts

    @property
    def story_id(self) -> int:
        return self.place.story_id

    def is_visible_to(self, subscriber_id: int) -> bool:
        return self.is_vouched_for(subscriber_id) or self.has_joined

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
    importance: Mapping[int, Importance] = field(default_factory=dict)

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
    subscriptions: dict[int, dict[str, datetime]] = field(default_factory=dict)
    digests: dict[tuple[int, str], Digest] = field(default_factory=dict)
    deliveries: dict[int, KeptDelivery] = field(default_factory=dict)
    seen: dict[tuple[int, int], datetime] = field(default_factory=dict)  # by subscriber and story
    mutes: dict[tuple[int, str], Mute] = field(default_factory=dict)  # by subscriber and topic
    ratings: dict[tuple[int, int], Rating] = field(default_factory=dict)  # by subscriber and story
    editors: dict[int, Editor] = field(default_factory=dict)  # oldest first
    asks: dict[tuple[str, int], KeptAsk] = field(default_factory=dict)  # by fingerprint and chat
    feeds: dict[int, Feed] = field(default_factory=dict)
    entries: dict[tuple[int, str], datetime] = field(default_factory=dict)  # by feed and mark
    addresses: dict[str, tuple[str, datetime]] = field(default_factory=dict)  # fingerprint, and when it was seen
    fetches: dict[tuple[int, str, str], datetime] = field(default_factory=dict)  # by subscriber, receipt and place

    def plan(self, kept: KeptDelivery) -> int:
        """Keep a planned page under the next id and return it."""
        number = len(self.deliveries) + 1
        self.deliveries[number] = replace(kept, delivery=replace(kept.delivery, id=number))
        return number

    def notify(self, page: Page, chat_id: int, now: datetime) -> int:
        """Plan a page that is no digest's and no answer."""
        alone = ("notice", len(self.deliveries))
        return self.plan(KeptDelivery(Delivery(0, chat_id, page, now, now + _ANSWER_LIFE), alone, 0))

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
            shown = replace(page, chat_id=None)
            answer = Delivery(0, page.chat_id or last.chat_id, shown, now, now + _ANSWER_LIFE, answers=True)
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
            self._forget(mark, article.fingerprint)
            written = replace(article, collected_at=old.article.collected_at)
            self._describe(replace(old, article=written, traces=traces))
            self.world.arrivals[receipt] = (article.fingerprint, reader)
        elif article.fingerprint != mark:
            del self.world.arrivals[receipt]
            if reader is not None and (mark, reader) not in self.world.arrivals.values():
                old.receipts.pop(reader, None)
            if is_theirs:
                copies = [other for other, kept in self.world.articles.items() if kept.place.copy_of == mark]
                self._forget(mark, next(iter(copies), None))
            await self.add(article, traces)

    async def since(self, moment: datetime, /) -> Sequence[Article]:
        return [self.shown(kept) for kept in self.world.articles.values() if kept.article.collected_at >= moment]

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
        return [self.shown(each) for each in kept if each.article.summary_version != version]

    def _forget(self, mark: str, original: str | None) -> None:
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
            known = Subscriber(number, chat_id, language, schedule, Standing.ACTIVE, digest_at)
        elif known.standing is Standing.PAUSED:
            known = replace(known, standing=Standing.ACTIVE, digest_at=known.schedule.next_due(now))
        self.world.subscribers[known.id] = known
        return known

    async def due(self, now: datetime, limit: int, /) -> Sequence[Subscriber]:
        waiting = [
            (subscriber.digest_at, subscriber)
            for subscriber in self.world.subscribers.values()
            if subscriber.standing is Standing.ACTIVE and subscriber.digest_at and subscriber.digest_at <= now
        ]
        return [subscriber for _, subscriber in sorted(waiting, key=lambda pair: pair[0])][:limit]

    async def reschedule(self, subscriber_id: int, schedule: Schedule, digest_at: datetime, /) -> None:
        known = self.world.subscribers[subscriber_id]
        self.world.subscribers[subscriber_id] = replace(known, schedule=schedule, digest_at=digest_at)

    async def advance(self, subscriber_id: int, digest_at: datetime, /) -> None:
        known = self.world.subscribers[subscriber_id]
        if known.standing is Standing.ACTIVE:
            self.world.subscribers[subscriber_id] = replace(known, digest_at=digest_at)

    async def pause(self, chat_id: int, /) -> None:
        known = await self.find(chat_id)
        if known:
            self.world.subscribers[known.id] = replace(known, standing=Standing.PAUSED, digest_at=None)
        for kept in self.world.deliveries.values():
            if kept.delivery.chat_id == chat_id and kept.delivery.status in {Status.PLANNED, Status.UNKNOWN}:
                kept.delivery = replace(kept.delivery, status=Status.ABANDONED, error="paused")

    async def move(self, chat_id: int, to: int, /) -> None:
        moved = await self.find(chat_id)
        if moved and await self.find(to):
            self.world.subscribers[moved.id] = replace(moved, standing=Standing.PAUSED, digest_at=None)
        elif moved:
            self.world.subscribers[moved.id] = replace(moved, chat_id=to)
        for kept in self.world.deliveries.values():
            if kept.delivery.chat_id == chat_id:
                kept.delivery = replace(kept.delivery, chat_id=to)

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
            self.world.mutes.pop((subscriber_id, name), None)
        return gone

    async def topics(self, subscriber_id: int, /) -> Sequence[str]:
        followed = self.world.subscriptions.get(subscriber_id, {})
        return sorted(followed, key=lambda name: followed[name])


@dataclass
class FakeDeliveries:
    """Deliveries in a dictionary."""

    world: FakeWorld

    async def fresh(self, subscriber_id: int, since: datetime, /) -> Sequence[Story]:
        visible = [kept for kept in self.world.articles.values() if kept.is_visible_to(subscriber_id)]
        new = [
            kept
            for kept in visible
            if kept.is_new_to(subscriber_id, since) and self._is_later(kept, self._seen_at(subscriber_id, kept))
        ]
        stories = sorted({kept.story_id for kept in new} - self._underway(subscriber_id))
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
        self.world.subscribers[reader] = replace(subscriber, digested_at=digest.covers_until)
        bundle = ("digest", len(self.world.digests))
        for number, (page, story_ids) in enumerate(pages):
            planned = Delivery(0, subscriber.chat_id, page, now, expires_at)
            self.world.plan(KeptDelivery(planned, bundle, number, reader, tuple(story_ids), digest.importance))
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
            self.world.seen |= {(kept.subscriber_id, story_id): now for story_id in kept.story_ids}

    async def sheet(self, sheet: Sheet, /) -> Page | None:
        kept = self._of_sheet(sheet)
        return kept.delivery.page if kept else None

    async def explanations(self, sheet: Sheet, /) -> Sequence[Explanation]:
        kept = self._of_sheet(sheet)
        if kept is None or kept.subscriber_id is None:
            return []
        explained = [self._explained(kept, kept.subscriber_id, place) for place in range(len(kept.story_ids))]
        return [each for each in explained if each.subjects]

    def _of_sheet(self, sheet: Sheet) -> KeptDelivery | None:
        of_chat = [kept for kept in self.world.deliveries.values() if kept.delivery.chat_id == sheet.chat_id]
        of_digest = [kept for kept in of_chat if kept.subscriber_id is not None]
        if sheet.number == 0:
            found = [kept for kept in of_digest if kept.delivery.message_id == sheet.message_id]
            return next((kept for kept in found if kept.delivery.page.edits is None), None)
        edits = [kept for kept in of_digest if kept.delivery.page.edits == sheet.message_id]
        found = [kept for kept in edits if kept.delivery.status is not Status.ABANDONED]
        return found[sheet.number - 1] if len(found) >= sheet.number else None

    def _explained(self, page: KeptDelivery, subscriber_id: int, place: int) -> Explanation:
        story_id = page.story_ids[place]
        told = [kept for kept in self.world.articles.values() if kept.story_id == story_id]
        visible = [kept for kept in told if kept.is_visible_to(subscriber_id)]
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

    def _underway(self, subscriber_id: int) -> set[int]:
        own = [kept for kept in self.world.deliveries.values() if kept.subscriber_id == subscriber_id and kept.is_open]
        return {story_id for kept in own for story_id in kept.story_ids}

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
                if subject:
                    strongest[name] = min(strongest.get(name, subject), subject, key=weakness)
        return tuple(sorted(strongest.values(), key=weakness))


def _report(kept: KeptArticle, subscriber_id: int) -> Report:
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

    async def unrate(self, subscriber_id: int, story_id: int, /) -> None:
        self.world.ratings.pop((subscriber_id, story_id), None)

    async def of(self, subscriber_id: int, /) -> Sequence[Rating]:
        own = [rating for (subscriber, _), rating in self.world.ratings.items() if subscriber == subscriber_id]
        return sorted(own, key=lambda each: (each.rated_at, each.story_id), reverse=True)[:MOST_RATINGS]

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
        turns: dict[int, int] = {}
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
        sender = self.world.subscribers.get(submission.sender)
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


@dataclass
class FakeFetch:
    """A web in a dictionary, and what was asked for; what is not there is not found."""

    pages: dict[str, Found | Unread] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def __call__(self, addresses: Sequence[str], now: datetime, /) -> Sequence[Found | Unread]:
        self.asked += addresses
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
        kept = replace(known, every=feed.every) if known else replace(feed, id=1 + max(self.world.feeds, default=0))
        self.world.feeds[kept.id] = kept
        return kept, known is None

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
        return frozenset(mark for mark in marks if (feed_id, mark) in self.world.entries)

    async def take(self, feed_id: int, marks: Collection[str], now: datetime, /) -> None:
        if feed_id in self.world.feeds:
            self.world.entries |= {(feed_id, mark): now for mark in marks}

    async def forget(self, before: datetime, /) -> int:
        old = [key for key, seen_at in self.world.entries.items() if seen_at < before]
        for key in old:
            del self.world.entries[key]
        return len(old)
