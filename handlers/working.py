"""While an answer takes its time, the chat shows that somebody is at it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from bot.domain.delivery import Page
from handlers.request import Feature, Request

Show = Callable[[int], AbstractAsyncContextManager[None]]


@dataclass(frozen=True, slots=True)
class Shows:
    """What shows progress in a chat while links and feeds are read, and while files are."""

    links: Show
    files: Show


def working(show: Show, feature: Feature) -> Feature:
    """Return a feature that shows progress in the chat until it has its answer."""

    async def shown(request: Request) -> Sequence[Page]:
        async with show(request.message.chat_id):
            return await feature(request)

    return shown
