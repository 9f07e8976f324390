"""Mend what is told as one story: /split and /join in answer to an article, and the buttons under the latter."""

from collections.abc import Sequence

from bot.domain.delivery import Button, Page
from bot.ports import Parts
from bot.services.join import Compare, Join, Likenesses
from bot.services.split import Split
from bot.services.trust import NotAnEditor
from bot.telegram.render import note
from handlers import newsroom_texts, texts
from handlers.callbacks import joining_of, joining_payload
from handlers.failures import stale_ignored
from handlers.keyboards import numbered
from handlers.reading import receipt_answered
from handlers.request import Request


async def split(separate: Split, parts: Parts, request: Request) -> Sequence[Page]:
    """/split in answer to an article."""
    language = request.language
    try:
        separated = await separate(await receipt_answered(request.message, parts), request.user_id)
    except NotAnEditor:
        return [Page(note(texts.unknown_command(language), language))]
    return [Page(note(newsroom_texts.separated(separated, language), language))]


async def join(compare: Compare, parts: Parts, request: Request) -> Sequence[Page]:
    """/join in answer to an article: offer the stories that are like its own."""
    language = request.language
    try:
        found = await compare(await receipt_answered(request.message, parts), request.user_id)
    except NotAnEditor:
        return [Page(note(texts.unknown_command(language), language))]
    return [Page(note(newsroom_texts.alike(found, language), language), _buttons(found))]


def _buttons(found: Likenesses | None) -> tuple[tuple[Button, ...], ...]:
    if found is None:
        return ()
    payloads = [joining_payload(found.article.fingerprint, other.fingerprint) for other in found.others]
    return numbered([other.title for other in found.others], payloads)


async def press(end: Join, request: Request) -> Sequence[Page]:
    """Join two stories, once; the list gives way to what came of it."""
    query, language = request.update.callback_query, request.language
    if query is None or query.message is None:
        return ()
    pressed = joining_of(query.data or "")
    try:
        joined = await end(pressed.fingerprint, pressed.to, request.user_id)
    except NotAnEditor:
        with stale_ignored():
            await query.answer(newsroom_texts.only_editors(language))
        return ()
    with stale_ignored():
        await query.answer(newsroom_texts.pressed_join(joined, language))
    return [Page(note(newsroom_texts.joined(joined, language), language), edits=query.message.message_id)]
