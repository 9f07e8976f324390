"""Take in what a message says now: for the first time, or in place of what it said before."""

from dataclasses import dataclass

from bot.domain.article import Article, Draft
from bot.domain.limits import Exhausted
from bot.domain.subscriber import Subscriber
from bot.ports import Articles, Clock
from bot.services.collect import Collect, Collected, NotAnArticle


@dataclass(frozen=True, slots=True)
class Revised:
    """An article that reads otherwise than before."""

    article: Article


@dataclass(frozen=True, slots=True)
class Unchanged:
    """What a message brought, and still says; or it is no article any more, and what it brought stays."""

    article: Article
    is_for_everyone: bool


@dataclass(frozen=True, slots=True)
class Revise:
    """Collect what messages bring, and let an article follow the message that brought it."""

    collect: Collect
    articles: Articles
    clock: Clock

    async def __call__(
        self, draft: Draft, sender: Subscriber | None
    ) -> Collected | Revised | Unchanged | NotAnArticle | Exhausted:
        """Return what became of a draft whose receipt may have brought an article before."""
        old = await self.articles.brought_by(draft.receipt)
        if old is None or _is_of_a_page(old, draft):
            return await self.collect(draft, sender)
        understood = await self.collect.understood(draft)
        if isinstance(understood, NotAnArticle):
            return Unchanged(old, is_for_everyone=draft.is_trusted)
        article, traces = understood
        if _said(article) != _said(old):
            await self.articles.revise(draft.receipt, article, traces, for_everyone=draft.is_trusted)
        mark, reader = article.fingerprint, sender.id if sender else None
        await self.articles.receive(mark, reader, draft.receipt, self.clock(), for_everyone=draft.is_trusted)
        new = await self.articles.find(mark) or article
        return Revised(new) if _said(new) != _said(old) else Unchanged(old, is_for_everyone=draft.is_trusted)


def _is_of_a_page(old: Article, draft: Draft) -> bool:
    """Tell if a message led to an article that stands elsewhere: its sender may edit the message, not the page."""
    return old.link is not None and old.link != draft.stated_link


def _said(article: Article) -> tuple[object, ...]:
    """Return what its writer decides; what we find in it may change with what we learn."""
    return (article.title, article.body, article.tags, article.published, article.source, article.link)
