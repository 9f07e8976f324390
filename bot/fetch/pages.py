"""An article out of a web page."""

import re
from datetime import datetime

import lxml.html
import trafilatura

from bot.arabic.tokens import words
from bot.domain.links import canonical
from bot.fetch.charsets import decoded
from bot.fetch.contents import ReadPage
from bot.fetch.markup import lines_in, of_an_article, parsed, shown
from bot.fetch.metadata import canonical_of, metadata_of, published_on, source_of, tags_of, title_of
from bot.fetch.refusals import ContentRefused, Reason


def read_page(content: bytes, url: str, charset: str | None, now: datetime) -> ReadPage:
    """Return the article of a page at an address; raise ContentRefused where there is none.

    ``charset`` is that of the HTTP header. Neither a picture nor anything else that the page names is fetched. A small
    page takes 5 ms and one of 475 kB 120 ms, but a hostile one what it likes: call this in a bounded process.
    """
    html = decoded(content, charset)
    if not _MARKUP.search(html[:_HEAD]):
        return _read_text(html, url)
    tree = parsed(html)
    claims = metadata_of(tree, url)
    title = title_of(claims)
    body = claims.article.get("articleBody")
    lines = _without_title(_body(tree) or (lines_in(body) if isinstance(body, str) else ()), title)
    if not lines:
        raise ContentRefused(Reason.NO_TEXT, "page")
    return ReadPage(
        url=canonical(canonical_of(claims)),
        title=title,
        lines=of_an_article(lines),
        published=published_on(claims, now),
        tags=tags_of(claims),
        source=source_of(claims),
    )


_MARKUP = re.compile(r"<(?:!doctype|html|head|body|title|meta|div|p|h1|article|br|span)\b", re.IGNORECASE)
_HEAD = 20_000


def _read_text(text: str, url: str) -> ReadPage:
    title, *lines = shown(text) or ("",)
    if not title:
        raise ContentRefused(Reason.NO_TEXT, "text")
    return ReadPage(url=canonical(url), title=title, lines=of_an_article(tuple(lines)))


def _body(tree: lxml.html.HtmlElement) -> tuple[str, ...]:
    """Return the lines of the body: precision .97 and recall 1.0 on 90 pages, once the layout drops second articles.

    Of seven extractors the best; the one nearest to it fetches the pictures of a page, and took 81 s for one.
    """
    return _extracted(tree) or _extracted(_without_tables(tree))


def _extracted(tree: lxml.html.HtmlElement) -> tuple[str, ...]:
    return shown(trafilatura.extract(tree, favor_precision=True, include_comments=False, include_tables=False) or "")


def _without_tables(tree: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """Return the tree with boxes for cells: old papers lay their pages out in tables."""
    for element in tree.iter("table", "thead", "tbody", "tr", "td", "th"):
        element.tag = "div"
    return tree


def _without_title(lines: tuple[str, ...], title: str) -> tuple[str, ...]:
    is_repeated = bool(lines) and words(lines[0]) == words(title)
    return lines[1:] if is_repeated else lines
