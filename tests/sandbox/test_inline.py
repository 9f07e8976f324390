"""Inline mode as the real library meets it, and as strictly as Telegram takes it."""

import asyncio
from typing import Any

import httpx
import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.error import BadRequest

from bot.sandbox.reader import Offered, Reader, ReaderError
from bot.sandbox.token import DEFAULT_TOKEN
from tests.sandbox.conftest import READER_ID


def an_article(number: int = 1, text: str = "<b>خبر</b>") -> InlineQueryResultArticle:
    content = InputTextMessageContent(
        text, parse_mode="HTML", link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    return InlineQueryResultArticle(str(number), f"خبر {number}", content, description="وصف")


async def typed(
    bot: Bot, reader: Reader, query: str = "روسيا", offset: str = ""
) -> tuple[str, "asyncio.Task[Offered]"]:
    """Let a reader type, and return the id under which the bot hears of it, and what the reader is to see."""
    seen = asyncio.create_task(reader.type_inline(query, offset))
    (update,) = await bot.get_updates(timeout=5)
    assert update.inline_query
    assert (update.inline_query.query, update.inline_query.offset) == (query, offset)
    assert update.inline_query.from_user.id == READER_ID
    return update.inline_query.id, seen


async def test_what_is_typed_is_answered_and_a_result_becomes_a_message_by_the_bot(bot: Bot, reader: Reader) -> None:
    query_id, seen = await typed(bot, reader)

    await bot.answer_inline_query(
        query_id, [an_article(1), an_article(2)], cache_time=30, is_personal=True, next_offset="10"
    )
    offered = await seen
    (sent,) = await reader.share(offered, "2")
    update = (await bot.get_updates())[-1]

    assert offered.answer
    assert [result["title"] for result in offered.results] == ["خبر 1", "خبر 2"]
    assert (offered.answer["cache_time"], offered.answer["is_personal"]) == (30, True)
    assert (offered.answer["next_offset"], offered.answer["button"]) == ("10", None)
    assert sent.text == "خبر"
    assert sent.entities[0]["type"] == "bold"
    assert not sent.from_bot
    assert update.message
    assert update.message.via_bot
    assert update.message.via_bot.id == bot.id


async def test_an_offset_comes_back_and_an_empty_answer_may_have_a_button(bot: Bot, reader: Reader) -> None:
    query_id, seen = await typed(bot, reader, "", "10")

    await bot.answer_inline_query(query_id, [], button=InlineQueryResultsButton("افتح", start_parameter="inline"))
    offered = await seen

    assert offered.results == []
    assert offered.answer
    assert offered.answer["button"] == {"text": "افتح", "start_parameter": "inline"}
    with pytest.raises(ReaderError, match="no such result"):
        await reader.share(offered, "1")


async def test_a_query_is_answered_once_and_only_if_it_was_asked(bot: Bot, reader: Reader) -> None:
    query_id, seen = await typed(bot, reader)
    await bot.answer_inline_query(query_id, [])
    await seen

    for unknown in (query_id, "7", ""):
        with pytest.raises(BadRequest, match="Query is too old"):
            await bot.answer_inline_query(unknown, [an_article()])


GOOD = {"type": "article", "id": "1", "title": "خبر", "input_message_content": {"message_text": "نص"}}


@pytest.mark.parametrize(
    ("results", "refusal"),
    [
        pytest.param([GOOD, GOOD], "RESULT_ID_DUPLICATE", id="the same id twice"),
        pytest.param([GOOD | {"id": "x" * 65}], "RESULT_ID_INVALID", id="a long id"),
        pytest.param([GOOD | {"id": ""}], "RESULT_ID_INVALID", id="an empty id"),
        pytest.param([GOOD | {"id": 1}], 'field "id"', id="a number as id"),
        pytest.param([GOOD | {"title": " "}], "ARTICLE_TITLE_EMPTY", id="an empty title"),
        pytest.param([{"type": "article", "id": "1", "title": "خبر"}], "input_message_content", id="no message"),
        pytest.param([GOOD | {"type": "photo"}], "only articles", id="another kind"),
        pytest.param([GOOD | {"caption": "x"}], 'unknown field "caption"', id="a field of another kind"),
        pytest.param(["x"], "expected an Object", id="no object"),
        pytest.param([GOOD | {"id": str(number)} for number in range(51)], "too many inline query results", id="51"),
        pytest.param([GOOD | {"input_message_content": {"message_text": ""}}], "message text is empty", id="no text"),
        pytest.param(
            [GOOD | {"input_message_content": {"message_text": "<b>", "parse_mode": "HTML"}}],
            "can't parse entities",
            id="open markup",
        ),
        pytest.param(
            [GOOD | {"input_message_content": {"message_text": "ن" * 4097}}], "message is too long", id="a long text"
        ),
        pytest.param(
            [GOOD | {"reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "x" * 65}]]}}],
            "BUTTON_DATA_INVALID",
            id="a button with too much in it",
        ),
    ],
)
async def test_results_that_telegram_would_refuse_are_refused(
    http: httpx.AsyncClient, bot: Bot, reader: Reader, results: list[Any], refusal: str
) -> None:
    query_id, seen = await typed(bot, reader)

    answer = await http.post(
        f"/bot{DEFAULT_TOKEN}/answerInlineQuery", json={"inline_query_id": query_id, "results": results}
    )
    await bot.answer_inline_query(query_id, [])
    await seen

    assert answer.status_code == 400
    assert refusal in answer.json()["description"]


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        pytest.param({"results": None}, "inline query results", id="no results"),
        pytest.param({"next_offset": "ن" * 33}, "NEXT_OFFSET_INVALID", id="a long offset"),
        pytest.param({"button": {"text": "افتح"}}, "exactly one", id="a button that leads nowhere"),
        pytest.param({"button": {"text": "افتح", "start_parameter": "ف"}}, "START_PARAM_INVALID", id="a bad parameter"),
        pytest.param({"button": {"text": "", "start_parameter": "x"}}, "non-empty", id="a button without a text"),
        pytest.param({"switch_pm_text": "x"}, "unknown parameter", id="what is no more"),
    ],
)
async def test_answers_that_telegram_would_refuse_are_refused(
    http: httpx.AsyncClient, more: dict[str, Any], refusal: str
) -> None:
    body = {"inline_query_id": "1", "results": []} | more
    answer = await http.post(f"/bot{DEFAULT_TOKEN}/answerInlineQuery", json=body)

    assert answer.status_code == 400
    assert refusal in answer.json()["description"]


async def test_a_result_may_have_buttons(bot: Bot, reader: Reader) -> None:
    query_id, seen = await typed(bot, reader)
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("اقرأ", url="https://a.example")]])
    result = InlineQueryResultArticle("1", "خبر", InputTextMessageContent("نص"), reply_markup=markup)

    await bot.answer_inline_query(query_id, [result])
    offered = await seen

    assert offered.results[0]["message"]["reply_markup"]["inline_keyboard"][0][0]["url"] == "https://a.example/"


async def test_a_bot_that_does_not_answer_offers_nothing(reader: Reader) -> None:
    offered = await reader.type_inline("روسيا", wait=0.1)

    assert offered.answer is None
    assert offered.results == []
