"""The Draw port: SVG drawn by resvg, which shapes Arabic and needs no library of the system."""

import asyncio
from dataclasses import dataclass
from importlib.resources import as_file, files

from resvg_py import svg_to_bytes

from bot.charts.svg import FONT, svg_of
from bot.domain.chart import Chart

_FONTS = ("Regular", "SemiBold")


@dataclass(frozen=True, slots=True)
class Drawings:
    """Draws in a thread: a chart takes some 20 ms."""

    async def __call__(self, chart: Chart, /) -> bytes:
        """See the port."""
        return await asyncio.to_thread(_drawn, svg_of(chart))


def _drawn(svg: str) -> bytes:
    with as_file(files("fontpkg_ibm_plex_sans_arabic") / "files") as folder:
        fonts = [str(folder / f"IBMPlexSansArabic-{weight}.ttf") for weight in _FONTS]
        return svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_family=FONT, font_files=fonts)
