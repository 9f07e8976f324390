from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.zones import BadZone, zone_named


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        pytest.param("Asia/Riyadh", "Asia/Riyadh", id="the zone's own name"),
        pytest.param("asia/riyadh", "Asia/Riyadh", id="in small letters"),
        pytest.param(" America/New_York ", "America/New_York", id="with spaces around"),
        pytest.param("america/new york", "America/New_York", id="a space for the underscore"),
        pytest.param("Cairo", "Africa/Cairo", id="a city in English"),
        pytest.param("los angeles", "America/Los_Angeles", id="a city of two words"),
        pytest.param("القاهرة", "Africa/Cairo", id="a city"),
        pytest.param("القاهره", "Africa/Cairo", id="with ه for ة"),
        pytest.param("الأردن", "Asia/Amman", id="a country"),
        pytest.param("الاردن", "Asia/Amman", id="without its hamza"),
        pytest.param("عُمان", "Asia/Amman", id="Amman, as the letters alone say"),
        pytest.param("سلطنة عمان", "Asia/Muscat", id="Oman, by its full name"),
        pytest.param("دبيّ", "Asia/Dubai", id="with a vowel mark"),
        pytest.param("الدار  البيضاء", "Africa/Casablanca", id="two spaces"),
        pytest.param("لوس أنجلوس", "America/Los_Angeles", id="a city with its hamza"),
        pytest.param("لوس انجلوس", "America/Los_Angeles", id="and without"),
        pytest.param("طوكيو", "Asia/Tokyo", id="a city that only CLDR names"),
        pytest.param("بتوقيت القاهرة", "Africa/Cairo", id="the time of a city"),
        pytest.param("مدينة الكويت", "Asia/Kuwait", id="a city that is called so"),
        pytest.param("مدينة تونس", "Africa/Tunis", id="a city, said to be one"),
        pytest.param("غرينتش", "UTC", id="Greenwich"),
        pytest.param("utc", "UTC", id="UTC"),
    ],
)
def test_a_zone_is_found_by_what_people_call_it(typed: str, zone: str) -> None:
    assert zone_named(typed) == zone


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="nothing"),
        pytest.param("المريخ", id="no place with a zone"),
        pytest.param("Asia", id="a continent"),
        pytest.param("+3", id="an offset"),
        pytest.param("../../etc/passwd", id="a path"),
        pytest.param("الرياض القاهرة", id="two cities"),
    ],
)
def test_an_unknown_place_is_refused(typed: str) -> None:
    with pytest.raises(BadZone):
        zone_named(typed)


@given(st.sampled_from(sorted(zone for zone in available_timezones() if "/" in zone)))
def test_every_zone_goes_by_its_own_name(zone: str) -> None:
    assert zone_named(zone) == zone


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_zone_or_refused(typed: str) -> None:
    try:
        zone = zone_named(typed)
    except BadZone:
        return

    assert ZoneInfo(zone).key == zone
