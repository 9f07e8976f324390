"""What only editors can do."""

from collections.abc import Sequence

from bot.domain.delivery import Page
from bot.ports import IsEditor
from bot.telegram.render import note
from handlers import newsroom_texts, texts
from handlers.failures import stale_ignored
from handlers.request import Feature, Request


async def refused(request: Request) -> Sequence[Page]:
    """Answer somebody who is no editor: for them there is no such command, and a button has lost its power."""
    query = request.update.callback_query
    if query is None:
        return [Page(note(texts.unknown_command(request.language), request.language))]
    with stale_ignored():
        await query.answer(newsroom_texts.only_editors(request.language))
    return ()


def for_editors(is_editor: IsEditor, feature: Feature, otherwise: Feature = refused) -> Feature:
    """Return a feature for editors, as they are now; anybody else gets the other one."""

    async def checked(request: Request) -> Sequence[Page]:
        return await (feature if await is_editor(request.user_id) else otherwise)(request)

    return checked
