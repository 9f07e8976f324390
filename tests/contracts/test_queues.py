"""What everything that counts what waits promises."""

from bot.domain.delivery import Sent, Unknown, settle
from bot.domain.queues import Queues
from tests.builders import HOUR, MINUTE, NOW, a_digest, a_page, an_update
from tests.contracts.keeping import a_reader
from tests.contracts.worlds import World


async def test_nothing_waits_at_first(world: World) -> None:
    assert await world.queues(NOW) == Queues()


async def test_updates_count_until_they_are_settled(world: World) -> None:
    updates = [an_update(number, chat_id=500 + number) for number in range(1, 6)]
    await world.inbox.add(updates)
    await world.inbox.take(updates[:3])
    await world.inbox.finish(updates[:1], (), NOW)
    await world.inbox.park(updates[1:2], "ValueError", (), NOW)

    assert await world.queues(NOW) == Queues(arrived=2, in_hand=1)


async def test_pages_count_until_they_have_left(world: World) -> None:
    for chat in range(501, 505):
        reader = await a_reader(world, chat, digest_at=NOW + 24 * HOUR)
        await world.deliveries.open(a_digest(reader.id), [(a_page(), ())], NOW, NOW + HOUR)
    first, second, _ = await world.deliveries.claim(NOW, 3, ())
    await world.deliveries.save(settle(first, Sent(1), NOW), NOW)
    await world.deliveries.save(settle(second, Unknown("reset"), NOW), NOW)

    queues = await world.queues(NOW)

    assert (queues.planned, queues.sending, queues.unknown) == (1, 1, 1)


async def test_a_digest_is_late_from_its_slot_until_it_is_planned(world: World) -> None:
    await a_reader(world, 501, digest_at=NOW)
    late = await a_reader(world, 502, digest_at=NOW - MINUTE)
    before = await world.queues(NOW + MINUTE)
    await world.subscribers.advance(late.id, NOW + 24 * HOUR)

    assert before.lag == 2 * MINUTE
    assert (await world.queues(NOW + MINUTE)).lag == MINUTE
    assert (await world.queues(NOW - HOUR)).lag == 0 * MINUTE


async def test_a_digest_that_is_planned_is_late_until_its_last_page_has_left(world: World) -> None:
    reader = await a_reader(world, digest_at=NOW + 24 * HOUR)
    await world.deliveries.open(a_digest(reader.id), [(a_page(), ()), (a_page(), ())], NOW, NOW + HOUR)
    (page,) = await world.deliveries.claim(NOW, 9, ())
    await world.deliveries.save(settle(page, Sent(1), NOW), NOW)
    between = await world.queues(NOW + MINUTE)
    (page,) = await world.deliveries.claim(NOW, 9, ())
    await world.deliveries.save(settle(page, Sent(2), NOW), NOW)

    assert between.lag == MINUTE
    assert (await world.queues(NOW + MINUTE)).lag == 0 * MINUTE


async def test_a_reader_who_is_paused_waits_for_nothing(world: World) -> None:
    reader = await a_reader(world, digest_at=NOW)
    await world.subscribers.pause(reader.chat_id)

    assert (await world.queues(NOW + HOUR)).lag == 0 * MINUTE
