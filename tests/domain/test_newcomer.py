import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.newcomer import language_of, zone_of
from bot.domain.zones import zone_named


@pytest.mark.parametrize(
    ("tag", "language", "zone"),
    [
        pytest.param("ar", "ar", "Asia/Riyadh", id="Arabic"),
        pytest.param("ar-EG", "ar", "Africa/Cairo", id="of a country of one zone"),
        pytest.param("ar_MA", "ar", "Africa/Casablanca", id="as some clients write it"),
        pytest.param("en-GB", "en", "Europe/London", id="another language that we speak"),
        pytest.param("EN", "en", "Asia/Riyadh", id="in capitals"),
        pytest.param("en-US", "en", "Asia/Riyadh", id="of a country of many zones"),
        pytest.param("fr-TN", "ar", "Africa/Tunis", id="a language that we do not speak"),
        pytest.param("sa", "ar", "Asia/Riyadh", id="a language that is called like a country"),
        pytest.param("zh-Hans-SG", "ar", "Asia/Singapore", id="with a script"),
        pytest.param("", "ar", "Asia/Riyadh", id="nothing"),
        pytest.param(None, "ar", "Asia/Riyadh", id="not told"),
    ],
)
def test_language_and_zone_are_guessed_where_they_are_clear(tag: str | None, language: str, zone: str) -> None:
    assert language_of(tag, ("ar", "en"), "ar") == language
    assert zone_of(tag, "Asia/Riyadh") == zone


@given(st.text())
def test_whatever_telegram_tells_there_is_a_language_and_a_zone(tag: str) -> None:
    assert language_of(tag, ("ar", "en"), "ar") in {"ar", "en"}
    assert zone_named(zone_of(tag, "Asia/Riyadh"))
