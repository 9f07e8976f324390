"""When digests come: /schedule and /timezone."""

from collections.abc import Sequence

from bot.domain.delivery import Page
from bot.domain.typed import BadTime
from bot.domain.zones import BadZone
from bot.services.reschedule import Relocate, Reschedule
from bot.telegram.render import note
from handlers import texts
from handlers.reading import argument_of
from handlers.request import Request


async def schedule(reschedule: Reschedule, request: Request) -> Sequence[Page]:
    """/schedule TIMES."""
    language, typed = request.language, argument_of(request.message)
    if not typed:
        return [Page(note(texts.schedule(request.subscriber, language), language))]
    try:
        subscriber = await reschedule(request.subscriber, typed)
    except BadTime:
        return [Page(note(texts.bad_time(language), language))]
    return [Page(note(texts.rescheduled(subscriber, language), language))]


async def timezone(relocate: Relocate, request: Request) -> Sequence[Page]:
    """/timezone PLACE."""
    language, typed = request.language, argument_of(request.message)
    if not typed:
        return [Page(note(texts.zone(request.subscriber, language), language))]
    try:
        subscriber = await relocate(request.subscriber, typed)
    except BadZone:
        return [Page(note(texts.bad_zone(language), language))]
    return [Page(note(texts.rescheduled(subscriber, language), language))]
