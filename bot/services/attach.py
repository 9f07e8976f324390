"""Take in an article that comes as a file."""

from dataclasses import dataclass, replace

from bot.arabic.layout import read_layout
from bot.domain.article import Draft, Facts, Source, SourceKind
from bot.domain.limits import Exhausted
from bot.domain.subscriber import Subscriber
from bot.domain.unread import MOST_BYTES, Found, Reason, Unread
from bot.ports import Clock, Download, ReadFile
from bot.services.collect import Collect, Collected, NotAnArticle
from bot.services.limit import Limit

Result = Collected | NotAnArticle | Unread | Exhausted


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

    async def __call__(self, file: File, draft: Draft, sender: Subscriber) -> Result:
        """Return what became of a file; the draft's text, written beside it, is the article if the file is none."""
        result = await self._of_file(file, draft, sender)
        if draft.text and isinstance(result, Unread | NotAnArticle):
            beside = await self.collect(draft, sender)
            return result if isinstance(beside, NotAnArticle) else beside
        return result

    async def _of_file(self, file: File, draft: Draft, sender: Subscriber) -> Result:
        if file.size and file.size > MOST_BYTES:
            return Unread(Reason.TOO_LARGE)
        if against := await self.limit.of_fetches(draft, sender, file.id):
            return against
        content = await self.download(file.id)
        found = content if isinstance(content, Unread) else await self.read_file(content, file.name, self.clock())
        if isinstance(found, Unread):
            return found
        return await self.collect(replace(draft, text=found.text, facts=_with_caption(found, draft)), sender)


def _with_caption(found: Found, draft: Draft) -> Facts:
    """Add what was written beside a file: its hashtags, and the source and the date that it names."""
    headline = found.text.partition("\n")[0][:_LONGEST_HEADLINE]
    beside = read_layout(f"{headline}\n{draft.text}", draft.sent_at)  # labels are read below a title only
    facts = found.facts
    return replace(
        facts,
        source=Source(SourceKind.PAPER, beside.source) if beside.source else facts.source,
        tags=(*facts.tags, *beside.tags),
        published=facts.published or beside.published,
    )


_LONGEST_HEADLINE = 200  # letters
