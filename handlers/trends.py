"""What is in the news: the topics with most articles and those that rise, with a picture."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.chart import Chart, Row
from bot.domain.delivery import Button, Page
from bot.domain.trend import Trend
from bot.services.browse import Browse
from bot.services.trends import Trends
from bot.telegram.render import note
from handlers import trends_texts
from handlers.failures import stale_ignored
from handlers.keyboards import offers
from handlers.request import Request
from handlers.topic_callbacks import POPULAR, RISING

_LONGEST_NAME = 40  # letters; eight lines must fit a caption


async def popular(trends: Trends, browse: Browse, request: Request) -> Sequence[Page]:
    """/popular."""
    found, days = await trends.popular(request.subscriber)
    language = request.language
    lines = [trends_texts.total(_clipped(trend.topic), trend.total, language) for trend in found]
    chart = _chart(trends_texts.popular_title(language), found, [trend.total for trend in found], days, request)
    other = Button(trends_texts.rising_label(language), payload=RISING)
    return [await _page(chart, lines, found, other, browse, request)]


async def rising(trends: Trends, browse: Browse, request: Request) -> Sequence[Page]:
    """/rising."""
    found, days = await trends.rising(request.subscriber)
    language = request.language
    lines = [trends_texts.rise(_clipped(trend.topic), trend.latest, trend.earlier, language) for trend in found]
    chart = _chart(trends_texts.rising_title(language), found, [trend.latest for trend in found], days, request)
    other = Button(trends_texts.popular_label(language), payload=POPULAR)
    return [await _page(chart, lines, found, other, browse, request)]


async def press(trends: Trends, browse: Browse, request: Request) -> Sequence[Page]:
    """Show one of both, as a button asks."""
    query = request.update.callback_query
    if query is None or query.message is None:
        return ()
    with stale_ignored():
        await query.answer()
    return await (popular if query.data == POPULAR else rising)(trends, browse, request)


async def _page(
    chart: Chart, lines: Sequence[str], found: Sequence[Trend], other: Button, browse: Browse, request: Request
) -> Page:
    language = request.language
    if not found:
        return Page(note("\n".join((chart.title, trends_texts.nothing(language))), language), ((other,),))
    numbered = [f"{language.figures(str(place))}. {line}" for place, line in enumerate(lines, start=1)]
    text = "\n".join((chart.title, trends_texts.what_it_shows(language), "", *numbered))
    offered = await browse.named(request.subscriber, [trend.topic for trend in found])
    return Page(note(text, language), (*offers(offered, language), (other,)), picture=chart)


def _chart(
    title: str, found: Sequence[Trend], totals: Sequence[int], days: Sequence[datetime], request: Request
) -> Chart:
    language, zone = request.language, request.subscriber.schedule.zone
    shown = (language.figures(str(total)) for total in totals)
    rows = tuple(Row(trend.topic, trend.counts, total) for trend, total in zip(found, shown, strict=True))
    first, last = language.day_of(days[0], zone), trends_texts.today(language)
    return Chart(title, rows, first, last, is_right_to_left=language.is_right_to_left)


def _clipped(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
