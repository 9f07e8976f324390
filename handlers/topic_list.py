"""The list of topics: those that are followed, and those in the news."""

from dataclasses import dataclass

from bot.domain.delivery import Button, Page
from bot.services.browse import Browse, Offer
from bot.services.follow import Follow, Unfollow
from bot.services.silence import Silence
from bot.services.tune import Tune
from bot.telegram.digests import in_order
from bot.telegram.language import Language
from bot.telegram.render import note
from handlers import following_texts
from handlers.keyboards import in_pairs, labelled
from handlers.request import Request
from handlers.topic_callbacks import POPULAR, RISING, Deed, TopicPressed, topic_payload
from handlers.trends_texts import popular_label, rising_label

_ON_A_PAGE = 10
Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Following:
    """The use cases behind the list and the screens."""

    browse: Browse
    follow: Follow
    unfollow: Unfollow
    tune: Tune
    silence: Silence


async def topic_list(cases: Following, request: Request, page: int, edits: int | None = None) -> Page:
    """Return a page of the list; where there are fewer pages by now, the last one."""
    language, found = request.language, await cases.browse.listed(request.subscriber)
    pages = max(-(-len(found) // _ON_A_PAGE), 1)
    page = min(page, pages - 1)
    shown = found[page * _ON_A_PAGE : (page + 1) * _ON_A_PAGE]
    buttons = [Button(_label(offer, language), payload=_of_list(offer, page)) for offer in shown]
    rows = in_pairs(buttons, language)
    leaves = _leaves(page, pages, request)
    popular = Button(popular_label(language), payload=POPULAR)
    trends = in_order([popular, Button(rising_label(language), payload=RISING)], language)
    text = following_texts.listed(sum(offer.is_followed for offer in found), page, pages, language)
    return Page(note(text, language), (*rows, *leaves, trends), edits=edits)


def _label(offer: Offer, language: Language) -> str:
    return labelled(offer) + (language.figures(f" · {offer.news}") if offer.news else "")


def _of_list(offer: Offer, page: int) -> str:
    return topic_payload(TopicPressed(Deed.OPEN if offer.is_followed else Deed.FOLLOW, page, offer.code))


def _leaves(page: int, pages: int, request: Request) -> Rows:
    """Return the buttons to the pages beside."""
    later = Button(following_texts.later(request.language), payload=topic_payload(TopicPressed(Deed.LIST, page + 1)))
    earlier = Button(
        following_texts.earlier(request.language), payload=topic_payload(TopicPressed(Deed.LIST, page - 1))
    )
    row = (*((earlier,) if page else ()), *((later,) if page + 1 < pages else ()))
    return (in_order(row, request.language),) if row else ()
