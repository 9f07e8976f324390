"""A reader who blocks the bot wants nothing more from it."""

from collections.abc import Sequence

from telegram import ChatMember

from bot.domain.delivery import Page
from bot.ports import Subscribers
from handlers.request import Request


async def membership(subscribers: Subscribers, request: Request) -> Sequence[Page]:
    """Pause who blocked us; who unblocks us is active again by having come here."""
    changed = request.update.my_chat_member
    if changed and changed.new_chat_member.status in {ChatMember.BANNED, ChatMember.LEFT}:
        await subscribers.pause(request.subscriber.chat_id)
    return ()
