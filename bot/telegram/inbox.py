"""Updates in: fetched, committed, confirmed, and handled in order chat by chat."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.domain.delivery import Page
from bot.ports import Clock, Inbox, Update
from bot.pulse.counts import Event, Part, Pulse
from bot.telegram.bundles import bundle, is_complete, message_of
from bot.telegram.draining import drained
from bot.telegram.kinds import ALLOWED_UPDATES

Fetch = Callable[[int | None], Awaitable[list[dict[str, Any]]]]
Handle = Callable[[Sequence[dict[str, Any]]], Awaitable[Sequence[Page]]]  # updates that belong together
Apologise = Callable[[dict[str, Any]], Sequence[Page]]

log = logging.getLogger(__name__)
_LONGEST_PAUSE = 60.0
_SHORTEST_POLL = 0.5


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Keeps raw updates, so that they may be confirmed, and wakes whoever handles them."""

    inbox: Inbox
    clock: Clock
    arrived: asyncio.Event
    pulse: Pulse = field(default_factory=Pulse)

    async def keep(self, raw: Sequence[dict[str, Any]]) -> None:
        """Commit updates; those that are kept already stay as they are."""
        now = self.clock()
        await self.inbox.add([Update(update["update_id"], chat_of(update), update, now) for update in raw])
        self.arrived.set()
        self.pulse.beat(Part.INTAKE)
        for update in raw:
            self.pulse.count(Event.RECEIVED, kind_of(update))


@dataclass(frozen=True, slots=True)
class Poller:
    """Fetches updates and keeps them before it confirms them."""

    arrivals: Arrivals
    fetch: Fetch

    async def run(self) -> None:
        """Poll until cancelled; raise InvalidToken when the token is revoked."""
        offset, failures = None, 0
        while True:
            try:
                offset = await self._polled(offset)
                failures = 0
                self.arrivals.pulse.count(Event.POLLED, "answered")
            except InvalidToken:
                raise
            except TelegramError as error:
                failures += 1
                self.arrivals.pulse.count(Event.POLLED, "conflict" if isinstance(error, Conflict) else "failed")
                await asyncio.sleep(_pause(error, failures))

    async def _polled(self, offset: int | None) -> int | None:
        """Fetch once and return the offset that confirms what was kept.

        Once it is confirmed no offset is sent: after a week of silence Telegram starts its numbers anew, and an old
        offset would be above them.
        """
        asked = asyncio.get_running_loop().time()
        raw = await self.fetch(offset)
        self.arrivals.pulse.beat(Part.INTAKE)
        if not raw:
            # Telegram holds an empty answer back; a server or a proxy that does not must not be asked without end.
            spent = asyncio.get_running_loop().time() - asked
            await asyncio.sleep(max(0.0, _SHORTEST_POLL - spent))
            return None
        await self.arrivals.keep(raw)
        return max(int(update["update_id"]) for update in raw) + 1


def _pause(error: TelegramError, failures: int) -> float:
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return float(wait) if isinstance(wait, int) else wait.total_seconds()
    if isinstance(error, Conflict) and "webhook is active" in error.message:
        log.error("poll=webhook a webhook is set: `mujaz webhook delete`, or set MUJAZ_WEBHOOK_URL to be called there")
    elif isinstance(error, Conflict):
        log.warning("poll=conflict another program polls with this token, or sets its webhook: stop it")
    else:
        log.warning("poll=failed kind=%s failures=%d", type(error).__name__, failures)
    return min(2.0 ** min(failures, 6) / 2, _LONGEST_PAUSE)


def chat_of(update: dict[str, Any]) -> int:
    """Return the chat an update belongs to, or 0: only updates of one chat keep their order."""
    if found := message_of(update):
        return _id(found[1].get("chat"))
    if isinstance(changed := update.get("my_chat_member"), dict):
        return _id(changed.get("chat"))
    if isinstance(typed := update.get("inline_query"), dict):
        return _id(typed.get("from"))
    pressed = update.get("callback_query")
    if not isinstance(pressed, dict):
        return 0
    message = pressed.get("message")
    return _id(message.get("chat") if isinstance(message, dict) else pressed.get("from"))


def kind_of(update: dict[str, Any]) -> str:
    """Return what an update brings, of what we ask for; "other" for all else, which is only kept."""
    return next((kind for kind in ALLOWED_UPDATES if kind in update), "other")


def _id(found: Any) -> int:
    number = found.get("id") if isinstance(found, dict) else None
    return number if isinstance(number, int) and abs(number) < _ID_LIMIT else 0


_ID_LIMIT = 2**63  # what a column holds; Telegram's ids have 52 bits


_CHATS_AT_ONCE = 8
_MOST_CHATS = 40  # with those that wait for somebody else's server
_MOST_ATTEMPTS = 3
_MOST_CRASHES = 10  # a kill is seldom the update's fault; ten in a row are
_PAUSES = (timedelta(seconds=1), timedelta(seconds=5))
_JOIN_WINDOW = timedelta(seconds=2.5)
_KNOCK = 1.0


@dataclass(slots=True)
class Worker:
    """Handles what is in the inbox: in order within a chat, chats side by side."""

    inbox: Inbox
    handle: Handle
    apologise: Apologise
    clock: Clock
    arrived: asyncio.Event
    answered: asyncio.Event
    aside: Collection[int] = ()  # chats that wait for somebody else's server: they hold up nobody
    pulse: Pulse = field(default_factory=Pulse)
    _busy: dict[int, "asyncio.Task[None]"] = field(default_factory=dict)

    async def run(self) -> None:
        """Handle updates until cancelled; what is in hand then is finished, or left for the next start."""
        try:
            while True:
                self.arrived.clear()
                wait = await self._started()
                # asyncio.wait_for swallows a cancellation that comes with the event, before Python 3.12.
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(wait):
                        await self.arrived.wait()
        finally:
            await drained(self._busy.values())

    async def _started(self) -> float:
        """Start on what can be handled now; return the seconds after which to look again."""
        now, wait = self.clock(), _KNOCK
        working = self._busy.keys() - set(self.aside)
        room = min(_CHATS_AT_ONCE - len(working), _MOST_CHATS - len(self._busy))
        for run in await self.inbox.waiting(frozenset(self._busy), now, room) if room > 0 else ():
            bodies = [update.body for update in run]
            size = bundle(bodies)
            missing = run[size - 1].received_at + _JOIN_WINDOW - now
            if not is_complete(bodies) and missing > timedelta():
                wait = min(wait, missing.total_seconds() + 0.01)
                continue
            self._start(run[:size])
        return wait

    def _start(self, updates: Sequence[Update]) -> None:
        chat = updates[0].chat_id
        task = asyncio.create_task(self._settled(updates))
        self._busy[chat] = task
        task.add_done_callback(lambda done: self._freed(chat, done))

    def _freed(self, chat: int, done: "asyncio.Task[None]") -> None:
        del self._busy[chat]
        if not done.cancelled() and (error := done.exception()):
            log.error("chat=%d left in handling error=%s", chat, type(error).__name__, exc_info=error)
        self.arrived.set()

    async def _settled(self, updates: Sequence[Update]) -> None:
        first = updates[0]
        if first.attempts >= _MOST_CRASHES:
            await self._parked(updates, "crashed")
            return
        try:
            await self.inbox.take(updates)
            pages = await self.handle([update.body for update in updates])
            await self.inbox.finish(updates, pages, self.clock())
        except Exception as error:  # noqa: BLE001 - one update must not stop the rest
            await self._failed(updates, error)
        else:
            self.pulse.count(Event.SETTLED, "done", times=len(updates))
        self.answered.set()

    async def _failed(self, updates: Sequence[Update], error: Exception) -> None:
        kind, attempt = type(error).__name__, updates[0].attempts + 1
        log.error("update=%d attempt=%d error=%s", updates[0].id, attempt, kind, exc_info=error)
        if attempt >= _MOST_ATTEMPTS:
            await self._parked(updates, kind)
        else:
            self.pulse.count(Event.SETTLED, "put_off", times=len(updates))
            await self.inbox.retry(updates, kind, self.clock() + _PAUSES[attempt - 1])

    async def _parked(self, updates: Sequence[Update], error: str) -> None:
        log.error("update=%d parked error=%s", updates[0].id, error)
        self.pulse.count(Event.SETTLED, "parked", times=len(updates))
        await self.inbox.park(updates, error, self.apologise(updates[0].body), self.clock())
        self.answered.set()
