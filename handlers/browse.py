"""Read now: /digest."""

import contextlib
from collections.abc import Sequence

from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.domain.delivery import Page
from bot.services.browse import Browse
from bot.services.plan import Plan
from bot.telegram.render import note
from handlers import texts
from handlers.keyboards import offers
from handlers.request import Request


async def digest(plan: Plan, browse: Browse, request: Request) -> Sequence[Page]:
    """/digest."""
    language = request.language
    if not await browse.followed(request.subscriber):
        popular = await browse.popular(request.subscriber)
        return [Page(note(texts.no_topics(language), language), offers(popular))]
    with contextlib.suppress(TelegramError):  # only a courtesy
        await request.message.chat.send_action(ChatAction.TYPING)
    if await plan.now(request.subscriber, str(request.update.update_id)):
        return ()
    return [Page(note(texts.no_news(request.subscriber, language), language))]
