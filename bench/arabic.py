"""Score and time our reading of Arabic beside named baselines: ``python bench/arabic.py --data DIR``."""

import argparse
import hashlib
import importlib.util
import json
import math
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache, partial
from itertools import accumulate, cycle
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import dateparser  # type: ignore[import-untyped]
import sentencex  # type: ignore[import-untyped]
from nltk.stem.snowball import ArabicStemmer  # type: ignore[import-untyped]

from bot.arabic.dates import date_in
from bot.arabic.layout import Layout, read_layout
from bot.arabic.names import Names
from bot.arabic.normalise import cleaned, normalise
from bot.arabic.sentences import sentences
from bot.arabic.tokens import words
from bot.domain.keyphrases import KnownTag, Lexicon
from bot.domain.topic import Catalogue, Topic, TopicIndex, keyword_keys, topic_key
from config.catalogue import read_catalogue

SAMPLES = Path(__file__).resolve().parent.parent / "bot" / "sandbox" / "samples"
NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
SEED = 20240601


@dataclass(frozen=True, slots=True)
class Article:
    """A published article and the keywords that its editors gave it."""

    name: str
    title: str
    text: str
    tags: tuple[str, ...] = ()

    @property
    def is_held_out(self) -> bool:
        """The half is chosen by the name alone, so it is the same in every run."""
        return bool(hashlib.sha256(self.name.encode()).digest()[0] % 2)

    @property
    def keys(self) -> frozenset[str]:
        """The keywords as they are compared."""
        return frozenset(map(topic_key, self.tags)) - {""}

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs as they may be shown, without the links to other articles between them."""
        return [line for line in cleaned(self.text).split("\n") if words(line) and not _MARKER.match(normalise(line))]


def main() -> None:
    """Print one table: quality where there are labelled rows, speed and growth always."""
    folder: Path | None = options().data
    print("what | ours | baselines | rows | ratio")
    if folder is None:
        print("no --data: speed and growth on bot/sandbox/samples only, nothing is scored")
        _print_speed([_sample(file) for file in sorted(SAMPLES.glob("*.txt"))])
        return
    edited = edited_articles(folder)
    _print_topics(_rows(folder / "tagmatch.jsonl"))
    _print_about(edited)
    _print_footers(edited)
    _print_suggestions(edited)
    _print_sentences(_rows(folder / "sentences.jsonl"))
    _print_quotations(_real_paragraphs(folder, 4000))
    _print_dates(_rows(folder / "dates.jsonl"))
    _print_layout(edited)
    _print_speed(edited)


@dataclass(slots=True)
class Tally:
    """Hits, false alarms and misses of one system."""

    right: int = 0
    false: int = 0
    missed: int = 0

    def add(self, found: Iterable[Any], wanted: Iterable[Any]) -> None:
        """Count what one row found against what it should have found."""
        found, wanted = set(found), set(wanted)
        self.right += len(found & wanted)
        self.false += len(found - wanted)
        self.missed += len(wanted - found)

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / max(1, self.right + self.false)

    @property
    def recall(self) -> float:
        """The share of what is right that was found."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / max(1, 2 * self.right + self.false + self.missed)

    def __str__(self) -> str:
        return f"P {self.precision:.3f} R {self.recall:.3f} F {self.f1:.3f}"


def _print_row(what: str, ours: object, baselines: dict[str, Any], rows: int, ratio: float | None = None) -> None:
    shown = "; ".join(f"{name} {value}" for name, value in baselines.items()) or "-"
    print(f"{what} | {ours} | {shown} | {rows} | {'-' if ratio is None else f'{ratio:.2f}'}", flush=True)


def _print_tallies(what: str, tallies: dict[str, Tally], rows: int, note: str = "") -> None:
    ours, *others = tallies
    best = max((tallies[name].f1 for name in others), default=0)
    baselines = {name: tallies[name] for name in others}
    _print_row(what, f"{tallies[ours]}{note}", baselines, rows, tallies[ours].f1 / best if best else None)


def _print_topics(rows: Sequence[dict[str, Any]]) -> None:
    catalogue = known_names()
    topics = {row["tag"]: catalogue.resolve(row["tag"]) for row in rows}
    index = TopicIndex(topics.values())
    systems: dict[str, Callable[[str, str], bool]] = {
        "ours": lambda tag, text: topics[tag].name in index.mentions(text),
        "Snowball stems": _has_stems,
        "substring": lambda tag, text: tag in text,
    }
    tallies = {name: Tally() for name in systems}
    for row in rows:
        for name, says in systems.items():
            tallies[name].add([1] if says(row["tag"], row["text"]) else [], [1] if row["label"] else [])
    _print_tallies("topics, sentence level", tallies, len(rows))


def _has_stems(tag: str, text: str) -> bool:
    return f" {_stemmed(tag)} " in f" {_stemmed(text)} "


_STEMMER = ArabicStemmer()


def _stemmed(text: str) -> str:
    return " ".join(map(_snowball, _LETTERS.findall(text)))


_LETTERS = re.compile(r"[^\W_]+")


@lru_cache(maxsize=200_000)
def _snowball(word: str) -> str:
    return str(_STEMMER.stem(word))


_FEWEST_TAGGED = 15  # articles: below that a country's figure is chance


def _print_about(edited: Sequence[Article]) -> None:
    countries = [_topic(row) for row in read_catalogue() if row.kind == "country"]
    keys = {topic.name: {topic_key(name) for name in (topic.name, *topic.forms)} for topic in countries}
    tagged = {article.name: {name for name, known in keys.items() if known & article.keys} for article in edited}
    counts = Counter(name for names in tagged.values() for name in names)
    chosen = [topic for topic in countries if counts[topic.name] >= _FEWEST_TAGGED]
    names = {topic.name for topic in chosen}
    index = TopicIndex(chosen)

    tallies = {"ours": Tally(), "any mention": Tally(), "Snowball stems": Tally(), "substring": Tally()}
    held = [article for article in edited if article.is_held_out]
    for article in held:
        reading = index.read(article.title, article.text)
        whole = f"{article.title}\n{article.text}"
        stems = f" {_stemmed(whole)} "
        wanted = tagged[article.name] & names
        tallies["ours"].add((subject.name for subject in reading.subjects), wanted)
        tallies["any mention"].add(reading.mentioned, wanted)
        tallies["Snowball stems"].add((name for name in names if f" {_stemmed(name)} " in stems), wanted)
        tallies["substring"].add((name for name in names if name in whole), wanted)
    _print_tallies(f"about one of {len(chosen)} countries, against editors' keywords", tallies, len(held))


def _print_footers(edited: Sequence[Article]) -> None:
    """Read footers as on the first day, with the tags of the other half, and with those of all other articles."""
    uses = Counter(key for article in edited for key in article.keys)
    names = known_keywords()
    learnt = frozenset(key for article in edited if not article.is_held_out for key in article.keys)
    held = [article for article in edited if article.is_held_out and article.tags]
    _print_footer("keyword footer, only the catalogue's names known", held, lambda _: names)
    _print_footer("keyword footer, tags of the other half known", held, lambda _: names | learnt)
    _print_footer(
        "keyword footer, tags of all other articles known",
        held,
        lambda article: names | {key for key, count in uses.items() if count > (key in article.keys)},
    )


def _print_footer(what: str, held: Sequence[Article], known: Callable[[Article], frozenset[str]]) -> None:
    tallies = {"ours": Tally(), "split on spaces": Tally()}
    exact: Counter[str] = Counter()
    for article in held:
        joined = " ".join(" ".join(article.tags).split())
        page = f"{article.title}\n{article.text}\nكلمات دلالية: {joined}"
        found = {"ours": read_layout(page, NOW, Names(known(article))).tags, "split on spaces": tuple(joined.split())}
        for name, tags in found.items():
            keys = set(map(topic_key, tags)) - {""}
            tallies[name].add(keys, article.keys)
            exact[name] += keys == article.keys
    _print_tallies(what, tallies, len(held), f" all exact {exact['ours'] / len(held):.1%}")


def _print_suggestions(edited: Sequence[Article]) -> None:
    learnt = [article for article in edited if not article.is_held_out]
    held = [article for article in edited if article.is_held_out and article.tags]
    shown = {topic_key(tag): tag for article in learnt for tag in article.tags}
    uses = Counter(key for article in learnt for key in article.keys)
    uncounted = Lexicon((KnownTag(tag, 0, 0) for tag in shown.values()), known_names())
    seen = Counter(tag for article in learnt for tag in uncounted.mentioned(article.title, article.text))
    lexicon = Lexicon((KnownTag(tag, uses[key], seen[tag]) for key, tag in shown.items()), known_names())
    plain = TopicIndex(map(Topic, shown.values()))

    tallies = {"keyphraseness": Tally(), "mention counts": Tally()}
    for article in held:
        counted = plain.mentions(f"{article.title}\n{article.text}")
        most = sorted(counted, key=lambda name: (-counted[name], name))[:5]
        tallies["keyphraseness"].add(map(topic_key, lexicon.suggested(article.title, article.text)), article.keys)
        tallies["mention counts"].add(map(topic_key, most), article.keys)
    _print_tallies("tags without keywords, at most 5", tallies, len(held))


Split = Callable[[str], Sequence[str]]


def _print_sentences(rows: Sequence[dict[str, Any]]) -> None:
    tallies = {name: Tally() for name in _splitters()}
    exact: Counter[str] = Counter()
    for row in rows:
        wanted = _ends(row["sents"])
        for name, split in _splitters().items():
            found = _ends(split(row["text"]))
            tallies[name].add(found, wanted)
            exact[name] += found == wanted
    note = f" exact {exact['ours']}/{len(rows)}"
    _print_tallies("sentence boundaries", tallies, len(rows), note)


@cache
def _splitters() -> dict[str, Split]:
    systems: dict[str, Split] = {
        "ours": sentences,
        "sentencex": lambda text: list(sentencex.segment("ar", text)),
        "regex": lambda text: re.split(r"(?<=[.!?؟…])\s+|\n+", text),
    }
    if importlib.util.find_spec("pyarabic"):
        from sumy.nlp.tokenizers import Tokenizer  # noqa: PLC0415 - it raises without the GPL package

        systems["sumy"] = Tokenizer("arabic").to_sentences
    else:
        print("sumy's Arabic tokenizer is left out: it needs pyarabic")
    return systems


def _ends(pieces: Iterable[str]) -> set[int]:
    """Return where sentences end, in written characters from the start, without the last end."""
    lengths = [len(_written(piece)) for piece in pieces]
    return set(accumulate(size for size in lengths if size)) - {sum(lengths)}


def _written(text: str) -> str:
    return re.sub(r"[\s\u200e\u200f]+", "", text)


# Longer quotations are cut on purpose; a straight quote has no side, so it counts only in pairs.
_QUOTATION = re.compile(r'«[^«»]{1,348}»|“[^“”]{1,348}”|\([^()]{1,348}\)|"[^"]{1,348}"')


def _print_quotations(paragraphs: Sequence[str]) -> None:
    broken: Counter[str] = Counter()
    for paragraph in paragraphs:
        inside = _quoted(paragraph)
        for name, split in _splitters().items():
            broken[name] += bool(_ends(split(paragraph)) & inside)
    baselines = {name: broken[name] for name in _splitters() if name != "ours"}
    _print_row("paragraphs with a quotation broken", broken["ours"], baselines, len(paragraphs))


def _quoted(paragraph: str) -> set[int]:
    if paragraph.count('"') % 2:
        paragraph = paragraph.replace('"', "'")
    inside: set[int] = set()
    for found in _QUOTATION.finditer(paragraph):
        start = len(_written(paragraph[: found.start()]))
        inside |= set(range(start + 1, start + len(_written(found.group()))))
    return inside


def _print_dates(rows: Sequence[dict[str, Any]]) -> None:
    systems: dict[str, Callable[[str, datetime], date | None]] = {"ours": date_in, "dateparser": _parsed}
    counts: dict[str, Counter[str]] = {name: Counter() for name in systems}
    for row in rows:
        now, wanted = datetime.fromisoformat(row["now"]), date.fromisoformat(row["date"])
        for name, read in systems.items():
            found = read(row["text"], now)
            counts[name]["right" if found == wanted else "wrong" if found else "none"] += 1
    ours, theirs = (f"right {count['right'] / len(rows):.1%} wrong {count['wrong']}" for count in counts.values())
    ratio = counts["ours"]["right"] / max(1, counts["dateparser"]["right"])
    _print_row("dates", ours, {"dateparser": theirs}, len(rows), ratio)


def _parsed(text: str, now: datetime) -> date | None:
    found = dateparser.parse(text, languages=["ar", "en"], settings={"RELATIVE_BASE": now.replace(tzinfo=None)})
    return found.date() if found else None


@dataclass(frozen=True, slots=True)
class Page:
    """An article as a site might publish it, and what it is made of."""

    text: str
    article: Article
    published: date
    source: str
    other: Article


_DATE_LABELS = ("تاريخ النشر: ", "نُشر في: ", "نشر بتاريخ ", "آخر تحديث: ", "Published: ", "تاريخ النشر | ", "")
_SOURCE_LABELS = ("المصدر: ", "المصدر : ", "مصدر الخبر: ", "الـمصدر: ", "Source: ", "المصدر - ", "المصدر:\n")
_TAG_LABELS = ("كلمات دلالية: ", "الكلمات المفتاحية: ", "وسوم: ", "كلمات مفتاحية : ", "Tags: ", "هاشتاغ: ", "الوسوم:\n")
_RELATED_LABELS = ("اقرأ أيضاً: ", "إقرأ ايضا: ", "اقرأ أيضًا\n", "طالع أيضا: ", "شاهد أيضاً: ", "مواضيع ذات صلة:\n")
_SOURCES = ("وكالات", "رويترز", "صدى البلد", "الميادين نت", "أ ف ب", "وكالة الأنباء القطرية", "BBC News")
_SEPARATORS = ("، ", ", ", " | ", "؛ ", "\n", "#")
_MONTHS = ("يناير", "شباط/فبراير", "مارس", "نيسان", "ماي", "حزيران/ يونيو", "تموز", "غشت", "أيلول", "أكتوبر")
_EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def _page(article: Article, other: Article, chance: random.Random) -> Page:
    published = date(2023, 1, 1) + timedelta(days=chance.randrange(300))
    source = chance.choice(_SOURCES)
    lines = [article.title, chance.choice(_DATE_LABELS) + _spelled(published, chance)]
    for place, paragraph in enumerate(article.paragraphs):
        if place and chance.random() < 0.1:  # noqa: PLR2004 - a link now and then
            lines.append(f"اقرأ أيضاً: {other.title}")
        lines.append(paragraph)
    footer = [chance.choice(_SOURCE_LABELS) + source, _listed(article.tags, chance)]
    lines += footer if chance.random() < 0.5 else footer[::-1]  # noqa: PLR2004 - either order
    lines += [chance.choice(_RELATED_LABELS) + other.title, *other.paragraphs[:6]]
    return Page("\n".join(lines), article, published, source, other)


def _spelled(day: date, chance: random.Random) -> str:
    month = _MONTHS[day.month - 1]
    spelled = chance.choice(
        (
            f"{day.day} {month} {day.year}",
            f"{month} {day.day}, {day.year}",
            f"{day:%d/%m/%Y}",
            f"{day:%Y-%m-%d}",
            f"{day:%d/%m/%Y} - 14:30",
            f"{day.day} {month} {day.year} الساعة 02:30 م",
            f"{day.day}th, {day:%B} {day.year} GMT" if day.day > 3 else f"{day:%d %B %Y}",  # noqa: PLR2004 - 1st, 2nd
        )
    )
    return spelled.translate(_EASTERN) if chance.random() < 0.3 else spelled  # noqa: PLR2004 - some


def _listed(tags: Sequence[str], chance: random.Random) -> str:
    """Return a label with keywords below or beside it; one keyword to a line stands below."""
    separator = chance.choice(_SEPARATORS)
    label = _TAG_LABELS[-1] if separator == "\n" else chance.choice(_TAG_LABELS)
    if separator == "#":
        return label + " ".join("#" + "_".join(tag.split()) for tag in tags)
    return label + separator.join(tags)


def _print_layout(edited: Sequence[Article]) -> None:
    chance = random.Random(SEED)  # noqa: S311 - pages, no secrets
    usable = [article for article in edited if _is_usable(article)]
    known = Names(key for article in usable if not article.is_held_out for key in article.keys)
    held = [article for article in usable if article.is_held_out]
    pages = [_page(article, _other(article, held, chance), chance) for article in held]
    counts: Counter[str] = Counter()
    for page in pages:
        layout = read_layout(page.text, NOW, known)
        counts.update(_scores(page, layout))
        own, baseline = _shares(page, layout.body), _shares(page, _cut(page.text))
        counts["kept"] += own[0]
        counts["leaked"] += own[1]
        counts["cut kept"] += baseline[0]
        counts["cut leaked"] += baseline[1]
        counts["words"] += _size(page.article.paragraphs)
        counts["other words"] += _size(page.other.paragraphs[:6])
    exact = " ".join(f"{part} {counts[part] / len(pages):.1%}" for part in ("title", "date", "source", "keywords"))
    _print_row("layout, exact", exact, {}, len(pages))
    kept, cut = counts["kept"] / counts["words"], counts["cut kept"] / counts["words"]
    _print_row("layout, body kept", f"{kept:.2%}", {"cut at اقرأ أيضا": f"{cut:.1%}"}, len(pages), kept / cut)
    leaked, cut = counts["leaked"] / counts["other words"], counts["cut leaked"] / counts["other words"]
    _print_row("layout, related text leaked", f"{leaked:.2%}", {"cut at اقرأ أيضا": f"{cut:.1%}"}, len(pages))


def _is_usable(article: Article) -> bool:
    tags = [topic_key(tag) for tag in article.tags]
    return bool(words(article.title) and article.paragraphs and tags and all(tags))


def _other(article: Article, held: Sequence[Article], chance: random.Random) -> Article:
    """Return an article that shares no paragraph with this one, so that nothing of it can be here by right."""
    while True:
        other = chance.choice(held)
        if not {*other.paragraphs, other.title} & {*article.paragraphs, article.title}:
            return other


def _scores(page: Page, layout: Layout) -> Iterator[str]:
    """Yield the parts that were read exactly."""
    if layout.title == cleaned(page.article.title):
        yield "title"
    if layout.published == page.published:
        yield "date"
    if layout.source == page.source:
        yield "source"
    if {topic_key(tag) for tag in layout.tags} == page.article.keys:
        yield "keywords"


def _size(lines: Iterable[str]) -> int:
    return sum(len(line.split()) for line in lines)


def _shares(page: Page, body: Sequence[str]) -> tuple[int, int]:
    """Return the words of the article's own paragraphs in a body, and those of the other article."""
    found = set(map(topic_key, body))
    own = _size(line for line in page.article.paragraphs if topic_key(line) in found)
    return own, _size(line for line in page.other.paragraphs[:6] if topic_key(line) in found)


_MARKER = re.compile(r"[اإأ]قرأ? ?[اأ]?يضا|اقرا ايضا|طالع ايضا|شاهد ايضا|مواضيع ذات صله")


def _cut(page: str) -> list[str]:
    lines = cleaned(page).split("\n")
    end = next((place for place, line in enumerate(lines) if _MARKER.match(normalise(line))), len(lines))
    return lines[1:end]


_FOLLOWED = 10_000
_ARTICLE_WORDS = 400
_LENGTHS = (1_000, 5_000, 20_000)


def _print_speed(articles: Sequence[Article]) -> None:
    stream = " ".join(article.text for article in articles).split(" ")
    texts = [" ".join(_run(stream, start * 397, _ARTICLE_WORDS)) for start in range(150)]
    topics = _followed(articles)
    index = TopicIndex(topics)
    names = [topic.name for topic in topics]
    ours = len(texts) / _seconds(lambda: [index.read(text[:80], normalise(text)) for text in texts])
    substring = 8 / _seconds(lambda: [[name in text for name in names] for text in texts[:8]])
    _print_row(
        f"articles/s, normalise + topics, {_ARTICLE_WORDS} words, {len(topics)} topics",
        f"{ours:.0f}",
        {"substring": f"{substring:.0f}"},
        len(texts),
        ours / substring,
    )
    lines = [paragraph for article in articles for paragraph in article.paragraphs]
    _print_growth("normalise + topics", lambda text: index.read("", normalise(text)), lines)
    _print_growth("sentences", sentences, lines)
    _print_growth("layout", lambda text: read_layout(text, NOW), lines)
    _print_growth("dates", lambda text: date_in(text, NOW), lines)
    _print_hostile(index)


def _run(stream: Sequence[str], start: int, count: int) -> Iterator[str]:
    return (stream[(start + place) % len(stream)] for place in range(count))


def _followed(articles: Sequence[Article]) -> list[Topic]:
    """Return the catalogue, the editors' tags, and pairs of words that readers might type, up to the number wanted."""
    topics = {topic.name: topic for topic in map(_topic, read_catalogue())}
    for tag in (tag for article in articles for tag in article.tags):
        topics.setdefault(tag, Topic(tag))
    chance = random.Random(SEED)  # noqa: S311 - names, no secrets
    vocabulary = sorted({word for article in articles for word in words(article.text) if len(word) > 3})  # noqa: PLR2004
    while len(topics) < _FOLLOWED:
        name = " ".join(chance.sample(vocabulary, chance.choice((1, 2, 2, 3))))
        topics.setdefault(name, Topic(name))
    return list(topics.values())[:_FOLLOWED]


def _print_growth(what: str, work: Callable[[str], object], lines: Sequence[str]) -> None:
    """Print what a word costs in texts of each length: the same 20,000 words, cut into as many texts as they fill."""
    costs = {length: _seconds(partial(_all, work, list(_texts(lines, length)))) for length in _LENGTHS}
    shown = " ".join(f"{length // 1000}k {cost / _LENGTHS[-1] * 1e6:.2f}" for length, cost in costs.items())
    _print_row(f"growth, {what}", f"{shown} µs/word", {}, len(_LENGTHS), costs[_LENGTHS[-1]] / costs[_LENGTHS[0]])


def _all(work: Callable[[str], object], texts: Iterable[str]) -> None:
    for text in texts:
        work(text)


def _texts(lines: Sequence[str], length: int) -> Iterator[str]:
    """Yield texts of ``length`` words that hold the same 20,000 words together."""
    text: list[str] = []
    for line in _first_words(lines, _LENGTHS[-1]):
        text.append(line)
        if sum(map(len, map(str.split, text))) >= length:
            yield "\n".join(text)
            text = []
    if text:
        yield "\n".join(text)


def _first_words(lines: Sequence[str], count: int) -> Iterator[str]:
    for line in cycle(lines):
        yield line
        count -= len(line.split())
        if count <= 0:
            return


def _seconds(work: Callable[[], object]) -> float:
    """Return the best of five runs: what else the machine does only ever adds."""
    best = math.inf
    for _ in range(5):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


_HOSTILE = {
    "10,000 combining marks": "ا" + "\u064b\u0301" * 5_000,
    "bidi controls": "\u202e\u2066روسيا\u2069\u202c " * 5_000,
    "lone surrogates": "روسيا \ud800\udfff\ud83d " * 5_000,
    "NUL": "روسيا\x00 " * 10_000,
    "1 MB on one line": "قالت روسيا إن (الاتفاق) سينفذ. " * 17_000,
    "1 MB of quotes": '"«(' * 175_000,
    "1 MB of stops": "كلمة.. " * 80_000,
    "1 MB without a space": "ا" * 500_000,
    "1 MB of digits": "21/08/2023 " * 50_000,
}


def _print_hostile(index: TopicIndex) -> None:
    for name, text in _HOSTILE.items():
        start = time.perf_counter()
        index.read(text, text)
        sentences(text)
        date_in(text, NOW)
        layout = read_layout(f"عنوان\n{text}\nالمصدر: وكالات", NOW)
        "\n".join((layout.title, *layout.body, *layout.related)).encode()
        _print_row(f"hostile, {name}", f"{time.perf_counter() - start:.2f} s for all four", {}, 1)


def options() -> argparse.Namespace:
    """Return what the command line says: ``data``, a folder or None."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", type=Path, help="folder with tagmatch.jsonl, sentences.jsonl, dates.jsonl, summaries/"
    )
    return parser.parse_args()


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line]


def edited_articles(folder: Path) -> list[Article]:
    """Return the articles with editors' keywords; one that stands in two files counts once."""
    files = (folder / "summaries" / name for name in ("mayadeen.jsonl", "nonnews.jsonl"))
    rows = {row["id"]: row for file in files for row in _rows(file)}
    return [Article(name, row["title"] or "", row["text"], tuple(row["tags"])) for name, row in rows.items()]


def _real_paragraphs(folder: Path, count: int) -> list[str]:
    """Return real paragraphs, as many from each of the files."""
    files = [folder / "summaries" / f"{name}.jsonl" for name in ("bbc", "france24", "mayadeen", "nonnews")]
    chance = random.Random(SEED)  # noqa: S311 - a sample
    chosen: list[str] = []
    for file in files:
        lines = {line.strip() for row in _rows(file) for line in row["text"].splitlines() if words(line)}
        chosen += chance.sample(sorted(lines), count // len(files))
    return chosen


def _sample(file: Path) -> Article:
    title, *lines = file.read_text("utf-8").splitlines()
    return Article(file.stem, title, "\n".join(lines))


@cache
def known_names() -> Catalogue:
    """Return the topics that the project ships with."""
    return Catalogue(map(_topic, read_catalogue()))


def known_keywords() -> frozenset[str]:
    """Return what an editor may write as one keyword for these topics."""
    return frozenset(key for row in read_catalogue() for key in keyword_keys(_topic(row)))


def _topic(row: Any) -> Topic:
    return Topic(row.name, row.forms, row.nisba, row.plurals, row.capital, row.is_ambiguous, row.qualified, row.blocks)


if __name__ == "__main__":
    main()
