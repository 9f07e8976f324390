import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.submission import Verdict
from handlers.callbacks import (
    DISMISSAL,
    JOINING,
    RULING,
    TURN,
    ChannelPressed,
    DisablePressed,
    EnablePressed,
    FollowPressed,
    JoiningPressed,
    Pressed,
    RulingPressed,
    TurnPressed,
    UnfollowPressed,
    channel_meaning_of,
    channel_payload_of,
    dismissal_of,
    dismissal_payload,
    joining_of,
    joining_payload,
    meaning_of,
    payload_of,
    queue_payload,
    ruling_of,
    ruling_payload,
    turn_of,
    turn_payload,
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


FINGERPRINTS = st.text("0123456789abcdef", min_size=32, max_size=32)


@given(st.sampled_from([Verdict.PUBLISHED, Verdict.REJECTED]), FINGERPRINTS, st.booleans())
def test_a_verdicts_button_decides_what_it_says(verdict: Verdict, fingerprint: str, is_in_queue: bool) -> None:  # noqa: FBT001
    payload = (queue_payload if is_in_queue else ruling_payload)(verdict, fingerprint)

    assert re.match(RULING, payload)
    assert len(payload) <= 64
    assert ruling_of(payload) == RulingPressed(verdict, fingerprint, is_in_queue)


@given(FINGERPRINTS, st.booleans())
def test_a_leafing_button_leads_where_it_says(fingerprint: str, backwards: bool) -> None:  # noqa: FBT001
    payload = turn_payload(fingerprint, backwards=backwards)

    assert re.match(TURN, payload)
    assert turn_of(payload) == TurnPressed(fingerprint, backwards)


@given(st.integers(1, 2**52))
def test_a_dismissing_button_names_whom_it_dismisses(user_id: int) -> None:
    payload = dismissal_payload(user_id)

    assert re.match(DISMISSAL, payload)
    assert dismissal_of(payload) == user_id


@given(FINGERPRINTS, FINGERPRINTS)
def test_a_joining_button_names_both_articles(fingerprint: str, to: str) -> None:
    payload = joining_payload(fingerprint, to)

    assert re.match(JOINING, payload)
    assert len(payload) <= 64
    assert joining_of(payload) == JoiningPressed(fingerprint, to)


@given(st.from_regex(r"j:[\w-]{40,46}\n?", fullmatch=True) | st.from_regex(JOINING))
def test_what_looks_like_a_joining_button_is_one_of_ours(payload: str) -> None:
    if re.match(JOINING, payload):
        pressed = joining_of(payload)

        assert joining_payload(pressed.fingerprint, pressed.to) == payload
