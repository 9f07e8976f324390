"""Meet the bot: /start and /help."""

from collections.abc import Sequence

from bot.domain.delivery import Page
from bot.services.browse import Browse
from bot.telegram.render import note
from handlers import texts
from handlers.keyboards import offers
from handlers.request import Request


async def start(browse: Browse, request: Request) -> Sequence[Page]:
    """Say what this is and offer the first topics."""
    popular = await browse.popular(request.subscriber)
    return [Page(note(texts.start(request.subscriber, request.language), request.language), offers(popular))]


async def help_(request: Request) -> Sequence[Page]:
    """Say what can be done."""
    return [Page(note(texts.help_(request.language), request.language))]


async def unknown_command(request: Request) -> Sequence[Page]:
    """Refuse a command that does not exist."""
    return [Page(note(texts.unknown_command(request.language), request.language))]
