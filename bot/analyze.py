"""Look inside: what the bot understands of a text, JSON Lines in and out."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from bot.app import catalogue_topics, utc_now
from bot.arabic.dates import date_in
from bot.arabic.layout import read_layout
from bot.arabic.names import Names
from bot.arabic.sentences import sentences
from bot.domain.topic import Catalogue, TopicIndex, keyword_keys, topic_key
from bot.summarize.budget import Budget

Row = dict[str, Any]
Analysis = Callable[[Row], Row]


class BadRow(ValueError):
    """A row lacks a field or has one of the wrong type."""


def analysed(lines: Iterable[str], analysis: Analysis) -> Iterator[tuple[Row, bool]]:
    """Return an answer for each line in order, and whether the line could be read."""
    for line in lines:
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise BadRow("not a JSON object")
        except (ValueError, RecursionError) as error:
            yield {"id": None, "error": str(error)}, False
            continue
        try:
            yield {"id": row.get("id")} | analysis(row), True
        except BadRow as error:
            yield {"id": row.get("id"), "error": str(error)}, False


def article() -> Analysis:
    """Tell title, date, source, tags, body and what is left out of a text, by the tags of the texts before it too."""
    known_tags = Names(key for topic in catalogue_topics() for key in keyword_keys(topic))
    guessed: set[str] = set()

    def analysis(row: Row) -> Row:
        layout = read_layout(_text(row, "text"), _moment(row), known_tags)
        guesses = set(map(topic_key, layout.guessed))
        known_tags.add(set(map(topic_key, layout.tags)) - guesses | guesses & guessed)
        guessed.update(guesses)
        return {
            "title": layout.title,
            "published": layout.published and layout.published.isoformat(),
            "source": layout.source,
            "tags": layout.tags,
            "body": layout.body,
            "related": layout.related,
        }

    return analysis


def sentence_list() -> Analysis:
    """Tell the sentences of a text."""
    return lambda row: {"sentences": sentences(_text(row, "text"))}


def summary(budget: Budget) -> Analysis:
    """Tell the sentences that a digest would show."""
    from bot.summarize.summarizer import SumySummarizer  # noqa: PLC0415 - a second and 40 MB, for this command alone

    summarizer = SumySummarizer()

    def analysis(row: Row) -> Row:
        title, text = _text(row, "title", ""), _text(row, "text")
        return {"sentences": summarizer(title, text.splitlines(), (), budget)}

    return analysis


def topics(*, with_capitals: bool = False) -> Analysis:
    """Tell which of the followed names a text is about, and why, and which it mentions."""
    catalogue = Catalogue(catalogue_topics())

    def analysis(row: Row) -> Row:
        names = _texts(row, "follow")
        followed = {name: catalogue.resolve(name) for name in names}
        index = TopicIndex(followed.values(), with_capitals=with_capitals)
        reading = index.read(_text(row, "title", ""), _text(row, "text"), _texts(row, "tags"))
        subjects = {subject.name: subject for subject in reading.subjects}
        return {
            "topics": [
                asdict(subjects[topic.name]) | {"name": name}
                for name, topic in followed.items()
                if topic.name in subjects
            ],
            "mentioned": [name for name, topic in followed.items() if topic.name in reading.mentioned],
        }

    return analysis


def dates() -> Analysis:
    """Tell the date that a text states."""

    def analysis(row: Row) -> Row:
        found = date_in(_text(row, "text"), _moment(row))
        return {"date": found and found.isoformat()}

    return analysis


def _text(row: Row, name: str, default: str | None = None) -> str:
    value = row.get(name)
    if value is None:
        value = default
    if not isinstance(value, str):
        raise BadRow(f"{name}: text expected")
    return value


def _texts(row: Row, name: str) -> list[str]:
    value = row.get(name) or []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadRow(f"{name}: a list of texts expected")
    return value


def _moment(row: Row) -> datetime:
    stated = _text(row, "now", utc_now().isoformat())
    try:
        moment = datetime.fromisoformat(stated)
    except ValueError as error:
        raise BadRow("now: an ISO 8601 moment expected") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
