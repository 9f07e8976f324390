"""Photos of the bot, taken as strictly as Telegram takes them."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.error import BadRequest

from bot.sandbox.reader import Attached, Reader, ReaderError
from tests.sandbox.conftest import READER_ID


@pytest.fixture(autouse=True)
async def _started(reader: Reader) -> None:
    await reader.say("/start")


def a_png(width: int = 800, height: int = 400) -> bytes:
    header = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return header + b"\x08\x02\x00\x00\x00\x00\x00\x00\x00" + b"\x00\x00\x00\x00IEND\xaeB`\x82"


def a_jpeg(width: int, height: int) -> bytes:
    frame = b"\xff\xc0\x00\x11\x08" + height.to_bytes(2, "big") + width.to_bytes(2, "big") + bytes(10)
    return b"\xff\xd8\xff\xe0\x00\x10" + bytes(14) + frame + b"\xff\xd9"


async def test_a_photo_comes_with_its_caption_sizes_and_buttons(bot: Bot, reader: Reader) -> None:
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("نعم", callback_data="y")]])

    sent = await bot.send_photo(READER_ID, a_png(), caption="<b>رسم</b>", parse_mode="HTML", reply_markup=buttons)

    (shown,) = await reader.wait_for(1)
    assert (shown.kind, shown.text, shown.buttons) == ("photo", "رسم", (("نعم",),))
    assert [entity["type"] for entity in shown.entities] == ["bold"]
    assert [(size.width, size.height) for size in sent.photo] == [(90, 45), (800, 400)]


async def test_the_reader_gets_the_bytes_of_a_picture_and_of_a_file_as_they_were_sent(bot: Bot, reader: Reader) -> None:
    await bot.send_photo(READER_ID, a_png())
    await bot.send_document(READER_ID, b"{}", filename="mujaz.json")

    picture, file = [shown.attached for shown in await reader.wait_for(2)]

    assert picture is not None
    assert file is not None
    assert (await reader.content(picture), await reader.content(file)) == (a_png(), b"{}")
    assert (file.name, file.size) == ("mujaz.json", 2)
    with pytest.raises(ReaderError, match="Not Found"):
        await reader.content(Attached("none", "", 0))


async def test_a_photo_is_kept_and_can_be_sent_again_by_its_identifier(bot: Bot) -> None:
    first = await bot.send_photo(READER_ID, a_jpeg(640, 480))

    again = await bot.send_photo(READER_ID, first.photo[-1].file_id)

    assert (again.photo[-1].width, again.photo[-1].height) == (640, 480)
    assert bytes(await (await bot.get_file(first.photo[-1].file_id)).download_as_bytearray()) == a_jpeg(640, 480)


@pytest.mark.parametrize(
    ("photo", "caption", "refusal"),
    [
        pytest.param(b"", "", "File must be non-empty", id="an empty file"),
        pytest.param(b"text", "", "Image_process_failed", id="no picture"),
        pytest.param(a_png()[:-8], "", "Image_process_failed", id="half a picture"),
        pytest.param(a_png(9_000, 2_000), "", "Photo_invalid_dimensions", id="sides too long together"),
        pytest.param(a_png(2_100, 100), "", "Photo_invalid_dimensions", id="more than twenty times as wide as high"),
        pytest.param(a_png() + bytes(10 * 1024 * 1024), "", "File of size", id="more than 10 MB"),
        pytest.param(a_png(), "أ" * 1025, "Message caption is too long", id="a caption too long"),
        pytest.param("https://example.org/a.png", "", "Wrong file identifier", id="an address"),
    ],
)
async def test_what_telegram_would_not_show_as_a_photo_is_refused(
    bot: Bot, photo: bytes | str, caption: str, refusal: str
) -> None:
    with pytest.raises(BadRequest, match=refusal):
        await bot.send_photo(READER_ID, photo, caption=caption)


async def test_a_photo_has_no_text_to_edit_but_buttons(bot: Bot) -> None:
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("نعم", callback_data="y")]])
    sent = await bot.send_photo(READER_ID, a_png())

    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("نص", READER_ID, sent.message_id)
    edited = await bot.edit_message_reply_markup(READER_ID, sent.message_id, reply_markup=buttons)

    assert isinstance(edited, Message)
    assert edited.reply_markup == buttons
