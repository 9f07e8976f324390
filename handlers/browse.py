"""Read now, read on, and ask why: /digest and the buttons under it."""

import contextlib
from collections.abc import Sequence

from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.domain.delivery import Page
from bot.services.browse import Browse
from bot.services.explain import Explain
from bot.services.more import More, NothingMore
from bot.services.plan import Plan
from bot.telegram.render import note
from handlers import digest_texts, texts
from handlers.keyboards import offers
from handlers.request import Request
from handlers.sheets import pressed_sheet, told


async def digest(plan: Plan, browse: Browse, request: Request) -> Sequence[Page]:
    """/digest."""
    language = request.language
    if not await browse.followed(request.subscriber):
        popular = await browse.popular(request.subscriber)
        return [Page(note(texts.no_topics(language), language), offers(popular, language))]
    with contextlib.suppress(TelegramError):  # only a courtesy
        thread_id = request.subscriber.thread_id or None
        await request.message.chat.send_action(ChatAction.TYPING, message_thread_id=thread_id)
    if await plan.now(request.subscriber, str(request.update.update_id)):
        return ()
    return [Page(note(texts.no_news(request.subscriber, language), language))]


async def why(explain: Explain, request: Request) -> Sequence[Page]:
    """Say why each story of a page was sent."""
    sheet, language = pressed_sheet(request), request.language
    explanations = await explain(sheet) if sheet else ()
    if explanations and not request.is_private:
        await told(request, _short("\n\n".join(digest_texts.why(explanations, language))), is_alert=True)
        return ()
    await told(request, None if explanations else digest_texts.stale(language))
    return [Page(note(text, language), is_quiet=True) for text in digest_texts.why(explanations, language)]


def _short(text: str) -> str:
    """Return as much of a text as one sees who presses a button, and nobody else."""
    return text if len(text) <= _MOST_ANSWERED else text[: _MOST_ANSWERED - 1].rstrip() + "…"


_MOST_ANSWERED = 200  # characters; what Telegram allows


async def more(show: More, request: Request) -> Sequence[Page]:
    """Turn to what a digest left out, or back."""
    sheet, language = pressed_sheet(request), request.language
    if sheet is None:
        return ()
    try:
        page = await show(request.subscriber, sheet, str(request.update.update_id))
    except NothingMore:
        await told(request, digest_texts.nothing_more(language))
        return ()
    await told(request, None if page else digest_texts.turned(language))
    return [page] if page else ()
