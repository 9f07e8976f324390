"""Bodies of requests, of a size that hurts nobody."""

from typing import Final

from starlette.requests import Request

from bot.sandbox.refusals import RefusedError, bad_request

_MAX_BODY: Final = 25 * 1024 * 1024


async def body_of(request: Request, most: int = _MAX_BODY) -> bytes:
    """Return the whole body; one that is, or is announced to be, larger is refused: by default over 25 MB."""
    too_large = RefusedError(413, "Request Entity Too Large")
    announced = request.headers.get("content-length", "0")
    if not announced.isdigit():
        raise bad_request("wrong Content-Length")
    if int(announced) > most:
        raise too_large
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise too_large
    return bytes(body)
