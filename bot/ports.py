"""What the use cases need from the world; each method that keeps something is one transaction."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from bot.arabic.layout import Layout
from bot.domain.article import Article, Draft, Source, Traces
from bot.domain.channel import Channel
from bot.domain.delivery import Delivery, Outcome, Page
from bot.domain.digest import Digest, Explanation, Story
from bot.domain.editor import Editor
from bot.domain.exchange import Entry
from bot.domain.feed import Feed, FeedFailed, FeedRead, FeedUnchanged
from bot.domain.keyphrases import KnownTag
from bot.domain.mute import Mute
from bot.domain.preferences import Preferences
from bot.domain.rating import Rating
from bot.domain.reading import Findings, Opened, Text
from bot.domain.schedule import Schedule
from bot.domain.sheet import Sheet
from bot.domain.story import Place
from bot.domain.submission import Asked, Decision, Submission, Turn
from bot.domain.subscriber import Subscriber
from bot.domain.topic import Catalogue, Subject, Topic
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

    async def repeated_lines(self, source: Source | None, /) -> frozenset[str]:
        """Return the fingerprints of the lines that a source printed under articles of three days or more."""

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
        """Keep a feed under its address, or the new interval of a kept one; return it, and if it is new."""

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

    async def forget(self, before: datetime, /) -> int:
        """Forget entries that were seen last before then; return how many."""


class FetchFeed(Protocol):
    """Read a feed at an address, or the first one that the page there names."""

    async def __call__(
        self, url: str, etag: str | None, last_modified: str | None, now: datetime, /
    ) -> FeedRead | FeedUnchanged | FeedFailed:
        """Return what it has, or that it has nothing new since the tag or date that it gave, or why not."""


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

    async def codes(self, names: Sequence[str], /) -> Mapping[str, str]:
        """Return a short lasting code for each name that is a topic or a tag, for buttons."""

    async def named(self, code: str, /) -> str | None:
        """Return the name that a code stands for, or None."""


class Subscribers(Protocol):
    """Who receives digests, and what they follow."""

    async def find(self, chat_id: int, /) -> Subscriber | None:
        """Return the subscriber of a chat, or None."""

    async def welcome(
        self, chat_id: int, language: str, schedule: Schedule, digest_at: datetime, now: datetime, /
    ) -> Subscriber:
        """Return the active subscriber of a chat: kept anew if unknown, with their own settings if known."""

    async def due(self, now: datetime, limit: int, /) -> Sequence[Subscriber]:
        """Return active subscribers whose moment has come, longest waiting first."""

    async def reschedule(self, subscriber_id: int, schedule: Schedule, digest_at: datetime, /) -> None:
        """Keep a new schedule."""

    async def advance(self, subscriber_id: int, digest_at: datetime, /) -> None:
        """Let a subscriber wait for the next moment."""

    async def pause(self, chat_id: int, /) -> None:
        """Stop writing to a chat; its open deliveries are abandoned."""

    async def move(self, chat_id: int, to: int, /) -> None:
        """Give a chat, and what is on its way to it, its new id."""

    async def prefer(self, subscriber_id: int, chosen: Preferences, /) -> None:
        """Keep how a subscriber wants to read."""

    async def follow(self, subscriber_id: int, names: Sequence[str], now: datetime, /) -> Sequence[str]:
        """Subscribe to kept topics by name; return those that are new to the subscriber."""

    async def unfollow(self, subscriber_id: int, names: Sequence[str], /) -> Sequence[str]:
        """End subscriptions, and their mutes; return those that were there."""

    async def topics(self, subscriber_id: int, /) -> Sequence[str]:
        """Return the names of the topics a subscriber follows, oldest first."""


class Deliveries(Protocol):
    """What is on its way to subscribers, and what they have."""

    async def fresh(self, subscriber_id: int, since: datetime, /) -> Sequence[Story]:
        """Return the stories of a subscriber's topics since then that they neither have nor are about to get.

        Those that they have come too, with ``seen_at``, if a report that is no copy reached us since. A muted topic
        brings nothing, and afterwards only what reached us after its mute.
        """

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
        """Keep what became of a delivery, and with it what its subscriber has seen."""

    async def sheet(self, sheet: Sheet, /) -> Page | None:
        """Return a page of a digest as its message shows or showed it, or is about to; None if there is none."""

    async def explanations(self, sheet: Sheet, /) -> Sequence[Explanation]:
        """Return why each story of such a page is there, in its order, but those of topics that were left since."""

    async def recover(self, now: datetime, /) -> int:
        """Settle what a crash left in sending; return how many."""


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
        """Keep a rating in place of the earlier one of the same story."""

    async def unrate(self, subscriber_id: int, story_id: int, /) -> None:
        """Take a rating back."""

    async def of(self, subscriber_id: int, /) -> Sequence[Rating]:
        """Return a subscriber's newest hundred, newest first."""

    async def reset(self, subscriber_id: int, /) -> int:
        """Forget all of a subscriber's; return how many there were."""


class Send(Protocol):
    """Put one page before a subscriber."""

    async def __call__(self, delivery: Delivery, /) -> Outcome:
        """Send, and say what came of it; never raises for what Telegram or the network answers."""


class Enclose(Protocol):
    """Produce the file that goes with a page, at the moment when it is sent."""

    async def __call__(self, chat_id: int, /) -> bytes:
        """Return what the reader of a chat gets; nothing if there is nothing any more."""


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


class Render(Protocol):
    """Lay a digest out as pages."""

    def __call__(
        self, digest: Digest, subscriber: Subscriber, now: datetime, number: int = 0, /
    ) -> Sequence[tuple[Page, Sequence[int]]]:
        """Return the pages in order, each with the ids of its stories; of a digest without any, one quiet line.

        ``number`` is above 0 where a message shows what its digest left out, as its sheet of that number.
        """


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
