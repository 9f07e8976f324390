"""What is followed: the list, and a topic's own screen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.delivery import Button, Page
from bot.services.browse import Browse, Offer
from bot.services.follow import Follow, Unfollow
from bot.services.tune import Tune
from bot.telegram.render import note
from handlers import following_texts, texts
from handlers.failures import stale_ignored
from handlers.keyboards import labelled
from handlers.request import Request
from handlers.topic_callbacks import POPULAR, RISING, Deed, TopicPressed, topic_meaning, topic_payload
from handlers.topic_screen import screen
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


async def topics(cases: Following, request: Request) -> Sequence[Page]:
    """/topics."""
    return [await _list(cases, request, 0)]


async def press(cases: Following, request: Request) -> Sequence[Page]:
    """Do what a button of the list or of a screen asks for, and show it there; pressed again it changes nothing."""
    query = request.update.callback_query
    if query is None or query.message is None:
        return ()
    pressed, message_id = topic_meaning(query.data or ""), query.message.message_id
    name = await cases.browse.name_of(pressed.code) if pressed.code else ""
    if name is None:
        with stale_ignored():
            await query.answer(texts.stale(request.language))
        return ()
    told = await _done(cases, pressed, name, request)
    with stale_ignored():
        await query.answer(told)
    if pressed.deed in {Deed.LIST, Deed.FOLLOW, Deed.LEAVE}:
        return [await _list(cases, request, pressed.page, message_id)]
    return [await _screen(cases, pressed, name, request, message_id)]


async def _done(cases: Following, pressed: TopicPressed, name: str, request: Request) -> str | None:
    """Do what is asked and return what is said about it."""
    subscriber, language = request.subscriber, request.language
    match pressed.deed:
        case Deed.LIST | Deed.OPEN:
            return None
        case Deed.FOLLOW:
            await cases.follow.exactly(subscriber, [name])
            return texts.pressed_follow(name, language)
        case Deed.LEAVE:
            await cases.unfollow.exactly(subscriber, [name])
            return texts.pressed_unfollow(name, language)
        case _ if await cases.tune.shown(subscriber, name) is None:
            return following_texts.not_followed(name, language)
        case Deed.AT_ONCE:
            await cases.tune.at_once(subscriber, name, wanted=True)
            return following_texts.sent_at_once(name, language)
        case Deed.IN_DIGEST:
            await cases.tune.at_once(subscriber, name, wanted=False)
            return following_texts.sent_in_digest(name, language)
        case Deed.TAKE_BACK:
            excluded = await cases.browse.name_of(pressed.other) or ""
            await cases.tune.take_back(subscriber, name, excluded)
            return following_texts.taken_back(excluded, language)


async def _list(cases: Following, request: Request, page: int, edits: int | None = None) -> Page:
    """Return a page of the list; where there are fewer pages by now, the last one."""
    language, found = request.language, await cases.browse.listed(request.subscriber)
    pages = max(-(-len(found) // _ON_A_PAGE), 1)
    page = min(page, pages - 1)
    shown = found[page * _ON_A_PAGE : (page + 1) * _ON_A_PAGE]
    buttons = [Button(_label(offer), payload=_of_list(offer, page)) for offer in shown]
    rows: Rows = tuple(tuple(buttons[place : place + 2]) for place in range(0, len(buttons), 2))
    leaves = _leaves(page, pages, request)
    trends = (Button(popular_label(language), payload=POPULAR), Button(rising_label(language), payload=RISING))
    text = following_texts.listed(sum(offer.is_followed for offer in found), page, pages, language)
    return Page(note(text, language), (*rows, *leaves, trends), edits=edits)


def _label(offer: Offer) -> str:
    return labelled(offer) + (f" · {offer.news}" if offer.news else "")


def _of_list(offer: Offer, page: int) -> str:
    return topic_payload(TopicPressed(Deed.OPEN if offer.is_followed else Deed.FOLLOW, page, offer.code))


def _leaves(page: int, pages: int, request: Request) -> Rows:
    """Return the buttons to the pages beside, the later one at the left, where Arabic goes on."""
    later = Button(following_texts.later(request.language), payload=topic_payload(TopicPressed(Deed.LIST, page + 1)))
    earlier = Button(
        following_texts.earlier(request.language), payload=topic_payload(TopicPressed(Deed.LIST, page - 1))
    )
    row = (*((later,) if page + 1 < pages else ()), *((earlier,) if page else ()))
    return (row,) if row else ()


async def _screen(cases: Following, pressed: TopicPressed, name: str, request: Request, message_id: int) -> Page:
    """Return a topic's own screen, or the list if it is not followed any more."""
    kept = await cases.tune.shown(request.subscriber, name)
    offer = next((each for each in await cases.browse.listed(request.subscriber) if each.name == name), None)
    if kept is None or offer is None:
        return await _list(cases, request, pressed.page, message_id)
    excluded = await cases.browse.named(request.subscriber, kept.without)
    shown = screen(offer, kept, excluded, pressed.page, cases.tune.most_at_once, request)
    return replace(shown, edits=message_id)
