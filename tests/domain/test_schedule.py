from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.schedule import MOST_TIMES, Schedule

ZONES = ("Africa/Cairo", "Asia/Beirut", "Europe/Berlin", "America/New_York", "Asia/Riyadh")


def changes_of(name: str) -> tuple[datetime, ...]:
    """Return the hours, in UTC, in which a zone's offset changed from 2025 to 2028."""
    zone = ZoneInfo(name)
    hours = [datetime(2025, 1, 1, tzinfo=UTC) + timedelta(hours=hour) for hour in range(4 * 365 * 24)]
    offsets = [hour.astimezone(zone).utcoffset() for hour in hours]
    return tuple(hour for hour, (before, after) in zip(hours, pairwise(offsets), strict=False) if before != after)


CHANGES = {name: changes_of(name) for name in ZONES}
SOME_TIMES = st.lists(
    st.one_of(
        st.sampled_from([time(0), time(0, 30), time(1, 30), time(2), time(2, 30), time(3), time(23, 30)]),
        st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    ),
    min_size=1,
    max_size=MOST_TIMES,
    unique=True,
).map(lambda times: tuple(sorted(times)))
SOME_SCHEDULES = st.builds(Schedule, SOME_TIMES, st.sampled_from(ZONES))


def moments_around_changes(zone: str) -> st.SearchStrategy[datetime]:
    anywhere = st.datetimes(datetime(2025, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
    if not CHANGES[zone]:
        return anywhere
    near = st.builds(
        lambda change, minutes: change + timedelta(minutes=minutes),
        st.sampled_from(CHANGES[zone]),
        st.integers(-2 * 24 * 60, 2 * 24 * 60),
    )
    return st.one_of(near, anywhere)


@given(SOME_SCHEDULES.flatmap(lambda schedule: st.tuples(st.just(schedule), moments_around_changes(schedule.zone))))
def test_the_next_moment_is_strictly_later_and_at_most_a_day_and_a_gap_away(case: tuple[Schedule, datetime]) -> None:
    schedule, after = case

    due = schedule.next_due(after)

    assert after < due <= after + timedelta(hours=26)


@given(SOME_SCHEDULES.flatmap(lambda schedule: st.tuples(st.just(schedule), moments_around_changes(schedule.zone))))
def test_no_promised_moment_lies_between_now_and_the_next_one(case: tuple[Schedule, datetime]) -> None:
    schedule, after = case

    due = schedule.next_due(after)

    assert schedule.next_due(due - timedelta(microseconds=1)) == due
    assert schedule.next_due(after + (due - after) / 2) == due


@given(SOME_SCHEDULES.flatmap(lambda schedule: st.tuples(st.just(schedule), moments_around_changes(schedule.zone))))
def test_each_time_has_one_moment_a_local_date(case: tuple[Schedule, datetime]) -> None:
    schedule, after = case
    zone = ZoneInfo(schedule.zone)

    due = [after]
    while due[-1] < after + timedelta(days=5):
        due.append(schedule.next_due(due[-1]))

    found = Counter(moment.astimezone(zone).date() for moment in due[1:])
    for day in sorted(found)[1:-2]:  # the first and the last are seen in part
        assert found[day] == len(moments_on(day, schedule))


def moments_on(day: date, schedule: Schedule) -> set[datetime]:
    """Return what is promised for one local date: two times that a gap brings together are one moment."""
    zone = ZoneInfo(schedule.zone)
    return {datetime.combine(day, moment, zone).astimezone(UTC) for moment in schedule.times}


@pytest.mark.parametrize(
    ("zone", "day", "promised", "expected"),
    [
        pytest.param("Europe/Berlin", date(2026, 3, 29), time(2, 30), "01:30", id="Berlin skips 02:00 to 03:00"),
        pytest.param("America/New_York", date(2027, 3, 14), time(2, 15), "07:15", id="New York skips 02:00 to 03:00"),
        pytest.param("Africa/Cairo", date(2025, 4, 25), time(0), "22:00", id="Cairo skips midnight"),
        pytest.param("Asia/Beirut", date(2026, 3, 29), time(0, 30), "22:30", id="Beirut skips the hour of midnight"),
    ],
)
def test_a_time_that_the_clock_skips_comes_one_gap_later(zone: str, day: date, promised: time, expected: str) -> None:
    before = datetime.combine(day, time(0), ZoneInfo(zone)).astimezone(UTC) - timedelta(hours=3)

    due = Schedule((promised,), zone).next_due(before)

    local = due.astimezone(ZoneInfo(zone))
    assert f"{due:%H:%M}" == expected
    assert local.date() == day
    assert local.replace(tzinfo=None) == datetime.combine(day, promised) + timedelta(hours=1)


@pytest.mark.parametrize(
    ("zone", "day", "promised"),
    [
        pytest.param("Europe/Berlin", date(2025, 10, 26), time(2, 30), id="Berlin has 02:30 twice"),
        pytest.param("America/New_York", date(2026, 11, 1), time(1, 30), id="New York has 01:30 twice"),
        pytest.param("Africa/Cairo", date(2025, 10, 30), time(23, 30), id="Cairo has 23:30 twice"),
        pytest.param("Asia/Beirut", date(2027, 10, 30), time(23), id="Beirut has 23:00 twice"),
    ],
)
def test_a_time_that_the_clock_repeats_counts_once_at_its_first_pass(zone: str, day: date, promised: time) -> None:
    schedule, first = Schedule((promised,), zone), datetime.combine(day, promised, ZoneInfo(zone))

    due = schedule.next_due(first.astimezone(UTC) - timedelta(minutes=1))
    following = schedule.next_due(due)

    assert due == first.astimezone(UTC)
    assert following.astimezone(ZoneInfo(zone)).date() == day + timedelta(days=1)


def test_a_moment_that_is_now_is_past() -> None:
    schedule = Schedule((time(8), time(20)), "Asia/Riyadh")

    due = schedule.next_due(datetime(2025, 5, 1, 5, tzinfo=UTC))

    assert due == datetime(2025, 5, 1, 17, tzinfo=UTC)
