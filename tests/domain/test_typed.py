import contextlib
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


SUN_TO_THU, SATURDAY, SUNDAY = frozenset({6, 0, 1, 2, 3}), 5, 6


@pytest.mark.parametrize(
    ("typed", "times", "days"),
    [
        pytest.param("08:00 20:30 أيام العمل", ["08:00", "20:30"], SUN_TO_THU, id="times and work days"),
        pytest.param("كل يوم 8 صباحًا", ["08:00"], frozenset(range(7)), id="every day"),
        pytest.param("يوميًا ٨", ["08:00"], frozenset(range(7)), id="daily, Arabic digits"),
        pytest.param("الأحد والثلاثاء 7:30", ["07:30"], {6, 1}, id="two days"),
        pytest.param("7:30 يومي الاحد و الثلاثاء", None, None, id="a word that we do not know"),
        pytest.param("أيام الإثنين، الأربعاء، الجمعه 9م", ["21:00"], {0, 2, 4}, id="commas, other spellings"),
        pytest.param("من الأحد إلى الخميس الساعة 7:30", ["07:30"], SUN_TO_THU, id="a range of days"),
        pytest.param("الخميس - السبت 10", ["10:00"], {3, 4, 5}, id="a range with a dash"),
        pytest.param("السبت إلى الاثنين 10", ["10:00"], {5, 6, 0}, id="a range over the end of the week"),
        pytest.param("كل يوم عدا الجمعة 8", ["08:00"], frozenset(range(7)) - {4}, id="all but one"),
        pytest.param("8 ما عدا الجمعة والسبت", ["08:00"], SUN_TO_THU, id="but two, days unsaid"),
        pytest.param("نهاية الأسبوع 10", ["10:00"], {4, 5}, id="the weekend"),
        pytest.param("weekdays 8am", ["08:00"], SUN_TO_THU, id="English"),
        pytest.param("Sun-Thu 8", ["08:00"], SUN_TO_THU, id="English, short"),
    ],
)
def test_times_and_days_are_read_as_people_write_them(
    typed: str, times: list[str] | None, days: set[int] | frozenset[int] | None
) -> None:
    if times is None or days is None:
        with pytest.raises(BadTime):
            promises_of(typed, "Asia/Riyadh")
        return

    found, on = promises_of(typed, "Asia/Riyadh")

    assert list(shown_times(found or ())) == times
    assert on == days


def test_days_alone_name_no_times_and_times_alone_no_days() -> None:
    assert promises_of("أيام العمل", "Europe/Berlin") == (None, frozenset(range(5)))
    assert promises_of("8", "Europe/Berlin") == ((time(8),), None)


@pytest.mark.parametrize("typed", ["", "كل يوم غدا", "الأحد 25:00", "كل يوم عدا كل يوم 8", "عدا 8", "يوم القمر 8"])
def test_anything_else_is_neither(typed: str) -> None:
    with pytest.raises(BadTime):
        promises_of(typed, "Asia/Riyadh")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("23:00-07:00", Quiet(time(23), time(7)), id="a dash"),
        pytest.param("٢٣:٠٠ – ٠٧:٠٠", Quiet(time(23), time(7)), id="Arabic digits, a long dash"),
        pytest.param("من 11 مساءً إلى 7 صباحًا", Quiet(time(23), time(7)), id="words"),
        pytest.param("13 15", Quiet(time(13), time(15)), id="a space"),
        pytest.param("نعم", Quiet(time(23), time(7)), id="yes"),
        pytest.param("لا", None, id="no"),
        pytest.param("إلغاء", None, id="cancel"),
    ],
)
def test_quiet_hours_are_read(typed: str, expected: Quiet | None) -> None:
    assert quiet_of(typed) == expected


@pytest.mark.parametrize("typed", ["", "23:00", "23-23", "23-25", "1-2-3", "الليل", "8 صباحًا 9 10"])
def test_anything_else_is_no_quiet(typed: str) -> None:
    with pytest.raises(BadQuiet):
        quiet_of(typed)


NOW = datetime(2026, 11, 25, 22, 30, tzinfo=UTC)  # Thursday 26 in Riyadh


@pytest.mark.parametrize(
    ("typed", "last"),
    [
        pytest.param("يوم", date(2026, 11, 26), id="today"),
        pytest.param("10 أيام", date(2026, 12, 5), id="ten days, today the first"),
        pytest.param("لمدة ثلاثة أيام", date(2026, 11, 28), id="a number in words"),
        pytest.param("أسبوعين", date(2026, 12, 9), id="a dual"),
        pytest.param("شهر", date(2026, 12, 25), id="a month"),
        pytest.param("حتى 5 ديسمبر", date(2026, 12, 5), id="until a day, which is the last"),
        pytest.param("إلى ٥ كانون الأول", date(2026, 12, 5), id="the month's other name"),
        pytest.param("حتى 5/12", date(2026, 12, 5), id="day and month in digits"),
        pytest.param("حتى 2026-12-05", date(2026, 12, 5), id="ISO"),
        pytest.param("حتى 1 يناير", date(2027, 1, 1), id="in the next year"),
        pytest.param("حتى الأحد", date(2026, 11, 29), id="until a day of the week"),
        pytest.param("حتى يوم الخميس", date(2026, 12, 3), id="today's name is the next one"),
        pytest.param("until 5 December", date(2026, 12, 5), id="English"),
    ],
)
def test_a_vacation_is_over_as_the_day_after_its_last_one_begins(typed: str, last: date) -> None:
    until = vacation_of(typed, NOW, "Asia/Riyadh")

    assert until is not None
    assert until.isoformat() == f"{date.fromordinal(last.toordinal() + 1)}T00:00:00+03:00"


def test_a_vacation_may_be_open_or_over() -> None:
    assert vacation_of("حتى أعود", NOW, "Asia/Riyadh") == UNTIL_TOLD
    assert vacation_of("نعم", NOW, "Asia/Riyadh") == UNTIL_TOLD
    assert vacation_of("لا", NOW, "Asia/Riyadh") is None


@pytest.mark.parametrize(
    "typed",
    ["", "0 أيام", "400 يوم", "حتى أمس", "12", "حتى 32 ديسمبر", "حتى 5 ديسمبر 2020", "10", "غدا", "حتى 2099-01-01"],
)
def test_anything_else_is_no_vacation(typed: str) -> None:
    with pytest.raises(BadVacation):
        vacation_of(typed, NOW, "Asia/Riyadh")


@pytest.mark.parametrize(
    ("typed", "zone", "expected"),
    [
        pytest.param("الجمعة 10:00", "Asia/Riyadh", Weekly(4, time(10)), id="a day and a time"),
        pytest.param("8 مساءً الخميس", "Asia/Riyadh", Weekly(3, time(20)), id="the other way round"),
        pytest.param("السبت", "Asia/Riyadh", Weekly(SATURDAY, time(10)), id="a day alone"),
        pytest.param("نعم", "Asia/Riyadh", Weekly(4, time(10)), id="yes, where Friday is off"),
        pytest.param("نعم", "Europe/Berlin", Weekly(SATURDAY, time(10)), id="yes, where it is not"),
        pytest.param("لا", "Asia/Riyadh", None, id="no"),
    ],
)
def test_a_weekly_moment_is_read(typed: str, zone: str, expected: Weekly | None) -> None:
    assert weekly_of(typed, zone) == expected


@pytest.mark.parametrize("typed", ["", "10:00", "الجمعة والسبت 10", "الجمعة 10 11", "كل يوم 8", "القمر"])
def test_anything_else_is_no_weekly_moment(typed: str) -> None:
    with pytest.raises(BadWeekly):
        weekly_of(typed, "Asia/Riyadh")


WORDS = "كل يوم أيام العمل عدا الأحد من إلى حتى 8 صباحًا 23:00 - 07:00 لا نعم أسبوع 5 ديسمبر 2026"
SOME_TYPING = st.text(max_size=40) | st.lists(st.sampled_from(WORDS.split(" ")), max_size=8).map(" ".join)


@given(SOME_TYPING)
def test_whatever_is_typed_is_understood_or_refused(typed: str) -> None:
    for read in (
        lambda: promises_of(typed, "Africa/Cairo"),
        lambda: quiet_of(typed),
        lambda: vacation_of(typed, NOW, "Africa/Cairo"),
        lambda: weekly_of(typed, "Africa/Cairo"),
    ):
        with contextlib.suppress(BadTime, BadQuiet, BadVacation, BadWeekly):
            read()
