from dataclasses import replace
from datetime import date

import pytest

from bot.arabic.layout import read_layout
from bot.domain.article import Facts
from bot.domain.informed import informed
from tests.builders import BODY, NOW, TITLE

LAYOUT = read_layout("\n".join((TITLE, "تاريخ النشر: 3 آذار/مارس 2025", *BODY, "كلمات دلالية: السودان، الطيران")), NOW)
OTHER = "مطار الخرطوم يستقبل الرحلات من جديد"
DAY = date(2026, 3, 13)


def test_nothing_said_changes_nothing() -> None:
    assert informed(LAYOUT, Facts(), NOW) == LAYOUT


def test_the_title_that_is_said_wins_and_no_line_is_lost() -> None:
    layout = informed(LAYOUT, Facts(title=OTHER), NOW)

    assert (layout.title, layout.body) == (OTHER, (TITLE, *BODY))


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(TITLE, id="word for word"),
        pytest.param(f"  {TITLE}!\u200f", id="with other marks"),
    ],
)
def test_the_same_title_does_not_come_again_in_the_body(said: str) -> None:
    twice = replace(LAYOUT, body=(TITLE, *BODY))

    assert informed(twice, Facts(title=said), NOW).body == BODY


@pytest.mark.parametrize(
    ("stated", "said", "day"),
    [
        pytest.param(None, DAY, DAY, id="only the page says it"),
        pytest.param(date(2025, 3, 3), None, date(2025, 3, 3), id="only the text states it"),
        pytest.param(date(2025, 3, 3), DAY, DAY, id="both: texts of pages hold other dates"),
        pytest.param(date(2025, 3, 3), date(2026, 3, 20), date(2025, 3, 3), id="a day to come is no date"),
        pytest.param(None, date.max, None, id="the last of all days"),
    ],
)
def test_dates(stated: date | None, said: date | None, day: date | None) -> None:
    layout = informed(replace(LAYOUT, published=stated), Facts(published=said), NOW)

    assert layout.published == day


def test_tags_that_are_said_join_those_of_the_footer_each_once() -> None:
    layout = informed(LAYOUT, Facts(tags=("الخرطوم", "سودان ", "السُّودان")), NOW)

    assert layout.tags == ("الخرطوم", "سودان", "السُّودان", "الطيران")


@pytest.mark.parametrize(
    ("title", "name", "expected"),
    [
        pytest.param(TITLE, "مقال الأحد", TITLE, id="a headline needs no other title"),
        pytest.param(" ".join(BODY), "مقال الأحد", "مقال الأحد", id="a paragraph is no headline"),
        pytest.param(" ".join(BODY), "", " ".join(BODY), id="a file without a name that says something"),
        pytest.param("", "مقال الأحد", "مقال الأحد", id="no line at all"),
    ],
)
def test_the_name_of_a_file_is_a_title_for_want_of_another(title: str, name: str, expected: str) -> None:
    assert informed(replace(LAYOUT, title=title), Facts(name=name), NOW).title == expected
