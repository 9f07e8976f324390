"""The composition root: which adapter stands behind which port, and how the whole starts and stops."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from telegram import BotCommand
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.domain.delivery import Page
from bot.domain.schedule import Schedule
from bot.domain.topic import Topic
from bot.places import zone_at
from bot.ports import Clock
from bot.reading.process import ReadingProcess
from bot.scheduler import scheduler
from bot.services.browse import Browse
from bot.services.collect import Collect
from bot.services.deliver import Deliver
from bot.services.explain import Explain
from bot.services.follow import Follow, Unfollow
from bot.services.plan import Plan
from bot.services.reschedule import Relocate, Reschedule
from bot.services.resummarise import Resummarise
from bot.services.welcome import Welcome
from bot.storage.articles import StoredArticles
from bot.storage.database import Database, opened
from bot.storage.deliveries import StoredDeliveries
from bot.storage.inbox import StoredInbox
from bot.storage.subscribers import StoredSubscribers
from bot.storage.topics import StoredTopics
from bot.summarize.budget import Budget
from bot.telegram.client import client
from bot.telegram.dispatch import dispatcher
from bot.telegram.inbox import Poller, Worker, chat_of
from bot.telegram.language import Language, Languages
from bot.telegram.limiter import Limiter
from bot.telegram.outbox import Outbox
from bot.telegram.render import Renderer, note
from bot.telegram.sender import Sender
from config.catalogue import read_catalogue
from config.languages import read_catalogues
from config.settings import Settings
from handlers import texts
from handlers.callbacks import WHY
from handlers.request import Entrance
from handlers.routes import UseCases, routes

log = logging.getLogger(__name__)
_PLAN_EVERY = 2.0
_PRUNE_EVERY = 3600.0
_KEPT = timedelta(hours=48)  # Telegram keeps updates for 24 hours; after twice that none can come again
_LINES_KEPT = timedelta(days=60)  # what a source repeats comes sooner
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
        async with _reading(settings, StoredTopics(database), articles) as read:
            rebuild = Resummarise(articles, read)
            advanced = started(await rebuild.count())
            async for size in rebuild():
                advanced(size)


async def run(settings: Settings, stop: asyncio.Event, clock: Clock = utc_now) -> None:
    """Run the bot until ``stop`` is set; raise TokenRefused, or DatabaseUnusable.

    What is in flight then is finished first: requests are answered, updates in hand are settled.
    """
    token = settings.token.get_secret_value() if settings.token else ""
    limiter = Limiter()
    bot, fetch = client(token, settings.api_url, limiter)
    languages = Languages(read_catalogues(settings.language))
    with opened(settings.database) as database:
        stopping = asyncio.create_task(stop.wait())
        starting = asyncio.create_task(_started(bot))
        await asyncio.wait([stopping, starting], return_when=asyncio.FIRST_COMPLETED)
        is_refused = False
        try:
            if starting.done():
                starting.result()
                await _running(settings, database, bot, limiter, languages, fetch, clock, stopping)
        except* InvalidToken:
            is_refused = True
        finally:
            starting.cancel()
            stopping.cancel()
            await bot.shutdown()
        if is_refused:
            raise TokenRefused("the Bot API server does not know this token")


async def _started(bot: ExtBot[Any]) -> None:
    await _insistently(bot.initialize)
    await _insistently(bot.delete_webhook)  # while one is set nothing can be polled
    log.info("bot=%d polling", bot.id)


async def _running(
    settings: Settings,
    database: Database,
    bot: ExtBot[Any],
    limiter: Limiter,
    languages: Languages,
    fetch: Callable[[int | None], Awaitable[list[dict[str, Any]]]],
    clock: Clock,
    stopping: "asyncio.Task[Any]",
) -> None:
    arrived, planned = asyncio.Event(), asyncio.Event()
    inbox, deliveries, subscribers = StoredInbox(database), StoredDeliveries(database), StoredSubscribers(database)
    articles, topics = StoredArticles(database), StoredTopics(database)
    read = _reading(settings, topics, articles)
    shipped = catalogue_topics()
    await topics.seed(shipped)
    left = await inbox.recover(), await deliveries.recover(clock())
    log.info("recovered updates=%d deliveries=%d", *left)

    plan = Plan(subscribers, deliveries, Renderer(languages, WHY, {topic.name: topic.flag for topic in shipped}), clock)
    schedule = Schedule(_FIRST_TIMES, settings.timezone)
    cases = UseCases(
        collect=Collect(articles, read, clock),
        follow=Follow(topics, articles, read, subscribers, clock),
        unfollow=Unfollow(topics, subscribers),
        browse=Browse(topics, subscribers, clock),
        reschedule=Reschedule(subscribers, clock),
        relocate=Relocate(subscribers, clock, zone_at),
        plan=plan,
        explain=Explain(deliveries),
        subscribers=subscribers,
    )
    entrance = Entrance(Welcome(subscribers, clock, settings.language, schedule), languages)
    handle = dispatcher(bot, routes(cases, settings.owner, entrance))
    worker = Worker(inbox, handle, _apologies(languages[settings.language]), clock, arrived, planned)
    outbox = Outbox(Deliver(deliveries, subscribers, Sender(bot), clock), limiter, planned)

    async def plan_digests() -> None:
        report = await plan()
        for subscriber_id, error in report.failures:
            log.error("subscriber=%d planning failed error=%s", subscriber_id, type(error).__name__, exc_info=error)
        if report.planned:
            log.info("planned digests=%d", report.planned)
            planned.set()

    knocking = scheduler(
        {
            "plan": (_PLAN_EVERY, plan_digests),
            "prune": (_PRUNE_EVERY, lambda: inbox.prune(clock() - _KEPT)),
            "forget lines": (_PRUNE_EVERY, lambda: articles.forget_lines((clock() - _LINES_KEPT).date())),
        }
    )
    knocking.start()
    try:
        async with asyncio.TaskGroup() as tasks:
            lasting = [
                tasks.create_task(task)
                for task in (
                    Poller(inbox, fetch, clock, arrived).run(),
                    worker.run(),
                    outbox.run(),
                    _introduced(bot, languages),
                )
            ]
            await stopping
            for task in lasting:
                task.cancel()
    finally:
        knocking.shutdown(wait=False)
        await read.aclose()


def _reading(settings: Settings, topics: StoredTopics, articles: StoredArticles) -> ReadingProcess:
    budget = Budget(settings.summary_sentences, settings.summary_chars)
    return ReadingProcess(topics, articles, budget, with_capitals=settings.capitals)


def _apologies(language: Language) -> Callable[[dict[str, Any]], Sequence[Page]]:
    def apologise(update: dict[str, Any]) -> Sequence[Page]:
        return [Page(note(texts.sorry(language), language))] if chat_of(update) > 0 else ()

    return apologise


async def _introduced(bot: ExtBot[Any], languages: Languages) -> None:
    """Tell Telegram the commands: in the first language for everyone, in each for those who speak it."""
    for code, language in [(None, next(iter(languages))), *((each.code, each) for each in languages)]:
        commands = [BotCommand(name, text) for name, text in texts.commands(language).items()]
        with contextlib.suppress(BadRequest):
            await _insistently(lambda c=commands, code=code: bot.set_my_commands(c, language_code=code))  # type: ignore[misc]


async def _insistently(request: Callable[[], Awaitable[object]]) -> None:
    """Make a request that is safe to repeat until it is answered."""
    failures = 0
    while True:
        try:
            await request()
        except (InvalidToken, BadRequest):
            raise
        except TelegramError as error:
            failures += 1
            wait = error.retry_after if isinstance(error, RetryAfter) else min(2**failures / 2, 30)
            log.warning("start=waiting kind=%s failures=%d", type(error).__name__, failures)
            await asyncio.sleep(wait.total_seconds() if isinstance(wait, timedelta) else wait)
        else:
            return
