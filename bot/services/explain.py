"""Say why a story was shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.digest import Explanation
from bot.domain.sheet import Sheet
from bot.ports import Deliveries


@dataclass(frozen=True, slots=True)
class Explain:
    """Explain the stories of one page of a digest."""

    deliveries: Deliveries

    async def __call__(self, sheet: Sheet) -> Sequence[Explanation]:
        """Return an explanation a story; none if the message is no page of a digest."""
        return await self.deliveries.explanations(sheet)
