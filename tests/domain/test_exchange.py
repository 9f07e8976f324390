"""Articles as lines."""

import contextlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic.tokens import words
from bot.domain.article import Facts, Source, SourceKind, fingerprint
from bot.domain.exchange import BadRow, Entry, line_of, row_in
from bot.domain.topic import topic_key
from bot.domain.unread import Found
from tests.builders import BODY, NOW, TITLE, an_article

HOSTILE = "\n\r\t\x00\x1c\x85\u2028\u2029\u202e\u200f\ufeff\"'\\{}<>&،؟"
texts = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(HOSTILE + "السودانمصر "), max_size=40)
moments = st.datetimes(timezones=st.just(UTC))
tags = st.lists(texts.filter(topic_key), max_size=4, unique_by=topic_key).map(tuple)
sources = st.builds(Source, st.sampled_from(SourceKind), texts, st.none() | texts)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    title, body = draw(texts), draw(st.lists(texts, max_size=4).map(tuple))
    if not words("\n".join((title, *body))):
        title = TITLE
    carried = draw(tags)
    article = replace(
        an_article(title=title, body=body),
        fingerprint=fingerprint(title, body),
        tags=carried,
        suggested=() if carried else draw(tags),
        published=draw(st.none() | st.dates()),
        collected_at=draw(moments),
        source=draw(st.none() | sources),
        link=draw(st.none() | texts),
    )
    return Entry(article, draw(st.none() | moments), carried[:1])


@given(entries())
def test_a_line_is_read_as_the_article_that_it_was_written_from(entry: Entry) -> None:
    line = line_of(entry)

    found = row_in(line)

    assert isinstance(found, Entry)
    assert found == replace(entry, article=replace(entry.article, summary=(), summary_version="", subjects=()))
    assert line_of(found) == line


@given(entries())
def test_a_line_is_one_line_to_every_reader_of_lines(entry: Entry) -> None:
    assert len(line_of(entry).decode().splitlines()) == 1


NAMES = ("title", "body", "text", "source", "tags", "published", "collected_at", "kind", "name", "link")
scalars = st.none() | st.booleans() | st.floats() | st.text() | st.integers()
values = st.recursive(scalars, lambda deeper: st.lists(deeper) | st.dictionaries(st.sampled_from(NAMES), deeper))


@given(st.binary(max_size=60) | values.map(lambda value: json.dumps(value).encode()))
def test_whatever_a_line_holds_it_is_an_article_a_text_or_refused(line: bytes) -> None:
    with contextlib.suppress(BadRow):
        assert isinstance(row_in(line), Entry | Found)


def a_row(**fields: Any) -> bytes:
    entry = json.loads(line_of(Entry(an_article(), NOW)))
    return json.dumps({name: value for name, value in (entry | fields).items() if value is not ...}).encode()


NO_MOMENT = "{}: a moment with its zone expected"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param(b"{", "not JSON", id="broken off"),
        pytest.param(b"[" * 100_000, "not JSON", id="nested beyond reason"),
        pytest.param(b'{"text": NaN}', "not JSON", id="not a number"),
        pytest.param("موجز".encode("cp1256"), "not UTF-8", id="another encoding"),
        pytest.param(b"[1]", "not a JSON object", id="a list"),
        pytest.param(b"{}", 'neither a "body" nor a "text"', id="nothing known"),
        pytest.param(b'{"text": 5}', "text: text expected", id="a number for a text"),
        pytest.param(b'{"text": "a", "tags": 5}', "tags: a list of texts expected", id="a number for tags"),
        pytest.param(b'{"text": "a", "source": []}', "source: text expected", id="a list for a source"),
        pytest.param(b'{"text": "a", "published": "soon"}', "published: a date expected", id="no date"),
        pytest.param(b'{"text": "\\ud800"}', "text: half a surrogate pair in it", id="half a letter"),
        pytest.param(a_row(title=...), "title: text expected", id="no title"),
        pytest.param(a_row(body="a"), "body: a list of texts expected", id="one text for lines"),
        pytest.param(a_row(body=["a", 5]), "body: a list of texts expected", id="a number for a line"),
        pytest.param(a_row(title="!", body=["..."]), "no words in it", id="no words"),
        pytest.param(a_row(collected_at=...), "collected_at: text expected", id="nobody knows when"),
        pytest.param(a_row(collected_at="2026-03-14T06:00"), NO_MOMENT.format("collected_at"), id="zone"),
        pytest.param(a_row(for_everyone="yes"), NO_MOMENT.format("for_everyone"), id="yes for a moment"),
        pytest.param(a_row(for_everyone=True), "for_everyone: text expected", id="true for a moment"),
        pytest.param(a_row(collected_at="0001-01-01T00:00+14:00"), NO_MOMENT.format("collected_at"), id="before time"),
        pytest.param(a_row(source="رويترز"), "source: an object expected", id="a name for a source"),
        pytest.param(
            a_row(source={"kind": "radio", "name": "a"}),
            "source: no such kind; there are paper, channel, group, person, site",
            id="a source of another kind",
        ),
        pytest.param(a_row(link=5), "link: text expected", id="a number for a link"),
    ],
)
def test_a_line_that_is_no_article_is_refused_with_its_reason(line: bytes, reason: str) -> None:
    with pytest.raises(BadRow) as refused:
        row_in(line)

    assert str(refused.value) == reason


def test_moments_of_another_zone_are_the_same_moments() -> None:
    riyadh = NOW.astimezone(timezone(timedelta(hours=3))).isoformat()

    found = row_in(a_row(collected_at=riyadh))

    assert isinstance(found, Entry)
    assert found.article.collected_at == NOW


def test_tags_are_read_as_an_archive_keeps_them() -> None:
    found = row_in(a_row(tags=["السودان", "#السودان", "!"], suggested=["السُّودان", "مصر"], guessed=["تونس"]))

    assert isinstance(found, Entry)
    assert (found.article.tags, found.article.suggested, found.guessed) == (("السودان",), ("مصر",), ())


def test_a_plain_row_is_a_text_with_what_is_said_of_it() -> None:
    row = {
        "title": TITLE,
        "text": "\n".join(BODY),
        "published": "2026-03-13",
        "source": "صحيفة  الضفتين",
        "tags": ["السودان"],
        "link": "https://example.org/a?utm_source=x",
        "id": 5,
    }

    found = row_in(json.dumps(row).encode())

    paper = Source(SourceKind.PAPER, "صحيفة الضفتين")
    facts = Facts(TITLE, date(2026, 3, 13), ("السودان",), paper, "https://example.org/a")
    assert found == Found("\n".join(BODY), facts)


@pytest.mark.parametrize(
    ("fields", "facts"),
    [
        pytest.param({}, Facts(), id="nothing"),
        pytest.param({"title": None, "source": None, "tags": None, "link": None}, Facts(), id="nulls"),
        pytest.param({"tags": "السودان، النقل"}, Facts(tags=("السودان", "النقل")), id="tags in one text"),
        pytest.param({"published": ""}, Facts(), id="an empty date"),
        pytest.param({"published": "2026-03-13T23:30:00+03:00"}, Facts(published=date(2026, 3, 13)), id="a moment"),
        pytest.param(
            {"published": "Fri, 13 Mar 2026 09:00:00 GMT"}, Facts(published=date(2026, 3, 13)), id="as in a letter"
        ),
        pytest.param({"link": "not an address"}, Facts(), id="a link that leads nowhere"),
        pytest.param(
            {"source": {"name": "رويترز"}}, Facts(source=Source(SourceKind.PAPER, "رويترز")), id="a source as an object"
        ),
    ],
)
def test_plain_rows_may_say_things_in_several_ways(fields: dict[str, Any], facts: Facts) -> None:
    found = row_in(json.dumps({"text": "نص"} | fields).encode())

    assert found == Found("نص", facts)


def test_a_mark_of_byte_order_before_the_first_line_is_no_part_of_it() -> None:
    assert isinstance(row_in(b"\xef\xbb\xbf" + a_row()), Entry)


def test_a_moment_keeps_its_microseconds() -> None:
    exact = datetime(2026, 3, 14, 6, 0, 0, 1, tzinfo=UTC)

    found = row_in(line_of(Entry(an_article(collected_at=exact))))

    assert isinstance(found, Entry)
    assert found.article.collected_at == exact
