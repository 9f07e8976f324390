import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.mute import Span
from bot.domain.preferences import CHOICES, Preferences
from bot.domain.sheet import Action
from handlers import digest_callbacks as under
from handlers import settings_callbacks as screen

NUMBERS = st.integers(0, 999)
CODES = st.builds("{}{}".format, st.sampled_from("tg"), st.integers(1, 999_999_999))
PATTERNS = [
    *(under.TURN, under.WHY, under.RATE, under.RATING, under.MUTE, under.MUTING, under.UNMUTING),
    *(under.BACK, under.SETTINGS, screen.CHOICE, screen.UNMUTE),
    *(rf"^{payload}\Z" for payload in (screen.SHOW, screen.ASK_RESET, screen.RESET)),
]
SWITCHES = ("previews", "is_quiet", "tells_no_news", "eastern_digits", "hijri")
PAYLOADS = st.one_of(
    st.builds(under.sheet_payload, st.sampled_from(Action), NUMBERS),
    st.builds(
        lambda sheet, place, is_liked: under.rating_payload(sheet, place, is_liked=is_liked),
        NUMBERS,
        NUMBERS,
        st.none() | st.booleans(),
    ),
    st.builds(under.muting_payload, NUMBERS, CODES, st.none() | st.sampled_from(Span)),
    st.builds(under.unmuting_payload, NUMBERS, CODES),
    st.builds(screen.unmute_payload, CODES),
    st.builds(screen.stories_payload, st.sampled_from(CHOICES)),
    st.builds(lambda name, is_on: screen.switch_payload(name, is_on=is_on), st.sampled_from(SWITCHES), st.booleans()),
    st.sampled_from((screen.SHOW, screen.ASK_RESET, screen.RESET, "w:")),
)


@given(PAYLOADS)
def test_a_payload_is_short_and_leads_to_one_feature(payload: str) -> None:
    assert len(payload.encode()) <= 64
    assert sum(bool(re.match(pattern, payload)) for pattern in PATTERNS) == 1


@given(NUMBERS, NUMBERS, st.none() | st.booleans())
def test_a_rating_comes_back_as_it_was_sent(sheet: int, place: int, is_liked: bool | None) -> None:  # noqa: FBT001
    payload = under.rating_payload(sheet, place, is_liked=is_liked)

    assert (under.sheet_of(payload), under.rating_of(payload)) == (sheet, under.RatingPressed(place, is_liked))


@given(NUMBERS, CODES, st.none() | st.sampled_from(Span))
def test_a_mute_comes_back_as_it_was_sent(sheet: int, code: str, span: Span | None) -> None:
    payload = under.muting_payload(sheet, code, span)

    assert (under.sheet_of(payload), under.muting_of(payload)) == (sheet, under.MutingPressed(code, span))


@given(NUMBERS, CODES)
def test_the_end_of_a_mute_comes_back_as_it_was_sent(sheet: int, code: str) -> None:
    payload = under.unmuting_payload(sheet, code)

    assert (under.sheet_of(payload), under.unmuting_of(payload)) == (sheet, code)


def test_a_button_of_an_older_version_asks_about_the_first_page() -> None:
    assert under.sheet_of("w:") == 0


@pytest.mark.parametrize("name", SWITCHES)
def test_a_switch_pressed_twice_is_one_change(name: str) -> None:
    payload = screen.switch_payload(name, is_on=True)

    once = screen.chosen(payload, Preferences())

    assert screen.chosen(payload, once) == once != Preferences()


@given(st.text(max_size=64) | st.from_regex(r"\A(?:dg|st):[a-z!]{0,8}:?[0-9a-z:+-]{0,20}\Z"))
def test_a_forged_payload_that_is_taken_can_be_read(payload: str) -> None:
    readers: dict[str, Callable[[str], object]] = {
        under.RATING: under.rating_of,
        under.MUTING: under.muting_of,
        under.UNMUTING: under.unmuting_of,
        screen.UNMUTE: screen.unmute_of,
        screen.CHOICE: lambda taken: screen.chosen(taken, Preferences()),
    }
    for pattern, read in readers.items():
        if re.match(pattern, payload):
            read(payload)
