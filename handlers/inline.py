"""Share a story in any chat: «@bot روسيا» offers cards."""

import logging
from collections.abc import Coroutine, Sequence
from typing import Any

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import CallbackContext
from telegram.ext.filters import MessageFilter

from bot.domain.delivery import Page
from bot.domain.digest import Story
from bot.ports import Subscribers
from bot.services.share import Share
from bot.telegram.cards import origin, story_card
from bot.telegram.language import Language, Languages
from bot.telegram.marks import clipped
from bot.telegram.render import without_markup
from handlers import archive_texts

log = logging.getLogger(__name__)
_CACHED = 30  # seconds: news soon is old
_MOST_SKIPPED = 200
_UNKNOWN_ZONE = "UTC"


class ByUs(MessageFilter):
    """Messages that somebody made of one of our cards: no news to us."""

    def filter(self, message: Message) -> bool:
        """Tell if a message is one."""
        return message.via_bot is not None and message.via_bot.id == message.get_bot().id


async def offer(
    share: Share,
    subscribers: Subscribers,
    languages: Languages,
    update: Update,
    _: "CallbackContext[Any, Any, Any, Any]",
) -> Sequence[Page]:
    """Offer what is looked for, the latest while nothing is typed; whoever is no subscriber does not become one."""
    query = update.inline_query
    if query is None:
        return ()
    skip = _skipped(query.offset)
    subscriber = await subscribers.find(query.from_user.id)
    language = languages.of(subscriber) if subscriber else languages[""]
    zone = subscriber.schedule.zone if subscriber else _UNKNOWN_ZONE
    found = await share(query.query, zone, skip)
    is_empty = not found.stories and not skip
    await _answered(
        query.answer(
            [_card(story, zone, language) for story in found.stories],
            cache_time=_CACHED,
            is_personal=True,  # in the reader's language and calendar, though of what is for everyone
            next_offset="" if found.following is None or found.following > _MOST_SKIPPED else str(found.following),
            button=_to_us(language) if is_empty else None,
        )
    )
    return ()


def _skipped(offset: str) -> int:
    is_ours = offset.isascii() and offset.isdigit() and len(offset) <= len(str(_MOST_SKIPPED))
    return min(int(offset), _MOST_SKIPPED) if is_ours else 0


async def _answered(answer: Coroutine[Any, Any, object]) -> None:
    """Answer, if it can be done now: a moment later nobody looks at the list any more."""
    try:
        await answer
    except TelegramError as error:
        log.warning("inline=unanswered kind=%s", type(error).__name__)


def _to_us(language: Language) -> InlineQueryResultsButton:
    return InlineQueryResultsButton(archive_texts.nothing_to_share(language), start_parameter="inline")


def _card(story: Story, zone: str, language: Language) -> InlineQueryResultArticle:
    best = story.best
    described = without_markup(origin(best, zone, language))
    return InlineQueryResultArticle(
        id=str(story.id),
        title=clipped(best.title),
        description="\n".join((described, clipped(" ".join(best.summary)))).strip(),
        input_message_content=InputTextMessageContent(
            story_card(story, zone, language),
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
    )
