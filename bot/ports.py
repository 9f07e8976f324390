"""What the use cases need from the world; each method that keeps something is one transaction."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from bot.arabic.layout import Layout
from bot.domain.alert import Urgent
from bot.domain.article import Article, Draft, Source, Traces
from bot.domain.channel import Channel
from bot.domain.chart import Chart
from bot.domain.delivery import Delivery, Outcome, Page
from bot.domain.digest import Digest, Explanation, Story
from bot.domain.editor import Editor
from bot.domain.exchange import Entry
from bot.domain.feed import Feed, FeedFailed, FeedRead, FeedUnchanged
from bot.domain.keyphrases import KnownTag
from bot.domain.mute import Mute
from bot.domain.preferences import Preferences
from bot.domain.queues import Queues
from bot.domain.rating import Rating
from bot.domain.reading import Findings, Opened, Text
from bot.domain.record import Record
from bot.domain.schedule import Schedule
from bot.domain.search import Hit, Question, Wanted
from bot.domain.sheet import Sheet
from bot.domain.story import Place
from bot.domain.submission import Asked, Decision, Submission, Turn
from bot.domain.subscriber import Subscriber
from bot.domain.subscription import Subscription
from bot.domain.topic import Catalogue, Subject, Topic
from bot.domain.trend import Trend
from bot.domain.unread import Found, Reason, Unread


class Clock(Protocol):
    """Tell the time."""

    def __call__(self) -> datetime:
        """Return now, in UTC."""


@dataclass(frozen=True, slots=True)
class Update:
    """One raw Telegram update as it waits in the inbox: ``body`` is its JSON object."""

    id: int
    chat_id: int
    body: dict[str, Any]
    received_at: datetime
    attempts: int = 0


class Inbox(Protocol):
    """Updates, kept before they are confirmed to Telegram, until they are handled."""

    async def add(self, updates: Sequence[Update], /) -> None:
        """Keep new updates; those already kept stay as they are."""

    async def waiting(self, busy: Collection[int], now: datetime, limit: int, /) -> Sequence[Sequence[Update]]:
        """Return what waits in at most ``limit`` chats that are not ``busy``: up to 64 updates each, in order.

        A chat whose first update is to be tried again later waits whole.
        """

    async def take(self, updates: Sequence[Update], /) -> None:
        """Mark updates as being handled, which counts an attempt."""

    async def finish(self, updates: Sequence[Update], pages: Sequence[Page], now: datetime, /) -> None:
        """Mark updates of one chat as done and, with it, plan the pages that answer them."""

    async def retry(self, updates: Sequence[Update], error: str, not_before: datetime, /) -> None:
        """Let updates that failed wait for another attempt."""

    async def park(self, updates: Sequence[Update], error: str, pages: Sequence[Page], now: datetime, /) -> None:
        """Give updates up, and plan the pages that say so."""

    async def recover(self) -> int:
        """Put back what a crash left in hand; return how many."""

    async def prune(self, before: datetime, /) -> int:
        """Forget updates that were settled before then; return how many."""


class CountQueues(Protocol):
    """Know how much waits."""

    async def __call__(self, now: datetime, /) -> Queues:
        """Return what waits for us now."""


class Articles(Protocol):
    """The archive."""

    async def find(self, fingerprint: str, /) -> Article | None:
        """Return the article with that fingerprint, or None."""

    async def add(self, article: Article, traces: Traces, /) -> Place:
        """Keep an article and return its place; a known one stays as it is, where it is.

        A copy of a kept text, however old, joins the story of the text, another report of an event of the same days
        the story of the event; all others open a story of their own.
        Each tag it carries counts a use, and each mentioned one a mention. A new tag that was guessed stays a guess
        until an article carries it that did not guess.
        """

    async def join(self, fingerprint: str, to: str, /) -> bool:
        """Let the story of a kept article become part of another one's; tell if they were two.

        Who has seen either has seen both.
        """

    async def split(self, fingerprint: str, /) -> Place | None:
        """Give a kept article and the copies of it a story of their own, new to everyone; return its place.

        A copy that is split is no copy any more, and a report that joined what is in another story now waits again.
        Return None, and change nothing, if the story has no other article.
        """

    async def alike(self, fingerprint: str, limit: int, /) -> Sequence[Article]:
        """Return the articles that are likest a kept one: of each other story of its days the likest, best first."""

    async def receive(
        self, fingerprint: str, subscriber_id: int | None, receipt: str, now: datetime, /, *, for_everyone: bool
    ) -> bool:
        """Note that a subscriber, or a channel, sent a kept article, and if it is for everyone from now on.

        Tell if this receipt was the first to bring it to them; a channel is told True.
        """

    async def brought_by(self, receipt: str, /) -> Article | None:
        """Return the article that the message with this receipt brought, or None."""

    async def revise(self, receipt: str, article: Article, traces: Traces, /, *, for_everyone: bool) -> None:
        """Keep what the message with this receipt says now instead of the article that it brought.

        Where no other message brought that article, and an editor stands behind the change of one that is for
        everyone, the new version takes its place: story, age and readers stay. If it tells another event, or is known
        already, the old version goes. Otherwise the new one stands beside it. It is to be received afterwards.
        Tell if this receipt was the first to bring it to them. What is not for everyone waits for an editor, once;
        what is lets the reports of its story that wait join it: those of a named source, one a sender.
        """

    async def since(self, moment: datetime, /) -> Sequence[Article]:
        """Return the articles collected since then, oldest first."""

    async def tags_after(self, mark: int, /) -> tuple[Sequence[KnownTag], int]:
        """Return the tags that are new or count more since a mark, all of them since 0, and the mark to ask with next.

        Some may come again unchanged.
        """

    async def repeated_lines(self, source: Source | None, lines: Collection[str], /) -> frozenset[str]:
        """Return which of these lines, by their fingerprints, a source printed on three days or more."""

    async def forget_lines(self, before: date, /) -> int:
        """Forget the lines that are not repeated and stood last before that day; return how many."""

    async def summarised_otherwise(self, version: str, limit: int, /) -> Sequence[Article]:
        """Return articles whose summary is of another version, oldest first."""

    async def count_summarised_otherwise(self, version: str, /) -> int:
        """Return how many there are."""

    async def summarised(self, summaries: Mapping[str, tuple[str, ...]], version: str, /) -> None:
        """Keep new summaries, by the articles' fingerprints."""


class Archive(Protocol):
    """The articles as they are exchanged with other archives."""

    async def count(self) -> int:
        """Return how many there are."""

    async def after(self, mark: int, limit: int, /) -> tuple[Sequence[Entry], int]:
        """Return the next articles after a mark, the oldest after 0, and the mark to ask with next."""

    async def count_sent_by(self, subscriber_id: int, /) -> int:
        """Return how many a subscriber sent."""

    async def sent_by(self, subscriber_id: int, before: int | None, limit: int, /) -> tuple[Sequence[Entry], int]:
        """Return the next articles that a subscriber sent, newest first, before a mark if one is given, and the next.

        Their age is that of the article, whenever the subscriber sent it.
        """

    async def restore(self, entry: Entry, traces: Traces, /) -> bool:
        """Keep an article of another archive as it was there; tell if it is new.

        A known one stays as it is, but for being put before everyone if the entry is.
        """


class Stories(Protocol):
    """The kept stories: a reader sees those that an article for everyone tells, or one that they sent themselves.

    Nobody in particular (None) sees those for everyone.
    """

    async def sought(
        self, subscriber_id: int | None, wanted: Wanted, zone: str, until: datetime, skip: int, limit: int, /
    ) -> Sequence[Hit]:
        """Return the stories that are looked for but the first ``skip``, each once, the newest first.

        A day is that on which an article was published or, where it does not say so, reached us by the clocks of the
        zone. What reached us after ``until`` is not found.
        """

    async def find(self, subscriber_id: int | None, story_id: int, /) -> Story | None:
        """Return a story with all its topics, the strongest first; None if there is none that the reader may see."""

    async def save(self, subscriber_id: int, story_id: int, now: datetime, /) -> bool:
        """Keep a story at hand for a reader, once; tell if there is one that they may see."""

    async def unsave(self, subscriber_id: int, story_id: int, /) -> None:
        """Keep it at hand no more."""

    async def has_saved(self, subscriber_id: int, story_id: int, /) -> bool:
        """Tell if a reader keeps a story at hand."""

    async def saved(self, subscriber_id: int, skip: int, limit: int, /) -> Sequence[Hit]:
        """Return the stories that a reader saved, each by its best report, the last saved first."""


class Searches(Protocol):
    """What readers looked for lately."""

    async def keep(self, subscriber_id: int, receipt: str, asked: str, now: datetime, /) -> Question:
        """Keep what the message with this receipt asks, once."""

    async def find(self, subscriber_id: int, number: int, /) -> Question | None:
        """Return what a reader asked, by its number; None if it is forgotten, or another reader's."""

    async def forget(self, before: datetime, /) -> int:
        """Forget what was asked before then; return how many."""


class Parts(Protocol):
    """Messages that make one text, while one of them may still change or another come."""

    async def keep(self, chat_id: int, messages: Mapping[int, dict[str, Any]], now: datetime, /) -> None:
        """Keep the raw messages of one text by their ids, in place of what was kept of them."""

    async def last(self, chat_id: int, message_id: int, /) -> Mapping[int, dict[str, Any]]:
        """Return all messages, in order, of the text of which the last kept one up to this id is a part."""

    async def prune(self, before: datetime, /) -> int:
        """Forget what was kept before then, but for posts of enabled channels; return how many."""


class Channels(Protocol):
    """Channels that editors showed us."""

    async def meet(self, channel: Channel, /) -> Channel:
        """Keep a channel that is new, or its new title and username; return it as it is kept."""

    async def find(self, chat_id: int, /) -> Channel | None:
        """Return a channel, or None."""

    async def all(self) -> Sequence[Channel]:
        """Return the channels by their titles."""

    async def enable(self, chat_id: int, editor: int, now: datetime, /) -> Channel | None:
        """Take a channel's posts from now on; return it, or None if nobody showed it to us."""

    async def disable(self, chat_id: int, /) -> Channel | None:
        """Take a channel's posts no more; return it, or None if nobody showed it to us."""


class Feeds(Protocol):
    """Feeds that are looked at for new articles, and what was taken of them."""

    async def add(self, feed: Feed, /) -> tuple[Feed, bool]:
        """Keep a feed under its address; return it, and if it is new: a kept one stays as it is."""

    async def pace(self, feed_id: int, every: timedelta, /) -> None:
        """Keep a new interval."""

    async def remove(self, feed_id: int, /) -> None:
        """Forget a feed; its articles stay."""

    async def all(self) -> Sequence[Feed]:
        """Return the feeds, oldest first."""

    async def due(self, now: datetime, limit: int, /) -> Sequence[Feed]:
        """Return the feeds whose time has come, longest waiting first."""

    async def settle(self, feed: Feed, notes: Sequence[Page], now: datetime, /) -> None:
        """Keep what looking at a feed came to and, with it, plan the pages that tell of it, each for its chat."""

    async def taken(self, feed_id: int, marks: Collection[str], /) -> frozenset[str]:
        """Return which of these entries were taken."""

    async def take(self, feed_id: int, marks: Collection[str], now: datetime, /) -> None:
        """Note that entries are taken, or still there."""

    async def put_off(self, feed_id: int, mark: str, now: datetime, /) -> int:
        """Note that an entry that is not taken was tried in vain; return how often it was."""

    async def forget(self, feed_id: int, before: datetime, /) -> int:
        """Forget entries of a feed that it had last before then; return how many."""


class FetchFeed(Protocol):
    """Read a feed at an address, or the first one that the page there names."""

    async def __call__(
        self, url: str, etag: str | None, last_modified: str | None, now: datetime, /
    ) -> FeedRead | FeedUnchanged | FeedFailed:
        """Return what it has, or that it has nothing new since the tag or date that it gave, or why not."""


class FindFeeds(Protocol):
    """Find many feeds at once."""

    async def __call__(self, urls: Sequence[str], now: datetime, /) -> Sequence[FeedRead | FeedFailed]:
        """Return the feed at each address, without its entries, or why there is none, in their order."""


class ReadFeedList(Protocol):
    """Read a list of feeds, as programs exchange them."""

    async def __call__(self, content: bytes, now: datetime, /) -> Sequence[str] | Unread:
        """Return the addresses in it, or why it is none."""


class WriteFeedList(Protocol):
    """Write a list of feeds for other programs."""

    def __call__(self, feeds: Sequence[Feed], /) -> bytes:
        """Return the file."""


class FeedNotes(Protocol):
    """Tell the owners of feeds that fail."""

    def fails(self, feed: Feed, reason: Reason, /) -> Page:
        """Say that a feed keeps failing."""

    def works(self, feed: Feed, /) -> Page:
        """Say that a feed works again."""


class IsEditor(Protocol):
    """Know whom the operator trusts to put articles before everyone."""

    async def __call__(self, user_id: int, /) -> bool:
        """Tell if a Telegram user is trusted."""


class Addresses(Protocol):
    """Which article stood at an address of the web lately."""

    async def find(self, address: str, since: datetime, /) -> str | None:
        """Return the fingerprint of the kept article that was seen there since then, or None."""

    async def note(self, addresses: Collection[str], fingerprint: str, now: datetime, /) -> None:
        """Remember that a kept article stands at these addresses now, whatever stood there before."""

    async def forget(self, before: datetime, /) -> int:
        """Forget addresses that were seen last before then; return how many."""


class Usage(Protocol):
    """What a subscriber asked for lately; what the update of a ``receipt`` asked for is not held against itself."""

    async def articles(
        self, subscriber_id: int, since: datetime, receipt: str, fingerprint: str, /
    ) -> Sequence[datetime]:
        """Return when articles that are kept came from a subscriber since then, but for this one by this receipt."""

    async def fetches(self, subscriber_id: int, since: datetime, receipt: str, /) -> Sequence[datetime]:
        """Return when links and files were read for a subscriber, for other receipts, since then."""

    async def fetched(self, subscriber_id: int, receipt: str, place: str, now: datetime, /) -> None:
        """Note that one place is read; the same place for the same receipt is noted once."""

    async def forget(self, before: datetime, /) -> int:
        """Forget what was read before then; return how many."""


class Topics(Protocol):
    """What can be followed."""

    async def catalogue(self) -> Catalogue:
        """Return all topics, to find one by its names."""

    async def after(self, mark: int, /) -> tuple[Sequence[Topic], int]:
        """Return the topics kept since a mark, all of them since 0, and the mark to ask with next."""

    async def add(self, topic: Topic, about: Mapping[str, Subject], /) -> None:
        """Keep a new topic, and what the articles with these fingerprints say of it."""

    async def popular(self, since: datetime, limit: int, /) -> Sequence[str]:
        """Return the names of the topics with most articles for everyone since then."""

    async def told(self, since: datetime, /) -> Mapping[str, Collection[int]]:
        """Return by topic, in the order in which they were kept, the stories before everyone since then."""

    async def counts(self, starts: Sequence[datetime], /) -> Mapping[str, Sequence[int]]:
        """Return by topic how many articles came before everyone between each moment and the next; none that has none.

        Topics are given in the order in which they were kept.
        """

    async def codes(self, names: Sequence[str], /) -> Mapping[str, str]:
        """Return a short lasting code for each name that is a topic or a tag, for buttons."""

    async def named(self, code: str, /) -> str | None:
        """Return the name that a code stands for, or None."""


class Subscribers(Protocol):
    """Who receives digests, and what they follow."""

    async def find(self, chat_id: int, thread_id: int = 0, /) -> Subscriber | None:
        """Return the subscriber of a chat, or of a thread of it, or None."""

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
        """Return the active subscriber of a chat or a thread: kept anew if unknown, else with their own settings."""

    async def due(self, now: datetime, limit: int, /) -> Sequence[Subscriber]:
        """Return active subscribers whose moment has come, longest waiting first."""

    async def due_for_review(self, now: datetime, limit: int, /) -> Sequence[Subscriber]:
        """Return active subscribers whose weekly review's moment has come, longest waiting first."""

    async def reschedule(
        self, subscriber_id: int, schedule: Schedule, digest_at: datetime, review_at: datetime | None, /
    ) -> None:
        """Keep a new schedule."""

    async def advance(self, subscriber_id: int, digest_at: datetime, /) -> None:
        """Let a subscriber wait for the next moment."""

    async def await_review(self, subscriber_id: int, review_at: datetime | None, /) -> None:
        """Let a subscriber wait for the next review."""

    async def speak(self, subscriber_id: int, language: str, /) -> None:
        """Keep another language of a subscriber."""

    async def pause(self, chat_id: int, thread_id: int | None = None, /) -> None:
        """Stop writing to a chat with all its threads, or to this thread alone; open deliveries are abandoned."""

    async def resume(self, chat_id: int, now: datetime, thread_id: int | None = None, /) -> None:
        """Write again to those of a chat, or to this thread of it, who were known and paused; make nobody known."""

    async def move(self, chat_id: int, to: int, /) -> None:
        """Give a chat, its threads, and what is on its way to them, its new id.

        A subscriber who is in the new chat already lives on, and gains what the old one followed and has seen.
        """

    async def prefer(self, subscriber_id: int, chosen: Preferences, /) -> None:
        """Keep how a subscriber wants to read."""

    async def follow(self, subscriber_id: int, names: Sequence[str], now: datetime, /) -> Sequence[str]:
        """Subscribe to kept topics by name; return those that are new to the subscriber."""

    async def unfollow(self, subscriber_id: int, names: Sequence[str], /) -> Sequence[str]:
        """End subscriptions, and their mutes; return those that were there."""

    async def topics(self, subscriber_id: int, /) -> Sequence[str]:
        """Return the names of the topics a subscriber follows, oldest first."""

    async def subscriptions(self, subscriber_id: int, /) -> Sequence[Subscription]:
        """Return how a subscriber follows their topics, oldest first."""

    async def leave_out(self, subscriber_id: int, name: str, without: Sequence[str], /) -> bool:
        """Let a subscription be without the stories of these kept topics and no others; tell if that is a change."""

    async def at_once(self, subscriber_id: int, name: str, since: datetime | None, /) -> bool:
        """Let new stories of a topic be sent at once, or no more; tell if it is followed and was otherwise before."""

    async def news(self, subscriber_id: int, since: datetime, /) -> Mapping[str, int]:
        """Return by topic how many stories since then a subscriber may see; a topic that has none is not there."""


class Records(Protocol):
    """All that is held on one reader."""

    async def of(self, subscriber_id: int, /) -> Record | None:
        """Return it, but for the articles that they sent, which the archive has; None if nobody is known."""

    async def forget(self, subscriber_id: int, asked_at: datetime, now: datetime, /) -> bool:
        """Forget a subscriber who was known when they were asked; tell if they were.

        What they follow, what they have and what is on its way to them goes, and so do their messages, but for those
        that are still to be handled. An article goes unless it is for everyone or somebody else sent it too; of one
        that stays nobody learns who sent it, nor from which person they had it. An editor is one no more.
        """


class Administers(Protocol):
    """Know who administers a group or a channel."""

    async def __call__(self, chat_id: int, user_id: int, /) -> bool:
        """Tell if a person did a moment ago."""


class Deliveries(Protocol):
    """What is on its way to subscribers, and what they have."""

    async def fresh(self, subscriber_id: int, since: datetime, /) -> Sequence[Story]:
        """Return the stories of a subscriber's topics since then that they neither have nor are about to get.

        Those that they have come too, with ``seen_at``, if a report that is no copy reached us since. A muted topic
        brings nothing, and afterwards only what reached us after its mute.
        """

    async def told(self, subscriber_id: int, since: datetime, /) -> Sequence[Story]:
        """Return the stories of a subscriber's topics since then, those they have included."""

    async def open(
        self, digest: Digest, pages: Sequence[tuple[Page, Sequence[int]]], now: datetime, expires_at: datetime, /
    ) -> bool:
        """Plan the pages of a digest, each with the ids of its stories; tell if its key is new."""

    async def has(self, subscriber_id: int, key: str, /) -> bool:
        """Tell if a digest with that key was planned."""

    async def claim(self, now: datetime, limit: int, busy: Collection[int], /) -> Sequence[Delivery]:
        """Take what may be sent now: a page a chat, none to the ``busy`` ones, answers before digests.

        A page waits for the one before it. What has expired is abandoned.
        """

    async def save(self, delivery: Delivery, now: datetime, /) -> None:
        """Keep what became of a delivery that is being sent, and with it what its subscriber has seen."""

    async def sheet(self, sheet: Sheet, /) -> Page | None:
        """Return a page of a digest as its message shows or showed it, or is about to; None if there is none."""

    async def away_since(self, sheet: Sheet, /) -> datetime | None:
        """Return since when the reader of such a page had been away, if that is why its digest looked back."""

    async def explanations(self, sheet: Sheet, /) -> Sequence[Explanation]:
        """Return why each story of such a page is there, in its order; one whose topics were left since has none."""

    async def recover(self, now: datetime, /) -> int:
        """Settle what a crash left in sending; return how many."""


class Alerts(Protocol):
    """What is to be sent at once."""

    async def due(self, since: datetime, /) -> Sequence[Urgent]:
        """Return stories that came before everyone since then, for each active subscriber who wants to know at once.

        They come since the subscriber wants it, are neither theirs by sending nor shown to them nor on their way, and
        are about nothing that the subscription leaves out.
        """

    async def sent(self, subscriber_id: int, since: datetime, /) -> Mapping[str, int]:
        """Return by topic how many stories were sent, or are about to be, at once since then."""


class Draw(Protocol):
    """Draw a chart."""

    async def __call__(self, chart: Chart, /) -> bytes:
        """Return a PNG."""


class Mutes(Protocol):
    """The topics of which subscribers want to hear nothing for a time."""

    async def find(self, subscriber_id: int, topic: str, /) -> Mute | None:
        """Return the last mute of a topic, or None."""

    async def keep(self, subscriber_id: int, mute: Mute, /) -> bool:
        """Keep a mute in place of the last one of its topic; tell if the topic is followed, else keep none."""

    async def forget(self, subscriber_id: int, topic: str, /) -> None:
        """Let a topic be as if it had never been muted."""

    async def on(self, subscriber_id: int, now: datetime, /) -> Sequence[Mute]:
        """Return the mutes that have not ended, oldest first."""


class Ratings(Protocol):
    """What readers think of stories that they were shown."""

    async def rate(self, subscriber_id: int, rating: Rating, /) -> None:
        """Keep a rating in place of the earlier one of the same story; the newest hundred are kept."""

    async def unrate(self, subscriber_id: int, story_id: int, /) -> None:
        """Take a rating back."""

    async def of(self, subscriber_id: int, /) -> Sequence[Rating]:
        """Return all of a subscriber's, newest first."""

    async def reset(self, subscriber_id: int, /) -> int:
        """Forget all of a subscriber's; return how many there were."""


class Send(Protocol):
    """Put one page before a subscriber."""

    async def __call__(self, delivery: Delivery, /) -> Outcome:
        """Send, and say what came of it; never raises for what Telegram or the network answers."""


class Enclose(Protocol):
    """Produce the file that goes with a page, at the moment when it is sent."""

    async def __call__(self, chat_id: int, name: str, thread_id: int = 0, /) -> bytes:
        """Return what the reader of a chat, or of a thread, gets under a name; nothing if there is nothing any more."""


class Fetch(Protocol):
    """Read articles of the web."""

    async def __call__(self, addresses: Sequence[str], now: datetime, /) -> Sequence[Found | Unread]:
        """Return what the page at each address is, in their order; never raises for what the network answers."""


class Download(Protocol):
    """Bring a file that was sent to us."""

    async def __call__(self, file_id: str, /) -> bytes | Unread:
        """Return its bytes, or why they cannot be had."""


class ReadFile(Protocol):
    """Read what is in a file."""

    async def __call__(self, content: bytes, name: str, now: datetime, /) -> Found | Unread:
        """Return its text and what it says of it; never raises for what the file holds."""


class ZoneAt(Protocol):
    """Know which clock counts where."""

    async def __call__(self, latitude: float, longitude: float, /) -> str | None:
        """Return the IANA zone of a place on Earth, in degrees; None where no clock is kept, as at sea."""


class Render(Protocol):
    """Lay a digest out as pages."""

    def __call__(
        self, digest: Digest, subscriber: Subscriber, now: datetime, number: int = 0, /
    ) -> Sequence[tuple[Page, Sequence[int]]]:
        """Return the pages in order, each with the ids of its stories; of a digest without any, one quiet line.

        ``number`` is above 0 where a message shows what its digest left out, as its sheet of that number.
        """

    def at_once(self, alert: Digest, subscriber: Subscriber, now: datetime, /) -> Page:
        """Return the one story of an alert."""


class ShowWeek(Protocol):
    """Lay out what a week was about."""

    def __call__(self, trends: Sequence[Trend], days: Sequence[datetime], subscriber: Subscriber, /) -> Page:
        """Return a page with a picture of how many articles each day had about each topic; days by their beginnings."""


class Read(Protocol):
    """Read what reaches us, beside the conversation; knows every kept topic and tag."""

    @property
    def summary_version(self) -> str:
        """Name the rules and the room for summaries, so that they can be told from others'."""

    async def open(self, draft: Draft, /) -> Opened:
        """Take a text apart."""

    async def search(self, layout: Layout, repeated: Collection[str], /) -> Findings:
        """Return what an article is about, and the sentences that tell it: none of its source's ``repeated`` lines."""

    async def summarise(self, text: Text, repeated: Collection[str], /) -> tuple[str, ...]:
        """Return whole sentences, word for word, in the order of the article."""

    async def about(self, topic: Topic, texts: Sequence[Text], /) -> Sequence[Subject | None]:
        """Return for each text what it says of a topic, None if it is not about it."""


class Editors(Protocol):
    """Whom owners trust to put articles before everyone."""

    async def all(self) -> Sequence[Editor]:
        """Return the editors, the longest standing first."""

    async def is_one(self, user_id: int, /) -> bool:
        """Tell if a person is an editor now."""

    async def name(self, editor: Editor, notice: Page | None, /) -> bool:
        """Keep a new editor and plan the notice to them; tell if they were none before, else change nothing."""

    async def dismiss(self, user_id: int, notice: Page | None, now: datetime, /) -> Editor | None:
        """Forget an editor and what they were asked, and plan the notice; return who it was, None if nobody."""


class Submissions(Protocol):
    """What readers sent and editors decide on; a decision is made once."""

    async def find(self, fingerprint: str, /) -> Submission | None:
        """Return the submission of an article, or None."""

    async def count(self) -> int:
        """Return how many wait."""

    async def turn(self, fingerprint: str | None, /, *, backwards: bool = False) -> Turn | None:
        """Return the one that waits next after (or before) an article, in a circle; None when nothing waits."""

    async def decide(self, fingerprint: str, decision: Decision, notice: Page | None, /) -> Submission | None:
        """Keep a decision on one that waits, act on it, and plan the notice to its sender.

        Return the submission as it stands then, with whichever decision came first; None if there is none.
        """

    async def asked(self, chat_id: int, since: datetime, /) -> tuple[int, int]:
        """Return about how many a chat was asked since then, and how many of all its asks wait for an answer."""

    async def unasked(self, chat_id: int, limit: int, /) -> Sequence[Submission]:
        """Return what waits and the chat was not asked about: the oldest of each sender, then the second of each."""

    async def ask(self, fingerprint: str, chat_id: int, page: Page, now: datetime, /) -> bool:
        """Plan the page that asks a chat about one that waits; tell if it waits and was not asked about before."""

    async def closable(self, limit: int, /) -> Sequence[Asked]:
        """Return asks about what is settled whose messages do not show it yet."""

    async def close(self, fingerprint: str, chat_id: int, page: Page | None, now: datetime, /) -> None:
        """Note that an ask's message shows the decision, and plan the page that makes it so, once."""


class Newsroom(Protocol):
    """Lay out what editors are shown, and what people are told about it."""

    def ask(self, submission: Submission, language: str, /, *, is_last: bool) -> Page:
        """Return the question whether to publish; ``is_last`` says that what comes after it is not asked about now."""

    def closed(self, submission: Submission, language: str, message_id: int, /) -> Page:
        """Return what takes the place of the question once it is settled."""

    def published(self, submission: Submission, language: str, /) -> Page:
        """Return what its sender is told."""

    def named(self, language: str, /) -> Page:
        """Return what a new editor is told."""

    def dismissed(self, language: str, /) -> Page:
        """Return what one who is no editor any more is told."""
