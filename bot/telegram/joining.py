"""From raw updates to one that holds a text whole: its parts, those handled before, and what was edited since."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.delivery import Page
from bot.ports import Clock, Parts
from bot.telegram.bundles import as_edit, continues, is_edit, may_go_on, merged, message_of
from bot.telegram.pasted import without_marks

Raw = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Joining:
    """Hands on one update for the updates of a bundle.

    A part that comes after its text was handled, and the edit of a part, are handed on as an edit of the first
    message, with the whole text as it is now.
    """

    parts: Parts
    handle: Callable[[Raw], Awaitable[Sequence[Page]]]
    clock: Clock

    async def __call__(self, run: Sequence[Raw]) -> Sequence[Page]:
        """Return the pages that answer updates of one chat that belong together."""
        return await self.handle(without_marks(await self._whole(run)))

    async def _whole(self, run: Sequence[Raw]) -> Raw:
        messages = _by_id(run)
        chat_id = _chat_of(next(iter(messages.values()), {}))
        if chat_id is None or len(messages) != len(run):
            return run[0]
        number, message = next(iter(messages.items()))
        if is_edit(run[0]):
            known = await self.parts.last(chat_id, number)
            earlier = known if number in known else {}
        else:
            known = await self.parts.last(chat_id, number - 1)
            before = {each: body for each, body in known.items() if each < number}  # a crash may have kept this one too
            earlier = before if before and continues(list(before.values())[-1], message) else {}
        whole = dict(sorted({**earlier, **messages}.items()))
        if len(whole) > 1 or may_go_on(message):
            await self.parts.keep(chat_id, whole, self.clock())
        joined = merged(list(whole.values()))
        if earlier:
            return as_edit(run[0], joined)
        kind, _ = message_of(run[0]) or ("message", {})
        return run[0] | {kind: joined}


def _by_id(run: Sequence[Raw]) -> Mapping[int, Raw]:
    """Return the messages of updates by their ids, without those that are none."""
    found = [message for _, message in filter(None, map(message_of, run))]
    numbered = {message["message_id"]: message for message in found if _is_id(message.get("message_id"))}
    return dict(sorted(numbered.items()))


def _chat_of(message: Raw) -> int | None:
    chat = message.get("chat")
    number = chat.get("id") if isinstance(chat, dict) else None
    return number if isinstance(number, int) and _is_id(abs(number)) else None


def _is_id(number: Any) -> bool:
    return isinstance(number, int) and 0 < number < _ID_LIMIT


_ID_LIMIT = 2**63  # what a column holds
