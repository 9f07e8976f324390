"""What the use cases need from the world; each method that keeps something is one transaction."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from bot.arabic.layout import Layout
from bot.domain.article import Article, Draft, Source, Traces
from bot.domain.delivery import Delivery, Outcome, Page
from bot.domain.digest import Digest, Explanation, Story
from bot.domain.keyphrases import KnownTag
from bot.domain.reading import Findings, Opened, Text
from bot.domain.schedule import Schedule
from bot.domain.subscriber import Subscriber
from bot.domain.topic import Catalogue, Subject, Topic


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
        """Return what waits in at most ``limit`` chats that are not ``busy``: up to 16 updates each, in order.

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

    async def add(self, article: Article, traces: Traces, /) -> None:
        """Keep an article, in the story that it tells again or in a new one; a known one stays as it is.

        Each tag it carries counts a use, and each mentioned one a mention. A new tag that was guessed stays a guess
        until an article carries it that did not guess.
        """

    async def receive(
        self, fingerprint: str, subscriber_id: int, receipt: str, now: datetime, /, *, for_everyone: bool
    ) -> bool:
        """Note that a subscriber sent a kept article, and if it is for everyone from now on.

        Tell if this receipt was the first to bring it to them.
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

    async def pause(self, chat_id: int, /) -> None:
        """Stop writing to a chat; its open deliveries are abandoned."""

    async def move(self, chat_id: int, to: int, /) -> None:
        """Give a chat, and what is on its way to it, its new id."""

    async def follow(self, subscriber_id: int, names: Sequence[str], now: datetime, /) -> Sequence[str]:
        """Subscribe to kept topics by name; return those that are new to the subscriber."""

    async def unfollow(self, subscriber_id: int, names: Sequence[str], /) -> Sequence[str]:
        """End subscriptions; return those that were there."""

    async def topics(self, subscriber_id: int, /) -> Sequence[str]:
        """Return the names of the topics a subscriber follows, oldest first."""


class Deliveries(Protocol):
    """What is on its way to subscribers, and what they have."""

    async def fresh(self, subscriber_id: int, since: datetime, /) -> Sequence[Story]:
        """Return the stories of a subscriber's topics since then that they neither have nor are about to get."""

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
        """Keep what became of a delivery, and with it what its subscriber has seen."""

    async def explanations(self, chat_id: int, message_id: int, /) -> Sequence[Explanation]:
        """Return why each story of a page that was sent as this message is there, in the page's order."""

    async def recover(self, now: datetime, /) -> int:
        """Settle what a crash left in sending; return how many."""


class Send(Protocol):
    """Put one page before a subscriber."""

    async def __call__(self, delivery: Delivery, /) -> Outcome:
        """Send, and say what came of it; never raises for what Telegram or the network answers."""


class ZoneAt(Protocol):
    """Know which clock counts where."""

    def __call__(self, latitude: float, longitude: float, /) -> str | None:
        """Return the IANA zone of a place on Earth, in degrees; None where no clock is kept, as at sea."""


class Render(Protocol):
    """Lay a digest out as pages."""

    def __call__(
        self, digest: Digest, subscriber: Subscriber, now: datetime, /
    ) -> Sequence[tuple[Page, Sequence[int]]]:
        """Return the pages in order, each with the ids of its stories."""


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
