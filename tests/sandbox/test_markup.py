import contextlib
import html
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.markup import Formatted, parsed, settled
from bot.sandbox.refusals import RefusedError


@pytest.mark.parametrize(
    ("marked", "text", "entities"),
    [
        pytest.param("خبر", "خبر", [], id="plain"),
        pytest.param("<b>عاجل</b> الآن", "عاجل الآن", [("bold", 0, 4)], id="bold"),
        pytest.param("<strong>أ</strong><em>ب</em>", "أب", [("bold", 0, 1), ("italic", 1, 1)], id="synonyms"),
        pytest.param("<u>أ</u><ins>ب</ins>", "أب", [("underline", 0, 1), ("underline", 1, 1)], id="underline"),
        pytest.param(
            "<s>أ</s><strike>ب</strike><del>ج</del>", "أبج", [("strikethrough", n, 1) for n in range(3)], id="s"
        ),
        pytest.param("<tg-spoiler>سر</tg-spoiler>", "سر", [("spoiler", 0, 2)], id="spoiler tag"),
        pytest.param('<span class="tg-spoiler">سر</span>', "سر", [("spoiler", 0, 2)], id="spoiler span"),
        pytest.param("😀<b>خبر</b>", "😀خبر", [("bold", 2, 3)], id="an emoji counts two units"),
        pytest.param("<B>خبر</B>", "خبر", [("bold", 0, 3)], id="tags do not mind their case"),
        pytest.param("<b>خبر</b >", "خبر", [("bold", 0, 3)], id="space in the end tag"),
        pytest.param("<b>خبر</>", "خبر", [("bold", 0, 3)], id="a nameless end tag ends the last one"),
        pytest.param("<b>أ<i>ب</i></b>", "أب", [("bold", 0, 2), ("italic", 1, 1)], id="nested"),
        pytest.param("<b></b>خبر", "خبر", [], id="empty tags leave nothing"),
        pytest.param("<code>x</code>", "x", [("code", 0, 1)], id="code"),
        pytest.param("<pre>x</pre>", "x", [("pre", 0, 1)], id="pre"),
        pytest.param(
            "<b>أ<code>x</code>ب</b>", "أxب", [("bold", 0, 1), ("code", 1, 1), ("bold", 2, 1)], id="no bold code"
        ),
        pytest.param("<blockquote>قول</blockquote>", "قول", [("blockquote", 0, 3)], id="quote"),
        pytest.param(
            "<blockquote expandable>قول</blockquote>", "قول", [("expandable_blockquote", 0, 3)], id="expandable"
        ),
        pytest.param("&lt;b&gt; &amp;amp; &quot;", '<b> &amp; "', [], id="the four references, once"),
        pytest.param("&#1575;&#x644;", "ال", [], id="numeric references"),
        pytest.param("&nbsp;&copy;&;&#;&#x;", "&nbsp;&copy;&;&#;&#x;", [], id="other references stay as they are"),
        pytest.param("&lt", "<", [], id="the semicolon may be missing"),
    ],
)
def test_html_says_what_telegram_understands(marked: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    formatted = parsed(marked)

    assert formatted.text == text
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in formatted.entities] == entities


@pytest.mark.parametrize(
    ("marked", "detail"),
    [
        pytest.param(
            '<a href="https://example.net/a?x=1&amp;y=2">نص</a>', ("url", "https://example.net/a?x=1&y=2"), id="link"
        ),
        pytest.param("<a href='HTTPS://Example.NET'>نص</a>", ("url", "https://example.net/"), id="host in lower case"),
        pytest.param('<a href="example.net/x">نص</a>', ("url", "http://example.net/x"), id="no scheme means http"),
        pytest.param("<a>example.net</a>", ("url", "http://example.net/"), id="a link of its own text"),
        pytest.param('<a href="tg://resolve?domain=mujaz">نص</a>', ("url", "tg://resolve?domain=mujaz"), id="tg"),
        pytest.param('<a href="mailto:a@example.net">نص</a>', ("url", "mailto:a@example.net"), id="mailto"),
        pytest.param('<a href="tel:+97412345">نص</a>', ("url", "tel:+97412345"), id="tel"),
        pytest.param('<a href="tg://user?id=77">نص</a>', ("user", {"id": 77}), id="a person"),
        pytest.param(
            '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>',
            ("custom_emoji_id", "5368324170671202286"),
            id="emoji",
        ),
        pytest.param('<pre><code class="language-python">x</code></pre>', ("language", "python"), id="pre with code"),
        pytest.param('<code class="language-python"><pre>x</pre></code>', ("language", "python"), id="code with pre"),
    ],
)
def test_an_attribute_says_more(marked: str, detail: tuple[str, Any]) -> None:
    (entity,) = parsed(marked).entities

    assert entity[detail[0]] == detail[1]


@pytest.mark.parametrize(
    "link",
    [
        "https://localhost/x",
        "ftp://example.net",
        "javascript:alert(1)",
        "http://",
        "نص بلا عنوان",
        "file:///etc/passwd",
    ],
)
def test_a_link_telegram_does_not_take_is_plain_text(link: str) -> None:
    formatted = parsed(f'<a href="{link}">اقرأ</a>')

    assert formatted == Formatted("اقرأ")


@pytest.mark.parametrize(
    ("marked", "problem"),
    [
        pytest.param("<p>خبر</p>", 'Unsupported start tag "p" at byte offset 0', id="paragraph"),
        pytest.param("خبر<br/>", 'Unsupported start tag "br/" at byte offset 6', id="offsets are bytes"),
        pytest.param("3 < 5 > 2", 'Unsupported start tag "" at byte offset 2', id="a bare less-than"),
        pytest.param("<b", "Unclosed start tag at byte offset 0", id="no end of the tag"),
        pytest.param("<b>خبر", 'Can\'t find end tag corresponding to start tag "b"', id="no end tag"),
        pytest.param("</b>", "Unexpected end tag at byte offset 0", id="nothing to end"),
        pytest.param("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"', id="wrong end"),
        pytest.param(
            "<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"', id="crossed"
        ),
        pytest.param("<b>x</b", "Unclosed end tag at byte offset 4", id="end tag without end"),
        pytest.param("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0', id="span"),
        pytest.param('<a ="x">x</a>', 'Empty attribute name in the tag "a" at byte offset 0', id="no attribute name"),
        pytest.param("<a href=https://x.y>x</a>", "Unexpected end of name token at byte offset 8", id="no quotes"),
        pytest.param('<a href="https://x.y', "Unclosed start tag at byte offset 0", id="open quotes"),
        pytest.param("<a href=", 'Unclosed start tag "a" at byte offset 0', id="no value"),
        pytest.param('<tg-emoji emoji-id="x">👍</tg-emoji>', "Invalid custom emoji identifier specified", id="emoji"),
        pytest.param(
            "&#xd83d;",
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units",
            id="half a pair",
        ),
    ],
)
def test_wrong_html_is_refused_in_telegrams_words(marked: str, problem: str) -> None:
    with pytest.raises(RefusedError) as refused:
        parsed(marked)

    assert refused.value.description == f"Bad Request: can't parse entities: {problem}"


@settings(deadline=None)
@given(st.text())
def test_any_escaped_text_comes_back_equal(text: str) -> None:
    assert parsed(html.escape(text)) == Formatted(text)


@settings(deadline=None)
@given(st.text(alphabet="<>/&;=\"' \n\0abipqu#x12خ😀-"))
def test_any_markup_is_read_or_refused(marked: str) -> None:
    with contextlib.suppress(RefusedError):
        formatted = parsed(marked)
        units = len(formatted.text.encode("utf-16-le")) // 2
        assert all(0 <= one["offset"] < one["offset"] + one["length"] <= units for one in formatted.entities)


@settings(deadline=None)
@given(st.text(alphabet="ab \n\r\t\u202e\u200f😀خبر", min_size=1), st.integers(0, 9), st.integers(1, 9))
def test_cleaning_keeps_entities_on_their_characters(text: str, start: int, length: int) -> None:
    piece = text[start : start + length]
    marked = f"{html.escape(text[:start])}<b>{html.escape(piece)}</b>{html.escape(text[start + length :])}"
    try:
        formatted = settled(parsed(marked))
    except RefusedError:
        return

    kept = "".join(" " if character == "\t" else character for character in piece if character not in "\r\u202e")
    for entity in formatted.entities:
        units = formatted.text.encode("utf-16-le")[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])]
        assert units.decode("utf-16-le") in kept


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("", "message text is empty", id="empty"),
        pytest.param(" \n ", "message text is empty", id="spaces"),
        pytest.param("\u200b\u200f", "message text is empty", id="invisible characters"),
        pytest.param("خ" * 4097, "message is too long", id="one character too long"),
        pytest.param("😀" * 2049, "message is too long", id="one emoji too long"),
    ],
)
def test_a_text_no_message_can_have_is_refused(text: str, words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        settled(Formatted(text))


@pytest.mark.parametrize("marked", ["<b>" + "خ" * 4096 + "</b>", "&amp;" * 4096, "😀" * 2048])
def test_the_length_is_counted_after_parsing(marked: str) -> None:
    assert len(settled(parsed(marked)).text.encode("utf-16-le")) == 8192


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        pytest.param("/start الآن", [("bot_command", 0, 6)], id="command"),
        pytest.param("قال و/أو فعل", [], id="a slash within words is no command"),
        pytest.param("عن #غزة و#لبنان_اليوم.", [("hashtag", 3, 4)], id="a hashtag stands alone"),
        pytest.param("#2024 رقم", [], id="numbers are no hashtag"),
        pytest.param("راجع https://example.net/a?b=c#d.", [("url", 5, 27)], id="the full stop is not of the link"),
        pytest.param("موقع aljazeera.net اليوم", [("url", 5, 13)], id="a bare domain"),
        pytest.param("إلى @mujaz_bot", [("mention", 4, 10)], id="mention"),
        pytest.param("اكتب إلى news@example.net", [("email", 9, 16)], id="address"),
    ],
)
def test_telegram_finds_entities_by_itself(text: str, entities: list[tuple[str, int, int]]) -> None:
    found = settled(Formatted(text)).entities

    assert [(entity["type"], entity["offset"], entity["length"]) for entity in found] == entities
