"""What everything that keeps mutes, ratings and preferences promises."""

from dataclasses import replace

from bot.domain.article import Traces
from bot.domain.mute import Mute
from bot.domain.preferences import Preferences
from bot.domain.rating import MOST_RATINGS, Rating
from tests.builders import HOUR, NOW, a_schedule, a_stem, a_subject, a_topic, an_article
from tests.contracts.worlds import World


async def a_reader(world: World) -> int:
    await world.topics.add(a_topic(), {})
    reader = await world.subscribers.welcome(501, "ar", a_schedule(), NOW, NOW)
    await world.subscribers.follow(reader.id, ["السودان"], NOW)
    return reader.id


async def a_story_of(world: World, mark: str) -> int:
    await world.articles.add(
        an_article(mark, title=mark, subjects=(a_subject(),), collected_at=NOW), Traces((a_stem(mark),))
    )
    reader = await reader_of(world)
    await world.articles.receive(mark, reader, mark, NOW, for_everyone=True)
    return max(story.id for story in await world.deliveries.fresh(reader, NOW - HOUR))


def a_rating(story_id: int) -> Rating:
    return Rating(story_id, is_liked=True, topics=("السودان",), source="وكالة الضفتين", rated_at=NOW)


async def reader_of(world: World) -> int:
    found = await world.subscribers.find(501)
    assert found is not None
    return found.id


async def test_preferences_are_kept_and_stand_by_the_reader(world: World) -> None:
    reader = await a_reader(world)
    chosen = Preferences(stories=5, previews=True, is_quiet=True, tells_no_news=True, eastern_digits=True, hijri=True)

    await world.subscribers.prefer(reader, Preferences(stories=20))
    await world.subscribers.prefer(reader, chosen)

    found = await world.subscribers.find(501)
    assert found is not None
    assert found.preferences == chosen


async def test_a_mute_is_kept_once_and_forgotten(world: World) -> None:
    reader, mute = await a_reader(world), Mute("السودان", NOW, NOW + HOUR)
    kept = await world.mutes.keep(reader, mute), await world.mutes.keep(reader, replace(mute, until=None))

    assert kept == (True, True)
    assert await world.mutes.find(reader, "السودان") == replace(mute, until=None)
    await world.mutes.forget(reader, "السودان")
    assert await world.mutes.find(reader, "السودان") is None


async def test_only_a_followed_topic_can_be_muted_and_leaving_it_ends_the_mute(world: World) -> None:
    reader = await a_reader(world)
    kept = await world.mutes.keep(reader, Mute("مصر", NOW, None))
    await world.mutes.keep(reader, Mute("السودان", NOW, None))

    await world.subscribers.unfollow(reader, ["السودان"])
    await world.subscribers.follow(reader, ["السودان"], NOW)

    assert not kept
    assert await world.mutes.on(reader, NOW) == []


async def test_a_muted_topic_brings_no_news_and_what_came_meanwhile_never_floods(world: World) -> None:
    reader = await a_reader(world)
    await a_story_of(world, "f1")

    await world.mutes.keep(reader, Mute("السودان", NOW, None))
    while_on = await world.deliveries.fresh(reader, NOW - HOUR)
    await world.mutes.keep(reader, Mute("السودان", NOW, NOW + HOUR))
    after = await world.deliveries.fresh(reader, NOW - HOUR)
    await world.mutes.forget(reader, "السودان")
    undone = await world.deliveries.fresh(reader, NOW - HOUR)

    assert (len(while_on), len(after), len(undone)) == (0, 0, 1)


async def test_ratings_are_one_a_story_newest_first_and_can_be_taken_back(world: World) -> None:
    reader = await a_reader(world)
    story = await a_story_of(world, "f1")
    liked = a_rating(story)

    await world.ratings.rate(reader, liked)
    await world.ratings.rate(reader, replace(liked, is_liked=False, rated_at=NOW + HOUR))
    rated = await world.ratings.of(reader)
    await world.ratings.unrate(reader, story)

    assert rated == [replace(liked, is_liked=False, rated_at=NOW + HOUR)]
    assert await world.ratings.of(reader) == []


async def test_ratings_are_reset_and_counted(world: World) -> None:
    reader = await a_reader(world)
    await world.ratings.rate(reader, a_rating(await a_story_of(world, "f1")))

    assert [await world.ratings.reset(reader) for _ in range(2)] == [1, 0]


async def test_no_more_ratings_are_kept_than_count(world: World) -> None:
    reader = await a_reader(world)
    stories = [await a_story_of(world, f"f{number}") for number in range(3)]
    first, *others = (replace(a_rating(story), rated_at=NOW + place * HOUR) for place, story in enumerate(stories))
    for rating in (first, *others):
        await world.ratings.rate(reader, rating)

    for number in range(MOST_RATINGS - 2):
        story = await a_story_of(world, f"g{number}")
        await world.ratings.rate(reader, replace(a_rating(story), rated_at=NOW + 24 * HOUR))

    kept = await world.ratings.of(reader)
    assert len(kept) == MOST_RATINGS
    assert first not in kept
    assert kept[-2:] == others[::-1]


async def test_a_rating_follows_its_story_into_another(world: World) -> None:
    reader = await a_reader(world)
    first, second = await a_story_of(world, "f1"), await a_story_of(world, "f2")
    await world.ratings.rate(reader, a_rating(second))

    await world.articles.join("f2", "f1")

    assert [rating.story_id for rating in await world.ratings.of(reader)] == [first]
