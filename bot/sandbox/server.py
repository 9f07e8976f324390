"""The sandbox over HTTP, in the current event loop or until Ctrl-C.

The bot's side is at `{url}/bot<token>/<method>` and `{url}/file/bot<token>/<path>`, the reader's under
`{url}/sandbox/` (see bot.sandbox.reader_side). Only this machine is served.
"""

import asyncio
import contextlib
import re
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.sandbox.bot_side import BotSide
from bot.sandbox.courier import Courier
from bot.sandbox.faults import Fault
from bot.sandbox.limits import Limits, Meter
from bot.sandbox.people import User
from bot.sandbox.reader_side import ReaderSide
from bot.sandbox.token import DEFAULT_TOKEN
from bot.sandbox.world import World
from bot.serving import serving

_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost"})
_TOKEN: Final = re.compile(r"(\d{1,15}):[A-Za-z0-9_-]{3,}", re.ASCII)


class SandboxServer:
    """A running sandbox: `async with SandboxServer() as sandbox` serves at `sandbox.url` in the current event loop.

    Port 0 takes a free one. Without limits the bot may write as fast as it likes. `world` is its whole state.
    """

    def __init__(
        self,
        *,
        token: str = DEFAULT_TOKEN,
        port: int = 0,
        host: str = "127.0.0.1",
        limits: Limits | None = None,
    ) -> None:
        if host not in _LOOPBACK:
            raise ValueError("the sandbox is served on the loopback interface only")
        number = _TOKEN.fullmatch(token)
        if number is None:
            raise ValueError("a token looks like 123456:letters_and_digits")
        bot = User(int(number[1]), "موجز", "mujaz_sandbox_bot", is_bot=True)
        self.token = token
        self.world = World(bot, Meter(limits) if limits else None)
        self.url = ""
        self._port = port
        self._stack = contextlib.AsyncExitStack()

    async def __aenter__(self) -> Self:
        self.url = await self._stack.enter_async_context(
            serving(application(self.world, self.token), "127.0.0.1", self._port, protocol=_Protocol)
        )
        self._stack.callback(self.world.bell.close)
        courier = asyncio.create_task(Courier(self.world).run())
        self._stack.push_async_callback(_ended, courier)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._stack.aclose()

    def plan(self, fault: Fault) -> None:
        """Let a fault happen to the next request that fits it."""
        self.world.faults.plan(fault)


def serve(
    port: int,
    *,
    token: str = DEFAULT_TOKEN,
    limits: Limits | None = Limits(),  # noqa: B008  # frozen
    listening: Callable[[str], object] = lambda _url: None,
) -> None:
    """Serve until Ctrl-C; `listening` is called with the address once it is open. A taken port is an OSError."""
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve_forever(SandboxServer(token=token, port=port, limits=limits), listening))


def application(world: World, token: str) -> Starlette:
    """Return the whole HTTP side of a world."""
    sides = BotSide(world, token), ReaderSide(world, token)
    return Starlette(
        routes=[*sides[0].routes(), *sides[1].routes()],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=sorted(_LOOPBACK))],
        exception_handlers={HTTPException: _unrouted},
    )


class _Protocol(H11Protocol):
    """HTTP that lets a handler cut its own connection: the transport travels in the request's state."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Note the transport."""
        super().connection_made(transport)
        self.app_state = self.app_state | {"transport": transport}


async def _ended(task: "asyncio.Task[None]") -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def _serve_forever(server: SandboxServer, listening: Callable[[str], object]) -> None:
    async with server:
        listening(server.url)
        await asyncio.Event().wait()


async def _unrouted(_request: Request, error: Exception) -> Response:
    status, detail = (error.status_code, error.detail) if isinstance(error, HTTPException) else (404, "Not Found")
    return JSONResponse({"ok": False, "error_code": status, "description": detail}, status)
