"""Mute topics and have them at once, in words: «اكتم روسيا أسبوعًا», «عاجل عن روسيا»."""

from collections.abc import Awaitable, Callable, Sequence

from bot.domain.delivery import Page
from bot.domain.mute import Span, span_in
from bot.domain.naming import BadNames
from bot.services.browse import Offer
from bot.telegram.language import isolated
from bot.telegram.render import note
from handlers import digest_texts, following_texts
from handlers.keyboards import offers
from handlers.reading import argument_of
from handlers.request import Request
from handlers.topic_list import Following, topic_list
from handlers.topic_screen import muting

Tell = Callable[[Offer], Awaitable[Page]]


async def mute(cases: Following, request: Request) -> Sequence[Page]:
    """Mute what is named for as long as is said, or ask for how long."""
    typed, span = span_in(argument_of(request.message))

    async def tell(offer: Offer) -> Page:
        return await _muted(cases, offer, span, request)

    return await _each(cases, typed, tell, request)


async def _muted(cases: Following, offer: Offer, span: Span | None, request: Request) -> Page:
    language, zone = request.language, request.subscriber.schedule.zone
    if span is None:
        asked = digest_texts.how_long(offer.name, language)
        return Page(note(asked, language), (muting(offer, None, 0, language),))
    kept = await cases.silence.mute(request.subscriber, offer.name, span)
    if kept is None:
        return _not_followed(offer, request)
    return Page(note(digest_texts.muted(kept, zone, language), language), (muting(offer, kept, 0, language),))


async def unmute(cases: Following, request: Request) -> Sequence[Page]:
    """Hear of what is named again."""

    async def tell(offer: Offer) -> Page:
        await cases.silence.unmute(request.subscriber, offer.name)
        return Page(note(digest_texts.unmuted(offer.name, request.language), request.language))

    return await _each(cases, argument_of(request.message), tell, request)


async def at_once(cases: Following, request: Request) -> Sequence[Page]:
    """Send the stories of what is named at once."""

    async def tell(offer: Offer) -> Page:
        await cases.tune.at_once(request.subscriber, offer.name, wanted=True)
        return Page(note(following_texts.sent_at_once(offer.name, request.language), request.language))

    return await _each(cases, argument_of(request.message), tell, request)


async def in_digest(cases: Following, request: Request) -> Sequence[Page]:
    """Send the stories of what is named in the digest only."""

    async def tell(offer: Offer) -> Page:
        await cases.tune.at_once(request.subscriber, offer.name, wanted=False)
        return Page(note(following_texts.sent_in_digest(offer.name, request.language), request.language))

    return await _each(cases, argument_of(request.message), tell, request)


async def _each(cases: Following, typed: str, tell: Tell, request: Request) -> Sequence[Page]:
    """Return what is told of each topic that is named, or the list of all if none is known."""
    try:
        named = await cases.browse.own(request.subscriber, typed)
    except BadNames:
        return [await topic_list(cases, request, 0)]
    if not named:
        unknown = note(following_texts.not_followed(isolated(typed), request.language), request.language)
        return [Page(unknown), await topic_list(cases, request, 0)]
    return [await tell(offer) if offer.is_followed else _not_followed(offer, request) for offer in named]


def _not_followed(offer: Offer, request: Request) -> Page:
    told = following_texts.not_followed(offer.name, request.language)
    return Page(note(told, request.language), offers([offer], request.language))
