"""Links that somebody sends to have their articles read."""

from collections.abc import Sequence

from telegram import Message, MessageEntity
from telegram.ext import filters

from bot.domain.delivery import Page
from bot.domain.limits import Exhausted
from bot.domain.links import MOST_LINKS, host_of, links_to_read
from bot.domain.unread import Unread
from bot.services.collect import Collected, NotAnArticle
from bot.services.gather import Gather, Result
from bot.telegram.render import note
from handlers import obstacles
from handlers.articles import card_of
from handlers.desk import Desk
from handlers.reading import draft_from, is_trusted
from handlers.request import Request


async def links(gather: Gather, desk: Desk, request: Request) -> Sequence[Page]:
    """Read what the links lead to: a card for each article, and a line for each link that brought none."""
    urls = links_of(request.message)
    draft = draft_from(request.message, is_trusted=await is_trusted(request.message, desk.is_editor))
    gathered = await gather(urls[:MOST_LINKS], draft, request.subscriber)
    results = [gathered.text] if gathered.text else list(gathered.by_address.values())
    cards = [await card_of(desk, result, request) for result in results if isinstance(result, Collected)]
    lines = [] if gathered.text else [_line(url, result, request) for url, result in gathered.by_address.items()]
    if len(urls) > MOST_LINKS:
        lines.append(obstacles.too_many_links(request.language))
    told = "\n".join(dict.fromkeys(filter(None, lines)))
    return [*cards, Page(note(told, request.language))] if told else cards


def _line(url: str, result: Result, request: Request) -> str:
    match result:
        case Collected():
            return ""
        case Unread(reason):
            return obstacles.unread(host_of(url), reason, request.language)
        case NotAnArticle(why):
            return obstacles.no_article(host_of(url), why, request.language)
        case Exhausted():
            return obstacles.exhausted(result, request.subscriber, request.language)


def links_of(message: Message) -> Sequence[str]:
    """Return the addresses that a message was sent for, those behind its words too."""
    entities = message.entities or message.caption_entities
    hidden = [entity.url for entity in entities if entity.type == MessageEntity.TEXT_LINK and entity.url]
    return links_to_read(message.text or message.caption or "", hidden)


class _Linking(filters.MessageFilter):
    """Messages that are sent for their links."""

    def filter(self, message: Message) -> bool:
        """Tell if there is a link to read."""
        return bool(links_of(message))


LINKING = _Linking()
