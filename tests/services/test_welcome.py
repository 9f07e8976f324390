"""Knowing who writes to us."""

from bot.domain.subscriber import Standing
from tests.builders import HOUR, NOW, a_schedule
from tests.services.stage import Stage


async def test_a_newcomer_gets_the_operators_schedule_and_the_next_moment_of_it(stage: Stage) -> None:
    newcomer = await stage.welcome(501)

    assert (newcomer.language, newcomer.schedule, newcomer.standing) == ("ar", a_schedule("08:00"), Standing.ACTIVE)
    assert newcomer.digest_at == NOW + 2 * HOUR
    assert await stage.now() == newcomer


async def test_one_who_writes_again_is_the_same_subscriber(stage: Stage) -> None:
    first = await stage.welcome(501)
    stage.clock.advance(5 * HOUR)

    assert await stage.welcome(501) == first


async def test_one_who_comes_back_after_blocking_us_is_active_again(stage: Stage) -> None:
    await stage.welcome(501)
    await stage.subscribers.pause(501)
    stage.clock.advance(5 * HOUR)

    back = await stage.welcome(501)

    assert (back.standing, back.digest_at) == (Standing.ACTIVE, NOW + 26 * HOUR)


async def test_a_newcomers_language_and_zone_are_guessed_and_then_theirs(stage: Stage) -> None:
    newcomer = await stage.welcome(501, 0, "en-GB")

    again = await stage.welcome(501, 0, "ar-EG")

    assert (newcomer.language, newcomer.schedule) == ("en", a_schedule("08:00", zone="Europe/London"))
    assert newcomer.digest_at == newcomer.schedule.next_due(NOW)
    assert again == newcomer
