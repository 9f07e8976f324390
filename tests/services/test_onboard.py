"""The first choices of a reader, in any order and as often as they are pressed."""

from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.subscriber import Subscriber
from bot.services.onboard import HOURS
from tests.builders import HOUR, a_schedule
from tests.services.stage import Stage


async def a_newcomer(stage: Stage) -> Subscriber:
    return await stage.reader(schedule=a_schedule("08:00"), digest_at=stage.clock() + 2 * HOUR)


async def test_one_who_chose_nothing_is_at_the_beginning(stage: Stage) -> None:
    step = await stage.onboard.where(await a_newcomer(stage))

    assert (step.followed, step.is_timed, step.is_done, step.may_choose) == ((), False, False, True)


async def test_topics_and_an_hour_bring_three_stories_at_once_and_the_rest_later(stage: Stage) -> None:
    newcomer = await stage.reader(follows=["السودان"], schedule=a_schedule("08:00"))
    await stage.news("أ", "ب", "ج", "د")

    step = await stage.onboard.on(await stage.onboard.at(newcomer, "07:00"), "5")
    sample = "\n".join(await stage.sent())
    stage.clock.advance(24 * HOUR)
    await stage.plan()
    first = "\n".join(await stage.sent())

    assert (step.is_done, step.is_sampled, step.lacks_news) == (True, True, False)
    assert sorted(sample.split() + first.split()) == ["أ", "ب", "ج", "د"]
    assert len(sample.split()) == 3


async def test_without_news_it_is_said_and_news_comes_with_the_next_press(stage: Stage) -> None:
    newcomer = await stage.onboard.at(await stage.reader(follows=["السودان"], schedule=a_schedule("08:00")), "07:00")

    assert (await stage.onboard.on(newcomer, "5")).lacks_news
    await stage.news("أ")
    assert (await stage.onboard.on(await stage.now(), "5")).is_sampled
    assert await stage.sent() == ["أ"]


async def test_who_had_a_digest_gets_no_sample(stage: Stage) -> None:
    newcomer = await stage.reader(follows=["السودان"], schedule=a_schedule("08:00"))
    await stage.news("أ")
    await stage.plan.now(newcomer, "1")
    await stage.news("ب")

    step = await stage.onboard.on(await stage.onboard.at(await stage.now(), "07:00"), "5")

    assert (step.is_done, step.is_sampled, step.lacks_news) == (True, False, False)


async def test_the_usual_hour_counts_as_chosen_when_it_is_named(stage: Stage) -> None:
    newcomer = await stage.reader(follows=["السودان"], schedule=a_schedule("08:00"))

    assert not (await stage.onboard.on(newcomer, "5")).is_timed
    assert (await stage.onboard.on(newcomer, "5", is_timed=True)).is_done


async def test_an_hour_takes_the_place_of_one_and_of_no_more(stage: Stage) -> None:
    newcomer = await a_newcomer(stage)

    one = await stage.onboard.at(newcomer, "13:00")
    several = await stage.onboard.at(await stage.reschedule(one, "9 و21"), "07:00")

    assert one.schedule.times == (time(13),)
    assert several.schedule.times == (time(9), time(21))
    assert (await stage.now()).schedule.times == (time(9), time(21))


async def test_a_language_is_kept(stage: Stage) -> None:
    spoken = await stage.onboard.speak(await a_newcomer(stage), "en")

    assert (spoken.language, (await stage.now()).language) == ("en", "en")


@pytest.mark.parametrize(
    ("typed", "is_known"),
    [
        ("السودان", True),
        ("السودان ومصر", True),
        ("السودان، مصر", True),
        ("السودان والقمر", False),
        ("القمر", False),
        ("!!", False),
        ("س" * 99, False),
    ],
)
async def test_names_are_known_if_all_of_them_are(stage: Stage, typed: str, *, is_known: bool) -> None:
    await stage.reader(follows=["السودان", "مصر"])

    assert await stage.onboard.knows(typed) is is_known


PRESSES = st.lists(st.sampled_from(["follow", "leave", *(f"{hour:%H:%M}" for hour in HOURS)]), max_size=8)


@settings(max_examples=60, deadline=None)
@given(PRESSES, st.integers(0, 6))
async def test_whatever_is_pressed_every_story_comes_once(presses: list[str], news: int) -> None:
    stage = Stage()
    newcomer = await stage.reader(follows=["السودان"], schedule=a_schedule("08:00"))
    await stage.unfollow.exactly(newcomer, ["السودان"])
    await stage.news(*(f"خبر{number}" for number in range(news)))
    shown: list[str] = []

    for pressed in presses:
        subscriber = await stage.now()
        match pressed:
            case "follow":
                await stage.follow.exactly(subscriber, ["السودان"])
            case "leave":
                await stage.unfollow.exactly(subscriber, ["السودان"])
            case hour:
                subscriber = await stage.onboard.at(subscriber, hour)
        await stage.onboard.on(subscriber, "5")
        shown += await stage.sent()
    sampled = len("\n".join(shown).split())
    await stage.follow.exactly(await stage.now(), ["السودان"])
    for _ in range(2):
        stage.clock.advance(24 * HOUR)
        await stage.plan()
        shown += await stage.sent()

    assert sampled <= 3
    assert sorted("\n".join(shown).split()) == sorted(f"خبر{number}" for number in range(news))
