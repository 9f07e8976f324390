"""The ShowWeek port: a chart of the week, and its numbers in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.chart import Chart, Row
from bot.domain.delivery import Page
from bot.domain.subscriber import Subscriber
from bot.domain.trend import Trend
from bot.telegram.language import Languages, isolated
from bot.telegram.render import note

_LONGEST_NAME = 40  # letters; eight lines must fit a caption


@dataclass(frozen=True, slots=True)
class WeekPages:
    """Lays a week out so that its text stands alone where no picture may be shown."""

    languages: Languages

    def __call__(self, trends: Sequence[Trend], days: Sequence[datetime], subscriber: Subscriber, /) -> Page:
        """See the port."""
        language, zone = self.languages.of(subscriber), subscriber.schedule.zone
        title = language.say("موضوعاتك في أسبوع")
        rows = tuple(Row(trend.topic, trend.counts, language.figures(str(trend.total))) for trend in trends)
        first, last = language.day_of(days[0], zone), language.say("اليوم")
        chart = Chart(title, rows, first, last, is_right_to_left=language.is_right_to_left)
        lines = [
            language.count(
                "{name}: مقال واحد", "{name}: {number} مقالات", trend.total, name=isolated(_clipped(trend.topic))
            )
            for trend in trends
        ]
        numbered = [f"{language.figures(str(place))}. {line}" for place, line in enumerate(lines, start=1)]
        text = "\n".join([title, language.say("بعدد المقالات عن كل موضوع:"), *numbered])
        return Page(note(text, language), picture=chart, is_quiet=True)  # its digest has made the sound


def _clipped(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
