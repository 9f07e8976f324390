import pytest

from bot.fetch.bidi import composed, logical, upright

# What is seen from left to right, one glyph a letter, and what is read.
SEEN = [
    ("رصم يف حمق", "قمح في مصر", "Arabic alone"),
    ("2026 ماع يف", "في عام 2026", "a number"),
    (".نطلل رالود 245.5 رعسلا", "السعر 245.5 دولار للطن.", "a number with a point"),
    ("٪١٢ ةبسنب", "بنسبة ١٢٪", "Arabic digits"),
    ("%12 ةبسنب", "بنسبة 12%", "a sign after a number"),
    ("نأ Qalam News Agency تلاق", "قالت Qalam News Agency أن", "Latin words"),
    ("ةرئاط Boeing 737 تطبه", "هبطت Boeing 737 طائرة", "a number after a Latin word"),
    ("60 70 80 ماقرأ", "أرقام 80 70 60", "numbers side by side"),
    ("Agency said: رصم today", "Agency said: مصر today", "Arabic in a Latin line"),
    ("BBC News 24", "BBC News 24", "Latin alone"),
]


@pytest.mark.parametrize(("seen", "read", "why"), SEEN, ids=[why for _, _, why in SEEN])
def test_a_line_is_read_in_its_own_direction(seen: str, read: str, why: str) -> None:
    assert logical(list(seen)) == read


def test_a_ligature_is_one_glyph_with_its_letters_in_order() -> None:
    assert logical(["ﻡ", "ﻼ", "ﺳ"]) == "سلام"
    assert logical(["م", "لا", "س"]) == "سلام"


def test_the_form_of_a_lone_mark_is_the_mark() -> None:
    assert composed("\ufe76") == "\u064e"


def test_brackets_are_mirrored_where_they_make_pairs_then() -> None:
    assert upright(["قال )بحسب البيان( ثم", "»نعم«"]) == ["قال (بحسب البيان) ثم", "«نعم»"]
    assert upright(["قال (بحسب البيان)", "1) أول"]) == ["قال (بحسب البيان)", "1) أول"]
