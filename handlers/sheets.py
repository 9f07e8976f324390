"""Which page of which message a button under a digest is about."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot.domain.delivery import Button, Page
from bot.domain.sheet import Action, Sheet
from bot.ports import Deliveries
from bot.telegram.language import Language
from bot.telegram.sender import keyboard
from handlers import digest_texts
from handlers.digest_callbacks import sheet_of, sheet_payload
from handlers.failures import stale_ignored
from handlers.request import Request

Rows = tuple[tuple[Button, ...], ...]


def pressed_sheet(request: Request) -> Sheet | None:
    """Return the sheet that a press is about; None if the message is too old for Telegram to name it."""
    query = request.update.callback_query
    if query is None or query.message is None:
        return None
    return Sheet(request.subscriber.chat_id, query.message.message_id, sheet_of(query.data))


async def back(deliveries: Deliveries, request: Request) -> Sequence[Page]:
    """Put a page's own buttons under it again."""
    sheet = pressed_sheet(request)
    page = await deliveries.sheet(sheet) if sheet else None
    await told(request, None if page else digest_texts.stale(request.language))
    if page:
        await redrawn(request, page.buttons)
    return ()


def back_row(sheet: Sheet, language: Language) -> tuple[Button, ...]:
    """Return the row that does so."""
    return (Button(language.say("رجوع"), payload=sheet_payload(Action.BACK, sheet.number)),)


async def told(request: Request, text: str | None, *, is_alert: bool = False) -> None:
    """Answer a press, with a notice or without."""
    query = request.update.callback_query
    if query is not None:
        with stale_ignored():
            await query.answer(text, show_alert=is_alert)


async def redrawn(request: Request, rows: Rows) -> None:
    """Put other buttons under the message whose button was pressed."""
    query = request.update.callback_query
    if query is not None:
        with stale_ignored():
            await query.edit_message_reply_markup(keyboard(rows) or InlineKeyboardMarkup([]))
