# /// script
# requires-python = ">=3.11"
# dependencies = ["reportlab", "arabic-reshaper", "python-bidi", "fpdf2", "uharfbuzz", "typst"]
# ///
"""Print the same Arabic article into PDFs as three kinds of programs do; run with ``uv run``, needs DejaVu Sans."""

import io
import sys
from pathlib import Path

import arabic_reshaper
import typst
from bidi.algorithm import get_display
from fpdf import FPDF
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
FOLDER = Path(__file__).parent
LINES = (
    "مصر تستقبل أول شحنة قمح في 9 أيار/مايو 2026",
    "وقالت الوزارة إن الشحنة تبلغ 60 ألف طن، وإن السعر 245.5 دولار للطن.",
    "وأعلنت شركة Qalam News Agency أن الاتفاق لا يزال قائما (بحسب البيان).",
    "والأرز والذرة والآلات بين السلع المعفاة بنسبة ١٢٪ حتى نهاية العام.",
)
COLUMNS = """#set page(width: 16cm, height: 20cm)
#set text(font: "DejaVu Sans", lang: "ar", dir: rtl, size: 10pt)
#set par(justify: true)
= مصر تستقبل أول شحنة قمح

#columns(2)[
وصلت إلى ميناء الإسكندرية أمس أول سفينة محملة بالقمح منذ إعادة فتح الممر البحري، وفق ما أعلنته وزارة التموين.

وقالت الوزارة إن الشحنة تبلغ 60 ألف طن، وإن السعر 245.5 دولار للطن.

#colbreak()
وأعلنت شركة Qalam News Agency أن الاتفاق لا يزال قائما (بحسب البيان)، وأضافت: «الأسعار لن ترتفع قبل نهاية العام».

وقُتِلَ شخصان في الحادث الذي وقع فجر الإثنين، والأرز والآلات معفاة بنسبة ١٢٪.
]
"""


def shaped() -> bytes:
    """Return presentation forms in the order in which they are seen."""
    pdfmetrics.registerFont(TTFont("DejaVu", FONT))
    printed = io.BytesIO()
    page = canvas.Canvas(printed)
    page.setFont("DejaVu", 12)
    for number, line in enumerate(LINES):
        page.drawRightString(550, 800 - 40 * number, get_display(arabic_reshaper.reshape(line), base_dir="R"))
    page.save()
    return printed.getvalue()


def harfbuzz() -> bytes:
    """Return glyphs whose font names the letters behind them."""
    page = FPDF()
    page.add_page()
    page.add_font("DejaVu", fname=FONT)
    page.set_font("DejaVu", size=12)
    page.set_text_shaping(True, direction="rtl", script="arab", language="ara")
    for line in LINES:
        page.cell(0, 20, line, align="R", new_x="LMARGIN", new_y="NEXT")
    return bytes(page.output())


def locked() -> bytes:
    """Return a PDF that needs a password."""
    page = FPDF()
    page.add_page()
    page.set_encryption(owner_password="owner", user_password="reader")  # noqa: S106 - opens nothing
    return bytes(page.output())


def columns() -> bytes:
    """Return a page of two columns with lines that break."""
    source = FOLDER / "columns.typ"
    source.write_text(COLUMNS, encoding="utf-8")
    try:
        return typst.compile(str(source))
    finally:
        source.unlink()


if __name__ == "__main__":
    for make in (shaped, harfbuzz, locked, columns):
        (FOLDER / f"{make.__name__}.pdf").write_bytes(make())
        sys.stdout.write(f"{make.__name__}.pdf\n")
