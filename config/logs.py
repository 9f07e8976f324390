"""Logging: one event a line, with ids, and never a token or what somebody wrote."""

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

OURS = ("bot", "handlers", "config")
_TOKENS = re.compile(r"\d{3,}:[A-Za-z0-9_-]{10,}")
# What readers and newspapers write is Arabic, and our events are not; as letters, and as JSON and repr escape them.
_WRITING = re.compile(r"(?:[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]|\\u0[5-8][0-9a-f]{2})+")
_FIELDS = re.compile(r"(?<!\S)([a-z_]+)=(\S+)")
# The library writes answers that it cannot parse, which carry texts; APScheduler tells of every knock.
_QUIET = {"telegram": logging.CRITICAL, "apscheduler": logging.ERROR}
_Caught = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def configure(level: str, *secrets: str, as_json: bool = False) -> None:
    """Write events of this level and above to standard error; ``secrets`` never appear.

    Of libraries only warnings are written: below that httpx writes addresses with the token, and SQLAlchemy statements.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter((_Json if as_json else _Redacting)(secrets))
    logging.raiseExceptions = False  # or a failing standard error would be told the raw arguments
    logging.basicConfig(level=max(logging.WARNING, logging.getLevelName(level)), handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    for name, least in _QUIET.items():
        logging.getLogger(name).setLevel(least)


class _Redacting(logging.Formatter):
    """Formats the whole record, traceback included, and then takes out the secrets and what somebody wrote."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__("time=%(asctime)s level=%(levelname)s logger=%(name)s %(message)s", "%Y-%m-%dT%H:%M:%S%z")
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        try:
            return self._line(record)
        except (TypeError, ValueError):  # the library would print the arguments, secrets and all
            return self._line(_unformatted(record))

    def formatException(self, ei: _Caught) -> str:  # noqa: N802 - the library's interface
        """Return the traceback; a message that quotes what somebody wrote is left out whole."""
        return "\n".join(_told(ei[1])) if ei[1] else ""

    def _line(self, record: logging.LogRecord) -> str:
        return self._cleaned(super().format(record))

    def _cleaned(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return _WRITING.sub("…", _TOKENS.sub("***", text))


class _Json(_Redacting):
    """The same events as JSON: each ``key=value`` of a message is a field besides."""

    def _line(self, record: logging.LogRecord) -> str:
        message = self._cleaned(record.getMessage())
        event: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": message,
        }
        event |= {name: _value(text) for name, text in _FIELDS.findall(message) if name not in event}
        if record.exc_info:
            event["traceback"] = self._cleaned(self.formatException(record.exc_info))
        return json.dumps(event, ensure_ascii=False)


def _value(text: str) -> int | str:
    return int(text) if re.fullmatch(r"-?\d{1,18}", text, re.ASCII) else text


def _unformatted(record: logging.LogRecord) -> logging.LogRecord:
    said = f"an event that cannot be formatted line={record.lineno}"
    return logging.LogRecord(record.name, logging.ERROR, record.pathname, record.lineno, said, (), None)


def _told(error: BaseException) -> Iterator[str]:
    """Give the lines of an error, what led to it first, as Python shows them."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before:
        yield from _told(before)
        yield "which led to:"
    yield "Traceback (most recent call last):"
    yield "".join(traceback.format_tb(error.__traceback__)).rstrip()
    yield f"{type(error).__qualname__}: {_message(error)}"
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from _told(each)


def _message(error: BaseException) -> str:
    """Return what an error says, unless it may quote a text: a KeyError is nothing but its value."""
    said = str(error)
    is_quoting = isinstance(error, KeyError | UnicodeError) or _WRITING.search(said) or _WRITING.search(repr(said))
    return "…" if is_quoting else said
