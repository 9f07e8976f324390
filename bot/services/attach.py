"""Take in an article that comes as a file."""

from dataclasses import dataclass, replace

from bot.arabic.layout import read_layout
from bot.domain.article import Draft, Facts, Source, SourceKind
from bot.domain.limits import Exhausted
from bot.domain.subscriber import Subscriber
from bot.domain.unread import MOST_BYTES, Reason, Unread
from bot.ports import Clock, Download, ReadFile
from bot.services.collect import Collect, Collected, NotAnArticle
from bot.services.limit import Limit


@dataclass(frozen=True, slots=True)
class File:
    """A file as a message names it, not brought yet; ``size`` is in bytes, if it is known."""

    id: str
    name: str
    size: int | None


@dataclass(frozen=True, slots=True)
class Attach:
    """Bring a file, read it and keep its article; one that is too large is not brought."""

    download: Download
    read_file: ReadFile
    collect: Collect
    limit: Limit
    clock: Clock

    async def __call__(
        self, file: File, draft: Draft, sender: Subscriber
    ) -> Collected | NotAnArticle | Unread | Exhausted:
        """Return what became of a file; the draft's text is what was written beside it."""
        if file.size and file.size > MOST_BYTES:
            return Unread(Reason.TOO_LARGE)
        if against := await self.limit.of_fetches(draft, sender, file.id):
            return against
        content = await self.download(file.id)
        found = content if isinstance(content, Unread) else await self.read_file(content, file.name, self.clock())
        if isinstance(found, Unread):
            return found
        facts = _with_caption(found.facts, draft)
        return await self.collect(replace(draft, text=found.text, facts=facts), sender)


def _with_caption(facts: Facts, draft: Draft) -> Facts:
    """Add what was written beside a file: its hashtags, and the source and the date that it names."""
    beside = read_layout(draft.text, draft.sent_at)
    source = Source(SourceKind.PAPER, beside.source) if beside.source else facts.source
    return replace(
        facts, source=source, tags=(*facts.tags, *beside.tags), published=facts.published or beside.published
    )
