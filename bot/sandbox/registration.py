"""The webhook that a bot has set."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Registration:
    """Where updates are taken to, and what went wrong there last; ``allowed`` are the kinds that the bot named."""

    url: str
    secret: str | None = None
    max_connections: int = 40
    allowed: tuple[str, ...] = ()
    failed_at: int | None = None
    failure: str = ""

    def api(self) -> dict[str, Any]:
        """Return what getWebhookInfo says of it; the secret is told to nobody."""
        told: dict[str, Any] = {"url": self.url, "max_connections": self.max_connections}
        if self.allowed:
            told["allowed_updates"] = list(self.allowed)
        if self.failed_at is not None:
            told |= {"last_error_date": self.failed_at, "last_error_message": self.failure}
        return told
