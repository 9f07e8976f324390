"""Read now, and ask why: /digest and the button under it."""

import contextlib
from collections.abc import Sequence

from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.domain.delivery import Page
from bot.services.browse import Browse
from bot.services.explain import Explain
from bot.services.plan import Plan
from bot.telegram.render import note
from handlers import texts
from handlers.failures import stale_ignored
from handlers.keyboards import offers
from handlers.request import Request


async def digest(plan: Plan, browse: Browse, request: Request) -> Sequence[Page]:
    """/digest."""
    language = request.language
    if not await browse.followed(request.subscriber):
        popular = await browse.popular(request.subscriber)
        return [Page(note(texts.no_topics(language), language), offers(popular))]
    with contextlib.suppress(TelegramError):  # only a courtesy
        thread_id = request.subscriber.thread_id or None
        await request.message.chat.send_action(ChatAction.TYPING, message_thread_id=thread_id)
    if await plan.now(request.subscriber, str(request.update.update_id)):
        return ()
    return [Page(note(texts.no_news(request.subscriber, language), language))]


async def why(explain: Explain, request: Request) -> Sequence[Page]:
    """Say why each story of a page was sent."""
    query, language = request.update.callback_query, request.language
    if query is None or query.message is None:
        return ()
    explanations = await explain(request.subscriber, query.message.message_id)
    if explanations and not request.is_private:
        with stale_ignored():
            await query.answer(_short(texts.why(explanations, language)), show_alert=True)
        return ()
    with stale_ignored():
        await query.answer(None if explanations else texts.stale(language))
    return [Page(note(texts.why(explanations, language), language))] if explanations else ()


def _short(text: str) -> str:
    """Return as much of a text as one sees who presses a button, and nobody else."""
    return text if len(text) <= _MOST_ANSWERED else text[: _MOST_ANSWERED - 1].rstrip() + "…"


_MOST_ANSWERED = 200  # characters; what Telegram allows
