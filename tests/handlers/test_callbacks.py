import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.adjustment import Adjustment
from handlers.callbacks import (
    SCHEDULE,
    FollowPressed,
    Pressed,
    UnfollowPressed,
    adjustment_of,
    adjustment_payload,
    meaning_of,
    payload_of,
)
from tests.domain.test_adjustment import SOME_CHANGES

CODES = st.builds("{}{}".format, st.sampled_from("tg"), st.integers(1, 2**63 - 1))
MEANINGS = st.builds(FollowPressed, CODES) | st.builds(UnfollowPressed, CODES)


@given(MEANINGS)
def test_a_payload_means_what_it_was_made_for(pressed: Pressed) -> None:
    assert meaning_of(payload_of(pressed)) == pressed


@given(MEANINGS)
def test_a_payload_is_as_short_as_telegram_wants(pressed: Pressed) -> None:
    assert 1 <= len(payload_of(pressed).encode()) <= 64


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(None, id="none"),
        pytest.param("", id="nothing"),
        pytest.param("f", id="a letter alone"),
        pytest.param("x:t1", id="an unknown letter"),
        pytest.param(":t1", id="no letter"),
        pytest.param("follow:t1", id="a word"),
        pytest.param("F:t1", id="a capital"),
    ],
)
def test_a_foreign_payload_means_nothing(payload: str | None) -> None:
    assert meaning_of(payload) is None


@given(st.text(max_size=64))
def test_any_payload_is_ours_or_means_nothing(payload: str) -> None:
    pressed = meaning_of(payload)

    assert pressed is None or payload_of(pressed) == payload


@given(SOME_CHANGES)
def test_a_change_of_the_schedule_is_named_in_few_letters_and_no_topic(change: Adjustment) -> None:
    payload = adjustment_payload(change)

    assert adjustment_of(payload) == change
    assert len(payload.encode()) <= 64
    assert meaning_of(payload) is None


@given(st.text(max_size=20) | st.text("s:+-0123456789qw", max_size=8).map(SCHEDULE.__add__))
def test_any_payload_is_a_change_of_ours_or_none(payload: str) -> None:
    change = adjustment_of(payload)

    assert change is None or adjustment_payload(change) == payload
