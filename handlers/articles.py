"""Articles that somebody forwards or pastes."""

from collections.abc import Sequence

from bot.domain.article import Article
from bot.domain.delivery import Button, Page
from bot.domain.intake import Refusal
from bot.domain.limits import Exhausted
from bot.services.collect import Collected, NotAnArticle
from bot.services.revise import Revised, Unchanged
from bot.telegram.render import card, note
from handlers import obstacles, texts
from handlers.desk import Desk
from handlers.keyboards import enabling, offers
from handlers.reading import channel_of, draft_from, forwarded_channel, is_trusted
from handlers.request import Request


async def text(desk: Desk, request: Request) -> Sequence[Page]:
    """Take a text in and answer with what was understood."""
    draft = draft_from(request.message, is_trusted=await is_trusted(request.message, desk.is_editor))
    match await desk.revise(draft, request.subscriber):
        case Collected(article, is_known, is_for_everyone):
            return [await _taken(desk, article, request, is_known=is_known, is_for_everyone=is_for_everyone)]
        case Unchanged(article, is_for_everyone):  # the same message once more, after a crash
            return [await _taken(desk, article, request, is_known=False, is_for_everyone=is_for_everyone)]
        case Revised(article):
            return [await _card(desk, article, texts.revised(request.language), request)]
        case NotAnArticle(why, tags):
            named = tags or ((draft.text,) if why is Refusal.TALK else ())
            offered = await desk.browse.named(request.subscriber, named)
            return [
                Page(
                    note(texts.not_an_article(why, request.language), request.language),
                    offers(offered, request.language),
                )
            ]
        case Exhausted() as limit:
            told = obstacles.exhausted(limit, request.subscriber, request.language)
            return [Page(note(told, request.language))]


async def edited(desk: Desk, request: Request) -> Sequence[Page]:
    """Let an article follow its message; an edit that changes no article is not answered."""
    draft = draft_from(request.message, is_trusted=await is_trusted(request.message, desk.is_editor))
    match await desk.revise(draft, request.subscriber):
        case Collected(article, is_known, is_for_everyone):
            return [await _taken(desk, article, request, is_known=is_known, is_for_everyone=is_for_everyone)]
        case Revised(article):
            return [await _card(desk, article, texts.revised(request.language), request)]
        case Unchanged() | NotAnArticle() | Exhausted():
            return ()


async def card_of(desk: Desk, result: Collected, request: Request) -> Page:
    """Show an article that was taken, with buttons for its topics."""
    kept = {"is_known": result.is_known, "is_for_everyone": result.is_for_everyone}
    return await _taken(desk, result.article, request, **kept)


async def _taken(desk: Desk, article: Article, request: Request, *, is_known: bool, is_for_everyone: bool) -> Page:
    below = texts.collected(is_known=is_known, is_for_everyone=is_for_everyone, language=request.language)
    return await _card(desk, article, below, request)


async def _card(desk: Desk, article: Article, below: str, request: Request) -> Page:
    offered = offers(await desk.browse.of(request.subscriber, article), request.language)
    return Page(card(article, below, request.language), (*offered, *await _offered_channel(desk, request)))


async def _offered_channel(desk: Desk, request: Request) -> tuple[tuple[Button, ...], ...]:
    """Offer an editor to enable the channel that a post comes from."""
    chat = forwarded_channel(request.message)
    if chat is None or not await is_trusted(request.message, desk.is_editor):
        return ()
    channel = await desk.channels.meet(channel_of(chat, request.subscriber.chat_id))
    return () if channel.is_enabled else (enabling(channel, request.language),)


async def anything_else(request: Request) -> Sequence[Page]:
    """Say that only texts are read: a sticker, a voice note, a picture without words."""
    return [Page(note(texts.send_text(request.language), request.language))]
