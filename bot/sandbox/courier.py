"""Takes updates to the webhook until it has them, as Telegram does: in order in a chat, chats side by side."""

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from bot.sandbox.faults import FaultKind
from bot.sandbox.registration import Registration
from bot.sandbox.webhook import is_on_loopback
from bot.sandbox.world import World

Lane = tuple[str, int]
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # a header's name
_LONGEST_PAUSE: Final = 60.0
_LONGEST_ASKED: Final = 3600.0  # of the pauses that a webhook may ask for by Retry-After
_ANSWER_SECONDS: Final = 60.0
_DAY: Final = 86_400.0


class _NotTaken(Exception):
    """The webhook did not take an update: why, and after how many seconds it wants it again, if it says so."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait = wait


@dataclass(slots=True)
class Courier:
    """Carries the updates of a world; after a failure it comes again, twice as long after each, up to a minute."""

    world: World
    _carrying: dict[Lane, "asyncio.Task[None]"] = field(default_factory=dict)

    async def run(self) -> None:
        """Carry until cancelled."""
        await self.world.has_webhook.wait()  # not the bell: who waits there polls
        async with httpx.AsyncClient(trust_env=False, timeout=_ANSWER_SECONDS) as http:
            try:
                while await self.world.has_webhook.wait():
                    await self._carried(http, self.world.webhook)
            finally:
                await self._dropped()

    async def _carried(self, http: httpx.AsyncClient, registration: Registration | None) -> None:
        """Carry as long as this webhook stands."""
        key = _key(registration)
        await self.world.bell.until(lambda: _key(self.world.webhook) != key or self._next(registration), _DAY)
        if _key(self.world.webhook) != key:
            await self._dropped()
            return
        for lane, update in list(self._next(registration)):
            task = asyncio.create_task(self._delivered(http, lane, update))
            self._carrying[lane] = task

    def _next(self, registration: Registration | None) -> list[tuple[Lane, dict[str, Any]]]:
        """Return what may be carried now beside what is on its way: the first of each lane."""
        if registration is None or self.world.bell.is_closed:
            return []
        room = registration.max_connections - len(self._carrying)
        return list(self._heads())[: max(room, 0)]

    def _heads(self) -> Iterator[tuple[Lane, dict[str, Any]]]:
        seen = set(self._carrying)
        for update in self.world.updates.pending:
            lane = _lane(update)
            if lane not in seen:
                seen.add(lane)
                yield lane, update

    async def _delivered(self, http: httpx.AsyncClient, lane: Lane, update: dict[str, Any]) -> None:
        """Bring one update, again and again; then its lane is free."""
        pause = self.world.webhook_pause
        while registration := self.world.webhook:
            try:
                await self._brought(http, registration, update)
            except _NotTaken as refusal:
                self._note(registration, refusal.reason)
                await asyncio.sleep(refusal.wait if refusal.wait is not None else pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
            else:
                with contextlib.suppress(ValueError):  # the bot may have had it dropped meanwhile
                    self.world.updates.pending.remove(update)
                break
        self._carrying.pop(lane, None)
        self.world.bell.ring()

    def _note(self, registration: Registration, failure: str) -> None:
        if _key(self.world.webhook) == _key(registration):  # it still stands
            self.world.webhook = replace(registration, failed_at=self.world.now(), failure=failure)

    async def _brought(self, http: httpx.AsyncClient, registration: Registration, update: dict[str, Any]) -> None:
        fault = self.world.faults.due("webhook", _lane(update)[1])
        if fault and fault.kind is not FaultKind.LOST_ANSWER:
            raise _NotTaken("Connection reset by peer")
        if not is_on_loopback(urlsplit(registration.url)):
            raise _NotTaken("the sandbox calls nobody but this machine")
        headers = {SECRET_HEADER: registration.secret} if registration.secret else {}
        try:
            answer = await http.post(registration.url, json=update, headers=headers)
        except httpx.TimeoutException as error:
            raise _NotTaken("Read timeout expired") from error
        except httpx.HTTPError as error:
            raise _NotTaken("Connection refused") from error
        if fault:
            raise _NotTaken("Connection reset by peer")
        if not answer.is_success:
            phrase = HTTPStatus(answer.status_code).phrase if answer.status_code in set(HTTPStatus) else ""
            raise _NotTaken(f"Wrong response from the webhook: {answer.status_code} {phrase}", _wait(answer))

    async def _dropped(self) -> None:
        for task in self._carrying.values():
            task.cancel()
        await asyncio.gather(*self._carrying.values(), return_exceptions=True)
        self._carrying.clear()


def _key(registration: Registration | None) -> Registration | None:
    """Return what makes a webhook another one: not what went wrong there."""
    return registration and replace(registration, failed_at=None, failure="")


def _lane(update: dict[str, Any]) -> Lane:
    """Return what keeps its order: messages of a chat, edits of a chat, what a user presses."""
    kind = next((name for name in update if name != "update_id"), "")
    content = update.get(kind)
    there = content.get("chat", content.get("from")) if isinstance(content, dict) else None
    number = there.get("id") if isinstance(there, dict) else None
    return kind, number if isinstance(number, int) else 0


def _wait(answer: httpx.Response) -> float | None:
    asked = answer.headers.get("Retry-After", "")
    return min(float(asked), _LONGEST_ASKED) if asked.isdigit() else None
