"""How the Bot API says no: a status and a sentence."""


class RefusedError(Exception):
    """The Bot API refused a request; the words are Telegram's own wherever they are known."""

    def __init__(
        self, status: int, description: str, retry_after: int | None = None, migrate_to: int | None = None
    ) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.retry_after = retry_after
        self.migrate_to = migrate_to


def bad_request(reason: str) -> RefusedError:
    """Return the refusal of a request that no waiting will heal."""
    return RefusedError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> RefusedError:
    """Return the refusal of a chat the bot may not write to."""
    return RefusedError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> RefusedError:
    """Return the refusal of a bot that fetches its updates twice."""
    return RefusedError(409, f"Conflict: {reason}")


def too_many_requests(retry_after: int) -> RefusedError:
    """Return the refusal of a bot that must wait so many seconds."""
    return RefusedError(429, f"Too Many Requests: retry after {retry_after}", retry_after)
