from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.schedule import MOST_TIMES, UNTIL_TOLD, Quiet, Weekly, shown_times
from bot.domain.typed import (
    BadQuiet,
    BadTime,
    BadVacation,
    BadWeekly,
    promises_of,
    quiet_of,
    times_of,
    vacation_of,
    weekly_of,
)
from tests.domain.test_schedule import SOME_TIMES


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("8", ["08:00"], id="an hour"),
        pytest.param("08:00 20:30", ["08:00", "20:30"], id="spaces between"),
        pytest.param("8.15", ["08:15"], id="a full stop in the time"),
        pytest.param("20:00، 08:00", ["08:00", "20:00"], id="an Arabic comma, and out of order"),
        pytest.param("7,12,19", ["07:00", "12:00", "19:00"], id="commas without spaces"),
        pytest.param("7؛ 19", ["07:00", "19:00"], id="an Arabic semicolon"),
        pytest.param("٠٨:٠٠ ٢٠:٣٠", ["08:00", "20:30"], id="Arabic digits"),
        pytest.param("۸ و ۲۰", ["08:00", "20:00"], id="Persian digits and a lone waw"),
        pytest.param("٨ صباحًا و٩ مساءً", ["08:00", "21:00"], id="morning and evening, waw attached"),
        pytest.param("5 فجرًا 11 ظهرًا 1 ظهرًا", ["05:00", "11:00", "13:00"], id="dawn, before noon and after"),
        pytest.param("8 ليلًا و12 ليلًا", ["00:00", "20:00"], id="evening and midnight"),
        pytest.param("8 صباحاً، 9:30 مساءً", ["08:00", "21:30"], id="tanween behind the alef"),
        pytest.param("8ص 9م", ["08:00", "21:00"], id="one letter each"),
        pytest.param("8am, 9:15 PM", ["08:00", "21:15"], id="English halves, in any case"),
        pytest.param("12am", ["00:00"], id="twelve at night"),
        pytest.param("12 pm", ["12:00"], id="twelve at noon"),
        pytest.param("0:00", ["00:00"], id="midnight"),
        pytest.param("8 08:00 8ص", ["08:00"], id="the same time three times"),
        pytest.param("  8\n20  ", ["08:00", "20:00"], id="white space around and a line break between"),
        pytest.param(" ".join(map(str, range(12))), [f"{hour:02}:00" for hour in range(12)], id="twelve times"),
    ],
)
def test_times_are_read_as_people_write_them(typed: str, expected: list[str]) -> None:
    assert list(shown_times(times_of(typed))) == expected


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="nothing"),
        pytest.param("   ", id="white space"),
        pytest.param("25:99", id="no such time"),
        pytest.param("24:00", id="no such hour"),
        pytest.param("8:60", id="no such minute"),
        pytest.param("13pm", id="thirteen of twelve"),
        pytest.param("0 صباحًا", id="zero of twelve"),
        pytest.param("كل صباح", id="words"),
        pytest.param("8 صباحًا ثم المساء", id="a time and words"),
        pytest.param("-8", id="a negative number"),
        pytest.param("8:00:00", id="seconds"),
        pytest.param("800", id="three digits"),
        pytest.param("8h", id="a unit of another language"),
        pytest.param(" ".join(map(str, range(13))), id="thirteen times"),
    ],
)
def test_anything_else_is_no_time(typed: str) -> None:
    with pytest.raises(BadTime):
        times_of(typed)


@given(st.text(max_size=40) | st.text(alphabet="0123456789٠٨٩:.،, وصمapm", max_size=40))
def test_whatever_is_typed_is_times_or_refused(typed: str) -> None:
    try:
        times = times_of(typed)
    except BadTime:
        return

    assert 0 < len(times) <= MOST_TIMES
    assert list(times) == sorted(set(times))


@given(SOME_TIMES)
def test_times_are_read_back_as_they_are_shown(times: tuple[time, ...]) -> None:
    assert times_of(" ".join(shown_times(times))) == times
