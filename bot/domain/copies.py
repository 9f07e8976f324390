"""Which articles are the same text once more, under another headline or with a few words changed."""

import hashlib
import heapq
from collections.abc import Iterable, Sequence
from typing import TypeVar

from bot.arabic.tokens import words

T = TypeVar("T")
_WORDS = 3  # a run of so many words; longer ones break with every changed word
_ALIKE = 0.3  # share of all runs that both have: pairs of real reports stand above .5 or below .29
_HASH_BYTES = 6
_SKETCH = 24  # of two texts that share 30 % of their runs, two or more are in both sketches 998 times in 1,000
_FEWEST = 2


def shingles(body: Sequence[str]) -> frozenset[int]:
    """Return a number for each run of three words of a text, without its headline; a shorter text is one run."""
    said = words("\n".join(body))
    runs = {" ".join(said[at : at + _WORDS]) for at in range(max(1, len(said) - _WORDS + 1))} - {""}
    return frozenset(map(_number, runs))


def sketch(shingles: Iterable[int]) -> Sequence[int]:
    """Return the smallest of the numbers: a sample that two copies share much of (Broder, 1997)."""
    return heapq.nsmallest(_SKETCH, shingles)


def fewest_shared(sketch: Sequence[int]) -> int:
    """Return how much of this sketch the sketch of a copy has at least."""
    return _FEWEST if len(sketch) == _SKETCH else 1


def copied(new: frozenset[int], others: Iterable[tuple[T, frozenset[int]]]) -> T | None:
    """Return the name of the first most alike of which a text with these shingles is a copy, or None."""
    best, copied = _ALIKE, None
    for name, other in others:
        union = len(new | other)
        alike = len(new & other) / union if union else 0.0
        if alike > best or (alike == best and copied is None):
            best, copied = alike, name
    return copied


def _number(run: str) -> int:
    digest = hashlib.blake2b(run.encode("utf-8", "surrogatepass"), digest_size=_HASH_BYTES).digest()
    return int.from_bytes(digest)
