import asyncio
import contextlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from telegram.error import RetryAfter

from bot.domain.delivery import Delivery, Outcome, Sent, Status
from bot.services.deliver import Deliver
from bot.telegram.limiter import Limiter
from bot.telegram.outbox import WINDOW, Outbox
from tests.builders import NOW, a_delivery
from tests.fakes import FakeDeliveries, FakeSubscribers, FakeWorld, KeptDelivery
from tests.looptime import played


@pytest.fixture(autouse=True)
def _timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


def seconds() -> float:
    return asyncio.get_running_loop().time()


def loop_clock() -> datetime:
    return NOW + timedelta(seconds=seconds())


@dataclass
class Post:
    """An outbox over deliveries in memory: each send takes a second, and what left when is kept."""

    takes: float = 1.0
    breaks_for: int | None = None
    world: FakeWorld = field(default_factory=FakeWorld)
    limiter: Limiter = field(default_factory=Limiter)
    planned: asyncio.Event = field(default_factory=asyncio.Event)
    left: list[tuple[float, int]] = field(default_factory=list)
    in_flight: int = 0
    most_in_flight: int = 0

    async def send(self, delivery: Delivery, /) -> Outcome:
        self.left.append((round(seconds(), 1), delivery.chat_id))
        if delivery.chat_id == self.breaks_for:
            raise ValueError("a fault of ours")
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        await asyncio.sleep(self.takes)
        self.in_flight -= 1
        return Sent(len(self.left))

    def plan(self, *chats: int) -> None:
        for chat in chats:
            number = len(self.world.deliveries) + 1
            planned = a_delivery(chat_id=chat, status=Status.PLANNED)
            self.world.plan(KeptDelivery(planned, ("digest", number), 0))
        self.planned.set()

    async def limited(self, chat: int, error: Exception | None = None) -> None:
        async def request() -> None:
            if error:
                raise error

        await self.limiter.process_request(request, (), {}, "sendMessage", {"chat_id": chat}, None)

    def opened(self) -> "asyncio.Task[None]":
        deliver = Deliver(FakeDeliveries(self.world), FakeSubscribers(self.world), self.send, loop_clock)
        return asyncio.create_task(Outbox(deliver, self.limiter, self.planned).run())

    async def open_for(self, span: float) -> None:
        task = self.opened()
        await asyncio.sleep(span)
        await ended(task)

    @property
    def statuses(self) -> list[Status]:
        return [delivery.status for delivery in self.world.all_deliveries()]


async def ended(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


def test_a_chat_gets_one_page_at_a_time() -> None:
    async def story() -> Post:
        post = Post(takes=2.0)
        post.plan(501, 501, 501, 502)
        await post.open_for(20)
        return post

    post = played(story)

    own = [moment for moment, chat in post.left if chat == 501]
    assert len(own) == 3
    assert all(after - before >= 2.0 for before, after in pairwise(own))
    assert set(post.statuses) == {Status.SENT}


def test_four_pages_are_on_their_way_at_once() -> None:
    async def story() -> Post:
        post = Post()
        post.plan(*range(501, 521))
        await post.open_for(20)
        return post

    post = played(story)

    assert post.most_in_flight == WINDOW == 4
    assert set(post.statuses) == {Status.SENT}


def test_a_new_page_leaves_at_once() -> None:
    async def story() -> Post:
        post = Post()
        task = post.opened()
        await asyncio.sleep(0.3)
        post.plan(501)
        await asyncio.sleep(3)
        await ended(task)
        return post

    assert played(story).left == [(0.3, 501)]


def test_nothing_is_taken_while_telegram_wants_nothing() -> None:
    async def story() -> tuple[Post, set[Status]]:
        post = Post()
        with pytest.raises(RetryAfter):
            await post.limited(509, RetryAfter(30))
        post.plan(501, 502)
        task = post.opened()
        await asyncio.sleep(29)
        during = set(post.statuses)
        await asyncio.sleep(5)
        await ended(task)
        return post, during

    post, during = played(story)

    assert during == {Status.PLANNED}
    assert all(30 <= moment <= 31.5 for moment, _ in post.left)
    assert set(post.statuses) == {Status.SENT}


def test_a_page_planned_during_the_hold_waits_for_its_end() -> None:
    async def story() -> Post:
        post = Post()
        with pytest.raises(RetryAfter):
            await post.limited(509, RetryAfter(10))
        task = post.opened()
        await asyncio.sleep(5)
        post.plan(501)
        await asyncio.sleep(20)
        await ended(task)
        return post

    assert [10 <= moment <= 11.5 for moment, _ in played(story).left] == [True]


def test_a_page_for_a_chat_that_cools_is_not_taken_before_its_second_is_over() -> None:
    async def story() -> Post:
        post = Post()
        await post.limited(501)
        post.plan(501, 502)
        await post.open_for(10)
        return post

    post = played(story)

    assert [chat for _, chat in post.left] == [502, 501]
    assert [moment >= 1.0 for moment, _ in post.left] == [False, True]


def test_a_page_that_breaks_its_sending_is_left_for_the_next_start_and_stops_no_other() -> None:
    async def story() -> Post:
        post = Post(breaks_for=501)
        post.plan(501, 502, 503)
        await post.open_for(10)
        return post

    assert played(story).statuses == [Status.SENDING, Status.SENT, Status.SENT]


def test_a_cancelled_outbox_finishes_what_is_on_its_way_and_takes_nothing_new() -> None:
    async def story() -> tuple[Post, float]:
        post = Post(takes=3.0)
        post.plan(*range(501, 509))
        task = post.opened()
        await asyncio.sleep(0.5)
        await ended(task)
        return post, seconds()

    post, moment = played(story)

    assert moment == pytest.approx(3.0)
    assert post.statuses == [Status.SENT] * 4 + [Status.PLANNED] * 4
