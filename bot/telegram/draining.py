"""Tasks that are told to stop, and when they have to."""

import asyncio
from collections.abc import Iterable

_DRAIN = 7.0  # seconds; whoever stops us waits ten


async def drained(tasks: Iterable["asyncio.Task[None]"]) -> None:
    """Let tasks end, and cancel those that take too long: what they had in hand is still marked as that."""
    if left := list(tasks):
        _, late = await asyncio.wait(left, timeout=_DRAIN)
        for task in late:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
