"""HTTP as a guest in somebody else's event loop: the loop's owner decides when it begins and when it ends."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

_GRACE_SECONDS: Final = 3
_TICK_SECONDS: Final = 0.005


_IDLE = 60  # seconds: httpx leaves a connection after five, and must not find it closed as it sends


@contextlib.asynccontextmanager
async def serving(
    served: ASGIApp, host: str, port: int, *, protocol: type[H11Protocol] = H11Protocol, at_once: int | None = None
) -> AsyncIterator[str]:
    """Serve within the context, and give the URL; port 0 takes a free one, a taken one is an OSError.

    In the end no connection is taken any more, and requests in hand have three seconds. Of more than ``at_once``
    connections and requests in hand the rest is answered 503.
    """
    listener = _listener(host, port)
    config = uvicorn.Config(
        served,
        http=protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=at_once,
        timeout_keep_alive=_IDLE,
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    await server.signals.ready.wait()
    try:
        yield f"http://{_shown(host)}:{listener.getsockname()[1]}"
    finally:
        server.stop()
        await task


class ImpatientProtocol(H11Protocol):
    """HTTP that hangs up on whoever takes longer than ten seconds to say what they want."""

    _alarm: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin to wait."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Wait on for the rest of a head; a request that is being answered has limits of its own."""
        super().data_received(data)
        if self._is_answering():
            self._rest()
        elif self._alarm is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._rest()
        super().connection_lost(exc)

    def _is_answering(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle  # uvicorn does not say that there is none at first
        return cycle is not None and not cycle.response_complete

    def _wait(self) -> None:
        self._alarm = self.loop.call_later(_HEAD_SECONDS, self._hang_up)

    def _rest(self) -> None:
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None

    def _hang_up(self) -> None:
        if not self._is_answering():
            self.transport.abort()


_HEAD_SECONDS: Final = 10.0


@dataclass(slots=True, eq=False)
class _Signals:
    """Two moments in a server's life."""

    ready: asyncio.Event = field(default_factory=asyncio.Event)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)


class _Server(uvicorn.Server):
    """uvicorn without signal handlers, told when to stop."""

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


def _listener(host: str, port: int) -> socket.socket:
    """Return a bound socket that says it is TCP: only then does asyncio turn Nagle off, whose pauses cost 40 ms."""
    family, _, _, _, address = _resolved(host, port)
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError:
        listener.close()
        raise
    return listener


def _resolved(host: str, port: int) -> tuple[Any, ...]:
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
