"""Sumy behind our port: title, paragraphs and tags in, whole sentences out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from bot.summarize.budget import Budget
from bot.summarize.news import NewsSummarizer, news_document

DEFAULT_BUDGET = Budget()


@dataclass(frozen=True, slots=True)
class SumySummarizer:
    """Summarise news; pure and without state between calls, so any number of threads may share one."""

    _ranking: NewsSummarizer = field(default_factory=NewsSummarizer, repr=False, compare=False)

    def __call__(
        self,
        title: str,
        paragraphs: Sequence[str],
        tags: Sequence[str] = (),
        budget: Budget = DEFAULT_BUDGET,
        repeated: Collection[str] = (),
    ) -> tuple[str, ...]:
        """Return sentences of the paragraphs in their order; empty when the paragraphs hold no word.

        Each is a substring of the paragraphs joined and with white space folded, apart from a final "…" where a
        sentence longer than the budget was cut. Lines whose ``line_fingerprints`` are among the repeated are the
        source's and not the article's: they are not shown unless there is nothing else.
        """
        return self._ranking(news_document(title, paragraphs, tags, repeated), budget)
