"""One story of a digest in Telegram's HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.digest import Report, Story
from bot.domain.telling import addition
from bot.telegram.language import Language, in_markup, isolated
from bot.telegram.marks import bold, clipped, linked
from bot.telegram.render import hashtag, units

_LONG = 150  # units: about the three lines that Telegram shows of a quotation that can be opened
_MOST_UNITS = 3_500  # of a story: a page has its heading and its last lines besides
_SUMMARIES = (2_000, 1_000, 400)  # units: the longest that leaves room for the rest
_LONGEST_SOURCE = 60  # letters
_MOST_SOURCES = 5
_MOST_TAGS = 8
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells stories in a language, by the clock of a zone."""

    language: Language
    zone: str
    now: datetime

    def told(self, story: Story) -> str:
        """Return a story: its title, what it says, where it comes from."""
        versions = (self._told(story, most) for most in _SUMMARIES)
        return next((told for told in versions if units(told) <= _MOST_UNITS), self._told(story, 0))

    def _told(self, story: Story, longest_summary: int) -> str:
        language, best = self.language, story.best
        title = linked(clipped(best.title), best.link)
        lines = [bold(language.say("تحديث: {title}", title=title) if story.news else title)]
        lines.append(_summary(best.summary, longest_summary))
        if not story.news and (added := addition(best, story.reports)):
            name = linked(_short(added.source), added.link)
            lines.append(language.say("بحسب {source}: {said}", source=name, said=in_markup(added.sentence)))
        lines.append(self._origin(story))
        return "\n".join(line for line in lines if line)

    def _origin(self, story: Story) -> str:
        best, others = story.best, [report for report in story.sources if report.source and report is not story.best]
        parts = [_named(best)] if best.source else []
        parts.append(self._time_of(best))
        if others:
            shown = self.language.all_of([_named(report) for report in others[:_MOST_SOURCES]])
            more = self.language.count("+ مصدر واحد", "+ {number} مصادر", len(others))
            parts.append(f"{more}: {shown}")
        topics = " ".join(map(hashtag, story.topics[1:_MOST_TAGS]))
        return "\n".join(part for part in (" · ".join(parts), topics) if part)

    def _time_of(self, report: Report) -> str:
        """Return how old a report is: by the day it states, if that was over when it reached us."""
        zone = ZoneInfo(self.zone)
        today, came = self.now.astimezone(zone).date(), report.collected_at.astimezone(zone).date()
        day = min(report.published or came, came)
        if day == came and self.now - report.collected_at < timedelta(days=1):
            return self.language.ago(report.collected_at, self.now)
        days = max((today - day).days, 1)
        return self.language.days_ago(days) if days < _WEEK else self.language.day(day)


def _summary(sentences: Sequence[str], most: int) -> str:
    """Return a summary, in a quotation to be opened if it is long."""
    text = " ".join(sentences)
    told = in_markup(clipped(text, most) if units(in_markup(text)) > most else text)
    return f"<blockquote expandable>{told}</blockquote>" if units(told) > _LONG else told


def _named(report: Report) -> str:
    return linked(_short(report.source or ""), report.link)


def _short(source: str) -> str:
    return isolated(clipped(source, _LONGEST_SOURCE))
