"""Stories outside a digest: one on a card, and several in a list."""

from collections.abc import Sequence
from datetime import date
from itertools import count
from zoneinfo import ZoneInfo

from bot.domain.digest import Report, Story
from bot.domain.search import Hit
from bot.telegram.language import Language, in_markup, isolated
from bot.telegram.marks import bold, clipped, linked
from bot.telegram.render import hashtag, units

_MOST_UNITS = 4_000
_MOST_SOURCES = 5
_MOST_TAGS = 8


def story_card(story: Story, zone: str, language: Language) -> str:
    """Return a story by itself: title, summary, its sources and what it is about."""
    best = story.best
    others = [report for report in story.sources if report.source and report is not best]
    parts = [
        bold(linked(clipped(best.title), best.link)),
        in_markup(" ".join(best.summary)),
        "\n".join(
            line
            for line in (
                origin(best, zone, language),
                _also(others, language),
                " ".join(map(hashtag, story.topics[:_MOST_TAGS])),
            )
            if line
        ),
    ]
    if units("\n\n".join(parts)) > _MOST_UNITS:
        parts[1] = ""
    return language.aligned("\n\n".join(part for part in parts if part))


def _also(reports: Sequence[Report], language: Language) -> str:
    if not reports:
        return ""
    return language.say(
        "في مصادر أخرى: {sources}", sources=language.all_of([_named(report) for report in reports[:_MOST_SOURCES]])
    )


def origin(report: Report, zone: str, language: Language) -> str:
    """Return the source of a report and its day, marked up."""
    return " · ".join((*([_named(report)] if report.source else []), language.day(day_of(report, zone))))


def _named(report: Report) -> str:
    return linked(isolated(clipped(report.source or "")), report.link)


def day_of(report: Report, zone: str) -> date:
    """Return the day of a report by the reader's calendar: as it is stated or, for want of that, when it reached us."""
    return report.published or report.collected_at.astimezone(ZoneInfo(zone)).date()


def story_list(head: str, hits: Sequence[Hit], first: int, zone: str, language: Language) -> str:
    """Return stories under a heading of ours, numbered from ``first``: title, source and day."""
    numbers = (language.figures(f"{number}.") for number in count(first))
    told = [f"{number} {_listed(hit.report, zone, language)}" for number, hit in zip(numbers, hits, strict=False)]
    heading, *below = in_markup(head).split("\n")
    shown = "\n".join((bold(heading) if told else heading, *below))
    return language.aligned("\n\n".join((shown, *told)))


def _listed(report: Report, zone: str, language: Language) -> str:
    return f"{linked(isolated(clipped(report.title)), report.link)}\n{origin(report, zone, language)}"
