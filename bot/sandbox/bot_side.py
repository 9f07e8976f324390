"""The bot's side of the sandbox over HTTP: methods and files as Telegram serves them, behind the token."""

import inspect
from dataclasses import dataclass
from typing import Any, Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.sandbox import methods, parameters
from bot.sandbox.bodies import body_of
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.refusals import RefusedError
from bot.sandbox.world import World

_HTML_FAULTS: Final = {
    FaultKind.BAD_GATEWAY_HTML: (502, "502 Bad Gateway"),
    FaultKind.GATEWAY_TIMEOUT_HTML: (504, "504 Gateway Time-out"),
}
_MAX_UPLOAD: Final = 51 * 1024 * 1024  # a file of 50 MB and what stands around it


@dataclass(frozen=True, slots=True)
class BotSide:
    """`/bot<token>/<method>` and `/file/bot<token>/<path>` of one world."""

    world: World
    token: str

    def routes(self) -> list[Route]:
        """Return where Telegram answers."""
        return [
            Route("/bot{token}/{method}", self.call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self.file, methods=["GET"]),
        ]

    async def call(self, request: Request) -> Response:
        """Answer one request for a method, well or with a planned fault, and log it."""
        name = request.path_params["method"]
        entry: dict[str, Any] = {"at": self.world.clock(), "method": name, "params": {}}
        try:
            self._authorise(request)
            self.world.log.append(entry)
            kind = request.headers.get("content-type", "")
            body = await (body_of(request, _MAX_UPLOAD) if kind.startswith("multipart/") else body_of(request))
            given = parameters.read(request.url.query, kind, body)
            entry["params"] = {name: _logged(value) for name, value in given.items()}
            return await self._outcome(request, entry, given)
        except RefusedError as refusal:
            return _refused(entry, refusal)
        except ClientDisconnect:
            return Response()

    async def file(self, request: Request) -> Response:
        """Return the bytes of a file."""
        try:
            self._authorise(request)
        except RefusedError as refusal:
            return _refused({}, refusal)
        wanted = request.path_params["path"]
        stored = next((file for file in self.world.files.values() if file.path == wanted), None)
        if stored is None:
            return _refused({}, RefusedError(404, "Not Found"))
        return Response(stored.content, media_type="application/octet-stream")

    def _authorise(self, request: Request) -> None:
        if request.path_params["token"] != self.token:
            raise RefusedError(401, "Unauthorized")

    async def _outcome(self, request: Request, entry: dict[str, Any], given: dict[str, Any]) -> Response:
        fault = self.world.faults.due(entry["method"], entry["params"].get("chat_id"))
        if fault is None:
            return await self._effect(entry, given)
        entry["fault"] = fault.described()
        if refusal := fault.refusal():
            raise refusal
        if fault.kind in _HTML_FAULTS:
            entry["status"], title = _HTML_FAULTS[fault.kind]
            return HTMLResponse(f"<html><head><title>{title}</title></head></html>", entry["status"])
        if fault.kind is FaultKind.GARBAGE:
            entry["status"] = 200
            return PlainTextResponse("\x00ليس هذا JSON{{{")
        return await self._broken(request, entry, given, fault)

    async def _broken(self, request: Request, entry: dict[str, Any], given: dict[str, Any], fault: Fault) -> Response:
        """Do what the network does: lose the request, lose the answer, or be late with it."""
        answer: Response | None = None
        if fault.kind in {FaultKind.LOST_ANSWER, FaultKind.LATE_ANSWER}:
            answer = await self._effect(entry, given)
        if fault.kind in {FaultKind.HANG, FaultKind.LATE_ANSWER}:
            await self.world.bell.until(lambda: False, fault.seconds)
        if answer is not None and fault.kind is FaultKind.LATE_ANSWER:
            return answer
        entry["answered"] = False
        return await _cut_off(request)

    async def _effect(self, entry: dict[str, Any], given: dict[str, Any]) -> Response:
        method = methods.named(entry["method"])
        if method is None:
            raise RefusedError(404, "Not Found")
        result = method.call(self.world, parameters.converted(given, method.kinds))
        if inspect.isawaitable(result):
            result = await result
        entry |= {"status": 200, "result": result}
        return JSONResponse({"ok": True, "result": result})


def _logged(value: Any) -> Any:
    """Return a parameter as the log shows it: of a file its name and its size."""
    return {"file_name": value[0], "size": len(value[2])} if isinstance(value, tuple) else value


async def _cut_off(request: Request) -> Response:
    """Close the connection without a word; the answer returned is heard by nobody."""
    request.scope["state"]["transport"].abort()
    await request.receive()
    return Response()


def _refused(entry: dict[str, Any], refusal: RefusedError) -> Response:
    entry |= {"status": refusal.status, "description": refusal.description}
    answer: dict[str, Any] = {"ok": False, "error_code": refusal.status, "description": refusal.description}
    if refusal.migrate_to is not None:
        answer["parameters"] = {"migrate_to_chat_id": refusal.migrate_to}
    if refusal.retry_after is None:
        return JSONResponse(answer, refusal.status)
    answer["parameters"] = {"retry_after": refusal.retry_after}
    return JSONResponse(answer, refusal.status, headers={"Retry-After": str(refusal.retry_after)})
