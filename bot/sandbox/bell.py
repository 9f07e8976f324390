"""A bell that wakes everyone who waits for the world to change."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

Found = TypeVar("Found")


@dataclass(slots=True)
class Bell:
    """Long polls hang on it; a closed bell lets nobody wait any more."""

    is_closed: bool = False
    _waiting: set[asyncio.Future[None]] = field(default_factory=set)

    @property
    def is_awaited(self) -> bool:
        """Whether somebody hangs on it now."""
        return bool(self._waiting)

    async def until(self, found: Callable[[], Found], seconds: float) -> Found:
        """Return what `found` returns as soon as that is true, or whatever it returns when the seconds are over."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while not (result := found()) and not self.is_closed and loop.time() < deadline:
            await self._heard(deadline)
        return result

    def ring(self) -> None:
        """Wake everyone, so that each looks again whether what it waits for is there."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)

    def close(self) -> None:
        """Wake everyone for the last time."""
        self.is_closed = True
        self.ring()

    async def _heard(self, deadline: float) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout_at(deadline):
                    await future
        finally:
            self._waiting.discard(future)
