"""A chart as SVG: pure, and laid out from the side at which its language begins."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from xml.sax.saxutils import escape

from bot.domain.chart import Chart, Row

FONT = "IBM Plex Sans Arabic"
_WIDTH = 800
_MARGIN = 32
_TITLE, _ROW, _FOOT = 84, 58, 52  # heights
_NAMES, _TOTALS = 230, 64  # widths beside the bars
_GAP = 0.25  # of a bar's room
_NARROW, _WIDE, _WIDEST = 11, 17, 23  # what a letter of a name takes at most: most, Latin capitals, ideographs
_INK, _PALE, _QUIET, _LINE, _PAPER = "#14213d", "#8fb3d9", "#5f6b7a", "#e3e8ee", "#ffffff"
_LATEST = "#d1495b"
_RIGHT_TO_LEFT, _END = "\u2067", "\u2069"  # resvg takes every text as left to right unless it says otherwise
_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2066-\u2069\u202a-\u202e\ud800-\udfff\ufffe\uffff]")


def svg_of(chart: Chart) -> str:
    """Return the picture: a row of bars a thing, all to one scale, the last day in another colour."""
    height = _TITLE + _ROW * len(chart.rows) + _FOOT
    side = _Side(is_right_to_left=chart.is_right_to_left)
    highest = max((count for row in chart.rows for count in row.counts), default=0) or 1
    parts = [
        f'<rect width="{_WIDTH}" height="{height}" fill="{_PAPER}"/>',
        side.text(chart.title, _MARGIN, 52, size=28, weight=600),
        *(part for place, row in enumerate(chart.rows) for part in _row(row, place, highest, side)),
        side.text(chart.first, side.bars, height - 20, colour=_QUIET, size=18),
        side.text(chart.last, _WIDTH - side.totals, height - 20, colour=_LATEST, size=18, is_end=True),
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" font-family="{FONT}">'
    return f"{head}{''.join(parts)}</svg>"


@dataclass(frozen=True, slots=True)
class _Side:
    """Where things stand, measured from the side at which lines begin."""

    is_right_to_left: bool
    bars: float = _MARGIN + _NAMES
    totals: float = _MARGIN + _TOTALS

    def x(self, from_start: float) -> float:
        """Return the place on the picture."""
        return _WIDTH - from_start if self.is_right_to_left else from_start

    def text(
        self, text: str, from_start: float, y: float, *, colour: str = _INK, size: int = 22, weight: int = 400,
        is_end: bool = False,
    ) -> str:  # fmt: skip
        """Return a text that begins at its place, or ends there."""
        anchor = "end" if self.is_right_to_left is not is_end else "start"
        shown = escape(_UNWRITABLE.sub("", text))
        shown = f"{_RIGHT_TO_LEFT}{shown}{_END}" if self.is_right_to_left else shown
        look = f'font-size="{size}" font-weight="{weight}" fill="{colour}" text-anchor="{anchor}"'
        return f'<text x="{self.x(from_start):.1f}" y="{y}" {look}>{shown}</text>'


def _row(row: Row, place: int, highest: int, side: _Side) -> Iterator[str]:
    base = _TITLE + _ROW * (place + 1) - 12
    end = _WIDTH - side.totals
    yield side.text(_clipped(row.name), _MARGIN, base - 6, weight=600)
    yield f'<path d="M{side.x(side.bars):.1f} {base}H{side.x(end):.1f}" stroke="{_LINE}" stroke-width="1.5"/>'
    room = (end - side.bars) / max(len(row.counts), 1)
    for day, count in enumerate(row.counts):
        tall = (_ROW - 18) * count / highest
        left = min(side.x(side.bars + room * day), side.x(side.bars + room * (day + 1))) + room * _GAP / 2
        colour = _LATEST if day == len(row.counts) - 1 else _PALE
        if count:
            box = f'x="{left:.1f}" y="{base - tall:.1f}" width="{room * (1 - _GAP):.1f}" height="{tall:.1f}"'
            yield f'<rect {box} rx="2" fill="{colour}"/>'
    yield side.text(row.total, _WIDTH - _MARGIN, base - 6, colour=_QUIET, is_end=True)


def _clipped(name: str) -> str:
    """Return a name, or what of it does not run into the bars."""
    if sum(map(_width, name)) <= _NAMES:
        return name
    reached = accumulate(map(_width, name))
    return name[: sum(each + _WIDE <= _NAMES for each in reached)].rstrip() + "…"


def _width(letter: str) -> int:
    if unicodedata.east_asian_width(letter) in {"W", "F"}:
        return _WIDEST
    if unicodedata.category(letter) in {"Mn", "Cf"}:
        return 0
    return _WIDE if letter.isupper() else _NARROW
