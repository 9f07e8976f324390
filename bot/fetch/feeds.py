"""Feeds: RSS 2 and 1, Atom and JSON Feed, and where a page says that it has some."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any

from bot.arabic.tokens import words
from bot.domain.links import canonical, joined
from bot.fetch.charsets import decoded
from bot.fetch.contents import Entry, Feed, FeedLink
from bot.fetch.markup import lines_in, parsed, plain
from bot.fetch.metadata import day_of
from bot.fetch.refusals import ContentRefused, Reason
from bot.fetch.xml import XML, children, local, text_of, tree_of

MOST_ENTRIES = 500


def read_feed(content: bytes, url: str, charset: str | None, now: datetime) -> Feed:
    """Return the feed found at an address; raise ContentRefused for what is none.

    Broken feeds are read as far as they go: a bare "&", letters before the first tag, a charset that is not the one
    declared, entities of HTML, names without their namespace. At most 500 entries, the first ones. No day is
    later than tomorrow.
    """
    text = decoded(content, charset).lstrip("\ufeff \t\r\n\x00")
    if text.startswith("{"):
        return _json_feed(text, url, now)
    root = tree_of(text, Reason.NOT_A_FEED)
    match local(root):
        case "rss" | "rdf":
            return _rss(root, url, now)
        case "feed":
            return _atom(root, url, now)
        case name:
            raise ContentRefused(Reason.NOT_A_FEED, name)


def _rss(root: XML, url: str, now: datetime) -> Feed:
    channel = next(children(root, "channel"), root)
    items = [*children(channel, "item"), *children(root, "item")][:MOST_ENTRIES]  # RSS 1 has them beside the channel
    link = joined(url, _first(channel, "link"))
    return Feed(
        title=plain(_first(channel, "title")),
        link=link and canonical(link),
        entries=tuple(entry for item in items if (entry := _rss_entry(item, link or url, now))),
    )


def _rss_entry(item: XML, base: str, now: datetime) -> Entry | None:
    guid = next(children(item, "guid"), None)
    name = text_of(guid) if guid is not None else item.get(f"{{{_RDF}}}about", "")
    is_link = guid is None or guid.get("isPermaLink", "true").lower() != "false"
    link = _link(base, _first(item, "origLink"), _first(item, "link"), _alternate(item), name if is_link else "")
    return _entry(
        name=name,
        title=_first(item, "title"),
        link=link,
        content=_first(item, "encoded", _CONTENT) or _first(item, "description") or _first(item, "encoded"),
        dates=[_first(item, field) for field in ("pubDate", "date", "published", "issued")],
        tags=[text_of(tag) for field in ("category", "subject", "keywords") for tag in children(item, field)],
        now=now,
    )


_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"


def _atom(root: XML, url: str, now: datetime) -> Feed:
    base = joined(url, _base(root)) or url
    link = joined(base, _alternate(root))
    entries = list(children(root, "entry"))[:MOST_ENTRIES]
    return Feed(
        title=plain(_first(root, "title")),
        link=link and canonical(link),
        entries=tuple(entry for item in entries if (entry := _atom_entry(item, base, now))),
    )


def _atom_entry(item: XML, base: str, now: datetime) -> Entry | None:
    return _entry(
        name=_first(item, "id"),
        title=_first(item, "title"),
        link=_link(joined(base, _base(item)) or base, _alternate(item), _first(item, "link")),
        content=_first(item, "content") or _first(item, "summary"),
        dates=[_first(item, field) for field in ("published", "issued", "date", "updated", "modified")],
        tags=[tag.get("label") or tag.get("term") or text_of(tag) for tag in children(item, "category")]
        + [text_of(tag) for tag in children(item, "keywords")],
        now=now,
    )


def _base(element: XML) -> str:
    return str(element.get("{http://www.w3.org/XML/1998/namespace}base", ""))


def _alternate(element: XML) -> str:
    """Return the address that an Atom link gives for people, before any other but the feed's own."""
    links = [link for link in children(element, "link") if link.get("href")]
    ranked = sorted(links, key=lambda link: link.get("rel", "alternate") != "alternate")
    return next((link.get("href") for link in ranked if link.get("rel", "alternate") in _FOR_PEOPLE), "")


_FOR_PEOPLE = frozenset({"alternate", "related", "via"})


def _first(element: XML, name: str, namespace: str | None = None) -> str:
    return next((text for child in children(element, name, namespace) if (text := text_of(child))), "")


def _link(base: str, *candidates: str) -> str | None:
    links = (link for text in candidates if text and (link := joined(base, text)))
    return next((canonical(link) for link in links), None)


_MOST_TAGS = 30
_LONGEST_TAG = 60
_LONGEST_TITLE = 500
_LONGEST_ID = 500
_TAG_ENDS = re.compile(r"[,،;؛|\n]")


def _entry(
    *,
    name: str,
    title: str,
    link: str | None,
    content: str,
    dates: Iterable[str],
    tags: Iterable[str],
    now: datetime,
) -> Entry | None:
    """Return an entry; None for one that has neither a title nor a text."""
    lines = lines_in(content)
    shown = plain(title)[:_LONGEST_TITLE]
    if not shown and not lines:
        return None
    published, moment = next((stated for text in dates if text and (stated := _stated(text, now))), (None, None))
    known_as = (name.strip() or link or shown)[:_LONGEST_ID]
    return Entry(known_as, shown, link, lines, published, moment, _tags(tags))


def _tags(texts: Iterable[str]) -> tuple[str, ...]:
    tags: dict[str, str] = {}
    for tag in (
        plain(piece).strip("# ") for text in islice(texts, _MOST_TAGS) for piece in _TAG_ENDS.split(text[:2_000])
    ):
        if tag and len(tag) <= _LONGEST_TAG:
            tags.setdefault(" ".join(words(tag)), tag)
    return tuple(tags.values())[:_MOST_TAGS]


def _stated(text: str, now: datetime) -> tuple[date, datetime | None] | None:
    """Return when an entry was published: RFC 822, ISO 8601, or a day as people write it, months in Arabic too."""
    bare = " ".join(text.split())[:_LONGEST_DATE]
    local_moment = _with_clock(bare)
    day = local_moment.date() if local_moment else day_of(bare, now)
    if day is None or not date(_FIRST_YEAR, 1, 1) <= day <= (now + _SLACK).date():
        return None
    return day, local_moment.astimezone(UTC) if local_moment else None


_LONGEST_DATE = 90
_FIRST_YEAR = 1990
_SLACK = timedelta(days=1)


def _with_clock(text: str) -> datetime | None:
    for reading in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = reading(text)
        except (ValueError, TypeError, OverflowError):
            continue
        return moment if moment.tzinfo else None
    return None


def _json_feed(text: str, url: str, now: datetime) -> Feed:
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ContentRefused(Reason.NOT_A_FEED, "json") from error
    if not isinstance(feed, dict) or "jsonfeed.org" not in str(feed.get("version", "")):
        raise ContentRefused(Reason.NOT_A_FEED, "json")
    items = feed.get("items")
    entries = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    link = joined(url, _text(feed, "home_page_url") or url)
    return Feed(
        title=plain(_text(feed, "title")),
        link=link and canonical(link),
        entries=tuple(entry for item in entries[:MOST_ENTRIES] if (entry := _json_entry(item, url, now))),
    )


def _json_entry(item: Mapping[str, Any], base: str, now: datetime) -> Entry | None:
    tags = item.get("tags")
    written = html.escape(_text(item, "content_text")).replace("\n", "<br>")
    return _entry(
        name=_text(item, "id"),
        title=_text(item, "title"),
        link=_link(base, _text(item, "url"), _text(item, "external_url"), _text(item, "id")),
        content=_text(item, "content_html") or written or html.escape(_text(item, "summary")),
        dates=[_text(item, "date_published"), _text(item, "date_modified")],
        tags=[str(tag) for tag in tags] if isinstance(tags, list) else [],
        now=now,
    )


def _text(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    return str(value) if isinstance(value, str | int | float) else ""


def feeds_on(content: bytes, url: str, charset: str | None) -> Sequence[FeedLink]:
    """Return the feeds that a page names, in its order, those of comments last; raise ContentRefused."""
    found = {link.url: link for link in _feed_links(decoded(content, charset), url)}
    return sorted(found.values(), key=lambda link: bool(_COMMENTS.search(f"{link.title} {link.url}")))


_FEED_TYPES = frozenset({
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/json",
})  # fmt: skip
_COMMENTS = re.compile(r"comments?|تعليقات", re.IGNORECASE)
_NO_FEED = re.compile(r"oembed|wp-json|manifest", re.IGNORECASE)  # JSON of another kind


def _feed_links(markup: str, url: str) -> Iterator[FeedLink]:
    for link in parsed(markup).iter("link"):
        kind = link.get("type", "").split(";")[0].strip().lower()
        place = joined(url, link.get("href", ""))
        if "alternate" in link.get("rel", "").lower().split() and kind in _FEED_TYPES and place:
            if kind == "application/json" and _NO_FEED.search(place):
                continue
            yield FeedLink(place, plain(link.get("title", ""))[:_LONGEST_TITLE])
