from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.digest import Report, Story
from bot.domain.search import Hit
from bot.sandbox.markup import parsed
from bot.telegram.cards import story_card, story_list
from bot.telegram.language import Language, Languages
from bot.telegram.render import units, without_markup
from config.languages import read_catalogues
from tests.builders import NOW

LANGUAGES = Languages(read_catalogues("ar"))
ARABIC, ENGLISH = LANGUAGES["ar"], LANGUAGES["en"]


def a_report(
    title: str = "فتح الممر",
    summary: tuple[str, ...] = ("فُتح الممر صباح اليوم.",),
    source: str | None = "الضفتين",
    link: str | None = "https://a.example/1",
    published: date | None = None,
) -> Report:
    return Report(title, (), summary, source, link, published, NOW)


def test_a_card_has_the_title_the_summary_the_sources_and_the_topics() -> None:
    story = Story(1, ("روسيا", "كوريا الجنوبية"), (a_report(), a_report("آخر", ("قصير",), "BBC", "https://b.example")))

    shown = story_card(story, "UTC", ARABIC)

    assert without_markup(shown).split("\n") == [
        "فتح الممر",
        "",
        "فُتح الممر صباح اليوم.",
        "",
        "الضفتين · 14 مارس 2026",
        "في مصادر أخرى: \u2068BBC\u2069",
        "#روسيا #كوريا_الجنوبية",
    ]
    assert '<b><a href="https://a.example/1">فتح الممر</a></b>' in shown
    assert '<a href="https://b.example">' in shown


@pytest.mark.parametrize(
    ("language", "expected"),
    [pytest.param(ARABIC, "14 مارس 2026", id="Arabic"), pytest.param(ENGLISH, "14 March 2026", id="English")],
)
def test_a_day_is_said_in_the_readers_language(language: Language, expected: str) -> None:
    assert expected in story_card(Story(1, (), (a_report(source=None),)), "Asia/Riyadh", language)


def test_a_list_goes_on_with_the_numbers_of_the_page_before() -> None:
    hits = [Hit(3, a_report()), Hit(4, a_report("<b>Not bold</b>", source=None, link=None, published=date(2025, 3, 1)))]

    shown = story_list("نتائج البحث: القمح\nمنذ أمس", hits, 6, "UTC", ARABIC)

    assert shown.startswith("<b>نتائج البحث: القمح</b>\nمنذ أمس\n\n6. <a")
    assert "7. \u2068&lt;b&gt;Not bold&lt;/b&gt;\u2069\n1 مارس 2025" in shown


def test_an_empty_list_is_its_heading() -> None:
    assert story_list("لا شيء", [], 1, "UTC", ARABIC) == "لا شيء"


REPORTS = st.builds(
    a_report,
    title=st.text(max_size=600),
    summary=st.lists(st.text(max_size=3000), max_size=4).map(tuple),
    source=st.none() | st.text(max_size=600),
    link=st.none() | st.text(max_size=60).map("https://a.example/{}".format),
)


@given(st.lists(REPORTS, min_size=1, max_size=9), st.lists(st.text(min_size=1, max_size=64), max_size=12))
def test_a_card_is_always_a_message_that_telegram_takes(reports: list[Report], topics: list[str]) -> None:
    shown = story_card(Story(1, tuple(topics), tuple(reports)), "UTC", ARABIC)

    assert units(shown) <= 4096
    parsed(shown.encode("utf-8", "replace").decode())


@given(st.lists(REPORTS, max_size=5), st.text(max_size=200))
def test_a_list_is_always_a_message_that_telegram_takes(reports: list[Report], head: str) -> None:
    shown = story_list(head, [Hit(number, report) for number, report in enumerate(reports)], 1, "UTC", ARABIC)

    assert units(shown) <= 4096
    parsed(shown.encode("utf-8", "replace").decode())
