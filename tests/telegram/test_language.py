from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.preferences import Preferences
from bot.telegram.language import Language, Languages, in_markup, isolated
from config.languages import read_catalogues
from tests.builders import a_subscriber

ONE_FOUND, FOUND = "عنه خبر واحد في آخر يومين.", "عنه {number} أخبار في آخر يومين."
ONE_LEFT, LEFT = (
    "وبقي خبر واحد: تجده في «المزيد»، أو يأتيك في موجزك التالي",
    "وبقيت {number} أخبار: تجدها في «المزيد»، أو تأتيك في موجزك التالي",
)


@pytest.fixture(scope="module")
def languages() -> Languages:
    return Languages(read_catalogues("ar"))


@pytest.fixture
def arabic(languages: Languages) -> Language:
    return languages["ar"]


@pytest.fixture
def english(languages: Languages) -> Language:
    return languages["en"]


@pytest.mark.parametrize(
    ("one", "many", "number", "expected"),
    [
        pytest.param(ONE_FOUND, FOUND, 0, "لا أخبار عنه في آخر يومين.", id="nothing"),
        pytest.param(ONE_FOUND, FOUND, 1, "عنه خبر واحد في آخر يومين.", id="one"),
        pytest.param(ONE_FOUND, FOUND, 2, "عنه خبران في آخر يومين.", id="two"),
        pytest.param(ONE_FOUND, FOUND, 3, "عنه 3 أخبار في آخر يومين.", id="few"),
        pytest.param(ONE_FOUND, FOUND, 11, "عنه 11 خبرًا في آخر يومين.", id="many"),
        pytest.param(ONE_FOUND, FOUND, 100, "عنه 100 خبر في آخر يومين.", id="a hundred"),
        pytest.param(ONE_FOUND, FOUND, 103, "عنه 103 أخبار في آخر يومين.", id="a hundred and few"),
        pytest.param(ONE_LEFT, LEFT, 0, "ولم يبقَ خبر آخر", id="no story"),
        pytest.param(ONE_LEFT, LEFT, 1, "وبقي خبر واحد: تجده في «المزيد»، أو يأتيك في موجزك التالي", id="one story"),
        pytest.param(ONE_LEFT, LEFT, 2, "وبقي خبران: تجدهما في «المزيد»، أو يأتيانك في موجزك التالي", id="two stories"),
        pytest.param(ONE_LEFT, LEFT, 3, "وبقيت 3 أخبار: تجدها في «المزيد»، أو تأتيك في موجزك التالي", id="few stories"),
        pytest.param(
            ONE_LEFT, LEFT, 11, "وبقي 11 خبرًا: تجدها في «المزيد»، أو تأتيك في موجزك التالي", id="many stories"
        ),
        pytest.param(
            ONE_LEFT, LEFT, 100, "وبقي 100 خبر: تجدها في «المزيد»، أو تأتيك في موجزك التالي", id="a hundred stories"
        ),
    ],
)
def test_arabic_counts_in_six_forms(arabic: Language, one: str, many: str, number: int, expected: str) -> None:
    assert arabic.count(one, many, number) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        pytest.param(1, "1 story about it in the last two days.", id="one"),
        pytest.param(2, "2 stories about it in the last two days.", id="two"),
    ],
)
def test_english_counts_in_two_forms(english: Language, number: int, expected: str) -> None:
    assert english.count(ONE_FOUND, FOUND, number) == expected


def test_a_sentence_is_said_in_the_language_with_its_values(arabic: Language, english: Language) -> None:
    said = [language.say("تتابع الآن: {topics}.", topics="مصر") for language in (arabic, english)]

    assert said == ["تتابع الآن: مصر.", "You now follow: مصر."]


def test_braces_in_a_value_stay_as_they_are(arabic: Language) -> None:
    assert arabic.say("تتابع الآن: {topics}.", topics="{number} {") == "تتابع الآن: {number} {."


@pytest.mark.parametrize(
    ("code", "day", "weekday"),
    [
        pytest.param("ar", "21 أغسطس 2023", "الاثنين 21 أغسطس 2023", id="Arabic"),
        pytest.param("en", "21 August 2023", "Monday 21 August 2023", id="English"),
    ],
)
def test_dates_are_words(languages: Languages, code: str, day: str, weekday: str) -> None:
    monday = date(2023, 8, 21)

    assert languages[code].day(monday) == day
    assert languages[code].weekday(monday) == weekday


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        pytest.param("Asia/Riyadh", "الاثنين 23:30", id="the reader's clock"),
        pytest.param("Asia/Dubai", "الثلاثاء 00:30", id="and calendar"),
        pytest.param("America/New_York", "الاثنين 16:30", id="far away"),
    ],
)
def test_a_moment_is_told_by_the_readers_clock(arabic: Language, zone: str, expected: str) -> None:
    assert arabic.moment(datetime(2023, 8, 21, 20, 30, tzinfo=UTC), zone) == expected


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        pytest.param("Asia/Riyadh", "الرياض", id="a capital"),
        pytest.param("Africa/Cairo", "القاهرة", id="another"),
        pytest.param("America/New_York", "نيويورك", id="a city that is none"),
    ],
)
def test_a_zone_is_told_by_its_city(arabic: Language, zone: str, expected: str) -> None:
    assert arabic.place(zone) == expected


@pytest.mark.parametrize(
    ("things", "expected"),
    [
        pytest.param([], "", id="none"),
        pytest.param(["روسيا"], "روسيا", id="one"),
        pytest.param(["روسيا", "أوكرانيا"], "روسيا وأوكرانيا", id="two"),
        pytest.param(["روسيا", "أوكرانيا", "إيران"], "روسيا وأوكرانيا وإيران", id="three"),
    ],
)
def test_a_list_is_words(arabic: Language, things: list[str], expected: str) -> None:
    assert arabic.all_of(things) == expected


@pytest.mark.parametrize(
    ("line", "is_marked"),
    [
        pytest.param("روسيا: BBC", False, id="Arabic first"),
        pytest.param("BBC: روسيا", True, id="Latin first"),
        pytest.param("<b>BBC</b> روسيا", True, id="Latin first, inside markup"),
        pytest.param("<b>روسيا</b> BBC", False, id="Arabic first, behind Latin markup"),
        pytest.param("&quot;روسيا&quot;", False, id="Arabic first, behind a quotation mark"),
        pytest.param("12:30", False, id="no letter"),
        pytest.param("1. follow", True, id="Latin behind a number"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_a_line_that_would_run_from_left_to_right_is_marked(arabic: Language, line: str, is_marked: bool) -> None:  # noqa: FBT001
    aligned = arabic.aligned(line)

    assert aligned == ("\u200f" + line if is_marked else line)


def test_each_line_is_aligned_for_itself(arabic: Language) -> None:
    assert arabic.aligned("BBC\nروسيا\nCNN") == "\u200fBBC\nروسيا\n\u200fCNN"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("/follow روسيا", "\u200f\u200e/follow روسيا", id="at the beginning"),
        pytest.param("<b>/start@a_bot</b>", "\u200f<b>\u200e/start@a_bot</b>", id="inside markup"),
        pytest.param("اكتب فيها /start", "اكتب فيها \u200e/start", id="at the end"),
        pytest.param("«/start»", "\u200f«\u200e/start»", id="in quotation marks"),
        pytest.param("<b>نعم</b> و/أو https://example.net/a", "<b>نعم</b> و/أو https://example.net/a", id="no command"),
    ],
)
def test_the_slash_of_a_command_stays_at_its_beginning(arabic: Language, line: str, expected: str) -> None:
    assert arabic.aligned(line) == expected


def test_english_lines_are_left_alone(english: Language) -> None:
    assert english.aligned("BBC\nروسيا") == "BBC\nروسيا"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Reuters", "\u2068Reuters\u2069", id="Latin"),
        pytest.param("وكالة AFP", "\u2068وكالة AFP\u2069", id="Latin among Arabic"),
        pytest.param("صحيفة المرفأ", "صحيفة المرفأ", id="Arabic"),
        pytest.param("2026", "2026", id="a number"),
    ],
)
def test_only_what_would_turn_a_line_is_isolated(text: str, expected: str) -> None:
    assert isolated(text) == expected


@given(st.text())
def test_nothing_from_outside_is_markup(text: str) -> None:
    assert not set(in_markup(text)) & set("<>\"'")


def test_an_unknown_language_gets_the_first_one(languages: Languages) -> None:
    assert languages["fr"].code == "ar"
    assert [language.code for language in languages] == ["ar", "en"]


@pytest.mark.parametrize(
    ("passed", "arabic_text", "english_text"),
    [
        pytest.param(timedelta(seconds=-5), "الآن", "now", id="ahead of the clock"),
        pytest.param(timedelta(), "الآن", "now", id="this moment, of which Babel says خلال 0 ثانية"),
        pytest.param(timedelta(seconds=59), "الآن", "now", id="seconds"),
        pytest.param(timedelta(minutes=1), "قبل دقيقة واحدة", "1 minute ago", id="a minute"),
        pytest.param(timedelta(minutes=59, seconds=59), "قبل 59 دقيقة", "59 minutes ago", id="never rounded up"),
        pytest.param(timedelta(hours=2), "قبل ساعتين", "2 hours ago", id="two hours"),
        pytest.param(timedelta(hours=23, minutes=59), "قبل 23 ساعة", "23 hours ago", id="not a day yet"),
        pytest.param(timedelta(days=11), "قبل 11 يومًا", "11 days ago", id="which Babel rounds to two weeks"),
    ],
)
def test_how_long_ago_is_told_in_words(
    arabic: Language, english: Language, passed: timedelta, arabic_text: str, english_text: str
) -> None:
    now = datetime(2026, 3, 14, 6, tzinfo=UTC)

    assert (arabic.ago(now - passed, now), english.ago(now - passed, now)) == (arabic_text, english_text)


def test_yesterday_has_its_own_word(arabic: Language) -> None:
    assert [arabic.days_ago(days) for days in (1, 2, 3)] == ["أمس", "قبل يومين", "قبل 3 أيام"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2023, 8, 21), "5 صفر 1445 هـ", id="a day"),
        pytest.param(date(2026, 3, 14), "25 رمضان 1447 هـ", id="in Ramadan"),
        pytest.param(date(1900, 1, 1), None, id="before the tables"),
        pytest.param(date(2090, 1, 1), None, id="after the tables"),
    ],
)
def test_the_hijri_date_is_that_of_umm_al_qura(arabic: Language, day: date, expected: str | None) -> None:
    assert arabic.hijri(day) == expected


def test_chosen_digits_are_those_of_our_own_words_only(languages: Languages) -> None:
    reader = replace(a_subscriber(), preferences=Preferences(eastern_digits=True))
    arabic = languages.of(reader)

    counted = arabic.count(ONE_FOUND, FOUND, 13)
    quoted = arabic.say("كُتم موضوع {topic} {until}.", topic="كوفيد-19", until="غدًا")

    assert counted == "عنه ١٣ خبرًا في آخر يومين."
    assert quoted == "كُتم موضوع كوفيد-19 غدًا."
    assert arabic.day(date(2023, 8, 21)) == "٢١ أغسطس ٢٠٢٣"


def test_a_sign_stands_before_its_number_whatever_stands_around_it(arabic: Language) -> None:
    assert [arabic.points(number) for number in (3, -2)] == ["\u2066+3\u2069", "\u2066-2\u2069"]


def test_a_quotation_begins_with_its_first_letter(arabic: Language) -> None:
    line = "<blockquote expandable>BBC تقول</blockquote>"

    assert arabic.aligned(line) == "<blockquote expandable>\u200fBBC تقول</blockquote>"
