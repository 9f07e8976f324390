"""What a page says of itself: JSON-LD, OpenGraph and the older metas."""

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

import lxml.html
from rapidfuzz.fuzz import ratio

from bot.arabic.dates import date_in
from bot.arabic.tokens import words
from bot.domain.links import joined, split
from bot.fetch.markup import plain


@dataclass(frozen=True, slots=True)
class Metadata:
    """The claims of one page, gathered and not yet judged; texts are on one line and freed of markup."""

    url: str
    metas: Mapping[str, Sequence[str]] = field(default_factory=dict)
    article: Mapping[str, Any] = field(default_factory=dict)  # of JSON-LD
    publisher: str = ""
    headings: Sequence[str] = ()
    window_title: str = ""
    times: Sequence[str] = ()
    tag_links: Sequence[str] = ()
    canonical_links: Sequence[str] = ()

    def first(self, *names: str) -> str:
        """Return the first meta of these names that says something."""
        return next((text for name in names for text in self.metas.get(name, ()) if text), "")


def metadata_of(tree: lxml.html.HtmlElement, url: str) -> Metadata:
    """Return what a page at this address says of itself."""
    nodes = list(_json_ld(tree))
    article = next((node for node in nodes if _is_article(node)), {})
    return Metadata(
        url=url,
        metas=_metas(tree),
        article=article,
        publisher=_publisher(article, nodes),
        headings=[plain(heading.text_content()) for heading in islice(tree.iter("h1"), _MOST_HEADINGS)],
        window_title=plain(tree.findtext(".//title") or ""),
        times=[time.get("datetime", "") for time in tree.iter("time") if time.get("itemprop") or time.get("pubdate")],
        tag_links=[plain(link.text_content()) for link in islice(_tag_links(tree), _MOST_TEXTS)],
        canonical_links=[link.get("href", "") for link in tree.iter("link") if _is_canonical(link)],
    )


_MOST_HEADINGS = 5
_LONGEST_META = 2_000
_MOST_METAS = 300
_MOST_TEXTS = 100
_LONGEST_JSON = 500_000


def _tag_links(tree: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    return (link for link in tree.iter("a") if "tag" in link.get("rel", "").split())


def _is_canonical(link: lxml.html.HtmlElement) -> bool:
    return "canonical" in link.get("rel", "").lower().split()


def _metas(tree: lxml.html.HtmlElement) -> Mapping[str, Sequence[str]]:
    metas: dict[str, list[str]] = defaultdict(list)
    for meta in islice(tree.iter("meta"), _MOST_METAS):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = meta.get("content", "")[:_LONGEST_META]
        metas[name.lower()].append(content.strip() if "url" in name else plain(content))
    return metas


def _json_ld(tree: lxml.html.HtmlElement) -> Iterator[Mapping[str, Any]]:
    for script in tree.iter("script"):
        if script.get("type", "").split(";")[0].strip().lower() == "application/ld+json":
            yield from _nodes(_loaded((script.text or "")[:_LONGEST_JSON]))


def _loaded(text: str) -> Any:
    """Return the value of a script, as browsers' readers forgive it: wrapped in CDATA, escaped as if it were HTML."""
    bare = re.sub(r"^\W*<!\[CDATA\[|\]\]>\W*$", "", text.strip().rstrip(";"))
    for attempt in (bare, html.unescape(bare)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of a list or a graph, and those that a page is about."""
    if depth > _DEEPEST_NODE:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "item"):
            yield from _nodes(value.get(name), depth + 1)


_DEEPEST_NODE = 6
_ARTICLES = re.compile(r"(?:\w*Article|BlogPosting|LiveBlogPosting|SocialMediaPosting|\w*NewsArticle)")


def _is_article(node: Mapping[str, Any]) -> bool:
    return any(_ARTICLES.fullmatch(kind.rpartition("/")[2]) for kind in _texts(node.get("@type")))


def _publisher(article: Mapping[str, Any], nodes: Iterable[Mapping[str, Any]]) -> str:
    """Return the publisher's name, which may stand in another node of the graph."""
    publisher = article.get("publisher")
    if isinstance(publisher, dict) and "name" not in publisher:
        wanted = publisher.get("@id")
        publisher = next((node for node in nodes if wanted and node.get("@id") == wanted and "name" in node), None)
    return next(iter(_texts(publisher)), "")


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts of a value that may be one, a list of them, or objects that have a name."""
    for item in value[:_MOST_TEXTS] if isinstance(value, list) else [value]:
        named = item.get("name") if isinstance(item, dict) else item
        if isinstance(named, str) and (text := plain(named[:_LONGEST_META])):
            yield text


_MOST_TAGS = 30
_LONGEST_TAG = 60
_LONGEST_SOURCE = 60
_TAG_ENDS = re.compile(r"[,،;؛|\n]")


def tags_of(claims: Metadata) -> tuple[str, ...]:
    """Return the tags of the article; the metas of old, which often are the site's, only where nothing else is."""
    own = [*_texts(claims.article.get("keywords")), *claims.metas.get("article:tag", ()), *claims.tag_links]
    old = [*claims.metas.get("news_keywords", ()), *claims.metas.get("keywords", ())]
    site = {" ".join(words(name)) for name in _site_names(claims)}
    tags: dict[str, str] = {}
    for tag in (piece for text in own or old for piece in _TAG_ENDS.split(text)):
        bare = tag.strip(" #\"'«»").replace("_", " ").strip()
        key = " ".join(words(bare))
        if key and key not in site and len(bare) <= _LONGEST_TAG:
            tags.setdefault(key, bare)
    return tuple(tags.values())[:_MOST_TAGS]


def source_of(claims: Metadata) -> str | None:
    """Return the name of the paper."""
    names = (claims.first("og:site_name"), claims.publisher, claims.first("application-name"))
    return next((name for name in names if name and len(name) <= _LONGEST_SOURCE), None)


_FIRST_DAY = date(1990, 1, 1)  # no paper was on the web before; 1970 is a clock at zero


def published_on(claims: Metadata, now: datetime) -> date | None:
    """Return the day of publication as the page's own clock has it; None for one to come, or before the web."""
    stated = (
        *_texts(claims.article.get("datePublished")),
        *_texts(claims.article.get("dateCreated")),
        *(claims.first(name) for name in _DATE_METAS),
        *claims.times,
    )
    days = (day for text in stated if text and (day := day_of(text, now)))
    return next((day for day in days if _FIRST_DAY <= day <= (now + timedelta(days=1)).date()), None)


_DATE_METAS = (
    "article:published_time", "og:published_time", "datepublished", "published_time", "publish-date", "publish_date",
    "pubdate", "parsely-pub-date", "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.created", "dc.date",
    "date",
)  # fmt: skip
_LONGEST_DATE = 90


def day_of(text: str, now: datetime) -> date | None:
    """Return the day of a date written for machines or, failing that, for people."""
    bare = text.strip()[:_LONGEST_DATE]
    for form in (bare, bare[:10]):
        try:
            return datetime.fromisoformat(form).date()
        except ValueError:
            continue
    return date_in(bare, now)


def canonical_of(claims: Metadata) -> str:
    """Return the page's own address for itself, if that is on the same site and not merely its front page."""
    own = (*claims.canonical_links, *claims.metas.get("og:url", ()))
    links = (link for text in own if (link := joined(claims.url, text)))
    return next((link for link in links if _may_stand_for(link, claims.url)), claims.url)


def _may_stand_for(link: str, url: str) -> bool:
    theirs, ours = split(link), split(url)
    if theirs is None or ours is None or not _is_same_site(theirs.hostname or "", ours.hostname or ""):
        return False
    is_front_page = not theirs.path.strip("/") and not theirs.query
    return not is_front_page or not ours.path.strip("/")


_VARIANTS = re.compile(r"^(?:(?:www\d?|m|mobile|amp|wap|touch|beta)\.)+(?=.+\.)")


def _is_same_site(first: str, second: str) -> bool:
    one, other = sorted((_VARIANTS.sub("", first.lower()), _VARIANTS.sub("", second.lower())), key=len)
    return one == other or ("." in one and other.endswith(f".{one}"))


def title_of(claims: Metadata) -> str:
    """Return the headline without the name of the paper, whole where the page has it whole somewhere."""
    headline = next(_texts(claims.article.get("headline")), "")
    candidates = [
        claims.first("og:title"), headline, claims.first("twitter:title"), *claims.headings, claims.window_title,
    ]  # fmt: skip
    candidates = [candidate for candidate in candidates if candidate]
    names = _site_names(claims)
    bare = [_without_site(candidate, names, candidates) for candidate in candidates]
    title = next((candidate for candidate in bare if candidate), "")
    return next((longer for longer in bare if _is_cut(title, longer)), title)


_CUT = re.compile(r"\s*(?:\.{3}|…)$")


def _is_cut(title: str, longer: str) -> bool:
    cut = _CUT.sub("", title)
    return cut != title and longer.startswith(cut) and not _CUT.search(longer)


def _site_names(claims: Metadata) -> list[str]:
    parts = split(claims.url)
    labels = (parts.hostname or "").split(".") if parts else []
    names = [claims.first("og:site_name"), claims.publisher, claims.first("application-name")]
    return [name for name in (*names, ".".join(labels), *labels[:-1]) if name and name != "www"]


_SITE_MARKS = re.compile(r"\s+(?:[-–—•·/:]|::|»|«|~)\s+|\s*[|｜]\s*")
_MOST_SUFFIXES = 3


def _without_site(title: str, names: Iterable[str], others: Iterable[str]) -> str:
    """Drop what is separated from a title and names the site, or what another title of the page goes without."""
    names, others = list(names), {" ".join(words(other)) for other in others}
    for _ in range(_MOST_SUFFIXES):
        marks = list(_SITE_MARKS.finditer(title))
        if not marks:
            break
        ends = (
            (title[: marks[-1].start()], title[marks[-1].end() :]),
            (title[marks[0].end() :], title[: marks[0].start()]),
        )
        kept = next((rest for rest, end in ends if rest and _is_surplus(rest, end, names, others)), None)
        if kept is None:
            break
        title = kept
    return title


def _is_surplus(rest: str, end: str, names: Iterable[str], others: Iterable[str]) -> bool:
    return any(_resembles(end, name) for name in names) or " ".join(words(rest)) in others


_MOSTLY = 0.6
_ALIKE = 85  # of 100


def _resembles(part: str, name: str) -> bool:
    """Say if a part of a title is the site's name: «BBC News عربي» is BBC, «روسيا» is not «روسيا اليوم»."""
    part, name = " ".join(words(part)), " ".join(words(name))
    if not part or not name:
        return False
    holds_name = f" {name} " in f" {part} " and len(part) <= _LONGEST_SOURCE
    is_most_of_it = f" {part} " in f" {name} " and len(part) >= _MOSTLY * len(name)
    return holds_name or is_most_of_it or ratio(part, name) >= _ALIKE
