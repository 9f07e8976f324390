"""Know what the bot can do: /help."""

from collections.abc import Sequence

from bot.domain.delivery import Page
from bot.services.trust import Trust
from bot.telegram.render import note
from handlers import feeds_texts, newsroom_texts, texts
from handlers.request import Request


async def help_(trust: Trust, request: Request) -> Sequence[Page]:
    """Say what can be done, and what editors and owners can do besides."""
    language, parts = request.language, [texts.help_(request.language)]
    if await trust(request.user_id):
        parts.append("\n".join([newsroom_texts.help_for_editors(language), feeds_texts.help_(language)]))
    if request.user_id in trust.owners:
        parts.append(newsroom_texts.help_for_owners(language))
    return [Page(note("\n\n".join(parts), language))]


async def unknown_command(request: Request) -> Sequence[Page]:
    """Refuse a command that does not exist."""
    return [Page(note(texts.unknown_command(request.language), request.language))]
