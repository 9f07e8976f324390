"""Follow topics, and stop."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.domain.digest import FRESH
from bot.domain.naming import Wish, names_in, wishes_in
from bot.domain.reading import Text
from bot.domain.subscriber import Subscriber
from bot.domain.topic import Sense, Topic
from bot.ports import Articles, Clock, Read, Subscribers, Topics


@dataclass(frozen=True, slots=True)
class Followed:
    """What following some names came to; ``suggestions`` are known names that a new one resembles.

    ``asked`` are names that mean several things, of which none is followed by this. ``without`` is what the topics
    named here leave out now, or shall once it is known what is meant, and ``changed`` those followed before that leave
    out other things than before.
    """

    new: tuple[str, ...]
    already: tuple[str, ...]
    suggestions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    asked: dict[str, tuple[Sense, ...]] = field(default_factory=dict)
    without: dict[str, tuple[str, ...]] = field(default_factory=dict)
    changed: tuple[str, ...] = ()


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
        wishes = wishes_in(typed, catalogue.keys)
        asked = {wish.name: senses for wish in wishes if (senses := catalogue.senses(wish.name))}
        without = {wish.name: wish.without for wish in wishes if wish.name in asked}
        followed = await self._followed(subscriber, [wish for wish in wishes if wish.name not in asked])
        return replace(followed, asked=asked, without=followed.without | without)

    async def exactly(self, subscriber: Subscriber, names: Sequence[str]) -> Followed:
        """Follow names as they are, separators and all."""
        return await self._followed(subscriber, [Wish(name) for name in names])

    async def _followed(self, subscriber: Subscriber, wishes: Sequence[Wish]) -> Followed:
        suggestions: dict[str, tuple[str, ...]] = {}
        wanted: dict[str, tuple[str, ...]] = {}
        for wish in wishes:
            if found := (await self.topics.catalogue()).suggestions(wish.name):
                suggestions[wish.name] = found
            name = await self._kept(wish.name)
            wanted[name] = tuple([await self._kept(each) for each in wish.without]) or wanted.get(name, ())
        new = tuple(await self.subscribers.follow(subscriber.id, list(wanted), self.clock()))
        changed = [
            name
            for name, without in wanted.items()
            if without and await self.subscribers.leave_out(subscriber.id, name, without) and name not in new
        ]
        kept = await self.subscribers.subscriptions(subscriber.id)
        return Followed(
            new,
            tuple(name for name in wanted if name not in new and name not in changed),
            suggestions,
            without={each.topic: each.without for each in kept if each.topic in wanted and each.without},
            changed=tuple(changed),
        )

    async def _kept(self, name: str) -> str:
        """Return the name of the topic that is meant, kept if nobody had named it before."""
        catalogue = await self.topics.catalogue()  # the name before may be another spelling of this one
        topic = catalogue.resolve(name)
        if topic.key not in catalogue.keys:
            await self._keep(topic)
        return topic.name

    async def _keep(self, topic: Topic) -> None:
        """Keep a topic nobody had named before, with the recent articles that are about it."""
        recent = await self.articles.since(self.clock() - FRESH)
        texts = [Text(article.title, article.body, article.tags) for article in recent]
        found = zip(recent, await self.read.about(topic, texts), strict=True)
        await self.topics.add(topic, {article.fingerprint: subject for article, subject in found if subject})


@dataclass(frozen=True, slots=True)
class Unfollowed:
    """What ending some subscriptions came to; ``asked`` are followed topics that one name means, not ended by this."""

    gone: tuple[str, ...]
    not_followed: tuple[str, ...]
    asked: dict[str, tuple[Sense, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unfollow:
    """Stop following the names that a person typed; raises BadNames."""

    topics: Topics
    subscribers: Subscribers

    async def __call__(self, subscriber: Subscriber, typed: str) -> Unfollowed:
        """Return what is no longer followed."""
        catalogue = await self.topics.catalogue()
        followed = set(await self.subscribers.topics(subscriber.id))
        meant, asked = list[str](), dict[str, tuple[Sense, ...]]()
        for name in names_in(typed, catalogue.keys):
            senses = tuple(sense for sense in catalogue.senses(name) if sense.topic in followed)
            if len(senses) > 1:
                asked[name] = senses
            else:
                meant.append(senses[0].topic if senses else name)
        return replace(await self.exactly(subscriber, meant), asked=asked)

    async def exactly(self, subscriber: Subscriber, names: Sequence[str]) -> Unfollowed:
        """Stop following names as they are, separators and all."""
        catalogue = await self.topics.catalogue()
        meant = list(dict.fromkeys(catalogue.resolve(name).name for name in names))
        gone = tuple(await self.subscribers.unfollow(subscriber.id, meant))
        return Unfollowed(gone, tuple(name for name in meant if name not in gone))
