import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.fetch.contents import Kind, ReadDocument
from bot.fetch.documents import read_document
from bot.fetch.refusals import ContentRefused, Reason

NOW = datetime(2026, 5, 10, 9, tzinfo=UTC)
FILES = Path(__file__).parent / "files"
LINES = ("عنوان الخبر", "قالت الوزارة إن الشحنة وصلت أمس إلى الميناء.", "وأضافت أن السعر لن يرتفع.")
PRINTED = (
    "مصر تستقبل أول شحنة قمح في 9 أيار/مايو 2026",
    "وقالت الوزارة إن الشحنة تبلغ 60 ألف طن، وإن السعر 245.5 دولار للطن.",
    "وأعلنت شركة Qalam News Agency أن الاتفاق لا يزال قائما (بحسب البيان).",
    "والأرز والذرة والآلات بين السلع المعفاة بنسبة ١٢٪ حتى نهاية العام.",
)


def read(content: bytes, name: str = "") -> ReadDocument:
    return read_document(content, name, NOW)


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1256"])
def test_a_text_is_read_in_its_charset(charset: str) -> None:
    content = "\r\n".join(LINES).encode(charset)

    assert read(content, "خبر.TXT") == ReadDocument(Kind.TEXT, LINES)


def test_a_saved_page_is_read_as_a_page() -> None:
    page = "<!doctype html><html><body><h1>{}</h1><p>{}</p><p>{}</p></body></html>".format(*LINES)

    document = read(page.encode(), "خبر.html")

    assert document.kind is Kind.PAGE
    assert document.lines == LINES


@pytest.mark.parametrize("name", ["shaped.pdf", "harfbuzz.pdf"])
def test_a_pdf_is_read_in_the_order_in_which_people_read_it(name: str) -> None:
    text = " ".join(read((FILES / name).read_bytes(), name).lines)

    assert text == " ".join(PRINTED)


def test_columns_are_read_one_after_the_other_and_lines_joined_to_paragraphs() -> None:
    assert read((FILES / "columns.pdf").read_bytes()).lines == (
        "مصر تستقبل أول شحنة قمح",
        "وصلت إلى ميناء الإسكندرية أمس أول سفينة محملة بالقمح منذ إعادة فتح الممر البحري، وفق ما أعلنته وزارة التموين.",
        "وقالت الوزارة إن الشحنة تبلغ 60 ألف طن، وإن السعر 245.5 دولار للطن.",
        (
            "وأعلنت شركة Qalam News Agency أن الاتفاق لا يزال قائما (بحسب البيان)، "
            "وأضافت: «الأسعار لن ترتفع قبل نهاية العام»."
        ),
        "وقُتِلَ شخصان في الحادث الذي وقع فجر الإثنين، والأرز والآلات معفاة بنسبة ١٢٪.",
    )


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def a_word_file(body: str, **parts: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def a_paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_a_word_file_is_read_paragraph_by_paragraph() -> None:
    split = "<w:p><w:r><w:t>عنوان</w:t></w:r><w:r><w:t xml:space='preserve'> الخبر</w:t></w:r></w:p>"
    deleted = "<w:p><w:del><w:r><w:delText>محذوف</w:delText></w:r></w:del></w:p>"
    table = f"<w:tbl><w:tr><w:tc>{a_paragraph(LINES[2])}</w:tc></w:tr></w:tbl>"

    document = read(a_word_file(split + deleted + a_paragraph(LINES[1]) + table), "x.docx")

    assert document == ReadDocument(Kind.WORD, LINES)


def test_what_stands_twice_for_older_programs_is_read_once() -> None:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = (
        f'<w:p><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice>{a_paragraph("نص")}</mc:Choice>'
        f"<mc:Fallback>{a_paragraph('نص')}</mc:Fallback></mc:AlternateContent></w:p>"
    )

    assert read(a_word_file(box)).lines == ("نص",)


def a_picture_pdf() -> bytes:
    stream = b"q 100 0 0 100 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"
    return a_pdf(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))


def a_pdf(stream: bytes) -> bytes:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<<>>>>",
        stream,
    ]
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, item) for n, item in enumerate(objects, 1))
    return body + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF"


REFUSED = {
    "program.exe": (b"MZ\x90\x00" + bytes(200), Reason.UNKNOWN_KIND),
    "program.txt": (b"MZ\x90\x00\x03" + bytes(200), Reason.UNKNOWN_KIND),
    "elf": (b"\x7fELF\x02\x01\x01" + bytes(200), Reason.UNKNOWN_KIND),
    "picture.jpg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", Reason.UNKNOWN_KIND),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + bytes(40), Reason.UNKNOWN_KIND),
    "script.js": (b"alert(1)", Reason.UNKNOWN_KIND),
    "old.doc": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), Reason.UNKNOWN_KIND),
    "locked.docx": (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), Reason.ENCRYPTED),
    "locked.pdf": ((FILES / "locked.pdf").read_bytes(), Reason.ENCRYPTED),
    "scanned.pdf": (a_picture_pdf(), Reason.SCANNED),
    "blank.pdf": (a_pdf(b"<</Length 0>>stream\n\nendstream"), Reason.NO_TEXT),
    "broken.pdf": (b"%PDF-1.7\nnothing", Reason.DAMAGED),
    "other.zip": (b"PK\x03\x04", Reason.DAMAGED),
    "bomb.docx": (a_word_file(" " * 40_000_000), Reason.TOO_LARGE),
    "empty.txt": (b"", Reason.NO_TEXT),
    "numbers.txt": (b"1 2 3", Reason.NO_TEXT),
    "book.txt": ("كلمة ".encode() * 70_000, Reason.TOO_LARGE),
    "large.txt": (b"a" * 20_000_001, Reason.TOO_LARGE),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_document_says_why(name: str) -> None:
    content, reason = REFUSED[name]

    with pytest.raises(ContentRefused) as refusal:
        read(content, name)

    assert refusal.value.reason is reason


def test_a_zip_without_a_letter_in_it_is_no_word_file() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("x", "y")

    with pytest.raises(ContentRefused) as refusal:
        read(written.getvalue(), "x.docx")

    assert refusal.value.reason is Reason.UNKNOWN_KIND


def test_a_word_file_with_entities_of_its_own_is_damaged() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE d [<!ENTITY x "y">]><d><t>نص &x;</t></d>')

    with pytest.raises(ContentRefused) as refusal:
        read(written.getvalue(), "x.docx")

    assert refusal.value.reason is Reason.DAMAGED


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", bytes.fromhex("d0cf11e0a1b11ae1")]),
    st.binary(max_size=300),
    st.sampled_from(["a.txt", "a.html", "a.pdf", "a.docx", "", "\x00.\ud800"]),
)
def test_any_bytes_are_a_document_or_refused(start: bytes, content: bytes, name: str) -> None:
    try:
        document = read(start + content, name)
    except ContentRefused:
        return
    assert document.lines


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_pdf_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray((FILES / "harfbuzz.pdf").read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[place] = data.draw(st.integers(0, 255))

    try:
        read(bytes(content))
    except ContentRefused:
        return
