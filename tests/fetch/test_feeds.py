import json
from contextlib import suppress
from datetime import UTC, date, datetime
from time import monotonic

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.fetch.contents import Entry, Feed, FeedLink
from bot.fetch.feeds import feeds_on, read_feed
from bot.fetch.refusals import ContentRefused, Reason
from tests.fetch.feeds import CASES, LINK, TITLE, WORDS, rss

NOW = datetime(2026, 5, 10, 9, tzinfo=UTC)
URL = "https://qalam.example/rss"


def read(content: bytes) -> Feed:
    return read_feed(content, URL, None, NOW)


def the_entry(content: bytes) -> Entry:
    (entry,) = read(content).entries
    return entry


@pytest.mark.parametrize("name", CASES)
def test_a_feed_is_read_however_it_is_written(name: str) -> None:
    feed = read(CASES[name])

    (entry,) = feed.entries
    assert (feed.title, feed.link) == ("صحيفة القلم", "https://qalam.example/")
    assert (entry.title, entry.link) == (TITLE, LINK)
    assert [line.strip("\u200c ") for line in entry.lines] == [WORDS]
    assert entry.published == date(2026, 5, 9)
    assert entry.moment == (None if name == "arabic-month" else datetime(2026, 5, 9, 7, tzinfo=UTC))


@pytest.mark.parametrize("name", ["rdf-with-dc-date", "atom", "media-keywords", "undeclared-namespace"])
def test_tags_are_read_from_every_dialect(name: str) -> None:
    assert the_entry(CASES[name]).tags[0] == "القمح"


def test_a_json_feed_is_read() -> None:
    item = {
        "id": 7, "url": LINK, "title": "في العنوان", "content_html": f"<p>{WORDS}", "tags": ["القمح", 5],
        "date_published": "2026-05-09T10:00:00+03:00",
    }  # fmt: skip
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "صحيفة القلم", "items": [item, 5, {}]}

    assert read(json.dumps(feed).encode()) == Feed(
        title="صحيفة القلم",
        link=URL,
        entries=(
            Entry(
                "7", "في العنوان", LINK, (WORDS,), date(2026, 5, 9), datetime(2026, 5, 9, 7, tzinfo=UTC), ("القمح", "5")
            ),
        ),
    )


def test_text_in_json_keeps_its_lines_and_signs() -> None:
    item = {"id": "1", "content_text": "أول <ثان>\nثالث & رابع"}
    feed = {"version": "https://jsonfeed.org/version/1", "items": [item]}

    assert the_entry(json.dumps(feed).encode()).lines == ("أول <ثان>", "ثالث & رابع")


def test_an_entry_without_link_keeps_its_name() -> None:
    entry = the_entry(rss(link="", more='<guid isPermaLink="false">q-77</guid>').encode())

    assert (entry.id, entry.link) == ("q-77", None)


def test_a_moment_to_come_is_none() -> None:
    assert the_entry(rss(date="<pubDate>Sat, 09 May 2031 10:00:00 GMT</pubDate>").encode()).published is None


def test_five_hundred_entries_are_enough() -> None:
    many = "<rss><channel>" + "<item><title>خبر</title></item>" * 600 + "</channel></rss>"

    assert len(read(many.encode()).entries) == 500


LAUGHS = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY a{n} "{"&a;" * 10}">' for n in range(10)
) + "]><rss><channel><title>&a9;</title></channel></rss>"  # fmt: skip
FILE = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>'
REFUSED = {
    "laughs": (LAUGHS, Reason.TOO_COMPLEX),
    "file": (FILE, Reason.TOO_COMPLEX),
    "depth": ("<rss>" + "<a>" * 100 + "</a>" * 100 + "</rss>", Reason.TOO_COMPLEX),
    "attributes": ("<rss " + " ".join(f"a{n}='1'" for n in range(200_000)) + "/>", Reason.TOO_COMPLEX),
    "elements": ("<rss>" + "<a/>" * 300_000 + "</rss>", Reason.TOO_COMPLEX),
    "page": ("<!doctype html><html><body>نص</body></html>", Reason.NOT_A_FEED),
    "other-xml": ("<svg/>", Reason.NOT_A_FEED),
    "text": ("لا شيء هنا", Reason.NOT_A_FEED),
    "empty": ("", Reason.NOT_A_FEED),
    "json": ('{"items": []}', Reason.NOT_A_FEED),
    "deep-json": ('{"a":' * 100_000, Reason.NOT_A_FEED),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_feed_or_a_trap_is_refused(name: str) -> None:
    text, reason = REFUSED[name]

    with pytest.raises(ContentRefused) as refusal:
        read(text.encode())

    assert refusal.value.reason is reason


HEAVY = {
    "ampersands": rss(title="&lt;a" * 300_000),
    "bare-ampersands": rss(title="&" * 1_000_000),
    "unclosed-cdata": rss(title="<![CDATA[" * 200_000),
    "items": "<rss><channel>" + f"<item><title>{TITLE}</title></item>" * 15_000 + "</channel></rss>",
    "categories": rss(more="<category>قمح</category>" * 50_000),
}


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_feed_costs_no_more_than_seconds(name: str) -> None:
    begun = monotonic()

    with suppress(ContentRefused):
        read(HEAVY[name].encode())

    assert monotonic() - begun < 4


@settings(max_examples=80, deadline=None)
@given(
    st.binary(max_size=200)
    | st.lists(
        st.sampled_from(
            ["<rss>", "<channel>", "<item>", "<title>", "نص", "&", "]]>", "<![CDATA[", "</item>", "{", "<a:b>", "\x00"]
        ),
        max_size=30,
    ).map(lambda parts: "".join(parts).encode())
)
def test_any_bytes_are_a_feed_or_refused(content: bytes) -> None:
    try:
        feed = read(content)
    except ContentRefused:
        return
    assert all(entry.title or entry.lines for entry in feed.entries)


def test_a_page_names_its_feeds() -> None:
    page = """<html><head>
    <link rel="alternate" type="application/rss+xml" title="تعليقات" href="/comments/feed">
    <link rel="alternate" type="application/rss+xml" title="الأخبار" href="/feed">
    <link rel="alternate" type="application/feed+json" href="feed.json">
    <link rel="alternate" type="application/json" href="/wp-json/posts/1">
    <link rel="alternate" hreflang="en" href="/en"><link rel="stylesheet" href="/x.css">
    <link rel="alternate" type="application/atom+xml" href="javascript:x"></head></html>"""

    assert feeds_on(page.encode(), "https://qalam.example/news/", None) == [
        FeedLink("https://qalam.example/feed", "الأخبار"),
        FeedLink("https://qalam.example/news/feed.json", ""),
        FeedLink("https://qalam.example/comments/feed", "تعليقات"),
    ]
