"""What is followed: the list, and a topic's own screen."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.delivery import Page
from handlers import digest_texts, following_texts, texts
from handlers.failures import stale_ignored
from handlers.request import Request
from handlers.topic_callbacks import MUTING, Deed, TopicPressed, topic_meaning
from handlers.topic_list import Following, topic_list
from handlers.topic_screen import Followed, screen


async def topics(cases: Following, request: Request) -> Sequence[Page]:
    """/topics."""
    return [await topic_list(cases, request, 0)]


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
        return [await topic_list(cases, request, pressed.page, message_id)]
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
        case Deed.UNMUTE:
            await cases.silence.unmute(subscriber, name)
            return digest_texts.unmuted(name, language)
        case Deed.MUTE_DAY | Deed.MUTE_WEEK | Deed.MUTE:
            mute = await cases.silence.mute(subscriber, name, MUTING[pressed.deed])
            return digest_texts.muted(mute, subscriber.schedule.zone, language) if mute else None


async def _screen(cases: Following, pressed: TopicPressed, name: str, request: Request, message_id: int) -> Page:
    """Return a topic's own screen, or the list if it is not followed any more."""
    kept = await cases.tune.shown(request.subscriber, name)
    offer = next((each for each in await cases.browse.listed(request.subscriber) if each.name == name), None)
    if kept is None or offer is None:
        return await topic_list(cases, request, pressed.page, message_id)
    excluded = await cases.browse.named(request.subscriber, kept.without)
    mute = await cases.silence.current(request.subscriber, name)
    topic = Followed(offer, kept, excluded, mute, cases.tune.most_at_once)
    return replace(screen(topic, pressed.page, request), edits=message_id)
