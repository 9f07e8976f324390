"""A topic's own screen: how it is followed, and the buttons that change it."""

from collections.abc import Sequence
from urllib.parse import urlencode

from bot.domain.delivery import Button, Page
from bot.domain.invitation import follow_link
from bot.domain.subscription import Subscription
from bot.services.browse import Offer
from bot.telegram.render import note
from handlers import following_texts as texts
from handlers.request import Request
from handlers.topic_callbacks import Deed, TopicPressed, topic_payload


def screen(offer: Offer, kept: Subscription, excluded: Sequence[Offer], page: int, most: int, request: Request) -> Page:
    """Return the screen of a topic that is followed, with the way back to a page of the list."""
    language = request.language
    place = texts.Place(request.subscriber.schedule.zone, request.command_end)
    link = follow_link(request.update.get_bot().username, offer.code)

    def button(label: str, deed: Deed, code: str = offer.code, other: str = "") -> Button:
        return Button(label, payload=topic_payload(TopicPressed(deed, page, code, other)))

    at_once = (
        button(texts.stop_at_once(language), Deed.IN_DIGEST)
        if kept.at_once_since
        else button(texts.start_at_once(language), Deed.AT_ONCE)
    )
    rows = (
        (at_once, Button(texts.share(language), link=_sharing(link, offer.name, request))),
        *((button(texts.take_back(each.name, language), Deed.TAKE_BACK, other=each.code),) for each in excluded),
        (button(texts.leave(language), Deed.LEAVE), button(texts.back(language), Deed.LIST, code="")),
    )
    return Page(note(texts.screen(offer, kept, place, most, link, language), language), rows)


def _sharing(link: str, name: str, request: Request) -> str:
    """Return the link with which a reader chooses whom to send a topic's link to."""
    return "https://t.me/share/url?" + urlencode({"url": link, "text": texts.invitation(name, request.language)})
