"""The bot's own connection to a Bot API server."""

import os
from typing import Any

from telegram.ext import BaseRateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.telegram.inbox import Fetch
from bot.telegram.kinds import ALLOWED_UPDATES

# Answers come within a second; what takes longer is lost or late. With 30 s half as many sends end unknown as with
# the library's 5 s (45 against 103 of 2,000 with late answers mixed in).
_READ_TIMEOUT = 30.0
_CONNECTIONS = 16
_POLL_SECONDS = 50


class RawUpdates(HTTPXRequest):
    """A request that keeps updates as they came and gives the library only their ids to parse.

    One update that the library cannot parse would stop its polling for good (984 calls in 5 s, 0 of 3 handled).
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.received: list[dict[str, Any]] = []

    def parse_json_payload(self, payload: bytes) -> dict[str, Any]:  # type: ignore[override]  # static there
        """Set raw updates aside; everything else is parsed as always."""
        answer = HTTPXRequest.parse_json_payload(payload)
        if not isinstance(answer.get("result"), list):
            return answer
        self.received = [
            update
            for update in answer["result"]
            if isinstance(update, dict) and isinstance(update.get("update_id"), int)
        ]
        return answer | {"result": [{"update_id": update["update_id"]} for update in self.received]}


def client(token: str, api_url: str, limiter: "BaseRateLimiter[Any] | None" = None) -> tuple[ExtBot[Any], Fetch]:
    """Return the bot at the Bot API server under this root, and a way to fetch its raw updates.

    Raise telegram.error.InvalidToken for an empty token; nothing is sent yet.
    """
    # The library warns at every 429 until it is told that we know of the coming timedelta.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    root = api_url.rstrip("/")
    polling = RawUpdates(connection_pool_size=1, read_timeout=_READ_TIMEOUT)
    bot: ExtBot[Any] = ExtBot(
        token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=HTTPXRequest(connection_pool_size=_CONNECTIONS, read_timeout=_READ_TIMEOUT, pool_timeout=10.0),
        get_updates_request=polling,
        rate_limiter=limiter,
    )

    async def fetch(offset: int | None) -> list[dict[str, Any]]:
        await bot.get_updates(offset=offset, timeout=_POLL_SECONDS, allowed_updates=ALLOWED_UPDATES)
        return polling.received

    return bot, fetch
