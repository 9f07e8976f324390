from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.schedule import Schedule
from bot.domain.subscriber import Standing, Subscriber
from bot.domain.trend import Trend
from bot.telegram.language import Languages
from bot.telegram.render import units
from bot.telegram.week import WeekPages
from config.languages import read_catalogues
from tests.builders import a_schedule

SHOW = WeekPages(Languages(read_catalogues("ar")))
DAYS = [datetime(2026, 11, 19, tzinfo=UTC) + timedelta(days=day) for day in range(7)]
MOST_UNITS = 1024  # of a caption


def a_reader(language: str, schedule: Schedule | None = None) -> Subscriber:
    return Subscriber(1, 501, language, schedule or a_schedule("08:00"), Standing.ACTIVE, None)


def test_the_week_is_a_picture_and_its_numbers_in_words() -> None:
    page = SHOW([Trend("روسيا", (0, 1, 2, 0, 0, 0, 8)), Trend("OpenAI", (0, 0, 0, 0, 0, 0, 1))], DAYS, a_reader("ar"))

    assert page.text.splitlines() == [
        "موضوعاتك في أسبوع",
        "بعدد المقالات عن كل موضوع:",
        "1. روسيا: 11 مقالًا",
        "\u200f2. \u2068OpenAI\u2069: مقال واحد",
    ]
    assert page.picture is not None
    assert [(row.name, row.total) for row in page.picture.rows] == [("روسيا", "11"), ("OpenAI", "1")]
    assert (page.picture.first, page.picture.last, page.picture.is_right_to_left) == ("19 نوفمبر 2026", "اليوم", True)
    assert page.is_quiet


def test_it_is_told_in_the_readers_language() -> None:
    page = SHOW([Trend("روسيا", (1,) * 7)], DAYS, a_reader("en"))

    assert page.text.splitlines()[:2] == ["Your topics in a week", "By the number of articles about each:"]
    assert page.picture is not None
    assert not page.picture.is_right_to_left


@pytest.mark.parametrize("name", ["س" * 64, "😀" * 64, "<b>&" * 16])
def test_eight_topics_with_the_longest_names_fit_a_caption(name: str) -> None:
    page = SHOW([Trend(name, (9,) * 7)] * 8, DAYS, a_reader("ar"))

    assert units(page.text) <= MOST_UNITS
