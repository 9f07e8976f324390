"""How one reads: /settings, one screen that changes in place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.delivery import Button, Page
from bot.domain.preferences import CHOICES
from bot.domain.subscriber import Subscriber
from bot.services.prefer import Prefer
from bot.services.rate import Rate
from bot.services.silence import Silence
from bot.telegram.digests import in_order
from bot.telegram.language import Language, Languages
from bot.telegram.marks import clipped
from bot.telegram.render import note
from handlers import digest_texts, settings_texts
from handlers.request import Request
from handlers.settings_callbacks import (
    ASK_RESET,
    RESET,
    SHOW,
    chosen,
    stories_payload,
    switch_payload,
    unmute_of,
    unmute_payload,
)
from handlers.sheets import told

_MOST_MUTES = 10
_LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True)
class Screen:
    """What the settings screen needs."""

    prefer: Prefer
    rate: Rate
    silence: Silence
    languages: Languages

    async def page(self, subscriber: Subscriber, edits: int | None = None) -> Page:
        """Return the screen as everything stands, in the message that is edited or in a new one."""
        language = self.languages.of(subscriber)
        ratings = await self.rate.count(subscriber)
        mutes = (await self.silence.on(subscriber))[:_MOST_MUTES]
        text = settings_texts.settings(subscriber, [mute for mute, _ in mutes], ratings, language)
        rows = (
            *_choices(subscriber, language),
            *(_unmuting(mute.topic, code, language) for mute, code in mutes),
            *(((Button(language.say("مسح تقييماتي"), payload=ASK_RESET),),) if ratings else ()),
        )
        return Page(note(text, language), rows, edits=edits)


async def settings(screen: Screen, request: Request) -> Sequence[Page]:
    """Show the screen: /settings, and the button under a digest."""
    if request.update.callback_query is not None:
        await told(request, None)
    return [await screen.page(request.subscriber)]


async def show(screen: Screen, request: Request) -> Sequence[Page]:
    """Show the screen again, in the message whose button was pressed."""
    await told(request, None)
    return await _redrawn(screen, request.subscriber, request)


async def choose(screen: Screen, request: Request) -> Sequence[Page]:
    """Keep what was chosen; pressed twice it is the same choice."""
    query = request.update.callback_query
    wishes = chosen((query and query.data) or "", request.subscriber.preferences)
    subscriber = await screen.prefer(request.subscriber, wishes)
    await told(request, settings_texts.kept(request.language))
    return await _redrawn(screen, subscriber, request)


async def ask_reset(screen: Screen, request: Request) -> Sequence[Page]:
    """Ask before ratings are forgotten: they cannot be given again."""
    language, number = request.language, await screen.rate.count(request.subscriber)
    await told(request, None)
    if not number:
        return await _redrawn(screen, request.subscriber, request)
    rows = (
        (Button(language.say("نعم، امسحها"), payload=RESET),),
        (Button(language.say("رجوع"), payload=SHOW),),
    )
    page = Page(note(settings_texts.ask_reset(number, language), language), rows)
    return [replace(page, edits=request.message.message_id)]


async def reset(screen: Screen, request: Request) -> Sequence[Page]:
    """Forget what the reader thinks of stories."""
    await screen.rate.reset(request.subscriber)
    await told(request, settings_texts.reset(request.language))
    return await _redrawn(screen, request.subscriber, request)


async def unmute(screen: Screen, request: Request) -> Sequence[Page]:
    """End a mute."""
    query = request.update.callback_query
    name = await screen.silence.named(unmute_of((query and query.data) or ""))
    if name is not None:
        await screen.silence.unmute(request.subscriber, name)
    await told(request, digest_texts.unmuted(name, request.language) if name else None)
    return await _redrawn(screen, request.subscriber, request)


async def _redrawn(screen: Screen, subscriber: Subscriber, request: Request) -> Sequence[Page]:
    return [await screen.page(subscriber, request.message.message_id)]


def _choices(subscriber: Subscriber, language: Language) -> tuple[tuple[Button, ...], ...]:
    wishes = subscriber.preferences
    numbers = [
        Button(
            ("✓ " if number == wishes.stories else "") + language.figures(str(number)),
            payload=stories_payload(number),
        )
        for number in CHOICES
    ]
    labels = settings_texts.switches(subscriber, language)
    switches = [
        (Button(label, payload=switch_payload(name, is_on=not getattr(wishes, name))),)
        for name, label in labels.items()
    ]
    return (in_order(numbers, language), *switches)


def _unmuting(topic: str, code: str, language: Language) -> tuple[Button, ...]:
    return (Button(digest_texts.unmute(clipped(topic, _LONGEST_LABEL), language), payload=unmute_payload(code)),)
