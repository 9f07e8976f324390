"""Look inside: what the bot understands of a text, JSON Lines in and out."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime
from typing import Any

from bot.app import catalogue_topics, utc_now
from bot.arabic.dates import date_in
from bot.arabic.layout import read_layout
from bot.arabic.names import Names
from bot.arabic.sentences import sentences
from bot.domain.article import Article, Traces
from bot.domain.story import lead_stems
from bot.domain.topic import Catalogue, TopicIndex, keyword_keys, topic_key
from bot.storage.database import scratch
from bot.storage.keeping import added
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


@contextmanager
def stories() -> Iterator[Analysis]:
    """Tell which earlier rows report the same event, and which one a text is a copy of: by the bot's own archive."""
    told: dict[int, Any] = {}
    ids: list[Any] = []
    now = utc_now()

    def analysis(row: Row) -> Row:
        nonlocal now
        title, body = _text(row, "title", ""), tuple(_text(row, "text").splitlines())
        published = _published(row)
        if isinstance(published, datetime):
            now, published = published, None
        elif published:
            now = datetime.combine(published, time.max, UTC)
        # All that places an article: its text, its time and its stems.
        article = Article(str(len(ids)), "", body, (), "", (), (), now, published)
        place = added(connection, article, Traces(lead_stems(title, body)))
        ids.append(row.get("id"))
        story = told.setdefault(place.story_id, ids[-1])
        return {"story": story, "copy_of": None if place.copy_of is None else ids[int(place.copy_of)]}

    with scratch() as connection:
        yield analysis


def _published(row: Row) -> datetime | date | None:
    """Return the stated moment, the stated day or None; a row that states neither came when the row before it did."""
    stated = _text(row, "published", "").strip()
    if not stated:
        return None
    for read in (date.fromisoformat, datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(stated)
            return _utc(found) if isinstance(found, datetime) else found
        except ValueError:
            continue
    raise BadRow("published: a date or moment expected, as in ISO 8601 or RFC 5322")


def _utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError:  # within a day of the ends of the calendar
        return moment.replace(tzinfo=UTC)


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
