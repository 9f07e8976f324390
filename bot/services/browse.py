"""Show what is followed and what could be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.article import Article
from bot.domain.digest import FRESH
from bot.domain.naming import LONGEST_NAME, names_in
from bot.domain.subscriber import Subscriber
from bot.domain.topic import Sense
from bot.domain.trend import varied
from bot.ports import Clock, Subscribers, Topics

_OFFERED = 6
_FIRST = 5
_MOST_LISTED = 40
# Shown before there is any news, and to fill the row up: what Arabic newspapers' readers follow most.
_ALWAYS = ("فلسطين", "السعودية", "مصر", "روسيا", "أوكرانيا", "الاقتصاد", "الرياضة")


@dataclass(frozen=True, slots=True)
class Offer:
    """One topic to follow or to leave: ``code`` names it in a button, ``flag`` is an emoji or empty.

    ``news`` counts its stories of the last two days, where they are counted.
    """

    name: str
    code: str
    is_followed: bool
    flag: str = ""
    news: int = 0


@dataclass(frozen=True, slots=True)
class Browse:
    """Offer topics to a subscriber: their own, those in the news, or those of an article."""

    topics: Topics
    subscribers: Subscribers
    clock: Clock

    async def followed(self, subscriber: Subscriber) -> Sequence[Offer]:
        """Return what the subscriber follows, oldest first."""
        return await self._offers(subscriber, await self.subscribers.topics(subscriber.id))

    async def popular(self, subscriber: Subscriber) -> Sequence[Offer]:
        """Return six topics, those in the news first."""
        busy = await self.topics.popular(self.clock() - FRESH, _OFFERED)
        return (await self._offers(subscriber, list(dict.fromkeys((*busy, *_ALWAYS)))))[:_OFFERED]

    async def first(self, subscriber: Subscriber, names: Sequence[str] = ()) -> Sequence[Offer]:
        """Return five topics to begin with: these names, or else what the news of now is about."""
        busy = varied(await self.topics.told(self.clock() - FRESH), _FIRST)
        chosen = dict.fromkeys((*names, *busy, *_ALWAYS))
        return (await self._offers(subscriber, list(chosen)))[: max(_FIRST, len(names))]

    async def listed(self, subscriber: Subscriber) -> Sequence[Offer]:
        """Return all that is followed, oldest first, then what is in the news, with the number of their stories."""
        since = self.clock() - FRESH
        followed, news = await self.subscribers.topics(subscriber.id), await self.subscribers.news(subscriber.id, since)
        busy = await self.topics.popular(since, _MOST_LISTED)
        others = sorted(dict.fromkeys((*busy, *_ALWAYS)), key=lambda name: -news.get(name, 0))
        offers = await self._offers(subscriber, list(dict.fromkeys((*followed, *others))))
        return [replace(offer, news=news.get(offer.name, 0)) for offer in offers]

    async def meant(self, subscriber: Subscriber, senses: Sequence[Sense]) -> Sequence[Offer]:
        """Return what an ambiguous name may mean, each called so that one is told from the other."""
        labels = {sense.topic: sense.label for sense in senses}
        return [replace(offer, name=labels[offer.name]) for offer in await self._offers(subscriber, list(labels))]

    async def of(self, subscriber: Subscriber, article: Article) -> Sequence[Offer]:
        """Return what an article is about, then what it is tagged with, by its writer or by us."""
        catalogue = await self.topics.catalogue()
        tagged = [
            catalogue.resolve(tag).name for tag in (*article.tags, *article.suggested) if len(tag) <= LONGEST_NAME
        ]
        names = dict.fromkeys((*(subject.name for subject in article.subjects), *tagged))
        return (await self._offers(subscriber, list(names)))[:_OFFERED]

    async def named(self, subscriber: Subscriber, typed: Sequence[str]) -> Sequence[Offer]:
        """Return the known ones among typed names."""
        catalogue = await self.topics.catalogue()
        return await self._offers(subscriber, list(dict.fromkeys(catalogue.resolve(name).name for name in typed)))

    async def own(self, subscriber: Subscriber, typed: str) -> Sequence[Offer]:
        """Return the known ones among the names in what a person typed; raise BadNames.

        Of what one name may mean, that which is followed is meant.
        """
        catalogue, followed = await self.topics.catalogue(), set(await self.subscribers.topics(subscriber.id))
        names = dict[str, None]()
        for name in names_in(typed, catalogue.keys):
            senses = [sense.topic for sense in catalogue.senses(name) if sense.topic in followed]
            names |= dict.fromkeys(senses or [catalogue.resolve(name).name])
        return await self._offers(subscriber, list(names))

    async def name_of(self, code: str) -> str | None:
        """Return the name that a button's code stands for, or None for a code that is not ours."""
        return await self.topics.named(code)

    async def _offers(self, subscriber: Subscriber, names: Sequence[str]) -> list[Offer]:
        followed = set(await self.subscribers.topics(subscriber.id))
        codes, catalogue = await self.topics.codes(names), await self.topics.catalogue()
        return [
            Offer(name, codes[name], name in followed, catalogue.resolve(name).flag) for name in names if name in codes
        ]
