"""What is promised of the threads of a forum: each is a subscriber, and the chat is what holds them."""

from dataclasses import replace
from datetime import time

from bot.domain.alert import Urgent
from bot.domain.delivery import Closed, Sent, settle
from bot.domain.mute import Mute
from bot.domain.schedule import Weekly
from bot.domain.subscriber import Standing
from tests.builders import HOUR, NOW, a_digest, a_page, a_schedule, a_subject, an_article, an_update
from tests.contracts.keeping import a_reader, keep, send
from tests.contracts.worlds import World

FORUM, MOVED, SPORT, CITY = -1_002_233_445_566, -1_009_988_776_655, 4, 9


async def standings(world: World, chat_id: int = FORUM) -> dict[int, Standing]:
    """Return how each thread of a chat stands; 0 is the chat itself."""
    found = {thread: await world.subscribers.find(chat_id, thread) for thread in (0, SPORT, CITY)}
    return {thread: subscriber.standing for thread, subscriber in found.items() if subscriber}


async def three(world: World) -> None:
    for thread in (0, SPORT, CITY):
        await a_reader(world, FORUM, thread_id=thread)


async def test_threads_and_their_chat_are_different_subscribers(world: World) -> None:
    sport = await a_reader(world, FORUM, ["السودان"], thread_id=SPORT)
    city = await a_reader(world, FORUM, ["مصر"], thread_id=CITY)

    assert await world.subscribers.find(FORUM) is None
    assert await world.subscribers.find(FORUM, SPORT) == sport
    assert (sport.thread_id, city.thread_id) == (SPORT, CITY)
    assert await world.subscribers.topics(sport.id) == ["السودان"]


async def test_a_digest_goes_to_its_thread(world: World) -> None:
    sport = await a_reader(world, FORUM, thread_id=SPORT)

    await world.deliveries.open(a_digest(sport.id), [(a_page(), ())], NOW, NOW + HOUR)

    (delivery,) = await world.deliveries.claim(NOW, 9, ())
    assert (delivery.chat_id, delivery.thread_id) == (FORUM, SPORT)


async def test_an_answer_goes_to_the_thread_of_its_page(world: World) -> None:
    await world.inbox.add([an_update(1, FORUM)])

    await world.inbox.finish([an_update(1, FORUM)], [a_page(thread_id=CITY)], NOW)

    (delivery,) = await world.deliveries.claim(NOW, 9, ())
    assert (delivery.chat_id, delivery.thread_id, delivery.page) == (FORUM, CITY, a_page())


async def test_a_closed_thread_pauses_alone(world: World) -> None:
    await three(world)
    for thread in (SPORT, CITY):
        subscriber = await world.subscribers.find(FORUM, thread)
        assert subscriber is not None
        await world.deliveries.open(a_digest(subscriber.id), [(a_page(str(thread)), ())], NOW, NOW + HOUR)

    await world.subscribers.pause(FORUM, SPORT)

    assert await standings(world) == {0: Standing.ACTIVE, SPORT: Standing.PAUSED, CITY: Standing.ACTIVE}
    assert [delivery.thread_id for delivery in await world.deliveries.claim(NOW, 9, ())] == [CITY]


async def test_a_chat_pauses_with_its_threads(world: World) -> None:
    await three(world)

    await world.subscribers.pause(FORUM)

    assert set((await standings(world)).values()) == {Standing.PAUSED}


async def test_a_chat_comes_back_with_its_threads_and_keeps_nobody_anew(world: World) -> None:
    await a_reader(world, FORUM, thread_id=SPORT)
    await world.subscribers.pause(FORUM)

    await world.subscribers.resume(FORUM, NOW)

    back = await world.subscribers.find(FORUM, SPORT)
    assert back is not None
    assert (back.standing, back.digest_at) == (Standing.ACTIVE, back.schedule.next_due(NOW))
    assert await standings(world) == {SPORT: Standing.ACTIVE}


async def test_a_thread_comes_back_alone(world: World) -> None:
    await three(world)
    await world.subscribers.pause(FORUM)

    await world.subscribers.resume(FORUM, NOW, CITY)

    assert await standings(world) == {0: Standing.PAUSED, SPORT: Standing.PAUSED, CITY: Standing.ACTIVE}


async def test_what_is_active_stays_as_it_is_when_its_chat_comes_back(world: World) -> None:
    reader = await a_reader(world, FORUM, digest_at=NOW + 3 * HOUR)

    await world.subscribers.resume(FORUM, NOW)

    assert await world.subscribers.find(FORUM) == reader


async def test_a_chat_moves_with_its_threads(world: World) -> None:
    await three(world)

    await world.subscribers.move(FORUM, MOVED)

    assert await standings(world) == {}
    assert set(await standings(world, MOVED)) == {0, SPORT, CITY}


async def test_who_is_in_the_new_chat_already_gains_what_the_old_one_follows_and_has_seen(world: World) -> None:
    old = await a_reader(world, FORUM, ["السودان", "مصر"], thread_id=SPORT)
    await keep(world, an_article(subjects=(a_subject(),)), sender=old.id, for_everyone=True)
    (story,) = await world.deliveries.fresh(old.id, NOW - HOUR)
    await send(world, old, [story.id])
    new = await a_reader(world, MOVED, ["مصر"], thread_id=SPORT)

    await world.subscribers.move(FORUM, MOVED)

    assert set(await world.subscribers.topics(new.id)) == {"السودان", "مصر"}
    assert await world.deliveries.fresh(new.id, NOW - HOUR) == []
    assert await standings(world) == {SPORT: Standing.PAUSED}


async def test_a_chat_that_moves_keeps_how_it_follows(world: World) -> None:
    old = await a_reader(world, FORUM, ["السودان", "مصر"], thread_id=SPORT)
    new = await a_reader(world, MOVED, thread_id=SPORT)
    await world.subscribers.leave_out(old.id, "السودان", ["مصر"])
    await world.subscribers.at_once(old.id, "مصر", NOW)
    await world.mutes.keep(old.id, Mute("مصر", NOW, None))

    await world.subscribers.move(FORUM, MOVED)

    assert await world.mutes.on(new.id, NOW) == [Mute("مصر", NOW, None)]
    assert {
        each.topic: (each.without, each.at_once_since) for each in await world.subscribers.subscriptions(new.id)
    } == {
        "السودان": (("مصر",), None),
        "مصر": ((), NOW),
    }


async def test_the_review_of_a_thread_waits_with_its_digest(world: World) -> None:
    """It stops while the thread is paused, and goes on when it is back, even under another number."""
    weekly = replace(a_schedule("08:00"), weekly=Weekly(4, time(10)))
    next_review = weekly.next_review(NOW)
    sport = await a_reader(world, FORUM, thread_id=SPORT)
    await world.subscribers.reschedule(sport.id, weekly, NOW, next_review)

    await world.subscribers.pause(FORUM, SPORT)
    paused = await world.subscribers.find(FORUM, SPORT)
    await world.subscribers.resume(FORUM, NOW, SPORT)
    await world.subscribers.move(FORUM, MOVED)
    back = await world.subscribers.find(MOVED, SPORT)

    assert paused is not None
    assert (paused.digest_at, paused.review_at) == (None, None)
    assert back is not None
    assert (back.review_at, back.schedule, back.thread_id) == (next_review, weekly, SPORT)


async def test_who_comes_back_by_writing_waits_for_their_review_again(world: World) -> None:
    weekly = replace(a_schedule("08:00"), weekly=Weekly(4, time(10)))
    sport = await a_reader(world, FORUM, thread_id=SPORT)
    await world.subscribers.reschedule(sport.id, weekly, NOW, weekly.next_review(NOW))
    await world.subscribers.pause(FORUM)

    back = await a_reader(world, FORUM, thread_id=SPORT)

    assert (back.standing, back.review_at) == (Standing.ACTIVE, weekly.next_review(NOW))


async def test_what_is_due_at_once_is_due_in_its_thread(world: World) -> None:
    sport = await a_reader(world, FORUM, ["السودان"], thread_id=SPORT)
    city = await a_reader(world, FORUM, ["السودان"], thread_id=CITY)
    for reader in (sport, city):
        await world.subscribers.at_once(reader.id, "السودان", NOW)
    await keep(world, an_article(subjects=(a_subject(),)))
    await world.articles.receive(an_article().fingerprint, None, "a feed", NOW, for_everyone=True)
    (story,) = await world.deliveries.fresh(city.id, NOW - HOUR)
    both = await world.alerts.due(NOW - HOUR)

    await world.deliveries.open(a_digest(city.id, stories=[story]), [(a_page(), [story.id])], NOW, NOW + HOUR)

    assert both == [Urgent(FORUM, SPORT, story.id, "السودان"), Urgent(FORUM, CITY, story.id, "السودان")]
    assert await world.alerts.due(NOW - HOUR) == both[:1]


async def test_a_page_that_met_a_closed_thread_is_abandoned(world: World) -> None:
    sport = await a_reader(world, FORUM, ["السودان"], thread_id=SPORT)
    await keep(world, an_article(subjects=(a_subject(),)), sender=sport.id)
    (story,) = await world.deliveries.fresh(sport.id, NOW - HOUR)
    await world.deliveries.open(a_digest(sport.id, stories=[story]), [(a_page(), [story.id])], NOW, NOW + HOUR)
    (delivery,) = await world.deliveries.claim(NOW, 9, ())

    await world.deliveries.save(settle(delivery, Closed("TOPIC_CLOSED"), NOW), NOW)

    assert [each.id for each in await world.deliveries.fresh(sport.id, NOW - HOUR)] == [story.id]


async def test_what_is_not_being_sent_is_not_settled(world: World) -> None:
    reader = await a_reader(world, FORUM)
    await world.deliveries.open(a_digest(reader.id), [(a_page(), ())], NOW, NOW + HOUR)
    (delivery,) = await world.deliveries.claim(NOW, 9, ())
    await world.records.forget(reader.id, NOW, NOW)
    await world.inbox.add([an_update(1, FORUM)])
    await world.inbox.finish([an_update(1, FORUM)], [a_page("جواب")], NOW)

    await world.deliveries.save(settle(delivery, Sent(1), NOW), NOW)

    assert [each.page.text for each in await world.deliveries.claim(NOW, 9, ())] == ["جواب"]
