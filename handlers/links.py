"""Links that somebody sends to have their articles read."""

from collections.abc import Sequence

from telegram import Message, MessageEntity
from telegram.ext import filters

from bot.domain.delivery import Page
from bot.domain.limits import Exhausted
from bot.domain.links import MOST_LINKS, links_to_read, told
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
    below = "\n".join(dict.fromkeys(filter(None, lines)))
    return [*cards, Page(note(below, request.language))] if below else cards


def _line(url: str, result: Result, request: Request) -> str:
    match result:
        case Collected():
            return ""
        case Unread(reason):
            return obstacles.unread(told(url), reason, request.language)
        case NotAnArticle(why):
            return obstacles.no_article(told(url), why, request.language)
        case Exhausted():
            return obstacles.exhausted(result, request.subscriber, request.language)


def links_of(message: Message) -> Sequence[str]:
    """Return the addresses that a message was sent for: also those behind its words and those without a scheme."""
    text = message.text or message.caption or ""
    parse = message.parse_entities if message.text else message.parse_caption_entities
    marked = parse([MessageEntity.TEXT_LINK, MessageEntity.URL]) if text else {}
    behind = [entity.url or _with_scheme(shown) for entity, shown in marked.items()]
    return links_to_read(text, filter(None, behind))


def _with_scheme(shown: str) -> str | None:
    """Return an address that Telegram found in the text though it has no scheme, unless it names only a site."""
    return f"https://{shown}" if "://" not in shown and "/" in shown.rstrip("/") else None


class _Linking(filters.MessageFilter):
    """Messages that are sent for their links."""

    def filter(self, message: Message) -> bool:
        """Tell if there is a link to read."""
        return bool(links_of(message))


LINKING = _Linking()
