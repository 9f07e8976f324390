"""The composition root: which adapter stands behind which port, and how the whole starts and stops."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Any

from telegram import (
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeDefault,
)
from telegram.error import BadRequest, InvalidToken
from telegram.ext import ExtBot

from bot.charts.png import Drawings
from bot.domain.delivery import Page
from bot.domain.feed import Feed
from bot.domain.links import host_of
from bot.domain.schedule import Schedule
from bot.domain.topic import Topic
from bot.fetch.addresses import Allowance
from bot.fetch.articles import FileArticles, PageArticles
from bot.fetch.bounded import BoundedReaders
from bot.fetch.client import Client
from bot.fetch.client import Limits as FetchLimits
from bot.fetch.feed_lists import FeedLists, feed_list
from bot.fetch.feed_reading import FeedReading, FeedsReading
from bot.listening import CannotServe, called, polling, shown, watching
from bot.places import PlacesProcess
from bot.ports import Clock
from bot.pulse.counts import Event, Part, Pulse, Span
from bot.pulse.intake import CountedAttach, CountedGather, CountedRevise
from bot.reading.process import ReadingProcess
from bot.scheduler import scheduler
from bot.services.alert import Alert
from bot.services.appoint import Appoint, Dismiss
from bot.services.ask import Ask
from bot.services.browse import Browse
from bot.services.collect import Collect
from bot.services.compose import Compose
from bot.services.decide import Decide, Leaf
from bot.services.deliver import Deliver
from bot.services.enlist import Enlist
from bot.services.explain import Explain
from bot.services.export import Enclosed, Pack
from bot.services.feeds import AddFeed, RemoveFeed
from bot.services.follow import Follow, Unfollow
from bot.services.forget import Forget
from bot.services.join import Compare, Join
from bot.services.limit import Limit
from bot.services.more import More
from bot.services.onboard import Onboard
from bot.services.plan import Plan
from bot.services.poll import Poll, Polled
from bot.services.prefer import Prefer
from bot.services.rate import Rate
from bot.services.reschedule import Relocate, Reschedule
from bot.services.resummarise import Resummarise
from bot.services.save import Save
from bot.services.search import Search
from bot.services.share import Share
from bot.services.silence import Silence
from bot.services.split import Split
from bot.services.trends import Trends
from bot.services.trust import Trust
from bot.services.tune import Tune
from bot.services.week import Week
from bot.services.welcome import Welcome
from bot.storage.addresses import StoredAddresses
from bot.storage.alerts import StoredAlerts
from bot.storage.archive import StoredArchive
from bot.storage.articles import StoredArticles
from bot.storage.channels import StoredChannels
from bot.storage.database import Database, opened
from bot.storage.deliveries import StoredDeliveries
from bot.storage.editors import StoredEditors
from bot.storage.feeds import StoredFeeds
from bot.storage.inbox import StoredInbox
from bot.storage.mutes import StoredMutes
from bot.storage.parts import StoredParts
from bot.storage.ratings import StoredRatings
from bot.storage.records import StoredRecords
from bot.storage.searches import StoredSearches
from bot.storage.stories import StoredStories
from bot.storage.submissions import StoredSubmissions
from bot.storage.subscribers import StoredSubscribers
from bot.storage.topics import StoredTopics
from bot.storage.usage import StoredUsage
from bot.summarize.budget import Budget
from bot.supervisor import ALIVE, STOPPING, tell
from bot.telegram.administrators import Administrators
from bot.telegram.client import client
from bot.telegram.digests import Renderer
from bot.telegram.dispatch import dispatcher
from bot.telegram.files import Downloads
from bot.telegram.inbox import Arrivals, Worker, chat_of
from bot.telegram.insisting import insistently
from bot.telegram.joining import Joining
from bot.telegram.language import Language, Languages
from bot.telegram.limiter import Limiter, Pace
from bot.telegram.newsroom import NewsroomPages
from bot.telegram.outbox import Outbox
from bot.telegram.render import note
from bot.telegram.sender import Sender
from bot.telegram.typing import Aside, Typing
from bot.telegram.week import WeekPages
from config.catalogue import read_catalogue
from config.languages import read_catalogues
from config.settings import Settings
from handlers import rooms_texts, texts
from handlers.callbacks import ruling_payload
from handlers.desk import Desk
from handlers.digest_callbacks import sheet_payload
from handlers.feeds import FeedPages
from handlers.request import Entrance
from handlers.routes import UseCases, routes
from handlers.settings import Screen
from handlers.working import Shows

log = logging.getLogger(__name__)
_PLAN_EVERY = 2.0
_PRUNE_EVERY = 3600.0
_KEPT = timedelta(hours=48)  # Telegram keeps updates for 24 hours; after twice that none can come again
_POLL_EVERY = 2.0
_FEEDS_AT_ONCE = 4
_LINES_KEPT = timedelta(days=60)  # what a source repeats comes sooner
_PARTS_KEPT = timedelta(hours=72)  # people edit for 48 hours, and Telegram keeps the edit for 24 more
_SEARCHES_KEPT = timedelta(days=30)  # so long the pages of a search can be turned
_FIRST_TIMES = (time(8),)


class TokenRefused(Exception):
    """The Bot API server does not know the token."""


def utc_now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


def catalogue_topics(catalogue: str | None = None) -> Sequence[Topic]:
    """Return the topics that a catalogue lists (its text, in the columns of topics.tsv), by default the shipped one."""
    return [
        Topic(
            name=row.name,
            forms=row.forms,
            nisba=row.nisba,
            plurals=row.plurals,
            capitals=row.capital,
            is_ambiguous=row.is_ambiguous,
            qualified=row.qualified,
            blocks=row.blocks,
            flag=row.flag,
        )
        for row in read_catalogue(catalogue)
    ]


async def load_topics(database: str, catalogue: str) -> int:
    """Keep the topics of a catalogue, beside or instead of shipped ones; return how many. ValueError: a bad line."""
    loaded = catalogue_topics(catalogue)
    with opened(database) as kept:
        await StoredTopics(kept).seed(loaded, is_own=True)
    return len(loaded)


async def resummarise(settings: Settings, started: Callable[[int], Callable[[int], None]]) -> None:
    """Make old summaries again; ``started`` is told how many there are and returns what is told of each lot's size."""
    with opened(settings.database) as database:
        articles = StoredArticles(database)
        async with reading(settings, StoredTopics(database), articles) as read:
            rebuild = Resummarise(articles, read)
            advanced = started(await rebuild.count())
            async for size in rebuild():
                advanced(size)


async def run(
    settings: Settings,
    stop: asyncio.Event,
    clock: Clock = utc_now,
    limits: FetchLimits | None = None,
    pace: Pace | None = None,
) -> None:
    """Run the bot until ``stop`` is set; raise TokenRefused, CannotServe or DatabaseUnusable.

    What is in flight then is finished first: requests are answered, updates in hand are settled. ``limits`` are those
    of one fetch, and ``pace`` is that of sending.
    """
    token = settings.token.get_secret_value() if settings.token else ""
    pulse = Pulse()
    limiter = Limiter(pace, pulse)
    bot, fetch = client(token, settings.api_url, limiter)
    languages = Languages(read_catalogues(settings.language))
    with opened(settings.database) as database:
        stopping = asyncio.create_task(stop.wait())
        starting = asyncio.create_task(_started(bot))
        await asyncio.wait([stopping, starting], return_when=asyncio.FIRST_COMPLETED)
        refusals: list[Exception] = []
        try:
            if starting.done():
                starting.result()
                web = Client(allowed=Allowance.of(settings.fetch_allow), limits=limits)
                await _running(settings, database, bot, limiter, pulse, languages, fetch, web, clock, stopping)
        except* InvalidToken:
            refusals.append(TokenRefused("the Bot API server does not know this token"))
        except* CannotServe as errors:
            refusals += _each(errors)
        finally:
            starting.cancel()
            stopping.cancel()
            await bot.shutdown()
        for refusal in refusals:
            raise refusal


def _each(group: BaseExceptionGroup[Exception]) -> Iterator[Exception]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _each(error)
        else:
            yield error


async def _started(bot: ExtBot[Any]) -> None:
    await insistently(bot.initialize)


async def _running(
    settings: Settings,
    database: Database,
    bot: ExtBot[Any],
    limiter: Limiter,
    pulse: Pulse,
    languages: Languages,
    fetch: Callable[[int | None], Awaitable[list[dict[str, Any]]]],
    web: Client,
    clock: Clock,
    stopping: "asyncio.Task[Any]",
) -> None:
    arrived, planned = asyncio.Event(), asyncio.Event()
    inbox, deliveries, subscribers = StoredInbox(database), StoredDeliveries(database), StoredSubscribers(database)
    articles, topics = StoredArticles(database), StoredTopics(database)
    parts, read = StoredParts(database), reading(settings, topics, articles)
    addresses, usage = StoredAddresses(database), StoredUsage(database)
    readers = BoundedReaders()
    stories, searches = StoredStories(database), StoredSearches(database)
    pages, fetch_feed, feeds = PageArticles(web, readers), FeedReading(web, readers), StoredFeeds(database)
    shipped = catalogue_topics()
    await topics.seed(shipped)
    left = await inbox.recover(), await deliveries.recover(clock())
    log.info("recovered updates=%d deliveries=%d", *left)

    render = Renderer(languages, sheet_payload, {topic.name: topic.flag for topic in shipped})
    ratings = StoredRatings(database)
    compose, rate = Compose(deliveries, ratings), Rate(deliveries, ratings, clock)
    silence = Silence(StoredMutes(database), deliveries, topics, clock)
    plan = Plan(subscribers, deliveries, render, clock, compose, Week(topics, subscribers, WeekPages(languages)))
    alert = Alert(StoredAlerts(database), subscribers, deliveries, render, clock, settings.at_once_per_day)
    schedule = Schedule(_FIRST_TIMES, settings.timezone)
    limit = Limit(usage, clock, settings.articles_per_hour, settings.fetches_per_hour)
    collect = Collect(articles, read, clock, limit)
    browse, downloads, records = Browse(topics, subscribers, clock), Downloads(bot), StoredRecords(database)
    pack = Pack(StoredArchive(database), records, clock)
    enclosed = Enclosed(pack, subscribers, feeds, feed_list)
    editors, submissions = StoredEditors(database), StoredSubmissions(database)
    trust, newsroom = Trust(editors, settings.owner), NewsroomPages(languages, ruling_payload)
    cases = UseCases(
        desk=Desk(CountedRevise(collect, articles, clock, pulse), browse, articles, StoredChannels(database), trust),
        follow=Follow(topics, articles, read, subscribers, clock),
        unfollow=Unfollow(topics, subscribers),
        browse=browse,
        reschedule=Reschedule(subscribers, clock),
        relocate=Relocate(subscribers, clock, PlacesProcess()),
        plan=plan,
        explain=Explain(deliveries),
        subscribers=subscribers,
        clock=clock,
        trust=trust,
        appoint=Appoint(editors, subscribers, newsroom, clock, settings.owner),
        dismiss=Dismiss(editors, subscribers, newsroom, clock),
        decide=Decide(submissions, subscribers, newsroom, trust, clock),
        leaf=Leaf(submissions, trust),
        split=Split(articles, trust),
        compare=Compare(articles, trust),
        join=Join(articles, trust),
        parts=parts,
        newsroom=newsroom,
        gather=CountedGather(pages, addresses, articles, collect, limit, clock, pulse),
        pack=pack,
        limit=limit,
        forget=Forget(subscribers, records, clock),
        more=More(deliveries, compose, render, clock),
        rate=rate,
        silence=silence,
        deliveries=deliveries,
        settings=Screen(Prefer(subscribers), rate, silence, languages),
        onboard=Onboard(topics, subscribers, Reschedule(subscribers, clock), plan, schedule),
        attach=CountedAttach(downloads, FileArticles(readers), collect, limit, clock, pulse),
        feeds=feeds,
        add_feed=AddFeed(feeds, fetch_feed, clock),
        remove_feed=RemoveFeed(feeds),
        enlist=Enlist(feeds, FeedsReading(fetch_feed), downloads, FeedLists(readers), clock),
        tune=Tune(subscribers, clock, settings.at_once_per_day),
        trends=Trends(topics, clock),
        search=Search(stories, searches, topics, subscribers, clock),
        save=Save(stories, clock),
        share=Share(stories, topics, clock),
    )
    ask = Ask(submissions, editors, subscribers, newsroom, clock, settings.owner)
    poll = Poll(feeds, fetch_feed, pages, collect, FeedPages(languages[settings.language]), clock, settings.owner)
    welcome = Welcome(subscribers, clock, settings.language, schedule, [language.code for language in languages])
    entrance = Entrance(welcome, languages, Administrators(bot))
    aside = Aside(Typing(bot), arrived)
    surface = routes(cases, settings.owner, entrance, Shows(links=aside, files=aside.typing))
    handle = Joining(parts, dispatcher(bot, surface), clock)
    apologise, arrivals = _apologies(languages[settings.language]), Arrivals(inbox, clock, arrived, pulse)
    worker = Worker(inbox, handle, apologise, clock, arrived, planned, aside.chats, pulse)
    send = Sender(bot, enclosed, Drawings())
    outbox = Outbox(Deliver(deliveries, subscribers, send, clock), limiter, planned, pulse)

    knocking = scheduler(
        {
            **watching(settings, bot, pulse),
            "plan": (_PLAN_EVERY, lambda: _plan_digests(plan, planned, pulse)),
            "alert": (_PLAN_EVERY, lambda: _plan_alerts(alert, planned, pulse)),
            "ask": (_PLAN_EVERY, lambda: _ask_editors(ask, planned)),
            "feeds": (_POLL_EVERY, lambda: _poll_feeds(poll, planned, pulse)),
            "prune": (_PRUNE_EVERY, lambda: inbox.prune(clock() - _KEPT)),
            "forget links": (_PRUNE_EVERY, lambda: _forget(clock() - _KEPT, addresses, usage)),
            "forget lines": (_PRUNE_EVERY, lambda: articles.forget_lines((clock() - _LINES_KEPT).date())),
            "forget searches": (_PRUNE_EVERY, lambda: searches.forget(clock() - _SEARCHES_KEPT)),
            "prune parts": (_PRUNE_EVERY, lambda: parts.prune(clock() - _PARTS_KEPT)),
        }
    )
    knocking.start()
    try:
        async with asyncio.TaskGroup() as tasks:
            lasting = [
                tasks.create_task(task)
                for task in (
                    called(settings, bot, arrivals) if settings.webhook_url else polling(bot, arrivals, fetch),
                    worker.run(),
                    outbox.run(),
                    _introduced(bot, languages),
                    *shown(settings, database, pulse, limiter, clock),
                )
            ]
            await stopping
            tell(STOPPING)
            for task in lasting:
                task.cancel()
    finally:
        knocking.shutdown(wait=False)
        for each in (read, readers, web):
            await each.aclose()


async def _forget(before: datetime, *kept: StoredAddresses | StoredUsage) -> None:
    for each in kept:
        await each.forget(before)


async def _plan_digests(plan: Plan, planned: asyncio.Event, pulse: Pulse) -> None:
    begun = pulse.clock()
    report = await plan()
    pulse.beat(Part.PLANNER)
    tell(ALIVE)
    for subscriber_id, error in report.failures:
        log.error("subscriber=%d planning failed error=%s", subscriber_id, type(error).__name__, exc_info=error)
    if report.planned:
        pulse.took(Span.PLANNING, pulse.clock() - begun)
        pulse.count(Event.PLANNED, "digest", times=report.planned)
        log.info("planned digests=%d", report.planned)
        planned.set()


async def _plan_alerts(alert: Alert, planned: asyncio.Event, pulse: Pulse) -> None:
    report = await alert()
    for subscriber_id, error in report.failures:
        log.error("subscriber=%d alerting failed error=%s", subscriber_id, type(error).__name__, exc_info=error)
    if report.planned:
        pulse.count(Event.PLANNED, "alert", times=report.planned)
        log.info("alerts=%d", report.planned)
        planned.set()


async def _ask_editors(ask: Ask, planned: asyncio.Event) -> None:
    report = await ask()
    for error in report.failures:
        log.error("asking editors failed error=%s", type(error).__name__, exc_info=error)
    if report.planned:
        log.info("editors pages=%d", report.planned)
        planned.set()


async def _poll_feeds(poll: Poll, planned: asyncio.Event, pulse: Pulse) -> None:
    async for polled in polls(poll):
        pulse.count(Event.LOOKED, "failed" if polled.failure else "read")
        pulse.count(Event.TAKEN_IN, "feed", "new", times=polled.new)
        if polled.failure is None or polled.feed.is_failing:
            planned.set()  # the owners may have been written to


async def polls(poll: Poll) -> AsyncIterator[Polled]:
    """Look at the feeds that are due, four of different hosts side by side; one that breaks holds no other up."""
    while due := await poll.due():
        by_host: dict[str, Feed] = {}
        for feed in due:
            by_host.setdefault(host_of(feed.url), feed)
        lot = list(by_host.values())[:_FEEDS_AT_ONCE]
        for feed, polled in zip(lot, await asyncio.gather(*map(poll, lot), return_exceptions=True), strict=True):
            if isinstance(polled, Polled):
                reason = polled.failure.reason.name if polled.failure else ""
                log.info("feed=%d new=%d%s", feed.id, polled.new, f" failed reason={reason}" if reason else "")
                for mistake in polled.mistakes:
                    log.error("feed=%d entry failed error=%s", feed.id, type(mistake).__name__, exc_info=mistake)
                yield polled
            elif isinstance(polled, Exception):
                log.error("feed=%d polling failed error=%s", feed.id, type(polled).__name__, exc_info=polled)
                await poll.put_off(feed)
            else:
                raise polled


@contextlib.asynccontextmanager
async def newsroom_feeds(settings: Settings) -> AsyncIterator[tuple[StoredFeeds, AddFeed, RemoveFeed, Poll]]:
    """Open the database and the web for a command about feeds."""
    languages = Languages(read_catalogues(settings.language))
    with opened(settings.database) as database:
        articles, topics, feeds = StoredArticles(database), StoredTopics(database), StoredFeeds(database)
        await topics.seed(catalogue_topics())
        async with (
            reading(settings, topics, articles) as read,
            Client(allowed=Allowance.of(settings.fetch_allow)) as web,
            BoundedReaders() as readers,
        ):
            fetch_feed, notes = FeedReading(web, readers), FeedPages(languages[settings.language])
            collect = Collect(articles, read, utc_now)
            poll = Poll(feeds, fetch_feed, PageArticles(web, readers), collect, notes, utc_now, settings.owner)
            yield feeds, AddFeed(feeds, fetch_feed, utc_now), RemoveFeed(feeds), poll


def reading(settings: Settings, topics: StoredTopics, articles: StoredArticles) -> ReadingProcess:
    """Return the process that reads articles, as the settings want it."""
    budget = Budget(settings.summary_sentences, settings.summary_chars)
    return ReadingProcess(topics, articles, budget, with_capitals=settings.capitals)


def _apologies(language: Language) -> Callable[[dict[str, Any]], Sequence[Page]]:
    def apologise(update: dict[str, Any]) -> Sequence[Page]:
        is_answered = chat_of(update) > 0 and "inline_query" not in update  # who shares may never have written to us
        return [Page(note(texts.sorry(language), language))] if is_answered else ()

    return apologise


async def _introduced(bot: ExtBot[Any], languages: Languages) -> None:
    """Tell Telegram the commands: in the first language for everyone, in each for those who speak it.

    Groups have menus of their own: what members may ask there, and what their administrators may.
    """
    for code, language in [(None, next(iter(languages))), *((each.code, each) for each in languages)]:
        for scope, menu in (
            (BotCommandScopeDefault(), texts.commands(language)),
            (BotCommandScopeAllGroupChats(), rooms_texts.commands(language)),
            (BotCommandScopeAllChatAdministrators(), rooms_texts.commands_of_administrators(language)),
        ):
            commands = [BotCommand(name, text) for name, text in menu.items()]
            given = partial(bot.set_my_commands, commands, scope, code)
            with contextlib.suppress(BadRequest):
                await insistently(given)
