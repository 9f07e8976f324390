"""Logging: one event a line, with ids, and never a token or what somebody wrote."""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Any

OURS = ("bot", "handlers", "config")
_TOKENS = re.compile(r"\d{3,}:[A-Za-z0-9_-]{10,}")
# What readers and newspapers write is Arabic and our events are not, so whatever Arabic an error quotes is taken out:
# as letters, and as JSON and repr escape them.
_WRITING = re.compile(
    r"(?:[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]|\\u0[5-8][0-9a-f]{2})"
    r"(?:[^\x21-\x7e]|\\u[0-9a-f]{4}|[\d.,:;!?()\"'«»-]+(?=[\s\u0590-\u08ff]))*"
)
_FIELDS = re.compile(r"(?<!\S)([a-z_]+)=(\S+)")
# The library writes answers that it cannot parse, which carry texts; APScheduler tells of every knock.
_QUIET = {"telegram": logging.CRITICAL, "apscheduler": logging.ERROR}


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
            line = self._line(record)
        except (TypeError, ValueError):  # the library would print the arguments, secrets and all
            line = self._line(_unformatted(record))
        for secret in self._secrets:
            line = line.replace(secret, "***")
        return _WRITING.sub("…", _TOKENS.sub("***", line))

    def _line(self, record: logging.LogRecord) -> str:
        return super().format(record)


class _Json(_Redacting):
    """The same events as JSON: each ``key=value`` of a message is a field besides."""

    def _line(self, record: logging.LogRecord) -> str:
        message = record.getMessage()
        event: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": message,
        }
        event |= {name: _value(text) for name, text in _FIELDS.findall(message) if name not in event}
        if record.exc_info:
            event["traceback"] = self.formatException(record.exc_info)
        return json.dumps(event, ensure_ascii=False)


def _value(text: str) -> int | str:
    return int(text) if re.fullmatch(r"-?\d{1,18}", text, re.ASCII) else text


def _unformatted(record: logging.LogRecord) -> logging.LogRecord:
    said = f"an event that cannot be formatted line={record.lineno}"
    return logging.LogRecord(record.name, logging.ERROR, record.pathname, record.lineno, said, (), None)
