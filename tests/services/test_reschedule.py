"""Changing when digests come."""

import pytest

from bot.domain.typed import BadTime
from bot.domain.zones import BadZone
from tests.builders import HOUR, MINUTE, NOW, a_schedule
from tests.services.stage import Stage


async def test_typed_times_are_kept_in_the_readers_zone(stage: Stage) -> None:
    reader = await stage.reader(schedule=a_schedule("08:00", zone="Asia/Baghdad"))

    changed = await stage.reschedule(reader, "٧:٣٠ صباحاً و٩ مساءً")

    assert changed.schedule == a_schedule("07:30", "21:00", zone="Asia/Baghdad")
    assert changed.digest_at == NOW + 12 * HOUR  # 06:00 UTC is 09:00 in Baghdad
    assert await stage.now() == changed


async def test_a_typed_city_moves_the_same_times_to_its_zone(stage: Stage) -> None:
    reader = await stage.reader(schedule=a_schedule("08:30"))

    changed = await stage.relocate(reader, "القاهرة")

    assert changed.schedule == a_schedule("08:30", zone="Africa/Cairo")
    assert changed.digest_at == NOW + 30 * MINUTE
    assert await stage.now() == changed


@pytest.mark.parametrize(
    "typed",
    [pytest.param("", id="nothing"), pytest.param("25", id="no such hour"), pytest.param("غدا", id="no time of day")],
)
async def test_what_is_no_time_changes_nothing(stage: Stage, typed: str) -> None:
    reader = await stage.reader()

    with pytest.raises(BadTime):
        await stage.reschedule(reader, typed)

    assert await stage.now() == reader


async def test_what_is_no_zone_changes_nothing(stage: Stage) -> None:
    reader = await stage.reader()

    with pytest.raises(BadZone):
        await stage.relocate(reader, "المريخ")

    assert await stage.now() == reader
