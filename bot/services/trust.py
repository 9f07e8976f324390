"""Know whose articles reach everyone."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.ports import Editors


class NotAnEditor(Exception):
    """Someone who is no editor, or no longer, wanted to do what editors do."""


@dataclass(frozen=True, slots=True)
class Trust:
    """Tell if a person may put articles before everyone: an owner always, an editor while they are one."""

    editors: Editors
    owners: Collection[int]

    async def __call__(self, user_id: int) -> bool:
        """Tell it as it is now; nothing is remembered that a dismissal would have to undo."""
        return user_id in self.owners or await self.editors.is_one(user_id)

    async def demand(self, user_id: int) -> None:
        """Raise NotAnEditor unless they may."""
        if not await self(user_id):
            raise NotAnEditor
