"""An event loop whose clock jumps ahead whenever nothing is left to do, so that waiting costs no time."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class _JumpingSelector(selectors.DefaultSelector):
    """Where the loop would sleep, the time has passed already."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            return super().select(None)
        events = super().select(0)
        if not events:
            self.now += max(0.0, timeout)
        return events


class JumpingLoop(asyncio.SelectorEventLoop):
    """A loop that begins at 0 seconds; only for tests that wait for nothing but this clock: no threads, no sockets."""

    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now


def played(story: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Return what a coroutine function returns, its waits jumped over."""
    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        return runner.run(story())
