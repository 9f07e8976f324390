"""Articles that somebody forwards or pastes."""

from collections.abc import Collection, Sequence

from bot.domain.delivery import Page
from bot.domain.intake import Refusal
from bot.domain.limits import Exhausted
from bot.services.browse import Browse
from bot.services.collect import Collect, Collected, NotAnArticle
from bot.telegram.render import card, note
from handlers import obstacles, texts
from handlers.keyboards import offers
from handlers.reading import draft_from
from handlers.request import Request


async def text(owners: Collection[int], collect: Collect, browse: Browse, request: Request) -> Sequence[Page]:
    """Take a text in and answer with what was understood."""
    draft = draft_from(request.message, owners)
    match await collect(draft, request.subscriber):
        case Collected() as result:
            return [await card_of(result, browse, request)]
        case NotAnArticle(why, tags):
            named = tags or ((draft.text,) if why is Refusal.TALK else ())
            offered = await browse.named(request.subscriber, named)
            return [Page(note(texts.not_an_article(why, request.language), request.language), offers(offered))]
        case Exhausted() as limit:
            told = obstacles.exhausted(limit, request.subscriber, request.language)
            return [Page(note(told, request.language))]


async def card_of(result: Collected, browse: Browse, request: Request) -> Page:
    """Show an article that was taken, with buttons for its topics."""
    below = texts.collected(is_known=result.is_known, is_for_everyone=result.is_for_everyone, language=request.language)
    offered = await browse.of(request.subscriber, result.article)
    return Page(card(result.article, below, request.language), offers(offered))


async def anything_else(request: Request) -> Sequence[Page]:
    """Say that only texts are read: a sticker, a voice note, a picture without words."""
    return [Page(note(texts.send_text(request.language), request.language))]
