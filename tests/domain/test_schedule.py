from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.schedule import EVERY_DAY, MOST_TIMES, UNTIL_TOLD, Away, Quiet, Schedule, Weekly
from bot.domain.weekends import work_days

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
@settings(deadline=None)
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


ALL_ZONES = sorted(zone for zone in available_timezones() if "/" in zone)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@cache
def days_of_change(name: str) -> tuple[datetime, ...]:
    """Return the days, in UTC, on which a zone's offset changed from 2025 to 2028."""
    zone = ZoneInfo(name)
    days = [datetime(2025, 1, 1, tzinfo=UTC) + day * DAY for day in range(4 * 365)]
    offsets = [day.astimezone(zone).utcoffset() for day in days]
    return tuple(day for day, (before, after) in zip(days, pairwise(offsets), strict=False) if before != after)


@st.composite
def schedules_and_moments(draw: st.DrawFn) -> tuple[Schedule, datetime]:
    """Return any schedule in any zone of the world, and a moment, rather near a change of its clock."""
    zone = draw(st.sampled_from(ZONES) | st.sampled_from(ALL_ZONES))
    anywhere = st.datetimes(datetime(2025, 1, 20), datetime(2028, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001
    near = days_of_change(zone)
    after = draw(st.sampled_from(near) | anywhere if near else anywhere)
    after = after.replace(second=0, microsecond=0) + draw(st.integers(-3 * 24 * 60, 2 * 24 * 60)) * MINUTE
    clock = st.sampled_from([time(0), time(0, 30), time(2), time(2, 30), time(23), time(23, 30)]) | st.builds(
        time, st.integers(0, 23), st.integers(0, 59)
    )
    edges = draw(st.none() | st.lists(clock, min_size=2, max_size=2, unique=True))
    away_from = after + draw(st.integers(-4 * 24 * 60, 0)) * MINUTE
    away = st.builds(
        Away, st.just(away_from), st.integers(0, 8 * 24 * 60).map(lambda minutes: away_from + minutes * MINUTE)
    )
    schedule = Schedule(
        times=tuple(sorted(draw(st.sets(clock, min_size=1, max_size=4)))),
        zone=zone,
        days=draw(st.just(EVERY_DAY) | st.sets(st.integers(0, 6), min_size=1).map(frozenset)),
        quiet=Quiet(*edges) if edges else None,
        away=draw(st.none() | away),
        weekly=draw(st.none() | st.builds(Weekly, st.integers(0, 6), clock)),
    )
    return schedule, after


def minutes_of(zone: str, start: datetime, days: int) -> list[tuple[datetime, datetime]]:
    """Return every minute, in UTC, and what the clock on the wall shows then."""
    place = ZoneInfo(zone)
    minutes = (start + minute * MINUTE for minute in range(days * 24 * 60))
    return [(minute, minute.astimezone(place).replace(tzinfo=None, fold=0)) for minute in minutes]


class Walk:
    """A slow oracle: it walks minute by minute and looks at the clock on the wall."""

    def __init__(self, schedule: Schedule, start: datetime, days: int) -> None:
        self.schedule = schedule
        self.minutes = minutes_of(schedule.zone, start, days)
        self.first: dict[datetime, datetime] = {}
        self.last: dict[datetime, datetime] = {}
        self.early: dict[datetime, datetime] = {}
        for minute, wall in self.minutes:
            self.first.setdefault(wall, minute)
            self.last[wall] = minute
        for (_, before), (minute, after) in pairwise(self.minutes):
            for step in range(int((after - before) / MINUTE) - 1):
                skipped = before + (step + 1) * MINUTE
                self.first[skipped] = self.last[skipped] = minute + step * MINUTE
                self.early[skipped] = minute - (after - skipped)
        self.silent = set(self._silent())

    def _silent(self) -> Iterator[datetime]:
        quiet = self.schedule.quiet
        for day in sorted({wall.date() for _, wall in self.minutes}) if quiet else ():
            assert quiet
            begins = datetime.combine(day, quiet.start)
            ends = datetime.combine(day if quiet.start < quiet.end else day + DAY, quiet.end)
            if begins in self.first and ends in self.last:
                minute = self.early.get(begins, self.first[begins])
                while minute < self.last[ends]:
                    yield minute
                    minute += MINUTE

    def moments(self) -> list[datetime]:
        """Return when digests come, those of the first days and the last hours perhaps not."""
        is_away = self.schedule.away.covers if self.schedule.away else lambda _: False
        walls = [wall for wall in self.first if wall.time() in self.schedule.times]
        slots = [self.first[wall] for wall in walls if wall.weekday() in self.schedule.days]
        coming = (self._admitted(slot) for slot in slots if not is_away(slot))
        return sorted({moment for moment in coming if moment and not is_away(moment)})

    def _admitted(self, slot: datetime) -> datetime | None:
        start = int((slot - self.minutes[0][0]) / MINUTE)
        return next(
            (
                minute
                for minute, wall in self.minutes[start:]
                if minute not in self.silent and wall.weekday() in self.schedule.days
            ),
            None,
        )


@given(schedules_and_moments())
@settings(max_examples=60, deadline=None)
def test_the_moments_are_those_of_a_walk_through_every_minute(case: tuple[Schedule, datetime]) -> None:
    schedule, after = case
    until = after + 5 * DAY

    found, moment = list[datetime](), after
    while (moment := schedule.next_due(moment)) < until:
        found.append(moment)

    walked = Walk(schedule, after - 12 * DAY, 18).moments()
    assert found == [moment for moment in walked if after < moment < until]


@given(schedules_and_moments())
def test_a_moment_is_later_awake_on_a_chosen_day_and_not_in_a_vacation(case: tuple[Schedule, datetime]) -> None:
    schedule, after = case

    due = schedule.next_due(after)

    wall = due.astimezone(ZoneInfo(schedule.zone))
    assert after < due
    assert wall.weekday() in schedule.days
    assert not is_quiet(wall.time(), schedule.quiet)
    assert schedule.away is None or not schedule.away.covers(due)
    assert schedule.next_due(due - MINUTE / 2) == due


def is_quiet(clock: time, quiet: Quiet | None) -> bool:
    """Tell what the clock on the wall says."""
    if quiet is None:
        return False
    if quiet.start < quiet.end:
        return quiet.start <= clock < quiet.end
    return not quiet.end <= clock < quiet.start


@given(schedules_and_moments())
def test_what_is_held_comes_awake_and_what_is_awake_is_not_held(case: tuple[Schedule, datetime]) -> None:
    schedule, moment = case

    held = schedule.held_until(moment)

    assert moment <= held == schedule.held_until(held)
    assert not is_quiet(held.astimezone(ZoneInfo(schedule.zone)).time(), schedule.quiet)
    assert schedule.quiet or held == moment


@given(schedules_and_moments(), st.integers(1, 5 * 24 * 60))
def test_after_any_downtime_one_moment_stands_for_all_that_passed(case: tuple[Schedule, datetime], down: int) -> None:
    schedule, after = case
    back = after + down * MINUTE

    due = schedule.next_due(back)

    assert due > back
    between = schedule.next_due(after)
    assert between <= due
    while between <= back:
        between = schedule.next_due(between)
    assert between == due


@given(schedules_and_moments())
def test_a_review_comes_once_a_week_awake_and_not_in_a_vacation(case: tuple[Schedule, datetime]) -> None:
    schedule, after = case

    review = schedule.next_review(after)

    assert (review is None) == (schedule.weekly is None)
    if review is not None:
        following = schedule.next_review(review)
        assert following is not None
        assert after < review < following
        assert timedelta(days=5) < following - review
        assert not is_quiet(review.astimezone(ZoneInfo(schedule.zone)).time(), schedule.quiet)
        assert schedule.away is None or not schedule.away.covers(review)


@pytest.mark.parametrize(
    ("zone", "day", "clock", "expected"),
    [
        pytest.param("Africa/Cairo", date(2026, 4, 24), "00:00", ["2026-04-24 01:00"], id="Cairo, spring 2026"),
        pytest.param("Africa/Cairo", date(2026, 10, 29), "23:30", ["2026-10-29 23:30"], id="Cairo, autumn 2026"),
        pytest.param("Africa/Cairo", date(2027, 4, 30), "00:30", ["2027-04-30 01:30"], id="Cairo, spring 2027"),
        pytest.param("Africa/Cairo", date(2027, 10, 28), "23:00", ["2027-10-28 23:00"], id="Cairo, autumn 2027"),
        pytest.param("Asia/Beirut", date(2026, 3, 29), "00:15", ["2026-03-29 01:15"], id="Beirut, spring 2026"),
        pytest.param("Asia/Beirut", date(2026, 10, 24), "23:45", ["2026-10-24 23:45"], id="Beirut, autumn 2026"),
        pytest.param("Asia/Beirut", date(2027, 3, 28), "00:00", ["2027-03-28 01:00"], id="Beirut, spring 2027"),
        pytest.param("Asia/Beirut", date(2027, 10, 30), "23:00", ["2027-10-30 23:00"], id="Beirut, autumn 2027"),
        pytest.param("Europe/Berlin", date(2026, 3, 29), "02:30", ["2026-03-29 03:30"], id="Berlin, spring 2026"),
        pytest.param("Europe/Berlin", date(2026, 10, 25), "02:30", ["2026-10-25 02:30"], id="Berlin, autumn 2026"),
        pytest.param("Europe/Berlin", date(2027, 3, 28), "02:00", ["2027-03-28 03:00"], id="Berlin, spring 2027"),
        pytest.param("Europe/Berlin", date(2027, 10, 31), "02:00", ["2027-10-31 02:00"], id="Berlin, autumn 2027"),
        pytest.param("America/New_York", date(2026, 3, 8), "02:30", ["2026-03-08 03:30"], id="New York, spring 2026"),
        pytest.param("America/New_York", date(2026, 11, 1), "01:30", ["2026-11-01 01:30"], id="New York, autumn 2026"),
        pytest.param("America/New_York", date(2027, 3, 14), "02:00", ["2027-03-14 03:00"], id="New York, spring 2027"),
        pytest.param("America/New_York", date(2027, 11, 7), "01:00", ["2027-11-07 01:00"], id="New York, autumn 2027"),
    ],
)
def test_a_night_of_a_clock_change_sends_once(zone: str, day: date, clock: str, expected: list[str]) -> None:
    schedule, place = Schedule((time.fromisoformat(clock),), zone), ZoneInfo(zone)
    moment = datetime.combine(day - DAY, time(12), place).astimezone(UTC)

    sent = []
    while (moment := schedule.next_due(moment)) < datetime.combine(day + DAY, time(12), place).astimezone(UTC):
        sent.append(moment.astimezone(place))

    assert [f"{each:%Y-%m-%d %H:%M}" for each in sent if each.date() == day] == expected
    assert len(sent) == 2


RIYADH = ZoneInfo("Asia/Riyadh")


def riyadh(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=RIYADH)


def weeks(schedule: Schedule, start: str, count: int) -> list[str]:
    moment, shown = riyadh(start), []
    for _ in range(count):
        moment = schedule.next_due(moment)
        shown.append(f"{moment.astimezone(RIYADH):%a %d %H:%M}")
    return shown


def test_work_days_leave_the_weekend_out() -> None:
    schedule = Schedule((time(8),), "Asia/Riyadh", days=work_days("Asia/Riyadh"))

    assert weeks(schedule, "2026-11-24 12:00", 4) == ["Wed 25 08:00", "Thu 26 08:00", "Sun 29 08:00", "Mon 30 08:00"]


def test_all_that_falls_into_quiet_hours_comes_once_at_their_end() -> None:
    schedule = Schedule((time(1), time(6), time(12), time(23, 30)), "Asia/Riyadh", quiet=Quiet(time(23), time(7)))

    assert weeks(schedule, "2026-11-24 12:00", 3) == ["Wed 25 07:00", "Wed 25 12:00", "Thu 26 07:00"]


def test_what_is_held_into_a_day_off_comes_at_the_first_waking_after_it() -> None:
    schedule = Schedule((time(23, 30),), "Asia/Riyadh", days=work_days("Asia/Riyadh"), quiet=Quiet(time(23), time(7)))

    assert weeks(schedule, "2026-11-25 12:00", 3) == ["Thu 26 07:00", "Sun 29 07:00", "Mon 30 07:00"]


def test_even_one_quiet_time_on_one_day_a_week_comes_every_week() -> None:
    schedule = Schedule((time(23, 30),), "Asia/Riyadh", days=frozenset({3}), quiet=Quiet(time(23), time(7)))

    assert weeks(schedule, "2026-11-25 12:00", 3) == ["Thu 26 07:00", "Thu 03 07:00", "Thu 10 07:00"]


def test_a_vacation_has_no_moment_and_what_it_held_is_gone() -> None:
    away = Away(riyadh("2026-11-25 10:00"), riyadh("2026-12-06 00:00"))
    schedule = Schedule((time(8), time(23, 30)), "Asia/Riyadh", quiet=Quiet(time(23), time(7)), away=away)

    assert weeks(schedule, "2026-11-25 10:00", 2) == ["Sun 06 08:00", "Mon 07 07:00"]


def test_an_open_vacation_lasts_for_ages() -> None:
    now = riyadh("2026-11-25 10:00")

    assert Schedule((time(8),), "Asia/Riyadh", away=Away(now, UNTIL_TOLD)).next_due(now) > UNTIL_TOLD


def test_quiet_hours_with_an_edge_in_a_clock_change_get_longer() -> None:
    cairo = ZoneInfo("Africa/Cairo")
    skipped = Schedule((time(8),), "Africa/Cairo", quiet=Quiet(time(22), time(0, 30)))
    repeated = Schedule((time(8),), "Africa/Cairo", quiet=Quiet(time(20), time(23, 30)))

    spring = skipped.held_until(datetime(2026, 4, 23, 23, tzinfo=cairo)).astimezone(cairo)
    autumn = repeated.held_until(datetime(2026, 10, 29, 23, tzinfo=cairo)).astimezone(cairo)

    assert f"{spring:%d %H:%M}" == "24 01:30"
    assert (f"{autumn:%d %H:%M}", autumn.fold) == ("29 23:30", 1)


def test_quiet_hours_begin_next_this_evening_or_tomorrow() -> None:
    schedule = Schedule((time(8),), "Asia/Riyadh", quiet=Quiet(time(23), time(7)))

    assert schedule.next_quiet(riyadh("2026-11-25 10:00")) == riyadh("2026-11-25 23:00")
    assert schedule.next_quiet(riyadh("2026-11-25 23:00")) == riyadh("2026-11-26 23:00")
    assert Schedule((time(8),), "Asia/Riyadh").next_quiet(riyadh("2026-11-25 10:00")) is None
