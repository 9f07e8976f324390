"""Stories that are sent at once, besides the digest."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.domain.delivery import Unreachable
from bot.domain.mute import Span
from bot.domain.preferences import Preferences
from bot.domain.schedule import Away, Quiet, Schedule
from bot.domain.subscriber import Standing
from bot.telegram.digests import Renderer
from bot.telegram.language import Languages
from config.languages import read_catalogues
from handlers.digest_callbacks import sheet_payload
from tests.builders import HOUR, MINUTE, NOW, a_schedule
from tests.services.stage import Stage


async def at_once(stage: Stage, chat_id: int = 501, schedule: Schedule | None = None) -> None:
    """Let a reader follow a topic and want to know at once."""
    schedule = schedule or a_schedule("06:00")
    reader = await stage.reader(chat_id, schedule=schedule, digest_at=schedule.next_due(NOW))
    await stage.follow(reader, "السودان")
    await stage.tune.at_once(reader, "السودان", wanted=True)


async def test_a_new_story_comes_at_once_and_not_again_in_the_digest(stage: Stage) -> None:
    await at_once(stage)
    await stage.news("عاجل")

    first, again = await stage.alert(), await stage.alert()
    shown = await stage.sent()
    stage.clock.advance(timedelta(days=1))
    await stage.plan()

    assert (first.planned, again.planned) == (1, 0)
    assert shown == ["! عاجل"]
    assert await stage.sent() == []


async def test_a_story_on_its_way_is_not_in_a_digest_that_is_asked_for_meanwhile(stage: Stage) -> None:
    await at_once(stage)
    await stage.news("عاجل")
    await stage.alert()

    assert not await stage.plan.now(await stage.reader(), "1")


async def test_a_topic_sends_no_more_in_a_day_than_it_may_and_the_digest_has_the_rest(stage: Stage) -> None:
    await at_once(stage)
    await stage.news("أول", "ثان", "ثالث")

    await stage.alert()
    shown = await stage.sent()
    await stage.alert()
    stage.clock.advance(timedelta(days=1))
    await stage.plan()

    assert shown == ["! أول", "! ثان"]
    assert await stage.sent() == ["ثالث"]


async def test_a_topic_has_room_again_on_the_next_day(stage: Stage) -> None:
    await at_once(stage)
    await stage.news("أول", "ثان")
    await stage.alert()
    stage.clock.advance(timedelta(days=1))
    await stage.news("ثالث")

    await stage.alert()

    assert await stage.sent() == ["! ثالث"]


async def test_what_is_older_than_an_hour_waits_for_the_digest(stage: Stage) -> None:
    await at_once(stage)
    await stage.news("قديم")
    stage.clock.advance(HOUR + MINUTE)

    assert (await stage.alert()).planned == 0


async def test_an_alert_that_cannot_be_laid_out_starves_no_one_else(stage: Stage) -> None:
    await at_once(stage, 501)
    await at_once(stage, 502)
    await stage.news("عاجل")
    stage.render.fails_for = {(await stage.reader(501)).id}

    report = await stage.alert()

    assert report.planned == 1
    assert [subscriber for subscriber, _ in report.failures] == [(await stage.reader(501)).id]


async def test_who_blocked_the_bot_is_sent_nothing_more(stage: Stage) -> None:
    await at_once(stage)
    await stage.news("أول")
    stage.send.outcomes = [Unreachable("blocked")]
    await stage.alert()
    await stage.sent()
    await stage.news("ثان")

    assert (await stage.alert()).planned == 0
    found = await stage.subscribers.find(501)
    assert found is not None
    assert found.standing is Standing.PAUSED


QUIET_UNTIL_NINE = replace(a_schedule("12:00"), quiet=Quiet(time(5), time(9)))
QUIET_FROM_HALF_PAST_SIX = replace(a_schedule("12:00"), quiet=Quiet(time(6, 30), time(9)))
AWAY_UNTIL_NINE = replace(a_schedule("12:00"), away=Away(NOW - HOUR, NOW + 3 * HOUR))


@pytest.mark.parametrize(
    "schedule",
    [pytest.param(QUIET_UNTIL_NINE, id="quiet hours"), pytest.param(AWAY_UNTIL_NINE, id="a vacation")],
)
async def test_what_is_held_is_neither_sent_nor_lost_and_the_digest_has_it(stage: Stage, schedule: Schedule) -> None:
    await at_once(stage, schedule=schedule)
    await stage.news("عاجل")

    for _ in range(4):
        assert (await stage.alert()).planned == 0
        stage.clock.advance(HOUR)
    stage.clock.advance(2 * HOUR)
    await stage.plan()

    assert await stage.sent() == ["عاجل"]


async def test_what_came_just_before_quiet_hours_ended_is_still_sent_at_once(stage: Stage) -> None:
    await at_once(stage, schedule=QUIET_UNTIL_NINE)
    stage.clock.advance(3 * HOUR - MINUTE)
    await stage.news("عاجل")

    held = await stage.alert()
    stage.clock.advance(MINUTE)
    await stage.alert()

    assert held.planned == 0
    assert await stage.sent() == ["! عاجل"]


async def test_an_alert_that_does_not_get_through_before_quiet_hours_comes_with_the_digest(stage: Stage) -> None:
    await at_once(stage, schedule=QUIET_FROM_HALF_PAST_SIX)
    await stage.news("عاجل")
    await stage.alert()
    stage.clock.advance(30 * MINUTE)

    shown = await stage.sent()
    stage.clock.moment = NOW + 6 * HOUR
    await stage.alert()
    await stage.plan()

    assert shown == []
    assert await stage.sent() == ["عاجل"]


async def test_on_a_day_without_a_digest_a_story_comes_at_once_all_the_same(stage: Stage) -> None:
    await at_once(stage, schedule=replace(a_schedule(), days=frozenset({0})))  # NOW is a Saturday
    await stage.news("عاجل")

    await stage.alert()

    assert await stage.sent() == ["! عاجل"]


async def test_of_a_muted_topic_nothing_comes_at_once(stage: Stage) -> None:
    await at_once(stage)
    await stage.silence.mute(await stage.now(), "السودان", Span.DAY)
    await stage.news("في الكتم")

    muted = await stage.alert()
    await stage.silence.unmute(await stage.now(), "السودان")

    assert muted.planned == 0
    assert (await stage.alert()).planned == 1


async def test_a_silent_reader_hears_no_alert_either(stage: Stage) -> None:
    await at_once(stage)
    reader = await stage.now()
    await stage.subscribers.prefer(reader.id, Preferences(is_quiet=True))
    await stage.news("عاجل")
    render = Renderer(Languages(read_catalogues("ar")), sheet_payload)

    await replace(stage.alert, render=render)()
    await stage.sent()

    assert [delivery.page.is_quiet for delivery in stage.send.shown] == [True]
