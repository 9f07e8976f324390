"""Score how stories and copies are told, and time it in a large archive: ``bench/stories.py --data DIR``.

DIR holds samestory.jsonl (pairs of reports, labelled same, related or different) and summaries/*.jsonl (title, text).
"""

import argparse
import json
import math
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import sqlalchemy as sa
from rapidfuzz.fuzz import token_set_ratio

from bot.arabic.normalise import normalise
from bot.arabic.sentences import sentences
from bot.domain.article import Article, Traces, fingerprint
from bot.domain.copies import wording
from bot.domain.story import Lead, Span, lead_stems, same_story
from bot.storage.database import scratch, upgrade, url_of
from bot.storage.keeping import added
from bot.storage.lookup import neighbours, remember
from bot.storage.places import original_of, story_told
from bot.storage.tables import articles, stories

SEED = 20260314
NOW = datetime(2026, 3, 14, 6, tzinfo=UTC)
KEPT = timedelta(days=180)
Score = Callable[["Text", "Text"], float]


@dataclass(frozen=True, slots=True)
class Text:
    """A report: its headline, its paragraphs and when it was published."""

    title: str
    lines: tuple[str, ...]
    at: datetime = NOW

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems by which it is compared."""
        return lead_stems(self.title, self.lines)

    def article(self, name: str) -> Article:
        """Return it as an article that was collected when it was published."""
        return Article(name, self.title, self.lines, (), "", (), (), self.at)


def main() -> None:
    """Print one line a measure."""
    options = _options()
    if options.data is None:
        print("no --data: nothing is measured; it wants a folder with samestory.jsonl and summaries/*.jsonl")
        return
    pairs = list(_pairs(options.data / "samestory.jsonl"))
    _print_stories(pairs)
    texts = list(_texts(options.data / "summaries"))
    chance = random.Random(SEED)  # noqa: S311 - a sample
    chance.shuffle(texts)
    known = texts[len(texts) // 3 :]
    strangers = list(_unlike(known, texts[: len(texts) // 3]))
    with tempfile.TemporaryDirectory() as folder:
        address = options.database or str(Path(folder) / "archive.sqlite")
        upgrade(address)
        engine = sa.create_engine(url_of(address))
        with engine.connect() as connection:
            _fill(connection, known, options.stored, chance)
            _print_size(connection)
            _print_copies(connection, known[: options.rows], chance)
            _print_strangers(connection, strangers[: options.rows])
            _print_speed(connection, strangers[: options.rows])
            _print_found(connection, pairs)
        engine.dispose()


def _print_stories(pairs: Sequence[tuple[Text, Text, bool]]) -> None:
    truth = [is_same for _, _, is_same in pairs]
    print(f"same story ({len(pairs)} pairs, {sum(truth)} of one event)")
    ours = [_is_one_story(one, other) for one, other, _ in pairs]
    print(f"  {'ours, each pair alone':44}{_line(truth, ours)}   95 %: {_interval(truth, ours)}")
    print(f"  {'ours, all pairs in one archive':44}{_line(truth, _streamed(pairs))}")
    frequency = Counter(stem for pair in pairs for text in pair[:2] for stem in set(text.stems))
    rarity = {stem: math.log((2 * len(pairs) + 1) / (count + 1)) + 0.1 for stem, count in frequency.items()}
    baselines: dict[str, Score] = {
        "cosine alone, rarity in these rows": lambda one, other: _cosine(one, other, rarity),
        "cosine alone, no rarity": lambda one, other: _cosine(one, other, {}),
        "rapidfuzz token_set_ratio of headlines": lambda one, other: token_set_ratio(
            normalise(one.title), normalise(other.title)
        ),
    }
    for name, score in baselines.items():
        scores = [score(one, other) for one, other, _ in pairs]
        told = max(([mine >= least for mine in scores] for least in scores), key=lambda told: _scores(truth, told)[2])
        print(f"  {name:44}{_line(truth, told)}   at the threshold that is best here")


def _is_one_story(one: Text, other: Text) -> bool:
    with scratch() as connection:
        places = [
            added(connection, text.article(name), Traces(text.stems)) for name, text in (("a", one), ("b", other))
        ]
    return places[0].story_id == places[1].story_id


def _streamed(pairs: Sequence[tuple[Text, Text, bool]]) -> list[bool]:
    """Tell by an archive to which all reports were added, in the order of their publication."""
    rows = sorted(((text, number) for number, pair in enumerate(pairs) for text in pair[:2]), key=lambda row: row[0].at)
    told: dict[int, set[int]] = {}
    with scratch() as connection:
        for place, (text, number) in enumerate(rows):
            story = added(connection, text.article(str(place)), Traces(text.stems)).story_id
            told.setdefault(number, set()).add(story)
    return [len(told[number]) == 1 for number in range(len(pairs))]


def _cosine(one: Text, other: Text, rarity: dict[str, float]) -> float:
    left, right = (
        {stem: (1 + math.log(count)) * rarity.get(stem, 1.0) for stem, count in Counter(text.stems).items()}
        for text in (one, other)
    )
    length = math.hypot(*left.values()) * math.hypot(*right.values())
    return sum(weight * right.get(stem, 0.0) for stem, weight in left.items()) / length if length else 0.0


def _scores(truth: Sequence[bool], told: Sequence[bool]) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    hits = sum(is_so and is_told for is_so, is_told in zip(truth, told, strict=True))
    precision, recall = hits / max(1, sum(told)), hits / max(1, sum(truth))
    return precision, recall, 2 * hits / max(1, sum(told) + sum(truth))


def _line(truth: Sequence[bool], told: Sequence[bool]) -> str:
    precision, recall, f1 = _scores(truth, told)
    return f"F1 {f1:.3f}  precision {precision:.3f}  recall {recall:.3f}"


def _interval(truth: Sequence[bool], told: Sequence[bool]) -> str:
    chance = random.Random(SEED)  # noqa: S311 - a sample
    draws = [chance.choices(range(len(truth)), k=len(truth)) for _ in range(2_000)]
    scores = [_scores([truth[at] for at in draw], [told[at] for at in draw]) for draw in draws]
    ends = [(values[50], values[1_949]) for values in (sorted(column) for column in zip(*scores, strict=True))]
    return f"F1 {ends[2][0]:.2f} to {ends[2][1]:.2f}, precision {ends[0][0]:.2f} to {ends[0][1]:.2f}"


_AT_ONCE = 2_000
_SENTENCES = (4, 10)
_LATE = timedelta(days=2)


def _fill(connection: sa.Connection, known: Sequence[Text], size: int, chance: random.Random) -> None:
    """Store these texts, and as many made of their sentences as it takes, as the archive itself would."""
    start = time.perf_counter()
    pool = [line for text in known for line in sentences("\n".join(text.lines))]
    connection.execute(sa.insert(stories).values(opened_at=NOW))
    for first in range(0, size, _AT_ONCE):
        rows = []
        for number in range(first, min(first + _AT_ONCE, size)):
            made = known[number] if number < len(known) else _made(known, pool, chance)
            ago = KEPT * (1 - number / size) + _LATE * chance.random()  # archives grow with the days
            rows.append((number + 1, replace(made, at=NOW - ago)))
        connection.execute(sa.insert(articles), [_row(number, text) for number, text in rows])
        for number, text in rows:
            remember(connection, number, text.stems, Span.of(None, text.at), wording(text.lines).sketch)
        connection.commit()
        if not (first + _AT_ONCE) % 20_000:
            print(
                f"  … {first + _AT_ONCE} stored after {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True
            )
    connection.execute(sa.text("ANALYZE"))
    connection.commit()
    taken = time.perf_counter() - start
    each = taken / size * 1000
    print(f"\narchive: {size} articles, {len(known)} of them real, stored in {taken:.0f} s ({each:.2f} ms each)")


def _made(known: Sequence[Text], pool: Sequence[str], chance: random.Random) -> Text:
    return Text(chance.choice(known).title, tuple(chance.choices(pool, k=chance.randint(*_SENTENCES))))


def _row(number: int, text: Text) -> dict[str, Any]:
    return {
        "fingerprint": f"{number}",
        "story_id": 1,
        "title": text.title,
        "body": list(text.lines),
        "summary": [],
        "summary_version": "",
        "stems": " ".join(text.stems),
        "collected_at": text.at,
    }


_POSTGRES_SIZE = """SELECT sum(pg_total_relation_size(relid)) FROM pg_stat_user_tables WHERE relname LIKE :name"""


def _print_size(connection: sa.Connection) -> None:
    is_sqlite = connection.dialect.name == "sqlite"
    size_of = "SELECT sum(pgsize) FROM dbstat WHERE name LIKE :name" if is_sqlite else _POSTGRES_SIZE
    try:
        sizes = {
            name: connection.scalar(sa.text(size_of), {"name": name}) for name in ("%", "lead_index%", "%shingles%")
        }
    except sa.exc.OperationalError:
        print("  size: this SQLite has no dbstat")
        return
    whole, leads, copies = (float(size) / 2**20 for size in sizes.values())
    print(f"  size: {whole:.0f} MiB, of which the index of leads {leads:.0f} and the sketches {copies:.0f}")


def _changes(chance: random.Random) -> dict[str, Callable[[Text], Text]]:
    def edited(text: Text, share: float) -> Text:
        lines = [
            " ".join(chance.choice(words) if chance.random() < share else word for word in words)
            for line in text.lines
            if (words := line.split())
        ]
        return replace(text, lines=tuple(lines))

    def cut(text: Text) -> Text:
        words = "\n".join(text.lines).split(" ")
        return replace(text, lines=tuple(" ".join(words[: len(words) * 2 // 3]).split("\n")))

    def retitled(text: Text) -> Text:
        return replace(text, title="نص منقول كما ورد من المصدر")

    def framed(text: Text) -> Text:
        lead, foot = (
            "ننشر فيما يلي نص الخبر كما وصل إلى هيئة التحرير مساء اليوم.",
            "المصدر: وكالات. تابعونا على القناة.",
        )
        return replace(text, lines=(lead, *text.lines, foot))

    return {
        "another headline": retitled,
        "a lead and a source line added": framed,
        "5 % of words changed": lambda text: edited(text, 0.05),
        "10 % of words changed": lambda text: edited(text, 0.10),
        "cut to two thirds": cut,
        "all of it, with 5 %": lambda text: retitled(framed(cut(edited(text, 0.05)))),
        "all of it, with 10 %": lambda text: retitled(framed(cut(edited(text, 0.10)))),
    }


def _print_copies(connection: sa.Connection, known: Sequence[Text], chance: random.Random) -> None:
    print(f"\nnear copies ({len(known)} real articles, each changed so)")
    hits = queries = 0
    for name, change in _changes(chance).items():
        found = 0
        for number, text in enumerate(known, start=1):
            place = added(connection, change(text).article("copy"), Traces(text.stems))
            connection.rollback()
            found += place.copy_of == str(number) or _are_equal(text, known, place.copy_of)
        hits, queries = hits + found, queries + len(known)
        print(f"  {name:44}recall {found / len(known):.4f}")
    print(f"  {'all':44}recall {hits / queries:.4f}")


def _are_equal(text: Text, known: Sequence[Text], other: str | None) -> bool:
    """Tell if another row, that was told instead, has the same text: the sets hold a few articles twice."""
    return (
        other is not None
        and int(other) <= len(known)
        and fingerprint("", known[int(other) - 1].lines) == fingerprint("", text.lines)
    )


def _unlike(known: Sequence[Text], others: Sequence[Text]) -> Iterator[Text]:
    """Leave out what the sets hold twice: half of its paragraphs are those of one known text, letter for letter."""
    where: dict[str, set[int]] = {}
    for number, text in enumerate(known):
        for line in text.lines:
            where.setdefault(line, set()).add(number)
    for text in others:
        shared = Counter(number for line in set(text.lines) for number in where.get(line, ()))
        if 2 * max(shared.values(), default=0) < len(set(text.lines)):
            yield text


def _print_strangers(connection: sa.Connection, strangers: Sequence[Text]) -> None:
    false = 0
    for text in strangers:
        false += added(connection, text.article("stranger"), Traces(text.stems)).copy_of is not None
        connection.rollback()
    print(f"  {'taken for copies, of articles never stored':44}{false} of {len(strangers)}")


def _print_speed(connection: sa.Connection, strangers: Sequence[Text]) -> None:
    taken: dict[str, list[tuple[float, float]]] = {}
    chance = random.Random(SEED)  # noqa: S311 - a sample
    for text in strangers:
        for name, step in _steps(connection, replace(text, at=NOW - KEPT * chance.random())).items():
            taken.setdefault(name, []).append(_milliseconds(step))
        connection.rollback()
    print(f"\nspeed ({len(strangers)} real articles, one after another)")
    for name, times in taken.items():
        passed, worked = (sorted(column) for column in zip(*times, strict=True))
        print(
            f"  {name:44}{statistics.median(passed):.2f} ms median, {passed[len(passed) * 95 // 100]:.2f} ms at 95 %,"
            f" {statistics.median(worked):.2f} ms of processor at the median"
        )


def _steps(connection: sa.Connection, new: Text) -> dict[str, Callable[[], object]]:
    reported, stems = Span.of(None, new.at), new.stems
    return {
        "is it a copy: shingled, looked up, compared": lambda: original_of(connection, wording(new.lines)),
        "is it a report: looked up, compared": lambda: story_told(connection, stems, reported),
        "both, and the article kept": lambda: added(connection, new.article("new"), Traces(stems)),
    }


def _milliseconds(step: Callable[[], object]) -> tuple[float, float]:
    """Return the time that passed, and the processor's share of it: the machine may be busy with something else."""
    passed, worked = time.perf_counter(), time.thread_time()
    step()
    return (time.perf_counter() - passed) * 1000, (time.thread_time() - worked) * 1000


def _print_found(connection: sa.Connection, pairs: Sequence[tuple[Text, Text, bool]]) -> None:
    """Print how many of the reports that are alike enough are among the candidates, in days full of others."""
    found = wanted = 0
    chance = random.Random(SEED)  # noqa: S311 - a sample
    for one, other, _ in pairs:
        moment = NOW - KEPT * chance.random()
        reported = Span.of(None, moment)
        if same_story(other.stems, reported, [Lead(1, one.stems, reported)]) is None:
            continue
        wanted += 1
        number = connection.execute(
            sa.insert(articles).returning(articles.c.id), _row(0, replace(one, at=moment))
        ).scalar_one()
        remember(connection, number, one.stems, reported, ())
        found += number in neighbours(connection, other.stems, reported.widened)
        connection.rollback()
    print(f"  {'reports alike enough that are looked up':44}{found} of {wanted}")


def _pairs(file: Path) -> Iterator[tuple[Text, Text, bool]]:
    for line in file.read_text("utf-8").splitlines():
        row = json.loads(line)
        one, other = (
            Text(it["title"], tuple(it["text"].splitlines()), parsedate_to_datetime(it["date"]).astimezone(UTC))
            for it in (row["a"], row["b"])
        )
        yield one, other, row["label"] == "same"


def _texts(folder: Path) -> Iterator[Text]:
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            yield Text(row.get("title") or "", tuple(row["text"].splitlines()))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", help="an empty one, by its URL; else one of SQLite's that is thrown away")
    parser.add_argument("--data", type=Path, help="folder with samestory.jsonl and summaries/*.jsonl")
    parser.add_argument("--stored", type=int, default=100_000, help="articles in the archive that is searched")
    parser.add_argument("--rows", type=int, default=500, help="real articles for each measure")
    return parser.parse_args()


if __name__ == "__main__":
    main()
