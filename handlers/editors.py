"""Name editors and dismiss them: /editors, for owners."""

import contextlib
from collections.abc import Collection, Sequence

from telegram.error import TelegramError

from bot.domain.delivery import Button, Page
from bot.domain.editor import Editor
from bot.services.appoint import Appoint, Dismiss
from bot.telegram.language import Language
from bot.telegram.render import note
from handlers import newsroom_texts as texts
from handlers.callbacks import dismissal_of, dismissal_payload
from handlers.failures import stale_ignored
from handlers.nominee import Nominee, Unclear, nominee_of
from handlers.request import Request

_LONGEST_LABEL = 40


async def editors(appoint: Appoint, request: Request) -> Sequence[Page]:
    """/editors, /editors NUMBER, or /editors in answer to somebody's forwarded message."""
    language = request.language
    match nominee_of(request.message):
        case Unclear.NOBODY:
            return [_listed(await appoint.all(), language)]
        case Unclear() as why:
            return [Page(note(texts.unclear(why, language), language))]
        case Nominee() as nominee:
            name = nominee.name or await _name(nominee.user_id, request)
            result = await appoint(nominee.user_id, name, request.user_id)
            return [Page(note(texts.appointed(result, name, language), language))]


async def dismiss(owners: Collection[int], appoint: Appoint, end: Dismiss, request: Request) -> Sequence[Page]:
    """Dismiss whom a button names; the list is shown anew in its place."""
    query, language = request.update.callback_query, request.language
    if query is None or query.message is None:
        return ()
    if request.user_id not in owners:
        with stale_ignored():
            await query.answer(texts.only_owners(language))
        return ()
    gone = await end(dismissal_of(query.data or ""))
    with stale_ignored():
        await query.answer(texts.dismissed(gone, language))
    return [_listed(await appoint.all(), language, query.message.message_id)]


def _listed(found: Sequence[Editor], language: Language, edits: int | None = None) -> Page:
    return Page(note(texts.editors(found, language), language), tuple(map(_button, found)), edits=edits)


def _button(editor: Editor) -> tuple[Button, ...]:
    name = editor.name if len(editor.name) <= _LONGEST_LABEL else editor.name[: _LONGEST_LABEL - 1] + "…"
    return (Button(f"✕ {name}", payload=dismissal_payload(editor.user_id)),)


async def _name(user_id: int, request: Request) -> str:
    """Return a person's name if Telegram tells it, and it does of those who started the bot; else the number."""
    with contextlib.suppress(TelegramError):
        return (await request.message.get_bot().get_chat(user_id)).full_name or str(user_id)
    return str(user_id)
