"""What most contract tests begin with, said through the ports alone."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.article import Article, Traces
from bot.domain.delivery import Sent, settle
from bot.domain.subscriber import Subscriber
from tests.builders import HOUR, NOW, a_digest, a_page, a_schedule, a_stem, a_topic
from tests.contracts.worlds import World


async def a_reader(
    world: World,
    chat_id: int = 501,
    follows: Sequence[str] = (),
    digest_at: datetime = NOW,
    thread_id: int = 0,
) -> Subscriber:
    """Return a kept subscriber who follows these topics, kept as well."""
    reader = await world.subscribers.welcome(chat_id, "ar", a_schedule("08:00"), digest_at, NOW, thread_id)
    for name in follows:
        await world.topics.add(a_topic(name), {})
    await world.subscribers.follow(reader.id, follows, NOW)
    return reader


async def keep(
    world: World,
    article: Article,
    stems: Sequence[str] = (),
    sender: int | None = None,
    at: datetime = NOW,
    *,
    for_everyone: bool = False,
) -> None:
    """Keep an article, in a story of its own unless it shares stems, from an editor or from one sender."""
    await world.articles.add(article, Traces(tuple(stems) or (a_stem(article.fingerprint),)))
    if sender is not None:
        await world.articles.receive(article.fingerprint, sender, "receipt", at, for_everyone=for_everyone)


async def send(world: World, reader: Subscriber, story_ids: Sequence[int]) -> None:
    """Let a digest of one page with these stories reach a reader."""
    await world.deliveries.open(a_digest(reader.id), [(a_page(), story_ids)], NOW, NOW + HOUR)
    (delivery,) = await world.deliveries.claim(NOW, 9, ())
    await world.deliveries.save(settle(delivery, Sent(1), NOW), NOW)
