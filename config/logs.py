"""Logging: one event a line, and never a token."""

import logging
import re
import sys

_TOKENS = re.compile(r"\d{3,}:[A-Za-z0-9_-]{10,}")
# httpx writes each request's URL, which carries the token; the library writes answers that it cannot parse, which
# carry texts; APScheduler tells of every knock.
_QUIET = {
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "telegram": logging.CRITICAL,
    "apscheduler": logging.ERROR,
    "alembic": logging.WARNING,
}


def configure(level: str, *secrets: str) -> None:
    """Write events of this level and above to standard error; ``secrets`` never appear."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redacting(secrets))
    logging.raiseExceptions = False  # or a failing standard error would be told the raw arguments
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name, least in _QUIET.items():
        logging.getLogger(name).setLevel(least)


class _Redacting(logging.Formatter):
    """Formats the whole record, traceback included, and then takes the secrets out."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__("time=%(asctime)s level=%(levelname)s logger=%(name)s %(message)s", "%Y-%m-%dT%H:%M:%S%z")
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        try:
            line = super().format(record)
        except (TypeError, ValueError):  # the library would print the arguments, secrets and all
            line = f"level=ERROR logger={record.name} an event that cannot be formatted line={record.lineno}"
        for secret in self._secrets:
            line = line.replace(secret, "***")
        return _TOKENS.sub("***", line)
