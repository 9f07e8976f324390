"""When digests come: /schedule, /timezone, /quiet, /vacation, /weekly, a shared location, and the buttons."""

from collections.abc import Awaitable, Callable, Sequence

from telegram import Message
from telegram.constants import ParseMode

from bot.domain.adjustment import NotPossible
from bot.domain.delivery import Button, Page, Reply
from bot.domain.subscriber import Subscriber
from bot.domain.typed import BadDays, BadQuiet, BadTime, BadVacation, BadWeekly
from bot.domain.zones import BadZone
from bot.services.reschedule import Nowhere, Relocate, Reschedule
from bot.telegram.language import Language
from bot.telegram.render import note
from bot.telegram.sender import keyboard
from handlers import schedule_texts as texts
from handlers.failures import stale_ignored
from handlers.reading import argument_of
from handlers.request import Request
from handlers.schedule_buttons import adjustment_of, adjustments

Change = Callable[[Subscriber, str], Awaitable[Subscriber]]
Say = Callable[[Subscriber, Language], str]


async def schedule(reschedule: Reschedule, request: Request) -> Sequence[Page]:
    """/schedule TIMES DAYS."""
    language = request.language
    if not argument_of(request.message):
        subscriber = reschedule.current(request.subscriber)
        buttons = adjustments(subscriber.schedule, language)
        return [Page(note(texts.schedule(subscriber, language), language), buttons)]
    try:
        return await _changed(reschedule, reschedule, texts.rescheduled, request)
    except BadDays:
        return [Page(note(texts.bad_days(language), language))]
    except BadTime:
        return [Page(note(texts.bad_time(language), language))]


async def timezone(relocate: Relocate, request: Request) -> Sequence[Page]:
    """/timezone PLACE."""
    language, typed = request.language, argument_of(request.message)
    if not typed:
        ask = Button(texts.share_location(language))
        return [Page(note(texts.zone(request.subscriber, language), language), ((ask,),), reply=Reply.ASKS_LOCATION)]
    try:
        subscriber = await relocate(request.subscriber, typed)
    except BadZone:
        return [Page(note(texts.bad_zone(language), language))]
    return [Page(note(texts.rescheduled(subscriber, language), language), reply=Reply.PUTS_AWAY)]


async def location(relocate: Relocate, request: Request) -> Sequence[Page]:
    """Keep the zone of the place that somebody shared; where a live one moves to is ignored."""
    language, place = request.language, request.message.location
    if place is None:
        return ()
    try:
        subscriber = await relocate.at(request.subscriber, place.latitude, place.longitude)
    except Nowhere:
        return [Page(note(texts.nowhere(language), language), reply=Reply.PUTS_AWAY)]
    return [Page(note(texts.rescheduled(subscriber, language), language), reply=Reply.PUTS_AWAY)]


async def quiet(reschedule: Reschedule, request: Request) -> Sequence[Page]:
    """/quiet FROM-TO."""
    try:
        return await _told_or_changed(reschedule, reschedule.quiet, texts.quiet, request)
    except BadQuiet:
        return [Page(note(texts.bad_quiet(request.language), request.language))]


async def vacation(reschedule: Reschedule, request: Request) -> Sequence[Page]:
    """/vacation HOW LONG."""
    try:
        return await _told_or_changed(reschedule, reschedule.vacation, texts.vacation, request)
    except BadVacation:
        return [Page(note(texts.bad_vacation(request.language), request.language))]


async def weekly(reschedule: Reschedule, request: Request) -> Sequence[Page]:
    """/weekly DAY TIME."""
    try:
        return await _told_or_changed(reschedule, reschedule.weekly, texts.weekly, request)
    except BadWeekly:
        return [Page(note(texts.bad_weekly(request.language), request.language))]


async def _told_or_changed(reschedule: Reschedule, change: Change, say: Say, request: Request) -> Sequence[Page]:
    if argument_of(request.message):
        return await _changed(reschedule, change, say, request)
    return [Page(note(say(reschedule.current(request.subscriber), request.language), request.language))]


async def _changed(reschedule: Reschedule, change: Change, say: Say, request: Request) -> Sequence[Page]:
    subscriber = reschedule.current(await change(request.subscriber, argument_of(request.message)))
    return [Page(note(say(subscriber, request.language), request.language))]


async def press(reschedule: Reschedule, request: Request) -> Sequence[Page]:
    """Change what a button names, and show the schedule as it is then; pressed again it changes nothing."""
    query, language = request.update.callback_query, request.language
    if query is None:
        return ()
    change, subscriber = adjustment_of(query.data), request.subscriber
    try:
        if change:
            subscriber = await reschedule.adjust(subscriber, change)
        answer = texts.adjusted(language) if change else texts.stale_schedule(language)
    except NotPossible:
        answer = texts.not_possible(language)
    with stale_ignored():
        await query.answer(answer)
    if isinstance(query.message, Message):  # one too old is given without its content
        shown = reschedule.current(subscriber)
        text, buttons = note(texts.schedule(shown, language), language), adjustments(shown.schedule, language)
        with stale_ignored():
            await query.edit_message_text(text, parse_mode=ParseMode.HTML, reply_markup=keyboard(buttons))
    return ()
