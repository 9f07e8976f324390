"""Paragraphs out of a printed page: columns, lines and words from where the glyphs stand."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from bot.fetch.bidi import logical


@dataclass(frozen=True, slots=True)
class Glyph:
    """What is printed at one place, in points from the lower left corner; ``height`` is that of its font."""

    text: str
    left: float
    right: float
    base: float
    height: float

    @property
    def middle(self) -> float:
        """Where it stands in its line."""
        return (self.left + self.right) / 2


def paragraphs_on(glyphs: Sequence[Glyph]) -> Iterator[str]:
    """Yield the paragraphs of a page, column after column, from where its glyphs stand."""
    lines = [line for row in _rows(glyphs) for line in _split(row)]
    for region in _regions(lines):
        yield from _paragraphs(region)


_ON_ONE_LINE = 0.3  # of the height: an index or an exponent stands on the line, the next line does not


def _rows(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.base):
        if row and row[0].base - glyph.base > _ON_ONE_LINE * max(row[0].height, glyph.height):
            yield row
            row = []
        row.append(glyph)
    if row:
        yield row


_COLUMN_GAP = 0.8  # of the height; words that stand so far apart in one line are put together again


def _split(row: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the parts of a row that stand far from each other, from left to right."""
    part: list[Glyph] = []
    end = 0.0
    for glyph in sorted((glyph for glyph in row if glyph.text.strip()), key=lambda glyph: glyph.middle):
        if part and glyph.left - end > _COLUMN_GAP * glyph.height:
            yield part
            part = []
        part.append(glyph)
        end = max(end, glyph.right) if len(part) > 1 else glyph.right
    if part:
        yield part


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    left: float
    right: float
    base: float
    height: float


def _line(glyphs: Sequence[Glyph]) -> _Line:
    marked = _with_marks(glyphs)
    return _Line(
        text=" ".join(logical(_with_spaces(marked)).split()),
        left=min(glyph.left for glyph in marked),
        right=max(glyph.right for glyph in marked),
        base=median(glyph.base for glyph in marked),
        height=median(glyph.height for glyph in marked),
    )


def _with_marks(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Put each vowel mark behind the letter that it stands on, wherever the program printed it."""
    marks = [glyph for glyph in glyphs if _is_mark(glyph)][:_MOST_MARKS]
    letters = [glyph for glyph in glyphs if glyph not in marks]
    if not letters:
        return list(glyphs)
    for mark in marks:
        place = _place_of(mark, letters)
        signs = "".join(sign for sign in mark.text if unicodedata.combining(sign))
        letters[place] = replace(letters[place], text=letters[place].text + signs)
    return letters


_MOST_MARKS = 300  # on one line
_NARROW = 0.1  # of the height


def _is_mark(glyph: Glyph) -> bool:
    """Say if a glyph is a mark; some programs repeat in its text the letter that is printed below it."""
    has_sign = any(unicodedata.combining(sign) for sign in glyph.text)
    return has_sign and (not _bare(glyph.text) or glyph.right - glyph.left <= _NARROW * glyph.height)


def _bare(text: str) -> str:
    return "".join(letter for letter in text if not unicodedata.combining(letter)).strip()


def _place_of(mark: Glyph, letters: Sequence[Glyph]) -> int:
    """Return which letter a mark stands on: the nearest, of those that it repeats if it repeats one."""
    same = [place for place, letter in enumerate(letters) if _bare(letter.text) == _bare(mark.text)]
    return min(same or range(len(letters)), key=lambda place: _distance(mark, letters[place]))


def _distance(mark: Glyph, letter: Glyph) -> tuple[float, float]:
    outside = max(letter.left - mark.middle, mark.middle - letter.right, 0.0)
    return outside, abs(letter.middle - mark.middle)


_GAP = 0.15  # of the height; between two letters of a word there is none, at times less than none


def _with_spaces(glyphs: Iterable[Glyph]) -> Iterator[str]:
    """Yield the texts of glyphs from left to right, and a space where they stand apart."""
    end: float | None = None
    for glyph in glyphs:
        if end is not None and glyph.left - end > _GAP * glyph.height:
            yield " "
        yield glyph.text
        end = glyph.right


_DEEPEST_CUT = 8


def _regions(parts: Sequence[list[Glyph]], depth: int = 0) -> Iterator[list[_Line]]:
    """Yield the columns of a page in reading order, the right one first: cut where nothing is printed."""
    sides = _sides(parts) if depth < _DEEPEST_CUT else None
    if sides is None:
        yield _merged(parts)
        return
    for side in sides:
        yield from _regions(side, depth + 1)


_Sides = tuple[list[list[Glyph]], list[list[Glyph]]]


def _sides(parts: Sequence[list[Glyph]]) -> _Sides | None:
    """Cut a region in two, if it can be: between columns, below a heading that spans them, or at a wide blank."""
    if (gutter := _gutter(parts)) is not None:
        return _cut(parts, lambda part: part[0].left >= gutter)
    below = _heading(parts) or _blank(parts)
    return None if below is None else _cut(parts, lambda part: part[0].base > below)


def _cut(parts: Iterable[list[Glyph]], is_first: Callable[[list[Glyph]], bool]) -> _Sides:
    sides: _Sides = ([], [])
    for part in parts:
        sides[0 if is_first(part) else 1].append(part)
    return sides


_MOST_HEADING_LINES = 5


def _heading(parts: Sequence[list[Glyph]]) -> float | None:
    """Return where columns begin below at most five lines that span them."""
    bases = sorted({part[0].base for part in parts}, reverse=True)[: _MOST_HEADING_LINES + 1]
    places = ((above + below) / 2 for above, below in pairwise(bases))
    return next((y for y in places if _gutter([part for part in parts if part[0].base < y]) is not None), None)


_FEWEST_IN_COLUMN = 3


def _gutter(parts: Sequence[list[Glyph]]) -> float | None:
    """Return where a vertical blank leaves at least three lines on both sides."""
    spans = sorted((part[0].left, max(glyph.right for glyph in part)) for part in parts)
    end = float("-inf")
    for count, (left, right) in enumerate(spans):
        if left > end and _FEWEST_IN_COLUMN <= count <= len(spans) - _FEWEST_IN_COLUMN:
            return left
        end = max(end, right)
    return None


_WIDE_BLANK = 1.6  # of the usual distance of two lines


def _blank(parts: Sequence[list[Glyph]]) -> float | None:
    """Return where the widest horizontal blank is, if one stands out."""
    bases = sorted({part[0].base for part in parts}, reverse=True)
    gaps = [(above - below, below) for above, below in pairwise(bases)]
    if not gaps:
        return None
    usual = median(gap for gap, _ in gaps)
    widest, below = max(gaps)
    return below + widest / 2 if widest > _WIDE_BLANK * usual else None


def _merged(parts: Iterable[list[Glyph]]) -> list[_Line]:
    """Return the lines of a region, the parts of one row in one again."""
    rows = _rows(glyph for part in parts for glyph in part)
    lines = (_line(sorted(row, key=lambda glyph: glyph.middle)) for row in rows)
    return [line for line in lines if line.text and not _PAGE_NUMBER.fullmatch(line.text)]


_PAGE_NUMBER = re.compile(r"[-–—|\s]*\d{1,3}(?:\s*/\s*\d{1,3})?[-–—|\s]*")
_RAGGED = 0.12  # of the width of the text: a line that ends earlier ends its paragraph
_APART = 1.25  # of the usual distance of two lines
_OTHER_SIZE = 0.15


def _paragraphs(lines: Sequence[_Line]) -> Iterator[str]:
    """Yield the lines of a region put together where one goes on in the next."""
    if not lines:
        return
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    usual = median([above.base - below.base for above, below in pairwise(lines)] or [0.0])
    paragraph = [lines[0]]
    for above, line in pairwise(lines):
        ragged = above.left - left if _ARABIC.search(above.text) else right - above.right
        is_whole = ragged <= _RAGGED * (right - left)
        is_near = above.base - line.base <= _APART * usual
        is_alike = abs(above.height - line.height) <= _OTHER_SIZE * above.height
        if not (is_whole and is_near and is_alike):
            yield " ".join(part.text for part in paragraph)
            paragraph = []
        paragraph.append(line)
    yield " ".join(part.text for part in paragraph)


_ARABIC = re.compile("[\u0600-\u06ff]")
