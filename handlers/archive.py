"""Look for stories, and read the newest: /search, «ابحث …», /latest, and the buttons that turn pages."""

import re
from collections.abc import Sequence
from functools import partial

from telegram import Message
from telegram.ext.filters import MessageFilter

from bot.domain.delivery import Page
from bot.domain.search import LONGEST_QUESTION
from bot.services.search import PAGE, NothingAsked, Results, Search
from bot.telegram.cards import story_list
from bot.telegram.render import note
from handlers import archive_texts
from handlers.archive_buttons import opening, rows, turning
from handlers.archive_payloads import numbers_of, search_page_payload
from handlers.failures import stale_ignored
from handlers.reading import argument_of
from handlers.request import Request


class Asking(MessageFilter):
    """Messages of one short line that begin with «ابحث» and go on."""

    def filter(self, message: Message) -> bool:
        """Tell if a message asks."""
        text = (message.text or "").strip()
        return len(text) <= LONGEST_QUESTION and "\n" not in text and bool(_ASKING.match(text))


_ASKING = re.compile(r"\s*[اإ]بحث\s+(?:لي\s+)?(?:عن\s+)?(?=\S)")


async def search(look_for: Search, request: Request) -> Sequence[Page]:
    """/search WORDS."""
    return await _searched(look_for, argument_of(request.message), request)


async def asked(look_for: Search, request: Request) -> Sequence[Page]:
    """«ابحث عن …» without a slash."""
    return await _searched(look_for, _ASKING.sub("", request.message.text or "", count=1), request)


async def latest(look_for: Search, request: Request) -> Sequence[Page]:
    """/latest, or /latest TOPIC."""
    named = argument_of(request.message)
    if named:
        return await _searched(look_for, f"في {named}", request)
    return [_page(await look_for.latest(request.subscriber, _receipt(request)), request)]


async def turn(look_for: Search, request: Request) -> Sequence[Page]:
    """Show another page in the message whose button was pressed."""
    query, language = request.update.callback_query, request.language
    if query is None or query.message is None:
        return ()
    number, page = numbers_of(query.data or "")
    results = await look_for.page(request.subscriber, number, page)
    with stale_ignored():
        await query.answer(None if results else archive_texts.forgotten(language))
    return [_page(results, request, query.message.message_id)] if results else ()


async def _searched(look_for: Search, typed: str, request: Request) -> Sequence[Page]:
    try:
        results = await look_for(request.subscriber, typed, _receipt(request))
    except NothingAsked:
        return [Page(note(archive_texts.search_what(request.language), request.language))]
    return [_page(results, request)]


def _receipt(request: Request) -> str:
    return f"{request.message.chat_id}:{request.message.message_id}"


def _page(results: Results, request: Request, edits: int | None = None) -> Page:
    language = request.language
    say = archive_texts.found if results.question.asked else archive_texts.latest
    first = results.page * PAGE + 1
    text = story_list(say(results, language), results.hits, first, request.subscriber.schedule.zone, language)
    turns = turning(
        results.page, partial(search_page_payload, results.question.number), language, has_more=results.has_more
    )
    return Page(text, rows(opening(results.hits, first, language), turns), edits=edits)
