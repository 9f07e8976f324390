"""Hear nothing of a topic for a time: the buttons under a digest."""

from collections.abc import Sequence

from bot.domain.delivery import Button, Page
from bot.domain.mute import Span
from bot.domain.sheet import Sheet
from bot.services.silence import Silence
from bot.telegram.language import Language
from bot.telegram.marks import clipped
from handlers import digest_texts
from handlers.digest_callbacks import muting_of, muting_payload, unmuting_of, unmuting_payload
from handlers.request import Request
from handlers.sheets import Rows, back_row, pressed_sheet, redrawn, told

_LONGEST_LABEL = 40


async def which(silence: Silence, request: Request) -> Sequence[Page]:
    """Show a button a topic of the page in place of its own."""
    sheet, language = pressed_sheet(request), request.language
    offered = await silence.offered(sheet) if sheet else None
    if offered is None:
        await told(request, digest_texts.stale(language))
    else:
        await told(request, digest_texts.which_topic(language) if offered else digest_texts.nothing_to_mute(language))
    if sheet and offered:
        topics = [
            (Button(f"🔕 {clipped(name, _LONGEST_LABEL)}", payload=muting_payload(sheet.number, code)),)
            for name, code in offered.items()
        ]
        await redrawn(request, (*topics, back_row(sheet, language)))
    return ()


async def press(silence: Silence, request: Request) -> Sequence[Page]:
    """Ask for how long, or mute; pressed twice it is the same mute."""
    sheet, query, language = pressed_sheet(request), request.update.callback_query, request.language
    if sheet is None or query is None:
        return ()
    pressed = muting_of(query.data or "")
    name = await silence.named(pressed.code)
    if name is None:
        await told(request, digest_texts.stale(language))
    elif pressed.span is None:
        await told(request, digest_texts.how_long(name, language))
        await redrawn(request, _spans(sheet, pressed.code, language))
    else:
        await _muted(silence, name, pressed.span, pressed.code, sheet, request)
    return ()


async def _muted(silence: Silence, name: str, span: Span, code: str, sheet: Sheet, request: Request) -> None:
    language = request.language
    mute = await silence.mute(request.subscriber, name, span)
    if mute is None:
        await told(request, digest_texts.not_followed(name, language))
        return
    await told(request, digest_texts.muted(mute, request.subscriber.schedule.zone, language))
    label = language.say("تراجع عن كتم {topic}", topic=clipped(name, _LONGEST_LABEL))
    await redrawn(request, ((Button(label, payload=unmuting_payload(sheet.number, code)),), back_row(sheet, language)))


async def undo(silence: Silence, request: Request) -> Sequence[Page]:
    """End a mute; pressed twice it has ended."""
    sheet, query, language = pressed_sheet(request), request.update.callback_query, request.language
    if sheet is None or query is None:
        return ()
    code = unmuting_of(query.data or "")
    name = await silence.named(code)
    if name is None:
        await told(request, digest_texts.stale(language))
        return ()
    await silence.unmute(request.subscriber, name)
    await told(request, digest_texts.unmuted(name, language))
    await redrawn(request, _spans(sheet, code, language))
    return ()


def _spans(sheet: Sheet, code: str, language: Language) -> Rows:
    labels = digest_texts.spans(language)
    rows = [(Button(label, payload=muting_payload(sheet.number, code, span)),) for span, label in labels.items()]
    return (*rows, back_row(sheet, language))
