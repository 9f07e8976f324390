"""Rate the stories of a digest: 👍 and 👎 by the numbers that they have above."""

from collections.abc import Sequence

from bot.domain.delivery import Button, Page
from bot.domain.sheet import Sheet
from bot.services.rate import Rate, Rated
from bot.telegram.digests import in_order
from bot.telegram.language import Language
from handlers import digest_texts
from handlers.digest_callbacks import rating_of, rating_payload
from handlers.request import Request
from handlers.sheets import Rows, back_row, pressed_sheet, redrawn, told

_IN_A_ROW = 2  # stories: four buttons are as many as a phone shows whole


async def rate(rates: Rate, request: Request) -> Sequence[Page]:
    """Show two buttons a story in place of the page's own."""
    sheet = pressed_sheet(request)
    stories = await rates.of(request.subscriber, sheet) if sheet else ()
    language = request.language
    await told(request, digest_texts.how_to_rate(language) if stories else digest_texts.stale(language))
    if sheet and stories:
        await redrawn(request, _buttons(stories, sheet, language))
    return ()


async def press(rates: Rate, request: Request) -> Sequence[Page]:
    """Keep a rating; pressed twice it is the same one."""
    sheet, query = pressed_sheet(request), request.update.callback_query
    if sheet is None or query is None:
        return ()
    pressed, language = rating_of(query.data or ""), request.language
    title = await rates(request.subscriber, sheet, pressed.place, is_liked=pressed.is_liked)
    if title is None:
        await told(request, digest_texts.stale(language))
        return ()
    await told(request, digest_texts.rated(title, language, is_liked=pressed.is_liked))
    await redrawn(request, _buttons(await rates.of(request.subscriber, sheet), sheet, language))
    return ()


def _buttons(stories: Sequence[Rated], sheet: Sheet, language: Language) -> Rows:
    pairs = [_pair(story, sheet, language) for story in stories]
    lots = (pairs[start : start + _IN_A_ROW] for start in range(0, len(pairs), _IN_A_ROW))
    rows = [in_order([button for pair in lot for button in pair], language) for lot in lots]
    return (*rows, back_row(sheet, language))


def _pair(story: Rated, sheet: Sheet, language: Language) -> tuple[Button, Button]:
    number = language.figures(str(story.place + 1))
    return tuple(  # type: ignore[return-value]  # there are two
        Button(
            f"{'✓' if story.is_liked is is_liked else ''}{sign} {number}",
            payload=rating_payload(
                sheet.number, story.place, is_liked=None if story.is_liked is is_liked else is_liked
            ),
        )
        for is_liked, sign in ((True, "👍"), (False, "👎"))
    )
