"""Stories on cards, and those that a reader saves: /saved and the buttons."""

from collections.abc import Sequence

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.delivery import Button, Page
from bot.services.save import Save, Shelf
from bot.services.search import PAGE
from bot.telegram.cards import story_card, story_list
from handlers import archive_texts
from handlers.archive_buttons import keeping, opening, removing, rows, turning
from handlers.archive_payloads import is_saving, numbers_of, shelf_page_payload
from handlers.failures import stale_ignored
from handlers.request import Request


async def open_(save: Save, request: Request) -> Sequence[Page]:
    """Show a story below the list whose button was pressed."""
    query, language = request.update.callback_query, request.language
    if query is None:
        return ()
    (story_id,) = numbers_of(query.data or "")
    found = await save.story(request.subscriber, story_id)
    with stale_ignored():
        await query.answer(None if found else archive_texts.gone(language))
    if found is None:
        return ()
    story, is_saved = found
    text = story_card(story, request.subscriber.schedule.zone, language)
    return [Page(text, ((keeping(story_id, language, is_saved=is_saved),),))]


async def press(save: Save, request: Request) -> Sequence[Page]:
    """Save a story or let it go; pressed again it changes nothing."""
    query, language = request.update.callback_query, request.language
    if query is None:
        return ()
    (story_id,) = numbers_of(query.data or "")
    is_saved = is_saving(query.data or "")
    if not is_saved:
        await save.undo(request.subscriber, story_id)
    elif not await save(request.subscriber, story_id):
        with stale_ignored():
            await query.answer(archive_texts.gone(language))
        return ()
    with stale_ignored():
        await query.answer(archive_texts.pressed_keep(language) if is_saved else archive_texts.pressed_let_go(language))
    markup = getattr(query.message, "reply_markup", None)  # a message too old to be given has none
    if isinstance(markup, InlineKeyboardMarkup):
        with stale_ignored():
            await query.edit_message_reply_markup(
                _redrawn(markup, query, keeping(story_id, language, is_saved=is_saved))
            )
    return ()


def _redrawn(markup: InlineKeyboardMarkup, query: CallbackQuery, button: Button) -> InlineKeyboardMarkup:
    """Return the message's buttons with this one in place of the one that was pressed."""
    new = InlineKeyboardButton(button.label, callback_data=button.payload)
    return InlineKeyboardMarkup(
        [[new if each.callback_data == query.data else each for each in row] for row in markup.inline_keyboard]
    )


async def saved(save: Save, request: Request) -> Sequence[Page]:
    """List what is saved: /saved."""
    return [_page(await save.shelf(request.subscriber), request)]


async def turn(save: Save, request: Request) -> Sequence[Page]:
    """Show another page of what is saved, in the message whose button was pressed."""
    query = request.update.callback_query
    if query is None or query.message is None:
        return ()
    (page,) = numbers_of(query.data or "")
    with stale_ignored():
        await query.answer()
    return [_page(await save.shelf(request.subscriber, page), request, query.message.message_id)]


async def remove(save: Save, request: Request) -> Sequence[Page]:
    """Remove a story from what is saved, and show what is left."""
    query = request.update.callback_query
    if query is None or query.message is None:
        return ()
    story_id, page = numbers_of(query.data or "")
    await save.undo(request.subscriber, story_id)
    with stale_ignored():
        await query.answer(archive_texts.pressed_let_go(request.language))
    return [_page(await save.shelf(request.subscriber, page), request, query.message.message_id)]


def _page(shelf: Shelf, request: Request, edits: int | None = None) -> Page:
    language, first = request.language, shelf.page * PAGE + 1
    head = archive_texts.saved(len(shelf.hits), language)
    text = story_list(head, shelf.hits, first, request.subscriber.schedule.zone, language)
    turns = turning(shelf.page, shelf_page_payload, language, has_more=shelf.has_more)
    removals = removing(shelf.hits, first, shelf.page, language)
    return Page(text, rows(opening(shelf.hits, first, language), removals, turns), edits=edits)
