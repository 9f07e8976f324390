"""The whole surface of the bot as one table."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from bot.ports import Subscribers
from bot.services.attach import Attach
from bot.services.browse import Browse
from bot.services.collect import Collect
from bot.services.explain import Explain
from bot.services.follow import Follow, Unfollow
from bot.services.gather import Gather
from bot.services.plan import Plan
from bot.services.reschedule import Relocate, Reschedule
from handlers import articles, browse, documents, privacy, schedule, start, topics
from handlers.callbacks import WHY
from handlers.links import LINKING
from handlers.links import links as read_links
from handlers.request import Entrance
from handlers.working import Show, working

Route = BaseHandler[Any, Any, Any]


@dataclass(frozen=True, slots=True)
class UseCases:
    """What the bot can do."""

    collect: Collect
    follow: Follow
    unfollow: Unfollow
    browse: Browse
    reschedule: Reschedule
    relocate: Relocate
    plan: Plan
    explain: Explain
    subscribers: Subscribers
    gather: Gather
    attach: Attach


def routes(cases: UseCases, owners: Collection[int], entrance: Entrance, show: Show) -> Sequence[Route]:
    """Return what answers which update, the first that fits; ``show`` shows progress in a chat."""
    private = filters.ChatType.PRIVATE
    follow = entrance.to(partial(topics.follow, cases.follow, cases.browse))
    unfollow = entrance.to(partial(topics.unfollow, cases.unfollow, cases.browse))
    text = entrance.to(partial(articles.text, owners, cases.collect, cases.browse))
    links = entrance.to(working(show, partial(read_links, owners, cases.gather, cases.browse)))
    document = entrance.to(working(show, partial(documents.document, owners, cases.attach, cases.browse)))
    file = filters.Document.ALL & ~filters.ANIMATION  # Telegram sends a moving picture as both
    return (
        CommandHandler("start", entrance.to(partial(start.start, cases.browse)), private),
        CommandHandler("help", entrance.to(start.help_), private),
        CommandHandler(["follow", "subscribe"], follow, private),
        CommandHandler(["unfollow", "unsubscribe"], unfollow, private),
        CommandHandler("topics", entrance.to(partial(topics.topics, cases.browse)), private),
        CommandHandler("digest", entrance.to(partial(browse.digest, cases.plan, cases.browse)), private),
        CommandHandler("schedule", entrance.to(partial(schedule.schedule, cases.reschedule)), private),
        CommandHandler("timezone", entrance.to(partial(schedule.timezone, cases.relocate)), private),
        MessageHandler(private & filters.COMMAND & ~filters.FORWARDED, entrance.to(start.unknown_command)),
        MessageHandler(private & file, document),
        MessageHandler(private & LINKING, links),
        MessageHandler(private & (filters.TEXT | filters.CAPTION), text),
        MessageHandler(private, entrance.to(articles.anything_else)),
        CallbackQueryHandler(entrance.to(partial(browse.why, cases.explain)), pattern=f"^{WHY}$"),
        CallbackQueryHandler(
            entrance.to(partial(topics.press, cases.follow, cases.unfollow, cases.browse)),
        ),
        ChatMemberHandler(
            entrance.to(partial(privacy.membership, cases.subscribers)), ChatMemberHandler.MY_CHAT_MEMBER
        ),
    )
