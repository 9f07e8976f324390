"""The paragraphs of a PDF, read glyph by glyph: a PDF holds no text, only where each glyph stands."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTContainer, LTFigure, LTImage, LTTextLine
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from bot.fetch.bidi import logical
from bot.fetch.refusals import ContentRefused, Reason

_MOST_PAGES = 60


def paragraphs_of(content: bytes) -> list[str]:
    """Return the paragraphs of a PDF in reading order, columns side by side taken as rows; raise ContentRefused."""
    layout = LAParams(boxes_flow=None, all_texts=False)
    paragraphs: list[str] = []
    has_pictures = False
    try:
        for page in extract_pages(io.BytesIO(content), maxpages=_MOST_PAGES, laparams=layout):
            paragraphs += _paragraphs(sorted(_lines(page), key=lambda line: (-line.top, -line.right)))
            has_pictures = has_pictures or any(isinstance(item, LTFigure | LTImage) for item in page)
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise ContentRefused(Reason.ENCRYPTED, type(error).__name__) from error
    except MemoryError:
        raise
    except Exception as error:
        raise ContentRefused(Reason.DAMAGED, type(error).__name__) from error
    if not any(_LETTER.search(paragraph) for paragraph in paragraphs):
        raise ContentRefused(Reason.SCANNED if has_pictures else Reason.NO_TEXT, "pdf")
    return paragraphs


_LETTER = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of print and where it stands, in points from the lower left corner."""

    text: str
    left: float
    right: float
    top: float
    height: float


def _lines(container: LTContainer) -> Iterator[_Line]:  # type: ignore[type-arg]
    for item in container:
        if isinstance(item, LTTextLine):
            yield from _line([glyph for glyph in item if isinstance(glyph, LTChar)])
        elif isinstance(item, LTContainer) and not isinstance(item, LTFigure):
            yield from _lines(item)


def _line(glyphs: Sequence[LTChar]) -> Iterator[_Line]:
    ordered = sorted(glyphs, key=lambda glyph: glyph.x0 + glyph.x1)
    text = " ".join(logical(_with_spaces(ordered)).split())
    if text and not _PAGE_NUMBER.fullmatch(text) and not _CODE.search(text):
        yield _Line(
            text=text,
            left=min(glyph.x0 for glyph in ordered),
            right=max(glyph.x1 for glyph in ordered),
            top=max(glyph.y1 for glyph in ordered),
            height=median(glyph.size for glyph in ordered),
        )


_PAGE_NUMBER = re.compile(r"[-–—\s\d/|]+")
_CODE = re.compile(r"\(cid:\d+\)")  # a glyph whose font does not say which letter it is
_GAP = 0.15  # of the height; between two letters of a word there is none, at times less than none


def _with_spaces(glyphs: Iterable[LTChar]) -> Iterator[str]:
    """Yield the texts of glyphs from left to right, and a space where they stand apart without one."""
    before: LTChar | None = None
    for glyph in glyphs:
        if before and glyph.x0 - before.x1 > _GAP * glyph.size and " " not in {before.get_text(), glyph.get_text()}:
            yield " "
        yield glyph.get_text()
        before = glyph


_RAGGED = 0.12  # of the width of the text: a line that ends earlier ends its paragraph
_APART = 1.5  # of the usual distance of two lines
_SAME_SIZE = 0.15


def _paragraphs(lines: Sequence[_Line]) -> Iterator[str]:
    """Yield the lines of a page put together where one goes on in the next."""
    if not lines:
        return
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    usual = median([above.top - below.top for above, below in pairwise(lines)] or [0.0])
    paragraph = [lines[0]]
    for line in lines[1:]:
        above = paragraph[-1]
        ragged = above.left - left if _is_arabic(above.text) else right - above.right
        is_whole = ragged <= _RAGGED * (right - left)
        is_near = above.top - line.top <= _APART * usual
        is_alike = abs(above.height - line.height) <= _SAME_SIZE * above.height
        if not (is_whole and is_near and is_alike):
            yield " ".join(part.text for part in paragraph)
            paragraph = []
        paragraph.append(line)
    yield " ".join(part.text for part in paragraph)


def _is_arabic(text: str) -> bool:
    return bool(re.search("[\u0600-\u06ff]", text))
