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

from bot.ports import Newsroom, Subscribers
from bot.services.appoint import Appoint, Dismiss
from bot.services.browse import Browse
from bot.services.collect import Collect
from bot.services.decide import Decide, Leaf
from bot.services.explain import Explain
from bot.services.follow import Follow, Unfollow
from bot.services.plan import Plan
from bot.services.reschedule import Relocate, Reschedule
from bot.services.trust import Trust
from handlers import articles, browse, editors, pending, privacy, schedule, start, topics
from handlers.callbacks import DISMISSAL, RULING, TURN, WHY
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
    trust: Trust
    appoint: Appoint
    dismiss: Dismiss
    decide: Decide
    leaf: Leaf
    newsroom: Newsroom


def routes(cases: UseCases, owners: Collection[int], entrance: Entrance) -> Sequence[Route]:
    """Return what answers which update; the first that fits does."""
    private = filters.ChatType.PRIVATE
    by_owner = private & filters.User(owners) & ~filters.FORWARDED  # somebody else's words name nobody
    follow = entrance.to(partial(topics.follow, cases.follow, cases.browse))
    unfollow = entrance.to(partial(topics.unfollow, cases.unfollow, cases.browse))
    text = entrance.to(partial(articles.text, cases.trust, cases.collect, cases.browse))
    return (
        CommandHandler("start", entrance.to(partial(start.start, cases.browse)), private),
        CommandHandler("help", entrance.to(partial(start.help_, cases.trust)), private),
        CommandHandler(["follow", "subscribe"], follow, private),
        CommandHandler(["unfollow", "unsubscribe"], unfollow, private),
        CommandHandler("topics", entrance.to(partial(topics.topics, cases.browse)), private),
        CommandHandler("digest", entrance.to(partial(browse.digest, cases.plan, cases.browse)), private),
        CommandHandler("schedule", entrance.to(partial(schedule.schedule, cases.reschedule)), private),
        CommandHandler("timezone", entrance.to(partial(schedule.timezone, cases.relocate)), private),
        CommandHandler("editors", entrance.to(partial(editors.editors, cases.appoint)), by_owner),
        CommandHandler("pending", entrance.to(partial(pending.pending, cases.leaf)), private),
        MessageHandler(private & filters.COMMAND & ~filters.FORWARDED, entrance.to(start.unknown_command)),
        MessageHandler(private & (filters.TEXT | filters.CAPTION), text),
        MessageHandler(private, entrance.to(articles.anything_else)),
        CallbackQueryHandler(entrance.to(partial(browse.why, cases.explain)), pattern=f"^{WHY}$"),
        CallbackQueryHandler(
            entrance.to(partial(pending.rule, cases.decide, cases.leaf, cases.newsroom)), pattern=RULING
        ),
        CallbackQueryHandler(entrance.to(partial(pending.turn, cases.leaf)), pattern=TURN),
        CallbackQueryHandler(
            entrance.to(partial(editors.dismiss, owners, cases.appoint, cases.dismiss)), pattern=DISMISSAL
        ),
        CallbackQueryHandler(
            entrance.to(partial(topics.press, cases.follow, cases.unfollow, cases.browse)),
        ),
        ChatMemberHandler(
            entrance.to(partial(privacy.membership, cases.subscribers)), ChatMemberHandler.MY_CHAT_MEMBER
        ),
    )
