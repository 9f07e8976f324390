"""Articles in groups: only for those who mention us, reply to us, or say /save."""

from collections.abc import Sequence
from dataclasses import replace

from telegram import Message, MessageEntity, User
from telegram.ext.filters import MessageFilter

from bot.domain.article import Draft
from bot.domain.delivery import Page
from bot.domain.limits import Exhausted
from bot.services.collect import Collected, NotAnArticle
from bot.services.revise import Revised, Unchanged
from bot.telegram.render import card, note
from handlers import texts
from handlers.desk import Desk
from handlers.reading import argument_of, draft_from, is_trusted
from handlers.request import Request


class Mention(MessageFilter):
    """Messages that name us."""

    def filter(self, message: Message) -> bool:
        """Tell if a message does."""
        return bool(_names_of_us(message))


class ReplyToUs(MessageFilter):
    """Messages that answer one of ours."""

    def filter(self, message: Message) -> bool:
        """Tell if a message does."""
        return message.reply_to_message is not None and _is_ours(message.reply_to_message)


async def mentioned(desk: Desk, request: Request) -> Sequence[Page]:
    """Take in what somebody shows us: their own words, or with nothing but our name the message they reply to."""
    message, target = request.message, request.message.reply_to_message
    draft = await _draft(desk, message)
    if not draft.text and target is not None and not _is_ours(target):
        draft = await _shown(desk, message, target)
    return await _answered(desk, draft, request) or _nothing(request)


async def replied(desk: Desk, request: Request) -> Sequence[Page]:
    """Take in an article that answers a message of ours; to talk we do not answer."""
    return await _answered(desk, await _draft(desk, request.message), request)


async def save(desk: Desk, request: Request) -> Sequence[Page]:
    """/save, as a reply to an article or in front of one."""
    message, target = request.message, request.message.reply_to_message
    draft = replace(await _draft(desk, message), text=argument_of(message))
    if not draft.text and target is not None:
        draft = await _shown(desk, message, target)
    return await _answered(desk, draft, request) or _nothing(request)


async def edited(desk: Desk, request: Request) -> Sequence[Page]:
    """Let an article that a group showed us follow its message, in silence."""
    draft = await _draft(desk, request.message)
    if await desk.articles.brought_by(draft.receipt):
        await desk.revise(draft, request.subscriber)
    return ()


async def _draft(desk: Desk, message: Message) -> Draft:
    draft = draft_from(message, is_trusted=await is_trusted(message, desk.is_editor))
    return replace(draft, text=_without_our_name(message))


async def _shown(desk: Desk, message: Message, target: Message) -> Draft:
    """Return the message that somebody shows us: who shows it answers for it."""
    return draft_from(target, is_trusted=await is_trusted(message, desk.is_editor))


async def _answered(desk: Desk, draft: Draft, request: Request) -> Sequence[Page]:
    language = request.language
    match await desk.revise(draft, request.subscriber):
        case Collected(article, is_known, is_for_everyone):
            kept = texts.kept_in_group(is_known=is_known, is_for_everyone=is_for_everyone, language=language)
            return [Page(card(article, kept, language))]
        case Unchanged(article, is_for_everyone):
            kept = texts.kept_in_group(is_known=True, is_for_everyone=is_for_everyone, language=language)
            return [Page(card(article, kept, language))]
        case Revised(article):
            return [Page(card(article, texts.revised(language), language))]
        case NotAnArticle() | Exhausted():
            return ()


def _nothing(request: Request) -> Sequence[Page]:
    return [Page(note(texts.nothing_to_keep(request.language), request.language))]


def _is_ours(message: Message) -> bool:
    return message.from_user is not None and message.from_user.id == message.get_bot().id


def _names_of_us(message: Message) -> list[str]:
    """Return the places of a text that name us, as they are written."""
    us = message.get_bot()
    found = message.parse_entities(_MENTIONS) if message.text else message.parse_caption_entities(_MENTIONS)
    return [name for entity, name in found.items() if _is_us(entity, name, us.id, us.username)]


_MENTIONS: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]


def _is_us(entity: MessageEntity, name: str, our_id: int, our_name: str) -> bool:
    user: User | None = entity.user
    return user.id == our_id if user else name.lower() == f"@{our_name}".lower()


def _without_our_name(message: Message) -> str:
    text = message.text or message.caption or ""
    for name in _names_of_us(message):
        text = text.replace(name, "", 1)
    return text.strip()
