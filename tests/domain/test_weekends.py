from zoneinfo import available_timezones

import pytest
from babel import Locale, UnknownLocaleError

from bot.domain.schedule import EVERY_DAY
from bot.domain.weekends import in_order, territory, weekend, work_days


@pytest.mark.parametrize(
    ("zone", "days"),
    [
        pytest.param("Asia/Riyadh", {4, 5}, id="Saudi Arabia: Friday and Saturday"),
        pytest.param("Africa/Cairo", {4, 5}, id="Egypt"),
        pytest.param("Asia/Baghdad", {4, 5}, id="Iraq"),
        pytest.param("Africa/Algiers", {4, 5}, id="Algeria"),
        pytest.param("Asia/Gaza", {4, 5}, id="Palestine, of which CLDR says nothing"),
        pytest.param("Asia/Dubai", {5, 6}, id="the Emirates: Saturday and Sunday"),
        pytest.param("Asia/Beirut", {5, 6}, id="Lebanon"),
        pytest.param("Africa/Casablanca", {5, 6}, id="Morocco"),
        pytest.param("Europe/Berlin", {5, 6}, id="Germany"),
        pytest.param("Asia/Tehran", {4}, id="Iran: Friday alone"),
        pytest.param("Asia/Kabul", {3, 4}, id="Afghanistan: Thursday and Friday"),
        pytest.param("Asia/Calcutta", {6}, id="India by its older name: Sunday alone"),
        pytest.param("UTC", {5, 6}, id="no country"),
        pytest.param("Antarctica/Troll", {5, 6}, id="no language"),
    ],
)
def test_a_weekend_is_that_of_the_zones_country(zone: str, days: set[int]) -> None:
    assert weekend(zone) == days


def test_weekends_are_those_of_cldr_but_for_palestine() -> None:
    countries = {territory(zone): weekend(zone) for zone in available_timezones()}

    assert {name for name, days in countries.items() if name and days != weekend_by_cldr(name)} == {"PS"}


def weekend_by_cldr(country: str) -> frozenset[int]:
    try:
        locale = Locale.parse(f"und_{country}")
    except UnknownLocaleError:  # Antarctica has no language
        return frozenset({5, 6})
    is_known = locale.territory == country
    return frozenset(range(locale.weekend_start, locale.weekend_end + 1)) if is_known else frozenset({5, 6})


def test_every_zone_has_days_off_and_days_of_work() -> None:
    for zone in available_timezones():
        assert weekend(zone) | work_days(zone) == EVERY_DAY
        assert 1 <= len(weekend(zone)) <= 2


def test_a_week_begins_after_the_weekend() -> None:
    assert in_order(EVERY_DAY, "Africa/Cairo") == [6, 0, 1, 2, 3, 4, 5]
    assert in_order(EVERY_DAY, "Europe/Berlin") == [0, 1, 2, 3, 4, 5, 6]
