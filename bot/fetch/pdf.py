"""The paragraphs of a PDF, read glyph by glyph: a PDF holds no text, only where each glyph stands."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTContainer, LTFigure, LTImage
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

from bot.fetch.bidi import composed, upright
from bot.fetch.printed import Glyph, paragraphs_on
from bot.fetch.refusals import ContentRefused, Reason

_MOST_PAGES = 60
_MOST_GLYPHS = 400_000  # 6,700 on each of them; a full page of running text has 3,000


def paragraphs_of(content: bytes) -> list[str]:
    """Return the paragraphs of a PDF in reading order; raise ContentRefused.

    Lines are put together by us and not by pdfminer's layout, which breaks them wherever the font changes: at each
    number and each Latin word of an Arabic page.
    """
    try:
        pages = list(_pages(content))
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise ContentRefused(Reason.ENCRYPTED, type(error).__name__) from error
    except (MemoryError, ContentRefused):
        raise
    except Exception as error:
        raise ContentRefused(Reason.DAMAGED, type(error).__name__) from error
    paragraphs = upright([paragraph for page in pages for paragraph in paragraphs_on(page.glyphs)])
    if not any(_LETTERS.search(paragraph) for paragraph in paragraphs):
        has_pictures = any(page.has_pictures for page in pages)
        raise ContentRefused(Reason.SCANNED if has_pictures else Reason.NO_TEXT, "pdf")
    return paragraphs


_LETTERS = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class _Page:
    glyphs: Sequence[Glyph]
    has_pictures: bool


def _pages(content: bytes) -> Iterator[_Page]:
    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=None)
    interpreter = PDFPageInterpreter(manager, device)
    left = _MOST_GLYPHS
    for page in PDFPage.get_pages(io.BytesIO(content), maxpages=_MOST_PAGES):
        interpreter.process_page(page)
        items = list(islice(_items(device.get_result()), left + 1))
        left -= len(items)
        if left < 0:
            raise ContentRefused(Reason.TOO_COMPLEX, "glyphs")
        yield _Page(list(chain.from_iterable(map(_glyph, items))), any(isinstance(item, LTImage) for item in items))


def _items(container: LTContainer) -> Iterator[LTChar | LTImage]:  # type: ignore[type-arg]
    for item in container:
        if isinstance(item, LTChar | LTImage):
            yield item
        elif isinstance(item, LTFigure):
            yield from _items(item)


_CODE = re.compile(r"\(cid:\d+\)")  # the font does not say which letter it is


def _glyph(item: LTChar | LTImage) -> Iterator[Glyph]:
    if isinstance(item, LTChar) and item.size > 0 and not _CODE.fullmatch(item.get_text()):
        yield Glyph(composed(item.get_text()), item.x0, item.x1, item.matrix[5], item.size)
