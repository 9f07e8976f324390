from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic.dates import date_in, states_only_a_date

NOW = datetime(2024, 5, 15, 12, 0, tzinfo=UTC)

STATED = [
    pytest.param("7 مايو 2024", date(2024, 5, 7), id="Egyptian"),
    pytest.param("7 أيار 2024", date(2024, 5, 7), id="Levantine"),
    pytest.param("17 كانون الثاني 2022", date(2022, 1, 17), id="month of two words"),
    pytest.param("7 ماي 2024", date(2024, 5, 7), id="Maghrebi"),
    pytest.param("18 جويلية 2022", date(2022, 7, 18), id="Tunisian"),
    pytest.param("18 غشت 2022", date(2022, 8, 18), id="Moroccan"),
    pytest.param("7 أيار/مايو 2024", date(2024, 5, 7), id="both names"),
    pytest.param("7 أيار / مايو 2024", date(2024, 5, 7), id="both names, spaced"),
    pytest.param("7 أيار (مايو) 2024", date(2024, 5, 7), id="the other name in brackets"),
    pytest.param("7 تشرين الأول - أكتوبر 2023", date(2023, 10, 7), id="both names with a dash"),
    pytest.param("في 7 من مايو عام 2024", date(2024, 5, 7), id="with من and عام"),
    pytest.param("مايو 7, 2024", date(2024, 5, 7), id="month first"),
    pytest.param("٧ مايو ٢٠٢٤", date(2024, 5, 7), id="Arabic-Indic digits"),
    pytest.param("٢٠٢٤/٠٥/٠٧", date(2024, 5, 7), id="Arabic-Indic numbers, year first"),
    pytest.param("7th, May 2024 GMT", date(2024, 5, 7), id="English ordinal"),
    pytest.param("May 7, 2024", date(2024, 5, 7), id="American"),
    pytest.param("Tue, 07 May 2024 09:15:00 +0300", date(2024, 5, 7), id="feed"),
    pytest.param("2024-05-07T23:59:00-05:00", date(2024, 5, 7), id="ISO keeps its own day"),
    pytest.param("07/05/2024", date(2024, 5, 7), id="day first"),
    pytest.param("7.5.2024", date(2024, 5, 7), id="dots"),
    pytest.param("الثلاثاء، 7 مايو 2024، الساعة 09:15 ص بتوقيت القاهرة", date(2024, 5, 7), id="weekday and clock"),
    pytest.param("09:15 - 7 مايو 2024", date(2024, 5, 7), id="the clock is no span of days"),
    pytest.param("28 شوال 1445 هـ", date(2024, 5, 7), id="Hijri"),
    pytest.param("28/10/1445", date(2024, 5, 7), id="Hijri in numbers"),
    pytest.param("28 شوال 1445 هـ الموافق 7 مايو 2024 م", date(2024, 5, 7), id="both calendars"),
    pytest.param("29 شوال 1445 - 7 مايو 2024", date(2024, 5, 7), id="the moon was sighted a day apart"),
    pytest.param("نشر: 7 مايو 2024 - آخر تحديث: 9 مايو 2024", date(2024, 5, 7), id="published, then changed"),
    pytest.param("آخر تحديث: 9 مايو 2024 - نشر في: 7 مايو 2024", date(2024, 5, 7), id="changed, then published"),
    pytest.param("7 مايو 2031", date(2031, 5, 7), id="the future is the caller's to refuse"),
    pytest.param("منذ 3 ساعات", date(2024, 5, 15), id="hours"),
    pytest.param("منذ 13 ساعة", date(2024, 5, 14), id="hours over midnight"),
    pytest.param("قبل يومين", date(2024, 5, 13), id="dual"),
    pytest.param("قبل خمسة أيام", date(2024, 5, 10), id="number in words"),
    pytest.param("منذ أسبوع", date(2024, 5, 8), id="week"),
    pytest.param("أمس الساعة 21:40 مساءً", date(2024, 5, 14), id="yesterday"),
    pytest.param("أول أمس", date(2024, 5, 13), id="the day before"),
    pytest.param("اليوم، الأربعاء", date(2024, 5, 15), id="today"),
]


@pytest.mark.parametrize(("text", "day"), STATED)
def test_a_date_is_read_as_written(text: str, day: date) -> None:
    assert date_in(text, NOW) == day


DOUBTFUL = [
    pytest.param("31 فبراير 2023", id="no such day"),
    pytest.param("2023-13-40", id="no such month"),
    pytest.param("05/17/2024", id="no seventeenth month"),
    pytest.param("7 أيار/تموز 2024", id="the two names differ"),
    pytest.param("من 7 مايو 2024 إلى 9 مايو 2024", id="two dates"),
    pytest.param("7-9 مايو 2024", id="span of days"),
    pytest.param("من 7 إلى 9 مايو 2024", id="span of days in words"),
    pytest.param("28 شوال 1445 الموافق 20 مايو 2024", id="the calendars contradict"),
    pytest.param("7 مايو", id="no year"),
    pytest.param("مايو 2024", id="no day"),
    pytest.param("اعتقل 12 سجينا بين آذار ونيسان", id="a number and a month"),
    pytest.param("منذ ساعات", id="no number"),
    pytest.param("منذ شهرين", id="months are not counted in days"),
    pytest.param("منذ 9999 أسبوع ونيف", id="more than a date"),
    pytest.param("اليوم السابع", id="newspaper"),
    pytest.param("وصل الوفد إلى دمشق اليوم", id="today in a sentence"),
    pytest.param("قبل يومين من الانتخابات", id="counted from an event"),
    pytest.param("", id="empty"),
]


@pytest.mark.parametrize("text", DOUBTFUL)
def test_no_date_is_better_than_a_guess(text: str) -> None:
    assert date_in(text, NOW) is None


def test_yesterday_is_counted_in_the_zone_of_the_reader() -> None:
    late = datetime(2024, 5, 15, 0, 30, tzinfo=timezone(timedelta(hours=3)))

    assert date_in("منذ ساعة", late) == date(2024, 5, 14)


def test_counting_back_past_the_first_year_gives_none() -> None:
    assert date_in("منذ 9999 أسبوع", datetime(5, 1, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize("text", ["الثلاثاء 7 مايو 2024 - 09:15", "2024-05-07T09:15:00Z", "منذ 3 ساعات"])
def test_a_line_of_only_a_date_is_told_apart(text: str) -> None:
    assert states_only_a_date(text, NOW)


@pytest.mark.parametrize("text", ["وقع الزلزال في 7 مايو 2024", "بعد الظهر", "مساء الخميس"])
def test_a_line_that_says_more_than_a_date_is_text(text: str) -> None:
    assert not states_only_a_date(text, NOW)


DATE_PIECES = st.sampled_from(
    [
        *" /-.,:()",
        "7",
        "31",
        "0",
        "2024",
        "1445",
        "9999",
        "مايو",
        "أيار",
        "صفر",
        "May",
        "منذ",
        "أمس",
        "يومين",
        "نشر",
        "تحديث",
    ]
)


@given(st.text() | st.lists(DATE_PIECES).map("".join) | st.lists(DATE_PIECES).map(" ".join))
def test_any_text_has_a_date_or_none(text: str) -> None:
    assert date_in(text, NOW) is None or isinstance(date_in(text, NOW), date)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_every_day_is_read_back_from_iso_and_day_first(day: date) -> None:
    assert date_in(day.isoformat(), NOW) == day
    assert date_in(f"{day.day}/{day.month}/{day.year}", NOW) == day
