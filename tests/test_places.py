from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.places import PlacesProcess, zone_at


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        pytest.param(30.04, 31.24, "Africa/Cairo", id="Cairo"),
        pytest.param(24.71, 46.68, "Asia/Riyadh", id="Riyadh"),
        pytest.param(33.89, 35.50, "Asia/Beirut", id="Beirut"),
        pytest.param(31.50, 34.47, "Asia/Gaza", id="Gaza"),
        pytest.param(50.45, 30.52, "Europe/Kyiv", id="Kyiv, by its newer name"),
        pytest.param(40.71, -74.01, "America/New_York", id="west of Greenwich"),
        pytest.param(-33.87, 151.21, "Australia/Sydney", id="south of the equator"),
        pytest.param(0, -30, None, id="at sea"),
        pytest.param(90, 0, None, id="at the pole"),
    ],
)
def test_a_place_has_the_clock_of_its_country(latitude: float, longitude: float, zone: str | None) -> None:
    assert zone_at(latitude, longitude) == zone


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_place_has_a_zone_that_we_know_or_none(latitude: float, longitude: float) -> None:
    zone = zone_at(latitude, longitude)

    assert zone is None or ZoneInfo(zone).key == zone


async def test_a_place_is_asked_of_a_process_that_ends_and_does_not_keep_the_borders() -> None:
    ask = PlacesProcess()

    assert [await ask(30.04, 31.24), await ask(0, -30)] == ["Africa/Cairo", None]
