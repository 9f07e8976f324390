"""The webhook from the command line: one request to Telegram each."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any, TypeVar

from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import ExtBot

from bot.app import TokenRefused
from bot.listening import CannotServe, webhook_of
from bot.telegram.client import client
from bot.telegram.webhook import Standing, register, standing
from config.settings import PREFIX, BadSettings, Settings

T = TypeVar("T")


class NotReached(Exception):
    """Telegram did not answer, or not now; the message is one line."""


async def webhook_set(settings: Settings, *, drop_pending: bool) -> str:
    """Have Telegram call the webhook of the settings; return its address."""
    url, secret = webhook_of(settings)

    async def asked(bot: ExtBot[Any]) -> None:
        await register(bot, url, secret, settings.webhook_connections, drop_pending=drop_pending)

    await _asked(settings, asked)
    return url


async def webhook_deleted(settings: Settings, *, drop_pending: bool) -> None:
    """Have Telegram call nobody, so that we may poll."""

    async def asked(bot: ExtBot[Any]) -> None:
        await bot.delete_webhook(drop_pending_updates=drop_pending)

    await _asked(settings, asked)


async def webhook_lines(settings: Settings) -> list[str]:
    """Return what Telegram says of the webhook, a line each."""
    return list(_lines(await _asked(settings, standing)))


def _lines(found: Standing) -> Iterator[str]:
    yield f"url {found.url}" if found.url else "no webhook is set"
    yield f"pending {found.pending}"
    if found.url:
        yield f"connections {found.connections}"
        yield f"kinds {' '.join(found.allowed) or 'the default'}"
    if found.failed_at:
        yield f"last error {found.failed_at:%Y-%m-%d %H:%M:%S} UTC {' '.join(found.failure.split())}"


async def _asked(settings: Settings, ask: Callable[[ExtBot[Any]], Awaitable[T]]) -> T:
    if settings.token is None:
        raise BadSettings(f"{PREFIX}TOKEN: missing; @BotFather gives one")
    bot, _ = client(settings.token.get_secret_value(), settings.api_url)
    try:
        await bot.initialize()
        return await ask(bot)
    except InvalidToken as error:
        raise TokenRefused("the Bot API server does not know this token") from error
    except BadRequest as error:
        raise CannotServe(f"{PREFIX}WEBHOOK_URL: Telegram refuses it: {error.message}") from error
    except TelegramError as error:
        raise NotReached(f"Telegram did not answer: {type(error).__name__}") from error
    finally:
        await bot.shutdown()
