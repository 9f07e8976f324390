"""The whole surface of the bot as one table."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from telegram import Chat, Update
from telegram.ext import (
    BaseHandler,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from bot.domain.delivery import Page
from bot.ports import Clock, Deliveries, Feeds, Newsroom, Parts, Subscribers
from bot.services.appoint import Appoint, Dismiss
from bot.services.attach import Attach
from bot.services.browse import Browse
from bot.services.decide import Decide, Leaf
from bot.services.explain import Explain
from bot.services.export import Pack
from bot.services.feeds import AddFeed, RemoveFeed
from bot.services.follow import Follow, Unfollow
from bot.services.gather import Gather
from bot.services.join import Compare, Join
from bot.services.more import More
from bot.services.plan import Plan
from bot.services.rate import Rate
from bot.services.reschedule import Relocate, Reschedule
from bot.services.silence import Silence
from bot.services.split import Split
from bot.services.trust import Trust
from handlers import (
    articles,
    browse,
    channels,
    documents,
    editors,
    feeds,
    groups,
    muting,
    pending,
    privacy,
    rating,
    schedule,
    settings,
    sheets,
    start,
    stories,
    topics,
)
from handlers import digest_callbacks as under
from handlers import settings_callbacks as screen
from handlers.callbacks import CHANNEL, DISMISSAL, JOINING, RULING, TURN
from handlers.desk import Desk
from handlers.export import export
from handlers.links import LINKING
from handlers.links import links as read_links
from handlers.request import Callback, Entrance
from handlers.working import Shows, working

Route = BaseHandler[Any, Any, Any]


@dataclass(frozen=True, slots=True)
class UseCases:
    """What the bot can do."""

    desk: Desk
    follow: Follow
    unfollow: Unfollow
    browse: Browse
    reschedule: Reschedule
    relocate: Relocate
    plan: Plan
    explain: Explain
    subscribers: Subscribers
    clock: Clock
    trust: Trust
    appoint: Appoint
    dismiss: Dismiss
    decide: Decide
    leaf: Leaf
    split: Split
    compare: Compare
    join: Join
    parts: Parts
    newsroom: Newsroom
    gather: Gather
    attach: Attach
    feeds: Feeds
    add_feed: AddFeed
    remove_feed: RemoveFeed
    pack: Pack
    more: More
    rate: Rate
    silence: Silence
    deliveries: Deliveries
    settings: settings.Screen


def routes(cases: UseCases, owners: Collection[int], entrance: Entrance, shows: Shows) -> Sequence[Route]:
    """Return what answers which update, the first that fits."""
    return (
        *_commands(cases, owners, entrance),
        *_feeds(cases, entrance, shows),
        *_texts(cases, entrance, shows),
        *_digests(cases, entrance),
        *_presses(cases, owners, entrance),
    )


def _commands(cases: UseCases, owners: Collection[int], entrance: Entrance) -> Sequence[Route]:
    private, desk = filters.ChatType.PRIVATE & _NEW, cases.desk
    by_owner = private & filters.User(owners) & ~filters.FORWARDED  # somebody else's words name nobody
    follow = entrance.to(partial(topics.follow, cases.follow, cases.browse))
    unfollow = entrance.to(partial(topics.unfollow, cases.unfollow, cases.browse))
    listed = entrance.to(partial(channels.listed, desk.channels, desk.is_editor))
    return (
        CommandHandler("start", entrance.to(partial(start.start, cases.browse)), private),
        CommandHandler("help", entrance.to(partial(start.help_, cases.trust)), private),
        CommandHandler(["follow", "subscribe"], follow, private),
        CommandHandler(["unfollow", "unsubscribe"], unfollow, private),
        CommandHandler("topics", entrance.to(partial(topics.topics, cases.browse)), private),
        CommandHandler("digest", entrance.to(partial(browse.digest, cases.plan, cases.browse)), private),
        CommandHandler("schedule", entrance.to(partial(schedule.schedule, cases.reschedule)), private),
        CommandHandler("timezone", entrance.to(partial(schedule.timezone, cases.relocate)), private),
        CommandHandler("settings", entrance.to(partial(settings.settings, cases.settings)), private),
        CommandHandler("export", entrance.to(partial(export, cases.pack, cases.clock)), private),
        CommandHandler("channels", listed, private),
        CommandHandler("editors", entrance.to(partial(editors.editors, cases.appoint)), by_owner),
        CommandHandler("pending", entrance.to(partial(pending.pending, cases.leaf)), private),
        CommandHandler("split", entrance.to(partial(stories.split, cases.split, cases.parts)), private),
        CommandHandler("join", entrance.to(partial(stories.join, cases.compare, cases.parts)), private),
        CommandHandler(["save", "add"], entrance.in_groups(partial(groups.save, desk)), filters.ChatType.GROUPS & _NEW),
    )


def _feeds(cases: UseCases, entrance: Entrance, shows: Shows) -> Sequence[Route]:
    private = filters.ChatType.PRIVATE & _NEW & ~filters.FORWARDED
    add = working(shows.links, feeds.for_editors(cases.trust, partial(feeds.add, cases.add_feed)))
    listed = feeds.for_editors(cases.trust, partial(feeds.feeds, cases.feeds))
    remove = feeds.for_editors(cases.trust, partial(feeds.remove, cases.remove_feed))
    return (
        CommandHandler("feeds", entrance.to(listed), private),
        CommandHandler("addfeed", entrance.to(add), private),
        CommandHandler("removefeed", entrance.to(remove), private),
    )


def _texts(cases: UseCases, entrance: Entrance, shows: Shows) -> Sequence[Route]:
    desk = cases.desk
    private, group, words = filters.ChatType.PRIVATE, filters.ChatType.GROUPS, filters.TEXT | filters.CAPTION
    edited = entrance.to(partial(articles.edited, desk))
    post = partial(channels.post, desk.channels, desk.revise)
    links = entrance.to(working(shows.links, partial(read_links, cases.gather, desk)))
    document = entrance.to(working(shows.files, partial(documents.document, cases.attach, desk)))
    file = filters.Document.ALL & ~filters.ANIMATION  # Telegram sends a moving picture as both
    picture = filters.Document.Category("image/") | filters.Document.Category("video/")
    return (
        MessageHandler(private & _NEW & filters.COMMAND & ~filters.FORWARDED, entrance.to(start.unknown_command)),
        MessageHandler(private & _NEW & file, document),
        MessageHandler(private & _NEW & LINKING, links),
        MessageHandler(private & _NEW & words, entrance.to(partial(articles.text, desk))),
        MessageHandler(private & _NEW, entrance.to(articles.anything_else)),
        MessageHandler(private & _EDITED & words & ~filters.COMMAND & (~file | picture), edited),
        MessageHandler(group & _NEW & groups.Mention(), entrance.in_groups(partial(groups.mentioned, desk))),
        MessageHandler(group & _NEW & groups.ReplyToUs(), entrance.in_groups(partial(groups.replied, desk))),
        MessageHandler(group & _EDITED & words, entrance.in_groups(partial(groups.edited, desk))),
        MessageHandler(filters.UpdateType.CHANNEL_POSTS & words, post),
    )


def _presses(cases: UseCases, owners: Collection[int], entrance: Entrance) -> Sequence[Route]:
    desk = cases.desk
    switch = partial(channels.press, desk.channels, desk.is_editor, cases.clock)
    of_channel = partial(channels.membership, desk.channels, desk.is_editor, entrance)
    of_reader = entrance.to(partial(privacy.membership, cases.subscribers))
    return (
        CallbackQueryHandler(entrance.to(switch), pattern=CHANNEL),
        CallbackQueryHandler(
            entrance.to(partial(pending.rule, cases.decide, cases.leaf, cases.newsroom)), pattern=RULING
        ),
        CallbackQueryHandler(entrance.to(partial(pending.turn, cases.leaf)), pattern=TURN),
        CallbackQueryHandler(entrance.to(partial(stories.press, cases.join)), pattern=JOINING),
        CallbackQueryHandler(
            entrance.to(partial(editors.dismiss, owners, cases.appoint, cases.dismiss)), pattern=DISMISSAL
        ),
        CallbackQueryHandler(
            entrance.to(partial(topics.press, cases.follow, cases.unfollow, cases.browse)),
        ),
        ChatMemberHandler(_by_place(of_channel, of_reader), ChatMemberHandler.MY_CHAT_MEMBER),
    )


def _digests(cases: UseCases, entrance: Entrance) -> Sequence[Route]:
    """Return what the buttons under a digest and on the settings screen do."""
    features = {
        under.TURN: partial(browse.more, cases.more),
        under.WHY: partial(browse.why, cases.explain),
        under.RATE: partial(rating.rate, cases.rate),
        under.RATING: partial(rating.press, cases.rate),
        under.MUTE: partial(muting.which, cases.silence),
        under.MUTING: partial(muting.press, cases.silence),
        under.UNMUTING: partial(muting.undo, cases.silence),
        under.BACK: partial(sheets.back, cases.deliveries),
        under.SETTINGS: partial(settings.settings, cases.settings),
        screen.CHOICE: partial(settings.choose, cases.settings),
        rf"^{screen.SHOW}\Z": partial(settings.show, cases.settings),
        rf"^{screen.ASK_RESET}\Z": partial(settings.ask_reset, cases.settings),
        rf"^{screen.RESET}\Z": partial(settings.reset, cases.settings),
        screen.UNMUTE: partial(settings.unmute, cases.settings),
    }
    return [CallbackQueryHandler(entrance.to(feature), pattern=pattern) for pattern, feature in features.items()]


_NEW, _EDITED = filters.UpdateType.MESSAGE, filters.UpdateType.EDITED_MESSAGE


def _by_place(in_channel: Callback, elsewhere: Callback) -> Callback:
    """Return what answers a change of our standing, in a channel and anywhere else."""

    async def enter(update: Update, context: "CallbackContext[Any, Any, Any, Any]") -> Sequence[Page]:
        chat = update.effective_chat
        is_channel = chat is not None and chat.type == Chat.CHANNEL
        return await (in_channel if is_channel else elsewhere)(update, context)

    return enter
