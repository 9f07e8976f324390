"""What everything that keeps subscribers promises."""

from dataclasses import replace
from datetime import time

import pytest

from bot.domain.schedule import UNTIL_TOLD, Away, Quiet, Schedule, Weekly
from bot.domain.subscriber import Standing
from tests.builders import HOUR, NOW, a_digest, a_page, a_schedule, a_subject, a_topic, an_article, an_update
from tests.contracts.keeping import a_reader, keep
from tests.contracts.worlds import World

ALI, MONA, SARA = 501, 502, -1_002_233_445_566


async def due_chats(world: World, limit: int = 9) -> list[int]:
    """Return the chats that are due now."""
    return [subscriber.chat_id for subscriber in await world.subscribers.due(NOW, limit)]


async def test_a_chat_that_never_wrote_is_nobody(world: World) -> None:
    await a_reader(world, ALI)

    assert await world.subscribers.find(MONA) is None


async def test_a_newcomer_is_kept_as_welcomed(world: World) -> None:
    schedule = a_schedule("07:30", "21:00", zone="Africa/Cairo")

    welcomed = await world.subscribers.welcome(SARA, "ar", schedule, NOW + HOUR, NOW)

    assert (welcomed.chat_id, welcomed.language, welcomed.schedule) == (SARA, "ar", schedule)
    assert (welcomed.standing, welcomed.digest_at, welcomed.digested_at) == (Standing.ACTIVE, NOW + HOUR, None)
    assert await world.subscribers.find(SARA) == welcomed


async def test_a_known_subscriber_keeps_their_own_settings(world: World) -> None:
    first = await world.subscribers.welcome(ALI, "ar", a_schedule("07:30"), NOW + HOUR, NOW)

    again = await world.subscribers.welcome(ALI, "en", a_schedule("20:00"), NOW + 9 * HOUR, NOW)

    assert again == first


async def test_another_language_is_kept_for_that_subscriber_alone(world: World) -> None:
    ali, mona = await a_reader(world, ALI), await a_reader(world, MONA)

    await world.subscribers.speak(ali.id, "en")

    assert await world.subscribers.find(ALI) == replace(ali, language="en")
    assert await world.subscribers.find(MONA) == mona


async def test_chats_are_different_subscribers(world: World) -> None:
    ali, mona = await a_reader(world, ALI), await a_reader(world, MONA)

    assert ali.id != mona.id


async def test_a_paused_subscriber_who_comes_back_waits_for_their_own_next_moment(world: World) -> None:
    await world.subscribers.welcome(ALI, "ar", a_schedule("07:30"), NOW, NOW)
    await world.subscribers.pause(ALI)

    back = await world.subscribers.welcome(ALI, "ar", a_schedule("20:00"), NOW + 9 * HOUR, NOW)

    assert (back.standing, back.schedule) == (Standing.ACTIVE, a_schedule("07:30"))
    assert back.digest_at == a_schedule("07:30").next_due(NOW)


async def test_those_who_wait_longest_are_due_first(world: World) -> None:
    await a_reader(world, ALI, digest_at=NOW)
    await a_reader(world, MONA, digest_at=NOW - HOUR)
    await a_reader(world, SARA, digest_at=NOW + HOUR)

    assert await due_chats(world) == [MONA, ALI]
    assert await due_chats(world, limit=1) == [MONA]


async def test_an_advanced_subscriber_is_due_at_the_next_moment(world: World) -> None:
    reader = await a_reader(world, ALI)

    await world.subscribers.advance(reader.id, NOW + HOUR)

    assert await due_chats(world) == []
    assert [each.digest_at for each in await world.subscribers.due(NOW + HOUR, 9)] == [NOW + HOUR]


async def test_a_new_schedule_is_kept_with_its_next_moment(world: World) -> None:
    reader, schedule = await a_reader(world, ALI), a_schedule("06:15", "18:45", zone="Asia/Baghdad")

    await world.subscribers.reschedule(reader.id, schedule, NOW + 2 * HOUR, None)

    found = await world.subscribers.find(ALI)
    assert found is not None
    assert (found.schedule, found.digest_at) == (schedule, NOW + 2 * HOUR)


async def test_a_paused_subscriber_is_not_due(world: World) -> None:
    await a_reader(world, ALI)

    await world.subscribers.pause(ALI)

    found = await world.subscribers.find(ALI)
    assert found is not None
    assert (found.standing, found.digest_at) == (Standing.PAUSED, None)
    assert await due_chats(world) == []


async def test_a_subscriber_paused_while_being_planned_for_is_not_due(world: World) -> None:
    reader = await a_reader(world, ALI)
    await world.subscribers.pause(ALI)

    await world.subscribers.advance(reader.id, NOW)

    assert await due_chats(world) == []


async def test_pausing_a_chat_that_nobody_knows_changes_nothing(world: World) -> None:
    await a_reader(world, ALI)

    await world.subscribers.pause(MONA)

    assert await due_chats(world) == [ALI]
    assert await world.subscribers.find(MONA) is None


async def test_pausing_abandons_what_is_on_its_way_to_that_chat_only(world: World) -> None:
    for number, chat_id in enumerate((ALI, MONA), start=1):
        await a_reader(world, chat_id)
        await world.inbox.add([an_update(number, chat_id)])
        await world.inbox.finish([an_update(number, chat_id)], [a_page("جواب")], NOW)

    await world.subscribers.pause(ALI)

    assert [delivery.chat_id for delivery in await world.deliveries.claim(NOW, 9, ())] == [MONA]


async def test_stories_of_abandoned_pages_are_new_again(world: World) -> None:
    reader = await a_reader(world, ALI, ["السودان"])
    await keep(world, an_article(subjects=(a_subject(),)), sender=reader.id)
    (story,) = await world.deliveries.fresh(reader.id, NOW - HOUR)
    await world.deliveries.open(a_digest(reader.id, stories=[story]), [(a_page(), [story.id])], NOW, NOW + HOUR)
    assert await world.deliveries.fresh(reader.id, NOW - HOUR) == []

    await world.subscribers.pause(ALI)

    assert await world.deliveries.fresh(reader.id, NOW - HOUR) == [story]


async def test_a_chat_that_moves_keeps_its_subscriber_and_what_is_on_its_way(world: World) -> None:
    reader = await a_reader(world, ALI, ["السودان"])
    await world.inbox.add([an_update(1, ALI)])
    await world.inbox.finish([an_update(1, ALI)], [a_page("جواب")], NOW)

    await world.subscribers.move(ALI, SARA)

    moved = await world.subscribers.find(SARA)
    assert moved is not None
    assert (moved.id, list(await world.subscribers.topics(moved.id))) == (reader.id, ["السودان"])
    assert await world.subscribers.find(ALI) is None
    assert [delivery.chat_id for delivery in await world.deliveries.claim(NOW, 9, ())] == [SARA]


async def test_a_chat_may_move_to_one_that_wrote_already(world: World) -> None:
    await a_reader(world, ALI, ["السودان"])
    await a_reader(world, SARA, ["مصر"])
    await world.inbox.add([an_update(1, ALI)])
    await world.inbox.finish([an_update(1, ALI)], [a_page("جواب")], NOW)

    await world.subscribers.move(ALI, SARA)

    assert await due_chats(world) == [SARA]
    assert [delivery.chat_id for delivery in await world.deliveries.claim(NOW, 9, ())] == [SARA]


async def test_following_tells_what_is_new_in_the_order_named(world: World) -> None:
    reader = await a_reader(world, ALI, ["السودان"])
    for name in ("مصر", "لبنان"):
        await world.topics.add(a_topic(name), {})

    new = await world.subscribers.follow(reader.id, ["لبنان", "السودان", "مصر", "لبنان", "لم يُحفظ"], NOW)

    assert list(new) == ["لبنان", "مصر"]


async def test_topics_followed_come_oldest_first(world: World) -> None:
    reader = await a_reader(world, ALI)
    for name in ("مصر", "لبنان", "السودان"):
        await world.topics.add(a_topic(name), {})

    await world.subscribers.follow(reader.id, ["السودان"], NOW)
    await world.subscribers.follow(reader.id, ["مصر"], NOW + HOUR)

    assert list(await world.subscribers.topics(reader.id)) == ["السودان", "مصر"]


async def test_unfollowing_ends_only_what_was_followed(world: World) -> None:
    reader = await a_reader(world, ALI, ["السودان", "مصر"])
    other = await a_reader(world, MONA, ["السودان", "لبنان"])

    gone = await world.subscribers.unfollow(reader.id, ["لبنان", "السودان", "السودان"])

    assert list(gone) == ["السودان"]
    assert list(await world.subscribers.topics(reader.id)) == ["مصر"]
    assert sorted(await world.subscribers.topics(other.id)) == sorted(["السودان", "لبنان"])


async def test_following_again_after_leaving_is_new(world: World) -> None:
    reader = await a_reader(world, ALI, ["السودان"])
    await world.subscribers.unfollow(reader.id, ["السودان"])

    assert list(await world.subscribers.follow(reader.id, ["السودان"], NOW)) == ["السودان"]


EVERYTHING = Schedule(
    times=(time(8), time(20, 30)),
    zone="Africa/Cairo",
    days=frozenset({0, 6}),
    quiet=Quiet(time(23), time(7, 15)),
    away=Away(NOW, UNTIL_TOLD),
    weekly=Weekly(6, time(0, 5)),
)


@pytest.mark.parametrize(
    "schedule",
    [
        pytest.param(EVERYTHING, id="with everything"),
        pytest.param(replace(EVERYTHING, weekly=Weekly(0, time(23, 59))), id="a review on Mondays"),
        pytest.param(a_schedule("08:00"), id="with nothing"),
    ],
)
async def test_a_schedule_is_kept_whole_with_both_its_moments(world: World, schedule: Schedule) -> None:
    reader = await a_reader(world, ALI)
    await world.subscribers.reschedule(reader.id, EVERYTHING, NOW, NOW)

    await world.subscribers.reschedule(reader.id, schedule, NOW + HOUR, NOW + 2 * HOUR)

    found = await world.subscribers.find(ALI)
    assert found is not None
    assert (found.schedule, found.digest_at, found.review_at) == (schedule, NOW + HOUR, NOW + 2 * HOUR)


async def review_chats(world: World, limit: int = 9) -> list[int]:
    """Return the chats whose weekly review is due now."""
    return [subscriber.chat_id for subscriber in await world.subscribers.due_for_review(NOW, limit)]


async def test_whose_review_is_longest_awaited_is_first_and_most_await_none(world: World) -> None:
    for chat_id, review_at in ((ALI, NOW), (MONA, NOW - HOUR), (SARA, None), (504, NOW + HOUR)):
        reader = await a_reader(world, chat_id)
        await world.subscribers.reschedule(reader.id, EVERYTHING, NOW, review_at)

    assert await review_chats(world) == [MONA, ALI]
    assert await review_chats(world, limit=1) == [MONA]


async def test_a_review_that_was_had_is_awaited_again_and_the_digest_stays(world: World) -> None:
    reader = await a_reader(world, ALI)
    await world.subscribers.reschedule(reader.id, EVERYTHING, NOW + HOUR, NOW)

    await world.subscribers.await_review(reader.id, NOW + 9 * HOUR)

    found = await world.subscribers.find(ALI)
    assert found is not None
    assert (await review_chats(world), found.review_at, found.digest_at) == ([], NOW + 9 * HOUR, NOW + HOUR)


async def test_a_paused_subscriber_awaits_no_review_and_one_who_is_back_the_next(world: World) -> None:
    schedule = replace(EVERYTHING, away=None)
    reader = await a_reader(world, ALI)
    await world.subscribers.reschedule(reader.id, schedule, NOW, NOW)
    await world.subscribers.pause(ALI)
    await world.subscribers.await_review(reader.id, NOW)
    assert await review_chats(world) == []

    back = await world.subscribers.welcome(ALI, "ar", schedule, NOW, NOW)

    assert back.review_at == schedule.next_review(NOW)
