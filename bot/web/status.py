"""Probes and metrics, for the operator's own machines."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.domain.queues import Queues
from bot.pulse.counts import Part, Pulse
from bot.web.metrics import Seen, exposition

_DATABASE_SECONDS = 2.0
_Check = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Status:
    """What is shown of one process; each part has to be at work within its limit, in seconds.

    ``write`` asks the database for a transaction that could change something.
    """

    pulse: Pulse
    limits: Mapping[Part, float]
    write: Callable[[], Awaitable[object]]
    queues: Callable[[], Awaitable[Queues]]
    held_for: Callable[[], float]

    def application(self) -> Starlette:
        """Return it as something to serve."""
        return Starlette(
            routes=[
                Route("/healthz", self.healthy, methods=["GET"]),
                Route("/readyz", self.ready, methods=["GET"]),
                Route("/metrics", self.metrics, methods=["GET"]),
            ]
        )

    async def healthy(self, _request: Request) -> Response:
        """Say that the process answers: who gets nothing may restart it."""
        return PlainTextResponse("ok\n")

    async def ready(self, _request: Request) -> Response:
        """Say if it does its work: 503 if a part does not, with the age and the limit of each."""
        checks = {"database": await self._database()} | {
            part.value: _part(age, self.limits[part]) for part, age in self.pulse.ages().items() if part in self.limits
        }
        is_ready = all(check["ok"] for check in checks.values())
        return JSONResponse({"ready": is_ready, "checks": checks}, 200 if is_ready else 503)

    async def metrics(self, _request: Request) -> Response:
        """Return what is counted."""
        queues = await _answered(self.queues)
        return Response(exposition(Seen(self.pulse, queues, self.held_for())), media_type=CONTENT_TYPE_PLAIN_0_0_4)

    async def _database(self) -> _Check:
        begun = self.pulse.clock()
        is_there = await _answered(lambda: _true(self.write))
        return {
            "ok": bool(is_there),
            "seconds": round(self.pulse.clock() - begun, 3),
            "limit": _DATABASE_SECONDS,
        }


def _part(age: float | None, limit: float) -> _Check:
    return {"ok": age is not None and age <= limit, "age": None if age is None else round(age, 1), "limit": limit}


async def _true(ask: Callable[[], Awaitable[object]]) -> bool:
    await ask()
    return True


async def _answered(ask: Callable[[], Awaitable[T]]) -> T | None:
    """Return the answer, None if there is none in time: whoever probes must not be let hang."""
    try:
        async with asyncio.timeout(_DATABASE_SECONDS):
            return await ask()
    except Exception:  # noqa: BLE001 - that it does not answer is the answer
        return None
