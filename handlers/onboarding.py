"""The first steps of a reader: /start, the buttons under it, and what is typed instead of pressing them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from telegram import InlineKeyboardMarkup, Message
from telegram.ext import filters

from bot.domain.asking import asked_in
from bot.domain.delivery import Page
from bot.domain.invitation import codes_in
from bot.domain.naming import BadNames, NoNames
from bot.domain.opening import Opening, opening_in
from bot.domain.subscriber import Subscriber
from bot.domain.typed import BadTime
from bot.services.browse import Browse, Offer
from bot.services.follow import Follow, Followed, Unfollow
from bot.services.onboard import Onboard, Step, may_choose
from bot.telegram.digests import in_order
from bot.telegram.language import Language, Languages
from bot.telegram.render import note
from handlers import following_texts, onboarding_texts, schedule_texts, texts
from handlers.failures import stale_ignored
from handlers.keyboards import offers
from handlers.onboarding_buttons import (
    HourChosen,
    LanguageChosen,
    TopicChosen,
    choices,
    codes_of,
    hours,
    meaning,
)
from handlers.reading import argument_of
from handlers.request import Feature, Request


@dataclass(frozen=True, slots=True)
class Onboarding:
    """The use cases behind the first steps."""

    onboard: Onboard
    browse: Browse
    follow: Follow
    unfollow: Unfollow
    languages: Languages


class Opens(filters.MessageFilter):
    """Messages that ask to follow and say when, in one line: «تابع روسيا الساعة 7»."""

    def filter(self, message: Message) -> bool:
        """Tell if a message does."""
        opening = opening_in(message.text or "")
        return bool(opening and opening.when and _names_in(opening))


def _names_in(opening: Opening) -> str:
    asked = asked_in(opening.names) if opening.names else None
    return asked.argument if asked and asked.command == "follow" else ""


async def start(cases: Onboarding, request: Request) -> Sequence[Page]:
    """/start: offer topics and hours or, where nothing is left to choose, say where the reader stands."""
    codes, language = codes_in(argument_of(request.message)), request.language
    if codes:
        return [await _of_link(cases, codes, request)]
    step = await cases.onboard.where(request.subscriber)
    if step.is_done:
        return [await _back(cases, step, request)]
    return [_page(cases, step, await cases.browse.first(step.subscriber), onboarding_texts.begin(step, language))]


async def _of_link(cases: Onboarding, codes: Sequence[str], request: Request) -> Page:
    """Follow the topics of a link, and go on from there."""
    language, before = request.language, await cases.onboard.where(request.subscriber)
    named = [name for code in codes if (name := await cases.browse.name_of(code))]
    result = await cases.follow.exactly(request.subscriber, named)
    told = following_texts.followed(result, language) if named else following_texts.dead_link(language)
    step = await cases.onboard.where(request.subscriber)
    if step.is_done:
        return await _back(cases, step, request, told)
    offered = await cases.browse.first(step.subscriber, named)
    return _page(cases, step, offered, onboarding_texts.by_link(told, step, language, is_new=not before.followed))


async def _back(cases: Onboarding, step: Step, request: Request, told: str = "") -> Page:
    text = "\n\n".join(filter(None, [told, onboarding_texts.back(step, request.language)]))
    return Page(note(text, request.language), offers(await cases.browse.popular(step.subscriber), request.language))


async def press(cases: Onboarding, request: Request) -> Sequence[Page]:
    """Do what a button asks for, and show in its message how far the reader is; pressed again it changes nothing."""
    query = request.update.callback_query
    if query is None or query.message is None:
        return ()
    subscriber, said = await _done(cases, query.data if request.is_private else None, request)
    with stale_ignored():
        await query.answer(said)
    if not request.is_private:
        return ()
    message_id, is_hour = query.message.message_id, isinstance(meaning(query.data), HourChosen)
    step = await cases.onboard.on(subscriber, str(message_id), is_timed=is_hour)
    text = onboarding_texts.begin(step, cases.languages.of(subscriber))
    return [
        replace(
            _page(cases, step, await _offered(cases, query.message, subscriber, request.language), text),
            edits=message_id,
        )
    ]


async def _done(cases: Onboarding, data: str | None, request: Request) -> tuple[Subscriber, str | None]:
    """Do what is asked; return the reader as they are then, and what is said about it."""
    subscriber, language = request.subscriber, request.language
    match meaning(data):
        case TopicChosen(code, is_wanted) if name := await cases.browse.name_of(code):
            if is_wanted:
                await cases.follow.exactly(subscriber, [name])
                return subscriber, texts.pressed_follow(name, language)
            await cases.unfollow.exactly(subscriber, [name])
            return subscriber, texts.pressed_unfollow(name, language)
        case HourChosen(at):
            return await _moved(cases, subscriber, f"{at:%H:%M}")
        case LanguageChosen(code) if code == cases.languages[code].code:
            return await cases.onboard.speak(subscriber, code), onboarding_texts.spoken(cases.languages[code])
        case _:
            return subscriber, onboarding_texts.stale(language)


async def _moved(cases: Onboarding, subscriber: Subscriber, typed: str) -> tuple[Subscriber, str | None]:
    language = cases.languages.of(subscriber)
    if not may_choose(subscriber):
        return subscriber, onboarding_texts.several_times(subscriber, language)
    return await cases.onboard.at(subscriber, typed), schedule_texts.adjusted(language)


async def _offered(cases: Onboarding, message: object, subscriber: Subscriber, language: Language) -> Sequence[Offer]:
    """Return the topics that a message offers as they stand now: what is in the news moves on, its buttons do not."""
    markup = getattr(message, "reply_markup", None)  # a message too old to be given has none
    rows = markup.inline_keyboard if isinstance(markup, InlineKeyboardMarkup) else ()
    read = [each.callback_data for row in rows for each in in_order(row, language)]
    named = [await cases.browse.name_of(code) for code in codes_of(read)]
    offered = await cases.browse.named(subscriber, [name for name in named if name])
    return offered or await cases.browse.first(subscriber)


async def said(cases: Onboarding, request: Request) -> Sequence[Page]:
    """«تابع روسيا وأوكرانيا الساعة 7»."""
    opening = opening_in(request.message.text or "")
    if opening is None:
        return ()
    return await _taken(cases, _names_in(opening), opening.when, request)


def or_choice(cases: Onboarding, otherwise: Feature) -> Feature:
    """Return a feature that takes what newcomers type in place of a press, known names or an hour, as their choice."""

    async def typed(request: Request) -> Sequence[Page]:
        message = request.message
        opening = opening_in(message.text or "") if message.forward_origin is None else None
        if opening is None or not await _is_choice(cases, opening, request):
            return await otherwise(request)
        return await _taken(cases, opening.names, opening.when, request)

    return typed


async def _is_choice(cases: Onboarding, opening: Opening, request: Request) -> bool:
    step = await cases.onboard.where(request.subscriber)
    if opening.names:
        is_hashtag = opening.names.startswith("#")  # which asks for its topic only
        return not step.followed and not is_hashtag and await cases.onboard.knows(opening.names)
    return step.is_new and step.may_choose and not step.is_timed


async def _taken(cases: Onboarding, names: str, when: str, request: Request) -> Sequence[Page]:
    """Follow what is named, keep the hour, and say how far the reader is."""
    language, subscriber, result = request.language, request.subscriber, Followed((), ())
    try:
        if names:
            result = await cases.follow(subscriber, names)
        if when:
            subscriber = await cases.onboard.at(subscriber, when)
    except (NoNames, BadNames):
        return [Page(note(texts.bad_names(language), language))]
    except BadTime:
        return [Page(note(schedule_texts.bad_time(language), language))]
    step = await cases.onboard.on(subscriber, str(request.message.message_id), is_timed=bool(when))
    told = [following_texts.followed(result, language)] if _leaves_questions(result) else []
    if when and not step.may_choose:
        told.append(onboarding_texts.several_times(subscriber, language))
    text = "\n\n".join([*told, onboarding_texts.begin(step, language)])
    page = _page(cases, step, await cases.browse.first(subscriber, (*result.new, *result.already)), text)
    return [replace(page, buttons=(*offers(await _meant(cases, result, subscriber), language), *page.buttons))]


def _leaves_questions(result: Followed) -> bool:
    return bool(result.asked or result.suggestions or result.without)


async def _meant(cases: Onboarding, result: Followed, subscriber: Subscriber) -> Sequence[Offer]:
    meant = await cases.browse.meant(subscriber, [sense for senses in result.asked.values() for sense in senses])
    likely = [name for found in result.suggestions.values() for name in found]
    return [*meant, *await cases.browse.named(subscriber, likely)]


def then_hour(cases: Onboarding, follow: Feature) -> Feature:
    """Return a feature that asks a reader who followed for the first time when their digest should come."""

    async def followed(request: Request) -> Sequence[Page]:
        before = await cases.onboard.where(request.subscriber)
        pages = await follow(request)
        if before.followed or before.is_timed or not request.is_private:
            return pages
        return _with_hours(pages, await cases.onboard.where(request.subscriber), request)

    return followed


def _with_hours(pages: Sequence[Page], step: Step, request: Request) -> Sequence[Page]:
    if not step.followed:
        return pages
    *first, last = pages
    language = request.language
    promised = note("\n".join(onboarding_texts.promise(step, language)), language)
    return [*first, replace(last, text=f"{last.text}\n\n{promised}", buttons=(*last.buttons, *hours(step, language)))]


def _page(cases: Onboarding, step: Step, offered: Sequence[Offer], text: str) -> Page:
    language = cases.languages.of(step.subscriber)
    return Page(note(text, language), choices(offered, step, cases.languages))
