"""What Telegram refuses and nobody has to know."""

from collections.abc import Iterator
from contextlib import contextmanager

from telegram.error import BadRequest

_STALE = ("message is not modified", "query is too old", "message to edit not found", "message can't be edited")


@contextmanager
def stale_ignored() -> Iterator[None]:
    """Let pass that a button was pressed twice, late, or under a message that is gone."""
    try:
        yield
    except BadRequest as error:
        if not any(words in error.message.lower() for words in _STALE):
            raise
