import asyncio
import signal
import sys
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import (
    Bot,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
    ReplyKeyboardMarkup,
)
from telegram.error import BadRequest

from bot.sandbox.pieces import pieces
from bot.sandbox.reader import Reader, ReaderError
from bot.sandbox.server import SandboxServer, serve
from tests.sandbox.conftest import READER_ID

MENU = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("تابع", callback_data="follow:7"),
            InlineKeyboardButton("الموقع", url="https://example.net"),
        ],
        [InlineKeyboardButton("انسخ", copy_text=CopyTextButton("غزة"))],
    ],
)


async def test_a_shared_place_reaches_the_bot(bot: Bot, reader: Reader) -> None:
    await reader.send_location(30.0444, -31.2357)

    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.location is not None
    assert (update.message.location.latitude, update.message.location.longitude) == (30.0444, -31.2357)
    assert [shown.kind for shown in await reader.messages()] == ["location"]


async def test_what_a_user_writes_reaches_the_bot_with_its_entities(bot: Bot, reader: Reader) -> None:
    await reader.say("/follow #غزة عبر https://example.net/x")

    (update,) = await bot.get_updates()

    assert update.message
    assert update.message.from_user
    assert update.message.parse_entities() == dict(
        zip(update.message.entities, ["/follow", "#غزة", "https://example.net/x"], strict=True),
    )
    assert (update.message.from_user.first_name, update.message.from_user.language_code) == ("سلمى", "ar")
    assert (update.message.chat.id, update.message.chat.type) == (READER_ID, "private")


@pytest.mark.parametrize(
    ("origin", "kind", "name"),
    [
        pytest.param({"type": "user", "name": "خالد"}, MessageOriginUser, "خالد", id="user"),
        pytest.param({"type": "hidden_user", "name": "مجهول"}, MessageOriginHiddenUser, "مجهول", id="hidden user"),
        pytest.param({"type": "chat", "title": "حيّنا"}, MessageOriginChat, "حيّنا", id="chat"),
        pytest.param({"type": "channel", "title": "الجزيرة"}, MessageOriginChannel, "الجزيرة", id="channel"),
        pytest.param(
            {"type": "channel", "chat": {"id": -1, "type": "channel", "title": "وكالة"}, "message_id": 8, "date": 5},
            MessageOriginChannel,
            "وكالة",
            id="in Telegram's own words",
        ),
    ],
)
async def test_a_forward_says_where_it_came_from(
    bot: Bot,
    reader: Reader,
    origin: dict[str, Any],
    kind: type,
    name: str,
) -> None:
    (shown,) = await reader.forward("نص الخبر", origin)

    (update,) = await bot.get_updates()

    assert update.message
    came_from = update.message.forward_origin
    assert came_from
    assert type(came_from) is kind
    assert name in str(came_from.to_dict())
    assert shown.forwarded_from == name


async def test_a_long_text_is_split_and_each_part_keeps_its_entities(bot: Bot, reader: Reader) -> None:
    words = " ".join(f"خبر رقم {number}" for number in range(900))
    bold = {"type": "bold", "offset": len(words) - 3, "length": 3}

    sent = await reader.say(words, entities=[bold])
    updates = await bot.get_updates()

    assert len(sent) == len(updates) == 3
    assert " ".join(shown.text for shown in sent) == words
    assert updates[-1].message
    assert updates[-1].message.parse_entities() == {updates[-1].message.entities[0]: "899"}
    with pytest.raises(ReaderError, match="message is too long"):
        await reader.say(words, split=False)


@settings(deadline=None)
@given(st.text(alphabet="اب😀 \n", max_size=6000))
def test_splitting_loses_only_white_space_and_no_part_is_too_long(text: str) -> None:
    parts = pieces(text * 3, [])

    assert "".join("".join(part.text.split()) for part in parts) == "".join((text * 3).split())
    assert all(len(part.text.encode("utf-16-le")) <= 8192 for part in parts)


async def test_everything_else_a_user_can_send(bot: Bot, reader: Reader) -> None:
    await reader.send_sticker()
    await reader.send_voice()
    await reader.send_photo("صورة من الميدان")
    (said,) = await reader.say("قبل")
    await reader.edit(said.message_id, "بعد")
    await reader.say("جواب", reply_to=said.message_id)

    messages = [update.effective_message for update in await bot.get_updates()]

    assert messages[0]
    assert messages[0].sticker
    assert messages[1]
    assert messages[1].voice
    assert messages[2]
    assert (len(messages[2].photo), messages[2].caption) == (2, "صورة من الميدان")
    assert messages[4]
    assert messages[4].edit_date
    assert messages[5]
    assert messages[5].reply_to_message
    assert messages[5].reply_to_message.text == "بعد"
    assert [shown.kind for shown in await reader.messages()] == ["sticker", "voice", "photo", "text", "text"]


async def test_a_press_brings_the_answer_of_the_bot(bot: Bot, reader: Reader) -> None:
    (shown,) = await _menu(bot, reader)

    pressing = asyncio.create_task(reader.press(shown, "تابع"))
    (update,) = await bot.get_updates(offset=-1, timeout=5, allowed_updates=["callback_query"])
    update = update if update.callback_query else (await bot.get_updates(update.update_id + 1, timeout=5))[0]
    assert update.callback_query
    await update.callback_query.answer("تتابع غزة", show_alert=True)
    pressed = await pressing

    assert (update.callback_query.data, update.callback_query.from_user.id) == ("follow:7", READER_ID)
    assert (pressed.is_answered, pressed.text, pressed.is_alert) == (True, "تتابع غزة", True)
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired or query id is invalid"):
        await update.callback_query.answer()


async def test_a_press_may_stay_unanswered(bot: Bot, reader: Reader) -> None:
    (shown,) = await _menu(bot, reader)

    assert not (await reader.press(shown, "تابع", wait=0)).is_answered
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query("123")
    with pytest.raises(BadRequest, match="Message_too_long"):
        await bot.answer_callback_query("123", "ا" * 201)


async def test_a_press_that_comes_late_shows_no_message_and_takes_no_answer(bot: Bot, reader: Reader) -> None:
    (shown,) = await _menu(bot, reader)

    pressed = await reader.press_data(shown, "follow:7", inaccessible=True, expired=True)
    *_, update = await bot.get_updates()

    assert not pressed.is_answered
    assert update.callback_query
    message = update.callback_query.message
    assert message
    assert (message.chat.id, message.message_id) == (READER_ID, shown.message_id)
    assert not message.is_accessible
    with pytest.raises(BadRequest, match="Query is too old"):
        await update.callback_query.answer()


async def test_what_somebody_deletes_is_gone_for_the_bot_too(bot: Bot, reader: Reader) -> None:
    (shown,) = await _menu(bot, reader)
    await reader.delete(shown.message_id)

    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("لا أحد يراه", READER_ID, shown.message_id)
    with pytest.raises(ReaderError, match="no such message"):
        await reader.delete(shown.message_id)


async def test_a_client_opens_links_and_copies_by_itself(bot: Bot, reader: Reader) -> None:
    (shown,) = await _menu(bot, reader)

    assert (await reader.press(shown, "الموقع")).url == "https://example.net/"
    assert (await reader.press(shown, "انسخ")).copied == "غزة"
    with pytest.raises(ReaderError, match="no such button"):
        await reader.press(shown, "طِر")


async def test_a_reply_button_is_said(bot: Bot, reader: Reader) -> None:
    await reader.say("/start")
    await bot.send_message(READER_ID, "أتتابع؟", reply_markup=ReplyKeyboardMarkup([["نعم"]]))
    (shown,) = await reader.wait_for(1)

    await reader.press(shown, "نعم")

    assert [message.text for message in await reader.messages()] == ["/start", "أتتابع؟", "نعم"]


async def test_an_album_is_a_message_a_picture_under_one_number(bot: Bot, reader: Reader) -> None:
    await reader.send_album("الجسر", "", "النهر")
    await reader.send_album("غيره", "")

    messages = [update.message for update in await bot.get_updates() if update.message]

    assert [message.caption for message in messages] == ["الجسر", None, "النهر", "غيره", None]
    assert len({message.media_group_id for message in messages[:3]}) == 1
    assert len({message.media_group_id for message in messages}) == 2
    assert all(message.photo for message in messages)


async def test_a_caption_is_edited_in_place(bot: Bot, reader: Reader) -> None:
    (sent,) = await reader.send_photo("قبل")
    await reader.edit(sent.message_id, "بعد")

    edited = (await bot.get_updates())[-1].edited_message

    assert edited
    assert (edited.message_id, edited.caption, edited.text) == (sent.message_id, "بعد", None)
    assert edited.edit_date
    assert edited.photo


async def test_a_reply_may_quote(bot: Bot, reader: Reader) -> None:
    (said,) = await reader.say("فُتح الجسر اليوم")
    await reader.say("متى؟", reply_to=said.message_id, quote="الجسر")

    message = (await bot.get_updates())[-1].message

    assert message
    assert message.quote
    assert (message.quote.text, message.quote.position) == ("الجسر", 5)
    with pytest.raises(ReaderError, match="QUOTE_TEXT_INVALID"):
        await reader.say("متى؟", reply_to=said.message_id, quote="القمر")


async def test_a_channels_posts_have_no_sender_but_the_channel(
    bot: Bot, reader: Reader, http: httpx.AsyncClient
) -> None:
    await http.post("/sandbox/chats", json={"id": -1007, "type": "channel", "title": "قناة السهل", "username": "sahl"})
    (posted,) = await reader.say("خبر", chat_id=-1007)
    await reader.edit(posted.message_id, "خبر صحيح", chat_id=-1007)

    new, edited = await bot.get_updates()

    assert new.channel_post
    assert edited.edited_channel_post
    assert (new.channel_post.from_user, new.channel_post.sender_chat) == (None, new.channel_post.chat)
    assert (edited.edited_channel_post.message_id, edited.edited_channel_post.text) == (posted.message_id, "خبر صحيح")


async def test_the_bot_is_told_what_it_becomes_in_a_channel(bot: Bot, reader: Reader, http: httpx.AsyncClient) -> None:
    await http.post("/sandbox/chats", json={"id": -1007, "type": "channel"})
    for status in ("administrator", "kicked"):
        await reader.appoint(-1007, status)

    changes = [update.my_chat_member for update in await bot.get_updates()]

    assert [(change.old_chat_member.status, change.new_chat_member.status) for change in changes if change] == [
        ("left", "administrator"),
        ("administrator", "kicked"),
    ]
    assert all(change.from_user.id == READER_ID for change in changes if change)


@pytest.mark.parametrize("place", [{"data": "follow:7"}, {"row": 0, "column": 0}, {"data": "زر قديم"}])
async def test_a_button_is_named_by_its_data_or_its_place(
    bot: Bot,
    reader: Reader,
    http: httpx.AsyncClient,
    place: dict[str, Any],
) -> None:
    await _menu(bot, reader)

    pressed = {"message_id": 2, "wait": 0} | place
    answer = await http.post(f"/sandbox/users/{READER_ID}/presses", json=pressed)
    updates = await bot.get_updates(offset=-1)

    assert answer.json()["answer"] is None
    assert updates[0].callback_query
    assert updates[0].callback_query.data == place.get("data", "follow:7")


async def test_waiting_sees_what_is_new_and_what_is_edited(bot: Bot, reader: Reader) -> None:
    await reader.say("/start")
    waiting = asyncio.create_task(reader.wait_for(2))
    first = await bot.send_message(READER_ID, "واحد")
    await bot.send_message(READER_ID, "اثنان")
    assert [shown.text for shown in await waiting] == ["واحد", "اثنان"]

    await reader.say("والآن؟")
    editing = asyncio.create_task(reader.wait_for(lambda shown: "معدّل" in shown.text))
    await bot.edit_message_text("معدّل", READER_ID, first.message_id)
    assert [shown.message_id for shown in await editing] == [first.message_id]
    with pytest.raises(TimeoutError, match="معدّل"):
        await reader.wait_for(2, timeout=0.1)


@pytest.mark.parametrize(
    ("path", "content", "status"),
    [
        pytest.param("users/7/messages", "{", 400, id="no JSON"),
        pytest.param("users/7/messages", "[]", 400, id="no object"),
        pytest.param("users/7/messages", "[" * 100_000, 400, id="too deep"),
        pytest.param("users/7/messages", '{"text": NaN}', 400, id="not a number"),
        pytest.param("users/7/messages", '{"text": "\\ud800"}', 400, id="half a surrogate pair"),
        pytest.param("users/7/messages", "{}", 400, id="no text"),
        pytest.param("users/7/messages", '{"text": "x", "mood": 1}', 400, id="unknown field"),
        pytest.param("users/7/messages", '{"text": {}}', 400, id="mistyped text"),
        pytest.param("users/7/messages", '{"text": "x", "entities": [3]}', 400, id="mistyped entity"),
        pytest.param("users/7/messages", '{"text": "x", "reply_to": 9}', 400, id="reply to nothing"),
        pytest.param("users/7/messages", '{"text": "x", "chat_id": 8}', 400, id="someone else's chat"),
        pytest.param("users/-7/messages", '{"text": "x"}', 400, id="negative user"),
        pytest.param("users/0/messages", '{"text": "x"}', 400, id="user zero"),
        pytest.param("users/x/messages", '{"text": "x"}', 400, id="user is a word"),
        pytest.param("users/7/dances", "{}", 404, id="unknown deed"),
        pytest.param("users/7/forwards", '{"text": "x"}', 400, id="no origin"),
        pytest.param("users/7/forwards", '{"text": "x", "origin": {"type": "sky"}}', 400, id="unknown origin"),
        pytest.param(
            "users/7/forwards",
            '{"text": "x", "origin": {"type": "user", "sender_user": {"id": "x"}}}',
            400,
            id="mistyped origin",
        ),
        pytest.param("users/7/documents", '{"content_base64": "*"}', 400, id="no base64"),
        pytest.param("users/7/locations", '{"latitude": 91, "longitude": 0}', 400, id="beyond the pole"),
        pytest.param("users/7/locations", '{"latitude": "north"}', 400, id="no number"),
        pytest.param("users/7/photos", '{"caption": "' + "x" * 1025 + '"}', 400, id="caption too long"),
        pytest.param("users/7/presses", '{"message_id": 5}', 400, id="no message to press"),
        pytest.param("users/7/edits", '{"message_id": 5, "text": "x"}', 400, id="no message to edit"),
        pytest.param("users/7/albums", '{"captions": ["x"]}', 400, id="album of one"),
        pytest.param("users/7/albums", '{"captions": ["x", 5]}', 400, id="mistyped caption"),
        pytest.param("users/7/memberships", '{"status": "administrator"}', 400, id="administrator of a private chat"),
        pytest.param("chats", '{"id": 5, "type": "group"}', 400, id="positive group"),
        pytest.param("faults", '{"method": "getMe", "kind": ["x"]}', 400, id="mistyped fault"),
        pytest.param("faults", '{"method": "getMe", "kind": "hang", "seconds": -1}', 400, id="negative wait"),
        pytest.param("updates", '{"update_id": "x"}', 400, id="mistyped update"),
        pytest.param("users/7/messages", "x" * (25 * 2**20 + 1), 413, id="too large"),
        pytest.param("nowhere", "{}", 404, id="no such path"),
    ],
)
async def test_the_readers_side_refuses_nonsense(http: httpx.AsyncClient, path: str, content: str, status: int) -> None:
    answer = await http.post(f"/sandbox/{path}", content=content)

    assert answer.status_code == status
    assert answer.json().keys() & {"error", "description"}


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        pytest.param({"content": "{", "headers": {"content-type": "application/json"}}, 400, id="no JSON"),
        pytest.param(
            {"content": b"text=\xff&x=%ff", "headers": {"content-type": "application/x-www-form-urlencoded"}},
            400,
            id="no UTF-8",
        ),
        pytest.param({"content": "x", "headers": {"content-type": "multipart/form-data"}}, 400, id="no boundary"),
        pytest.param({"content": "x" * (25 * 2**20 + 1)}, 413, id="too large"),
        pytest.param({"json": {"chat_id": 10**40, "text": "x"}}, 400, id="a number too large"),
        pytest.param({"json": {"chat_id": [1], "text": "x"}}, 400, id="chat is a list"),
        pytest.param({"json": {"chat_id": 1, "text": {"a": 1}}}, 400, id="text is an object"),
        pytest.param({"files": {"text": ("x.txt", b"x")}}, 400, id="text is a file"),
    ],
)
async def test_the_bots_side_refuses_nonsense(
    sandbox: SandboxServer,
    http: httpx.AsyncClient,
    request_: dict[str, Any],
    status: int,
) -> None:
    answer = await http.post(f"/bot{sandbox.token}/sendMessage", **request_)

    assert (answer.status_code, answer.json()["error_code"], answer.json()["ok"]) == (status, status, False)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.net", ""])  # noqa: S104  # to be refused
def test_the_sandbox_stays_on_this_machine(host: str) -> None:
    with pytest.raises(ValueError, match="loopback"):
        SandboxServer(host=host)


async def test_a_page_of_another_host_gets_no_answer(sandbox: SandboxServer, http: httpx.AsyncClient) -> None:
    answer = await http.get("/sandbox/log", headers={"host": "attacker.example"})

    assert answer.status_code == 400


async def test_serving_ends_quietly_with_control_c() -> None:
    program = (
        "from bot.sandbox.server import serve; serve(0, listening=lambda url: print(url, flush=True)); print('تم')"
    )
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-W", "error", "-c", program),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    url = (await process.stdout.readline()).decode().strip()
    async with Reader(url, 7) as reader:
        await reader.say("/start")

    process.send_signal(signal.SIGINT)
    rest, complaints = await asyncio.wait_for(process.communicate(), 5)

    assert (rest.decode().strip(), complaints.decode(), process.returncode) == ("تم", "", 0)


async def test_a_taken_port_is_an_error(sandbox: SandboxServer) -> None:
    with pytest.raises(OSError, match="in use"):
        await asyncio.to_thread(serve, int(sandbox.url.rpartition(":")[2]))


async def _menu(bot: Bot, reader: Reader) -> Any:
    await reader.say("/start")
    await bot.send_message(READER_ID, "ماذا تريد؟", reply_markup=MENU)
    return await reader.wait_for(1)
