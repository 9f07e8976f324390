"""Take in what an operator brings: texts, and articles of an archive."""

import hashlib
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import assert_never

from bot.arabic.layout import Layout
from bot.domain.article import Draft, Traces, weakness
from bot.domain.exchange import Entry
from bot.domain.intake import Refusal
from bot.domain.limits import Exhausted
from bot.domain.repetition import line_fingerprints
from bot.domain.story import lead_stems
from bot.domain.unread import Found
from bot.ports import Archive
from bot.services.collect import Collect, Collected, NotAnArticle


class Loaded(Enum):
    """What became of an article that was brought."""

    NEW = auto()
    KNOWN = auto()


@dataclass(frozen=True, slots=True)
class Load:
    """Take in one article; the same one again changes nothing.

    ``for_everyone`` says who may see it. Without it texts are for everyone, and articles of an archive as they were.
    """

    collect: Collect
    archive: Archive
    for_everyone: bool | None = None

    async def __call__(self, brought: Entry | Found) -> Loaded | Refusal:
        """Return what became of it, or why it is no article."""
        match brought:
            case Entry():
                return await self._restored(self._decided(brought))
            case Found():
                return await self._collected(brought)
            case _:
                assert_never(brought)

    def _decided(self, entry: Entry) -> Entry:
        match self.for_everyone:
            case None:
                return entry
            case True:
                return replace(entry, for_everyone_since=entry.for_everyone_since or self.collect.clock())
            case False:
                return replace(entry, for_everyone_since=None)

    async def _restored(self, entry: Entry) -> Loaded:
        is_known = await self.collect.articles.find(entry.article.fingerprint) is not None
        if is_known and entry.for_everyone_since is None:
            return Loaded.KNOWN
        read, traces = (entry, Traces()) if is_known else await self._read(entry)
        return Loaded.NEW if await self.archive.restore(read, traces) else Loaded.KNOWN

    async def _read(self, entry: Entry) -> tuple[Entry, Traces]:
        """Find out anew what an export leaves out; its parts stay as they were."""
        article = entry.article
        paper = article.source.name if article.source else None
        layout = Layout(article.title, article.published, paper, article.tags, article.body, (), entry.guessed)
        lines = tuple(sorted(line_fingerprints(article.body)))
        repeated = await self.collect.articles.repeated_lines(article.source, lines)
        findings = await self.collect.read.search(layout, repeated)
        whole = replace(
            article,
            summary=findings.summary,
            summary_version=self.collect.read.summary_version,
            subjects=tuple(sorted(findings.subjects, key=weakness)),
        )
        stems = lead_stems(article.title, article.body)
        return replace(entry, article=whole), Traces(stems, findings.mentioned, entry.guessed, lines)

    async def _collected(self, found: Found) -> Loaded | Refusal:
        receipt = "import:" + hashlib.sha256(found.text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        is_trusted = self.for_everyone is not False
        draft = Draft(found.text, receipt, self.collect.clock(), is_trusted=is_trusted, facts=found.facts)
        match await self.collect(draft, None):
            case Collected(is_new=is_new):
                return Loaded.NEW if is_new else Loaded.KNOWN
            case NotAnArticle(why):
                return why
            case Exhausted() as limit:
                raise TypeError(f"nobody was to be limited: {limit.what}")
