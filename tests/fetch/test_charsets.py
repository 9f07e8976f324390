import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fetch.charsets import decoded

NEWS = "قال رئيس الحكومة إن الغلاء في مصر «لن يستمر»، وإن القمح يكفي حتى آب/أغسطس."
PLAIN = "قال رئيس الحكومة إن الغلاء في مصر لن يستمر، وإن القمح يكفي."
PAGE = '<html><head><meta charset="{}"></head><body><p>{}</p></body></html>'


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows-1256"]
)
def test_arabic_is_read_in_every_charset_undeclared(charset: str) -> None:
    assert decoded(NEWS.encode(charset)) == NEWS


def test_the_older_arabic_code_page_is_told_by_its_letters() -> None:
    assert decoded(PLAIN.encode("iso-8859-6")) == PLAIN


CLAIMS = [
    ("windows-1256", "utf-8", "the header of a server that knows nothing"),
    ("windows-1256", "iso-8859-1", "the default of older servers"),
    ("windows-1256", "iso-8859-6", "the other code page"),
    ("iso-8859-6", "windows-1256", "the other code page"),
    ("utf-8", "windows-1256", "a page moved to UTF-8, its header forgotten"),
    ("utf-8", "utf-16", "nonsense"),
    ("windows-1256", "unicode_escape", "a codec that is no charset"),
    ("windows-1256", "no such thing", "an unknown name"),
    ("windows-1256", "\x00", "no name at all"),
]


@pytest.mark.parametrize(("charset", "claimed", "why"), CLAIMS, ids=[f"{c}-as-{d[:12]!r}" for c, d, _ in CLAIMS])
def test_a_wrong_claim_is_seen_through(charset: str, claimed: str, why: str) -> None:
    assert decoded(PLAIN.encode(charset), claimed) == PLAIN
    assert PLAIN in decoded(PAGE.format(claimed, PLAIN).encode(charset))


def test_a_declaration_counts_where_the_bytes_leave_it_open() -> None:
    russian = PAGE.format("windows-1251", "Новости")

    assert "Новости" in decoded(russian.encode("windows-1251"))


def test_a_letter_cut_in_the_middle_does_not_spoil_the_page() -> None:
    cut = NEWS.encode()[:-2] + b"... " + NEWS.encode()

    assert decoded(cut).endswith(NEWS)


@given(st.binary(max_size=500), st.none() | st.text(max_size=20))
def test_no_bytes_are_too_odd(content: bytes, claimed: str | None) -> None:
    assert isinstance(decoded(content, claimed), str)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_utf8_is_always_read_as_utf8(text: str) -> None:
    content = text.encode()

    if b"\x00" not in content and not text.startswith("\ufeff"):
        assert decoded(content) == text
