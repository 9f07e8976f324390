import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.links import canonical, host_of, joined, links_to_read, told, urls_in

SAME = [
    ("https://www.bbc.com/arabic/a1?at_medium=RSS&at_campaign=x", "https://www.bbc.com/arabic/a1", "AT Internet"),
    ("https://f24.my/x?xtor=RSS-3#comments", "https://f24.my/x", "xtor and fragment"),
    ("https://a.com/n?utm_source=tg&utm_medium=s&id=5", "https://a.com/n?id=5", "utm"),
    ("https://a.com/n?id=5&fbclid=IwAR", "https://a.com/n?id=5", "fbclid"),
    ("https://a.com/n?id=5&gclid=1&ocid=2&igshid=3&mc_cid=4&mc_eid=5", "https://a.com/n?id=5", "many"),
    ("https://a.com/n?ref=rss", "https://a.com/n", "ref of a feed"),
    ("https://a.com/n?ref=12345", "https://a.com/n?ref=12345", "ref that chooses the page"),
    ("https://a.com/n?source=whatsapp", "https://a.com/n", "source of a messenger"),
    ("https://a.com/n?cid=7", "https://a.com/n?cid=7", "a category"),
    ("HTTPS://WWW.A.com:443/N", "https://www.a.com/N", "case and port"),
    ("http://a.com:80", "http://a.com/", "port and path"),
    ("http://a.com:8080/", "http://a.com:8080/", "another port"),
    ("https://a.com./x", "https://a.com/x", "the dot of the root"),
    ("https://a.com/amp/x", "https://a.com/amp/x", "AMP stays"),
    ("https://m.a.com/x", "https://m.a.com/x", "mobile stays"),
    ("https://a.com/روسيا", "https://a.com/%D8%B1%D9%88%D8%B3%D9%8A%D8%A7", "Arabic path"),
    ("https://a.com/%d8%b1", "https://a.com/%D8%B1", "case of escapes"),
    ("https://a.com/?a&b=&c=1&", "https://a.com/?a&b=&c=1", "empty values stay"),
    ("mailto:x@y.z", "mailto:x@y.z", "no web address"),
    ("http://[::1", "http://[::1", "broken"),
]


@pytest.mark.parametrize(("url", "form", "why"), SAME, ids=[why for _, _, why in SAME])
def test_one_article_has_one_address(url: str, form: str, why: str) -> None:
    assert canonical(url) == form


PIECES = st.sampled_from(
    ["http", "https", "://", "www.", "a.com", ":443", ":80", "/", "?", "&", "=", "#", "utm_source=x", "ref=rss", "%d8",
     "روسيا", "[::1]", "@", "İ", "%", ".", " ", "\u200f", "ß", "①"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=40).map("https://a.com/".__add__) | st.text())
def test_the_canonical_form_is_its_own(url: str) -> None:
    assert canonical(canonical(url)) == canonical(url)


FOUND = [
    ("انظر https://a.com/x.", ["https://a.com/x"], "full stop"),
    ("انظر https://a.com/x، ثم", ["https://a.com/x"], "Arabic comma"),
    ("هل قرأت https://a.com/x؟", ["https://a.com/x"], "Arabic question mark"),
    ("https://a.com/x؛ https://b.com/y!", ["https://a.com/x", "https://b.com/y"], "semicolon"),
    ("(https://a.com/x)", ["https://a.com/x"], "brackets around"),
    ("https://ar.wikipedia.org/wiki/روسيا_(دولة)", ["https://ar.wikipedia.org/wiki/روسيا_(دولة)"], "brackets inside"),
    ("«https://a.com/x»", ["https://a.com/x"], "Arabic quotes"),
    ('<a href="https://a.com/x">', ["https://a.com/x"], "markup"),
    ("وhttps://a.com/x", ["https://a.com/x"], "behind a letter"),
    ("www.aljazeera.net/news", ["https://www.aljazeera.net/news"], "no scheme"),
    ("https://a.com/x https://a.com/x", ["https://a.com/x"], "twice"),
    ("https://a.com/x\u200f", ["https://a.com/x"], "direction mark"),
    ("HTTP://A.com/X", ["HTTP://A.com/X"], "capitals"),
    ("someone@www.a.com ftp://a.com http:// https://user:pw@a.com", [], "none"),
]


@pytest.mark.parametrize(("text", "urls", "why"), FOUND, ids=[why for _, _, why in FOUND])
def test_addresses_are_found_without_what_surrounds_them(text: str, urls: list[str], why: str) -> None:
    assert list(urls_in(text)) == urls


@given(st.text(max_size=200))
def test_any_text_can_be_searched(text: str) -> None:
    assert all("://" in url for url in urls_in(text))


def test_a_link_is_joined_to_its_page() -> None:
    assert joined("https://a.com/news/1", " ../x ") == "https://a.com/x"
    assert joined("https://a.com/", "javascript:alert(1)") is None
    assert joined("https://a.com/", "http://[") is None


@pytest.mark.parametrize(
    ("text", "hidden", "links"),
    [
        pytest.param("https://a.example/1", (), ("https://a.example/1",), id="a link alone"),
        pytest.param("انظر https://a.example/1، رائع", (), ("https://a.example/1",), id="with a remark"),
        pytest.param("كلمة " * 19 + "https://a.example/1", (), ("https://a.example/1",), id="19 words"),
        pytest.param("كلمة " * 20 + "https://a.example/1", (), (), id="20 words are a text of their own"),
        pytest.param("هنا", ("https://a.example/1",), ("https://a.example/1",), id="behind a word"),
        pytest.param("https://a.example/1", ("https://a.example/1",), ("https://a.example/1",), id="shown and hidden"),
        pytest.param("هنا", ("tg://user?id=1",), (), id="no address of the web"),
        pytest.param("خبر https://t.me/sahl", (), (), id="a channel's signature"),
        pytest.param("https://t.me/+AbC_12", (), (), id="an invitation"),
        pytest.param("https://t.me/sahl/42", (), ("https://t.me/sahl/42",), id="a channel's post is a page"),
        pytest.param("https://t.me/s/sahl/42?q=1", (), ("https://t.me/s/sahl/42?q=1",), id="a post's preview"),
    ],
)
def test_links_are_what_a_short_message_is_sent_for(text: str, hidden: tuple[str, ...], links: tuple[str, ...]) -> None:
    assert links_to_read(text, hidden) == links


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        pytest.param("https://www.a.example/news/1?id=7", "a.example/news/1?id=7", id="without scheme and www"),
        pytest.param("https://a.example/", "a.example", id="a front page"),
        pytest.param("http://10.0.0.1:8080/x", "10.0.0.1:8080/x", id="with its port"),
        pytest.param("https://a.example/%D9%85%D8%B5%D8%B1-1", "a.example/مصر-1", id="Arabic letters"),
        pytest.param("https://a.example/%E2%80%AEx%0Ay", "a.example/x y", id="what turns or breaks a line"),
        pytest.param("https://a.example/%FF%FE", "a.example/\ufffd\ufffd", id="no UTF-8"),
        pytest.param(
            "https://a.example/" + "x" * 90 + "/2",
            "a.example/" + "x" * 20 + "…" + "x" * 27 + "/2",
            id="its middle goes",
        ),
        pytest.param("no address", "no address", id="anything else"),
    ],
)
def test_an_address_is_told_so_that_people_know_which_it_is(url: str, shown: str) -> None:
    assert told(url) == shown


def test_a_host_is_named_as_people_name_it() -> None:
    assert host_of("https://www.Example.com./a") == "example.com"
    assert host_of("no address") == ""
