import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter

from bot.domain.delivery import Page
from bot.ports import Inbox, Update
from bot.storage.database import opened
from bot.storage.inbox import StoredInbox
from bot.telegram.bundles import merged
from bot.telegram.inbox import Arrivals, Poller, Worker, chat_of
from tests.builders import NOW, an_update
from tests.fakes import FakeInbox, FakeWorld
from tests.looptime import played

Raw = dict[str, Any]
SENTENCE = "أعلنت هيئة الطيران المدني إعادة فتح المطار أمام الرحلات."
LONG = " ".join([SENTENCE] * 71)
SORRY = Page("تعذّر عليّ أن أعالج رسالتك.")


@pytest.fixture(autouse=True)
def _timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


def seconds() -> float:
    return asyncio.get_running_loop().time()


def loop_clock() -> datetime:
    return NOW + timedelta(seconds=seconds())


def a_text(number: int, text: str = "مرحبا", chat: int = 501) -> Raw:
    message = {
        "message_id": number,
        "chat": {"id": chat, "type": "private"},
        "from": {"id": chat},
        "date": 1_773_468_000,
    }
    return {"update_id": number, "message": message | {"text": text}}


async def ended(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


@dataclass
class Server:
    """Gives the scripted answers one after the other and then no more; notes each offset and what was kept by then."""

    answers: list[list[Raw] | Exception]
    world: FakeWorld = field(default_factory=FakeWorld)
    asked: list[tuple[float, int | None, list[int]]] = field(default_factory=list)

    async def fetch(self, offset: int | None) -> list[Raw]:
        self.asked.append((seconds(), offset, sorted(self.world.updates)))
        if not self.answers:
            await asyncio.Event().wait()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def polled(self, span: float = 200.0, inbox: Inbox | None = None) -> None:
        poller = Poller(Arrivals(inbox or FakeInbox(self.world), loop_clock, asyncio.Event()), self.fetch)
        task = asyncio.create_task(poller.run())
        await asyncio.wait([task], timeout=span)
        if task.done():
            task.result()
        await ended(task)

    @property
    def offsets(self) -> list[int | None]:
        return [offset for _, offset, _ in self.asked]


def test_an_update_is_kept_before_its_offset_is_confirmed() -> None:
    server = Server([[a_text(7), a_text(8)], [a_text(9)]])

    played(server.polled)

    assert [(offset, kept) for _, offset, kept in server.asked] == [(None, []), (9, [7, 8]), (10, [7, 8, 9])]


def test_no_offset_is_sent_after_an_empty_answer() -> None:
    server = Server([[a_text(7)], [], [a_text(3)]])

    played(server.polled)

    assert server.offsets == [None, 8, None, 4]
    assert sorted(server.world.updates) == [3, 7]


def test_an_update_that_comes_twice_is_kept_once() -> None:
    server = Server([[a_text(7, "الأول")], [a_text(7, "الثاني")]])

    played(server.polled)

    assert [kept.update.body["message"]["text"] for kept in server.world.updates.values()] == ["الأول"]


GARBAGE = [
    pytest.param({"update_id": 7}, id="of no kind"),
    pytest.param({"update_id": 7, "message": None}, id="an empty message"),
    pytest.param({"update_id": 7, "message": [1, 2]}, id="a message that is a list"),
    pytest.param({"update_id": 7, "message": {"chat": "قناة"}}, id="a chat that is a text"),
    pytest.param({"update_id": 7, "callback_query": {"from": None}}, id="a button pressed by nobody"),
    pytest.param({"update_id": 7, "message": {"text": "\ud800"}}, id="half a letter"),
]


@pytest.mark.parametrize("garbage", GARBAGE)
def test_an_update_of_any_shape_is_kept_as_it_came(garbage: Raw) -> None:
    server = Server([[garbage, a_text(8)]])

    played(server.polled)

    assert [kept.update.body for kept in server.world.updates.values()] == [garbage, a_text(8)]
    assert server.offsets == [None, 9]


@pytest.mark.parametrize("garbage", GARBAGE)
async def test_an_update_of_any_shape_is_kept_in_the_database_too(garbage: Raw, tmp_path: Path) -> None:
    server = Server([[garbage, a_text(8)]])

    with opened(str(tmp_path / "mujaz.sqlite")) as database:
        await server.polled(0.3, StoredInbox(database))

    assert server.offsets == [None, 9]


def test_after_a_failure_the_same_offset_is_asked_for_again_later_and_later() -> None:
    server = Server([[a_text(7)], NetworkError("x"), NetworkError("x"), NetworkError("x"), [a_text(8)]])

    played(server.polled)

    assert server.offsets == [None, 8, 8, 8, 8, 9]
    assert [moment for moment, _, _ in server.asked] == [0, 0, 1, 3, 7, 7]


def test_the_longest_pause_is_about_half_a_minute() -> None:
    server = Server([NetworkError("x")] * 40)

    played(lambda: server.polled(600))

    moments = [moment for moment, _, _ in server.asked]
    assert max(after - before for before, after in pairwise(moments)) <= 60


def test_too_many_requests_wait_as_long_as_told() -> None:
    async def story() -> Server:
        server = Server([RetryAfter(17)])
        await server.polled()
        return server

    assert [moment for moment, _, _ in played(story).asked] == [0, 17]


def test_another_program_with_this_token_does_not_end_the_polling() -> None:
    server = Server([Conflict("terminated by other getUpdates request"), [a_text(7)]])

    played(server.polled)

    assert sorted(server.world.updates) == [7]


def test_a_revoked_token_ends_the_polling() -> None:
    server = Server([[a_text(7)], InvalidToken()])

    with pytest.raises(InvalidToken):
        played(server.polled)


@pytest.mark.parametrize(
    ("update", "chat"),
    [
        pytest.param({"message": {"chat": {"id": 5}}}, 5, id="a message"),
        pytest.param({"my_chat_member": {"chat": {"id": 5}}}, 5, id="a membership"),
        pytest.param({"callback_query": {"message": {"chat": {"id": 5}}, "from": {"id": 6}}}, 5, id="a button"),
        pytest.param({"callback_query": {"from": {"id": 6}}}, 6, id="a button of an inline message"),
        pytest.param({"inline_query": {"from": {"id": 6}, "query": ""}}, 6, id="somebody who shares"),
        pytest.param({"edited_message": {"chat": {"id": 5}}}, 5, id="an edit"),
        pytest.param({"channel_post": {"chat": {"id": -5}}}, -5, id="a channel's post"),
        pytest.param({"edited_channel_post": {"chat": {"id": -5}}}, -5, id="a channel's edited post"),
        pytest.param({"chat_member": {"chat": {"id": 5}}}, 0, id="a kind that we do not ask for"),
        pytest.param({"message": {"chat": {"id": "5"}}}, 0, id="an id that is a text"),
        pytest.param({"message": "text"}, 0, id="a message that is a text"),
        pytest.param({}, 0, id="nothing"),
    ],
)
def test_an_update_belongs_to_a_chat(update: Raw, chat: int) -> None:
    assert chat_of(update) == chat


@dataclass
class Desk:
    """A worker over an inbox in memory: what it was given, when, and how."""

    handling: Callable[[Raw], Awaitable[Sequence[Page]]] | None = None
    inbox: FakeInbox = field(default_factory=lambda: FakeInbox(FakeWorld()))
    handled: list[tuple[float, str]] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    aside: set[int] = field(default_factory=set)

    async def handle(self, run: Sequence[Raw]) -> Sequence[Page]:
        raw = run[0] | {"message": merged([update["message"] for update in run])}
        message = raw["message"]
        self.handled.append((round(seconds(), 1), message.get("text", message.get("caption", ""))))
        return await self.handling(raw) if self.handling else ()

    async def receive(self, *raw: Raw) -> None:
        await self.inbox.add([Update(each["update_id"], chat_of(each), each, loop_clock()) for each in raw])
        self.arrived.set()

    def opened(self) -> "asyncio.Task[None]":
        worker = Worker(self.inbox, self.handle, lambda _: [SORRY], loop_clock, self.arrived, self.answered, self.aside)
        return asyncio.create_task(worker.run())

    async def open_for(self, span: float) -> None:
        task = self.opened()
        await asyncio.sleep(span)
        await ended(task)

    @property
    def statuses(self) -> dict[int, str]:
        return {number: kept.status for number, kept in self.inbox.world.updates.items()}

    @property
    def answers(self) -> list[Page]:
        return [delivery.page for delivery in self.inbox.world.all_deliveries()]


async def slowly(_: Raw) -> Sequence[Page]:
    await asyncio.sleep(1)
    return ()


async def never(raw: Raw) -> Sequence[Page]:
    if raw["message"]["text"] == "سمّ":
        raise ValueError("an update that breaks its handler")
    return ()


def test_updates_of_a_chat_are_handled_in_order_and_chats_side_by_side() -> None:
    async def story() -> Desk:
        desk = Desk(slowly)
        await desk.receive(a_text(1, "أول"), a_text(2, "ثان"), a_text(3, "جار", chat=502), a_text(4, "ثالث"))
        await desk.open_for(10)
        return desk

    desk = played(story)

    assert desk.handled == [(0, "أول"), (0, "جار"), (1, "ثان"), (2, "ثالث")]
    assert set(desk.statuses.values()) == {"done"}


def test_eight_chats_are_served_at_once() -> None:
    async def story() -> Desk:
        desk = Desk(slowly)
        await desk.receive(*(a_text(number, str(number), chat=500 + number) for number in range(1, 18)))
        await desk.open_for(10)
        return desk

    desk = played(story)

    assert [moment for moment, _ in desk.handled] == [0] * 8 + [1] * 8 + [2]


def test_what_a_handler_answers_is_planned_and_told() -> None:
    async def answer(raw: Raw) -> Sequence[Page]:
        return [Page("الأول"), Page("الثاني")]

    async def story() -> Desk:
        desk = Desk(answer)
        await desk.receive(a_text(1))
        await desk.open_for(1)
        return desk

    desk = played(story)

    assert desk.answers == [Page("الأول"), Page("الثاني")]
    assert desk.answered.is_set()


def test_a_new_update_is_handled_at_once() -> None:
    async def story() -> Desk:
        desk = Desk()
        task = desk.opened()
        await asyncio.sleep(0.4)
        await desk.receive(a_text(1, "أول"))
        await asyncio.sleep(5)
        await ended(task)
        return desk

    assert played(story).handled == [(0.4, "أول")]


def test_a_failing_update_is_tried_three_times_and_then_given_up_with_an_apology() -> None:
    async def story() -> Desk:
        desk = Desk(never)
        await desk.receive(a_text(1, "سمّ"))
        await desk.open_for(60)
        return desk

    desk = played(story)

    moments = [moment for moment, _ in desk.handled]
    assert len(moments) == 3
    assert moments[1] - moments[0] >= 1
    assert 5 <= moments[2] - moments[1] <= 7
    assert desk.statuses == {1: "failed"}
    assert desk.inbox.world.updates[1].error == "ValueError"
    assert desk.answers == [SORRY]


def test_a_failing_update_holds_up_its_own_chat_alone_and_not_for_ever() -> None:
    async def story() -> Desk:
        desk = Desk(never)
        await desk.receive(a_text(1, "سمّ"), a_text(2, "بعده"), a_text(3, "جار", chat=502))
        await desk.open_for(60)
        return desk

    desk = played(story)

    assert (0, "جار") in desk.handled
    assert [text for _, text in desk.handled if text != "جار"] == ["سمّ", "سمّ", "سمّ", "بعده"]
    assert desk.statuses == {1: "failed", 2: "done", 3: "done"}


def test_an_update_that_ten_crashes_interrupted_is_given_up_untried() -> None:
    async def story() -> Desk:
        desk = Desk()
        await desk.inbox.add([an_update(1, body=a_text(1), attempts=10)])
        await desk.open_for(5)
        return desk

    desk = played(story)

    assert desk.handled == []
    assert desk.statuses == {1: "failed"}
    assert desk.answers == [SORRY]


class FailingOnceInbox(FakeInbox):
    """Cannot keep the first answer it is given: the disk was full."""

    has_failed = False

    async def finish(self, updates: Sequence[Update], pages: Sequence[Page], now: datetime, /) -> None:
        if not self.has_failed:
            self.has_failed = True
            raise OSError("disk full")
        await super().finish(updates, pages, now)


def test_a_chat_goes_on_after_an_answer_that_could_not_be_kept() -> None:
    async def story() -> Desk:
        desk = Desk(inbox=FailingOnceInbox(FakeWorld()))
        await desk.receive(a_text(1, "أول"), a_text(2, "ثان"))
        await desk.open_for(60)
        return desk

    assert played(story).statuses == {1: "done", 2: "done"}


def test_a_text_near_the_limit_waits_for_its_second_part() -> None:
    async def story() -> Desk:
        desk = Desk()
        task = desk.opened()
        await desk.receive(a_text(1, LONG))
        await asyncio.sleep(1.5)
        await desk.receive(a_text(2, SENTENCE))
        await asyncio.sleep(10)
        await ended(task)
        return desk

    desk = played(story)

    assert desk.handled == [(1.5, f"{LONG}\n{SENTENCE}")]
    assert desk.statuses == {1: "done", 2: "done"}


def test_a_text_near_the_limit_that_stays_alone_is_handled_soon() -> None:
    async def story() -> Desk:
        desk = Desk()
        await desk.receive(a_text(1, LONG))
        await desk.open_for(10)
        return desk

    assert played(story).handled == [(2.5, LONG)]


def test_a_text_that_waits_for_its_second_part_holds_up_no_other_chat() -> None:
    async def story() -> Desk:
        desk = Desk()
        await desk.receive(a_text(1, LONG), a_text(2, "جار", chat=502))
        await desk.open_for(10)
        return desk

    assert played(story).handled[0] == (0, "جار")


def test_a_command_behind_a_long_text_is_handled_after_it() -> None:
    async def story() -> Desk:
        desk = Desk()
        await desk.receive(a_text(1, LONG), a_text(2, "/topics"))
        await desk.open_for(10)
        return desk

    assert played(story).handled == [(0, LONG), (0, "/topics")]


def test_a_cancelled_worker_finishes_what_is_in_hand_and_begins_nothing_new() -> None:
    async def story() -> tuple[Desk, float]:
        desk = Desk(slowly)
        await desk.receive(a_text(1, "أول"), a_text(2, "ثان"))
        task = desk.opened()
        await asyncio.sleep(0.3)
        await ended(task)
        return desk, seconds()

    desk, moment = played(story)

    assert moment == pytest.approx(1.0)
    assert desk.statuses == {1: "done", 2: "received"}


def a_picture(number: int, caption: str = "") -> Raw:
    update = a_text(number)
    del update["message"]["text"]
    update["message"] |= {"media_group_id": "13", "photo": []} | ({"caption": caption} if caption else {})
    return update


def test_members_of_an_album_wait_for_each_other_in_the_inbox() -> None:
    async def story() -> tuple[Desk, dict[int, str]]:
        desk = Desk()
        task = desk.opened()
        for number, caption in ((1, "الأول"), (2, ""), (3, "الثاني")):
            await desk.receive(a_picture(number, caption))
            await asyncio.sleep(1)
        waiting = desk.statuses
        await asyncio.sleep(10)
        await ended(task)
        return desk, waiting

    desk, waiting = played(story)

    assert waiting == dict.fromkeys((1, 2, 3), "received")
    assert desk.handled == [(4.5, "الأول\n\nالثاني")]
    assert desk.statuses == dict.fromkeys((1, 2, 3), "done")


def test_what_waits_for_its_parts_when_the_worker_is_killed_is_handled_by_the_next() -> None:
    async def story() -> Desk:
        desk = Desk()
        await desk.receive(a_text(1, LONG))
        await desk.open_for(1)
        await desk.receive(a_text(2, SENTENCE))
        await desk.open_for(1)
        return desk

    assert played(story).handled == [(1, f"{LONG}\n{SENTENCE}")]


def test_an_edit_behind_a_long_text_is_handled_after_it_and_on_its_own() -> None:
    async def story() -> list[Sequence[Raw]]:
        runs: list[Sequence[Raw]] = []

        async def handle(run: Sequence[Raw]) -> Sequence[Page]:
            runs.append(run)
            return ()

        desk = Desk()
        edit = a_text(2, SENTENCE)
        await desk.receive(a_text(1, LONG), {"update_id": 2, "edited_message": edit["message"]}, a_text(3))
        worker = Worker(desk.inbox, handle, lambda _: [SORRY], loop_clock, desk.arrived, desk.answered)
        task = asyncio.create_task(worker.run())
        await asyncio.sleep(5)
        await ended(task)
        return runs

    assert [[update["update_id"] for update in run] for run in played(story)] == [[1], [2], [3]]


@pytest.mark.parametrize(
    ("slow", "aside", "handled_at"),
    [
        pytest.param(7, False, 0, id="seven in hand leave room for one"),
        pytest.param(8, False, 60, id="eight in hand leave none"),
        pytest.param(8, True, 0, id="eight that are set aside take nobody's place"),
        pytest.param(39, True, 0, id="so do thirty-nine"),
        pytest.param(40, True, 60, id="but forty are all there may be"),
    ],
)
def test_chats_that_wait_for_somebody_elses_server_hold_up_nobody(slow: int, aside: bool, handled_at: int) -> None:  # noqa: FBT001
    async def story() -> Desk:
        async def wait(raw: Raw) -> Sequence[Page]:
            if raw["message"]["text"] == "رابط":
                chat = chat_of(raw)
                if aside:
                    desk.aside.add(chat)
                    desk.arrived.set()
                await asyncio.sleep(60)
                desk.aside.discard(chat)
            return ()

        desk = Desk(wait)
        await desk.receive(*(a_text(number, "رابط", chat=600 + number) for number in range(1, slow + 1)))
        await desk.receive(a_text(99, "خبر", chat=501))
        await desk.open_for(70)
        return desk

    assert [at // 60 * 60 for at, text in played(story).handled if text == "خبر"] == [handled_at]


def test_what_takes_longer_than_a_stop_may_is_left_for_the_next_start() -> None:
    async def for_ever(_: Raw) -> Sequence[Page]:
        await asyncio.Event().wait()
        return ()

    async def story() -> tuple[Desk, float]:
        desk = Desk(for_ever)
        await desk.receive(a_text(1))
        task = desk.opened()
        await asyncio.sleep(0.3)
        await ended(task)
        return desk, seconds()

    desk, moment = played(story)

    assert moment == pytest.approx(7.3)
    assert desk.statuses == {1: "handling"}
