"""Make old summaries again, by the rules of today."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from bot.domain.article import Article
from bot.domain.reading import Text
from bot.domain.repetition import line_fingerprints
from bot.ports import Articles, Read

_BATCH = 50


@dataclass(frozen=True, slots=True)
class Resummarise:
    """Summarise anew what was summarised by other rules or for other room; may be stopped and repeated at any time."""

    articles: Articles
    read: Read

    async def count(self) -> int:
        """Return how many summaries are to be made again."""
        return await self.articles.count_summarised_otherwise(self.read.summary_version)

    async def __call__(self) -> AsyncIterator[int]:
        """Make them again; yield after each lot how many were in it."""
        version = self.read.summary_version
        while lot := await self.articles.summarised_otherwise(version, _BATCH):
            summaries = {article.fingerprint: await self._summary(article) for article in lot}
            await self.articles.summarised(summaries, version)
            yield len(lot)

    async def _summary(self, article: Article) -> tuple[str, ...]:
        repeated = await self.articles.repeated_lines(article.source, line_fingerprints(article.body))
        return await self.read.summarise(Text(article.title, article.body, article.tags), repeated)
