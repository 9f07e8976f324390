import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.arabic.layout import read_layout
from bot.fetch.contents import ReadPage
from bot.fetch.markup import lines_in, parsed
from bot.fetch.pages import read_page
from bot.fetch.refusals import ContentRefused, Reason

NOW = datetime(2026, 5, 10, 9, tzinfo=UTC)
URL = "https://www.qalam.example/news/2026/05/09/wheat?utm_source=x"
TITLE = "مصر تعلن وصول أول شحنة قمح بعد إعادة فتح الممر"
BODY = [
    "وصلت إلى ميناء الإسكندرية أمس أول سفينة محملة بالقمح منذ إعادة فتح الممر البحري، وفق ما أعلنته وزارة التموين.",
    "وقال الوزير إن الشحنة تبلغ ستين ألف طن، وإنها الأولى من عقد وقعته الهيئة العامة للسلع التموينية في الشهر الماضي.",
    "وأضاف أن المخزون الاستراتيجي يكفي خمسة أشهر، وأن الحكومة تتفاوض على شحنات أخرى تصل تباعا حتى نهاية العام الجاري.",
    "ويعد القمح الروسي والأوكراني مصدرا رئيسا لواردات البلاد، وقد تأثرت أسعاره كثيرا في السنوات الأخيرة بسبب الحرب.",
]


def a_page(head: str = "", body: str = "", title: str = f"{TITLE} - صحيفة القلم") -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in BODY)
    return f"""<!doctype html><html><head><title>{title}</title>{head}</head><body>
    <nav><a href="/">الرئيسية</a><a href="/world">العالم</a></nav>
    <article><h1>{TITLE}</h1><figure><img src="/x.jpg"><figcaption>سفينة</figcaption></figure>
    {paragraphs}{body}</article>
    <footer>جميع الحقوق محفوظة</footer></body></html>""".encode()


def ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value, ensure_ascii=False)}</script>'


def read(content: bytes, url: str = URL) -> ReadPage:
    return read_page(content, url, "utf-8", NOW)


def test_a_page_is_an_article_with_what_the_page_says_of_it() -> None:
    article = {
        "@type": "NewsArticle",
        "headline": TITLE,
        "datePublished": "2026-05-09T23:30:00+03:00",
        "keywords": "القمح، مصر, روسيا",
        "publisher": {"@type": "Organization", "name": "صحيفة القلم"},
    }
    page = read(a_page(ld(article) + '<link rel="canonical" href="/news/2026/05/09/wheat">'))

    assert page == ReadPage(
        url="https://www.qalam.example/news/2026/05/09/wheat",
        title=TITLE,
        lines=tuple(BODY),
        published=date(2026, 5, 9),
        tags=("القمح", "مصر", "روسيا"),
        source="صحيفة القلم",
    )


def test_the_text_is_ready_for_the_layout() -> None:
    second = "<p>اقرأ أيضًا</p><p><a href='/2'>خبر آخر لا صلة له بالأول</a></p>"
    page = read(a_page(body="<p>كلمات دلالية: القمح، مصر</p>" + second))

    layout = read_layout(page.text, NOW)

    assert layout.title == TITLE
    assert layout.body == tuple(BODY)


TITLES = [
    (
        '<meta property="og:title" content="{} - صحيفة القلم"><meta property="og:site_name" content="صحيفة القلم">',
        "og:site_name",
    ),
    (
        '<meta property="og:title" content="صحيفة القلم | {}"><meta property="og:site_name" content="صحيفة القلم">',
        "before it",
    ),
    ('<meta property="og:title" content="{} | اقتصاد"> ', "a section that the heading goes without"),
    ('<meta property="og:title" content="{} | Qalam">', "the name of the host"),
    ('<meta property="og:title" content="مصر تعلن وصول أول شحنة..."> ', "cut in one place, whole in another"),
    ('<meta name="twitter:title" content="{} – صحيفة القلم">', "of another network"),
    ("", "the window alone"),
]


@pytest.mark.parametrize(("head", "why"), TITLES, ids=[why for _, why in TITLES])
def test_the_title_comes_without_the_name_of_the_paper(head: str, why: str) -> None:
    assert read(a_page(head.format(TITLE))).title == TITLE


def test_what_follows_a_dash_is_kept_where_it_belongs_to_the_headline() -> None:
    headline = "محادثات الحبوب: القاهرة - موسكو"
    head = f'<meta property="og:title" content="{headline}"><meta property="og:site_name" content="موسكو اليوم">'

    assert read(a_page(head)).title == headline


TAGS = [
    (ld({"@graph": [{"@type": "WebPage"}, {"@type": ["Article"], "keywords": ["القمح", "مصر"]}]}), "a graph"),
    (ld([{"@type": "WebSite"}, {"@type": "NewsArticle", "keywords": ["القمح, مصر"]}]), "a list"),
    (ld({"@type": "NewsArticle", "keywords": [{"@type": "DefinedTerm", "name": "القمح"}, {"name": "مصر"}]}), "terms"),
    (ld({"@type": "NewsArticle", "keywords": "القمح,مصر"}).replace('"', "&quot;").replace("&quot;", '"', 2), "escaped"),
    (ld({"@type": "NewsArticle", "keywords": "&lt;b&gt;القمح&lt;/b&gt;,&amp;#1605;صر"}), "escaped twice"),
    ('<meta property="article:tag" content="القمح"><meta property="article:tag" content="مصر">', "article:tag"),
    ('<meta name="keywords" content="القمح، مصر">', "keywords"),
    ('<meta name="news_keywords" content="#القمح; #مصر">', "news_keywords"),
    (
        '<meta name="keywords" content="أخبار، عاجل"><meta property="article:tag" content="القمح, مصر, القمح">',
        "best first",
    ),
]


@pytest.mark.parametrize(("head", "why"), TAGS, ids=[why for _, why in TAGS])
def test_tags_are_read_wherever_papers_put_them(head: str, why: str) -> None:
    assert read(a_page(head)).tags == ("القمح", "مصر")


def test_tags_are_read_from_links_too() -> None:
    links = '<p><a rel="tag" href="/t/1">القمح</a> <a rel="nofollow tag" href="/t/2">مصر</a></p>'

    assert read(a_page(body=links)).tags == ("القمح", "مصر")


DATES = [
    ('<meta property="article:published_time" content="2026-05-09T10:00:00Z">', date(2026, 5, 9), "meta"),
    ('<meta property="article:published_time" content="2026-05-09 10:00:00 +0300">', date(2026, 5, 9), "no T"),
    ('<meta name="pubdate" content="9 أيار/مايو 2026">', date(2026, 5, 9), "for people"),
    ('<meta property="article:published_time" content="2031-01-01">', None, "to come"),
    ('<meta property="article:published_time" content="1970-01-01T00:00:00Z">', None, "a clock at zero"),
    ('<meta property="article:published_time" content="0001-01-01">', None, "nothing"),
    ('<meta property="article:published_time" content="soon">', None, "no date"),
    (ld({"@type": "NewsArticle", "datePublished": "2026-05-08"}), date(2026, 5, 8), "JSON-LD"),
    ("", None, "none"),
]


@pytest.mark.parametrize(("head", "day", "why"), DATES, ids=[why for _, _, why in DATES])
def test_the_date_is_the_papers_own_day(head: str, day: date | None, why: str) -> None:
    assert read(a_page(head)).published == day


CANONICALS = [
    ("https://www.qalam.example/a/5", "https://www.qalam.example/a/5", "its own"),
    ("https://qalam.example/a/5#x", "https://qalam.example/a/5", "without www"),
    ("//m.qalam.example/a/5", "https://m.qalam.example/a/5", "mobile"),
    ("https://evil.example/a/5", "https://www.qalam.example/news/2026/05/09/wheat", "foreign"),
    ("https://qalam.example.evil.net/a", "https://www.qalam.example/news/2026/05/09/wheat", "foreign in disguise"),
    ("https://example/a", "https://www.qalam.example/news/2026/05/09/wheat", "a whole domain"),
    ("https://www.qalam.example/", "https://www.qalam.example/news/2026/05/09/wheat", "the front page"),
    ("javascript:alert(1)", "https://www.qalam.example/news/2026/05/09/wheat", "no address"),
    ("http://[", "https://www.qalam.example/news/2026/05/09/wheat", "broken"),
]


@pytest.mark.parametrize(("link", "url", "why"), CANONICALS, ids=[why for _, _, why in CANONICALS])
def test_a_page_may_name_an_address_on_its_own_site(link: str, url: str, why: str) -> None:
    assert read(a_page(f'<link rel="canonical" href="{link}">')).url == url


def test_a_body_only_in_the_data_of_the_page_is_read_there() -> None:
    article = ld({"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join(BODY)})

    page = read(f"<html><head>{article}</head><body><div id=app></div></body></html>".encode())

    assert (page.title, page.lines) == (TITLE, tuple(BODY))


def test_plain_text_is_an_article_too() -> None:
    page = read("\n".join((TITLE, "", *BODY)).encode())

    assert (page.title, page.lines) == (TITLE, tuple(BODY))


EMPTY = {"nothing": b"", "blanks": b" \n ", "no-text": b"<html><body><img src=x></body></html>", "zeros": bytes(50)}


@pytest.mark.parametrize("name", EMPTY)
def test_a_page_without_text_is_refused(name: str) -> None:
    with pytest.raises(ContentRefused) as refusal:
        read(EMPTY[name])

    assert refusal.value.reason is Reason.NO_TEXT


HOSTILE = {
    "attributes": "<div " + " ".join(f"a{n}" for n in range(200_000)) + ">",
    "quoted-attributes": "<div " + " ".join(f'a{n}=">"' for n in range(200_000)) + ">",
    "unclosed-quotes": "<a b='" * 50_000 + '<a b="' * 50_000,
    "tags": "<p>" * 200_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_page_past_all_reason_is_refused_before_it_costs_anything(name: str) -> None:
    with pytest.raises(ContentRefused):
        parsed(HOSTILE[name])


def test_lines_are_those_that_a_reader_sees() -> None:
    html = "<h2>عنوان</h2><p>أول<br>ثان<b> غليظ</b></p><script>x()</script><ul><li>بند</ul><img alt=y>&nbsp;ذيل"

    assert lines_in(html) == ("عنوان", "أول", "ثان غليظ", "بند", "ذيل")


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=300)
    | st.lists(
        st.sampled_from(
            [
                p.encode()
                for p in (
                    "<p>",
                    "</p>",
                    "<!--",
                    "<a b='",
                    "نص",
                    "<script",
                    ">",
                    "&#x",
                    "<![CDATA[",
                    "<html>",
                    "<body>",
                    "\x00",
                )
            ]
        ),
        max_size=30,
    ).map(b"".join)
)
def test_any_bytes_are_a_page_or_refused(content: bytes) -> None:
    try:
        page = read(content)
    except ContentRefused:
        return
    assert page.lines or page.title


def test_a_page_laid_out_in_a_table_is_read() -> None:
    cells = "".join(f"<p>{line}</p>" for line in BODY)
    table = f"<table><tr><td><a href=/>الرئيسية</a></td><td><h1>{TITLE}</h1>{cells}</td></tr></table>"

    page = read(f"<html><body>{table}</body></html>".encode())

    assert (page.title, page.lines) == (TITLE, tuple(BODY))


def test_a_short_report_is_read_among_much_else() -> None:
    menu = "<nav>" + "".join(f"<li><a href=/{n}>قسم رقم {n}</a></li>" for n in range(12)) + "</nav>"
    aside = (
        "<aside>" + "".join(f"<div><a href=/n{n}>خبر جانبي رقم {n} عن أمر آخر</a></div>" for n in range(8)) + "</aside>"
    )

    page = read(f"<html><body>{menu}<div><h1>{TITLE}</h1><div>{BODY[0]}<br><br>{BODY[1]}</div></div>{aside}".encode())

    assert (page.title, page.lines) == (TITLE, tuple(BODY[:2]))
