"""Where the contract tests run: each world is all storage ports over one shared state."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.ports import (
    Addresses,
    Alerts,
    Archive,
    Articles,
    Channels,
    Deliveries,
    Editors,
    Feeds,
    Inbox,
    Mutes,
    Parts,
    Ratings,
    Records,
    Searches,
    Stories,
    Submissions,
    Subscribers,
    Topics,
    Usage,
)
from bot.storage.addresses import StoredAddresses
from bot.storage.alerts import StoredAlerts
from bot.storage.archive import StoredArchive
from bot.storage.articles import StoredArticles
from bot.storage.channels import StoredChannels
from bot.storage.database import opened
from bot.storage.deliveries import StoredDeliveries
from bot.storage.editors import StoredEditors
from bot.storage.feeds import StoredFeeds
from bot.storage.inbox import StoredInbox
from bot.storage.mutes import StoredMutes
from bot.storage.parts import StoredParts
from bot.storage.ratings import StoredRatings
from bot.storage.records import StoredRecords
from bot.storage.searches import StoredSearches
from bot.storage.stories import StoredStories
from bot.storage.submissions import StoredSubmissions
from bot.storage.subscribers import StoredSubscribers
from bot.storage.topics import StoredTopics
from bot.storage.usage import StoredUsage
from tests import postgres
from tests.fakes import (
    FakeAddresses,
    FakeAlerts,
    FakeArchive,
    FakeArticles,
    FakeChannels,
    FakeDeliveries,
    FakeEditors,
    FakeFeeds,
    FakeInbox,
    FakeMutes,
    FakeParts,
    FakeRatings,
    FakeRecords,
    FakeSearches,
    FakeStories,
    FakeSubmissions,
    FakeSubscribers,
    FakeTopics,
    FakeUsage,
    FakeWorld,
)


@dataclass(frozen=True, slots=True)
class World:
    """The ports that keep things."""

    inbox: Inbox
    articles: Articles
    topics: Topics
    subscribers: Subscribers
    deliveries: Deliveries
    parts: Parts
    channels: Channels
    editors: Editors
    submissions: Submissions
    addresses: Addresses
    usage: Usage
    feeds: Feeds
    archive: Archive
    alerts: Alerts
    stories: Stories
    searches: Searches
    records: Records
    mutes: Mutes
    ratings: Ratings


@contextmanager
def _fake(_: Path) -> Iterator[World]:
    shared = FakeWorld()
    yield World(
        FakeInbox(shared),
        FakeArticles(shared),
        FakeTopics(shared),
        FakeSubscribers(shared),
        FakeDeliveries(shared),
        FakeParts(shared),
        FakeChannels(shared),
        FakeEditors(shared),
        FakeSubmissions(shared),
        FakeAddresses(shared),
        FakeUsage(shared),
        FakeFeeds(shared),
        FakeArchive(shared),
        FakeAlerts(shared),
        FakeStories(shared),
        FakeSearches(shared),
        FakeRecords(shared),
        FakeMutes(shared),
        FakeRatings(shared),
    )


@contextmanager
def _stored(address: str) -> Iterator[World]:
    with opened(address) as database:
        yield World(
            StoredInbox(database),
            StoredArticles(database),
            StoredTopics(database),
            StoredSubscribers(database),
            StoredDeliveries(database),
            StoredParts(database),
            StoredChannels(database),
            StoredEditors(database),
            StoredSubmissions(database),
            StoredAddresses(database),
            StoredUsage(database),
            StoredFeeds(database),
            StoredArchive(database),
            StoredAlerts(database),
            StoredStories(database),
            StoredSearches(database),
            StoredRecords(database),
            StoredMutes(database),
            StoredRatings(database),
        )


def _sqlite(folder: Path) -> AbstractContextManager[World]:
    return _stored(str(folder / "mujaz.sqlite"))


@contextmanager
def _postgresql(_: Path) -> Iterator[World]:
    with postgres.database() as url, _stored(url) as world:
        yield world


WORLDS: Mapping[str, Callable[[Path], AbstractContextManager[World]]] = {
    "fake": _fake,
    "sqlite": _sqlite,
    "postgresql": _postgresql,
}
