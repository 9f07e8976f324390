"""Score and time our summaries beside LEAD and four summarizers as sumy ships them: ``bench/summary.py --data DIR``.

DIR/summaries holds bbc, france24, mayadeen, nonnews and easc.jsonl: title, text and the summaries that people wrote.
"""

import argparse
import json
import random
import re
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from rouge import paired_interval, rouge
from shipped import shipped_summarizers

from bot.arabic.sentences import sentences
from bot.summarize.budget import Budget
from bot.summarize.summarizer import SumySummarizer
from bot.summarize.wrapping import unwrapped

CARD = Budget()
BASELINE = "sumy LexRank"
HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parent / "bot" / "sandbox" / "samples"


@dataclass(frozen=True, slots=True)
class Piece:
    """An article, and the summaries people wrote of it."""

    title: str
    lines: tuple[str, ...]
    summaries: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return the lines as one text."""
        return "\n".join(self.lines)

    @property
    def folded(self) -> str:
        """Return the text with its white space folded."""
        return " ".join(self.text.split())


System = Callable[[Piece, Budget], Sequence[str]]
Measure = Callable[[str, Piece], float]


def main() -> None:
    """Print quality, junk, cleanliness, speed and memory."""
    options = _options()
    systems = _systems()
    sets = _sets(options.data, options.rows) if options.data else {}
    if not sets:
        print("no --data with summaries/*.jsonl: nothing is scored, speed is measured on bot/sandbox/samples")
    for measured in MEASURES:
        if measured.of in sets:
            _print_quality(measured, sets[measured.of], systems)
    news = [piece for name in NEWS for piece in sets.get(name, [])]
    if news:
        _print_junk(news)
        _print_cleanliness([piece for pieces in sets.values() for piece in pieces])
    _print_speed(news or [_sample(file) for file in sorted(SAMPLES.glob("*.txt"))], systems)


def ours(piece: Piece, budget: Budget) -> Sequence[str]:
    """Return our summary."""
    return _SUMMARIZER(piece.title, piece.lines, (), budget)


_SUMMARIZER = SumySummarizer()


def lead(piece: Piece, budget: Budget) -> Sequence[str]:
    """Return the first sentences that fit."""
    return _fitting(sentences("\n".join(unwrapped(piece.lines))), str, budget)


def _systems() -> dict[str, System]:
    found: dict[str, System] = {"ours": ours, "LEAD": lead}
    try:
        shipped = shipped_summarizers()
    except ImportError as missing:
        print(f"sumy's own summarizers are left out: {missing}; `make bench-summary` brings what they need")
        return found

    def system(summary: Any) -> System:
        def choosing(budget: Budget) -> Callable[[Iterable[Any]], list[Any]]:
            return lambda rated: _fitting(rated, lambda info: str(info.sentence), budget)

        return lambda piece, budget: summary(piece.text, choosing(budget))

    return found | {name: system(summary) for name, summary in shipped.items()}


def _fitting(ranked: Iterable[Any], text: Callable[[Any], str], budget: Budget) -> list[Any]:
    """Return the best that fit the budget, skipping what does not."""
    chosen: list[Any] = []
    room = budget.chars + 1
    for item in ranked:
        if len(chosen) < budget.sentences and len(text(item)) < room:
            chosen.append(item)
            room -= len(text(item)) + 1
    return chosen


@dataclass(frozen=True, slots=True)
class Measured:
    """One column of the comparison: a measure on a set with a budget."""

    of: str
    name: str
    measure: Measure
    budget: Callable[[Piece], Budget] = lambda _: CARD


def _recall(summary: str, piece: Piece) -> float:
    return statistics.fmean(rouge(summary, text).recall for text in piece.summaries)


def _f1(size: int) -> Measure:
    return lambda summary, piece: statistics.fmean(rouge(summary, text, size).f1 for text in piece.summaries)


def _share(piece: Piece) -> Budget:
    """Return room for 40 % of the text, as most papers about EASC have it."""
    return Budget(sentences=1000, chars=max(2, len(piece.folded) * 2 // 5))


NEWS = ("bbc", "france24", "mayadeen")
MEASURES = (
    *(Measured(name, "ROUGE-1 recall of the card", _recall) for name in (*NEWS, "nonnews")),
    Measured("easc", "ROUGE-1 F1 of the card, mean of five readers", _f1(1)),
    Measured("easc", "ROUGE-1 F1 of 40 %", _f1(1), _share),
    Measured("easc", "ROUGE-2 F1 of 40 %", _f1(2), _share),
)


def _print_quality(measured: Measured, pieces: Sequence[Piece], systems: dict[str, System]) -> None:
    print(f"\n{measured.of}: {measured.name} ({len(pieces)} articles)")
    scores = {
        name: [measured.measure(" ".join(system(piece, measured.budget(piece))), piece) for piece in pieces]
        for name, system in systems.items()
    }
    for name, values in scores.items():
        mean, low, high = paired_interval([mine - other for mine, other in zip(scores["ours"], values, strict=True)])
        beside = "" if name == "ours" else f"   ours {mean:+.4f} [{low:+.4f}, {high:+.4f}]"
        print(f"  {name:15}{statistics.fmean(values):.4f}{beside}")


_JUNK_BEFORE, _JUNK_INSIDE = 2, 2
_JUNK_ROWS = 600


def _print_junk(news: Sequence[Piece]) -> None:
    junk = [line for line in (HERE / "junk.txt").read_text("utf-8").splitlines() if line and not line.startswith("# ")]
    chance = random.Random(7)  # noqa: S311  # the same noise each time
    pieces = chance.sample(news, min(_JUNK_ROWS, len(news)))
    dirty = [_littered(piece, chance.sample(junk, _JUNK_BEFORE + _JUNK_INSIDE), chance) for piece in pieces]
    print(
        f"\njunk: title again, {_JUNK_BEFORE} lines before the text and {_JUNK_INSIDE} inside ({len(pieces)} articles)"
    )
    for name, system in {"ours": ours, "LEAD": lead}.items():
        clean = statistics.fmean(_recall(" ".join(system(piece, CARD)), piece) for piece in pieces)
        cards = [system(piece, CARD) for piece in dirty]
        littered = statistics.fmean(_recall(" ".join(card), piece) for card, piece in zip(cards, pieces, strict=True))
        shown = statistics.fmean(
            any(_is_of(sentence, piece.title, junk) for sentence in card)
            for card, piece in zip(cards, pieces, strict=True)
        )
        print(f"  {name:15}recall {clean:.4f} clean, {littered:.4f} littered; {shown:.1%} of cards show it")


def _littered(piece: Piece, junk: Sequence[str], chance: random.Random) -> Piece:
    lines = [line for line in piece.lines if line.strip()]
    for line in junk[_JUNK_BEFORE:]:
        lines.insert(chance.randint(1, max(1, len(lines) - 1)), line)
    return Piece(piece.title, (piece.title, *junk[:_JUNK_BEFORE], *lines), piece.summaries)


def _is_of(sentence: str, title: str, junk: Sequence[str]) -> bool:
    said = sentence.removesuffix("…")
    return said == title or any(said in line for line in junk)


# Not the product's lists: what an editor would strike at the start of a card.
_DANGLING = re.compile(
    r"[\W_]*(?:[وف]?(?:أضاف|تابع|أردف|استطرد|ختم)ت?|كما|و?كذلك|و?بدوره|و?بدورها|و?من جهت(?:ه|ها)|و?من جانب(?:ه|ها)"
    r"|و?في المقابل|و?لكن(?:ه|ها)?|إلا أن|غير أن|وقد|[وف]?(?:هو|هي|هم|هذا|هذه|ذلك|تلك)|و?إن(?:ه|ها)|و?لأن|و?لذلك"
    r"|و?إضافة إلى|و?بالإضافة إلى|إلى ذلك|و?فيما|و?بينما|و?أيضا|ثم|حيث)\b"
)
_OPEN_ENDS = ("،", ":", "؛", ",", ";")


def _print_cleanliness(pieces: Sequence[Piece]) -> None:
    cards = [(ours(piece, CARD), piece) for piece in pieces]
    faults: dict[str, Callable[[Sequence[str], Piece], bool]] = {
        "over the budget": lambda card, _: len(card) > CARD.sentences or len(" ".join(card)) > CARD.chars,
        "not word for word": lambda card, piece: any(text.removesuffix("…") not in piece.folded for text in card),
        "empty": lambda card, _: not card,
        "with an open end": lambda card, _: any(text.endswith(_OPEN_ENDS) for text in card),
        "with a dangling start": lambda card, _: bool(card) and _DANGLING.match(card[0]) is not None,
        "with a cut sentence": lambda card, piece: bool(card) and card[-1] not in piece.folded,
    }
    print(f"\ncards ({len(cards)})")
    for name, is_at_fault in faults.items():
        found = sum(is_at_fault(card, piece) for card, piece in cards)
        print(f"  {name:24}{found:>5}  {found / len(cards):.2%}")


_TYPICAL = range(300, 401)  # words
_TIMED = 100
_LONG = (5_000, 10_000, 20_000)  # words


def _print_speed(pieces: Sequence[Piece], systems: dict[str, System]) -> None:
    typical = [piece for piece in pieces if len(piece.text.split()) in _TYPICAL][:_TIMED] or list(pieces)
    times: dict[str, list[float]] = {name: [] for name in systems}
    for system in systems.values():
        system(typical[0], CARD)
    for piece in typical:
        # The systems take turns on each article: what else the machine does then weighs on all of them.
        for name, system in systems.items():
            times[name].append(_milliseconds(system, piece))
    print(f"\nspeed ({len(typical)} articles of {_TYPICAL.start} to {_TYPICAL[-1]} words)")
    for name, taken in times.items():
        median = statistics.median(taken)
        ratio = f"   {median / statistics.median(times[BASELINE]):.2f} of {BASELINE}" if BASELINE in times else ""
        print(f"  {name:15}{median:6.2f} ms median{ratio}")
    print("\nlong articles, ours")
    for size in _LONG:
        long = _joined(pieces, size)
        quickest = min(_milliseconds(ours, long) for _ in range(3))
        print(f"  {size:>6} words{quickest:8.1f} ms{_peak(long) / 2**20:8.1f} MiB at most")


def _milliseconds(system: System, piece: Piece) -> float:
    start = time.perf_counter()
    system(piece, CARD)
    return (time.perf_counter() - start) * 1000


def _peak(piece: Piece) -> int:
    tracemalloc.start()
    ours(piece, CARD)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def _joined(pieces: Sequence[Piece], size: int) -> Piece:
    """Return one article of that many words, made of the texts one after another and again."""
    lines: list[str] = []
    count = 0
    while count < size:
        for line in (line for piece in pieces for line in piece.lines if line.strip()):
            if count >= size:
                break
            lines.append(line)
            count += len(line.split())
    return Piece(pieces[0].title, tuple(lines))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with summaries/*.jsonl")
    parser.add_argument("--rows", type=int, help="score only so many rows of each set")
    return parser.parse_args()


def _sets(folder: Path, rows: int | None) -> dict[str, list[Piece]]:
    return {
        file.stem: [_piece(json.loads(row)) for row in file.read_text("utf-8").splitlines() if row][:rows]
        for file in sorted((folder / "summaries").glob("*.jsonl"))
    }


def _piece(row: dict[str, Any]) -> Piece:
    return Piece(row.get("title") or "", tuple(row["text"].splitlines()), tuple(row["summaries"]))


def _sample(file: Path) -> Piece:
    title, *lines = file.read_text("utf-8").splitlines()
    return Piece(title, tuple(lines))


if __name__ == "__main__":
    main()
