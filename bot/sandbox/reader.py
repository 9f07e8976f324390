"""A reader of the sandbox: someone who writes to the bot over HTTP and sees what it answers."""

import base64
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final, Self

import httpx

_LOOK_SECONDS: Final = 10.0
_HTTP_SECONDS: Final = 75.0
_RIGHT_TO_LEFT: Final = "\u200f"


class ReaderError(Exception):
    """The sandbox refused what the reader wanted to do."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A picture or a file of a message: how to ask for its bytes, its name if it has one, and its size."""

    file_id: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as the reader sees it; entities are those of the Bot API, with UTF-16 offsets.

    `kind` is text, sticker, voice, photo, document or location; `buttons` are the texts of any keyboard, row by row,
    of which `leading` ones open a link and `directed` ones begin with a mark that makes them run from right to left;
    `is_below` says that they stand below the field that one types in; `forwarded_from` is the
    name of a forward's origin, `sender` of who wrote it, `via` of the bot whose card it is.
    """

    message_id: int
    date: int
    from_bot: bool
    text: str
    entities: tuple[Mapping[str, Any], ...] = ()
    buttons: tuple[tuple[str, ...], ...] = ()
    kind: str = "text"
    edit_date: int | None = None
    forwarded_from: str = ""
    sender: str = ""
    via: str = ""
    leading: frozenset[str] = frozenset()
    directed: frozenset[str] = frozenset()
    is_below: bool = False
    attached: Attached | None = None

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Self:
        """Return the message that the reader's side describes."""
        keyboard = raw.get("reply_markup") or {}
        rows = keyboard.get("inline_keyboard", keyboard.get("keyboard", []))
        buttons = [button for row in rows for button in row]
        return cls(
            message_id=raw["message_id"],
            date=raw["date"],
            from_bot=raw["from_bot"],
            text=raw["text"],
            entities=tuple(raw["entities"]),
            buttons=tuple(tuple(_label(button) for button in row) for row in rows),
            kind=next((kind for kind in ("sticker", "voice", "photo", "document", "location") if kind in raw), "text"),
            edit_date=raw.get("edit_date"),
            forwarded_from=_name(raw.get("forward_origin", {})),
            sender=raw.get("from", {}).get("first_name", ""),
            via=raw.get("via_bot", {}).get("username", ""),
            leading=frozenset(_label(button) for button in buttons if "url" in button),
            directed=frozenset(_label(button) for button in buttons if button["text"].startswith(_RIGHT_TO_LEFT)),
            is_below="keyboard" in keyboard,
            attached=_attached(raw),
        )


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a press brought: the bot's notice, if it answered in time, or what the client did by itself."""

    is_answered: bool
    text: str = ""
    is_alert: bool = False
    url: str | None = None
    copied: str | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """What the bot offers to send; ``answer`` is None if it did not answer in time."""

    query_id: str
    answer: dict[str, Any] | None

    @property
    def results(self) -> list[dict[str, Any]]:
        """The results, each with the ``message`` that it would become."""
        found: list[dict[str, Any]] = (self.answer or {}).get("results", [])
        return found


@dataclass(slots=True)
class Reader:
    """One user of the sandbox at `url`; use it in `async with`, or close it yourself."""

    url: str
    user_id: int
    first_name: str = "قارئ"
    username: str | None = None
    language_code: str = "ar"
    _client: httpx.AsyncClient = field(init=False, repr=False)
    _seen: dict[int, Shown] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        # A proxy of the environment must not stand between two ends of one machine.
        self._client = httpx.AsyncClient(base_url=self.url, timeout=_HTTP_SECONDS, trust_env=False)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Let go of the connection."""
        await self._client.aclose()

    async def say(self, text: str, *, split: bool = True, **more: Any) -> list[Shown]:
        """Write a text; a long one is sent in several messages unless `split` is false. `more` goes as it is."""
        return await self._sent("messages", {"text": text, "split": split} | more)

    async def forward(self, text: str, origin: Mapping[str, Any], **more: Any) -> list[Shown]:
        """Forward a text; an origin is a MessageOrigin, or a type with `name`, `title`, `username`, `id`."""
        return await self._sent("forwards", {"text": text, "origin": dict(origin), "split": True} | more)

    async def send_sticker(self) -> list[Shown]:
        """Send a sticker."""
        return await self._sent("stickers", {})

    async def send_voice(self) -> list[Shown]:
        """Send a voice message."""
        return await self._sent("voices", {})

    async def send_photo(self, caption: str = "", **more: Any) -> list[Shown]:
        """Send a photo."""
        return await self._sent("photos", {"caption": caption} | more)

    async def send_album(self, *captions: str, **more: Any) -> list[Shown]:
        """Send photos as one album, a caption each, which may be empty."""
        return await self._sent("albums", {"captions": list(captions)} | more)

    async def send_document(self, name: str, content: bytes, mime_type: str, **more: Any) -> list[Shown]:
        """Send a file."""
        encoded = base64.b64encode(content).decode()
        return await self._sent("documents", {"name": name, "content_base64": encoded, "mime_type": mime_type} | more)

    async def send_location(self, latitude: float, longitude: float) -> list[Shown]:
        """Share a place, in degrees."""
        return await self._sent("locations", {"latitude": latitude, "longitude": longitude})

    async def edit(self, message_id: int, text: str, **more: Any) -> list[Shown]:
        """Change one's own message, or the caption of one's own picture."""
        return await self._sent("edits", {"message_id": message_id, "text": text} | more)

    async def delete(self, message_id: int, **more: Any) -> None:
        """Take a message out of the chat, for the bot too."""
        await self._did("deletions", {"message_id": message_id} | more)

    async def appoint(self, chat_id: int, status: str) -> None:
        """Make the bot an administrator or a member of a group or channel, or let it be left or kicked."""
        await self._did("memberships", {"chat_id": chat_id, "status": status})

    async def rank(self, chat_id: int, status: str) -> None:
        """Become creator, administrator or member of a group or channel, or leave it."""
        await self._did("ranks", {"chat_id": chat_id, "status": status})

    async def change_topic(self, chat_id: int, state: str, thread: int = 0) -> None:
        """Let a topic of a forum be closed, reopened or deleted; 0 is the general one."""
        named = {"message_thread_id": thread} if thread else {}
        await self._did("topics", {"chat_id": chat_id, "state": state} | named)

    async def migrate(self, chat_id: int, to: int) -> None:
        """Make a group a supergroup under a new id."""
        await self._did("migrations", {"chat_id": chat_id, "to": to})

    async def press(self, message: Shown, button_text: str, *, wait: float = 5.0, **more: Any) -> Pressed:
        """Press the button that says so, and wait so many seconds for the bot's answer. `more` goes as it is."""
        return await self._pressed({"message_id": message.message_id, "text": button_text, "wait": wait} | more)

    async def press_data(self, message: Shown, data: str, *, wait: float = 5.0, **more: Any) -> Pressed:
        """Press a button that the message may not show any more, as a client does that has not redrawn it.

        `more` goes as it is: a press that comes late is `inaccessible` or `expired`.
        """
        return await self._pressed({"message_id": message.message_id, "data": data, "wait": wait} | more)

    async def _pressed(self, pressed: Mapping[str, Any]) -> Pressed:
        await self._remember()
        done = await self._did("presses", dict(pressed))
        answer = done.get("answer") or {}
        return Pressed(
            is_answered=bool(done.get("answer") is not None),
            text=answer.get("text", ""),
            is_alert=answer.get("show_alert", False),
            url=done.get("url", answer.get("url")),
            copied=done.get("copied"),
        )

    async def type_inline(self, query: str, offset: str = "", *, wait: float = 5.0) -> Offered:
        """Type something behind the bot's name, and wait so many seconds for what it offers."""
        done = await self._did("inlines", {"query": query, "offset": offset, "wait": wait})
        return Offered(done["query_id"], done["answer"])

    async def share(self, offered: Offered, result_id: str, **more: Any) -> list[Shown]:
        """Send one of the results, to the bot itself or into a group."""
        return await self._sent("shares", {"query_id": offered.query_id, "result_id": result_id} | more)

    async def block(self) -> None:
        """Block the bot."""
        await self._did("block", {})

    async def unblock(self) -> None:
        """Take the bot back."""
        await self._did("unblock", {})

    async def messages(self, after: int = 0, chat_id: int | None = None) -> list[Shown]:
        """Return both sides of the conversation, in order, or what stands in a group."""
        return (await self._look({"after": after} | ({} if chat_id is None else {"chat_id": chat_id})))[0]

    async def content(self, attached: Attached) -> bytes:
        """Return the bytes of a picture or a file."""
        response = await self._client.get(f"/sandbox/files/{attached.file_id}")
        if response.is_error:
            _read(response)
        return response.content

    async def wait_for(
        self,
        wanted: int | Callable[[Shown], object],
        timeout: float = 5.0,  # noqa: ASYNC109  # the name everybody expects
    ) -> list[Shown]:
        """Return what the bot wrote or edited since the reader last did something, once it is what was wanted.

        Wanted is how many messages there must be, or what must be true of one of them. TimeoutError says what
        came instead.
        """
        deadline = time.monotonic() + timeout
        found, revision = await self._look({})
        while not _is_enough(fresh := self._fresh(found), wanted):
            if (left := deadline - time.monotonic()) <= 0:
                raise TimeoutError(f"after {timeout} s the bot had written: {[shown.text for shown in fresh]}")
            found, revision = await self._look({"revision": revision, "wait": round(min(left, _LOOK_SECONDS), 3)})
        return fresh

    def _fresh(self, found: Sequence[Shown]) -> list[Shown]:
        return [shown for shown in found if shown.from_bot and self._seen.get(shown.message_id) != shown]

    async def _sent(self, deed: str, content: Mapping[str, Any]) -> list[Shown]:
        await self._remember()
        return [Shown.read(raw) for raw in (await self._did(deed, content))["messages"]]

    async def _remember(self) -> None:
        self._seen = {shown.message_id: shown for shown in (await self._look({}))[0]}

    async def _did(self, deed: str, content: Mapping[str, Any]) -> dict[str, Any]:
        who = {"first_name": self.first_name, "username": self.username, "language_code": self.language_code}
        response = await self._client.post(f"/sandbox/users/{self.user_id}/{deed}", json=who | dict(content))
        return _read(response)

    async def _look(self, wanted: Mapping[str, float]) -> tuple[list[Shown], int]:
        response = await self._client.get(f"/sandbox/users/{self.user_id}/messages", params=dict(wanted))
        seen = _read(response)
        return [Shown.read(raw) for raw in seen["messages"]], seen["revision"]


def _name(origin: Mapping[str, Any]) -> str:
    someone = origin.get("sender_user") or origin.get("sender_chat") or origin.get("chat") or {}
    name: str = origin.get("sender_user_name") or someone.get("title") or someone.get("first_name", "")
    return name


def _label(button: Mapping[str, Any]) -> str:
    """Return a button's text as it is read."""
    text: str = button["text"]
    return text.removeprefix(_RIGHT_TO_LEFT)


def _attached(raw: Mapping[str, Any]) -> Attached | None:
    """Return the file of a message; of the sizes of a photo the largest."""
    file = raw.get("document") or next(reversed(raw.get("photo") or []), None)
    return Attached(file["file_id"], file.get("file_name", ""), file["file_size"]) if file else None


def _is_enough(fresh: Sequence[Shown], wanted: int | Callable[[Shown], object]) -> bool:
    return len(fresh) >= wanted if isinstance(wanted, int) else any(wanted(shown) for shown in fresh)


def _read(response: httpx.Response) -> dict[str, Any]:
    content: dict[str, Any] = response.json()
    if response.is_error:
        raise ReaderError(content.get("error", content.get("description", response.reason_phrase)))
    return content
