"""Decide on what readers sent: the buttons under a question, and /pending."""

from collections.abc import Sequence

from bot.domain.delivery import Button, Page
from bot.domain.submission import Submission, Turn
from bot.ports import Newsroom
from bot.services.decide import Decide, Leaf
from bot.services.trust import NotAnEditor
from bot.telegram.digests import in_order
from bot.telegram.language import Language
from bot.telegram.newsroom import about, shown, verdicts
from bot.telegram.render import note
from handlers import newsroom_texts, texts
from handlers.callbacks import queue_payload, ruling_of, turn_of, turn_payload
from handlers.failures import stale_ignored
from handlers.nominee import name_of
from handlers.request import Request


async def pending(leaf: Leaf, request: Request) -> Sequence[Page]:
    """/pending."""
    try:
        turn = await leaf(request.user_id)
    except NotAnEditor:
        return [Page(note(texts.unknown_command(request.language), request.language))]
    return [_page(turn, request.language)]


async def turn(leaf: Leaf, request: Request) -> Sequence[Page]:
    """Leaf through the queue, in the message whose button was pressed."""
    query, language = request.update.callback_query, request.language
    if query is None or query.message is None:
        return ()
    pressed = turn_of(query.data or "")
    try:
        found = await leaf(request.user_id, pressed.fingerprint, backwards=pressed.backwards)
    except NotAnEditor:
        return await _refused(request)
    with stale_ignored():
        await query.answer()
    return [_page(found, language, query.message.message_id)]


async def rule(decide: Decide, leaf: Leaf, newsroom: Newsroom, request: Request) -> Sequence[Page]:
    """Publish or reject, once, and show it where the buttons were."""
    query, language = request.update.callback_query, request.language
    if query is None or query.message is None:
        return ()
    pressed, message_id = ruling_of(query.data or ""), query.message.message_id
    try:
        submission = await decide(pressed.fingerprint, pressed.verdict, request.user_id, name_of(query.from_user))
        if pressed.is_in_queue:
            after = _page(await leaf(request.user_id, pressed.fingerprint), language, message_id)
        else:
            after = await _closed(submission, decide, newsroom, request, message_id)
    except NotAnEditor:
        return await _refused(request)
    decision = submission.decision if submission else None
    with stale_ignored():
        await query.answer(newsroom_texts.ruled(decision, pressed.verdict, request.user_id, language))
    return [after]


async def _closed(
    submission: Submission | None, decide: Decide, newsroom: Newsroom, request: Request, message_id: int
) -> Page:
    if submission is None:
        return Page(note(newsroom_texts.gone(request.language), request.language), edits=message_id)
    await decide.shown(submission, request.subscriber.chat_id)
    return newsroom.closed(submission, request.subscriber.language, message_id)


async def _refused(request: Request) -> Sequence[Page]:
    query = request.update.callback_query
    if query is not None:
        with stale_ignored():
            await query.answer(newsroom_texts.only_editors(request.language))
    return ()


def _page(turn: Turn | None, language: Language, edits: int | None = None) -> Page:
    """Return one that waits, in the message that is edited or in a new one."""
    if turn is None:
        return Page(note(newsroom_texts.nothing_waits(language), language), edits=edits)
    submission = turn.submission
    below = "\n".join(line for line in (about(submission, language), newsroom_texts.place(turn, language)) if line)
    rows = verdicts(submission, queue_payload, language)
    return Page(shown(submission, below, language), rows + _leaves(turn, language), edits=edits)


def _leaves(turn: Turn, language: Language) -> tuple[tuple[Button, ...], ...]:
    if turn.of == 1:
        return ()
    fingerprint = turn.submission.article.fingerprint
    earlier = Button(newsroom_texts.earlier(language), payload=turn_payload(fingerprint, backwards=True))
    later = Button(newsroom_texts.later(language), payload=turn_payload(fingerprint, backwards=False))
    return (in_order([earlier, later], language),)
