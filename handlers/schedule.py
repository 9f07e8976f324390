"""When digests come: /schedule, /timezone, /quiet, /vacation, /weekly, a shared location, and the buttons."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from telegram import Message
from telegram.constants import ParseMode

from bot.domain.adjustment import NotPossible
from bot.domain.delivery import Button, Page, Reply
from bot.domain.schedule import Schedule
from bot.domain.subscriber import Subscriber
from bot.domain.typed import BadDays, BadQuiet, BadTime, BadVacation, BadWeekly
from bot.domain.zones import BadZone
from bot.services.reschedule import Nowhere, Relocate, Reschedule
from bot.telegram.language import Language
from bot.telegram.render import note
from bot.telegram.sender import keyboard
from handlers import rooms_texts
from handlers import schedule_texts as texts
from handlers.failures import stale_ignored
from handlers.request import Request
from handlers.rooms import by_command
from handlers.schedule_buttons import adjustment_of, adjustments, quiet_switch, vacation_switch, weekly_switch
from handlers.schedule_words import typed_in
from handlers.texts import stale

Change = Callable[[Subscriber, str], Awaitable[Subscriber]]


@dataclass(frozen=True, slots=True)
class Shown:
    """How one thing of the schedule is told, and the button under it."""

    say: Callable[[Subscriber, Language], str]
    switch: Callable[[Schedule, Language], Button]

    def __call__(self, subscriber: Subscriber, language: Language) -> Sequence[Page]:
        """Return the answer."""
        return [Page(note(self.say(subscriber, language), language), ((self.switch(subscriber.schedule, language),),))]


_QUIET = Shown(texts.quiet, quiet_switch)
_VACATION = Shown(texts.vacation, vacation_switch)
_BACK = Shown(texts.back, vacation_switch)
_WEEKLY = Shown(texts.weekly, weekly_switch)


async def schedule(reschedule: Reschedule, request: Request) -> Sequence[Page]:
    """/schedule TIMES DAYS."""
    language, typed = request.language, typed_in(request.message)
    if not typed:
        subscriber = reschedule.current(request.subscriber)
        return [Page(note(texts.schedule(subscriber, language), language), adjustments(subscriber.schedule, language))]
    try:
        subscriber = await reschedule(request.subscriber, typed)
    except BadDays:
        return [Page(note(texts.bad_days(language), language))]
    except BadTime:
        return [Page(note(texts.bad_time(language), language))]
    return [Page(note(texts.rescheduled(subscriber, language), language))]


async def timezone(relocate: Relocate, request: Request) -> Sequence[Page]:
    """/timezone PLACE."""
    language, typed = request.language, typed_in(request.message)
    if not typed:
        return _where(request)
    try:
        subscriber = await relocate(request.subscriber, typed)
    except BadZone:
        return [Page(note(texts.bad_zone(language), language))]
    reply = Reply.PUTS_AWAY if request.is_private else None
    return [Page(note(texts.rescheduled(subscriber, language), language), reply=reply)]


async def press_zone(request: Request) -> Sequence[Page]:
    """Ask where somebody is; pressed again, ask again."""
    query = request.update.callback_query
    if query is None:
        return ()
    with stale_ignored():
        await query.answer()
    return _where(request)


def _where(request: Request) -> Sequence[Page]:
    language, ask = request.language, Button(texts.share_location(request.language))
    if not request.is_private:  # where a location is asked for in private chats only
        return [Page(note(texts.zone_of_room(request.subscriber, language), language))]
    return [Page(note(texts.zone(request.subscriber, language), language), ((ask,),), reply=Reply.ASKS_LOCATION)]


async def location(relocate: Relocate, request: Request) -> Sequence[Page]:
    """Keep the zone of the place that somebody shared."""
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
        return _QUIET(await _changed(reschedule, reschedule.quiet, request), request.language)
    except BadQuiet:
        return [Page(note(texts.bad_quiet(request.language), request.language))]


async def vacation(reschedule: Reschedule, request: Request) -> Sequence[Page]:
    """/vacation HOW LONG."""
    before = reschedule.current(request.subscriber)
    try:
        after = await _changed(reschedule, reschedule.vacation, request)
        is_back = before.schedule.away is not None and after.schedule.away is None
        return (_BACK if is_back else _VACATION)(after, request.language)
    except BadVacation:
        return [Page(note(texts.bad_vacation(request.language), request.language))]


async def weekly(reschedule: Reschedule, request: Request) -> Sequence[Page]:
    """/weekly DAY TIME."""
    try:
        return _WEEKLY(await _changed(reschedule, reschedule.weekly, request), request.language)
    except BadWeekly:
        return [Page(note(texts.bad_weekly(request.language), request.language))]


async def _changed(reschedule: Reschedule, change: Change, request: Request) -> Subscriber:
    typed = typed_in(request.message)
    return await change(request.subscriber, typed) if typed else reschedule.current(request.subscriber)


def _stale(request: Request) -> str:
    return texts.stale_schedule(request.language) if request.is_private else stale(request.language)


async def press(reschedule: Reschedule, request: Request) -> Sequence[Page]:
    """Change what a button names, and show the schedule as it is then; pressed again it changes nothing."""
    query, language = request.update.callback_query, request.language
    if query is None:
        return ()
    change, subscriber = adjustment_of(query.data), request.subscriber
    try:
        if change:
            subscriber = await reschedule.adjust(subscriber, change)
        answer = texts.adjusted(language) if change else _stale(request)
    except NotPossible:
        answer = texts.not_possible(language)
    with stale_ignored():
        await query.answer(answer)
    if isinstance(query.message, Message):  # one too old is given without its content
        shown = reschedule.current(subscriber)
        text = note(texts.schedule(shown, language), language) + by_command(request, rooms_texts.of_schedule)
        buttons = adjustments(shown.schedule, language)
        with stale_ignored():
            await query.edit_message_text(text, parse_mode=ParseMode.HTML, reply_markup=keyboard(buttons))
    return ()
