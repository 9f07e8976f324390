"""The sandbox's world: who is there, what was said, and what the bot has not heard yet."""

import asyncio
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from bot.sandbox.bell import Bell
from bot.sandbox.faults import FaultQueue
from bot.sandbox.limits import Meter
from bot.sandbox.people import Chat, Kept, StoredFile, User
from bot.sandbox.refusals import bad_request, forbidden, too_many_requests
from bot.sandbox.registration import Registration
from bot.sandbox.updates import UpdateQueue

_LOG_LENGTH: Final = 10_000
_FIRST_ALBUM: Final = 13_900_000_000_000_000
_RIGHTS: Final = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_post_messages",
    "can_edit_messages",
)
_STALE_QUERY: Final = "query is too old and response timeout expired or query ID is invalid"


@dataclass(slots=True)
class World:
    """All state of one sandbox; nothing in it knows of HTTP, and every change rings the bell."""

    bot: User
    meter: Meter | None = None
    clock: Callable[[], float] = time.time
    bell: Bell = field(default_factory=Bell)
    updates: UpdateQueue = field(default_factory=UpdateQueue)
    faults: FaultQueue = field(default_factory=FaultQueue)
    log: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=_LOG_LENGTH))
    users: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    messages: dict[int, dict[int, Kept]] = field(default_factory=dict)
    last_ids: dict[int, int] = field(default_factory=dict)
    revisions: dict[int, int] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    answers: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    expired: set[str] = field(default_factory=set)  # presses that were not answered in time
    offers: dict[str, dict[str, Any] | None] = field(default_factory=dict)  # answers to what is typed inline
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    profile: dict[tuple[str, str], str] = field(default_factory=dict)
    webhook: Registration | None = None
    has_webhook: asyncio.Event = field(default_factory=asyncio.Event)
    webhook_pause: float = 1.0  # seconds after a first failure there
    standings: dict[int, str] = field(default_factory=dict)  # of the bot in groups and channels, once changed
    ranks: dict[tuple[int, int], str] = field(default_factory=dict)  # of users in groups and channels
    closed: set[tuple[int, int]] = field(default_factory=set)  # topics of forums, 0 the general one
    migrations: dict[int, int] = field(default_factory=dict)  # groups that are supergroups now
    albums: int = 0
    polls: int = 0
    terminated_by: str = ""

    def now(self) -> int:
        """Return the time as messages carry it: whole seconds."""
        return int(self.clock())

    def meet(self, user: User) -> User:
        """Make a user known, or renew what is known of them; no chat opens by this."""
        known = self.users.get(user.id)
        if known:
            user = replace(
                user,
                first_name=user.first_name or known.first_name,
                username=user.username or known.username,
                language_code=user.language_code or known.language_code,
            )
        self.users[user.id] = replace(user, first_name=user.first_name or f"User {user.id}")
        return self.users[user.id]

    def open_private(self, user: User) -> Chat:
        """Return the private chat of a user who writes; from then on the bot may answer there."""
        chat = Chat(user.id, "private", user.first_name, user.username)
        self.chats[chat.id] = chat
        return chat

    def chat(self, chat_id: int | str) -> Chat:
        """Return a chat the bot may write to, or refuse as Telegram does."""
        chat = self._named(chat_id) if isinstance(chat_id, str) else self.chats.get(chat_id)
        if chat is None and chat_id in self.users:
            raise forbidden("bot can't initiate conversation with a user")
        if chat is None:
            raise bad_request("chat not found")
        if chat.id in self.blocked:
            raise forbidden("bot was blocked by the user")
        return chat

    def weigh(self, chat: Chat) -> None:
        """Count a message against the limits, or refuse it until there is room."""
        wait = self.meter.wait(chat.id, time.monotonic()) if self.meter else 0
        if wait:
            raise too_many_requests(wait)

    def hear(self, chat: Chat, sender: User, content: dict[str, Any]) -> Kept:
        """Keep what a user wrote and queue it for the bot."""
        kind = "channel_post" if chat.kind == "channel" else "message"
        author = {"sender_chat": chat.api()} if chat.kind == "channel" else {"from": sender.api()}
        kept = self.keep(chat, Kept(author | content, is_from_bot=False))
        self.queue(kind, kept.body)
        return kept

    def keep(self, chat: Chat, kept: Kept) -> Kept:
        """Give a message its number and date, and add it to its chat."""
        message_id = self.last_ids.get(chat.id, 0) + 1
        self.last_ids[chat.id] = message_id
        placed = {"message_id": message_id, "date": self.now(), "chat": chat.api()}
        return self.put(replace(kept, body=placed | kept.body))

    def put(self, kept: Kept) -> Kept:
        """Write a message in its place, new or edited."""
        chat_id = kept.body["chat"]["id"]
        self.messages.setdefault(chat_id, {})[kept.body["message_id"]] = kept
        self.changed(chat_id)
        return kept

    def remove(self, chat_id: int, message_id: int) -> None:
        """Take a message out of its chat."""
        del self.messages[chat_id][message_id]
        self.changed(chat_id)

    def find(self, chat_id: int, message_id: int) -> Kept | None:
        """Return a message of a chat, if it is there."""
        return self.messages.get(chat_id, {}).get(message_id)

    def changed(self, chat_id: int) -> None:
        """Wake those who wait for a chat."""
        self.revisions[chat_id] = self.revisions.get(chat_id, 0) + 1
        self.bell.ring()

    def queue(self, kind: str, content: dict[str, Any]) -> int | None:
        """Queue an update of one kind for the bot."""
        return self.inject({kind: content})

    def inject(self, update: dict[str, Any]) -> int | None:
        """Queue a whole update."""
        update_id = self.updates.put(update)
        self.bell.ring()
        return update_id

    def press(
        self, user: User, kept: Kept, payload: str, *, is_inaccessible: bool = False, is_expired: bool = False
    ) -> str:
        """Queue the press of a button and return the query's id.

        Of a message that is inaccessible the bot learns only where it stands, and an expired query takes no answer.
        """
        query_id = str(secrets.randbits(62))
        self.answers[query_id] = None
        if is_expired:
            self.expired.add(query_id)
        chat = kept.body["chat"]
        message = {"chat": chat, "message_id": kept.body["message_id"], "date": 0} if is_inaccessible else kept.body
        content = {"id": query_id, "from": user.api(), "chat_instance": str(chat["id"]), "data": payload}
        self.queue("callback_query", content | {"message": message})
        return query_id

    def answer(self, query_id: str, answer: dict[str, Any]) -> None:
        """Give a press its one answer."""
        if query_id in self.expired or self.answers.get(query_id, answer) is not None:
            raise bad_request(_STALE_QUERY)
        self.answers[query_id] = answer
        self.bell.ring()

    def type_inline(self, user: User, typed: str, offset: str) -> str:
        """Queue what a user types behind the bot's name and return the query's id."""
        query_id = str(secrets.randbits(62))
        self.offers[query_id] = None
        content = {"id": query_id, "from": user.api(), "chat_type": "private", "query": typed, "offset": offset}
        self.queue("inline_query", content)
        return query_id

    def offer(self, query_id: str, offered: dict[str, Any]) -> None:
        """Give what was typed its one answer."""
        if self.offers.get(query_id, offered) is not None:
            raise bad_request(_STALE_QUERY)
        self.offers[query_id] = offered
        self.bell.ring()

    def block(self, user: User) -> None:
        """Let a user block the bot; the bot is told."""
        if user.id not in self.blocked:
            self.blocked.add(user.id)
            self._tell_membership(self.open_private(user), user, "member", "kicked")

    def unblock(self, user: User) -> None:
        """Let a user take the bot back; the bot is told."""
        if user.id in self.blocked:
            self.blocked.remove(user.id)
            self._tell_membership(self.open_private(user), user, "kicked", "member")

    def appoint(self, room: Chat, user: User, status: str) -> None:
        """Let a user change what the bot is in a group or a channel; the bot is told."""
        old = self.standings.get(room.id, "left" if room.kind == "channel" else "member")
        self.standings[room.id] = status
        self._tell_membership(room, user, old, status)

    def member(self, user: User, status: str) -> dict[str, Any]:
        """Return a ChatMember: what a user is in some chat."""
        rest: dict[str, Any] = {"until_date": 0} if status == "kicked" else {}
        if status == "creator":
            rest = {"is_anonymous": False}
        if status == "administrator":
            rest = {"can_be_edited": False, "is_anonymous": False, **dict.fromkeys(_RIGHTS, True)}
        return {"user": user.api(), "status": status} | rest

    def next_album(self) -> int:
        """Return the number of a new album, as long as Telegram's."""
        self.albums += 1
        return _FIRST_ALBUM + self.albums

    def store(self, folder: str, extension: str, content: bytes, size: int | None = None) -> StoredFile:
        """Keep a file and return it with its identifiers."""
        number = len(self.files)
        stored = StoredFile(
            file_id=f"SANDBOX{secrets.token_urlsafe(24)}",
            unique_id=f"SBX{number:09d}",
            path=f"{folder}/file_{number}{extension}",
            content=content,
            size=len(content) if size is None else size,
        )
        self.files[stored.file_id] = stored
        return stored

    def _named(self, name: str) -> Chat | None:
        wanted = name.removeprefix("@").lower()
        public = (chat for chat in self.chats.values() if chat.kind != "private")
        return next((chat for chat in public if (chat.username or "").lower() == wanted), None)

    def _tell_membership(self, room: Chat, user: User, old: str, new: str) -> None:
        content = {
            "chat": room.api(),
            "from": user.api(),
            "date": self.now(),
            "old_chat_member": self.member(self.bot, old),
            "new_chat_member": self.member(self.bot, new),
        }
        self.queue("my_chat_member", content)
