"""Feeds as Arabic papers write them, each with one oddity."""

TITLE = "مصر تستقبل أول شحنة قمح"
LINK = "https://qalam.example/wheat?a=1&b=2"
WORDS = "وصلت السفينة إلى الميناء أمس"

_HEAD = '<?xml version="1.0" encoding="{charset}"?>\n'


def rss(
    *, title: str = TITLE, link: str = "https://qalam.example/wheat?a=1&amp;b=2", more: str = "",
    charset: str = "utf-8",
    date: str = "<pubDate>Sat, 09 May 2026 10:00:00 +0300</pubDate>", text: str = f"<description>{WORDS}</description>",
) -> str:  # fmt: skip
    return (
        _HEAD.format(charset=charset)
        + '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom">'
        f"<channel><title>صحيفة القلم</title><link>https://qalam.example</link>"
        f'<atom:link rel="self" href="https://qalam.example/rss"/><image><title>صورة</title></image>'
        f"<item><title>{title}</title><link>{link}</link>{text}{date}{more}</item></channel></rss>"
    )


RDF = (
    _HEAD.format(charset="utf-8")
    + '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://qalam.example"><title>صحيفة القلم</title>'
    "<link>https://qalam.example</link></channel>"
    f'<item rdf:about="https://qalam.example/wheat?a=1&amp;b=2"><title>{TITLE}</title>'
    "<link>https://qalam.example/wheat?a=1&amp;b=2</link>"
    f"<description>{WORDS}</description><dc:date>2026-05-09T10:00:00+03:00</dc:date>"
    "<dc:subject>القمح</dc:subject></item></rdf:RDF>"
)
ATOM = (
    _HEAD.format(charset="utf-8") + '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://qalam.example/">'
    '<title type="text">صحيفة القلم</title>'
    '<link rel="self" href="/atom"/><link href="/"/><entry><id>tag:qalam.example,2026:1</id>'
    f'<title type="html">{TITLE}</title><link rel="alternate" href="wheat?a=1&amp;b=2"/>'
    f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{WORDS}</p></div></content>'
    '<published>2026-05-09T07:00:00Z</published><updated>2026-05-10T07:00:00Z</updated><category term="القمح"/>'
    "</entry></feed>"
)
MEDIA = "<media:group><media:keywords>القمح, مصر</media:keywords></media:group>"

CASES: dict[str, bytes] = {
    "rss": rss().encode(),
    "rdf-with-dc-date": RDF.encode(),
    "atom": ATOM.encode(),
    "cdata": rss(title=f"<![CDATA[{TITLE}]]>", link=f"<![CDATA[{LINK}]]>").encode(),
    "content-encoded": rss(
        text=f"<description>موجز</description><content:encoded><![CDATA[<p>{WORDS}</p><img src=x>]]></content:encoded>"
    ).encode(),
    "escaped-html": rss(text=f"<description>&lt;p&gt;{WORDS}&lt;/p&gt;</description>").encode(),
    "bare-ampersand": rss(link=LINK).encode(),
    "html-entities": rss(text=f"<description>&nbsp;{WORDS}&zwnj;</description>").encode(),
    "leading-newline": b"\n\n" + rss().encode(),
    "leading-mark": b"\xef\xbb\xbf\n" + rss().encode(),
    "leading-warning": b"Warning: include(x)\n" + rss().encode(),
    "windows-1256": rss(charset="windows-1256").encode("cp1256"),
    "windows-1256-called-utf-8": rss().encode("cp1256"),
    "iso-8859-6": rss(charset="iso-8859-6").encode("iso-8859-6"),
    "utf-16": rss(charset="utf-16").encode("utf-16"),
    "arabic-month": rss(date="<pubDate>السبت، 9 أيار/مايو 2026</pubDate>").encode(),
    "dc-date": rss(date="<dc:date>2026-05-09T10:00:00+03:00</dc:date>").encode(),
    "media-keywords": rss(more=MEDIA).encode(),
    "undeclared-namespace": rss(more=MEDIA).replace(' xmlns:media="http://search.yahoo.com/mrss/"', "").encode(),
    "control-characters": rss(title=TITLE + "\x0b\x00").encode(),
    "cut": rss().encode()[: rss().encode().index(b"</item>")],
    "guid-alone": rss(link="", more="<guid>https://qalam.example/wheat?a=1&amp;b=2</guid>").encode(),
}
