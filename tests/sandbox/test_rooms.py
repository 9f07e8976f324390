"""Groups, forums and channels in the sandbox, as strict as Telegram's."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from telegram import Bot, ChatMemberAdministrator, ChatMemberOwner
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.sandbox.people import Chat
from bot.sandbox.reader import Reader, ReaderError
from bot.sandbox.server import SandboxServer
from tests.sandbox.conftest import READER_ID

FORUM, GROUP, CHANNEL, MOVED = -1009, -1010, -1011, -1012


@pytest.fixture(autouse=True)
def _rooms(sandbox: SandboxServer) -> None:
    for room in (
        Chat(FORUM, "supergroup", "منتدى", threads=frozenset({4})),
        Chat(GROUP, "group", "مجموعة"),
        Chat(CHANNEL, "channel", "قناة"),
    ):
        sandbox.world.chats[room.id] = room


@pytest.mark.parametrize("status", ["creator", "administrator", "member", "left", "kicked"])
async def test_what_a_user_is_in_a_chat_is_told(bot: Bot, reader: Reader, status: str) -> None:
    await reader.rank(GROUP, status)

    assert (await bot.get_chat_member(GROUP, READER_ID)).status == status


async def test_administrators_are_listed(bot: Bot, sandbox: SandboxServer, reader: Reader) -> None:
    async with Reader(sandbox.url, 502) as other, Reader(sandbox.url, 503) as third:
        await reader.rank(GROUP, "creator")
        await other.rank(GROUP, "administrator")
        await third.rank(GROUP, "member")

        listed = await bot.get_chat_administrators(GROUP)

    assert [(type(each), each.user.id) for each in listed] == [
        (ChatMemberOwner, READER_ID),
        (ChatMemberAdministrator, 502),
    ]


async def test_the_bot_may_ask_what_it_is_itself(bot: Bot, sandbox: SandboxServer, reader: Reader) -> None:
    await reader.appoint(CHANNEL, "administrator")

    assert (await bot.get_chat_member(CHANNEL, sandbox.world.bot.id)).status == "administrator"


Deed = Callable[[Reader], Awaitable[object]]
Ask = Callable[[Bot], Awaitable[Any]]


@pytest.mark.parametrize(
    ("deed", "ask", "refusal", "words"),
    [
        pytest.param(
            lambda reader: reader.appoint(FORUM, "kicked"),
            lambda bot: bot.send_message(FORUM, "خبر"),
            Forbidden,
            "bot was kicked from the supergroup chat",
            id="kicked",
        ),
        pytest.param(
            lambda reader: reader.appoint(GROUP, "left"),
            lambda bot: bot.get_chat_member(GROUP, READER_ID),
            Forbidden,
            "bot is not a member of the group chat",
            id="left",
        ),
        pytest.param(
            lambda reader: reader.appoint(CHANNEL, "member"),
            lambda bot: bot.send_message(CHANNEL, "خبر"),
            BadRequest,
            "Need administrator rights in the channel chat",
            id="no administrator of a channel",
        ),
        pytest.param(
            lambda reader: reader.appoint(CHANNEL, "member"),
            lambda bot: bot.get_chat_member(CHANNEL, READER_ID),
            BadRequest,
            "Member list is inaccessible",
            id="members of a channel",
        ),
        pytest.param(
            lambda reader: reader.change_topic(FORUM, "closed", 4),
            lambda bot: bot.send_message(FORUM, "خبر", message_thread_id=4),
            BadRequest,
            "Topic_closed",
            id="a closed topic",
        ),
        pytest.param(
            lambda reader: reader.change_topic(FORUM, "closed"),
            lambda bot: bot.send_message(FORUM, "خبر"),
            BadRequest,
            "Topic_closed",
            id="the general topic",
        ),
        pytest.param(
            lambda reader: reader.change_topic(FORUM, "deleted", 4),
            lambda bot: bot.send_message(FORUM, "خبر", message_thread_id=4),
            BadRequest,
            "Message thread not found",
            id="a deleted topic",
        ),
        pytest.param(
            lambda reader: reader.rank(GROUP, "member"),
            lambda bot: bot.get_chat_member(GROUP, 999),
            BadRequest,
            "User not found",
            id="a stranger",
        ),
        pytest.param(
            lambda reader: reader.say("/start"),
            lambda bot: bot.get_chat_administrators(READER_ID),
            BadRequest,
            "There are no administrators in the private chat",
            id="no room",
        ),
    ],
)
async def test_what_telegram_refuses_is_refused(
    bot: Bot, reader: Reader, deed: Deed, ask: Ask, refusal: type[Exception], words: str
) -> None:
    await deed(reader)

    with pytest.raises(refusal, match=f"(?i){words}"):
        await ask(bot)


async def test_a_closed_topic_takes_what_an_administrator_writes_and_an_open_one_all(bot: Bot, reader: Reader) -> None:
    await reader.change_topic(FORUM, "closed", 4)
    await reader.appoint(FORUM, "administrator")
    as_administrator = await bot.send_message(FORUM, "خبر", message_thread_id=4)
    await reader.appoint(FORUM, "member")
    await reader.change_topic(FORUM, "reopened", 4)
    as_member = await bot.send_message(FORUM, "خبر", message_thread_id=4)

    assert as_administrator.message_thread_id == as_member.message_thread_id == 4
    told = [update.message for update in await bot.get_updates() if update.message]
    assert [bool(each.forum_topic_closed) for each in told] == [True, False]
    assert [(each.message_thread_id, each.is_topic_message) for each in told] == [(4, True), (4, True)]


async def test_a_group_that_moves_says_so_in_both_chats_and_refuses_what_is_sent_to_the_old(
    bot: Bot, reader: Reader
) -> None:
    await reader.rank(GROUP, "creator")

    await reader.migrate(GROUP, MOVED)

    old, new = [update.message for update in await bot.get_updates()]
    assert old
    assert new
    assert (old.chat.id, old.migrate_to_chat_id) == (GROUP, MOVED)
    assert (new.chat.id, new.migrate_from_chat_id) == (MOVED, GROUP)
    assert (await bot.get_chat_member(MOVED, READER_ID)).status == "creator"
    with pytest.raises(ChatMigrated) as met:
        await bot.send_message(GROUP, "خبر")
    assert met.value.new_chat_id == MOVED


async def test_an_anonymous_administrator_writes_in_the_name_of_the_group(bot: Bot, reader: Reader) -> None:
    await reader.say("مرحبا", chat_id=FORUM, anonymous=True)

    (update,) = await bot.get_updates()

    assert update.message
    assert update.message.from_user
    assert update.message.from_user.username == "GroupAnonymousBot"
    assert update.message.sender_chat == update.message.chat


async def test_a_reply_in_a_group_without_topics_has_a_thread_that_is_none(
    bot: Bot, sandbox: SandboxServer, reader: Reader
) -> None:
    sandbox.world.chats[MOVED] = Chat(MOVED, "supergroup", "نقاش")
    (first,) = await reader.say("مرحبا", chat_id=MOVED)
    await reader.say("أهلا", chat_id=MOVED, reply_to=first.message_id)

    _, update = await bot.get_updates()

    assert update.message
    assert (update.message.message_thread_id, update.message.is_topic_message) == (first.message_id, None)
    with pytest.raises(BadRequest, match=r"(?i)message thread not found"):
        await bot.send_message(MOVED, "جواب", message_thread_id=first.message_id)


@pytest.mark.parametrize(
    ("deed", "given"),
    [
        pytest.param("ranks", {"chat_id": GROUP, "status": "king"}, id="no such rank"),
        pytest.param("ranks", {"status": "creator"}, id="in one's own chat"),
        pytest.param("topics", {"chat_id": FORUM, "message_thread_id": 77, "state": "closed"}, id="no such topic"),
        pytest.param("topics", {"chat_id": FORUM, "message_thread_id": 4, "state": "blue"}, id="no such state"),
        pytest.param("topics", {"chat_id": FORUM, "state": "deleted"}, id="the general topic stays"),
        pytest.param("migrations", {"chat_id": FORUM, "to": MOVED}, id="a supergroup"),
        pytest.param("migrations", {"chat_id": GROUP, "to": FORUM}, id="into a chat that is there"),
        pytest.param("messages", {"chat_id": FORUM, "message_thread_id": 77, "text": "نص"}, id="into no topic"),
    ],
)
async def test_what_cannot_be_is_refused(
    http: httpx.AsyncClient, reader: Reader, deed: str, given: dict[str, Any]
) -> None:
    await reader.say("/start")

    assert (await http.post(f"/sandbox/users/{READER_ID}/{deed}", json=given)).status_code == 400


async def test_a_reader_hears_why(reader: Reader) -> None:
    with pytest.raises(ReaderError, match="a user is one of"):
        await reader.rank(GROUP, "king")
