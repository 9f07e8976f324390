import json
from typing import Any

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.sandbox.reader import Reader
from bot.sandbox.server import SandboxServer
from bot.sandbox.token import DEFAULT_TOKEN
from tests.sandbox.conftest import READER_ID

MORE = InlineKeyboardMarkup([[InlineKeyboardButton("المزيد", callback_data="more")]])


async def test_a_message_is_sent_as_the_reader_sees_it(bot: Bot, reader: Reader) -> None:
    await reader.say("/start")

    sent = await bot.send_message(
        READER_ID,
        '<b>عاجل</b>: <a href="https://example.net/1">اقرأ</a>',
        parse_mode="HTML",
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        disable_notification=True,
        protect_content=True,
        reply_parameters=ReplyParameters(1),
        reply_markup=MORE,
    )
    (shown,) = await reader.wait_for(1)

    assert sent.text == shown.text == "عاجل: اقرأ"
    assert [entity.type for entity in sent.entities] == [MessageEntity.BOLD, MessageEntity.TEXT_LINK]
    assert shown.entities[1]["url"] == "https://example.net/1"
    assert shown.buttons == (("المزيد",),)
    assert (sent.message_id, shown.message_id) == (2, 2)
    assert sent.reply_to_message
    assert sent.reply_to_message.text == "/start"
    assert sent.reply_markup == MORE
    assert sent.link_preview_options
    assert sent.link_preview_options.is_disabled
    assert sent.has_protected_content


async def test_the_bot_knows_itself(bot: Bot) -> None:
    assert (bot.id, bot.username) == (123456, "mujaz_sandbox_bot")


async def test_entities_may_be_given_instead_of_html(bot: Bot, reader: Reader) -> None:
    await reader.say("/start")

    halved, outside = MessageEntity(MessageEntity.ITALIC, 1, 2), MessageEntity(MessageEntity.CODE, 4, 9)
    bold = MessageEntity(MessageEntity.BOLD, 3, 3)
    sent = await bot.send_message(READER_ID, "😀 مهم", entities=[halved, bold, outside])

    assert sent.parse_entities() == {sent.entities[0]: "مهم"}


@pytest.mark.parametrize(
    ("markup", "rows"),
    [
        pytest.param(ReplyKeyboardMarkup([["نعم", "لا"]], resize_keyboard=True), (("نعم", "لا"),), id="keyboard"),
        pytest.param(ReplyKeyboardRemove(), (), id="remove"),
        pytest.param(ForceReply(input_field_placeholder="اكتب"), (), id="force reply"),
        pytest.param(
            InlineKeyboardMarkup([[InlineKeyboardButton("رابط", url="example.net")]]), (("رابط",),), id="link"
        ),
        pytest.param(
            InlineKeyboardMarkup([[InlineKeyboardButton("نسخ", copy_text=CopyTextButton("نص"))]]),
            (("نسخ",),),
            id="copy",
        ),
    ],
)
async def test_every_kind_of_keyboard_is_taken(bot: Bot, reader: Reader, markup: Any, rows: object) -> None:
    await reader.say("/start")

    await bot.send_message(READER_ID, "اختر", reply_markup=markup)

    assert [shown.buttons for shown in await reader.wait_for(1)] == [rows]


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        pytest.param([{"text": "زر", "callback_data": ""}], "BUTTON_DATA_INVALID", id="no callback data"),
        pytest.param([{"text": "زر", "callback_data": "ا" * 33}], "BUTTON_DATA_INVALID", id="66 bytes"),
        pytest.param([{"text": "زر"}], "Text buttons are unallowed in the inline keyboard", id="no action"),
        pytest.param([{"text": "", "callback_data": "x"}], "BUTTON_TEXT_INVALID", id="no text"),
        pytest.param([{"callback_data": "x"}], 'Can\'t find field "text"', id="text missing"),
        pytest.param([{"text": 5, "callback_data": "x"}], "must be of type String", id="text is a number"),
        pytest.param(
            [{"text": "زر", "url": "https://localhost"}], "is invalid: Wrong HTTP URL", id="no dot in the host"
        ),
        pytest.param([{"text": "زر", "url": "javascript:x"}], "is invalid: Wrong HTTP URL", id="wrong scheme"),
        pytest.param([{"text": "زر", "copy_text": {"text": ""}}], "BUTTON_COPY_TEXT_INVALID", id="nothing to copy"),
        pytest.param([{"text": "زر", "callback_data": "x"}] * 101, "reply markup is too long", id="101 buttons"),
        pytest.param(["زر"], "expected an Object", id="a button that is a string"),
        pytest.param([{"text": "زر", "callback_data": "x", "url": "a.b"}], "exactly one action", id="two actions"),
    ],
)
async def test_a_wrong_keyboard_is_refused(
    http: httpx.AsyncClient, reader: Reader, markup: list[Any], words: str
) -> None:
    await reader.say("/start")

    given = {"chat_id": READER_ID, "text": "نص", "reply_markup": {"inline_keyboard": [markup]}}

    assert words in await _refusal(http, "sendMessage", given)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        pytest.param({"text": ""}, "message text is empty", id="empty text"),
        pytest.param({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty", id="empty after parsing"),
        pytest.param({"text": "خ" * 4097}, "message is too long", id="too long"),
        pytest.param({"text": "<p>", "parse_mode": "HTML"}, 'Unsupported start tag "p" at byte offset 0', id="html"),
        pytest.param({"parse_mode": "BBCode"}, "unsupported parse_mode", id="parse mode"),
        pytest.param({"chat_id": "@nobody_here"}, "chat not found", id="no such name"),
        pytest.param({"chat_id": 999}, "chat not found", id="no such chat"),
        pytest.param({"chat_id": "سلمى"}, 'parameter "chat_id" must be of type Number', id="mistyped chat"),
        pytest.param({"chat_id": ""}, "chat_id is empty", id="no chat"),
        pytest.param({"message_thread_id": 4}, "message thread not found", id="no such topic"),
        pytest.param({"reply_parameters": {"message_id": 77}}, "message to be replied not found", id="reply"),
        pytest.param({"reply_markup": "{"}, "can't parse reply markup JSON object", id="keyboard is no JSON"),
        pytest.param({"reply_markup": []}, "object expected as reply markup", id="keyboard is a list"),
        pytest.param({"reply_markup": {"x": 1}}, "can't parse reply keyboard markup", id="no known keyboard"),
        pytest.param({"reply_markup": {"inline_keyboard": 1}}, "must be of type Array", id="rows are a number"),
        pytest.param({"reply_markup": {"inline_keyboard": [1]}}, "must be an Array of Arrays", id="a row is a number"),
        pytest.param({"protect_content": "ربما"}, "must be of type Boolean", id="mistyped flag"),
        pytest.param({"entities": [{"type": "bold"}]}, "can't parse MessageEntity", id="entity without place"),
        pytest.param({"entities": [{"type": ["x"], "offset": 0, "length": 1}]}, "MessageEntity", id="mistyped entity"),
        pytest.param({"link_preview_options": {"is_disabled": 3}}, "wrong field", id="mistyped preview"),
        pytest.param({"colour": "أخضر"}, 'unknown parameter "colour"', id="unknown parameter"),
    ],
)
async def test_a_wrong_message_is_refused(
    http: httpx.AsyncClient, reader: Reader, wrong: dict[str, Any], words: str
) -> None:
    await reader.say("/start")

    assert words in await _refusal(http, "sendMessage", {"chat_id": READER_ID, "text": "نص"} | wrong)
    assert len(await reader.messages()) == 1


async def test_a_reply_may_be_sent_without_what_it_replies_to(bot: Bot, reader: Reader) -> None:
    await reader.say("/start")

    sent = await bot.send_message(
        READER_ID,
        "جواب",
        reply_parameters=ReplyParameters(77, allow_sending_without_reply=True),
    )

    assert sent.reply_to_message is None


async def test_nobody_is_written_to_before_they_wrote(bot: Bot, sandbox: SandboxServer, reader: Reader) -> None:
    await reader.say("مرحبًا في المجموعة", chat_id=await _group(sandbox))

    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(READER_ID, "أهلًا")


async def test_a_topic_of_a_group_gets_its_message(bot: Bot, sandbox: SandboxServer) -> None:
    sent = await bot.send_message(await _group(sandbox), "خبر المجموعة", message_thread_id=4)

    assert sent.is_topic_message
    assert sent.chat.is_forum


async def test_a_channel_is_found_by_its_name(bot: Bot, sandbox: SandboxServer, http: httpx.AsyncClient) -> None:
    await http.post("/sandbox/chats", json={"id": -9, "type": "channel", "title": "أخبار", "username": "Akhbar"})

    sent = await bot.send_message("@akhbar", "خبر القناة")

    assert sent.sender_chat
    assert sent.sender_chat.title == "أخبار"


async def test_who_blocked_the_bot_is_not_written_to_until_they_start_it_again(bot: Bot, reader: Reader) -> None:
    await reader.say("/start")
    await reader.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(READER_ID, "خبر")

    await reader.say("/start")
    await bot.send_message(READER_ID, "أهلًا بعودتك")

    updates = await bot.get_updates()
    memberships = [update.my_chat_member.new_chat_member.status for update in updates if update.my_chat_member]
    assert memberships == ["kicked", "member"]
    assert [update.message.text for update in updates if update.message] == ["/start", "/start"]


async def test_a_text_is_edited_in_place(bot: Bot, reader: Reader) -> None:
    await reader.say("/start")
    sent = await bot.send_message(READER_ID, "مسودة", reply_markup=MORE)
    await reader.say("انتظر")

    edited = await bot.edit_message_text("<i>نهائي</i>", READER_ID, sent.message_id, parse_mode="HTML")
    (shown,) = await reader.wait_for(1)

    assert getattr(edited, "edit_date", None)
    assert (shown.text, shown.buttons, shown.message_id) == ("نهائي", (), sent.message_id)


async def test_a_keyboard_is_edited_alone(bot: Bot, reader: Reader) -> None:
    await reader.say("/start")
    sent = await bot.send_message(READER_ID, "خبر")

    await bot.edit_message_reply_markup(READER_ID, sent.message_id, reply_markup=MORE)

    assert [shown.buttons for shown in await reader.wait_for(1)] == [(("المزيد",),)]


@pytest.mark.parametrize(
    ("method", "wrong", "words"),
    [
        (
            "editMessageText",
            {"message_id": 2, "text": "كما كان", "reply_markup": MORE.to_dict()},
            "is not modified: spec",
        ),
        ("editMessageReplyMarkup", {"message_id": 2, "reply_markup": MORE.to_dict()}, "is not modified: specified new"),
        ("editMessageText", {"message_id": 9, "text": "نص"}, "message to edit not found"),
        ("editMessageText", {"message_id": 1, "text": "نص"}, "message can't be edited"),
        ("editMessageText", {"message_id": 3, "text": "نص"}, "message can't be edited"),
        ("editMessageText", {"text": "نص"}, "message identifier is not specified"),
        (
            "editMessageText",
            {"message_id": 2, "text": "ن", "reply_markup": {"keyboard": []}},
            "inline keyboard expected",
        ),
        ("deleteMessage", {"message_id": 9}, "message to delete not found"),
        ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
    ],
)
async def test_what_cannot_be_done_to_a_message_is_refused(
    bot: Bot,
    http: httpx.AsyncClient,
    reader: Reader,
    *,
    method: str,
    wrong: dict[str, Any],
    words: str,
) -> None:
    await reader.say("/start")
    await bot.send_message(READER_ID, "كما كان", reply_markup=MORE)
    await bot.send_message(READER_ID, "اختر", reply_markup=ReplyKeyboardMarkup([["نعم"]]))

    assert words in await _refusal(http, method, {"chat_id": READER_ID} | wrong)


async def test_a_deleted_message_is_gone(bot: Bot, reader: Reader) -> None:
    await reader.say("/start")
    sent = await bot.send_message(READER_ID, "زائل")

    assert await bot.send_chat_action(READER_ID, "typing")
    assert await bot.delete_message(READER_ID, sent.message_id)
    assert [shown.text for shown in await reader.messages()] == ["/start"]


async def test_commands_belong_to_a_scope_and_a_language(bot: Bot, http: httpx.AsyncClient, reader: Reader) -> None:
    await reader.say("/start")
    scope = BotCommandScopeChat(READER_ID)
    await bot.set_my_commands([BotCommand("topics", "المواضيع")], language_code="ar")
    await bot.set_my_commands([("admin", "إدارة")], scope=scope)

    assert await bot.get_my_commands() == ()
    assert [command.description for command in await bot.get_my_commands(language_code="ar")] == ["المواضيع"]
    assert [command.command for command in await bot.get_my_commands(scope=scope)] == ["admin"]
    await bot.delete_my_commands(scope=scope)
    assert (await http.get("/sandbox/commands")).json()["commands"] == [
        {
            "scope": {"type": "default"},
            "language_code": "ar",
            "commands": [{"command": "topics", "description": "المواضيع"}],
        },
    ]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"commands": [{"command": "مواضيع", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "a" * 33, "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "topics", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "topics", "description": "x" * 257}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "topics", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": "topics"}, "can't parse commands JSON object"),
        ({"commands": [], "language_code": "arabic"}, "LANG_CODE_INVALID"),
        ({"commands": [], "scope": {"type": "planet"}}, "unsupported type specified"),
        ({"commands": [], "scope": {"type": "chat"}}, 'can\'t find field "chat_id"'),
        ({}, "can't parse list of bot commands"),
    ],
)
async def test_wrong_commands_are_refused(http: httpx.AsyncClient, given: dict[str, Any], words: str) -> None:
    assert words in await _refusal(http, "setMyCommands", given)


async def test_the_profile_is_kept(bot: Bot) -> None:
    await bot.set_my_name("موجز")
    await bot.set_my_description("نشرة أخبار", language_code="ar")
    await bot.set_my_short_description("أخبار")

    assert (await bot.get_my_name()).name == "موجز"
    assert (await bot.get_my_description(language_code="ar")).description == "نشرة أخبار"
    assert (await bot.get_my_short_description()).short_description == "أخبار"
    with pytest.raises(BadRequest, match="Name is too long"):
        await bot.set_my_name("م" * 65)


async def test_an_unknown_method_is_not_found(bot: Bot) -> None:
    with pytest.raises(TelegramError, match="not found in Bot API"):
        await bot.do_api_request("sendTelepathy")


async def test_a_wrong_token_is_unauthorised(sandbox: SandboxServer, http: httpx.AsyncClient) -> None:
    async with Bot(sandbox.token, base_url=f"{sandbox.url}/bot") as known:
        assert known.username
    stranger = Bot("123456:WRONG", base_url=f"{sandbox.url}/bot")

    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()
    answer = await http.get("/bot123456:WRONG/getMe")
    assert (answer.status_code, answer.json()) == (
        401,
        {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )


@pytest.mark.parametrize("way", ["query", "form", "multipart", "json", "json in strings"])
async def test_parameters_may_come_in_every_way(
    sandbox: SandboxServer,
    http: httpx.AsyncClient,
    reader: Reader,
    way: str,
) -> None:
    await reader.say("/start")
    given = {"chat_id": READER_ID, "text": "سطر\nثانٍ & ثالث", "reply_markup": MORE.to_dict(), "protect_content": True}
    spelled = {name: value if isinstance(value, str) else json.dumps(value) for name, value in given.items()}
    requests: dict[str, dict[str, Any]] = {
        "query": {"method": "GET", "params": spelled},
        "form": {"data": spelled},
        "multipart": {"files": {name: (None, value.encode()) for name, value in spelled.items()}},
        "json": {"json": given},
        "json in strings": {"json": spelled},
    }

    answer = await http.request(url=f"/bot{sandbox.token}/SENDmessage", **({"method": "POST"} | requests[way]))

    assert answer.json()["result"]["text"] == given["text"]
    assert answer.json()["result"]["reply_markup"] == given["reply_markup"]


async def test_a_wait_is_told_in_the_body_and_in_a_header(sandbox: SandboxServer, http: httpx.AsyncClient) -> None:
    await http.post("/sandbox/faults", json={"method": "getMe", "kind": "too_many_requests", "seconds": 7})

    answer = await http.get(f"/bot{sandbox.token}/getMe")

    assert answer.headers["Retry-After"] == "7"
    assert answer.json()["parameters"] == {"retry_after": 7}
    assert answer.json()["description"] == "Too Many Requests: retry after 7"


async def test_a_file_comes_back_as_it_was_sent(bot: Bot, reader: Reader) -> None:
    content = bytes(range(256)) * 40 + "خبر".encode()
    await reader.send_document("مقال.txt", content, "text/plain", caption="اقرأ #هذا")

    (update,) = await bot.get_updates()
    assert update.message
    assert update.message.document
    file = await bot.get_file(update.message.document.file_id)

    assert bytes(await file.download_as_bytearray()) == content
    assert (update.message.document.file_name, file.file_size) == ("مقال.txt", len(content))
    assert [entity.type for entity in update.message.caption_entities] == ["hashtag"]


async def test_a_file_may_come_in_a_form(bot: Bot, http: httpx.AsyncClient) -> None:
    content = b"\r\n\x00\xff--\n" * 9
    await http.post("/sandbox/users/7/documents", files={"file": ("a.bin", content, "application/x-raw")})

    (update,) = await bot.get_updates()
    assert update.message
    assert update.message.document
    file = await bot.get_file(update.message.document.file_id)

    assert bytes(await file.download_as_bytearray()) == content
    assert update.message.document.mime_type == "application/x-raw"


@pytest.mark.parametrize(("size", "words"), [(20 * 2**20, None), (20 * 2**20 + 1, "File is too big")])
async def test_a_file_over_twenty_megabytes_is_too_big(bot: Bot, reader: Reader, size: int, words: str | None) -> None:
    await reader.send_document("كبير.pdf", b"%PDF", "application/pdf", size=size)
    (update,) = await bot.get_updates()
    assert update.message
    assert update.message.document

    if words is None:
        assert (await bot.get_file(update.message.document.file_id)).file_size == size
    else:
        with pytest.raises(BadRequest, match=words):
            await bot.get_file(update.message.document.file_id)


async def test_an_unknown_file_is_refused(bot: Bot, sandbox: SandboxServer, http: httpx.AsyncClient) -> None:
    with pytest.raises(BadRequest, match="Invalid file_id"):
        await bot.get_file("nothing")

    assert (await http.get(f"/file/bot{sandbox.token}/documents/../x")).status_code == 404
    assert (await http.get("/file/bot1:wrong/documents/file_0.txt")).status_code == 401


async def test_the_log_shows_requests_and_never_the_token(
    bot: Bot,
    sandbox: SandboxServer,
    http: httpx.AsyncClient,
    reader: Reader,
) -> None:
    await reader.say("/start")
    await bot.send_message(READER_ID, f"سر {sandbox.token}")
    with pytest.raises(BadRequest):
        await bot.send_message(999, "نص")

    log = await http.get("/sandbox/log")

    assert sandbox.token not in log.text
    outcomes = [(entry["method"], entry["status"], entry["params"].get("chat_id")) for entry in log.json()["requests"]]
    assert outcomes[-2:] == [("sendMessage", 200, str(READER_ID)), ("sendMessage", 400, "999")]
    assert log.json()["requests"][-1]["description"] == "Bad Request: chat not found"


async def _refusal(http: httpx.AsyncClient, method: str, given: dict[str, Any]) -> str:
    """Return Telegram's own words: the library changes their case."""
    answer = await http.post(f"/bot{DEFAULT_TOKEN}/{method}", json=given)
    assert answer.status_code == answer.json()["error_code"] == 400
    return str(answer.json()["description"]).removeprefix("Bad Request: ")


async def _group(sandbox: SandboxServer) -> int:
    async with httpx.AsyncClient(base_url=sandbox.url, trust_env=False) as client:
        group = {"id": -5, "type": "supergroup", "title": "أصدقاء الخبر", "threads": [4]}
        await client.post("/sandbox/chats", json=group)
    return -5


async def test_a_file_is_sent_with_its_caption(bot: Bot, reader: Reader) -> None:
    await reader.say("/start")

    sent = await bot.send_document(
        READER_ID,
        "موجز".encode(),
        caption="<b>مقالاتك</b>",
        parse_mode="HTML",
        filename="mujaz.jsonl",
        reply_markup=MORE,
    )
    (shown,) = await reader.wait_for(1)

    assert (shown.kind, shown.text, shown.buttons) == ("document", "مقالاتك", (("المزيد",),))
    assert sent.caption == "مقالاتك"
    assert [entity.type for entity in sent.caption_entities] == [MessageEntity.BOLD]
    assert sent.document
    assert (sent.document.file_name, sent.document.file_size) == ("mujaz.jsonl", 8)
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == "موجز".encode()


async def test_a_file_that_is_there_is_sent_again_by_its_identifier(bot: Bot, reader: Reader) -> None:
    await reader.say("/start")
    first = await bot.send_document(READER_ID, b"x", filename="a.txt")
    assert first.document

    again = await bot.send_document(READER_ID, first.document.file_id)

    assert again.document
    assert again.document.file_id == first.document.file_id


@pytest.mark.parametrize(
    ("document", "caption", "refusal"),
    [
        pytest.param(b"", "", "File must be non-empty", id="an empty file"),
        pytest.param("nothing", "", "Wrong file identifier/http url specified", id="no such identifier"),
        pytest.param(b"x", "م" * 1025, "Message caption is too long", id="a long caption"),
    ],
)
async def test_a_file_is_refused(bot: Bot, reader: Reader, document: bytes | str, caption: str, refusal: str) -> None:
    await reader.say("/start")

    with pytest.raises(BadRequest, match=refusal):
        await bot.send_document(READER_ID, document, caption=caption, filename="a.txt")


async def test_a_part_of_the_form_may_stand_under_another_name(sandbox: SandboxServer, reader: Reader) -> None:
    await reader.say("/start")
    form = {"chat_id": str(READER_ID), "document": "attach://it"}

    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.post(
            f"{sandbox.url}/bot{sandbox.token}/sendDocument", data=form, files={"it": ("a.txt", b"x")}
        )

    assert answer.json()["result"]["document"]["file_name"] == "a.txt"


async def test_the_log_shows_no_bytes_of_a_file(bot: Bot, sandbox: SandboxServer, reader: Reader) -> None:
    await reader.say("/start")

    await bot.send_document(READER_ID, b"secret", filename="a.txt")

    async with httpx.AsyncClient(trust_env=False) as http:
        log = (await http.get(f"{sandbox.url}/sandbox/log")).json()["requests"]
    sent = next(entry for entry in log if entry["method"] == "sendDocument")
    assert sent["params"]["document"] == {"file_name": "a.txt", "size": 6}
