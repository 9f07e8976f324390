"""What everything that counts readers' wishes promises."""

from tests.builders import HOUR, MINUTE, NOW, an_article
from tests.contracts.keeping import a_reader, keep
from tests.contracts.worlds import World

PLACE, OTHER = "https://a.example/1", "https://a.example/2"


async def test_articles_count_from_when_they_were_received_but_not_against_themselves(world: World) -> None:
    reader, stranger = await a_reader(world), await a_reader(world, 502)
    await keep(world, an_article("f1"), sender=reader.id, at=NOW)
    await keep(world, an_article("f2"), sender=stranger.id, at=NOW)

    assert await world.usage.articles(reader.id, NOW - HOUR, "other", "f1") == [NOW]
    assert await world.usage.articles(reader.id, NOW + MINUTE, "other", "f1") == []
    assert await world.usage.articles(reader.id, NOW - HOUR, "receipt", "f1") == []


async def test_each_article_of_a_message_counts_for_the_others(world: World) -> None:
    reader = await a_reader(world)
    for number, mark in enumerate(("f1", "f2")):
        await keep(world, an_article(mark), sender=reader.id, at=NOW + number * MINUTE)

    assert await world.usage.articles(reader.id, NOW - HOUR, "receipt", "f1") == [NOW + MINUTE]
    assert await world.usage.articles(reader.id, NOW - HOUR, "receipt", "f3") == [NOW, NOW + MINUTE]


async def test_an_update_that_is_handled_twice_counts_once(world: World) -> None:
    reader = await a_reader(world)
    for moment in (NOW, NOW + MINUTE):
        await world.usage.fetched(reader.id, "501:1", PLACE, moment)

    assert await world.usage.fetches(reader.id, NOW, "501:2") == [NOW]
    assert await world.usage.fetches(reader.id, NOW, "501:1") == []


async def test_each_link_of_a_message_counts_for_its_reader_alone(world: World) -> None:
    reader, stranger = await a_reader(world), await a_reader(world, 502)
    await world.usage.fetched(reader.id, "501:1", PLACE, NOW)
    await world.usage.fetched(reader.id, "501:1", OTHER, NOW)

    assert await world.usage.fetches(reader.id, NOW - HOUR, "") == [NOW, NOW]
    assert await world.usage.fetches(stranger.id, NOW - HOUR, "") == []


async def test_what_was_read_long_ago_is_forgotten(world: World) -> None:
    reader = await a_reader(world)
    await world.usage.fetched(reader.id, "501:1", PLACE, NOW)
    await world.usage.fetched(reader.id, "501:2", PLACE, NOW + HOUR)

    assert await world.usage.forget(NOW + MINUTE) == 1
    assert await world.usage.fetches(reader.id, NOW, "") == [NOW + HOUR]
