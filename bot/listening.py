"""How updates reach us, and what is shown of us: polls, or ports on which others call."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.ports import Clock
from bot.pulse.counts import Part, Pulse
from bot.scheduler import Knock
from bot.storage.database import Database
from bot.storage.queues import StoredQueues
from bot.supervisor import READY, tell
from bot.telegram.inbox import Arrivals, Fetch, Poller
from bot.telegram.insisting import insistently
from bot.telegram.limiter import Limiter
from bot.telegram.webhook import register, secret_of, standing
from config.settings import PREFIX, BadSettings, Settings

log = logging.getLogger(__name__)
_WATCH_EVERY = 60.0
_MOST_CONNECTIONS = 256
# Seconds after which a part that was not at work is not ready: a poll hangs for 50, 100,000 readers are planned in 20.
_LIMITS = {Part.INTAKE: 90.0, Part.PLANNER: 120.0, Part.SENDER: 10.0}


class CannotServe(Exception):
    """A port cannot be listened on, or Telegram does not take the webhook; the message names the setting."""


async def polling(bot: ExtBot[Any], arrivals: Arrivals, fetch: Fetch) -> None:
    """Ask for updates until cancelled; raise InvalidToken."""
    log.info("bot=%d polling", bot.id)
    tell(READY)
    await Poller(arrivals, fetch).run()


async def called(settings: Settings, bot: ExtBot[Any], arrivals: Arrivals) -> None:
    """Let Telegram bring updates until cancelled; raise CannotServe."""
    from bot.web.webhook import Webhook  # noqa: PLC0415 - 2 MB and 0.1 s of a start, and most bots poll

    url, secret = webhook_of(settings)
    webhook = Webhook(urlsplit(url).path or "/", secret, arrivals.keep, arrivals.pulse)
    async with _listening(webhook, settings.webhook_listen, "webhook_listen"):
        try:
            await insistently(lambda: register(bot, url, secret, settings.webhook_connections))
        except BadRequest as error:
            raise CannotServe(f"{PREFIX}WEBHOOK_URL: Telegram refuses it: {error.message}") from error
        log.info("bot=%d webhook", bot.id)
        arrivals.pulse.beat(Part.INTAKE)
        tell(READY)
        await asyncio.Event().wait()


def webhook_of(settings: Settings) -> tuple[str, str]:
    """Return the webhook's address and secret; raise BadSettings if there is none."""
    if settings.webhook_url is None or settings.token is None:
        raise BadSettings(f"{PREFIX}WEBHOOK_URL: missing; the https address at which Telegram is to call")
    given = settings.webhook_secret
    return settings.webhook_url, given.get_secret_value() if given else secret_of(settings.token.get_secret_value())


def shown(
    settings: Settings, database: Database, pulse: Pulse, limiter: Limiter, clock: Clock
) -> Iterator[Coroutine[Any, Any, None]]:
    """Return what serves probes and metrics, if that is wanted."""
    if settings.status_listen is None:
        return
    from bot.web.status import Status  # noqa: PLC0415 - Prometheus, as above

    queues = StoredQueues(database)
    limits = _LIMITS | ({Part.INTAKE: _WATCH_EVERY * 5} if settings.webhook_url else {})
    status = Status(pulse, limits, database.answer, lambda: queues(clock()), lambda: limiter.held_for)
    yield _served(status.application(), settings.status_listen, "status_listen")


async def _served(application: Any, listen: tuple[str, int], setting: str) -> None:
    async with _listening(application, listen, setting):
        await asyncio.Event().wait()


@contextlib.asynccontextmanager
async def _listening(application: Any, listen: tuple[str, int], setting: str) -> AsyncIterator[None]:
    from bot.serving import ImpatientProtocol, serving  # noqa: PLC0415 - as above

    async with contextlib.AsyncExitStack() as stack:
        try:
            served = serving(application, *listen, protocol=ImpatientProtocol, at_once=_MOST_CONNECTIONS)
            log.info("serving=%s url=%s", setting, await stack.enter_async_context(served))
        except OSError as error:
            raise CannotServe(f"{PREFIX}{setting.upper()}: {error.strerror or error}") from error
        yield


def watching(settings: Settings, bot: ExtBot[Any], pulse: Pulse) -> Mapping[str, Knock]:
    """Return what looks after a webhook that is silent: at night nobody writes, and nobody tells us of a lost one."""
    url = settings.webhook_url
    return {"webhook": (_WATCH_EVERY, lambda: _watch_webhook(bot, url, pulse))} if url else {}


async def _watch_webhook(bot: ExtBot[Any], url: str, pulse: Pulse) -> None:
    try:
        found = await standing(bot)
    except TelegramError as error:
        log.warning("webhook=unknown kind=%s", type(error).__name__)
        return
    recently = datetime.now(UTC) - timedelta(seconds=2 * _WATCH_EVERY)
    if found.url != url:
        log.error("webhook=elsewhere another program set or deleted it: stop that, then `mujaz webhook set`")
    elif found.pending and found.failed_at and found.failed_at > recently:
        log.warning("webhook=failing pending=%d error=%r", found.pending, found.failure)
    else:
        pulse.beat(Part.INTAKE)
