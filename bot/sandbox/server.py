"""The sandbox over HTTP, in the current event loop or until Ctrl-C.

The bot's side is at `{url}/bot<token>/<method>` and `{url}/file/bot<token>/<path>`, the reader's under
`{url}/sandbox/` (see bot.sandbox.reader_side). Only this machine is served.
"""

import asyncio
import contextlib
import re
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final, Self

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.sandbox.bot_side import BotSide
from bot.sandbox.faults import Fault
from bot.sandbox.limits import Limits, Meter
from bot.sandbox.people import User
from bot.sandbox.reader_side import ReaderSide
from bot.sandbox.world import World

DEFAULT_TOKEN: Final = "123456:SANDBOX-TOKEN-FOR-LOCAL-USE-ONLY"  # noqa: S105  # opens nothing but the sandbox

_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost"})
_TOKEN: Final = re.compile(r"(\d{1,15}):[A-Za-z0-9_-]{3,}", re.ASCII)
_GRACE_SECONDS: Final = 3
_TICK_SECONDS: Final = 0.005


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
        self.url = await self._stack.enter_async_context(_serving(application(self.world, self.token), self._port))
        self._stack.callback(self.world.bell.close)
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


@dataclass(slots=True, eq=False)
class _Signals:
    """Two moments in a server's life."""

    ready: asyncio.Event = field(default_factory=asyncio.Event)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)


class _Server(uvicorn.Server):
    """uvicorn as a guest in somebody else's event loop: no signal handlers, told when to stop."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.signals = _Signals()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave Ctrl-C to the loop's owner."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Say when requests are welcome."""
        await super().startup(sockets)
        self.signals.ready.set()

    async def main_loop(self) -> None:
        """Keep the Date header fresh until told to stop, at once rather than at the next tick."""
        while not await self.on_tick(0):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.signals.stopping.wait(), 1)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close idle connections at once, and those that do not end in time by force; tests close many servers."""
        for server in self.servers:
            server.close()
        for listener in sockets or ():
            listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_GRACE_SECONDS):
                # uvicorn tells nobody when a connection ends.
                while self.server_state.connections or self.server_state.tasks:  # noqa: ASYNC110
                    await asyncio.sleep(_TICK_SECONDS)
        for task in self.server_state.tasks:
            task.cancel()

    def stop(self) -> None:
        """End the main loop."""
        self.should_exit = True
        self.signals.stopping.set()


_IDLE = 60  # seconds: httpx leaves a connection after five, and must not find it closed as it sends


@contextlib.asynccontextmanager
async def _serving(served: Starlette, port: int) -> AsyncIterator[str]:
    listener = _listener(port)
    config = uvicorn.Config(
        served,
        http=_Protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=_IDLE,
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    await server.signals.ready.wait()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.stop()
        await task


def _listener(port: int) -> socket.socket:
    """Return a bound socket that says it is TCP: only then does asyncio turn Nagle off, whose pauses cost 40 ms."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError:
        listener.close()
        raise
    return listener


async def _serve_forever(server: SandboxServer, listening: Callable[[str], object]) -> None:
    async with server:
        listening(server.url)
        await asyncio.Event().wait()


async def _unrouted(_request: Request, error: Exception) -> Response:
    status, detail = (error.status_code, error.detail) if isinstance(error, HTTPException) else (404, "Not Found")
    return JSONResponse({"ok": False, "error_code": status, "description": detail}, status)
