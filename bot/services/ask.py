"""Ask editors about what readers sent."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

from bot.domain.delivery import Page
from bot.domain.submission import LATELY, Asked, room
from bot.domain.subscriber import Standing
from bot.ports import Clock, Editors, Newsroom, Submissions, Subscribers

_BATCH = 50


@dataclass(frozen=True, slots=True)
class AskedAround:
    """How many pages there are to send, and what failed."""

    planned: int
    failures: tuple[Exception, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask every editor about what waits, and take the buttons from what is settled; safe to run again."""

    submissions: Submissions
    editors: Editors
    subscribers: Subscribers
    newsroom: Newsroom
    clock: Clock
    owners: Collection[int]

    async def __call__(self) -> AskedAround:
        """Do what can be done now; one failure is told and holds nobody else up."""
        planned, failures = 0, list[Exception]()
        steps = [partial(self._closed, asked) for asked in await self.submissions.closable(_BATCH)]
        if await self.submissions.count():
            steps += [partial(self._asked, user_id) for user_id in await self._everyone()]
        for step in steps:
            try:
                planned += await step()
            except Exception as error:  # noqa: BLE001 - one bad row must not starve the rest
                failures.append(error)
        return AskedAround(planned, tuple(failures))

    async def _everyone(self) -> Collection[int]:
        return dict.fromkeys((*sorted(self.owners), *(editor.user_id for editor in await self.editors.all())))

    async def _asked(self, user_id: int) -> int:
        editor = await self.subscribers.find(user_id)
        if editor is None or editor.standing is not Standing.ACTIVE:
            return 0
        now = self.clock()
        free = room(*await self.submissions.asked(editor.chat_id, now - LATELY))
        found = await self.submissions.unasked(editor.chat_id, free) if free else ()
        planned = 0
        for place, submission in enumerate(found, start=1):
            page = self.newsroom.ask(submission, editor.language, is_last=place == free)
            planned += await self.submissions.ask(submission.article.fingerprint, editor.chat_id, page, now)
        return planned

    async def _closed(self, asked: Asked) -> int:
        page = await self._closing(asked)
        await self.submissions.close(asked.submission.article.fingerprint, asked.chat_id, page, self.clock())
        return int(page is not None)

    async def _closing(self, asked: Asked) -> Page | None:
        """Return what takes the place of a question, None where it never arrived."""
        editor = await self.subscribers.find(asked.chat_id)
        if editor is None or asked.message_id is None:
            return None
        return self.newsroom.closed(asked.submission, editor.language, asked.message_id)
