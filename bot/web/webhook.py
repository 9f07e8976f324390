"""The webhook: an update is committed before Telegram is told that we have it."""

import asyncio
import hmac
import json
import logging
import math
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.pulse.counts import Event, Pulse

Keep = Callable[[Sequence[dict[str, Any]]], Awaitable[None]]

log = logging.getLogger(__name__)
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # a header's name
_MOST_BYTES = 1 << 20  # the longest update, a text of 4,096 signs with a link on each, has some 700 KB
_BODY_SECONDS = 10.0
_RETRY_SECONDS = 5  # after which Telegram comes again when we could not commit
_MOST_ID = 2**63


class _Refused(Exception):
    """A request that is no update of Telegram's."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Webhook:
    """An ASGI application at one path; who does not know the secret is refused before anything of theirs is read."""

    path: str
    secret: str
    keep: Keep
    pulse: Pulse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        status = await self._status(Request(scope, receive))
        self.pulse.count(Event.CALLED, str(status))
        await Response(status_code=status, headers=_HEADERS.get(status))(scope, receive, send)

    async def _status(self, request: Request) -> int:
        try:
            self._admit(request)
            update = _update(await _body(request))
        except _Refused as refused:
            return refused.status
        except TimeoutError:
            return 408
        except ClientDisconnect:
            return 400
        return await self._kept(update)

    def _admit(self, request: Request) -> None:
        if request.url.path != self.path:
            raise _Refused(404)
        if request.method != "POST":
            raise _Refused(405)
        given = request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("latin-1"), self.secret.encode()):
            raise _Refused(403)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise _Refused(415)

    async def _kept(self, update: dict[str, Any]) -> int:
        try:
            await self.keep([update])
        except Exception as error:  # whatever it is, Telegram must bring it again
            log.exception("webhook=failed update=%d error=%s", update["update_id"], type(error).__name__)
            return 503
        return 200


# What is left of a body that we do not read must not pass for the next request.
_HEADERS = {status: {"Connection": "close"} for status in (403, 404, 408, 413, 415)} | {
    405: {"Allow": "POST", "Connection": "close"},
    503: {"Retry-After": str(_RETRY_SECONDS)},
}


async def _body(request: Request) -> bytes:
    if int(request.headers.get("content-length", "0")) > _MOST_BYTES:  # h11 lets only digits pass
        raise _Refused(413)
    body = bytearray()
    async with asyncio.timeout(_BODY_SECONDS):
        async for chunk in request.stream():
            body += chunk
            if len(body) > _MOST_BYTES:
                raise _Refused(413)
    return bytes(body)


def _update(body: bytes) -> dict[str, Any]:
    """Return the update in a body: any object with a number; what else is in it the inbox takes as it comes."""
    try:
        update = json.loads(body, parse_constant=_no_number, parse_float=_number)
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError is a ValueError
        raise _Refused(400) from error
    number = update.get("update_id") if isinstance(update, dict) else None
    if not isinstance(update, dict) or type(number) is not int or not 0 <= number < _MOST_ID:
        raise _Refused(400)
    return update


def _no_number(name: str) -> float:
    """Refuse NaN and Infinity: Python takes them, JSON and PostgreSQL do not."""
    raise ValueError(name)


def _number(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError("too large")
    return number
