"""Take an article in."""

from dataclasses import dataclass, replace

from bot.domain.article import Article, Draft, Source, SourceKind, Traces, weakness
from bot.domain.intake import Refusal
from bot.domain.limits import Exhausted
from bot.domain.reading import Opened
from bot.domain.story import lead_stems
from bot.domain.subscriber import Subscriber
from bot.ports import Articles, Clock, Read
from bot.services.limit import Limit


@dataclass(frozen=True, slots=True)
class Collected:
    """An article that is in the archive now; ``is_known`` says that this subscriber had sent it before.

    ``is_new`` says that the archive did not have it from anybody.
    """

    article: Article
    is_known: bool
    is_for_everyone: bool
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class NotAnArticle:
    """A text that was not taken; ``tags`` are the hashtags it is made of, if it is."""

    why: Refusal
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Collect:
    """Read and keep what somebody sent; the same text is kept once, whoever sends it."""

    articles: Articles
    read: Read
    clock: Clock
    limit: Limit | None = None

    async def __call__(self, draft: Draft, sender: Subscriber | None) -> Collected | NotAnArticle | Exhausted:
        """Return what became of the draft; a channel that sends is no subscriber."""
        opened = await self.read.open(draft)
        if opened.refusal:
            return NotAnArticle(opened.refusal, opened.layout.tags)
        if sender and self.limit and (against := await self.limit.of_articles(draft, opened.fingerprint, sender)):
            return against
        article = await self.articles.find(opened.fingerprint)
        is_new = article is None
        if article is None:
            article, traces = await self._understood(opened, draft)
            await self.articles.add(article, traces)
        return replace(await self.received(article, draft, sender), is_new=is_new)

    async def received(self, article: Article, draft: Draft, sender: Subscriber | None) -> Collected:
        """Note who sent an article that is kept."""
        is_first = await self.articles.receive(
            article.fingerprint,
            sender.id if sender else None,
            draft.receipt,
            self.clock(),
            for_everyone=draft.is_trusted,
        )
        return Collected(article, is_known=not is_first, is_for_everyone=draft.is_trusted)

    async def understood(self, draft: Draft) -> tuple[Article, Traces] | NotAnArticle:
        """Return the draft as an article, and keep nothing."""
        opened = await self.read.open(draft)
        if opened.refusal:
            return NotAnArticle(opened.refusal, opened.layout.tags)
        return await self._understood(opened, draft)

    async def _understood(self, opened: Opened, draft: Draft) -> tuple[Article, Traces]:
        layout = opened.layout
        source = Source(SourceKind.PAPER, layout.source) if layout.source else draft.stated_source
        findings = await self.read.search(layout, await self.articles.repeated_lines(source, opened.lines))
        article = Article(
            fingerprint=opened.fingerprint,
            title=layout.title,
            body=layout.body,
            summary=findings.summary,
            summary_version=self.read.summary_version,
            tags=layout.tags,
            subjects=tuple(sorted(findings.subjects, key=weakness)),
            collected_at=self.clock(),
            published=layout.published or draft.posted,
            source=source,
            link=draft.stated_link,
            suggested=findings.suggested,
        )
        stems = lead_stems(layout.title, layout.body)
        return article, Traces(stems, findings.mentioned, layout.guessed, opened.lines)
