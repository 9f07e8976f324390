"""Files that people attach: text, web page, PDF, Word."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath
from typing import assert_never

from lxml import etree

from bot.domain.unread import MOST_BYTES
from bot.fetch.charsets import decoded
from bot.fetch.contents import Kind, ReadDocument, ReadPage, is_pdf
from bot.fetch.markup import lines_in, of_an_article, shown
from bot.fetch.pages import read_page
from bot.fetch.pdf import paragraphs_of
from bot.fetch.refusals import ContentRefused, Reason
from bot.fetch.xml import XML


def read_document(content: bytes, name: str, now: datetime) -> ReadDocument:
    """Return the text of a file; raise ContentRefused.

    What the bytes are decides, the name only where they leave it open. Call it in a bounded process: a PDF may ask for
    any amount of time and memory.
    """
    if len(content) > MOST_BYTES:
        raise ContentRefused(Reason.TOO_LARGE, f"{len(content)} bytes")
    kind = _kind(content, name)
    page = _page(content, now) if kind is Kind.PAGE else None
    lines = shown(page.text) if page else _lines(kind, content)
    if not any(_LETTER.search(line) for line in lines):
        raise ContentRefused(Reason.NO_TEXT, kind)
    return ReadDocument(kind, of_an_article(lines), page)


def _lines(kind: Kind, content: bytes) -> tuple[str, ...]:
    match kind:
        case Kind.PDF:
            return shown("\n".join(paragraphs_of(content)))
        case Kind.WORD:
            return shown("".join(_word_pieces(content)))
        case Kind.PAGE:
            return lines_in(decoded(content))
        case Kind.TEXT:
            return shown(decoded(content))
        case _:
            assert_never(kind)


_LETTER = re.compile(r"[^\W\d_]")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # Word 97 to 2003, and the envelope of an encrypted .docx
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_PAGE_START = re.compile(r"\s*(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_TEXT_NAMES = frozenset({"", ".txt", ".text", ".md"})
_PAGE_NAMES = frozenset({".html", ".htm", ".xhtml"})


def _kind(content: bytes, name: str) -> Kind:
    if is_pdf(content):
        return Kind.PDF
    if content.startswith(b"PK\x03\x04"):
        return Kind.WORD
    if content.startswith(_OLE):
        is_locked = _ENCRYPTED_PACKAGE in content
        raise ContentRefused(Reason.ENCRYPTED if is_locked else Reason.UNKNOWN_KIND, "ole")
    ending = PurePosixPath(name.lower()).suffix
    text = decoded(content[:_SAMPLE])
    if ending not in _TEXT_NAMES | _PAGE_NAMES or _is_binary(text):
        raise ContentRefused(Reason.UNKNOWN_KIND, ending[:_LONGEST_ENDING])
    return Kind.PAGE if ending in _PAGE_NAMES or _PAGE_START.match(text) else Kind.TEXT


_SAMPLE = 8_192
_LONGEST_ENDING = 12
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def _is_binary(text: str) -> bool:
    return len(_CONTROL.findall(text)) * 100 > len(text)


def _page(content: bytes, now: datetime) -> ReadPage | None:
    """Return the article of a saved page, or None where no article stands out."""
    try:
        return read_page(content, "", None, now)
    except ContentRefused as error:
        if error.reason is not Reason.NO_TEXT:
            raise
        return None


_MOST_FILES = 2_000
_LARGEST_PART = 30_000_000  # unpacked: a hundred bytes of markup for each letter of the longest article
_BODY = "word/document.xml"


def _word_pieces(content: bytes) -> Iterator[str]:
    """Yield the text of a .docx, a line a paragraph; what was deleted or stands twice, for older Words, is left out."""
    try:
        root = etree.fromstring(_unzipped(content), etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.LxmlError, ValueError) as error:
        raise ContentRefused(Reason.DAMAGED, "docx") from error
    if root.getroottree().docinfo.doctype:
        raise ContentRefused(Reason.DAMAGED, "DTD")
    yield from _text_of(root)


def _unzipped(content: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {part.filename: part for part in archive.infolist()[:_MOST_FILES]}
            if _BODY not in parts:
                raise ContentRefused(Reason.UNKNOWN_KIND, "zip")
            if parts[_BODY].flag_bits & 1:
                raise ContentRefused(Reason.ENCRYPTED, "zip")
            with archive.open(parts[_BODY]) as body:
                text = body.read(_LARGEST_PART + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError) as error:
        raise ContentRefused(Reason.DAMAGED, type(error).__name__) from error
    if len(text) > _LARGEST_PART:
        raise ContentRefused(Reason.TOO_LARGE, "unpacked")
    return text


_BREAKS = {"p": "\n", "br": "\n", "cr": "\n", "tab": " ", "tc": " "}


def _text_of(root: XML) -> Iterator[str]:
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        name = etree.QName(element).localname
        if event == "start":
            if name == "Fallback":
                walker.skip_subtree()
            elif name == "t":
                yield element.text or ""
        else:
            yield _BREAKS.get(name, "")
