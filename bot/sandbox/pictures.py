"""Photos of the bot, taken as strictly as Telegram takes them."""

import struct
from typing import Any, Final

from bot.sandbox.refusals import RefusedError, bad_request
from bot.sandbox.world import World

_MAX_UPLOAD_BYTES: Final = 50 * 1024 * 1024
_MAX_BYTES: Final = 10 * 1024 * 1024
_MAX_SIDES: Final = 10_000  # width and height together
_MAX_RATIO: Final = 20
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8"
_THUMBNAIL: Final = 90


def photo(world: World, sent: tuple[str, str, bytes] | str) -> list[dict[str, Any]]:
    """Keep a photo that was uploaded and return its sizes, or find one by its identifier."""
    if isinstance(sent, str):
        stored = world.files.get(sent)
        size = _size(stored.content) if stored else None
        if stored is None or size is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return [stored.api() | {"width": size[0], "height": size[1]}]
    _, _, content = sent
    width, height = _checked(content)
    stored = world.store("photos", ".png" if content.startswith(_PNG) else ".jpg", content)
    scale = _THUMBNAIL / max(width, height, _THUMBNAIL)
    small = {"width": max(round(width * scale), 1), "height": max(round(height * scale), 1)}
    thumbnail = world.store("thumbnails", ".jpg", content[:_THUMBNAIL])
    return [thumbnail.api() | small, stored.api() | {"width": width, "height": height}]


def _checked(content: bytes) -> tuple[int, int]:
    """Return the sides of what can be shown as a photo."""
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > _MAX_UPLOAD_BYTES:
        raise RefusedError(413, "Request Entity Too Large")
    if len(content) > _MAX_BYTES:
        raise bad_request(f"file of size {len(content)} bytes is too big for a photo; the maximum size is {_MAX_BYTES}")
    size = _size(content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > _MAX_SIDES or max(size) > _MAX_RATIO * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return size


def _size(content: bytes) -> tuple[int, int] | None:
    """Return width and height as a PNG or JPEG says them, or None for anything else."""
    if content.startswith(_PNG) and content[12:16] == b"IHDR" and content.rstrip().endswith(b"IEND\xaeB`\x82"):
        width, height = struct.unpack(">II", content[16:24])
        return (width, height) if width and height else None
    return _jpeg_size(content) if content.startswith(_JPEG) else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    place = 2
    while place + 9 < len(content) and content[place] == _JPEG[0]:
        kind, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4])
        if 0xC0 <= kind <= 0xCF and kind not in {0xC4, 0xC8, 0xCC}:  # noqa: PLR2004 - the frames of the standard
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return (width, height) if width and height else None
        place += 2 + length
    return None
