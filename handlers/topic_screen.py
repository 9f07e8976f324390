"""A topic's own screen: how it is followed, and the buttons that change it."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.domain.delivery import Button, Page
from bot.domain.invitation import follow_link
from bot.domain.mute import Mute
from bot.domain.subscription import Subscription
from bot.services.browse import Offer
from bot.telegram.digests import in_order
from bot.telegram.language import Language
from bot.telegram.marks import clipped
from bot.telegram.render import note
from handlers import digest_texts
from handlers import following_texts as texts
from handlers.request import Request
from handlers.topic_callbacks import MUTING, Deed, TopicPressed, topic_payload


@dataclass(frozen=True, slots=True)
class Followed:
    """A topic that is followed, what it leaves out, and its mute if that lasts."""

    offer: Offer
    kept: Subscription
    excluded: Sequence[Offer]
    mute: Mute | None
    most_at_once: int


def screen(topic: Followed, page: int, request: Request) -> Page:
    """Return the screen of a topic, with the way back to a page of the list."""
    language, offer = request.language, topic.offer
    place = texts.Place(request.subscriber.schedule.zone, request.command_end)
    link = follow_link(request.update.get_bot().username, offer.code)

    def button(label: str, deed: Deed, code: str = offer.code, other: str = "") -> Button:
        return Button(label, payload=topic_payload(TopicPressed(deed, page, code, other)))

    at_once = (
        button(texts.stop_at_once(language), Deed.IN_DIGEST)
        if topic.kept.at_once_since
        else button(texts.start_at_once(language), Deed.AT_ONCE)
    )
    share = Button(texts.share(language), link=_sharing(link, offer.name, request))
    leave, back = button(texts.leave(language), Deed.LEAVE), button(texts.back(language), Deed.LIST, code="")
    rows = (
        in_order([at_once, share], language),
        *((button(texts.take_back(each.name, language), Deed.TAKE_BACK, other=each.code),) for each in topic.excluded),
        muting(offer, topic.mute, page, language),
        in_order([leave, back], language),
    )
    told = texts.screen(offer, topic.kept, topic.mute, place, topic.most_at_once, link, language)
    return Page(note(told, language), rows)


def muting(offer: Offer, mute: Mute | None, page: int, language: Language) -> tuple[Button, ...]:
    """Return the buttons that mute a topic, or the one that ends its mute."""

    def button(label: str, deed: Deed) -> Button:
        return Button(label, payload=topic_payload(TopicPressed(deed, page, offer.code)))

    if mute is not None:
        return (button(digest_texts.unmute(clipped(offer.name, _LONGEST_LABEL), language), Deed.UNMUTE),)
    labels = digest_texts.spans(language)
    return in_order([button(labels[span], deed) for deed, span in MUTING.items()], language)


_LONGEST_LABEL = 40


def _sharing(link: str, name: str, request: Request) -> str:
    """Return the link with which a reader chooses whom to send a topic's link to."""
    return "https://t.me/share/url?" + urlencode({"url": link, "text": texts.invitation(name, request.language)})
