"""The whole surface of the bot as one table."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from telegram import Chat, Update
from telegram.ext import (
    BaseHandler,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.domain.delivery import Page
from bot.domain.wording import Wish
from bot.ports import Clock, Deliveries, Feeds, Newsroom, Parts, Subscribers
from bot.services.appoint import Appoint, Dismiss
from bot.services.attach import Attach
from bot.services.browse import Browse
from bot.services.decide import Decide, Leaf
from bot.services.enlist import Enlist
from bot.services.explain import Explain
from bot.services.export import Pack
from bot.services.feeds import AddFeed, RemoveFeed
from bot.services.follow import Follow, Unfollow
from bot.services.forget import Forget
from bot.services.gather import Gather
from bot.services.join import Compare, Join
from bot.services.limit import Limit
from bot.services.more import More
from bot.services.onboard import Onboard
from bot.services.plan import Plan
from bot.services.rate import Rate
from bot.services.reschedule import Relocate, Reschedule
from bot.services.save import Save
from bot.services.search import Search
from bot.services.share import Share
from bot.services.silence import Silence
from bot.services.split import Split
from bot.services.trends import Trends
from bot.services.trust import Trust
from bot.services.tune import Tune
from handlers import (
    archive,
    articles,
    browse,
    channels,
    documents,
    editors,
    feeds,
    following,
    groups,
    inline,
    muting,
    onboarding,
    pending,
    privacy,
    rating,
    rooms,
    rooms_texts,
    saved,
    schedule,
    settings,
    sheets,
    start,
    stories,
    topics,
    trends,
    tuning,
)
from handlers import digest_callbacks as under
from handlers import settings_callbacks as screen
from handlers.archive_payloads import KEEPING, OPEN, REMOVAL, SEARCH_PAGE, SHELF_PAGE
from handlers.callbacks import CHANNEL, DISMISSAL, FEED_FILE, FEEDS, JOINING, RULING, TURN
from handlers.desk import Desk
from handlers.export import export
from handlers.links import LINKING
from handlers.links import links as read_links
from handlers.onboarding import Onboarding
from handlers.onboarding_buttons import BEGINNING
from handlers.plain import Said
from handlers.request import Callback, Entrance, Feature
from handlers.schedule_buttons import ASK_ZONE, SCHEDULE
from handlers.schedule_words import Asking
from handlers.topic_callbacks import TOPIC, TREND
from handlers.topic_list import Following
from handlers.trusted import for_editors
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
    enlist: Enlist
    pack: Pack
    tune: Tune
    trends: Trends
    search: Search
    save: Save
    share: Share
    limit: Limit
    forget: Forget
    more: More
    rate: Rate
    silence: Silence
    deliveries: Deliveries
    settings: settings.Screen
    onboard: Onboard

    @property
    def follow_topics(self) -> Feature:
        """Follow the names that are typed."""
        return partial(topics.follow, self.follow, self.browse)

    @property
    def following(self) -> Following:
        """What the list of topics and a topic's screen need."""
        return Following(self.browse, self.follow, self.unfollow, self.tune, self.silence)


def routes(cases: UseCases, owners: Collection[int], entrance: Entrance, shows: Shows) -> Sequence[Route]:
    """Return what answers which update, the first that fits."""
    return (
        *_archive(cases, entrance),
        *_onboarding(cases, entrance),
        *_commands(cases, owners, entrance),
        *_schedule(cases, entrance),
        *_rights(cases, entrance),
        *_rooms(cases, entrance),
        *_feeds(cases, entrance, shows),
        *_words(cases, entrance),
        *_texts(cases, entrance, shows),
        *_digests(cases, entrance),
        *_presses(cases, owners, entrance),
    )


def _commands(cases: UseCases, owners: Collection[int], entrance: Entrance) -> Sequence[Route]:
    private, desk = filters.ChatType.PRIVATE & _NEW, cases.desk
    anywhere = private | rooms.ROOMS
    by_owner = private & filters.User(owners) & ~filters.FORWARDED  # somebody else's words name nobody
    follow = entrance.to(onboarding.then_hour(_first_steps(cases, entrance), cases.follow_topics))
    unfollow = entrance.to(partial(topics.unfollow, cases.unfollow, cases.browse))
    listed = entrance.to(for_editors(cases.trust, partial(channels.listed, desk.channels)))
    return (
        CommandHandler("help", entrance.to(partial(start.help_, cases.trust)), private),
        CommandHandler(["follow", "subscribe"], follow, anywhere),
        CommandHandler(["unfollow", "unsubscribe"], unfollow, anywhere),
        CommandHandler("topics", entrance.to(partial(following.topics, cases.following)), anywhere),
        CommandHandler("popular", entrance.to(partial(trends.popular, cases.trends, cases.browse)), anywhere),
        CommandHandler("rising", entrance.to(partial(trends.rising, cases.trends, cases.browse)), anywhere),
        CommandHandler("digest", entrance.to(partial(browse.digest, cases.plan, cases.browse)), anywhere),
        CommandHandler("settings", entrance.to(partial(settings.settings, cases.settings)), anywhere),
        CommandHandler("channels", listed, private),
        CommandHandler("editors", entrance.to(partial(editors.editors, cases.appoint)), by_owner),
        CommandHandler("pending", entrance.to(partial(pending.pending, cases.leaf)), private),
        CommandHandler("split", entrance.to(partial(stories.split, cases.split, cases.parts)), private),
        CommandHandler("join", entrance.to(partial(stories.join, cases.compare, cases.parts)), private),
        CommandHandler(["save", "add"], entrance.in_groups(partial(groups.save, desk)), filters.ChatType.GROUPS & _NEW),
    )


def _onboarding(cases: UseCases, entrance: Entrance) -> Sequence[Route]:
    """Return the way of a newcomer to a standing digest."""
    private, steps = filters.ChatType.PRIVATE & _NEW, _first_steps(cases, entrance)
    said = private & filters.TEXT & ~filters.COMMAND & ~filters.FORWARDED & ~LINKING & onboarding.Opens()
    return (
        CommandHandler("start", entrance.to(partial(onboarding.start, steps)), private),
        MessageHandler(said, entrance.to(partial(onboarding.said, steps))),
        CallbackQueryHandler(entrance.to(partial(onboarding.press, steps)), pattern=f"^{BEGINNING}"),
    )


def _first_steps(cases: UseCases, entrance: Entrance) -> Onboarding:
    return Onboarding(cases.onboard, cases.browse, cases.follow, cases.unfollow, entrance.languages)


def _schedule(cases: UseCases, entrance: Entrance) -> Sequence[Route]:
    private, reschedule = filters.ChatType.PRIVATE & _NEW, cases.reschedule
    own = private & ~filters.FORWARDED  # what somebody else wrote, or where they are, is no wish of the reader's

    def to(feature: Feature, examples: rooms.Examples) -> Callback:
        return entrance.to(rooms.with_commands(feature, examples))

    return (
        *chain.from_iterable(
            (CommandHandler(command, answer, private | rooms.ROOMS), MessageHandler(own & Asking(wish), answer))
            for command, wish, answer in (
                ("schedule", Wish.SCHEDULE, to(partial(schedule.schedule, reschedule), rooms_texts.of_schedule)),
                ("quiet", Wish.QUIET, to(partial(schedule.quiet, reschedule), rooms_texts.of_quiet)),
                ("vacation", Wish.VACATION, to(partial(schedule.vacation, reschedule), rooms_texts.of_vacation)),
                ("weekly", Wish.WEEKLY, to(partial(schedule.weekly, reschedule), rooms_texts.of_weekly)),
                ("timezone", Wish.ZONE, to(partial(schedule.timezone, cases.relocate), rooms_texts.of_timezone)),
            )
        ),
        MessageHandler(own & filters.LOCATION, entrance.to(partial(schedule.location, cases.relocate))),
        CallbackQueryHandler(to(schedule.press_zone, rooms_texts.of_timezone), pattern=f"^{ASK_ZONE}$"),
        CallbackQueryHandler(entrance.to(partial(schedule.press, reschedule)), pattern=f"^{SCHEDULE}"),
    )


def _archive(cases: UseCases, entrance: Entrance) -> Sequence[Route]:
    """Return what finds, shows, saves and shares stories."""
    private = filters.ChatType.PRIVATE & _NEW
    typed = private & filters.TEXT & ~filters.COMMAND & ~filters.FORWARDED & archive.Asking()
    offer = partial(inline.offer, cases.share, cases.subscribers, entrance.languages)
    return (
        MessageHandler(inline.ByUs(), ignored),
        InlineQueryHandler(offer),
        CommandHandler("search", entrance.to(partial(archive.search, cases.search)), private),
        CommandHandler("latest", entrance.to(partial(archive.latest, cases.search)), private),
        CommandHandler("saved", entrance.to(partial(saved.saved, cases.save)), private),
        MessageHandler(typed, entrance.to(partial(archive.asked, cases.search))),
        CallbackQueryHandler(entrance.to(partial(archive.turn, cases.search)), pattern=SEARCH_PAGE),
        CallbackQueryHandler(entrance.to(partial(saved.open_, cases.save)), pattern=OPEN),
        CallbackQueryHandler(entrance.to(partial(saved.press, cases.save)), pattern=KEEPING),
        CallbackQueryHandler(entrance.to(partial(saved.turn, cases.save)), pattern=SHELF_PAGE),
        CallbackQueryHandler(entrance.to(partial(saved.remove, cases.save)), pattern=REMOVAL),
    )


def _rights(cases: UseCases, entrance: Entrance) -> Sequence[Route]:
    private = filters.ChatType.PRIVATE & _NEW
    ask = entrance.to_known(partial(privacy.ask, cases.clock), privacy.nothing)
    press = entrance.to_known(partial(privacy.press, cases.forget), privacy.nothing)
    keep = entrance.to_known(privacy.keep, privacy.nothing)
    return (
        CommandHandler("privacy", entrance.to_known(privacy.privacy, privacy.privacy_of_strangers), private),
        CommandHandler("export", entrance.to(partial(export, cases.pack, cases.limit, cases.clock)), private),
        CommandHandler("forget", ask, private | rooms.ROOMS),
        CallbackQueryHandler(press, pattern=privacy.FORGET),
        CallbackQueryHandler(keep, pattern=f"^{privacy.KEEP}$"),
    )


def _rooms(cases: UseCases, entrance: Entrance) -> Sequence[Route]:
    groups_only, moved = filters.ChatType.GROUPS, filters.StatusUpdate.MIGRATE
    opened = filters.StatusUpdate.FORUM_TOPIC_REOPENED | filters.StatusUpdate.GENERAL_FORUM_TOPIC_UNHIDDEN
    return (
        CommandHandler(["start", "help"], entrance.to(rooms.introduce), rooms.ROOMS),
        MessageHandler(groups_only & moved, partial(rooms.migrated, cases.subscribers, cases.clock)),
        MessageHandler(groups_only & opened, partial(rooms.reopened, cases.subscribers, cases.clock)),
    )


def _feeds(cases: UseCases, entrance: Entrance, shows: Shows) -> Sequence[Route]:
    private = filters.ChatType.PRIVATE & _NEW
    written = private & ~filters.FORWARDED  # a file may be another's, but not a command
    otherwise = working(shows.files, partial(documents.document, cases.attach, cases.desk))
    from_file = working(shows.links, partial(feeds.from_file, cases.enlist))

    def to(feature: Feature) -> Callback:
        return entrance.to(for_editors(cases.trust, feature))

    return (
        CommandHandler("feeds", to(partial(feeds.feeds, cases.feeds, cases.clock)), written),
        CommandHandler("addfeed", to(working(shows.links, partial(feeds.add, cases.add_feed))), written),
        CommandHandler("removefeed", to(partial(feeds.remove, cases.remove_feed)), written),
        MessageHandler(private & feeds.LISTS, entrance.to(for_editors(cases.trust, from_file, otherwise))),
        CallbackQueryHandler(to(partial(feeds.turn, cases.feeds, cases.clock)), pattern=FEEDS),
        CallbackQueryHandler(to(partial(feeds.as_file, cases.feeds)), pattern=f"^{FEED_FILE}$"),
    )


def _words(cases: UseCases, entrance: Entrance) -> Sequence[Route]:
    """Return the commands that have plain words too (bot/domain/asking.py); what nobody answers here is a text."""
    private = filters.ChatType.PRIVATE & _NEW & filters.TEXT & ~filters.COMMAND & ~filters.FORWARDED & ~LINKING
    said: dict[str, Feature] = {
        "follow": onboarding.then_hour(_first_steps(cases, entrance), cases.follow_topics),
        "unfollow": partial(topics.unfollow, cases.unfollow, cases.browse),
        "topics": partial(following.topics, cases.following),
        "digest": partial(browse.digest, cases.plan, cases.browse),
        "settings": partial(settings.settings, cases.settings),
        "popular": partial(trends.popular, cases.trends, cases.browse),
        "rising": partial(trends.rising, cases.trends, cases.browse),
        "help": partial(start.help_, cases.trust),
        "mute": partial(tuning.mute, cases.following),
        "unmute": partial(tuning.unmute, cases.following),
        "at_once": partial(tuning.at_once, cases.following),
        "in_digest": partial(tuning.in_digest, cases.following),
        "latest": partial(archive.latest, cases.search),
        "saved": partial(saved.saved, cases.save),
        "export": partial(export, cases.pack, cases.limit, cases.clock),
    }
    answers = {command: entrance.to(feature) for command, feature in said.items()} | {
        "privacy": entrance.to_known(privacy.privacy, privacy.privacy_of_strangers),
        "forget": entrance.to_known(partial(privacy.ask, cases.clock), privacy.nothing),
    }
    return [MessageHandler(private & Said(command), answer) for command, answer in answers.items()]


def _texts(cases: UseCases, entrance: Entrance, shows: Shows) -> Sequence[Route]:
    desk = cases.desk
    private, group, words = filters.ChatType.PRIVATE, filters.ChatType.GROUPS, filters.TEXT | filters.CAPTION
    edited = entrance.to(partial(articles.edited, desk))
    post = partial(channels.post, desk.channels, desk.revise)
    links = entrance.to(working(shows.links, partial(read_links, cases.gather, desk)))
    document = entrance.to(working(shows.files, partial(documents.document, cases.attach, desk)))
    file = filters.Document.ALL & ~filters.ANIMATION  # Telegram sends a moving picture as both
    typed = onboarding.or_choice(_first_steps(cases, entrance), partial(articles.text, desk))
    picture = filters.Document.Category("image/") | filters.Document.Category("video/")
    return (
        MessageHandler(private & _NEW & filters.COMMAND & ~filters.FORWARDED, entrance.to(start.unknown_command)),
        MessageHandler(private & _NEW & file, document),
        MessageHandler(private & _NEW & LINKING, links),
        MessageHandler(private & _NEW & words, entrance.to(typed)),
        MessageHandler(private & _NEW, entrance.to(articles.anything_else)),
        MessageHandler(private & _EDITED & words & ~filters.COMMAND & (~file | picture), edited),
        MessageHandler(group & _NEW & groups.Mention(), entrance.in_groups(partial(groups.mentioned, desk))),
        MessageHandler(group & _NEW & groups.ReplyToUs(), entrance.in_groups(partial(groups.replied, desk))),
        MessageHandler(group & _EDITED & words, entrance.in_groups(partial(groups.edited, desk))),
        MessageHandler(filters.UpdateType.CHANNEL_POSTS & words, post),
    )


def _presses(cases: UseCases, owners: Collection[int], entrance: Entrance) -> Sequence[Route]:
    desk = cases.desk
    switch = for_editors(cases.trust, partial(channels.press, desk.channels, cases.clock))
    of_channel = partial(channels.membership, desk.channels, desk.is_editor, entrance)
    of_all = partial(rooms.membership, cases.subscribers, entrance.languages, cases.clock)
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
        CallbackQueryHandler(entrance.to(partial(following.press, cases.following)), pattern=TOPIC),
        CallbackQueryHandler(entrance.to(partial(trends.press, cases.trends, cases.browse)), pattern=TREND),
        CallbackQueryHandler(
            entrance.to(partial(topics.press, cases.follow, cases.unfollow, cases.browse)),
        ),
        ChatMemberHandler(_both(of_channel, of_all), ChatMemberHandler.MY_CHAT_MEMBER),
    )


async def ignored(_: Update, __: "CallbackContext[Any, Any, Any, Any]") -> Sequence[Page]:
    """Answer nothing."""
    return ()


def _digests(cases: UseCases, entrance: Entrance) -> Sequence[Route]:
    """Return what the buttons under a digest and on the settings screen do."""
    features = {
        under.TURN: partial(browse.more, cases.more),
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
    why = entrance.to_anyone(partial(browse.why, cases.explain))
    return (
        CallbackQueryHandler(why, pattern=under.WHY),
        *(CallbackQueryHandler(entrance.to(feature), pattern=pattern) for pattern, feature in features.items()),
    )


_NEW, _EDITED = filters.UpdateType.MESSAGE, filters.UpdateType.EDITED_MESSAGE


def _both(of_channel: Callback, of_all: Callback) -> Callback:
    """Return what answers a change of our standing: in a channel what editors are asked goes before what others are."""

    async def enter(update: Update, context: "CallbackContext[Any, Any, Any, Any]") -> Sequence[Page]:
        chat = update.effective_chat
        told = await of_all(update, context)
        is_channel = chat is not None and chat.type == Chat.CHANNEL
        return (await of_channel(update, context) if is_channel else ()) or told

    return enter
