"""Make one story of two that tell the same event."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.article import Article
from bot.ports import Articles
from bot.services.trust import Trust

_MOST_OFFERED = 5


@dataclass(frozen=True, slots=True)
class Likenesses:
    """An article, and the likest of each story that is like its own, best first."""

    article: Article
    others: Sequence[Article]


@dataclass(frozen=True, slots=True)
class Joined:
    """Two articles of one story, and whether they were of one already."""

    article: Article
    to: Article
    were_one: bool


@dataclass(frozen=True, slots=True)
class Compare:
    """Find for an editor the stories with which an article may belong."""

    articles: Articles
    trust: Trust

    async def __call__(self, receipt: str, user_id: int) -> Likenesses | None:
        """Return them for the article that the message with this receipt brought, None if none; raise NotAnEditor."""
        await self.trust.demand(user_id)
        article = await self.articles.brought_by(receipt)
        if article is None:
            return None
        return Likenesses(article, await self.articles.alike(article.fingerprint, _MOST_OFFERED))


@dataclass(frozen=True, slots=True)
class Join:
    """Let an editor make one story of those of two articles."""

    articles: Articles
    trust: Trust

    async def __call__(self, fingerprint: str, to: str, user_id: int) -> Joined | None:
        """Return both as they are now, None if one of them is gone; raise NotAnEditor."""
        await self.trust.demand(user_id)
        article, other = await self.articles.find(fingerprint), await self.articles.find(to)
        if article is None or other is None:
            return None
        return Joined(article, other, were_one=not await self.articles.join(fingerprint, to))
