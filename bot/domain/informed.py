"""What a text says of itself, joined with what its page or file says of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.arabic.layout import Layout
from bot.arabic.normalise import cleaned, folded_spaces
from bot.arabic.tokens import words
from bot.domain.article import Facts


def informed(layout: Layout, facts: Facts, now: datetime) -> Layout:
    """Return the parts of an article with its facts: they win where both speak, for whoever wrote them meant them.

    Tags are joined. No line is lost but one that says the title again. A date more than a day after ``now`` is refused,
    as it is in a text.
    """
    title, body = _headed(layout, facts)
    return replace(
        layout,
        title=title,
        body=body,
        published=_past(facts.published, now) or layout.published,
        tags=tuple(_distinct((*map(_shown, facts.tags), *layout.tags))),
    )


def _headed(layout: Layout, facts: Facts) -> tuple[str, tuple[str, ...]]:
    title = _shown(facts.title) or ("" if _is_headline(layout.title) else _shown(facts.name))
    if not title:
        return layout.title, layout.body
    lines = (layout.title, *layout.body) if layout.title else layout.body
    said = words(title)
    while lines and words(lines[0]) == said:
        lines = lines[1:]
    return title, lines


_MOST_HEADLINE_WORDS = 20


def _is_headline(line: str) -> bool:
    return 0 < len(line.split()) <= _MOST_HEADLINE_WORDS


def _past(day: date | None, now: datetime) -> date | None:
    return day if day and day <= now.date() + timedelta(days=1) else None


def _shown(text: str) -> str:
    return folded_spaces(cleaned(text))


def _distinct(tags: Iterable[str]) -> Iterable[str]:
    shown: dict[str, str] = {}
    for tag in tags:
        if key := " ".join(words(tag)):
            shown.setdefault(key, tag)
    return shown.values()
