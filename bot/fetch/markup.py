"""HTML within limits, and the lines of text that it shows."""

import re
from collections.abc import Iterator

import lxml.html
from lxml import etree

from bot.arabic.normalise import cleaned, folded_spaces
from bot.fetch.refusals import ContentRefused, Reason

# 512 attributes on one element are nobody's layout, and lxml needs time by their square: 0.09 s for 5,000 of them,
# 467 s for 200,000.
_MOST_TAGS = 100_000
_MOST_ATTRIBUTES = 512


def parsed(html: str) -> lxml.html.HtmlElement:
    """Return the tree of a page or a part of one; raise ContentRefused for one that is empty or past all reason.

    Trees end at a depth of 256: libxml2 reads no deeper.
    """
    if html.count("<") > _MOST_TAGS or any(_is_overloaded(tag) for tag in _TAG.findall(html)):
        raise ContentRefused(Reason.TOO_COMPLEX, "html")
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        return lxml.html.document_fromstring(_bytes(html), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise ContentRefused(Reason.NO_TEXT, type(error).__name__) from error


_TAG = re.compile(
    r"""<[a-zA-Z][^\s/>]*+(?:[\s/]++|[^\s/>=]++|=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>"'][^\s>]*+)?+)*+""",
)
_ATTRIBUTE = re.compile(r"""[\s/]++[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>]*+))?+""")


def _is_overloaded(tag: str) -> bool:
    return len(tag) > 2 * _MOST_ATTRIBUTES and len(_ATTRIBUTE.findall(tag)) > _MOST_ATTRIBUTES


def _bytes(html: str) -> bytes:
    """Return what libxml2 reads whole: it ends a document at U+0000."""
    return html.replace("\x00", "").encode("utf-8", "replace")


def lines_in(html: str) -> tuple[str, ...]:
    """Return the lines that a part of a page shows, pictures and scripts left out; none where there is no text."""
    if "<" not in html and "&" not in html:
        return shown(html)
    try:
        return lines_of(parsed(html))
    except ContentRefused:
        return ()


def lines_of(tree: lxml.html.HtmlElement) -> tuple[str, ...]:
    """Return the lines that a tree shows: one a paragraph, list item, heading or row of a table."""
    return shown("".join(_pieces(tree)))


def shown(text: str) -> tuple[str, ...]:
    """Return the lines of a text that are not empty, as they may be shown."""
    return tuple(line for line in cleaned(text).split("\n") if line)


_MOST_LETTERS = 300_000  # some hundred printed pages; a book is no article


def of_an_article(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines if they may be one article; raise ContentRefused for more than anyone would summarise."""
    if sum(map(len, lines)) > _MOST_LETTERS:
        raise ContentRefused(Reason.TOO_LARGE, f"more than {_MOST_LETTERS} letters")
    return lines


def plain(markup: str) -> str:
    """Return a short text of metadata on one line, freed of tags and of the entities that it was escaped with twice."""
    return folded_spaces(" ".join(lines_in(" ".join(lines_in(markup)))))


_SILENT_TAGS = """
script style noscript template svg math iframe object embed audio video picture img figure canvas map form button
select textarea head
"""
_BREAKING_TAGS = """
address article aside blockquote body br center dd div dl dt fieldset figcaption footer h1 h2 h3 h4 h5 h6 header hr
html li main nav ol p pre section table tbody tfoot thead tr ul
"""
_SILENT = frozenset(_SILENT_TAGS.split())
_BREAKING = frozenset(_BREAKING_TAGS.split())
_CELLS = frozenset({"td", "th"})
_WHITE = re.compile(r"\s+")


def _pieces(tree: lxml.html.HtmlElement) -> Iterator[str]:
    walker = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walker:
        if event == "start" and element.tag in _SILENT:
            walker.skip_subtree()
            continue
        yield "\n" if element.tag in _BREAKING else " " if element.tag in _CELLS else ""
        if element.tag in _SILENT or event == "end":
            yield _white(element.tail if element is not tree else None)
        else:
            yield _white(element.text)


def _white(text: str | None) -> str:
    return _WHITE.sub(" ", text or "")
