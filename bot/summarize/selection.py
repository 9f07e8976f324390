"""Which sentences of an article to show together: a beam search for the set of the greatest worth that fits."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.summarize.budget import Budget
from bot.summarize.genre import Blend

Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The sentences of an article in their order, one row each."""

    sizes: NDArray[np.int64]  # in characters
    worth: Floats  # of each sentence alone
    says: Floats  # 1 where the sentence has the stem of the title that the column stands for
    likeness: Floats  # of each two
    opening: Floats  # what a summary loses that begins with it


def best_set(candidates: Candidates, blend: Blend, budget: Budget) -> list[int]:
    """Return the rows to show in their order; empty when not one fits.

    The sets of one more sentence are made from the 24 best of the last size, so time grows evenly with the budget.
    For three sentences trying every set chose otherwise in one of 750 articles.
    """
    search = _Search(candidates, blend)
    level = _Level.empty(len(candidates.sizes), budget.chars + 1)
    best, greatest = np.zeros(len(candidates.sizes), dtype=np.bool_), -np.inf
    for count in range(1, budget.sentences + 1):
        level, worth = search.extended(level)
        if not len(worth):
            break
        total = worth[0] + (blend.two if count == _TWO else 0)
        if total > greatest:
            best, greatest = level.chosen[0], total
    return [int(row) for row in np.flatnonzero(best)]


_TWO = 2
_WIDTH = 24


@dataclass(frozen=True, slots=True)
class _Level:
    """Sets of the same size, one row each, best first."""

    chosen: Flags
    room: NDArray[np.int64]
    worth: Floats  # without the opening

    @classmethod
    def empty(cls, sentences: int, room: int) -> "_Level":
        return cls(np.zeros((1, sentences), dtype=np.bool_), np.array([room]), np.zeros(1))


@dataclass(frozen=True, slots=True)
class _Search:
    candidates: Candidates
    blend: Blend

    def extended(self, level: _Level) -> tuple[_Level, Floats]:
        """Return the best sets with one more sentence, and the worth of each."""
        sizes = self.candidates.sizes + 1
        fits = ~level.chosen & (sizes <= level.room[:, None])
        row, added = np.nonzero(fits)
        chosen = level.chosen[row]
        chosen[np.arange(len(row)), added] = True
        worth = level.worth[row] + self._gains(level.chosen)[row, added]
        total = worth - self.candidates.opening[chosen.argmax(axis=1)]
        kept = _distinct(chosen, np.argsort(-total, kind="stable"))
        return _Level(chosen[kept], (level.room[row] - sizes[added])[kept], worth[kept]), total[kept]

    def _gains(self, chosen: Flags) -> Floats:
        """Return what each sentence would add to each set."""
        those = chosen.astype(np.float64)
        unsaid = (those @ self.candidates.says) == 0
        beside = np.zeros_like(those)
        beside[:, 1:] += those[:, :-1]
        beside[:, :-1] += those[:, 1:]
        repeated = those @ np.maximum(self.candidates.likeness - _ALIKE, 0)
        gains: Floats = (
            self.candidates.worth
            + self.blend.title_word * (unsaid @ self.candidates.says.T)
            + self.blend.neighbours * beside
            - _REPETITION * repeated
        )
        return gains


_ALIKE = 0.4  # cosine; news repeats names, so sentences below that say different things
_REPETITION = 10.0


def _distinct(chosen: Flags, order: NDArray[np.int64]) -> list[int]:
    """Return the first rows in that order that differ; a set is made once from each of its sentences."""
    found: dict[bytes, int] = {}
    for row in order[: _WIDTH * 8]:
        found.setdefault(chosen[row].tobytes(), int(row))
        if len(found) == _WIDTH:
            break
    return list(found.values())
