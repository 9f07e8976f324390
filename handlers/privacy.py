"""What is held on a reader: /privacy, and /forget with its buttons."""

import contextlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from telegram import Update
from telegram.error import TelegramError

from bot.domain.delivery import Button, Page
from bot.ports import Clock
from bot.services.forget import Forget, Forgotten
from bot.telegram.language import Language
from bot.telegram.render import note
from handlers import rights_texts as texts
from handlers.request import Request

FORGET, KEEP = r"^forget:\d{1,17}\Z", "keep:"
_START = datetime(1970, 1, 1, tzinfo=UTC)


async def privacy(request: Request) -> Sequence[Page]:
    """/privacy."""
    return _told(request.language)


async def privacy_of_strangers(_: Update, language: Language) -> Sequence[Page]:
    """/privacy, for who asks before anything is held."""
    return _told(language)


def _told(language: Language) -> Sequence[Page]:
    return [Page(note(texts.privacy(language), language))]


async def ask(clock: Clock, request: Request) -> Sequence[Page]:
    """/forget: ask first. The button carries when, so that it is no answer to a question that it did not ask."""
    language, asked_at = request.language, (clock() - _START) // timedelta(microseconds=1)
    buttons = (
        (Button(texts.yes_forget(language), payload=f"forget:{asked_at}"),),
        (Button(texts.no_keep(language), payload=KEEP),),
    )
    return [Page(note(texts.forget_all(language, is_private=request.is_private), language), buttons)]


async def press(forget: Forget, request: Request) -> Sequence[Page]:
    """Forget whoever confirms it, once; say where the question was what came of it."""
    query, asker, language = request.update.callback_query, request.subscriber, request.language
    if query is None or query.message is None:
        return ()
    asked_at = _START + timedelta(microseconds=int((query.data or "").partition(":")[2]))
    came = await forget(asker.chat_id, asker.thread_id, asked_at)
    said = texts.late(language) if came is Forgotten.LATE else texts.forgotten(language)
    return await _answered(request.update, said, language)


async def keep(request: Request) -> Sequence[Page]:
    """Forget nothing."""
    return await _answered(request.update, texts.kept(request.language), request.language)


async def nothing(update: Update, language: Language) -> Sequence[Page]:
    """Answer somebody on whom nothing is held; a second press finds that all is gone."""
    if update.callback_query is None:
        return [Page(note(texts.nothing_held(language), language))]
    return await _answered(update, texts.forgotten(language), language)


async def _answered(update: Update, said: str, language: Language) -> Sequence[Page]:
    query = update.callback_query
    if query is None or query.message is None:
        return ()
    with contextlib.suppress(TelegramError):  # only a courtesy: what is forgotten is not handled again
        await query.answer()
    return [Page(note(said, language), edits=query.message.message_id)]
