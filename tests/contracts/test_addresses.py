"""What every keeper of addresses promises."""

from tests.builders import HOUR, MINUTE, NOW, an_article
from tests.contracts.keeping import keep
from tests.contracts.worlds import World

ADDRESS, OTHER = "https://a.example/1", "https://a.example/amp/1"


async def test_an_address_leads_to_the_article_that_was_seen_there(world: World) -> None:
    await keep(world, an_article("f1"))
    await world.addresses.note({ADDRESS, OTHER}, "f1", NOW)

    assert await world.addresses.find(ADDRESS, NOW - HOUR) == "f1"
    assert await world.addresses.find(OTHER, NOW) == "f1"
    assert await world.addresses.find("https://a.example/2", NOW - HOUR) is None


async def test_what_was_seen_before_the_time_asked_for_does_not_count(world: World) -> None:
    await keep(world, an_article("f1"))
    await world.addresses.note([ADDRESS], "f1", NOW)

    assert await world.addresses.find(ADDRESS, NOW + MINUTE) is None


async def test_the_last_article_seen_at_an_address_counts(world: World) -> None:
    await keep(world, an_article("f1"))
    await keep(world, an_article("f2"))
    await world.addresses.note([ADDRESS, ADDRESS], "f1", NOW)
    await world.addresses.note([ADDRESS], "f2", NOW + MINUTE)

    assert await world.addresses.find(ADDRESS, NOW) == "f2"


async def test_old_addresses_are_forgotten(world: World) -> None:
    await keep(world, an_article("f1"))
    await world.addresses.note([ADDRESS], "f1", NOW)
    await world.addresses.note([OTHER], "f1", NOW + HOUR)

    assert await world.addresses.forget(NOW + MINUTE) == 1
    assert await world.addresses.find(ADDRESS, NOW) is None
    assert await world.addresses.find(OTHER, NOW) == "f1"
