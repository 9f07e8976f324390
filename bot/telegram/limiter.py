"""Telegram's limits, kept for everything that one token sends."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.pulse.counts import Event, Pulse, Span

OVERALL = 28  # a second, evenly; Telegram documents about 30
_URGENT = {"answerCallbackQuery", "answerInlineQuery"}  # somebody waits, and no chat gets a message
_PROMPT = 0.25  # seconds: Telegram counts in whole seconds, and a call inside the penalty lengthens it


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast one may send; the sandbox takes more than Telegram does."""

    overall: int = OVERALL
    chat_pause: float = 1.0  # seconds between two messages in one chat
    group_share: int = 20  # messages in a group
    group_span: float = 60.0  # seconds


@dataclass(slots=True)
class _Chat:
    """What one chat got lately, in the loop's time."""

    sent: deque[float]
    free_at: float = 0.0


class Limiter(BaseRateLimiter[None]):
    """Makes each request wait for its turn: 28 a second in all, one a second in a chat, 20 a minute in a group.

    The library's own AIORateLimiter sends 60 in the first second, knows no limit per chat, and ends the wait after a
    429 as soon as another request returns; here nothing ends it early.
    """

    def __init__(self, pace: Pace | None = None, pulse: Pulse | None = None) -> None:
        self._pace = pace or Pace()
        self._pulse = pulse or Pulse()
        self._next = 0.0
        self._held_until = 0.0
        self._chats: dict[int, _Chat] = {}

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""

    def cooling(self) -> dict[int, float]:
        """Return the chats that have to wait, each with the seconds left."""
        now = _now()
        self._chats = {
            chat: state for chat, state in self._chats.items() if state.free_at > now - self._pace.group_span
        }
        return {chat: state.free_at - now for chat, state in self._chats.items() if state.free_at > now}

    @property
    def held_for(self) -> float:
        """The seconds for which Telegram wants nothing from this token."""
        return max(0.0, self._held_until - _now())

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,  # noqa: ARG002 - the library's interface
    ) -> Any:
        """Wait for the request's turn, make it, and remember when it was answered."""
        chat = _paced_chat(endpoint, data)
        with self._pulse.timed(Span.LIMITED):
            if chat is not None:
                await self._chat_turn(chat)
            await self._turn(is_urgent=endpoint in _URGENT)
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as error:
            self._pulse.count(Event.TOO_MANY)
            self._held_until = max(self._held_until, _now() + _seconds(error) + _PROMPT)
            raise
        finally:
            if chat is not None:
                self._note(chat)

    async def _chat_turn(self, chat: int) -> None:
        state = self._chat(chat)
        while (wait := state.free_at - _now()) > 0:  # noqa: ASYNC110 - it sleeps until a known time
            await asyncio.sleep(wait)
        state.free_at = _now() + self._pace.chat_pause  # taken; the answer moves it on

    async def _turn(self, *, is_urgent: bool) -> None:
        while True:
            at = max(_now(), self._held_until, 0.0 if is_urgent else self._next)
            if not is_urgent:
                self._next = at + 1 / self._pace.overall
            await asyncio.sleep(at - _now())
            if self._held_until <= _now():
                return

    def _chat(self, chat: int) -> _Chat:
        return self._chats.setdefault(chat, _Chat(deque(maxlen=self._pace.group_share)))

    def _note(self, chat: int) -> None:
        # From the answer on: a request may be slow to arrive, and the next one must not catch up with it.
        state, now = self._chat(chat), _now()
        state.sent.append(now)
        state.free_at = now + self._pace.chat_pause
        if chat < 0 and len(state.sent) == self._pace.group_share:
            state.free_at = max(state.free_at, state.sent[0] + self._pace.group_span)


def _paced_chat(endpoint: str, data: dict[str, Any]) -> int | None:
    """Return the chat in which a request shows something."""
    chat = data.get("chat_id")
    return chat if isinstance(chat, int) and endpoint != "sendChatAction" and not endpoint.startswith("get") else None


def _now() -> float:
    return asyncio.get_running_loop().time()


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()
