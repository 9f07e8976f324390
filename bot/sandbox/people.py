"""Users, chats and files of the sandbox, as values."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class User:
    """Someone with an account; the bot is one too."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False

    def api(self) -> dict[str, Any]:
        """Return the user as the Bot API writes one."""
        shown = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        return shown | _present(username=self.username, language_code=self.language_code)


@dataclass(frozen=True, slots=True)
class Chat:
    """A private chat, a group, a supergroup or a channel; threads are the topics of a forum."""

    id: int
    kind: str
    title: str
    username: str | None = None
    threads: frozenset[int] = frozenset()

    def api(self) -> dict[str, Any]:
        """Return the chat as the Bot API writes one."""
        name = {"first_name" if self.kind == "private" else "title": self.title}
        forum = {"is_forum": True} if self.threads else {}
        return {"id": self.id, "type": self.kind} | name | forum | _present(username=self.username)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that a user sent; its size may be claimed to be larger than its content."""

    file_id: str
    unique_id: str
    path: str
    content: bytes
    size: int

    def api(self) -> dict[str, Any]:
        """Return the fields that every kind of file has in a message."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": self.size}


@dataclass(frozen=True, slots=True)
class Kept:
    """A message of a chat: its body as the Bot API shows it, and what only the reader sees."""

    body: dict[str, Any]
    is_from_bot: bool
    keyboard: dict[str, Any] | None = None

    def shown(self) -> dict[str, Any]:
        """Return the message as the reader's side shows it: always with text, entities and any keyboard."""
        text = self.body.get("text", self.body.get("caption", ""))
        found = self.body.get("entities", self.body.get("caption_entities", []))
        return self.body | {
            "from_bot": self.is_from_bot,
            "text": text,
            "entities": found,
            "reply_markup": self.keyboard,
        }


def _present(**fields: str | None) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value is not None}
