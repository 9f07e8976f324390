from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.delivery import (
    Delayed,
    Delivery,
    Moved,
    Outcome,
    Page,
    Refused,
    Sent,
    Status,
    Unknown,
    Unreachable,
    expired,
    interrupted,
    settle,
    taken,
)
from tests.builders import HOUR, NOW, SECOND, a_delivery

AN_EDIT = a_delivery(page=Page("جواب", edits=7))
SETTLED = {Status.SENT, Status.ASSUMED, Status.ABANDONED}
OUTCOMES = st.one_of(
    st.builds(Sent, st.integers(1, 10**9)),
    st.builds(Delayed, st.just("network"), st.none() | st.timedeltas(timedelta(), timedelta(hours=10))),
    st.builds(Unreachable, st.just("blocked")),
    st.builds(Moved, st.integers(-(10**12), -1)),
    st.builds(Refused, st.just("entities")),
    st.builds(Unknown, st.just("timeout")),
)


@pytest.mark.parametrize(
    ("delivery", "outcome", "status"),
    [
        pytest.param(a_delivery(), Sent(7), Status.SENT, id="the chat shows it"),
        pytest.param(a_delivery(), Delayed("network"), Status.PLANNED, id="surely not sent: again"),
        pytest.param(a_delivery(attempts=40), Delayed("network"), Status.PLANNED, id="delays are not counted"),
        pytest.param(a_delivery(repeats=1), Delayed("network"), Status.UNKNOWN, id="its repeat is still to come"),
        pytest.param(a_delivery(), Unreachable("blocked"), Status.ABANDONED, id="nobody there"),
        pytest.param(a_delivery(), Moved(-7), Status.PLANNED, id="the chat has another id: again"),
        pytest.param(a_delivery(), Refused("entities"), Status.PLANNED, id="refused with markup: again without"),
        pytest.param(a_delivery(is_plain=True), Refused("length"), Status.ABANDONED, id="refused without markup too"),
        pytest.param(a_delivery(), Unknown("timeout"), Status.UNKNOWN, id="perhaps sent"),
        pytest.param(a_delivery(repeats=1), Unknown("timeout"), Status.ASSUMED, id="perhaps sent, twice"),
        pytest.param(AN_EDIT, Unknown("timeout"), Status.PLANNED, id="perhaps edited: again, it harms nobody"),
        pytest.param(replace(AN_EDIT, attempts=9), Unknown("timeout"), Status.PLANNED, id="and again"),
        pytest.param(replace(AN_EDIT, expires_at=NOW), Unknown("timeout"), Status.ABANDONED, id="until it expires"),
    ],
)
def test_an_outcome_decides_the_status(delivery: Delivery, outcome: Outcome, status: Status) -> None:
    assert settle(delivery, outcome, NOW).status is status


def test_a_sent_page_knows_its_message() -> None:
    settled = settle(a_delivery(), Sent(7), NOW)

    assert settled.message_id == 7
    assert settled.was_seen


def test_every_attempt_is_counted_and_its_reason_kept() -> None:
    settled = settle(a_delivery(attempts=2), Delayed("ConnectError: no route"), NOW)

    assert settled.attempts == 3
    assert settled.error == "ConnectError: no route"


def test_a_moved_page_goes_to_the_new_chat_at_once() -> None:
    settled = settle(a_delivery(chat_id=-5), Moved(-1005), NOW)

    assert settled.chat_id == -1005
    assert settled.not_before == NOW


def test_a_refused_page_goes_at_once_without_markup() -> None:
    settled = settle(a_delivery(), Refused("can't parse entities"), NOW)

    assert settled.is_plain
    assert settled.not_before == NOW


@given(st.integers(1, 5 * 3600).map(lambda seconds: seconds * SECOND))
def test_a_page_waits_exactly_as_long_as_the_server_says(wait: timedelta) -> None:
    settled = settle(a_delivery(attempts=9), Delayed("RetryAfter", wait), NOW)

    assert settled.not_before == NOW + wait


@pytest.mark.parametrize(
    ("attempts", "seconds"),
    [
        pytest.param(0, 2, id="first"),
        pytest.param(1, 4, id="second"),
        pytest.param(2, 8, id="third"),
        pytest.param(7, 256, id="eighth"),
        pytest.param(8, 300, id="the longest"),
        pytest.param(10_000, 300, id="the longest, for ever"),
    ],
)
def test_a_page_waits_twice_as_long_each_time(attempts: int, seconds: int) -> None:
    settled = settle(a_delivery(attempts=attempts), Delayed("network"), NOW)

    assert settled.not_before == NOW + seconds * SECOND


@pytest.mark.parametrize(
    ("delivery", "status"),
    [
        pytest.param(a_delivery(expires_at=NOW + SECOND), Status.ABANDONED, id="surely not sent"),
        pytest.param(a_delivery(expires_at=NOW + SECOND, repeats=1), Status.ASSUMED, id="perhaps sent before"),
    ],
)
def test_a_page_that_would_wait_beyond_its_life_is_given_up(delivery: Delivery, status: Status) -> None:
    settled = settle(delivery, Delayed("network"), NOW)

    assert settled.status is status
    assert settled.error == "expired"


@pytest.mark.parametrize(
    ("answers", "wait"),
    [
        pytest.param(False, 60, id="a digest: the answer may be late"),
        pytest.param(True, 5, id="an answer: somebody waits"),
    ],
)
def test_a_page_that_perhaps_arrived_is_repeated_later(answers: bool, wait: int) -> None:  # noqa: FBT001
    settled = settle(a_delivery(answers=answers), Unknown("timeout"), NOW)

    assert settled.not_before == NOW + wait * SECOND


def test_a_page_is_repeated_once_however_often_no_answer_comes() -> None:
    delivery, sends = a_delivery(status=Status.PLANNED), 0

    while delivery.status not in SETTLED:
        delivery, sends = settle(taken(delivery), Unknown("timeout"), NOW), sends + 1

    assert sends == 2
    assert delivery.status is Status.ASSUMED
    assert delivery.was_seen


@pytest.mark.parametrize(
    ("status", "repeats"),
    [
        pytest.param(Status.PLANNED, 0, id="a first send"),
        pytest.param(Status.UNKNOWN, 1, id="a repeat"),
    ],
)
def test_a_taken_page_is_being_sent(status: Status, repeats: int) -> None:
    claimed = taken(a_delivery(status=status))

    assert claimed.status is Status.SENDING
    assert claimed.repeats == repeats


@pytest.mark.parametrize(
    ("delivery", "status"),
    [
        pytest.param(a_delivery(status=Status.PLANNED), Status.ABANDONED, id="never sent"),
        pytest.param(a_delivery(status=Status.UNKNOWN), Status.ASSUMED, id="perhaps sent"),
    ],
)
def test_an_expired_page_is_settled_by_what_is_known_of_it(delivery: Delivery, status: Status) -> None:
    assert expired(delivery).status is status


@pytest.mark.parametrize(
    ("repeats", "status"),
    [
        pytest.param(0, Status.UNKNOWN, id="the first send was cut off"),
        pytest.param(1, Status.ASSUMED, id="its repeat was cut off"),
    ],
)
def test_a_page_that_a_crash_interrupted_perhaps_arrived(repeats: int, status: Status) -> None:
    settled = interrupted(a_delivery(repeats=repeats), NOW)

    assert settled.status is status
    assert settled.error == "interrupted"


@given(st.lists(OUTCOMES, min_size=1, max_size=12))
def test_no_page_is_ever_lost(outcomes: list[Outcome]) -> None:
    delivery = a_delivery(status=Status.PLANNED, expires_at=NOW + 6 * HOUR)

    for outcome in outcomes:
        delivery = settle(taken(delivery), outcome, NOW)
        if delivery.status in SETTLED:
            break

    may_go_on = delivery.status in {Status.PLANNED, Status.UNKNOWN} and delivery.not_before < delivery.expires_at
    has_arrived = delivery.status in {Status.SENT, Status.ASSUMED}
    is_reported = delivery.status is Status.ABANDONED and bool(delivery.error)
    assert may_go_on or has_arrived or is_reported


@given(st.lists(OUTCOMES, min_size=1, max_size=12))
def test_a_page_that_perhaps_arrived_is_never_called_unseen(outcomes: list[Outcome]) -> None:
    delivery, was_unknown = a_delivery(status=Status.PLANNED), False

    for outcome in outcomes:
        delivery = settle(taken(delivery), outcome, NOW)
        was_unknown |= isinstance(outcome, Unknown)
        if delivery.status in SETTLED or isinstance(outcome, Unreachable | Refused | Moved):
            break

    if was_unknown and not isinstance(outcome, Unreachable | Refused | Moved):
        assert delivery.status in {Status.UNKNOWN, Status.SENT, Status.ASSUMED}


@given(OUTCOMES)
def test_what_a_page_shows_and_when_it_expires_never_changes(outcome: Outcome) -> None:
    delivery = a_delivery()

    settled = settle(delivery, outcome, NOW)

    assert replace(settled, chat_id=delivery.chat_id).page == delivery.page
    assert (settled.id, settled.expires_at, settled.answers) == (delivery.id, delivery.expires_at, delivery.answers)
