"""Name editors, and dismiss them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.delivery import Page
from bot.domain.editor import MOST_EDITORS, Editor
from bot.domain.subscriber import Standing
from bot.ports import Clock, Editors, Newsroom, Subscribers


class Appointment(StrEnum):
    """What naming somebody came to."""

    NAMED = "named"
    ALREADY = "already"
    OWNER = "owner"  # always an editor
    TOO_MANY = "too many"


@dataclass(frozen=True, slots=True)
class Appointed:
    """The outcome, and whether the person can be written to: nobody can who never started the bot or blocked it."""

    outcome: Appointment
    is_reachable: bool


@dataclass(frozen=True, slots=True)
class Appoint:
    """Let a person be an editor; they are told."""

    editors: Editors
    subscribers: Subscribers
    newsroom: Newsroom
    clock: Clock
    owners: Collection[int]

    async def __call__(self, user_id: int, name: str, owner_id: int) -> Appointed:
        """Return what came of it."""
        person = await self.subscribers.find(user_id)
        is_reachable = person is not None and person.standing is Standing.ACTIVE
        notice = self.newsroom.named(person.language) if person and is_reachable else None
        return Appointed(await self._outcome(Editor(user_id, name, owner_id, self.clock()), notice), is_reachable)

    async def _outcome(self, editor: Editor, notice: Page | None) -> Appointment:
        if editor.user_id in self.owners:
            return Appointment.OWNER
        if len(await self.editors.all()) >= MOST_EDITORS and not await self.editors.is_one(editor.user_id):
            return Appointment.TOO_MANY
        return Appointment.NAMED if await self.editors.name(editor, notice) else Appointment.ALREADY

    async def all(self) -> Sequence[Editor]:
        """Return the editors, the longest standing first; owners are not among them."""
        return await self.editors.all()


@dataclass(frozen=True, slots=True)
class Dismiss:
    """Let a person be an editor no longer; they are told."""

    editors: Editors
    subscribers: Subscribers
    newsroom: Newsroom
    clock: Clock

    async def __call__(self, user_id: int) -> Editor | None:
        """Return who it was, None if they were no editor."""
        person = await self.subscribers.find(user_id)
        notice = self.newsroom.dismissed(person.language) if person else None
        return await self.editors.dismiss(user_id, notice, self.clock())
