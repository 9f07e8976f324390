"""Score and time our summaries beside LEAD and sumy's own LexRank: ``python bench/summary.py --data DIR``."""

import argparse
import importlib.util
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.lex_rank import LexRankSummarizer

from bot.arabic.sentences import sentences
from bot.arabic.stems import STOP_WORDS, stem
from bot.arabic.tokens import words
from bot.summarize import Budget, SumySummarizer
from bot.summarize.tokenizer import ArabicTokenizer
from bot.summarize.wrapping import unwrapped

BUDGET = Budget()
BASELINE = "sumy LexRank"
SAMPLES = Path(__file__).resolve().parent.parent / "bot" / "sandbox" / "samples"


@dataclass(frozen=True, slots=True)
class Piece:
    """An article, and the summaries people wrote of it."""

    title: str
    lines: tuple[str, ...]
    tags: tuple[str, ...] = ()
    summaries: tuple[str, ...] = ()


Score = Callable[[str, str], float]


def main() -> None:
    """Print a table for each set of articles, or for the samples when there is no set."""
    options = _options()
    score = _scorer(options.scorer) if options.scorer else unigram_recall
    files = sorted(options.data.glob("*.jsonl")) if options.data else []
    for file in files:
        _report(file.stem, [_piece(json.loads(row)) for row in file.read_text("utf-8").splitlines() if row], score)
    if not files:
        print("no --data with *.jsonl: speed on bot/sandbox/samples only, nothing is scored")
        _report("samples", [_sample(file) for file in sorted(SAMPLES.glob("*.txt"))], score)


def unigram_recall(summary: str, reference: str) -> float:
    """Return ROUGE-1 recall on normalised words: the share of the reference's words that the summary has."""
    wanted, present = Counter(words(reference)), Counter(words(summary))
    return (wanted & present).total() / max(1, wanted.total())


def ours(piece: Piece) -> Sequence[str]:
    """Return our summary."""
    return _SUMMARIZER(piece.title, piece.lines, piece.tags, BUDGET)


_SUMMARIZER = SumySummarizer()


def lead(piece: Piece) -> Sequence[str]:
    """Return the first sentences that fit."""
    return _within_budget(_sentences(piece))


def lexrank(piece: Piece) -> Sequence[str]:
    """Return what sumy's LexRank likes best, with our sentences, words and stems."""
    document = ObjectDocumentModel([Paragraph(Sentence(text, _TOKENIZER) for text in _sentences(piece))])
    summarizer = LexRankSummarizer(stem)
    summarizer.stop_words = STOP_WORDS
    best: Iterable[Any] = summarizer(document, lambda rated: _fitting(rated, lambda info: str(info.sentence)))
    return [str(sentence) for sentence in best]


_TOKENIZER = ArabicTokenizer()


def _sentences(piece: Piece) -> list[str]:
    return sentences("\n".join(unwrapped(piece.lines)))


def _within_budget(texts: Sequence[str]) -> list[str]:
    return _fitting(texts, str)


def _fitting(ranked: Iterable[Any], text: Callable[[Any], str]) -> list[Any]:
    """Return the best that fit the budget, skipping what does not."""
    chosen: list[Any] = []
    room = BUDGET.chars + 1
    for item in ranked:
        if len(chosen) < BUDGET.sentences and len(text(item)) < room:
            chosen.append(item)
            room -= len(text(item)) + 1
    return chosen


SYSTEMS: dict[str, Callable[[Piece], Sequence[str]]] = {"ours": ours, "LEAD": lead, BASELINE: lexrank}


def _report(name: str, pieces: Sequence[Piece], score: Score) -> None:
    scores: dict[str, list[float]] = {system: [] for system in SYSTEMS}
    times: dict[str, list[float]] = {system: [] for system in SYSTEMS}
    for summarise in SYSTEMS.values():
        summarise(pieces[0])
    for piece in pieces:
        # The systems take turns on each article: what else the machine does then weighs on all of them.
        for system, summarise in SYSTEMS.items():
            start = time.perf_counter()
            summary = " ".join(summarise(piece))
            times[system].append((time.perf_counter() - start) * 1000)
            scores[system] += (
                [statistics.fmean(score(summary, text) for text in piece.summaries)] if piece.summaries else []
            )
    print(f"\n{name} ({len(pieces)} articles, {BUDGET.sentences} sentences and {BUDGET.chars} characters)")
    print(f"{'':14}{'R1 recall':>10}{'n':>7}{'ms median':>11}{'ms mean':>9}{'of sumy':>9}")
    for system in SYSTEMS:
        mean = statistics.fmean(times[system])
        recall = f"{statistics.fmean(scores[system]):.4f}" if scores[system] else "-"
        ratio = mean / statistics.fmean(times[BASELINE])
        print(
            f"{system:14}{recall:>10}{len(scores[system]):>7}{statistics.median(times[system]):>11.2f}{mean:>9.2f}{ratio:>9.2f}"
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of *.jsonl with title, text, tags, summaries")
    parser.add_argument("--scorer", type=Path, help="a rouge_bench.py whose ROUGE-1 is to be used instead of ours")
    return parser.parse_args()


def _scorer(path: Path) -> Score:
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"not a Python module: {path}")
    module = importlib.util.module_from_spec(spec)
    sys.modules["scorer"] = module  # dataclasses look their module up by name
    spec.loader.exec_module(module)

    def recall(summary: str, reference: str) -> float:
        counted = module.score_tokens(module.tokens(summary), module.Ref(module.tokens(reference)), False)  # noqa: FBT003
        return float(counted["r1"][1])

    return recall


def _piece(row: dict[str, Any]) -> Piece:
    lines = tuple(row["text"].splitlines())
    return Piece(row.get("title") or "", lines, tuple(row.get("tags") or ()), tuple(row["summaries"]))


def _sample(file: Path) -> Piece:
    title, *lines = file.read_text("utf-8").splitlines()
    return Piece(title, tuple(lines))


if __name__ == "__main__":
    main()
