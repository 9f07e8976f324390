"""Take an article out of a story to which it does not belong."""

from dataclasses import dataclass

from bot.domain.article import Article
from bot.ports import Articles
from bot.services.trust import Trust


@dataclass(frozen=True, slots=True)
class Separated:
    """An article that is a story of its own, and whether it was one already."""

    article: Article
    was_alone: bool


@dataclass(frozen=True, slots=True)
class Split:
    """Let an editor give an article, and the copies of it, a story of their own."""

    articles: Articles
    trust: Trust

    async def __call__(self, receipt: str, user_id: int) -> Separated | None:
        """Return the article that the message with this receipt brought, None if it brought none; raise NotAnEditor."""
        await self.trust.demand(user_id)
        article = await self.articles.brought_by(receipt)
        if article is None:
            return None
        return Separated(article, was_alone=await self.articles.split(article.fingerprint) is None)
