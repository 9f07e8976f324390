import asyncio
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from telegram.error import RetryAfter, TimedOut

from bot.telegram.limiter import OVERALL, Limiter, Pace
from tests.looptime import played

READER, GROUP = 501, -1001


@pytest.fixture(autouse=True)
def _timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


class Requests:
    """Requests through one limiter, and when each of them left."""

    def __init__(self, pace: Pace | None = None) -> None:
        self.limiter = Limiter(pace)
        self.left: list[tuple[float, str]] = []

    async def send(self, chat: int | str | None = None, endpoint: str = "sendMessage", takes: float = 0.0) -> None:
        async def request() -> None:
            self.left.append((asyncio.get_running_loop().time(), endpoint))
            await asyncio.sleep(takes)

        await self._through(request, chat, endpoint)

    async def fail(
        self, error: Exception, chat: int | None = None, endpoint: str = "sendMessage", takes: float = 0.0
    ) -> None:
        async def request() -> None:
            self.left.append((asyncio.get_running_loop().time(), endpoint))
            await asyncio.sleep(takes)
            raise error

        await self._through(request, chat, endpoint)

    async def _through(self, request: Any, chat: int | str | None, endpoint: str) -> None:
        fields = {} if chat is None else {"chat_id": chat}
        await self.limiter.process_request(request, (), {}, endpoint, fields, None)

    @property
    def times(self) -> list[float]:
        return [moment for moment, _ in self.left]


def pauses(times: list[float]) -> Iterator[float]:
    return (after - before for before, after in pairwise(times))


def test_requests_leave_evenly_and_never_in_a_burst() -> None:
    async def story() -> list[float]:
        requests = Requests()
        await asyncio.gather(*(requests.send(chat) for chat in range(1, 100)))
        return requests.times

    times = played(story)

    assert min(pauses(times)) >= 1 / OVERALL - 1e-6
    assert times[-1] - times[0] == pytest.approx(98 / OVERALL)


def test_another_pace_is_kept_as_well() -> None:
    async def story() -> list[float]:
        requests = Requests(Pace(overall=100, chat_pause=0.5, group_share=3, group_span=9.0))
        await asyncio.gather(*(requests.send(GROUP) for _ in range(4)))
        return requests.times

    first, second, third, fourth = played(story)

    assert second - first == pytest.approx(0.5)
    assert third - second == pytest.approx(0.5)
    assert fourth - first == pytest.approx(9.0)


def test_any_second_has_at_most_thirty_requests() -> None:
    async def story() -> list[float]:
        requests = Requests()
        await asyncio.gather(*(requests.send(chat % 40 + 1) for chat in range(200)))
        return requests.times

    times = played(story)

    assert max(sum(start <= moment < start + 1 for moment in times) for start in times) <= OVERALL + 1


def test_a_chat_gets_one_message_a_second_counted_from_the_answer() -> None:
    async def story() -> list[float]:
        requests = Requests()
        for _ in range(4):
            await requests.send(READER, takes=0.3)
        return requests.times

    assert played(story) == pytest.approx([0.0, 1.3, 2.6, 3.9])


def test_messages_for_one_chat_wait_for_each_other_and_no_other_chat_waits() -> None:
    async def story() -> tuple[list[float], float]:
        requests, others = Requests(), 0.0
        waiting = [asyncio.create_task(requests.send(READER)) for _ in range(3)]
        await asyncio.sleep(0.1)
        await requests.send(502)
        others = asyncio.get_running_loop().time()
        await asyncio.gather(*waiting)
        return requests.times, others

    times, other = played(story)

    assert other == pytest.approx(0.1)
    assert times == pytest.approx([0.0, 0.1, 1.0, 2.0])


def test_a_group_gets_twenty_messages_a_minute() -> None:
    async def story() -> list[float]:
        requests = Requests()
        for _ in range(45):
            await requests.send(GROUP)
        return requests.times

    times = played(story)

    assert max(sum(start <= moment < start + 60 for moment in times) for start in times) == 20
    assert times[40] == pytest.approx(120)


def test_a_private_chat_is_no_group() -> None:
    async def story() -> list[float]:
        requests = Requests()
        for _ in range(30):
            await requests.send(READER)
        return requests.times

    assert played(story)[-1] == pytest.approx(29)


@pytest.mark.parametrize(
    ("endpoint", "chat"),
    [
        pytest.param("sendChatAction", READER, id="typing shows no message"),
        pytest.param("getChatMember", GROUP, id="a question shows none either"),
        pytest.param("getMe", None, id="no chat"),
        pytest.param("setMyCommands", None, id="commands"),
    ],
)
def test_requests_that_show_nothing_do_not_wait_for_their_chat(endpoint: str, chat: int | None) -> None:
    async def story() -> float:
        requests = Requests()
        await requests.send(chat if chat is not None else READER)
        await requests.send(chat, endpoint)
        return requests.times[-1]

    assert played(story) == pytest.approx(1 / OVERALL)


def test_an_answer_to_a_pressed_button_goes_ahead_of_the_queue() -> None:
    async def story() -> float:
        requests = Requests()
        queue = [asyncio.create_task(requests.send(chat)) for chat in range(1, 60)]
        await asyncio.sleep(0.1)
        await requests.send(endpoint="answerCallbackQuery")
        await asyncio.gather(*queue)
        return next(moment for moment, endpoint in requests.left if endpoint == "answerCallbackQuery")

    assert played(story) == pytest.approx(0.1)


@pytest.mark.parametrize("endpoint", ["sendMessage", "answerCallbackQuery", "getMe"])
def test_a_429_holds_everything_exactly_as_long_as_told(endpoint: str) -> None:
    async def story() -> float:
        requests = Requests()
        with pytest.raises(RetryAfter):
            await requests.fail(RetryAfter(7), READER)
        await requests.send(502, endpoint)
        return requests.times[-1]

    assert 7.0 <= played(story) <= 7.3


@pytest.mark.parametrize("told", [5, timedelta(seconds=5)], ids=["in seconds", "as a timedelta"])
def test_the_hold_is_known_in_seconds(told: int | timedelta) -> None:
    async def story() -> float:
        requests = Requests()
        with pytest.raises(RetryAfter):
            await requests.fail(RetryAfter(told), READER)
        await asyncio.sleep(2)
        return requests.limiter.held_for

    assert 3.0 <= played(story) <= 3.3


def test_a_request_that_returns_during_the_hold_does_not_end_it() -> None:
    async def story() -> float:
        requests = Requests()
        slow = asyncio.create_task(requests.send(503, takes=3))
        await asyncio.sleep(0.5)
        with pytest.raises(RetryAfter):
            await requests.fail(RetryAfter(10), READER)
        await slow
        await requests.send(502)
        return requests.times[-1]

    assert 10.5 <= played(story) <= 10.8


def test_a_shorter_429_does_not_end_a_longer_hold() -> None:
    async def story() -> float:
        requests = Requests()
        failing = (requests.fail(RetryAfter(seconds), chat, takes=1) for seconds, chat in ((20, 1), (2, 2)))
        await asyncio.gather(*failing, return_exceptions=True)
        await requests.send(502)
        return requests.times[-1]

    assert 21.0 <= played(story) <= 21.3


def test_those_who_waited_out_a_hold_leave_evenly_too() -> None:
    async def story() -> list[float]:
        requests = Requests()
        with pytest.raises(RetryAfter):
            await requests.fail(RetryAfter(5), READER)
        await asyncio.gather(*(requests.send(chat) for chat in range(600, 640)))
        return requests.times[1:]

    times = played(story)

    assert times[0] >= 5
    assert min(pauses(times)) >= 1 / OVERALL - 1e-6


def test_requests_already_queued_when_a_429_comes_wait_for_it_too() -> None:
    async def story() -> list[float]:
        requests = Requests()
        queue = [asyncio.create_task(requests.send(chat)) for chat in range(1, 30)]
        await asyncio.sleep(0.5)
        with pytest.raises(RetryAfter):
            await requests.fail(RetryAfter(5), READER, "answerCallbackQuery")
        await asyncio.gather(*queue)
        return requests.times

    times = played(story)

    assert not [moment for moment in times if 0.5 + 1e-6 < moment < 5.5]


def test_a_chat_cools_for_a_second_after_its_message() -> None:
    async def story() -> tuple[dict[int, float], dict[int, float]]:
        requests = Requests()
        await requests.send(READER)
        await asyncio.sleep(0.25)
        during = requests.limiter.cooling()
        await asyncio.sleep(1)
        return during, requests.limiter.cooling()

    during, after = played(story)

    assert during == {READER: pytest.approx(0.75)}
    assert after == {}


def test_a_full_group_cools_until_its_minute_is_over() -> None:
    async def story() -> dict[int, float]:
        requests = Requests()
        for _ in range(20):
            await requests.send(GROUP)
        return requests.limiter.cooling()

    assert played(story) == {GROUP: pytest.approx(41)}


def test_a_failed_request_counts_like_any_other() -> None:
    async def story() -> float:
        requests = Requests()
        with pytest.raises(TimedOut):
            await requests.fail(TimedOut(), READER)
        await requests.send(READER)
        return requests.times[-1]

    assert played(story) == pytest.approx(1.0)
