"""Changing when digests come."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from bot.domain.adjustment import AddTime
from bot.domain.schedule import Away, Quiet, Weekly
from bot.domain.typed import BadQuiet, BadTime, BadVacation, BadWeekly
from bot.domain.zones import BadZone
from bot.services.reschedule import Nowhere
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


async def test_what_is_not_named_stays(stage: Stage) -> None:
    reader = await stage.reader(schedule=a_schedule("08:00", zone="Asia/Baghdad"))

    await stage.reschedule(reader, "أيام العمل")
    changed = await stage.reschedule(await stage.now(), "7:30")

    assert changed.schedule == replace(a_schedule("07:30", zone="Asia/Baghdad"), days=frozenset({6, 0, 1, 2, 3}))


async def test_a_shared_place_moves_the_times_and_the_days_of_work(stage: Stage) -> None:
    work = replace(a_schedule("08:30", zone="Europe/Berlin"), days=frozenset(range(5)))
    reader = await stage.reader(schedule=work)

    changed = await stage.relocate.at(reader, 30.04, 31.24)

    assert changed.schedule == replace(work, zone="Africa/Cairo", days=frozenset({6, 0, 1, 2, 3}))
    assert await stage.now() == changed


async def test_a_place_without_a_clock_changes_nothing(stage: Stage) -> None:
    reader = await stage.reader()

    with pytest.raises(Nowhere):
        await stage.relocate.at(reader, 0, -30)

    assert await stage.now() == reader


async def test_quiet_hours_and_a_weekly_moment_are_kept_and_taken_back(stage: Stage) -> None:
    reader = await stage.reader(schedule=a_schedule("08:00", zone="Asia/Riyadh"))

    await stage.reschedule.quiet(reader, "23:00-07:00")
    changed = await stage.reschedule.weekly(await stage.now(), "الجمعة 10:00")
    assert changed.schedule.quiet == Quiet(time(23), time(7))
    assert (changed.schedule.weekly, changed.review_at) == (Weekly(4, time(10)), datetime(2026, 3, 20, 7, tzinfo=UTC))
    assert await stage.now() == changed

    await stage.reschedule.quiet(await stage.now(), "لا")
    assert (await stage.reschedule.weekly(await stage.now(), "لا")).schedule == reader.schedule
    assert (await stage.now()).review_at is None


@pytest.mark.parametrize(
    ("change", "error"), [("quiet", BadQuiet), ("vacation", BadVacation), ("weekly", BadWeekly), ("__call__", BadTime)]
)
async def test_what_cannot_be_read_changes_nothing(stage: Stage, change: str, error: type[Exception]) -> None:
    reader = await stage.reader()

    with pytest.raises(error):
        await getattr(stage.reschedule, change)(reader, "غدا صباحا")

    assert await stage.now() == reader


async def test_a_longer_vacation_begins_when_the_first_one_did(stage: Stage) -> None:
    reader = await stage.reader()
    await stage.reschedule.vacation(reader, "10 أيام")
    stage.clock.advance(48 * HOUR)

    changed = await stage.reschedule.vacation(await stage.now(), "20 يوما")

    assert changed.schedule.away == Away(NOW, datetime(2026, 4, 5, tzinfo=UTC))


async def test_one_who_is_not_away_has_nothing_to_end(stage: Stage) -> None:
    reader = await stage.reader()

    assert await stage.reschedule.vacation(reader, "لا") == reader


async def test_a_change_pressed_twice_keeps_the_promised_moment(stage: Stage) -> None:
    reader = await stage.reader(schedule=a_schedule("08:00"), digest_at=NOW + HOUR)

    first = await stage.reschedule.adjust(reader, AddTime(time(7)))
    again = await stage.reschedule.adjust(await stage.now(), AddTime(time(7)))

    assert first == again == await stage.now()
    assert first.digest_at == NOW + HOUR
