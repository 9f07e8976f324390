from dataclasses import replace
from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.adjustment import (
    AddTime,
    Adjustment,
    DropTime,
    EveryDay,
    NotPossible,
    SetAway,
    SetQuiet,
    SetWeekly,
    WorkDays,
    adjusted,
    moved,
)
from bot.domain.schedule import EVERY_DAY, MOST_TIMES, UNTIL_TOLD, Away, Quiet, Schedule, Weekly
from tests.builders import NOW, a_schedule

DAY = timedelta(days=1)
RIYADH = a_schedule("08:00", zone="Asia/Riyadh")
SOME_CHANGES = st.one_of(
    st.builds(AddTime, st.builds(time, st.integers(0, 23), st.integers(0, 59))),
    st.builds(DropTime, st.builds(time, st.integers(0, 23), st.just(0))),
    st.sampled_from([EveryDay(), WorkDays()]),
    st.builds(SetQuiet, st.booleans()),
    st.builds(SetWeekly, st.booleans()),
    st.builds(SetAway, st.booleans()),
)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(AddTime(time(7)), a_schedule("07:00", "08:00", zone="Asia/Riyadh"), id="a time more"),
        pytest.param(AddTime(time(8)), RIYADH, id="a time that is there"),
        pytest.param(DropTime(time(9)), RIYADH, id="a time that is not there"),
        pytest.param(WorkDays(), replace(RIYADH, days=EVERY_DAY - {4, 5}), id="work days"),
        pytest.param(EveryDay(), RIYADH, id="every day"),
        pytest.param(SetQuiet(is_on=True), replace(RIYADH, quiet=Quiet(time(23), time(7))), id="quiet hours"),
        pytest.param(SetQuiet(is_on=False), RIYADH, id="no quiet hours"),
        pytest.param(
            SetWeekly(is_on=True), replace(RIYADH, weekly=Weekly(4, time(10))), id="a review, as Friday begins"
        ),
        pytest.param(SetWeekly(is_on=False), RIYADH, id="no review"),
        pytest.param(SetAway(is_on=True), replace(RIYADH, away=Away(NOW, UNTIL_TOLD)), id="a vacation from now on"),
        pytest.param(SetAway(is_on=False), RIYADH, id="no vacation"),
    ],
)
def test_a_change_makes_so_what_it_names(change: Adjustment, expected: Schedule) -> None:
    assert adjusted(RIYADH, change, NOW) == expected


def test_quiet_hours_and_reviews_of_ones_own_stay_when_asked_for_again() -> None:
    own = replace(RIYADH, quiet=Quiet(time(1), time(5)), weekly=Weekly(0, time(9)))

    assert adjusted(adjusted(own, SetQuiet(is_on=True), NOW), SetWeekly(is_on=True), NOW) == own


def test_a_vacation_keeps_its_end_when_begun_again_and_its_beginning_when_ended() -> None:
    own = replace(RIYADH, away=Away(NOW - DAY, NOW + DAY))

    assert adjusted(own, SetAway(is_on=True), NOW) == own
    assert adjusted(own, SetAway(is_on=False), NOW) == replace(RIYADH, away=Away(NOW - DAY, NOW))


def test_the_last_time_stays_and_no_thirteenth_comes() -> None:
    full = Schedule(tuple(time(hour) for hour in range(MOST_TIMES)), "UTC")

    with pytest.raises(NotPossible):
        adjusted(RIYADH, DropTime(time(8)), NOW)
    with pytest.raises(NotPossible):
        adjusted(full, AddTime(time(23)), NOW)


@given(st.lists(SOME_CHANGES, max_size=6), SOME_CHANGES)
def test_a_change_asked_for_twice_is_one(before: list[Adjustment], change: Adjustment) -> None:
    schedule = RIYADH
    for each in (*before, change):
        try:
            schedule = adjusted(schedule, each, NOW)
        except NotPossible:
            continue

    try:
        assert adjusted(schedule, change, NOW) == schedule
    except NotPossible:
        assert len(schedule.times) in {1, MOST_TIMES}


def test_days_of_work_are_those_of_the_new_country_and_other_days_stay() -> None:
    work = adjusted(RIYADH, WorkDays(), NOW)

    assert moved(work, "Europe/Berlin") == Schedule(work.times, "Europe/Berlin", EVERY_DAY - {5, 6})
    assert moved(replace(RIYADH, days=frozenset({0})), "Europe/Berlin").days == {0}
