"""The Send port: a page becomes a Telegram message, and Telegram's answer an outcome."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ExtBot

from bot.domain.chart import Chart
from bot.domain.delivery import (
    Button,
    Closed,
    Delayed,
    Delivery,
    Moved,
    Outcome,
    Page,
    Refused,
    Reply,
    Sent,
    Unknown,
    Unreachable,
)
from bot.ports import Draw, Enclose
from bot.telegram.marks import unturned
from bot.telegram.render import without_markup

_NOBODY_THERE = (
    "chat not found",
    "user not found",
    "user is deactivated",
    "peer_id_invalid",
    "chat_write_forbidden",
    "have no rights to send",
    "not enough rights to send",
    "group chat was deactivated",
    "bot is not a member",
    "need administrator rights in the channel",
    "chat_admin_required",
    "chat_restricted",
    "channel_private",
)
_NO_THREAD = ("message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid")
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)  # the request never left


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends pages through one bot; ``enclosed`` is what a page with a file brings, and ``drawn`` its picture.

    A page whose picture is refused comes without it: ``is_plain`` asks for what surely can be shown.
    """

    bot: ExtBot[Any]
    enclosed: Enclose
    drawn: Draw

    async def __call__(self, delivery: Delivery, /) -> Outcome:
        """See the port."""
        page = delivery.page
        content = await self.enclosed(delivery.chat_id, page.file, delivery.thread_id) if page.file else None
        if content == b"":
            return Refused("nothing to enclose")
        try:
            if page.edits is not None:
                return Sent(await self._edited(delivery, page.edits))
            if page.picture and not delivery.is_plain:
                return await self._pictured(delivery, page.picture)
            return Sent(await (self._sent(delivery) if content is None else self._sent_with(delivery, content)))
        except TelegramError as error:
            if page.edits is not None and _ALREADY in error.message.lower():
                return Sent(page.edits)
            return _of_picture(error) if page.picture and not delivery.is_plain else outcome_of(error)

    async def _sent(self, delivery: Delivery) -> int:
        message = await self.bot.send_message(
            delivery.chat_id,
            _text(delivery),
            parse_mode=None if delivery.is_plain else ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=not delivery.page.has_preview),
            disable_notification=delivery.page.is_quiet or delivery.repeats > 0,
            reply_markup=markup(delivery.page),
            message_thread_id=delivery.thread_id or None,
        )
        return message.message_id

    async def _pictured(self, delivery: Delivery, chart: Chart) -> Outcome:
        try:
            picture = await self.drawn(chart)
        except ValueError as error:
            return Refused(f"picture: {error}")
        message = await self.bot.send_photo(
            delivery.chat_id,
            picture,
            caption=_text(delivery),
            parse_mode=ParseMode.HTML,
            disable_notification=delivery.page.is_quiet or delivery.repeats > 0,
            reply_markup=markup(delivery.page),
            message_thread_id=delivery.thread_id or None,
        )
        return Sent(message.message_id)

    async def _sent_with(self, delivery: Delivery, content: bytes) -> int:
        message = await self.bot.send_document(
            delivery.chat_id,
            content,
            filename=delivery.page.file,
            caption=_text(delivery),
            parse_mode=None if delivery.is_plain else ParseMode.HTML,
            disable_content_type_detection=True,
            disable_notification=delivery.page.is_quiet or delivery.repeats > 0,
            reply_markup=markup(delivery.page),
            message_thread_id=delivery.thread_id or None,
        )
        return message.message_id

    async def _edited(self, delivery: Delivery, message_id: int) -> int:
        await self.bot.edit_message_text(
            _text(delivery),
            delivery.chat_id,
            message_id,
            parse_mode=None if delivery.is_plain else ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=not delivery.page.has_preview),
            reply_markup=keyboard(delivery.page.buttons),
        )
        return message_id


_ALREADY = "message is not modified"


def _text(delivery: Delivery) -> str:
    return without_markup(delivery.page.text) if delivery.is_plain else delivery.page.text


def markup(page: Page) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    """Return what stands under a page, or in place of the reader's own keyboard."""
    match page.reply:
        case None:
            return keyboard(page.buttons)
        case Reply.ASKS_LOCATION:
            rows = [[KeyboardButton(button.label, request_location=True) for button in row] for row in page.buttons]
            return ReplyKeyboardMarkup(rows, resize_keyboard=True, one_time_keyboard=True)
        case Reply.PUTS_AWAY:
            return ReplyKeyboardRemove()


def keyboard(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    """Return the rows of buttons as Telegram takes them; a button of neither payload nor link does not exist."""
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(unturned(button.label), callback_data=button.payload, url=button.link)
                for button in row
            ]
            for row in rows
        ]
    )


def outcome_of(error: TelegramError) -> Outcome:
    """Return what an error of the library means for the message that was being sent.

    BadRequest and TimedOut are NetworkErrors to the library, so the order matters. Whether a request may have
    arrived is known only by what lies beneath.
    """
    reason = f"{type(error).__name__}: {error.message}"
    match error:
        case RetryAfter():
            wait = error.retry_after
            return Delayed(reason, timedelta(seconds=wait) if isinstance(wait, int) else wait)
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case Forbidden():
            return Unreachable(reason)
        case BadRequest() if _says(error, _NO_THREAD):
            return Closed(reason)
        case BadRequest():
            return Unreachable(reason) if _says(error, _NOBODY_THERE) else Refused(reason)
        case InvalidToken():
            return Delayed("InvalidToken")  # its message holds the token
        case NetworkError() if isinstance(error.__cause__, _NOT_SENT):
            return Delayed(reason)
        case _:
            return Unknown(reason)


def _of_picture(error: TelegramError) -> Outcome:
    """Return the same for a picture: where none may be shown, a text may, and only that tells if nobody is there."""
    outcome = outcome_of(error)
    is_refused = isinstance(error, BadRequest) and isinstance(outcome, Unreachable)
    return Refused(outcome.reason) if is_refused and isinstance(outcome, Unreachable) else outcome


def _says(error: TelegramError, known: Collection[str]) -> bool:
    return any(words in error.message.lower() for words in known)
