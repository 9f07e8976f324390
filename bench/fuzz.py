"""Feed the readers of strangers' content noise and broken truth; exit 1 on a crash, a slow case or much memory.

Cases are made from well-formed seeds by cutting, doubling, swapping and splicing, by a seeded generator: the same
number and seed make the same cases. Run by ``make fuzz``.
"""

import argparse
import io
import logging
import random
import resource
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.arabic.layout import read_layout
from bot.domain.links import canonical, urls_in
from bot.fetch.charsets import decoded
from bot.fetch.documents import read_document
from bot.fetch.feeds import feeds_on, read_feed
from bot.fetch.opml import read_opml
from bot.fetch.pages import read_page
from bot.fetch.refusals import ContentRefused

NOW = datetime(2026, 5, 10, 9, tzinfo=UTC)
ROOT = Path(__file__).parents[1]
SLOWEST = 2.0  # seconds
LARGEST = 300  # MB of resident memory
LONGEST = 20_000  # bytes of a case, so that a run ends
ARTICLE = """وصول أول شحنة قمح إلى مصر
نشر في: 21 آب/أغسطس 2023 - 14:30
وصلت إلى ميناء الإسكندرية أمس أول سفينة محملة بالقمح، وفق ما أعلنته وزارة التموين (بحسب البيان).
المصدر: وكالة القلم
كلمات دلالية: القمح، مصر، روسيا وأوكرانيا #مصر_القمح
اقرأ أيضًا
خبر آخر https://a.example/x?utm_source=tg؛ www.b.example
"""
PAGE = f"""<!doctype html><html><head><meta charset="utf-8"><title>عنوان</title>
<meta property="og:title" content="عنوان"><meta property="article:tag" content="مصر">
<link rel="canonical" href="/a">
<script type="application/ld+json">
{{"@graph":[{{"@type":"NewsArticle","headline":"عنوان","keywords":["مصر"]}}]}}</script>
</head><body><article><h1>عنوان</h1><p>{ARTICLE}</p><ul><li>بند</ul><a rel=tag>قمح</a></article></body></html>"""
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>
<title>القلم</title><link>https://a.example</link><item><title><![CDATA[خبر & خبر]]></title><guid>1</guid>
<link>https://a.example/?a=1&amp;b=2</link><pubDate>Sat, 09 May 2026 10:00:00 +0300</pubDate><category>مصر</category>
<description>&lt;p&gt;نص&nbsp;&lt;/p&gt;</description><media:keywords>قمح, مصر</media:keywords></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/"><title>القلم</title><entry><id>1</id>
<link href="x"/><title type="html">خبر</title><content type="xhtml"><div><p>نص</p></div></content>
<updated>2026-05-09T10:00:00Z</updated></entry></feed>"""
JSON_FEED = (
    '{"version":"https://jsonfeed.org/version/1.1","title":"القلم","items":[{"id":"1","title":"خبر",'
    '"content_html":"<p>نص","date_published":"2026-05-09T10:00:00Z","tags":["مصر"]}]}'
)
OPML = """<opml version="2.0"><body><outline text="صحف"><outline text="القلم" xmlUrl="https://a.example/rss"/></outline>
</body></opml>"""
WRITTEN = (
    *("<", ">", "</", "&", "&#x0;", "&nbsp;", "<![CDATA[", "]]>", "<!--", "-->", "<!DOCTYPE", "<a b='", '"', "\x00"),
    *("{", "[", "\\", "\u202e", "\u200f", "\ufeff", "ﻻ", "ًًًً", "١٢", "(", "«", "،", "https://", "#", "_", "\n\n"),
    *("stream\n", "endobj", "<<", "/Filter", "1 0 R", "9999999999", "-1", "%PDF-1.7\n", "PK\x03\x04"),
)
PIECES = (*(piece.encode() for piece in WRITTEN), b"\xff\xfe", b"\xd8", b"\xc7\xe1", b"\x80")


def main() -> int:
    """Run the cases and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=200_000, help="how many in all")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    noise = random.Random(options.seed)  # noqa: S311 - reproducible, not secret
    reports = [_run(target, options.cases * target.share // 100, noise) for target in TARGETS]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak {peak} MB resident, at most {LARGEST}")
    is_good = peak <= LARGEST and all(not report.crashes and report.slowest <= SLOWEST for report in reports)
    print("passed" if is_good else "FAILED")
    return 0 if is_good else 1


@dataclass(frozen=True, slots=True)
class Target:
    """What is fed, with what, and which share of the cases it gets, in percent."""

    name: str
    read: Callable[[bytes], object]
    seeds: Sequence[bytes]
    share: int


@dataclass(frozen=True, slots=True)
class Report:
    """What came of it; ``slowest`` in seconds."""

    crashes: int
    slowest: float


def _run(target: Target, cases: int, noise: random.Random) -> Report:
    crashes, refused, slowest = 0, 0, 0.0
    for _ in range(cases):
        case = _spoilt(target.seeds, noise)
        begun = time.perf_counter()
        try:
            target.read(case)
        except ContentRefused:
            refused += 1
        except Exception as error:  # noqa: BLE001 - this is what is looked for
            crashes += 1
            print(f"{target.name}: {type(error).__name__}: {error}: {case[:200]!r}", file=sys.stderr)
        slowest = max(slowest, time.perf_counter() - begun)
    print(f"{target.name:<10}{cases:>8} cases {refused:>8} refused {crashes:>4} crashes  slowest {slowest:.3f} s")
    return Report(crashes, slowest)


def _spoilt(seeds: Sequence[bytes], noise: random.Random) -> bytes:
    case = bytearray(noise.choice(seeds))
    for _ in range(noise.randint(1, 8)):
        noise.choice(CHANGES)(case, noise)
    return bytes(case[:LONGEST])


def _cut(case: bytearray, noise: random.Random) -> None:
    start = noise.randint(0, len(case))
    del case[start : start + noise.randint(0, 60)]


def _replace(case: bytearray, noise: random.Random) -> None:
    if case:
        case[noise.randrange(len(case))] = noise.randrange(256)


def _insert(case: bytearray, noise: random.Random) -> None:
    place = noise.randint(0, len(case))
    case[place:place] = noise.choice(PIECES) * noise.choice((1, 1, 2, 5, 200))


def _repeat(case: bytearray, noise: random.Random) -> None:
    start = noise.randint(0, len(case))
    part = bytes(case[start : start + noise.randint(1, 80)])
    case[start:start] = part * noise.choice((1, 2, 3, 50))


def _splice(case: bytearray, noise: random.Random) -> None:
    other = noise.choice(ALL_SEEDS)
    start = noise.randint(0, len(other))
    place = noise.randint(0, len(case))
    case[place:place] = other[start : start + noise.randint(0, 300)]


def _word_file() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("word/document.xml", "<w:d xmlns:w='w'><w:p><w:r><w:t>نص الخبر</w:t></w:r></w:p></w:d>")
    return written.getvalue()


def _layout(content: bytes) -> object:
    text = decoded(content)
    return read_layout(text, NOW), [canonical(url) for url in urls_in(text)]


def _page(content: bytes) -> object:
    return read_page(content, "https://a.example/x", None, NOW), feeds_on(content, "https://a.example/x", None)


def _feed(content: bytes) -> object:
    return read_feed(content, "https://a.example/rss", None, NOW)


def _document(content: bytes) -> object:
    return read_document(content, "", NOW)


CHANGES = (_cut, _replace, _insert, _repeat, _splice)
PDFS = tuple(path.read_bytes() for path in sorted((ROOT / "tests/fetch/files").glob("harfbuzz.pdf")))
TEXTS = (ARTICLE.encode(), ARTICLE.encode("cp1256", "replace"), ARTICLE.encode("utf-16"))
FEEDS = (RSS.encode(), ATOM.encode(), JSON_FEED.encode(), RSS.encode("cp1256", "replace"))
ALL_SEEDS = (*TEXTS, PAGE.encode(), *FEEDS, OPML.encode(), _word_file(), *PDFS)
TARGETS = (
    Target("layout", _layout, TEXTS, 30),
    Target("pages", _page, (PAGE.encode(), PAGE.encode("cp1256", "replace")), 15),
    Target("feeds", _feed, FEEDS, 25),
    Target("opml", read_opml, (OPML.encode(),), 15),
    Target("documents", _document, (_word_file(), PAGE.encode(), *TEXTS, *PDFS), 15),
)

if __name__ == "__main__":
    sys.exit(main())
