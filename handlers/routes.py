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
from bot.services.browse import Browse
from bot.services.collect import Collect
from bot.services.explain import Explain
from bot.services.follow import Follow, Unfollow
from bot.services.plan import Plan
from bot.services.reschedule import Relocate, Reschedule
from handlers import articles, browse, privacy, schedule, start, topics
from handlers.callbacks import SCHEDULE, WHY
from handlers.request import Entrance

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


def routes(cases: UseCases, owners: Collection[int], entrance: Entrance) -> Sequence[Route]:
    """Return what answers which update; the first that fits does."""
    private = filters.ChatType.PRIVATE
    follow = entrance.to(partial(topics.follow, cases.follow, cases.browse))
    unfollow = entrance.to(partial(topics.unfollow, cases.unfollow, cases.browse))
    text = entrance.to(partial(articles.text, owners, cases.collect, cases.browse))
    location = entrance.to(partial(schedule.location, cases.relocate))
    return (
        CommandHandler("start", entrance.to(partial(start.start, cases.browse)), private),
        CommandHandler("help", entrance.to(start.help_), private),
        CommandHandler(["follow", "subscribe"], follow, private),
        CommandHandler(["unfollow", "unsubscribe"], unfollow, private),
        CommandHandler("topics", entrance.to(partial(topics.topics, cases.browse)), private),
        CommandHandler("digest", entrance.to(partial(browse.digest, cases.plan, cases.browse)), private),
        CommandHandler("schedule", entrance.to(partial(schedule.schedule, cases.reschedule)), private),
        CommandHandler("timezone", entrance.to(partial(schedule.timezone, cases.relocate)), private),
        CommandHandler("quiet", entrance.to(partial(schedule.quiet, cases.reschedule)), private),
        CommandHandler("vacation", entrance.to(partial(schedule.vacation, cases.reschedule)), private),
        CommandHandler("weekly", entrance.to(partial(schedule.weekly, cases.reschedule)), private),
        MessageHandler(private & filters.COMMAND & ~filters.FORWARDED, entrance.to(start.unknown_command)),
        MessageHandler(private & (filters.TEXT | filters.CAPTION), text),
        MessageHandler(private & filters.LOCATION, location),
        MessageHandler(private, entrance.to(articles.anything_else)),
        CallbackQueryHandler(entrance.to(partial(browse.why, cases.explain)), pattern=f"^{WHY}$"),
        CallbackQueryHandler(entrance.to(partial(schedule.press, cases.reschedule)), pattern=f"^{SCHEDULE}"),
        CallbackQueryHandler(
            entrance.to(partial(topics.press, cases.follow, cases.unfollow, cases.browse)),
        ),
        ChatMemberHandler(
            entrance.to(partial(privacy.membership, cases.subscribers)), ChatMemberHandler.MY_CHAT_MEMBER
        ),
    )
