"""Articles that come as files."""

from collections.abc import Sequence

from bot.domain.delivery import Page
from bot.domain.limits import Exhausted
from bot.domain.unread import Unread
from bot.services.attach import Attach, File
from bot.services.collect import Collected, NotAnArticle
from bot.telegram.render import note
from handlers import obstacles, texts
from handlers.articles import card_of
from handlers.desk import Desk
from handlers.reading import draft_from, file_of, is_trusted
from handlers.request import Request


async def document(attach: Attach, desk: Desk, request: Request) -> Sequence[Page]:
    """Read a file and answer with what was understood."""
    file = file_of(request.message)
    draft = draft_from(request.message, is_trusted=await is_trusted(request.message, desk.is_editor))
    match await attach(file, draft, request.subscriber):
        case Collected() as result:
            return [await card_of(desk, result, request)]
        case Unread(reason):
            return [_note(obstacles.unread(_named(file, request), reason, request.language), request)]
        case NotAnArticle(why):
            return [_note(obstacles.no_article(_named(file, request), why, request.language), request)]
        case Exhausted() as limit:
            return [_note(obstacles.exhausted(limit, request.subscriber, request.language), request)]


def _named(file: File, request: Request) -> str:
    return file.name or texts.the_file(request.language)


def _note(text: str, request: Request) -> Page:
    return Page(note(text, request.language))
