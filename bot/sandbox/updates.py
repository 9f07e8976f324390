"""The queue of updates, with Telegram's rules of confirmation."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

# Everything but the last three is delivered unless the bot asks otherwise (Bot API, getUpdates, allowed_updates).
KINDS: Final = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "chat_member",
    "message_reaction",
    "message_reaction_count",
)
_DEFAULT: Final = frozenset(KINDS[:-3])
_EPOCH: Final = 1_700_000_000


def _first_id() -> int:
    """Return an id above those of any earlier sandbox: a bot that keeps its database would take old ones for known."""
    return max(1, int(time.time()) - _EPOCH) * 8


@dataclass(slots=True)
class UpdateQueue:
    """Updates stay until a later offset confirms them; what is not allowed when it happens is never queued."""

    allowed: frozenset[str] = _DEFAULT
    pending: list[dict[str, Any]] = field(default_factory=list)
    next_id: int = field(default_factory=_first_id)

    def put(self, update: dict[str, Any]) -> int | None:
        """Queue an update and return its id, or None if the bot did not ask for its kind; a given id is kept."""
        if not (update.keys() - {"update_id"}) & self.allowed and update.keys() & set(KINDS):
            return None
        update_id = int(update.get("update_id", self.next_id))
        self.pending.append({"update_id": update_id} | update | {"update_id": update_id})
        self.next_id = max(self.next_id, update_id + 1)
        return update_id

    def allow(self, kinds: Sequence[str]) -> None:
        """Remember what the bot wants to hear of; nothing named means the default."""
        self.allowed = frozenset(kind for kind in kinds if kind in KINDS) or _DEFAULT

    def confirm(self, offset: int) -> None:
        """Forget the updates before an offset; a negative one keeps only so many from the end."""
        if offset < 0:
            del self.pending[:offset]
        else:
            self.pending = [update for update in self.pending if update["update_id"] >= offset]

    def first(self, limit: int) -> list[dict[str, Any]]:
        """Return the earliest unconfirmed updates, without confirming them."""
        return self.pending[:limit]
