"""Lists of feeds, as readers take them from one program to another, read."""

from lxml import etree

from bot.domain.links import split
from bot.fetch.charsets import decoded
from bot.fetch.contents import Outline
from bot.fetch.markup import plain
from bot.fetch.refusals import ContentRefused, Reason
from bot.fetch.xml import local, tree_of

MOST_FEEDS = 1_000
_LONGEST_TITLE = 200


def read_opml(content: bytes) -> tuple[Outline, ...]:
    """Return the feeds of a list, each once, at most 1,000, whatever their addresses are; raise ContentRefused."""
    root = tree_of(decoded(content).lstrip("\ufeff \t\r\n\x00"), Reason.NOT_OPML)
    if local(root) != "opml":
        raise ContentRefused(Reason.NOT_OPML, local(root))
    found: dict[str, Outline] = {}
    for element in root.iter("{*}outline"):
        names = {name.lower(): value.strip() for name, value in element.attrib.items()}
        if url := names.get("xmlurl", ""):
            found.setdefault(url, _outline(url, names, element.getparent()))
    return tuple(found.values())[:MOST_FEEDS]


def _outline(url: str, names: dict[str, str], parent: etree._Element) -> Outline:
    site = names.get("htmlurl", "")
    folder = plain(parent.get("title") or parent.get("text") or "") if local(parent) == "outline" else ""
    return Outline(
        url=url,
        title=plain(names.get("title") or names.get("text") or "")[:_LONGEST_TITLE],
        site=site if split(site) else None,
        folder=folder[:_LONGEST_TITLE] or None,
    )
