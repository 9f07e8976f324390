"""XML of strangers: no DTD, no entity of theirs, no depth; broken where people break it."""

import re
from collections.abc import Iterator
from html import escape
from html.entities import html5
from typing import Any, TypeAlias

from lxml import etree

from bot.fetch.refusals import ContentRefused, Reason

XML: TypeAlias = Any  # an lxml element; lxml ships no types

_DEEPEST = 64
_MOST_ATTRIBUTES = 64
_MOST_ELEMENTS = 200_000  # 500 items with 400 each


def tree_of(text: str, otherwise: Reason) -> XML:
    """Return the root of a document; raise ContentRefused, with the given reason for what is not XML at all.

    What people write by hand is mended: a bare "&", the entities of HTML, something before the first tag. libxml2 by
    itself would drop the "&" and with it a parameter of a link.
    """
    document = text[max(text.find("<"), 0) :]
    if _DTD.search(document[:_HEAD]):
        raise ContentRefused(Reason.TOO_COMPLEX if "<!ENTITY" in document else otherwise, "DTD")
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    try:
        root = etree.fromstring(_mended(document).encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise ContentRefused(otherwise, type(error).__name__) from error
    if root is None:
        raise ContentRefused(otherwise, "empty")
    _check(root)
    return root


def _check(root: XML) -> None:
    depth = elements = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        elements += event == "start"
        if depth > _DEEPEST or len(element.attrib) > _MOST_ATTRIBUTES or elements > _MOST_ELEMENTS:
            raise ContentRefused(Reason.TOO_COMPLEX, "xml")


_HEAD = 10_000
_DTD = re.compile(r"<!DOCTYPE|<!ENTITY", re.IGNORECASE)
_DECLARATION = re.compile(r"<\?xml[^>]{0,300}\?>")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_AMPERSAND = re.compile(r"&(?:(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,30});)?")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})


def _mended(document: str) -> str:
    bare = _FORBIDDEN.sub("", _DECLARATION.sub("", document, count=1))
    return "".join(_AMPERSAND.sub(_entity, part) if is_markup else part for part, is_markup in _sections(bare))


def _sections(document: str) -> Iterator[tuple[str, bool]]:
    """Yield what is markup and what stands in CDATA, where "&" is only itself."""
    place = 0
    while (begin := document.find("<![CDATA[", place)) >= 0 and (end := document.find("]]>", begin)) >= 0:
        yield document[place:begin], True
        yield document[begin : end + 3], False
        place = end + 3
    yield document[place:], True


def _entity(found: re.Match[str]) -> str:
    name = found[1]
    if name is None:
        return "&amp;"
    if name.startswith("#") or name in _XML_ENTITIES:
        return found.group()
    known = html5.get(f"{name};")
    return escape(known) if known else f"&amp;{name};"


def local(element: XML) -> str:
    """Return the name of an element without its namespace, in lower case."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def children(element: XML, name: str, namespace: str | None = None) -> Iterator[XML]:
    """Yield the children of that name, whatever their case; of any namespace unless one is given.

    Media groups count as their parent: papers put keywords in them. A namespace that was never declared leaves its
    prefix in the name.
    """
    wanted = name.lower()
    for child in element:
        if local(child) == "group":
            yield from children(child, name, namespace)
        elif local(child) == wanted and (namespace is None or str(child.tag).startswith(f"{{{namespace}}}")):
            yield child


def text_of(element: XML) -> str:
    """Return the content of an element: its text, or its markup where that stands unescaped, as in XHTML."""
    if len(element) == 0:
        return (element.text or "").strip()
    inner = "".join(etree.tostring(child, encoding="unicode") for child in element)
    return (escape(element.text or "") + inner).strip()
