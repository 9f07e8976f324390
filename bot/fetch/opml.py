"""Lists of feeds, as readers take them from one program to another."""

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from bot.domain.links import split
from bot.fetch.charsets import decoded
from bot.fetch.markup import plain
from bot.fetch.refusals import ContentRefused, Reason
from bot.fetch.xml import local, tree_of

MOST_FEEDS = 1_000
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of a list; ``folder`` is what it stands under, if anything."""

    url: str
    title: str = ""
    site: str | None = None
    folder: str | None = None


def read_opml(content: bytes) -> tuple[Outline, ...]:
    """Return the feeds of a list, each once, at most 1,000; raise ContentRefused for what is no list."""
    root = tree_of(decoded(content).lstrip("\ufeff \t\r\n\x00"), Reason.NOT_OPML)
    if local(root) != "opml":
        raise ContentRefused(Reason.NOT_OPML, local(root))
    found: dict[str, Outline] = {}
    for element in root.iter("{*}outline"):
        names = {name.lower(): value.strip() for name, value in element.attrib.items()}
        if split(url := names.get("xmlurl", "")):
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


def written_opml(outlines: Iterable[Outline], title: str) -> bytes:
    """Return a list of feeds in OPML 2.0, UTF-8, folders in the order of their first feed."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _writable(title)
    body = etree.SubElement(root, "body")
    folders: dict[str | None, etree._Element] = {None: body}
    for outline in outlines:
        if outline.folder not in folders:
            name = _writable(outline.folder or "")
            folders[outline.folder] = etree.SubElement(body, "outline", text=name, title=name)
        _write(outline, folders[outline.folder])
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))


def _write(outline: Outline, parent: etree._Element) -> None:
    name = _writable(outline.title or outline.url)
    attributes = {"type": "rss", "text": name, "title": name, "xmlUrl": _writable(outline.url)}
    if outline.site:
        attributes["htmlUrl"] = _writable(outline.site)
    etree.SubElement(parent, "outline", attributes)


def _writable(text: str) -> str:
    """Return the text without what XML cannot hold."""
    return "".join(letter for letter in text if letter == "\t" or (letter >= " " and not _is_forbidden(letter)))


def _is_forbidden(letter: str) -> bool:
    return "\ud800" <= letter <= "\udfff" or letter in "\ufffe\uffff"
