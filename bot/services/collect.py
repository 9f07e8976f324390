"""Take an article in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.arabic.layout import Layout, read_layout
from bot.domain.article import Article, Draft, Source, SourceKind, fingerprint, weakness
from bot.domain.intake import Refusal, refusal
from bot.domain.story import lead_stems
from bot.domain.subscriber import Subscriber
from bot.ports import Articles, Clock, Summarize, Topics


@dataclass(frozen=True, slots=True)
class Collected:
    """An article that is in the archive now; ``is_known`` says that this subscriber had sent it before."""

    article: Article
    is_known: bool
    is_for_everyone: bool


@dataclass(frozen=True, slots=True)
class NotAnArticle:
    """A text that was not taken; ``tags`` are the hashtags it is made of, if it is."""

    why: Refusal
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A draft as an article, with what the archive counts of it (see ``Articles.add``)."""

    article: Article
    stems: Sequence[str]
    mentioned: Collection[str]
    guessed: Collection[str]


@dataclass(frozen=True, slots=True)
class Collect:
    """Read, classify, summarise and keep what somebody sent; the same text is kept once, whoever sends it."""

    articles: Articles
    topics: Topics
    summarize: Summarize
    clock: Clock

    async def __call__(self, draft: Draft, sender: Subscriber | None) -> Collected | NotAnArticle:
        """Return what became of the draft; a channel that sends is no subscriber."""
        layout = await self._layout(draft)
        if isinstance(layout, NotAnArticle):
            return layout
        mark = fingerprint(layout.title, layout.body)
        article = await self.articles.find(mark) or await self._added(mark, layout, draft)
        is_first = await self.articles.receive(
            mark, sender.id if sender else None, draft.receipt, self.clock(), for_everyone=draft.is_trusted
        )
        return Collected(article, is_known=not is_first, is_for_everyone=draft.is_trusted)

    async def read(self, draft: Draft) -> Reading | NotAnArticle:
        """Return how the draft reads, and keep nothing."""
        layout = await self._layout(draft)
        if isinstance(layout, NotAnArticle):
            return layout
        return await self._reading(fingerprint(layout.title, layout.body), layout, draft)

    async def _layout(self, draft: Draft) -> Layout | NotAnArticle:
        catalogue = await self.topics.catalogue()
        established = (key for key, tag in (await self.articles.known_tags()).items() if tag.is_established)
        known_tags = catalogue.keywords.union(established)
        layout = read_layout(draft.text, draft.sent_at, known_tags)
        why = refusal(layout, is_forwarded=draft.origin is not None)
        return NotAnArticle(why, layout.tags) if why else layout

    async def _added(self, mark: str, layout: Layout, draft: Draft) -> Article:
        reading = await self._reading(mark, layout, draft)
        await self.articles.add(reading.article, reading.stems, reading.mentioned, reading.guessed)
        return reading.article

    async def _reading(self, mark: str, layout: Layout, draft: Draft) -> Reading:
        body = "\n".join(layout.body)
        reading = (await self.topics.index()).read(layout.title, body, layout.tags)
        lexicon = await self.articles.lexicon()
        article = Article(
            fingerprint=mark,
            title=layout.title,
            body=layout.body,
            summary=await self.summarize(layout.title, layout.body, layout.tags),
            summary_version=self.summarize.version,
            tags=layout.tags,
            subjects=tuple(sorted(reading.subjects, key=weakness)),
            collected_at=self.clock(),
            published=layout.published or draft.posted,
            source=Source(SourceKind.PAPER, layout.source) if layout.source else draft.origin,
            link=draft.link,
            suggested=() if layout.tags else lexicon.suggested(layout.title, body),
        )
        mentioned = lexicon.mentioned(layout.title, body)
        return Reading(article, lead_stems(layout.title, layout.body), mentioned, layout.guessed)
