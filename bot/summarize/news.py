"""A LexRank that knows news: where a sentence stands and what the title says weigh more than centrality."""

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.lex_rank import LexRankSummarizer

from bot.arabic.openings import is_joined, stands_alone
from bot.arabic.stems import STOP_WORDS, stem
from bot.summarize.body import body_paragraphs
from bot.summarize.budget import Budget, shortened
from bot.summarize.genre import Blend, blend_for
from bot.summarize.selection import Candidates, best_set
from bot.summarize.tokenizer import ArabicTokenizer

Array: TypeAlias = NDArray[np.float64]


def news_document(
    title: str, paragraphs: Sequence[str], tags: Sequence[str], repeated: Collection[str] = ()
) -> ObjectDocumentModel:
    """Return sumy's model of an article: its headings are the title and the tags, its sentences those worth showing."""
    tokenizer = ArabicTokenizer()
    front = Paragraph(Sentence(text, tokenizer, is_heading=True) for text in (title, " ".join(tags)))
    found = body_paragraphs(title, paragraphs, repeated)
    body = [Paragraph(Sentence(text, tokenizer) for text in texts) for texts in found]
    return ObjectDocumentModel((front, *body))


class NewsSummarizer(LexRankSummarizer):  # type: ignore[misc]  # sumy ships no types, its classes are Any
    """Rate by LexRank, Edmundson's location and title, and length; choose the set of the greatest worth that fits.

    Holds no state between calls.
    """

    epsilon = 1e-4  # sumy's own is .1

    def __init__(self) -> None:
        super().__init__(stem)
        self.stop_words = STOP_WORDS

    def __call__(self, document: ObjectDocumentModel, budget: Budget) -> tuple[str, ...]:
        """Return the chosen sentences of a ``news_document`` in its order, verbatim but for a cut marked by "…"."""
        if not document.sentences:
            return ()
        texts = [[str(sentence) for sentence in paragraph.sentences] for paragraph in document.paragraphs]
        blend = blend_for(texts, budget.sentences)
        candidates = self._candidates(document, blend, budget.chars)
        ratings = dict(zip(document.sentences, candidates.worth, strict=True))
        best = self._get_best_sentences(document.sentences, _Selection(candidates, blend, budget), ratings)
        return tuple(shortened(str(sentence), budget.chars) for sentence in best)

    def _candidates(self, document: ObjectDocumentModel, blend: Blend, room: int) -> Candidates:
        bags = [self._to_words_set(text) for text in (*document.sentences, *document.headings)]
        *sentences, title, tags = _unit_vectors(bags)
        matrix = np.array(sentences)
        likeness = matrix @ matrix.T
        texts = [str(sentence) for sentence in document.sentences]
        alone = np.array([stands_alone(text) for text in texts])
        joined = np.array([is_joined(text) for text in texts])
        sizes = np.array([len(text) for text in texts])
        central = self.power_method(_transitions(likeness), self.epsilon)
        to_title = matrix @ title + _TAGS * (matrix @ tags)
        worth = _worth(blend, np.minimum(sizes, room) / 100, to_title, central / central.max(), ~alone)
        return Candidates(
            sizes, worth, (matrix[:, title > 0] > 0).astype(np.float64), likeness, _AWKWARD * joined + _LEANING * ~alone
        )


# What a summary that begins with such a sentence loses: more than any is worth, or what a better second one adds.
_LEANING, _AWKWARD = 1000.0, 1.0
_TAGS = 0.2  # of a word of the title: tags name what the site files under, too


def _worth(blend: Blend, length: Array, title: Array, central: Array, leaning: NDArray[np.bool_]) -> Array:
    order = np.arange(len(length))
    lead = 1 / (1 + order)
    early = 1 - order / max(1, len(order) - 1)
    density = blend.length + blend.length_lead * lead + blend.length_early * early + blend.length_title * title
    alone = blend.lead * lead + blend.title * title + blend.central * central + blend.leaning * leaning
    worth: Array = length * density + alone
    return worth


def _unit_vectors(bags: Sequence[Sequence[str]]) -> Array:
    """Return one row per bag of stems: 1 + log of each count, of length one; no IDF, which changed scores by .002."""
    columns = {term: column for column, term in enumerate(dict.fromkeys(term for bag in bags for term in bag))}
    vectors = np.zeros((len(bags), len(columns)))
    for row, bag in enumerate(bags):
        for term, count in Counter(bag).items():
            vectors[row, columns[term]] = 1 + math.log(count)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.where(lengths > 0, lengths, 1)


_DAMPING = 0.85


def _transitions(similarity: Array) -> Array:
    """Return the row-stochastic matrix that sumy's power method walks.

    Instead of sumy's ``_compute_idf`` and ``_create_matrix``: pure Python over every pair, they took 18 and 62 ms for
    120 sentences where this takes 1.6 with the vectors, and the likeness is needed anyway to avoid repetition.
    """
    links = similarity - np.diag(np.diag(similarity))
    degrees = links.sum(axis=1, keepdims=True)
    count = len(links)
    rows = np.where(degrees > 0, links / np.where(degrees > 0, degrees, 1), 1 / count)
    walked: Array = (1 - _DAMPING) / count + _DAMPING * rows
    return walked


@dataclass(frozen=True, slots=True)
class _Selection:
    """What sumy calls a count: takes the rated sentences, best first, and returns those to show."""

    candidates: Candidates
    blend: Blend
    budget: Budget

    def __call__(self, rated: Sequence[Any]) -> list[Any]:
        """Return the best set, or the best sentence alone when not one fits: it will be cut."""
        found = set(best_set(self.candidates, self.blend, self.budget))
        chosen = [info for info in rated if info.order in found]
        return chosen or [max(rated, key=lambda info: info.rating - self.candidates.opening[info.order])]
