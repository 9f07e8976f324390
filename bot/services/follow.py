"""Follow topics, and stop."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.digest import FRESH
from bot.domain.naming import names_in
from bot.domain.reading import Text
from bot.domain.subscriber import Subscriber
from bot.domain.topic import Topic
from bot.ports import Articles, Clock, Read, Subscribers, Topics


@dataclass(frozen=True, slots=True)
class Followed:
    """What following some names came to; ``suggestions`` are known names that a new one resembles."""

    new: tuple[str, ...]
    already: tuple[str, ...]
    suggestions: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Follow:
    """Follow the names that a person typed, known or not; raises BadNames."""

    topics: Topics
    articles: Articles
    read: Read
    subscribers: Subscribers
    clock: Clock

    async def __call__(self, subscriber: Subscriber, typed: str) -> Followed:
        """Return what is followed now."""
        catalogue = await self.topics.catalogue()
        return await self.exactly(subscriber, names_in(typed, catalogue.keys))

    async def exactly(self, subscriber: Subscriber, names: Sequence[str]) -> Followed:
        """Follow names as they are, separators and all."""
        suggestions, wanted = {}, list[str]()
        for name in names:
            catalogue = await self.topics.catalogue()  # the name before may be another spelling of this one
            topic = catalogue.resolve(name)
            if topic.key not in catalogue.keys:
                await self._keep(topic)
            if found := catalogue.suggestions(name):
                suggestions[name] = found
            wanted.append(topic.name)
        wanted = list(dict.fromkeys(wanted))
        new = tuple(await self.subscribers.follow(subscriber.id, wanted, self.clock()))
        return Followed(new, tuple(name for name in wanted if name not in new), suggestions)

    async def _keep(self, topic: Topic) -> None:
        """Keep a topic nobody had named before, with the recent articles that are about it."""
        recent = await self.articles.since(self.clock() - FRESH)
        texts = [Text(article.title, article.body, article.tags) for article in recent]
        found = zip(recent, await self.read.about(topic, texts), strict=True)
        await self.topics.add(topic, {article.fingerprint: subject for article, subject in found if subject})


@dataclass(frozen=True, slots=True)
class Unfollowed:
    """What ending some subscriptions came to."""

    gone: tuple[str, ...]
    not_followed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unfollow:
    """Stop following the names that a person typed; raises BadNames."""

    topics: Topics
    subscribers: Subscribers

    async def __call__(self, subscriber: Subscriber, typed: str) -> Unfollowed:
        """Return what is no longer followed."""
        catalogue = await self.topics.catalogue()
        return await self.exactly(subscriber, names_in(typed, catalogue.keys))

    async def exactly(self, subscriber: Subscriber, names: Sequence[str]) -> Unfollowed:
        """Stop following names as they are, separators and all."""
        catalogue = await self.topics.catalogue()
        meant = list(dict.fromkeys(catalogue.resolve(name).name for name in names))
        gone = tuple(await self.subscribers.unfollow(subscriber.id, meant))
        return Unfollowed(gone, tuple(name for name in meant if name not in gone))
