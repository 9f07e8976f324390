"""Which articles are the same text once more, under another headline or with a few words changed."""

import hashlib
import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from bot.arabic.tokens import words

T = TypeVar("T")
_WORDS = 3  # a run of so many words; longer ones break with every changed word
_OPENING = 60  # runs
_MOST_WORDS = 3_000
_ALIKE = 0.25  # share of all runs that both have: a text cut to two thirds with every tenth word changed has .3
_OPENS_ALIKE = 0.2  # share of each opening that is in the other text: follow-ups repeat the background, not the news
_HASH_BYTES = 6
_SKETCH = 32  # of two texts that share a quarter of their runs, two or more are in both sketches 998 times in 1,000
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Wording:
    """The runs of three words of a text, each as a number: all of them, and those it opens with."""

    runs: frozenset[int]
    opening: frozenset[int]

    @property
    def sketch(self) -> Sequence[int]:
        """The smallest of the numbers: a sample that two copies share much of (Broder, 1997)."""
        return heapq.nsmallest(_SKETCH, self.runs)

    def likeness(self, other: "Wording") -> float:
        """Return the share of all runs that both have, 0 if one does not open with what the other tells."""
        if not self.runs or not other.runs:
            return 0.0
        opens_alike = min(_share(self.opening, other.runs), _share(other.opening, self.runs))
        return len(self.runs & other.runs) / len(self.runs | other.runs) if opens_alike >= _OPENS_ALIKE else 0.0


def wording(body: Sequence[str]) -> Wording:
    """Return the wording of a text without its headline; a text of fewer than three words is one run.

    Of a very long text its first 3,000 words: a copy of it begins with them too.
    """
    said = words(" ".join(islice((word for line in body for word in line.split()), _MOST_WORDS)))
    runs = [_number(" ".join(said[at : at + _WORDS])) for at in range(max(1, len(said) - _WORDS + 1))] if said else []
    return Wording(frozenset(runs), frozenset(runs[:_OPENING]))


def fewest_shared(sketch: Sequence[int]) -> int:
    """Return how much of this sketch the sketch of a copy has at least."""
    return _FEWEST if len(sketch) == _SKETCH else 1


def copied(new: Wording, others: Iterable[tuple[T, Wording]]) -> T | None:
    """Return the name of the first most alike of which a text so worded is a copy, or None."""
    best, name = 0.0, None
    for other, worded in others:
        alike = new.likeness(worded)
        if alike >= _ALIKE and alike > best:
            best, name = alike, other
    return name


def _share(opening: frozenset[int], runs: frozenset[int]) -> float:
    return len(opening & runs) / len(opening)


def _number(run: str) -> int:
    digest = hashlib.blake2b(run.encode("utf-8", "surrogatepass"), digest_size=_HASH_BYTES).digest()
    return int.from_bytes(digest)
