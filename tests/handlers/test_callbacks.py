import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.callbacks import (
    ChannelPressed,
    DisablePressed,
    EnablePressed,
    FollowPressed,
    Pressed,
    UnfollowPressed,
    channel_meaning_of,
    channel_payload_of,
    meaning_of,
    payload_of,
)

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


CHATS = st.integers(-(10**18) + 1, -1)


@given(st.builds(EnablePressed, CHATS) | st.builds(DisablePressed, CHATS))
def test_a_payload_about_a_channel_means_what_it_was_made_for(pressed: ChannelPressed) -> None:
    payload = channel_payload_of(pressed)

    assert channel_meaning_of(payload) == pressed
    assert meaning_of(payload) is None
    assert len(payload) <= 64


@given(st.text(max_size=64) | st.from_regex(r"[edfu]:-?[0-9\u0660-\u0669]{1,30}"))
def test_any_payload_is_about_a_channel_or_not(payload: str) -> None:
    pressed = channel_meaning_of(payload)

    assert pressed is None or channel_payload_of(pressed) == payload
