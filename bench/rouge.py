"""ROUGE-1 and ROUGE-2 on normalised Arabic words, and how sure a difference is."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

# Google's rouge_score gives 0 for two equal Arabic texts: its tokenizer keeps only a to z.
_MARKS = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_FOLDS = str.maketrans("أإآٱٲٳىةیک٫٬٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "اااااايهيك.,01234567890123456789")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Score:
    """How much of a reference a summary has, and how much of the summary the reference has."""

    recall: float
    precision: float

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both."""
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0


def rouge(summary: str, reference: str, size: int = 1) -> Score:
    """Return ROUGE for word groups of that size."""
    said, wanted = _groups(summary, size), _groups(reference, size)
    shared = (said & wanted).total()
    return Score(shared / max(1, wanted.total()), shared / max(1, said.total()))


def _groups(text: str, size: int) -> Counter[tuple[str, ...]]:
    plain = _MARKS.sub("", unicodedata.normalize("NFKC", text)).translate(_FOLDS).lower()
    found = _TOKEN.findall(plain)
    return Counter(zip(*(found[start:] for start in range(size)), strict=False))


_RESAMPLES = 2000


def paired_interval(differences: Sequence[float]) -> tuple[float, float, float]:
    """Return the mean of paired differences and its 95 % bootstrap interval."""
    values = np.asarray(differences)
    chance = np.random.default_rng(7)
    means = [values[chance.integers(0, len(values), len(values))].mean() for _ in range(_RESAMPLES)]
    low, high = np.quantile(means, [0.025, 0.975])
    return float(values.mean()), float(low), float(high)
