"""Forgetting a reader."""

from datetime import timedelta

from bot.services.forget import Forgotten
from tests.builders import HOUR, MINUTE, NOW
from tests.services.stage import Stage


async def test_who_confirms_is_forgotten_and_a_second_time_there_is_nobody(stage: Stage) -> None:
    await stage.reader()
    stage.clock.advance(MINUTE)

    assert [await stage.forget(501, 0, NOW), await stage.forget(501, 0, NOW)] == [Forgotten.DONE, Forgotten.NOTHING]


async def test_a_question_of_yesterday_forgets_nobody(stage: Stage) -> None:
    reader = await stage.reader()
    stage.clock.advance(timedelta(hours=24) + MINUTE)

    assert await stage.forget(501, 0, NOW) is Forgotten.LATE
    assert await stage.now() == reader


async def test_an_old_question_does_not_forget_who_came_back(stage: Stage) -> None:
    await stage.reader()
    await stage.forget(501, 0, NOW)
    stage.clock.advance(HOUR)
    back = await stage.subscribers.welcome(501, "ar", stage.welcome.schedule, NOW + HOUR, stage.clock())

    assert await stage.forget(501, 0, NOW) is Forgotten.LATE
    assert await stage.now() == back
