"""Charts as pictures."""

import struct
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.charts.png import Drawings
from bot.charts.svg import svg_of
from bot.domain.chart import Chart, Row

COUNTS = (0, 3, 1, 0, 0, 5, 2, 2, 0, 1, 4, 6, 2, 9)
SVG = "{http://www.w3.org/2000/svg}"


def a_chart(*names: str, is_right_to_left: bool = True) -> Chart:
    rows = tuple(Row(name, COUNTS, "35") for name in names or ("روسيا",))
    return Chart("الأكثر تداولًا", rows, "12 نوفمبر 2026", "اليوم", is_right_to_left=is_right_to_left)


def texts(chart: Chart) -> list[ET.Element]:
    return list(ET.fromstring(svg_of(chart)).iter(f"{SVG}text"))  # noqa: S314 - we wrote it


def bars(chart: Chart) -> list[tuple[float, float]]:
    """Return where each bar stands and how tall it is, as they come day by day."""
    found = ET.fromstring(svg_of(chart)).iter(f"{SVG}rect")  # noqa: S314 - we wrote it
    return [(float(bar.get("x", "")), float(bar.get("height", ""))) for bar in found if bar.get("rx")]


def test_days_go_to_the_left_in_arabic_and_to_the_right_in_english() -> None:
    arabic, english = bars(a_chart()), bars(a_chart(is_right_to_left=False))

    assert [x for x, _ in arabic] == sorted((x for x, _ in arabic), reverse=True)
    assert [x for x, _ in english] == sorted(x for x, _ in english)


def test_bars_are_as_tall_as_their_numbers_and_days_without_any_have_none() -> None:
    tall = [height for _, height in bars(a_chart())]

    assert len(tall) == sum(count > 0 for count in COUNTS)
    assert max(tall) / min(tall) == pytest.approx(9, rel=0.05)


def test_every_text_in_arabic_says_that_it_is_right_to_left() -> None:
    shown = [text.text or "" for text in texts(a_chart("OpenAI"))]

    assert all(text.startswith("\u2067") and text.endswith("\u2069") for text in shown)
    assert texts(a_chart())[0].get("text-anchor") == "end"


def test_a_long_name_ends_before_the_bars() -> None:
    shown = [text.text or "" for text in texts(a_chart("كلمة " * 12, "W" * 64))]

    assert shown[1].endswith("…\u2069")
    assert len(shown[3]) < 20


@given(st.text(max_size=64), st.lists(st.integers(0, 10_000), max_size=20))
def test_any_name_and_any_numbers_give_xml_that_can_be_read(name: str, counts: list[int]) -> None:
    ET.fromstring(svg_of(Chart(name, (Row(name, tuple(counts), name),), name, name)))  # noqa: S314 - we wrote it


@pytest.mark.parametrize(
    "name", ["روسيا", "عُمان", "OpenAI", "日本", "🏴", "<&>\"'", "\u202eعكس", "\ud800", "\ufffe", ""]
)
async def test_a_chart_is_drawn_whatever_it_names(name: str) -> None:
    picture = await Drawings()(a_chart(name))

    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", picture[16:24]) == (800, 194)


async def test_arabic_is_drawn_in_joined_letters() -> None:
    joined, apart = [await Drawings()(a_chart(name)) for name in ("ببب", "ب\u200cب\u200cب")]

    assert joined != apart
