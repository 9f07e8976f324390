"""Sending what is planned."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.delivery import (
    Delayed,
    Delivery,
    Moved,
    Outcome,
    Refused,
    Sent,
    Status,
    Unknown,
    Unreachable,
)
from bot.domain.subscriber import Standing
from tests.builders import HOUR, MINUTE, NOW, SECOND, a_page, an_update
from tests.services.stage import Stage

SUPERGROUP = -1_002_233_445_566


async def a_planned_digest(stage: Stage) -> None:
    """Plan a digest of one page for a reader."""
    await stage.reader(501, ["السودان"])
    await stage.news("فتح المطار")
    await stage.plan()


async def a_planned_answer(stage: Stage) -> None:
    """Plan the answer to an update."""
    await stage.inbox.add([an_update()])
    await stage.inbox.finish([an_update()], [a_page("جواب")], NOW)


async def sent_once(stage: Stage) -> Delivery:
    """Send the one page that may be sent; return it as it is kept then."""
    (claimed,) = await stage.deliver.claim(9, ())
    await stage.deliver(claimed)
    return stage.world.deliveries[claimed.id].delivery


@pytest.mark.parametrize(
    ("outcome", "status", "wait"),
    [
        pytest.param(Sent(77), Status.SENT, None, id="sent"),
        pytest.param(Delayed("ConnectError"), Status.PLANNED, 2 * SECOND, id="delayed: soon again"),
        pytest.param(Delayed("429", 35 * SECOND), Status.PLANNED, 35 * SECOND, id="delayed: as long as told"),
        pytest.param(Delayed("429", 7 * HOUR), Status.ABANDONED, None, id="delayed beyond its life: given up"),
        pytest.param(Unreachable("blocked"), Status.ABANDONED, None, id="unreachable: given up"),
        pytest.param(Moved(SUPERGROUP), Status.PLANNED, timedelta(), id="moved: at once to the new chat"),
        pytest.param(Refused("markup"), Status.PLANNED, timedelta(), id="refused: at once as plain text"),
        pytest.param(Unknown("timeout"), Status.UNKNOWN, MINUTE, id="unknown: once more in a minute"),
    ],
)
async def test_a_digest_page_after_its_first_attempt(
    stage: Stage, outcome: Outcome, status: Status, wait: timedelta | None
) -> None:
    await a_planned_digest(stage)
    stage.send.outcomes = [outcome]

    kept = await sent_once(stage)

    assert (kept.status, kept.attempts) == (status, 1)
    assert wait is None or kept.not_before == NOW + wait


async def test_the_outcome_is_returned(stage: Stage) -> None:
    await a_planned_digest(stage)
    stage.send.outcomes = [Delayed("429", 35 * SECOND)]
    (claimed,) = await stage.deliver.claim(9, ())

    assert await stage.deliver(claimed) == Delayed("429", 35 * SECOND)


async def test_a_sent_page_keeps_its_message(stage: Stage) -> None:
    await a_planned_digest(stage)
    stage.send.outcomes = [Sent(77)]

    assert (await sent_once(stage)).message_id == 77


async def test_a_page_is_settled_at_the_moment_its_answer_came(stage: Stage) -> None:
    await a_planned_digest(stage)
    stage.send.outcomes = [Delayed("429", 35 * SECOND)]
    (claimed,) = await stage.deliver.claim(9, ())
    stage.clock.advance(20 * SECOND)

    await stage.deliver(claimed)

    assert stage.world.deliveries[claimed.id].delivery.not_before == NOW + 55 * SECOND


async def test_delays_grow_to_five_minutes(stage: Stage) -> None:
    await a_planned_digest(stage)
    stage.send.outcomes = [Delayed("ConnectError") for _ in range(10)]
    waits = []

    for _ in range(10):
        kept = await sent_once(stage)
        waits.append((kept.not_before - stage.clock()).total_seconds())
        stage.clock.moment = kept.not_before

    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    assert await stage.sent() == ["فتح المطار"]


async def test_an_unknown_page_is_repeated_once_and_then_taken_as_seen(stage: Stage) -> None:
    await a_planned_digest(stage)
    stage.send.outcomes = [Unknown("timeout"), Unknown("timeout")]
    await sent_once(stage)
    assert await stage.sent() == []
    stage.clock.advance(MINUTE)

    repeated = await sent_once(stage)

    assert (repeated.status, repeated.repeats) == (Status.ASSUMED, 1)
    assert [delivery.repeats for delivery in stage.send.tried] == [0, 1]
    assert await stage.deliveries.fresh(1, NOW - HOUR) == []


async def test_an_unknown_answer_is_repeated_after_five_seconds(stage: Stage) -> None:
    await a_planned_answer(stage)
    stage.send.outcomes = [Unknown("timeout")]
    await sent_once(stage)

    stage.clock.advance(5 * SECOND)

    assert await stage.sent() == ["جواب"]


async def test_a_delayed_repeat_is_still_a_repeat(stage: Stage) -> None:
    await a_planned_digest(stage)
    stage.send.outcomes = [Unknown("timeout"), Delayed("429", MINUTE), Unknown("timeout")]

    for _ in range(3):
        await sent_once(stage)
        stage.clock.advance(MINUTE)

    assert [delivery.repeats for delivery in stage.send.tried] == [0, 1, 1]
    assert [kept.status for kept in stage.world.all_deliveries()] == [Status.ASSUMED]


async def test_a_refused_page_goes_out_plain(stage: Stage) -> None:
    await a_planned_digest(stage)
    stage.send.outcomes = [Refused("can't parse entities")]

    assert await stage.sent() == ["فتح المطار"]

    assert [delivery.is_plain for delivery in stage.send.tried] == [False, True]


async def test_a_page_refused_plain_as_well_is_given_up(stage: Stage) -> None:
    await a_planned_digest(stage)
    stage.send.outcomes = [Refused("can't parse entities"), Refused("message is too long")]

    assert await stage.sent() == []

    (kept,) = stage.world.all_deliveries()
    assert (kept.status, kept.error) == (Status.ABANDONED, "message is too long")
    assert len(await stage.deliveries.fresh(1, NOW - HOUR)) == 1


async def test_one_who_cannot_be_reached_is_paused_and_gets_nothing_more(stage: Stage) -> None:
    await a_planned_digest(stage)
    await a_planned_answer(stage)
    stage.send.outcomes = [Unreachable("bot was blocked by the user")]

    assert await stage.sent() == []

    assert (await stage.now()).standing is Standing.PAUSED
    assert {delivery.status for delivery in stage.world.all_deliveries()} == {Status.ABANDONED}
    stage.clock.advance(48 * HOUR)
    assert (await stage.plan()).planned == 0


async def test_one_unreachable_chat_leaves_the_others_served(stage: Stage) -> None:
    for chat_id in (501, 502):
        await stage.reader(chat_id, ["السودان"])
    await stage.news("فتح المطار")
    await stage.plan()
    stage.send.outcomes = [Unreachable("bot was blocked by the user")]

    await stage.sent()

    assert [delivery.chat_id for delivery in stage.send.shown] == [502]


async def test_a_moved_chat_gets_everything_at_its_new_id(stage: Stage) -> None:
    await a_planned_digest(stage)
    await a_planned_answer(stage)
    stage.send.outcomes = [Moved(SUPERGROUP)]

    assert await stage.sent() == ["جواب", "فتح المطار"]

    assert {delivery.chat_id for delivery in stage.send.shown} == {SUPERGROUP}
    assert await stage.subscribers.find(501) is None
    assert (await stage.now(SUPERGROUP)).standing is Standing.ACTIVE


async def test_answers_and_digests_wait_for_chats_that_are_busy(stage: Stage) -> None:
    await a_planned_digest(stage)
    await a_planned_answer(stage)

    assert await stage.deliver.claim(9, {501}) == []


async def test_a_crash_while_sending_costs_at_most_one_repeat(stage: Stage) -> None:
    await a_planned_digest(stage)
    (claimed,) = await stage.deliver.claim(9, ())
    await stage.send(claimed)  # and here the process ends

    await stage.deliveries.recover(stage.clock())
    stage.clock.advance(MINUTE)

    assert await stage.sent() == ["فتح المطار"]
    assert [delivery.repeats for delivery in stage.send.shown] == [0, 1]
    stage.clock.advance(HOUR)
    assert await stage.sent() == []


OUTCOMES = st.sampled_from(
    [
        Sent(1),
        Delayed("ConnectError"),
        Delayed("429", 40 * MINUTE),
        Unreachable("blocked"),
        Moved(SUPERGROUP),
        Refused("markup"),
        Unknown("timeout"),
    ]
)


@given(st.lists(OUTCOMES, max_size=40))
async def test_every_page_is_settled_within_its_life_and_shown_once(outcomes: list[Outcome]) -> None:
    stage = Stage()
    await a_planned_digest(stage)
    stage.send.outcomes = list(outcomes)

    for _ in range(8 * 12):
        await stage.sent()
        stage.clock.advance(5 * MINUTE)

    (kept,) = stage.world.all_deliveries()
    assert kept.status in {Status.SENT, Status.ASSUMED, Status.ABANDONED}
    assert len(stage.send.shown) == (kept.status is Status.SENT)
