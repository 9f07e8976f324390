"""Follow topics and leave them, by command and by button."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot.domain.delivery import Page
from bot.domain.naming import BadNames, NoNames
from bot.services.browse import Browse, Offer
from bot.services.follow import Follow, Unfollow
from bot.telegram.digests import in_order
from bot.telegram.render import note
from bot.telegram.sender import keyboard
from handlers import following_texts, texts
from handlers.callbacks import FollowPressed, Pressed, UnfollowPressed, meaning_of
from handlers.failures import stale_ignored
from handlers.keyboards import offers
from handlers.reading import argument_of
from handlers.request import Request


async def follow(follow_names: Follow, browse: Browse, request: Request) -> Sequence[Page]:
    """/follow NAMES."""
    language = request.language
    try:
        result = await follow_names(request.subscriber, argument_of(request.message))
    except NoNames:
        popular = await browse.popular(request.subscriber)
        return [Page(note(texts.follow_what(language), language), offers(popular, language))]
    except BadNames:
        return [Page(note(texts.bad_names(language), language))]
    meant = await browse.meant(request.subscriber, [sense for senses in result.asked.values() for sense in senses])
    likely = await browse.named(request.subscriber, [name for found in result.suggestions.values() for name in found])
    return [
        Page(
            note(following_texts.followed(result, language, request.command_end), language),
            offers([*meant, *likely], language),
        )
    ]


async def unfollow(unfollow_names: Unfollow, browse: Browse, request: Request) -> Sequence[Page]:
    """/unfollow NAMES."""
    language = request.language
    try:
        result = await unfollow_names(request.subscriber, argument_of(request.message))
    except NoNames:
        followed = await browse.followed(request.subscriber)
        return [
            Page(
                note(texts.unfollow_what([offer.name for offer in followed], language), language),
                offers(followed, language),
            )
        ]
    except BadNames:
        return [Page(note(texts.bad_names(language), language))]
    meant = await browse.meant(request.subscriber, [sense for senses in result.asked.values() for sense in senses])
    return [Page(note(following_texts.unfollowed(result, language), language), offers(meant, language))]


async def press(follow_names: Follow, unfollow_names: Unfollow, browse: Browse, request: Request) -> Sequence[Page]:
    """Do what a button asks for; pressed again it changes nothing."""
    query = request.update.callback_query
    if query is None:
        return ()
    pressed = meaning_of(query.data)
    name = await browse.name_of(pressed.code) if pressed else None
    if pressed is None or name is None:
        with stale_ignored():
            await query.answer(texts.stale(request.language))
        return ()
    answer = await _done(pressed, name, follow_names, unfollow_names, request)
    with stale_ignored():
        await query.answer(answer)
    with stale_ignored():
        await query.edit_message_reply_markup(await _redrawn(query.message, browse, request))
    return ()


async def _done(pressed: Pressed, name: str, follow_names: Follow, unfollow_names: Unfollow, request: Request) -> str:
    match pressed:
        case FollowPressed():
            await follow_names.exactly(request.subscriber, [name])
            return texts.pressed_follow(name, request.language)
        case UnfollowPressed():
            await unfollow_names.exactly(request.subscriber, [name])
            return texts.pressed_unfollow(name, request.language)


async def _redrawn(message: object, browse: Browse, request: Request) -> InlineKeyboardMarkup | None:
    """Return the message's buttons as they stand now."""
    markup = getattr(message, "reply_markup", None)  # a message too old to be given has none
    if not isinstance(markup, InlineKeyboardMarkup):
        return None
    read = [each for row in markup.inline_keyboard for each in in_order(row, request.language)]
    payloads = [meaning_of(str(button.callback_data)) for button in read]
    names = [await browse.name_of(pressed.code) for pressed in payloads if pressed]
    shown: Sequence[Offer] = await browse.named(request.subscriber, [name for name in names if name])
    redrawn = keyboard(offers(shown, request.language))
    others = [row for row in markup.inline_keyboard if not any(meaning_of(str(each.callback_data)) for each in row)]
    return InlineKeyboardMarkup([*(redrawn.inline_keyboard if redrawn else ()), *others])
