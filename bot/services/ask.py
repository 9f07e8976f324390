"""Ask editors about what readers sent."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.delivery import Page
from bot.domain.submission import LATELY, Asked, room
from bot.domain.subscriber import Standing
from bot.ports import Clock, Editors, Newsroom, Submissions, Subscribers

_BATCH = 50


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask every editor about what waits, and take the buttons from what is settled; safe to run again."""

    submissions: Submissions
    editors: Editors
    subscribers: Subscribers
    newsroom: Newsroom
    clock: Clock
    owners: Collection[int]

    async def __call__(self) -> int:
        """Return how many pages there are to send."""
        planned = await self._closed()
        if await self.submissions.count():
            ids = dict.fromkeys((*sorted(self.owners), *(editor.user_id for editor in await self.editors.all())))
            for user_id in ids:
                planned += await self._asked(user_id)
        return planned

    async def _asked(self, user_id: int) -> int:
        editor = await self.subscribers.find(user_id)
        if editor is None or editor.standing is not Standing.ACTIVE:
            return 0
        now = self.clock()
        free = room(*await self.submissions.asked(editor.chat_id, now - LATELY))
        found = await self.submissions.unasked(editor.chat_id, free + 1) if free else ()
        planned = 0
        for place, submission in enumerate(found[:free], start=1):
            page = self.newsroom.ask(submission, editor.language, is_last=place == free and len(found) > free)
            planned += await self.submissions.ask(submission.article.fingerprint, editor.chat_id, page, now)
        return planned

    async def _closed(self) -> int:
        settled = await self.submissions.closable(_BATCH)
        for asked in settled:
            page = await self._closing(asked)
            await self.submissions.close(asked.submission.article.fingerprint, asked.chat_id, page, self.clock())
        return len(settled)

    async def _closing(self, asked: Asked) -> Page | None:
        """Return what takes the place of a question, None where it never arrived."""
        editor = await self.subscribers.find(asked.chat_id)
        if editor is None or asked.message_id is None:
            return None
        return self.newsroom.closed(asked.submission, editor.language, asked.message_id)
